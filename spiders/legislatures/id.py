"""Idaho Legislature: https://legislature.idaho.gov

What it is: the list of all bills, resolutions and memorials of a session on one page (number, short
title, status), the page of each (statement of purpose in a sentence, history with roll calls), its
texts, amendments and engrossments as PDF, and from January to April the agendas of committees.

What it is not: subjects, and co-sponsors, who have a page of their own. The list's titles are a few
words: a bill whose subject only its sentence tells is not found.

Requests: two on a quiet day out of session, four in it; one more for each measure on topic whose
status moved, and one for each new text of it.

Quirks: days are printed without a year, which is the session's, and only where they differ from the
row above; no column tells the chamber, the words do ("to Senate", "Received from the House"); a
number gains letters when the text is amended (`H0083aaS`), the measure stays the same; a site
without any measure has no words of its own for it, so an empty list is never believed; neither has
a day without meetings, so an agenda without any is believed and counted. Agendas link to their
bills, and the link tells the year that the page leaves out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures.id_agenda import hearings
from spiders.legislatures.id_page import (
    SITE,
    address_of,
    is_measure,
    kind_of,
    measure_of,
    named_in_text_url,
    same_measure,
)
from spiders.reading import PageChanged, attribute, one, some, text
from tracker.model import Listing
from tracker.runs import Requests, SourceFacts

# A special session is listed under the year and "spcl"; read until the governor has acted.
_SPECIAL = {"2022spcl": (dt.date(2022, 9, 1), dt.date(2022, 9, 30))}
_LAST_MONTH = 4


class Idaho(LegislatureSpider):
    facts = SourceFacts(
        code="id",
        jurisdiction="us-id",
        name="Idaho Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=84, quiet=4, busy=14),
    )
    hosts = ("legislature.idaho.gov",)
    timezone = "America/Boise"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session opens each year on the Monday nearest to 9 January (Idaho Code 67-404); until
        then the last one's list is read."""
        year = today.year if today >= _opening(today.year) else today.year - 1
        special = (code for code, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return (str(year), *special)

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            yield self.get(f"{SITE}/sessioninfo/{session}/legislation/")
        if _opening(self.today.year) <= self.today and self.today.month <= _LAST_MONTH:
            for house in ("hagenda", "sagenda"):
                yield self.fresh(f"{SITE}/sessioninfo/agenda/{house}/")

    @page(r"/sessioninfo/\d{4}(?:spcl)?/legislation/(?:minidata/)?$", landmark="mini-data-table")
    def measures(self, answer: Answer) -> Things:
        """One small table for each measure, its row known by its id: `billH0508`."""
        soup = answer.soup()
        rows = some(soup, "table.mini-data-table tr[id^=bill]")
        links = soup.select("table.mini-data-table a[href]")
        addresses = {urljoin(answer.url, attribute(link, "href")).rstrip("/") for link in links}
        linked = [address for address in addresses if is_measure(address)]
        if len(linked) != len(rows):
            raise PageChanged(f"a row for each of {len(linked)} measures", f"{len(rows)} rows")
        for row in rows:
            yield self._listing(row, answer)

    def _listing(self, row: Tag, answer: Answer) -> Listing:
        cells = row.find_all("td", recursive=False)
        if len(cells) != 5:
            raise PageChanged("five cells in a row of the list", f"{len(cells)}: {row}"[:300])
        link = one(cells[0], "a")
        found = address_of(urljoin(answer.url, attribute(link, "href")))
        same_measure(found, text(link))
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=found.session,
            identifier=found.identifier,
            kind=kind_of(found.identifier),
            title=text(cells[1]),
            last_action=text(cells[3]),
            url=found.url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(
        r"/sessioninfo/\d{4}(?:spcl)?/legislation/[HS](?:CR|JM|JR|R|P)?\d+/?$",
        landmark="bill-table",
    )
    def measure(self, answer: Answer) -> Things:
        yield measure_of(answer)

    @page(r"/uploads/sessioninfo/\d{4}(?:spcl)?/legislation/\w+\.pdf$", landmark="%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, named_in_text_url(answer.url), media_type="application/pdf")

    @page(r"/sessioninfo/agenda/[hs]agenda/?$", landmark='id="ai1ec-container"', beside=True)
    def agendas(self, answer: Answer) -> Things:
        yield from hearings(answer, self.timezone, self.reject)


def _opening(year: int) -> dt.date:
    """The Monday on or nearest to 9 January lies between the 6th and the 12th."""
    sixth = dt.date(year, 1, 6)
    return sixth + dt.timedelta(days=-sixth.weekday() % 7)
