"""Missouri General Assembly: https://house.mo.gov and https://www.senate.mo.gov

What it is: a report of both chambers' bills with the last action of each; the House's list with
titles and one XML file for each of its measures; the Senate's list with titles, the page of a
measure, and the two parts that its buttons open, actions and texts; hearings of the House to come;
texts as PDF.

What it is not: the Senate's hearings, whose notices are a run of text; the Senate's fiscal notes and
amendments, which further buttons open; members' votes, which stand in journals.

Requests: two reports, two lists, hearings, `robots.txt` of three hosts; one for each measure of the
House on topic that moved, three for one of the Senate, one for each new text: with 2,000 bills, 40
of them on topic, 8 on a quiet day, 22 when five move, 128 the first time. The House asks for no
more than two readings of its files an hour.

Quirks: the House's lists are of its current session, which their links name, and from December of
the next one; `1/1/1900` means that there was no action; addresses end in a blank; the marks (H), (S)
and (G) at the end of a line tell who acted; substitutes stand before the number (`HCS HB 2751`),
which stays; withdrawn measures of the Senate have actions but no page; the Senate's list may hold a
row `XXXXXX`; the Senate answers HTTP 500 at times, and the run then fails and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page
from spiders.legislatures import mo_house, mo_senate
from spiders.legislatures.mo_addresses import (
    HOUSE,
    Link,
    chamber_of,
    file_url,
    house_page,
    kind_of,
    linked,
    senate_list_url,
    session_name,
)
from spiders.reading import PageChanged, attribute, day, measure_number, one, some, table, text
from tracker.model import Listing, fold
from tracker.runs import Requests, SourceFacts

_DECEMBER = 12
_NO_ACTION = "1/1/1900"
# An extraordinary session is read until the governor has acted on what it passed.
_SPECIAL = {
    "2025S1": (dt.date(2025, 6, 2), dt.date(2025, 7, 31)),
    "2025S2": (dt.date(2025, 9, 3), dt.date(2025, 10, 31)),
}
_SENATE_PAGE = r"//www\.senate\.mo\.gov/BillTracking/Bills/BillInformation\?"


class Missouri(LegislatureSpider):
    facts = SourceFacts(
        code="mo",
        jurisdiction="us-mo",
        name="Missouri General Assembly",
        kind="legislature",
        home=HOUSE,
        requests=Requests(first=128, quiet=8, busy=22),
    )
    hosts = ("house.mo.gov", "documents.house.mo.gov", "www.senate.mo.gov")
    timezone = mo_house.TIMEZONE
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The year, or in December, when bills are filed, the next; extraordinary ones by their days."""
        year = today.year + (today.month == _DECEMBER)
        special = (name for name, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return [str(year), *special]

    def begin(self) -> Iterator[Request]:
        for chamber in "hs":
            yield self.fresh(
                f"{HOUSE}/billreport.aspx?select=chamber%3A{chamber}&showlastactivity=yes"
            )
        for session in self.sessions(self.today):
            yield self.get(file_url(session, "UpcomingHearingList.XML"))

    @page(
        r"/billreport\.aspx\?select=chamber(?:%3A|:)[hs]&showlastactivity=yes$",
        landmark="Bill String",
    )
    def report(self, answer: Answer) -> Things:
        """The last action of each measure of a chamber goes with the request for its list."""
        heads = [cell for cell in answer.soup().select("th, td") if _is_head(cell)]
        grid = heads[0].find_parent("table") if len(heads) == 1 else None
        if grid is None:
            raise PageChanged("one table with Bill String", f"{len(heads)} of them")
        last: dict[str, str] = {}
        for row in table(grid, "Bill", "Date/Last Action"):
            if mo_senate.is_junk(text(row["Bill"])):
                self.reject("row without a measure")
                continue
            found = linked(answer.url, attribute(one(row["Bill"], "a[href]"), "href"))
            printed = fold(row["Date/Last Action"].get_text(" "))
            if printed.partition(" ")[0] != _NO_ACTION:
                last[_row(found)] = printed
        if answer.asked("select") == "chamber:h":
            yield self.fresh(f"{HOUSE}/billlist.aspx", last=last)
        else:
            for session in self.sessions(self.today):
                yield self.fresh(senate_list_url(session), last=last)

    def _listing(self, answer: Answer, found: Link, title: str, url: str) -> Listing:
        printed = answer.context.get("last", {}).get(_row(found), "")
        on, _, said = printed.partition(" ")
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=found.session,
            identifier=found.identifier,
            kind=kind_of(found.identifier),
            title=title,
            last_action=said,
            last_action_on=day(on, "%m/%d/%Y") if on else None,
            url=url,
        )

    @page(r"//house\.mo\.gov/billlist\.aspx$", landmark='id="reportgrid"')
    def house_list(self, answer: Answer) -> Things:
        """Two rows for each measure: number and sponsor, then the long title."""
        grid = one(answer.soup(), "#reportgrid")
        for row in some(grid, "tr.reportbillinfo"):
            link = one(row, 'a[href*="ill.aspx?bill="]')
            found = linked(answer.url, attribute(link, "href"))
            if measure_number(text(link)) != found.identifier:
                raise PageChanged(f"{found.identifier}, as its link says", text(link))
            if title := self._title(row):
                url = house_page(found.session, found.identifier)
                yield self._listing(answer, found, title, url)
            else:
                self.reject("measure without a title yet")

    def _title(self, row: Tag) -> str:
        below = row.find_next_sibling("tr")
        if below is None or "reportlongtitle" not in (below.get("class") or ()):
            raise PageChanged("a row of the long title below each measure", f"{row}"[:200])
        return fold(below.get_text(" "))

    @page(
        r"//www\.senate\.mo\.gov/BillTracking/Bills/BillList\?year=\d{4}&session=\w+$",
        landmark="bill-number",
    )
    def senate_list(self, answer: Answer) -> Things:
        session = session_name(answer.asked("year"), answer.asked("session"))
        for card in mo_senate.cards(answer):
            if card is None:
                self.reject("row without a measure")
            else:
                yield self._listing(answer, Link(session, card.identifier), card.title, card.url)

    def follow(self, listing: Listing) -> Iterator[Request]:
        if chamber_of(listing.identifier) == "lower":
            name = listing.identifier.replace(" ", "")
            yield self.get(file_url(listing.session, f"{name}.xml"))
        else:
            yield self.get(listing.url, **named(listing))

    @page(r"/xml/\d{3}-[A-Z]+\d+\.xml$", landmark="<BillInformation[ >]")
    def house_measure(self, answer: Answer) -> Things:
        yield mo_house.measure(answer)

    @page(
        r"/xml/\d{3}-UpcomingHearingList\.XML$",
        landmark="<ROOT[ >]",
        empty=r"<ROOT\s*/>|<ROOT[^>]*>\s*</ROOT>",
        beside=True,
    )
    def hearings(self, answer: Answer) -> Things:
        yield from mo_house.hearings(answer)

    @page(_SENATE_PAGE + r"year=\d{4}&billid=\d+$", landmark="main-header-text")
    def senate_measure(self, answer: Answer) -> Things:
        soup = answer.soup()
        yield mo_senate.measure(soup, answer)
        for address in mo_senate.parts(soup, answer.url):
            yield self.get(urljoin(answer.url, address), **answer.named())

    @page(_SENATE_PAGE + r".*\bhandler=Actions$", landmark='(?s)id="actionsTable".*</table>')
    def senate_actions(self, answer: Answer) -> Things:
        yield mo_senate.actions(answer)

    @page(
        _SENATE_PAGE + r".*\bhandler=BillText$",
        landmark=r'(?s)\.pdf".*</div>',
        empty=r"(?i)no [a-z ]+ available for this bill",
    )
    def senate_texts(self, answer: Answer) -> Things:
        yield mo_senate.texts(answer)

    @page(r"/hlrbillspdf/[\w.]+\.pdf$|/pdf-bill/\w+/\w+\.pdf$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")


def _is_head(cell: Tag) -> bool:
    return fold(cell.get_text(" ")) == "Bill String"


def _row(found: Link) -> str:
    return f"{found.session}/{found.identifier}"
