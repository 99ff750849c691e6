"""Massachusetts, the General Court: the JSON behind https://malegislature.gov

What it is: the site's own data (https://malegislature.gov/api, no key; JSON where JSON is asked
for): one list of all documents of a General Court (12 MB, about 11,400 of them), the record of each
(petition, sponsors, its whole text) and its history with hearings to come. A search of all texts
finds what a title hides ("An Act promoting rule of law, oversight, trust, …").

What it is not: the site's list of hearings (its form needs a token of a page); those of watched
matters stand in their histories. How single members voted is not read; what committees voted only
where the page of a matter is read by itself.

Quirks: the list does not say what moved, so the histories of watched matters are asked for in turn; a
docket (HD, SD) becomes a bill (H, S) and keeps its number beside the new one; a new draft is a new
bill, found in the list or by "see H4542", and read on; "Enacted" is each branch's last step, not
law; days carry seven digits of a second and no zone; a struck entry is left out. The form of the JSON
is known second-hand, the search by the site's older readers.

Requests: robots.txt, 1 list, about 10 histories of watched matters, and every third day 2 or 3 pages
of the search; 2 for each matter that is new: with 40 on topic 12 on a quiet day without the search,
23 on a busy one, 84 the first time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import WEDNESDAY, nth
from spiders.legislatures.ma_history import Entry, actions, committees, hearings, relations, votes
from spiders.legislatures.ma_page import bill_page
from spiders.legislatures.ma_rows import (
    SITE,
    Paper,
    Row,
    about,
    address_of,
    court_name,
    docket,
    key_of,
    kind_of,
    measure_of,
    text_of,
)
from spiders.legislatures.ma_search import results, search
from spiders.reading import PageChanged, SourceError, match
from spiders.turns import in_turn
from tracker.model import Absence, Listing, Measure, Version, VersionText, fold
from tracker.runs import Requests, SourceFacts

API = f"{SITE}/api/GeneralCourts"
_LOOKS, _SEARCH_DAYS = 10, 3
_DOCUMENT = r"/api/GeneralCourts/\d+/Documents/[HS]D?\d+"


class Massachusetts(LegislatureSpider):
    facts = SourceFacts(
        code="ma",
        jurisdiction="us-ma",
        name="General Court of Massachusetts",
        kind="legislature",
        home=SITE,
        requests=Requests(first=84, quiet=12, busy=23),
    )
    hosts = ("malegislature.gov",)
    timezone = "America/New_York"
    complete_list = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.told: set[str] = set()

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The General Court of two years, from the first Wednesday of January of the odd one.

        Matters of the old one are read until the governor's ten days for them are over, the
        dockets of the next from the December before.
        """
        number = 194 + (today.year - 2025) // 2
        opening = nth(1, WEDNESDAY, 1, today.year)
        if today.year % 2 and today < opening:
            return [str(number - 1), str(number)]
        if today.year % 2 and today < opening + dt.timedelta(days=14):
            return [str(number), str(number - 1)]
        following = [str(number + 1)] if not today.year % 2 and today.month == 12 else []
        return [str(number), *following]

    def begin(self) -> Iterator[Request]:
        current = self.sessions(self.today)[0]
        for court in self.sessions(self.today):
            yield self._json(f"{API}/{court}/Documents")
            yield from self._histories(court)
        if self._is_search_day(current):
            yield self.fresh(search(current, 1))

    def _histories(self, court: str) -> Iterator[Request]:
        """Those of watched matters whose turn it is, and of all that are asked for."""
        prefix = f"{self.facts.jurisdiction}/{court_name(court)}/"
        watched = [key for key in self.known.watched if key.startswith(prefix)]
        asked = {key for key in self.known.asked if key.startswith(prefix)}
        for key in sorted(asked.union(in_turn(watched, self.today, _LOOKS, self.known.lively))):
            url = _address(court, key.removeprefix(prefix))
            yield self._json(f"{url}/DocumentHistoryActions")

    def _is_search_day(self, court: str) -> bool:
        """The first crawl and every third day, once the bills of a court have numbers."""
        numbered = dt.date(2025 + 2 * (int(court) - 194), 3, 1)
        return self.today >= numbered and (
            not self.known.prints or self.today.toordinal() % _SEARCH_DAYS == 0
        )

    def _json(self, url: str) -> Request:
        return self.ask(url, {}, headers={"Accept": "application/json"})

    # -- discovery -----------------------------------------------------------------------------

    @page(r"/Bills/Search\?", landmark='id="searchTable"')
    def search(self, answer: Answer) -> Things:
        """Matters whose text is on topic, whatever their titles are: those not read yet."""
        found = results(answer)
        for number in found.numbers:
            key = key_of(found.court, number)
            if key not in self.known.texts and key not in self.known.watched:
                self.wanted.add(key)
                yield from self._details(found.court, number)
        for _ in range(found.appendices):
            self.reject("appendix of a document")
        if found.following:
            yield self.fresh(found.following)

    @page(
        r"/api/GeneralCourts/\d+/Documents/?$",
        landmark='"DocketNumber"',
        empty=r"\A\s*\[\s*\]\s*\Z",
        absent=True,
    )
    def documents(self, answer: Answer) -> Things:
        court = match(r".*/GeneralCourts/(\d+)/Documents/?", answer.url)[1]
        if answer.status != 200:
            if court == self.sessions(self.today)[0]:
                raise SourceError("the documents of the court", f"HTTP {answer.status}")
            self.reject("court without documents")
            return
        for row in answer.json(list[Row]):
            if row.court != int(court):
                raise PageChanged(f"documents of court {court}", f"{row.number} of {row.court}")
            filed = row.bill_number and row.docket_number
            if filed and self.is_wanted(key_of(court, filed)):
                self.wanted.add(key_of(court, row.number))
                yield docket(court, row)
            yield Listing(
                **about(court, row.number),
                kind=kind_of(row.title),
                title=fold(row.title),
                url=f"{SITE}/Bills/{court}/{row.number}",
            )

    def follow(self, listing: Listing) -> Iterator[Request]:
        court = match(r"(\d+)\D+", listing.session)[1]
        yield from self._details(court, listing.identifier)

    def _details(self, court: str, identifier: str) -> Iterator[Request]:
        url = _address(court, identifier)
        yield self._json(url)
        yield self._json(f"{url}/DocumentHistoryActions")

    # -- one matter ----------------------------------------------------------------------------

    @page(_DOCUMENT + "/?$", landmark='"PrimarySponsor"', absent=True)
    def document(self, answer: Answer) -> Things:
        court, number = address_of(answer.url)
        if answer.status != 200:
            yield Absence(**about(court, number), url=answer.url, status=answer.status)
            return
        paper = answer.json(Paper)
        if paper.court != int(court) or number not in (paper.bill_number, paper.docket_number):
            raise PageChanged(f"{number} of court {court}", f"{paper.number} of {paper.court}")
        version = text_of(court, paper.number)
        if paper.text:
            self.told.add(version.url)
        yield measure_of(court, paper)
        if paper.bill_number and number == paper.docket_number:
            yield docket(court, paper)
        if paper.text:
            yield VersionText(
                **about(court, paper.number), note=version.note, url=version.url, text=paper.text
            )

    def is_new_text(self, key: str, version: Version) -> bool:
        """The record holds the text of nearly every matter; the PDF is read where it does not."""
        return version.url not in self.told and super().is_new_text(key, version)

    @page(
        _DOCUMENT + "/DocumentHistoryActions/?$",
        landmark=r'"IsStricken"|\A\s*\[\s*\]\s*\Z',
        absent=True,
    )
    def history(self, answer: Answer) -> Things:
        court, number = address_of(answer.url)
        if answer.status != 200:
            yield Absence(**about(court, number), url=answer.url, status=answer.status)
            return
        entries = answer.json(list[Entry])
        kept = actions(entries)
        for _ in range(len(entries) - len(kept)):
            self.reject("entry that was struck")
        measure = Measure(
            **about(court, number),
            chamber="lower" if number.startswith("H") else "upper",
            committees=committees(kept),
            actions=kept,
            votes=list(votes(kept)),
            relations=list(relations(kept)),
        )
        yield measure
        yield from hearings(measure, self.timezone, self.today)
        for relation in measure.relations or ():
            if relation.kind == "substituted_by":
                yield from self._new_draft(court, relation.identifier)

    def _new_draft(self, court: str, identifier: str) -> Iterator[Request]:
        """A watched policy that goes on under a new number is read on there."""
        key = key_of(court, identifier)
        self.wanted.add(key)
        if key not in self.known.watched:
            yield from self._details(court, identifier)

    @page(r"/Bills/\d+/[HS]D?\d+(?:/CommitteeVote)?/?$", landmark=r'class="[^"]*\bbillInfo\b')
    def bill_page(self, answer: Answer) -> Things:
        yield bill_page(answer)

    @page(r"/Bills/\d+/[HS]D?\d+\.pdf$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")


def _address(court: str, identifier: str) -> str:
    return f"{API}/{court}/Documents/{identifier.replace(' ', '')}"
