"""Kentucky General Assembly: https://apps.legislature.ky.gov/record, kept by the Legislative Research
Commission

What it is: four lists of a session (bills and resolutions of each chamber, with title and prime
sponsor), the page of each measure, its texts as PDF, and the week's calendar of committees.

What it is not: votes by member, which are PDF only (totals stand in the history).

Requests: six on a quiet day out of session (each asked "has it changed?"). The lists don't tell
that a measure moved, so from January to May the page of each watched measure is asked too: with 40
of them 46 on a quiet day, 51 on a busy one, 86 the first time.

Quirks: an early title says little ("AN ACT relating to local government"), the summary on the
measure's page tells; a withdrawn bill loses title, texts and history, and the page says so under Last
Action only; "Current/Final" is one address whose text changes; several actions share one day; no
column tells the chamber, the words do; the host's certificate expired in July 2025 for a while, and
where it does again the run fails and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, after_first_monday
from spiders.legislatures.ky_calendar import hearings
from spiders.legislatures.ky_page import (
    SITE,
    address_of,
    kind_of,
    measure_of,
    named_in_text_url,
    same_measure,
    session_name,
    url_of,
)
from spiders.reading import PageChanged, attribute, one, some, text
from tracker.model import Listing, Version, fold
from tracker.runs import Requests, SourceFacts

_LISTS = ("house_bills", "senate_bills", "house_resolutions", "senate_resolutions")
_HEAD = ("Prime Sponsor", "Title")
# A special session is read until the governor has acted on what it passed.
_SPECIAL = {"22ss": (dt.date(2022, 8, 24), dt.date(2022, 9, 30))}
_LAST_MONTH = 5


class Kentucky(LegislatureSpider):
    facts = SourceFacts(
        code="ky",
        jurisdiction="us-ky",
        name="Kentucky General Assembly, Legislative Record",
        kind="legislature",
        home="https://legislature.ky.gov",
        requests=Requests(first=86, quiet=46, busy=51),
    )
    hosts = ("apps.legislature.ky.gov",)
    timezone = "America/Kentucky/Louisville"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session opens each year on the first Tuesday after the first Monday of January."""
        year = today.year if today >= _opening(today.year) else today.year - 1
        special = (code for code, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return (f"{year % 100:02}rs", *special)

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            for name in _LISTS:
                yield self.get(f"{SITE}/record/{session}/{name}_title.html")
        yield self.get(f"{SITE}/legislativecalendar")
        if self.today.month <= _LAST_MONTH:
            yield from self._watched()

    def _watched(self) -> Iterator[Request]:
        """The same page is asked but once, also where its row in a list is new."""
        for session in self.sessions(self.today):
            prefix = f"{self.facts.jurisdiction}/{session_name(session)}/"
            for key in sorted(self.known.watched):
                if key.startswith(prefix):
                    yield self.get(url_of(session, key.removeprefix(prefix)))

    @page(
        r"/record/\d\d(?i:rs|ss)/(?:house|senate)_(?:bills|resolutions)_title\.html$",
        landmark="<th[^>]*>\\s*Prime Sponsor",
    )
    def measures(self, answer: Answer) -> Things:
        soup = answer.soup()
        rows = some(one(soup, "table.table-hover"), "tr", at_least=2)
        head = [text(cell) for cell in rows[0].find_all("th", recursive=False)]
        if len(head) != 3 or tuple(head[1:]) != _HEAD:
            raise PageChanged(f"three columns, {', '.join(_HEAD)} the last", f"{head}")
        listings = [self._listing(row, answer) for row in rows[1:]]
        if not any(listing.title for listing in listings):
            raise PageChanged("a title in any row of the list", "none")
        yield from listings

    def _listing(self, row: Tag, answer: Answer) -> Listing:
        """A withdrawn measure has no title."""
        cells = row.find_all("td", recursive=False)
        if len(cells) != 3:
            raise PageChanged("three cells in a row of the list", f"{len(cells)}: {row}"[:300])
        link = one(cells[0], "a")
        found = address_of(urljoin(answer.url, attribute(link, "href")))
        same_measure(found, text(link))
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=found.session,
            identifier=found.identifier,
            kind=kind_of(found.identifier),
            title=fold(cells[2].get_text(" ")),
            url=found.url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(
        r"/record/\d\d(?i:rs|ss)/[hs](?:b|r|cr|jr)\d+\.html$",
        landmark=r"<th[^>]*>\s*Last Action",
    )
    def measure(self, answer: Answer) -> Things:
        yield measure_of(answer, self.reject)

    def is_new_text(self, key: str, version: Version) -> bool:
        """The text at "Current/Final" changes, so it is asked "has it changed?" each time."""
        return version.url.endswith("/bill.pdf") or super().is_new_text(key, version)

    @page(r"/(?:orig_bill|bill|\d{4})\.pdf$", landmark="%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, named_in_text_url(answer.url), media_type="application/pdf")

    @page(r"/legislativecalendar$", landmark="Weekly Legislative Calendar", beside=True)
    def calendar(self, answer: Answer) -> Things:
        yield from hearings(answer, self.timezone)


def _opening(year: int) -> dt.date:
    """The day after the first Monday."""
    return after_first_monday(TUESDAY, 1, year)
