"""Maryland General Assembly: https://mgaleg.maryland.gov

What it is: the Open Legislative Data Download, one JSON of all bills and resolutions of a session
(title, synopsis, sponsors, subjects, committees, status, hours of hearings); the page of each
measure on topic, which alone has the dated history; its texts as PDF.

What it is not: votes by member and amendments, which are PDF only (totals stand in the history where
it prints them); places of hearings.

Requests: a file for the session, and from January to April and in December another (each asked "has
it changed?"); one more for each measure on topic whose status moved, and one for each new text: 3 on
a quiet day of February, 13 on a busy one, 83 the first time, however many measures a file holds.

Quirks: the file's own time moves in each record whenever it is made anew and is not read; a vetoed
bill is taken up at the next session, so the last file is read on until the next one adjourns; most
bills have a twin in the other chamber, and the two can end differently; records titled "OIS Test" are
tests; the file of a special session without bills is white space; a session has no file before its
first pre-filed bill.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Thing, Things, page
from spiders.calendars import WEDNESDAY, nth
from spiders.legislatures.md_page import SITE, measure_of, named_in_text_url
from spiders.legislatures.md_record import (
    Record,
    hearings_of,
    listing_of,
    measure_of_record,
    of_session,
)
from spiders.reading import PageChanged, match
from tracker.model import Listing, Measure
from tracker.runs import Requests, SourceFacts

# A special session's file is read from its first day until the next session opens.
_SPECIAL = {"2025S1": (dt.date(2025, 12, 16), dt.date(2026, 1, 13))}
_FILE = "/misc/billsmasterlist/legislation.json"


class Maryland(LegislatureSpider):
    facts = SourceFacts(
        code="md",
        jurisdiction="us-md",
        name="Maryland General Assembly, Open Legislative Data",
        kind="legislature",
        home=SITE,
        requests=Requests(first=83, quiet=3, busy=13),
    )
    hosts = ("mgaleg.maryland.gov",)
    complete_list = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.synopses: dict[str, str] = {}
        self.followed: set[str] = set()

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session opens on the second Wednesday of January and adjourns in April; until May the
        one before is read too, for overrides of vetoes, and in December the next, for bills filed
        before it opens."""
        year = today.year if today >= _opening(today.year) else today.year - 1
        found = [f"{year}RS"]
        if today.year == year and today.month <= 4:
            found.append(f"{year - 1}RS")
        if today.month == 12:
            found.append(f"{year + 1}RS")
        special = (code for code, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return (*found, *special)

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            yield self.get(f"{SITE}/{session}{_FILE}")

    # -- the file of a session -----------------------------------------------------------------

    @page(r"/\d{4}RS" + _FILE, landmark='"BillNumber"', absent=True)
    def regular(self, answer: Answer) -> Things:
        session = _session_of(answer)
        if answer.status != 200:
            if self.today < _opening(int(session[:4])):
                return
            raise PageChanged(f"the file of {session}, which has opened", f"HTTP {answer.status}")
        yield from self._records(answer, session)

    @page(r"/\d{4}S\d" + _FILE, landmark='"BillNumber"', empty=r"\A\s+\Z")
    def special(self, answer: Answer) -> Things:
        yield from self._records(answer, _session_of(answer))

    def _records(self, answer: Answer, session: str) -> Things:
        """Title and status first, by which the base decides; then the rest and the hearings."""
        for record in answer.json(list[Record]):
            of_session(record, session)
            if record.Title.startswith("OIS Test"):
                self.reject("a test of the legislature's own")
                continue
            listing = listing_of(record, session)
            self.synopses[listing.key] = record.synopsis
            yield listing
            yield measure_of_record(record, session)
            yield from hearings_of(record, session, self.timezone)

    def wants(self, key: str, title: str, abstract: str = "") -> bool:
        return super().wants(key, title, abstract or self.synopses.get(key, ""))

    def sift(self, thing: Thing) -> Things:
        """What the file says beside title and status is kept where the page is read too."""
        match thing:
            case Measure(abstract=str()) if thing.key not in self.followed:
                return
            case _:
                yield from super().sift(thing)

    def follow(self, listing: Listing) -> Iterator[Request]:
        self.followed.add(listing.key)
        yield self.fresh(listing.url)

    # -- one measure ---------------------------------------------------------------------------

    @page(r"/Legislation/Details/[a-z]{2}\d+\?", landmark='id="detailsHistoryMobile"')
    def measure(self, answer: Answer) -> Things:
        yield measure_of(answer, self.reject)

    @page(r"/\d{4}(?:RS|S\d)/(?:bills|Chapters_noln)/.*\.pdf$", landmark="%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, named_in_text_url(answer.url), media_type="application/pdf")


def _session_of(answer: Answer) -> str:
    return match(r".*/(\d{4}(?:RS|S\d))/misc/.*", answer.url)[1]


def _opening(year: int) -> dt.date:
    return nth(2, WEDNESDAY, 1, year)
