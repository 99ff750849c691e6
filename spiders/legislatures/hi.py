"""Hawaii State Legislature: https://www.capitol.hawaii.gov, read at https://data.capitol.hawaii.gov

What it is: the report of all measures of a kind and year (report title, title, description, current
status with its day), the page of each measure (status table, drafts), its texts as HTML, and the
hearings that its status announces.

What it is not: the governor's messages (`GM`, mostly nominations), which look like measures;
testimony; votes by member, which stand in the words of the status.

Requests: seven on a quiet day (robots.txt and six kinds of measure; from June on one more for the
special session, if any), one more for each measure on topic whose status moved, and one for each new
draft: 87 on a first crawl with 40 measures on topic, 17 on a day on which five of them moved. About
5,300 bills and 800 resolutions are listed in an even year; how many makes no difference.

Quirks: the public host refuses programs, so its links are read at the data host, where the same paths
lead to the same pages; a measure of the odd year is carried over to the even one under its number,
and stands in the reports of both; a title is a caption ("RELATING TO GOVERNMENT."), report title and
description tell the subject; the governor must give notice of an intent to veto, which is no veto;
links to HTML and PDF may be swapped or doubled, so the ending of the address tells which it is; a
measure that is not there leads to another page, "Measure Not Found".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import WEDNESDAY, nth
from spiders.legislatures.hi_page import (
    SITE,
    address_of,
    kind_of,
    measure_of,
    named_in_text_url,
    same_number,
    same_text,
)
from spiders.legislatures.hi_status import hearings
from spiders.reading import PageChanged, attribute, day, match, one, table, text
from tracker.model import Listing, fold
from tracker.runs import Requests, SourceFacts

KINDS = ("hb", "sb", "hcr", "scr", "hr", "sr")
_COLUMNS = ("Measure Status", "Current Status", "Introducers", "Current Referral")
_STATUS = r"\(([^()]+)\) ?(\d{1,2}/\d{1,2}/\d{4}) ?- ?(.+)"
_ADJOURNED = 6


class Hawaii(LegislatureSpider):
    facts = SourceFacts(
        code="hi",
        jurisdiction="us-hi",
        name="Hawaii State Legislature",
        kind="legislature",
        home="https://www.capitol.hawaii.gov",
        requests=Requests(first=87, quiet=7, busy=17),
    )
    hosts = ("data.capitol.hawaii.gov",)
    timezone = "Pacific/Honolulu"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session opens each year on the third Wednesday of January (Constitution, III, 10); a
        special one (`2026a`) may be called after it adjourned in May."""
        opening = nth(3, WEDNESDAY, 1, today.year)
        year = today.year if today >= opening else today.year - 1
        special = today < opening or today.month >= _ADJOURNED
        return (str(year), *([f"{year}a"] if special else []))

    def begin(self) -> Iterator[Request]:
        regular, *special = self.sessions(self.today)
        for kind in KINDS:
            yield self.get(
                f"{SITE}/advreports/advreport.aspx?year={regular}&report=deadline&active=false"
                f"&rpt_type=&measuretype={kind}"
            )
        for session in special:
            yield self.get(_special_page(session))

    @page(
        r"/advreports/advreport\.aspx\?.*measuretype=[a-z]+(?:&|$)",
        landmark='id="[^"]*GridViewReports"',
    )
    def report(self, answer: Answer) -> Things:
        yield from self._listings(answer, answer.asked("year"))

    @page(
        r"/session/splsession\.aspx\?year=\d{4}[a-z]$",
        landmark='id="[^"]*GridViewReports"',
        empty=r"No records at this time",
    )
    def special(self, answer: Answer) -> Things:
        """The next special session is asked for once there is one of the letter before."""
        session = answer.asked("year")
        yield from self._listings(answer, session)
        yield self.get(_special_page(session[:-1] + chr(ord(session[-1]) + 1)))

    def _listings(self, answer: Answer, session: str) -> Things:
        found = one(answer.soup(), "table[id$=GridViewReports]")
        rows = list(table(found, *_COLUMNS))
        if not rows:
            raise PageChanged("rows of measures", "none")
        for row in rows:
            yield self._listing(row, answer.url, session)

    def _listing(self, row: dict[str, Tag], url: str, session: str) -> Listing:
        link = one(row["Measure Status"], "a.report")
        found = address_of(urljoin(url, attribute(link, "href")))
        same_number(found, text(link))
        if found.session != session:
            raise PageChanged(f"a measure of {session}", found.url)
        _, on, last = match(_STATUS, text(row["Current Status"])).groups()
        listing = Listing(
            jurisdiction=self.facts.jurisdiction,
            session=session,
            identifier=found.identifier,
            kind=kind_of(found.identifier),
            title=text(_label(row, 7)),
            last_action=last,
            last_action_on=day(on, "%m/%d/%Y"),
            url=found.url,
        )
        subject = (fold(_label(row, number).get_text(" ")) for number in (1, 2))
        return self.screen(listing, " ".join(subject).strip())

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(r"/session/measure_indiv\.aspx\?", landmark='id="[^"]*GridViewStatus"')
    def measure(self, answer: Answer) -> Things:
        measure = measure_of(answer)
        yield measure
        yield from hearings(measure, self.today, self.timezone)

    @page(r"(?i)/bills/[A-Z]+\d+_[\w.-]*\.HTM$", landmark=r"WordSection1")
    def text(self, answer: Answer) -> Things:
        about = named_in_text_url(answer.url)
        same_text(answer, about["note"])
        yield self.version_text(answer, about, media_type="text/html")

    @page(r"(?i)/bills/[A-Z]+\d+_[\w.-]*\.PDF$", landmark=r"\A%PDF-")
    def text_as_pdf(self, answer: Answer) -> Things:
        """Where a draft has no other form."""
        yield self.version_text(answer, named_in_text_url(answer.url), media_type="application/pdf")


def _special_page(session: str) -> str:
    return f"{SITE}/session/splsession.aspx?year={session}"


def _label(row: dict[str, Tag], number: int) -> Tag:
    """1 is the report title, 7 the title, 2 the description."""
    return one(row["Measure Status"], f"span[id*=_Label{number}_]")
