"""Nevada Legislature, by its information system NELIS: https://www.leg.state.nv.us/App/NELIS/REL

What it is: the list of a session's bills, a part of a page that is asked for by itself; the search over
their titles, short and long; of a bill the parts "Overview" (long title, sponsors, history with totals
of votes) and "Text" (its texts as PDF).

What it is not: hearings, as a bill's page tells past ones only; votes by member, exhibits and fiscal
notes, which are further parts; subjects.

Requests: robots.txt and the list; until a session is over two searches, one of them for another word
each day; while it sits about twelve overviews of watched bills, in turn where there are more: 20 on a
quiet day with 2,000 bills, 40 of them on topic, 23 when five move, 130 the first time, with all words
searched. A session has about 1,200 bills; two requests are enough once it is over.

Quirks: the list says little of a bill ("Revises provisions relating to law enforcement on school
property.") and nothing of where it stands; a search finds parts of words; what it says when it finds
nothing is not known; one line of the history holds several steps, in a special session all of them; no
column tells the house, the steps "In Assembly" and "In Senate" do; a bill that a veto or a vote brought
back from an earlier session has stars for it (`AB160*`) and takes its name here (`AB 160-82`), since
there is an AB 160 too; the same address has a session's name in it (`83rd2025`, `36th2025Special`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Thing, Things, as_listing, named, page
from spiders.calendars import MONDAY, nth
from spiders.legislatures.movement import is_still
from spiders.legislatures.nv_list import FORM, rows, session_of, without_draft
from spiders.legislatures.nv_overview import measure_of
from spiders.legislatures.nv_page import SITE, number_of, tab, texts_of
from spiders.turns import in_turn
from tracker.model import Listing, Measure
from tracker.runs import Requests, SourceFacts

# Nearly every long title on topic has the first, so it is looked for each day, the others in turn.
_WORD = "immigra"
_RARER_WORDS = (
    "alien",
    "border",
    "civil arrest",
    "deport",
    "federal law enforcement",
    "homeland",
    "sanctuar",
)
_LOOKS = 12
_LOOKS_AT_OTHERS = 5
_FILING = (12, 1)  # prefiled bills of the next session are listed from about then on
_LAST_MONTH = 6
# A special session is read until the governor has acted on what it passed.
_SPECIAL = {"36th2025Special": (dt.date(2025, 11, 13), dt.date(2025, 12, 31))}


class Nevada(LegislatureSpider):
    facts = SourceFacts(
        code="nv",
        jurisdiction="us-nv",
        name="Nevada Legislature",
        kind="legislature",
        home="https://www.leg.state.nv.us",
        requests=Requests(first=130, quiet=20, busy=23),
    )
    hosts = ("www.leg.state.nv.us",)
    timezone = "America/Los_Angeles"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session begins on the first Monday of February of the odd year (Nev. Const. 4, 2); the
        last one is read until then, the next from December on."""
        year = today.year if today.year % 2 else today.year - 1
        if today < nth(1, MONDAY, 2, year):
            year -= 2
        prefiled = today >= dt.date(year + 1, *_FILING)
        special = (slug for slug, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return (slug_of(year), *([slug_of(year + 2)] if prefiled else []), *special)

    def sits(self, session: str) -> bool:
        """Whether bills of the session may move today."""
        if session in _SPECIAL:
            return True
        return self.today.year == number_of(session)[1] and self.today.month <= _LAST_MONTH

    def is_over(self, session: str) -> bool:
        """Whether no bill can come to those of the session, nor a long title change."""
        return not self.sits(session) and self.today.year >= number_of(session)[1]

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            yield self.fresh(
                f"{SITE}/{session}/HomeBill/BillsTab?selectedTab=List&Filters.PageSize=2147483647"
            )

    @page(r"/REL/\w+/HomeBill/BillsTab\?selectedTab=List&", landmark=r"/REL/\w+/Bill/\d+/Overview")
    def bills(self, answer: Answer) -> Things:
        session, listings = session_of(answer), list(rows(answer, self.reject))
        for listing in listings:
            if self.wants(listing.key, without_draft(listing.title)):
                self.wanted.add(listing.key)
            yield listing
        yield from self._looks(session, listings)
        for word in self._words(session, listings):
            yield self.fresh(
                f"{SITE}/{session}/HomeBill/BillsTab?Filters.SearchText={quote(word)}"
                "&Filters.PageSize=2147483647"
            )

    def _looks(self, session: str, listings: Sequence[Listing]) -> Iterator[Request]:
        watched = {one.key: one for one in listings if one.key in self.known.watched}
        turn = set(in_turn(watched, self.today, _LOOKS)) if self.sits(session) else set()
        for key in sorted(turn | (watched.keys() & {*self.known.asked, self.known.canary})):
            yield self._overview(watched[key])

    def _words(self, session: str, listings: Sequence[Listing]) -> Sequence[str]:
        """All of them for a session that is read for the first time."""
        if not any(listing.key in self.known.prints for listing in listings):
            return (_WORD, *_RARER_WORDS)
        if self.is_over(session):
            return ()
        return (_WORD, _RARER_WORDS[self.today.toordinal() % len(_RARER_WORDS)])

    @page(
        r"/REL/\w+/HomeBill/BillsTab\?Filters\.SearchText=",
        landmark=FORM,
        empty=rf"(?s){FORM}(?=.*</form>)(?!.*(?:/Bill/\d+/| of [1-9]))",
    )
    def found(self, answer: Answer) -> Things:
        """Bills whose long title has the word: new ones are read, and others in turn, as it may be
        another long title now."""
        others = {
            listing.key: listing
            for listing in rows(answer, self.reject)
            if listing.key not in self.known.watched
        }
        known = others.keys() & self.known.prints.keys()
        new = others.keys() - known - self.wanted
        for key in sorted(new.union(in_turn(known, self.today, _LOOKS_AT_OTHERS))):
            yield self._overview(others[key])

    def _overview(self, listing: Listing) -> Request:
        return self.get(tab(listing.url, "Overview"), **named(listing))

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self._overview(listing)

    def sift(self, thing: Thing) -> Things:
        """A watched bill is kept with the last action of its history, which its row in the list has
        not; of a bill that is not wanted the list told enough."""
        match thing:
            case Listing() if thing.last_action:
                yield thing
            case Listing() if thing.key in self.known.watched:
                self.listed.add(thing.key)
            case Measure(title=str()) if not self._wants_measure(thing):
                self.reject("bill whose long title is off topic")
            case _:
                yield from super().sift(thing)

    def _wants_measure(self, measure: Measure) -> bool:
        return self.wants(measure.key, measure.title or "", measure.abstract or "")

    @page(
        r"/REL/\w+/Bill/FillSelectedBillTab\?selectedTab=Overview&billKey=\d+$",
        landmark=r"(?s)Bill History.*>\s*\Z",
    )
    def overview(self, answer: Answer) -> Things:
        """Of a watched bill that is as it was, nothing more is read."""
        measure = measure_of(answer)
        row = as_listing(measure)
        if is_still(row, self.known, self.today):
            return
        told = self.topics.screen(measure.title or "", measure.abstract or "") == "yes"
        if told or measure.key in self.known.watched:
            yield row
        yield measure
        if self._wants_measure(measure):
            yield self.get(tab(row.url, "Text"), **answer.named())

    @page(
        r"/REL/\w+/Bill/FillSelectedBillTab\?selectedTab=Text&billKey=\d+$",
        landmark=r"(?s)d-md-none.*>\s*\Z",
    )
    def texts(self, answer: Answer) -> Things:
        yield texts_of(answer)

    @page(r"/Session/\w+/Bills/[A-Z]+/[A-Z]+\d+(?:_\w+)?\.pdf$", landmark="%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")


def slug_of(year: int) -> str:
    """`83rd2025`: the 83rd session sat in 2025, the next one sits two years later."""
    number = 83 + (year - 2025) // 2
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 // 10 != 1 else 0, "th")
    return f"{number}{ending}{year}"
