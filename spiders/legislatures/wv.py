"""West Virginia Legislature: https://www.wvlegislature.gov, pages of its Bill Status.

What it is: the list of all bills of a session, of both houses on one page, with title and where
each stands; the list of its resolutions; the page of each measure; its texts as HTML.

What it is not: votes, which are PDF files (a history names the roll call only); fiscal notes and
agendas of committees, whose pages are not known in their present form, so this source has no
hearings; adopted amendments, which are files of their own; resolutions of special sessions.

Requests: two lists, and whether there is a special session, in the site's own words; one more for each
wanted measure whose row moved, and one for each new text of it. With 40 of them that is 84 the first
time, 4 on a quiet day, 14 on a busy one.

Quirks: the governor's acts stand three times in a history, twice as lines of a journal under an
earlier day; "Effective from passage (Roll No. 12)" is a vote, not the day of effect; a line without
a day, and notes across the table, are left out; an address has the number of a bill but not its
house, which the page's heading tells; a committee's bill has no sponsor but the line "Originating
in House Finance"; a row of the list has one cell in place of three where a bill is done; a House
bill carried over to the second year gets a new page under that year. Answers are slow. The host has
been seen with a certificate that some clients can't verify: then a run fails and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import WEDNESDAY, nth
from spiders.legislatures.wv_page import (
    SITE,
    Session,
    kind_of,
    measure_of,
    named_in_text_url,
    number_of,
    same_session,
    session_of,
    text_of,
)
from spiders.reading import PageChanged, attribute, columns, measure_number, one, some, text
from tracker.model import Listing, fold
from tracker.runs import Requests, SourceFacts

_BILLS = f"{SITE}/Bill_Status/Bills_all_bills.cfm?year={{}}&sessiontype={{}}&btype=bill"
_RESOLUTIONS = f"{SITE}/Bill_Status/res_list.cfm?year={{}}&sessiontype=RS&btype=res"
_TABLE = r"<table[^>]*(?:results|tabborder)"
_NONE = r"The \d{4} \w+ Special Session does not exist\."


class WestVirginia(LegislatureSpider):
    facts = SourceFacts(
        code="wv",
        jurisdiction="us-wv",
        name="West Virginia Legislature, Bill Status",
        kind="legislature",
        home=f"{SITE}/",
        requests=Requests(first=84, quiet=4, busy=14),
    )
    hosts = ("www.wvlegislature.gov",)
    timezone = "America/New_York"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session opens on the second Wednesday of January, in the year after a governor's
        election of February (Constitution VI-18). Special ones of the year are asked for by number.
        """
        month = 2 if today.year % 4 == 1 else 1
        opening = nth(2, WEDNESDAY, month, today.year)
        return [str(today.year if today >= opening else today.year - 1)]

    def begin(self) -> Iterator[Request]:
        (year,) = self.sessions(self.today)
        yield self.get(_BILLS.format(year, "RS"))
        yield self.get(_RESOLUTIONS.format(year))
        yield self.fresh(_BILLS.format(year, "1X"))

    @page(r"(?i)/Bill_Status/Bills_all_bills\.cfm\?", landmark=_TABLE, empty=_NONE)
    def bills(self, answer: Answer) -> Things:
        session, rows = self._rows(answer)
        columns([text(cell) for cell in rows[0].find_all("th")], ("Bill", "Title", "Status"))
        for row in rows[1:]:
            yield self._listing(row, session, answer)
        if session.special:
            yield self.fresh(_BILLS.format(session.year, f"{session.special + 1}X"))

    @page(r"(?i)/Bill_Status/res_list\.cfm\?", landmark=_TABLE)
    def resolutions(self, answer: Answer) -> Things:
        session, rows = self._rows(answer)
        for row in rows:
            if row.find("td"):
                yield self._listing(row, session, answer)

    def _rows(self, answer: Answer) -> tuple[Session, Sequence[Tag]]:
        soup, session = answer.soup(), session_of(answer.url)
        same_session(soup, session)
        return session, some(_table(soup), "tr", at_least=2)

    def _listing(self, row: Tag, session: Session, answer: Answer) -> Listing:
        """What stands after the title is where the measure is: it changes when the measure moves."""
        cells = row.find_all("td", recursive=False)
        if len(cells) < 2:
            raise PageChanged("a number and a title in a row of the list", str(row)[:300])
        link = one(cells[0], "a[href]")
        identifier, url = measure_number(text(link)), urljoin(answer.url, attribute(link, "href"))
        if session_of(url) != session or number_of(url) != identifier.partition(" ")[2]:
            raise PageChanged(f"a page of {identifier} of {session.label}", url)
        where = (fold(cell.get_text(" ")) for cell in cells[2:])
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=session.name,
            identifier=identifier,
            kind=kind_of(identifier),
            title=text(cells[1]),
            last_action="; ".join(part for part in where if part),
            url=url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(
        r"(?i)/Bill_Status/(?:Bills_history|Resolution_History)\.cfm\?",
        landmark=r"<strong[^>]*>\s*LEAD SPONSOR",
    )
    def measure(self, answer: Answer) -> Things:
        yield measure_of(answer, self.reject)

    @page(r"(?i)/Bill_Status/bills_text\.cfm\?", landmark='class="textcontainer')
    def text(self, answer: Answer) -> Things:
        """The bill without the menus of its page."""
        about = {**named_in_text_url(answer.url), **answer.context}
        bare = replace(answer, body=text_of(answer, about["identifier"]), context=about)
        yield self.version_text(bare, media_type="text/html")


def _table(soup: BeautifulSoup) -> Tag:
    named = soup.select("table#results")
    return named[0] if named else one(soup, "table.tabborder")
