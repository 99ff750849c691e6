"""Nevada Legislature, by its information system NELIS: https://www.leg.state.nv.us/App/NELIS/REL

What it is: the list of a session's bills, a part of a page that is asked for by itself; of a bill the
parts "Overview" (long title, sponsors, history with totals of votes) and "Text" (its texts as PDF).

What it is not: hearings, as a bill's page tells past ones only; votes by member, exhibits and fiscal
notes, which are further parts; subjects.

Requests: one on a quiet day while nothing sits, which is from July of the odd year to November of the
next. The list says little of a bill ("Revises provisions relating to law enforcement on school
property.") and nothing of where it stands: the overview of every new bill is read once, for its long
title, at most 500 in a run, and while a session sits those of watched bills each day, about 45. A busy
day of a session takes about 200, a first crawl 500, and two more runs the rest.

Quirks: one line of the history holds several steps, in a special session all of them; no column tells
the house, the steps "In Assembly" and "In Senate" do; a bill that a veto or a vote brought back from an
earlier session has stars for it (`AB160*`) and takes its name here (`AB 160-82`), since there is an
AB 160 too; the same address has a session's name in it (`83rd2025`, `36th2025Special`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page
from spiders.calendars import MONDAY, nth
from spiders.legislatures.nv_list import rows, without_draft
from spiders.legislatures.nv_overview import measure_of
from spiders.legislatures.nv_page import SITE, address_of, number_of, tab, texts_of
from tracker.model import Listing
from tracker.runs import Requests, SourceFacts

_AT_ONCE = 500  # a run has half an hour, and the site a second between requests
_RECENT = dt.timedelta(days=7)
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
        requests=Requests(first=500, quiet=1, busy=200),
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
        year = number_of(session)[1]
        return self.today.year == year and self.today.month <= _LAST_MONTH

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            yield self.fresh(
                f"{SITE}/{session}/HomeBill/BillsTab?selectedTab=List&Filters.PageSize=2147483647"
            )

    @page(r"/REL/\w+/HomeBill/BillsTab\?", landmark=r"/REL/\w+/Bill/\d+/Overview")
    def bills(self, answer: Answer) -> Things:
        left = _AT_ONCE
        for listing in rows(answer, self.reject):
            if self.wants(listing.key, without_draft(listing.title)):
                self.wanted.add(listing.key)
            unread = self._is_unread(listing)
            if unread and not left:
                self.reject("new bill whose long title is read in a later run")
                continue
            yield listing
            if unread:
                left -= 1
                yield self._overview(listing)
            elif listing.key in self.known.watched and self.sits(address_of(listing.url)[0]):
                yield self._overview(listing)

    def _is_unread(self, listing: Listing) -> bool:
        """New, and not told by its title: then its long title may tell."""
        return listing.key not in self.known.prints and not self.is_wanted(listing.key)

    def _overview(self, listing: Listing) -> Request:
        return self.get(tab(listing.url, "Overview"), **named(listing))

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self._overview(listing)

    @page(
        r"/REL/\w+/Bill/FillSelectedBillTab\?selectedTab=Overview&billKey=\d+$",
        landmark=r"(?s)Bill History.*>\s*\Z",
    )
    def overview(self, answer: Answer) -> Things:
        """The list of texts is read where none is known, or the bill moved in the last days."""
        measure = measure_of(answer)
        yield measure
        wanted = self.wants(measure.key, measure.title or "", measure.abstract or "")
        moved = any(action.on >= self.today - _RECENT for action in measure.actions or ())
        if wanted and (moved or not self.known.texts.get(measure.key)):
            yield self.get(tab(measure.url or "", "Text"), **answer.named())

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
