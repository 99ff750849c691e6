"""Minnesota Legislature: https://www.leg.mn.gov, bills kept by the Revisor of Statutes

What it is: the Revisor's search of all documents of a session, one row each with its short
description, number of actions and the day of the last one; the page of a bill; its texts, with new
and struck words marked.

Hearings are the Senate's, from the calendar of its committees (https://www.senate.mn); they are not
read while a special session counts its bills from 1 again, since an agenda does not say which is
meant.

What it is not: hearings of the House (a calendar of its own, whose days and hours have not been seen)
and roll calls.

Requests: the Senate's calendar and the list, 500 rows a page, then one for each bill on topic whose
row moved, and one for each new text: with 2,000 documents, 40 of them on topic, 7 on a quiet day, 17
when five move, 87 the first time. Late in a session, with 10,400 documents, the list has 17 pages
more; while a special session is open, two more.

Quirks: the server does not send an intermediate certificate; documents of the other chamber stand
in the list once they are transmitted; a Senate resolution's text address leads to another page
("Media | Minnesota Senate") and is not asked for; rows of a history may lack a day, then it stands
in their words or is that of the row above; numbers restart in a special session (2025s1).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, after_first_monday
from spiders.legislatures.mn_calendar import hearings
from spiders.legislatures.mn_page import address_of, kind_of, measure_of, same_document
from spiders.reading import PageChanged, attribute, day, match, one, some, text
from tracker.model import Listing, Measure, fold
from tracker.runs import Requests, SourceFacts

SITE = "https://www.revisor.mn.gov"
_FOUND = re.compile(r"(?:([\d,]+) to ([\d,]+) of )?([\d,]+) (?:House |Senate )?Documents? Found.*")
_CALENDAR = "https://www.senate.mn/api/schedule/upcoming"
_TEXT = r"/versions/(?:ue/)?\d+/?$"
# Code of the session: its number among the special ones, the legislature, the year it began.
_SPECIAL = {"1942025": (dt.date(2025, 6, 9), dt.date(2025, 8, 31))}


class _Extent(NamedTuple):
    """Rows `first` to `last` of `total` are on this page of the list."""

    first: int
    last: int
    total: int


class Minnesota(LegislatureSpider):
    facts = SourceFacts(
        code="mn",
        jurisdiction="us-mn",
        name="Minnesota Legislature, Revisor of Statutes",
        kind="legislature",
        home=f"{SITE}/bills/",
        requests=Requests(first=87, quiet=7, busy=17),
    )
    hosts = ("www.revisor.mn.gov", "www.senate.mn")
    timezone = "America/Chicago"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A legislature opens on the Tuesday after the second Monday of January of the odd year;
        special sessions are read from their first day until the governor has acted."""
        first = today.year - (today.year % 2 == 0)
        if today < _opening(first):
            first -= 2
        special = (code for code, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return (f"0{(first - 2025) // 2 + 94}{first}", *special)

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            for body in ("House", "Senate"):
                yield self.get(
                    f"{SITE}/bills/status_result.php?body={body}&search=advanced&session={session}"
                    "&submit_advanced=GO&search_type=andor&keyword_type=all&size=500"
                )
        if len(self.sessions(self.today)) == 1:
            yield self.fresh(_CALENDAR)

    @page(
        r"/bills/status_result\.php\?",
        landmark=r"\d (?:House |Senate )?Documents? Found",
        empty=r"\b0 (?:House |Senate )?Documents? Found",
    )
    def documents(self, answer: Answer) -> Things:
        soup = answer.soup()
        extent = _extent(soup.select("h3"))
        table = one(soup, "table.table-responsive")
        rows = [row for row in some(table, "tr") if row.find("td", recursive=False)]
        if len(rows) != extent.last - extent.first + 1:
            raise PageChanged(f"rows {extent.first} to {extent.last}", f"{len(rows)} rows")
        for row in rows:
            yield from self._listing(row, answer)
        following = [attribute(link, "href") for link in soup.select("a.next[href]")]
        if bool(following) != (extent.last < extent.total):
            raise PageChanged(f"a next page up to row {extent.total}", f"{following}")
        if following:
            yield self.get(urljoin(answer.url, following[0]))

    def _listing(self, row: Tag, answer: Answer) -> Iterator[Listing]:
        cells = row.find_all("td", recursive=False)
        if len(cells) != 8:
            raise PageChanged("eight cells in a row of the list", f"{len(cells)}: {row}"[:300])
        link = one(cells[1], "a")
        url = urljoin(answer.url, attribute(link, "href"))
        found = address_of(url)
        same_document(found, text(link))
        asked = match(r".*[?&]body=(House|Senate)\b.*", answer.url)[1]
        if found.letters[0] != asked[0]:
            self.reject("document of the other chamber, which its own list has")
            return
        on = fold(cells[3].get_text(" "))
        yield Listing(
            jurisdiction=self.facts.jurisdiction,
            session=found.session,
            identifier=found.identifier,
            kind=kind_of(found.letters),
            title=text(cells[7]),
            # A second action of one day moves the row only by its number.
            last_action=f"{match(r'[0-9]+', text(cells[2])).group()} actions",
            last_action_on=day(on, "%m/%d/%Y", "%m/%d/%y") if on else None,
            url=url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(
        r"/bills/\d+/\d{4}/\d/[HS][FRC]/\d+/?(?:\?|$)",
        landmark=r'id="separated-tab-pane"',
    )
    def bill(self, answer: Answer) -> Things:
        yield measure_of(answer, self.reject)

    @page(
        r"//www\.senate\.mn/api/schedule/upcoming$",
        landmark=r'"hearing_start"\s*:',
        empty=r'"events"\s*:\s*\[\s*\][\s\S]*\}\s*\Z',
        beside=True,
    )
    def calendar(self, answer: Answer) -> Things:
        first = int(self.sessions(self.today)[0][-4:])
        yield from hearings(answer, f"{first}-{first + 1}", self.timezone, self.reject)

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """Only texts of the Revisor: Senate resolutions and conference reports lie elsewhere."""
        if measure.identifier.startswith("SR "):
            return
        for request in super().version_requests(measure):
            if re.search(_TEXT, request.url):
                yield request

    @page(_TEXT, landmark=r'<div id="document"')
    def text(self, answer: Answer) -> Things:
        soup = answer.soup()
        found = address_of(re.sub(_TEXT, "/", answer.url))
        same_document(found, text(one(soup, "h1.card-title")))
        document = one(soup, "#document")
        for spoken in document.select(".sr-only"):  # "new text begin", read to the blind
            spoken.extract()
        about = {
            "jurisdiction": self.facts.jurisdiction,
            "session": found.session,
            "identifier": found.identifier,
            "note": text(some(soup, "#breadcrumb li")[-1]),
            **answer.context,
        }
        yield self.version_text(
            replace(answer, body=str(document).encode(), context=about), media_type="text/html"
        )


def _opening(year: int) -> dt.date:
    return after_first_monday(TUESDAY, 1, year) + dt.timedelta(weeks=1)


def _extent(headings: Sequence[Tag]) -> _Extent:
    counts = [found for one in headings if (found := _FOUND.fullmatch(fold(one.get_text(" "))))]
    if len(counts) != 1:
        raise PageChanged("one count of documents", f"{len(counts)} of them")
    first, last, total = (int((count or "0").replace(",", "")) for count in counts[0].groups())
    return _Extent(first, last, total) if last else _Extent(1, total, total)
