"""Colorado General Assembly: https://leg.colorado.gov

What it is: the site's bill search without a word to search for, which lists every measure of a
session with its long title and last action; the page of a bill, complete in one document; its
texts, in HTML where the site has them, else in PDF.

What it is not: hearings (the schedule's two layouts have not been seen whole, nor how an agenda
names a bill), votes in committee (lists of surnames without a tally).

Requests: the list, 25 rows a page, what moved last first, down to a page some days back on which
nothing is new; it is read whole on Mondays, the first time, and where it doesn't have just as many
measures as are known. Then one for each measure on topic whose row moved, and one for each new text:
with 2,000 measures 2 on a quiet day, 14 on a busy one, 161 the first time. A session has some 700,
thus 50 pages less where the list is read whole.

Quirks: a plain client may be refused (406) or told to wait (429), then the run says so; the site
was rebuilt in November 2025 and its blocks have had two ids; numbers carry the year, and a letter
in special sessions (`SB25B-001`); a bill laid over to a day after adjournment is dead; the
presiding officers sign before the governor does; nothing carries over to the next session.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import MONDAY, WEDNESDAY, nth
from spiders.legislatures.co_page import (
    SITE,
    Number,
    measure_of,
    number,
    number_in,
    same_number,
)
from spiders.legislatures.co_text import readable
from spiders.reading import PageChanged, attribute, day, match, one, some, text
from tracker.canonical import listing_print
from tracker.model import Listing, fold
from tracker.runs import Requests, SourceFacts

_TEXTS = "s3.us-west-2.amazonaws.com"
_BY_NUMBER, _BY_LAST_ACTION = "Bill # Ascending", "Last Action Descending"
# An action may be told some days after its own day.
_LATE = dt.timedelta(days=3)
_SHOWING = re.compile(r"Showing ([\d,]+) ?[-–] ?([\d,]+) of ([\d,]+)\b")
_LAST_ACTION = re.compile(r"(?:LAST ACTION:)?\s*(?:(\d+/\d+/\d{4}) \| (.*))?", re.IGNORECASE)
_LETTERS = {
    "House Bill": "HB", "House Concurrent Resolution": "HCR", "House Joint Resolution": "HJR",
    "House Joint Memorial": "HJM", "House Resolution": "HR", "House Memorial": "HM",
    "Senate Bill": "SB", "Senate Concurrent Resolution": "SCR", "Senate Joint Resolution": "SJR",
    "Senate Joint Memorial": "SJM", "Senate Resolution": "SR", "Senate Memorial": "SM",
}  # fmt: skip
_TITLE = re.compile(
    r"(?P<kind>(?:House|Senate) [A-Za-z ]+?) (?P<number>\d\d[A-Za-z]?-\d+)(?: (?P<note>.+))?"
)
# Until the governor's 30 days after adjournment are over.
_SPECIAL = {"2025 Extraordinary Session": (dt.date(2025, 8, 21), dt.date(2025, 9, 30))}


class _Extent(NamedTuple):
    """Rows `first` to `last` of `total` are on this page of the list."""

    first: int
    last: int
    total: int


class Colorado(LegislatureSpider):
    facts = SourceFacts(
        code="co",
        jurisdiction="us-co",
        name="Colorado General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=161, quiet=2, busy=14),
    )
    hosts = ("leg.colorado.gov", _TEXTS)
    timezone = "America/Denver"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session a year, from the second Wednesday of January; until then the last one is read.
        Special sessions are read from their first day until the governor has acted."""
        year = today.year if today >= _opening(today.year) else today.year - 1
        special = (label for label, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return (f"{year} Regular Session", *special)

    def begin(self) -> Iterator[Request]:
        whole = self.today.weekday() == MONDAY or not self.known.prints
        for session in self.sessions(self.today):
            yield self._list(session, 1, _BY_NUMBER if whole else _BY_LAST_ACTION)

    def _list(self, session: str, nth: int, sort: str) -> Request:
        asked = {"sessions[]": session, "sort": sort, "page": nth}
        return self.get(f"{SITE}/bills/bill-search?{urlencode(asked)}")

    # -- the list ------------------------------------------------------------------------------

    @page(
        r"/bills/bill-search\b",
        landmark=r"Showing\s+[1-9]",
        empty=r"Showing\s+0\s*-\s*0\s+of\s+0\b(?=[\s\S]*</html>)",
    )
    def bills(self, answer: Answer) -> Things:
        soup = answer.soup()
        extent = _extent(soup)
        rows = some(one(soup, "#all-search-results-data-list"), "div.bill-result")
        if len(rows) != extent.last - extent.first + 1:
            raise PageChanged(f"rows {extent.first} to {extent.last}", f"{len(rows)} rows")
        found = [self._listing(row) for row in rows]
        yield from found
        query = parse_qs(urlsplit(answer.url).query)
        nth, sort = int(query.get("page", ["1"])[0]), query.get("sort", [_BY_NUMBER])[0]
        ends = sort == _BY_LAST_ACTION and self._is_rest_known(found, extent.total)
        if extent.last < extent.total and not ends:
            yield self._list(answer.asked("sessions[]"), nth + 1, sort)

    def _is_rest_known(self, page: Sequence[Listing], total: int) -> bool:
        """Whether what follows a page, sorted by last action, is what was listed before."""
        days = [listing.last_action_on for listing in page if listing.last_action_on]
        is_sorted = bool(days) and days == sorted(days, reverse=True)
        new = any(
            self.known.prints.get(listing.key) != listing_print(listing).hex() for listing in page
        )
        session = f"{self.facts.jurisdiction}/{page[0].session}/"
        known = {key for key in self.known.prints.keys() | self.listed if key.startswith(session)}
        if new or not is_sorted or days[-1] >= self.today - _LATE or len(known) != total:
            return False
        self.listed |= known
        return True

    def _listing(self, row: Tag) -> Listing:
        link = one(row, "a.all-bills-data-heading")
        url = urljoin(SITE, attribute(link, "href"))
        found = number_in(url)
        same_number(found, text(one(row, ".sponsor-bill-or-resolution-tag")))
        on, last_action = _last_action(_beside(row, "LAST ACTION:"))
        listing = Listing(
            jurisdiction=self.facts.jurisdiction,
            session=found.session,
            identifier=found.identifier,
            kind=found.kind,
            title=text(link),
            last_action=last_action,
            last_action_on=on,
            url=url,
        )
        long_title = re.sub(r"^LONG TITLE:\s*", "", _beside(row, "LONG TITLE:"))
        return self.screen(listing, long_title)

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    # -- a bill and its texts ------------------------------------------------------------------

    @page(
        r"/bills/(?i:[hs](?:b|cr|jr|jm|r|m)\d\d[a-z]?-\d+)/?(?:[?#]|$)",
        landmark=r"bill-detail-bill-number-tag",
    )
    def bill(self, answer: Answer) -> Things:
        yield measure_of(answer)

    @page(
        rf"//{re.escape(_TEXTS)}/beta\.leg\.colorado\.gov/\w+$",
        landmark=r'id="bill-main-content"',
    )
    def text(self, answer: Answer) -> Things:
        soup = answer.soup()
        found, note = _titled(soup)
        about = {
            "jurisdiction": self.facts.jurisdiction,
            "session": found.session,
            "identifier": found.identifier,
            "note": note,
            **answer.context,
        }
        if (about["session"], about["identifier"]) != (found.session, found.identifier):
            raise PageChanged(
                f"the text of {about['identifier']}, {about['session']}",
                f"{found.identifier}, {found.session}",
            )
        page_text = replace(answer, body=readable(soup), headers={}, context=about)
        yield self.version_text(page_text, media_type="text/html")

    @page(r"/bill_files/\d+/download$", landmark=r"%PDF-")
    def printed_text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")


def _opening(year: int) -> dt.date:
    return nth(2, WEDNESDAY, 1, year)


def _extent(soup: BeautifulSoup) -> _Extent:
    told = fold(one(soup, ".filter-details-wrapper").get_text(" "))
    found = _SHOWING.search(told)
    if not found:
        raise PageChanged("how many measures are shown", told)
    return _Extent(*(int(count.replace(",", "")) for count in found.groups()))


def _beside(row: Tag, label: str) -> str:
    """The text of the line that begins with a label; raises where the row has no such line."""
    spans = [span for span in row.select("span") if fold(span.get_text(" ")).upper() == label]
    if len(spans) != 1 or spans[0].parent is None:
        raise PageChanged(f"one line {label}", f"{len(spans)} of them in {row}"[:300])
    return text(spans[0].parent)


def _last_action(line: str) -> tuple[dt.date | None, str]:
    found = match(_LAST_ACTION, line)
    return (day(found[1], "%m/%d/%Y"), found[2]) if found[1] else (None, "")


def _titled(soup: BeautifulSoup) -> tuple[Number, str]:
    """The measure a text is of, and the name of the version; a final act's title has none."""
    found = match(_TITLE, text(one(soup, "head > title")))
    if found["kind"] not in _LETTERS:
        raise PageChanged(f"one of {', '.join(_LETTERS)}", found["kind"])
    return number(_LETTERS[found["kind"]] + found["number"]), found["note"] or "Final Act"
