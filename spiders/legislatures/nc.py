"""North Carolina General Assembly: https://www.ncleg.gov

What it is: the index of a session's keywords, the feed of its bills with the last action of each, the
page of a bill (history, sponsors, keywords, totals of votes), its editions as PDF.

What it is not: hearings, as the calendar names committees and no bills; summaries and digests, which
are pages of their own. Titles are short ("North Carolina Border Protection Act."): bills under the
keywords IMMIGRATION and ALIENS are read whatever their title says.

Requests: three on a quiet day (five while an extra session is read): robots.txt, index and feed,
each asked "has it changed?". The feed tells what moved: with 40 bills on topic 13 on a day when 5 moved and
have new texts, 83 the first time, two seconds apart as robots.txt asks. (About 1,800 are listed.)

Quirks: each chamber's first reading is "Passed 1st Reading"; "Withdrawn From Com" is a step of
re-referral; the day of an action may stand in its words only; the page lists the history newest first;
keywords hold marks of progress (RATIFIED) too; an address names the chamber, not the kind of measure
(`/BillLookUp/2025/H318`), so it is the heading that tells a bill from a resolution; another host
serves the same feed, by one account: https://webservices.ncleg.gov.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from email.utils import parsedate
from typing import Any

from lxml import etree
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import WEDNESDAY, nth
from spiders.legislatures.nc_keywords import told_by_keywords
from spiders.legislatures.nc_page import KINDS, SITE, measure_of, url_of
from spiders.reading import PageChanged, match, measure_number, said
from tracker.model import Listing
from tracker.runs import Requests, SourceFacts

_TITLE = re.compile(r"((?:H|S)(?:B|R|JR) \d+) - (.+)")
_LINK = re.compile(r"https?://www\.ncleg\.gov/(?i:BillLookUp)/(\d{4}(?:E\d)?)/([HS]\d+)")
_LAST = re.compile(r"Last action: (.+?)(?: \((?:House|Senate)? ?action\))?")
# An extra session is read until the governor has acted on what it passed.
_EXTRA = {"2025E1": (dt.date(2025, 11, 17), dt.date(2025, 12, 31))}


class NorthCarolina(LegislatureSpider):
    facts = SourceFacts(
        code="nc",
        jurisdiction="us-nc",
        name="North Carolina General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=83, quiet=3, busy=13),
    )
    hosts = ("www.ncleg.gov",)
    complete_list = True
    delay_seconds = 2.0

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._told: set[str] = set()

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A biennium begins on the second Wednesday of January in the odd year."""
        year = today.year if today.year % 2 else today.year - 1
        if today < nth(2, WEDNESDAY, 1, year):
            year -= 2
        extra = (name for name, (begin, end) in _EXTRA.items() if begin <= today <= end)
        return (str(year), *extra)

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            yield self.get(f"{SITE}/Legislation/Bills/ByKeyword/{session}/All")

    @page(
        r"/Legislation/Bills/ByKeyword/\d{4}(?:E\d)?/All$",
        landmark='id="bill-report"',
        absent=True,
    )
    def keywords(self, answer: Answer) -> Things:
        """The feed is asked after it, so that a bill's keyword is known when its row is read."""
        if answer.status == 200:
            self._told |= told_by_keywords(answer)
        else:
            self.reject("index of keywords that a session does not have")
        yield self._feed(answer.url)

    def unmodified(
        self,
        url: str,
        context: Mapping[str, Any],  # noqa: ARG002 - the address says all
    ) -> Iterator[Request]:
        if "/ByKeyword/" in url:
            yield self._feed(url)

    def _feed(self, index: str) -> Request:
        return self.get(index.replace("/ByKeyword/", "/LastActionByYear/") + "/RSS")

    @page(
        r"/Legislation/Bills/LastActionByYear/\d{4}(?:E\d)?/All/RSS$",
        landmark=r"(?s)<rss[ >].*Last action:",
    )
    def bills(self, answer: Answer) -> Things:
        session = match(r".*/LastActionByYear/(\w+)/All/RSS", answer.url)[1]
        for item in answer.xml().findall("channel/item"):
            listing = self._listing(item, session)
            if listing.url.removeprefix(f"{SITE}/BillLookUp/") in self._told:
                self.wanted.add(listing.key)
            yield listing

    def _listing(self, item: etree._Element, session: str) -> Listing:
        number, title = match(_TITLE, said(item, "title")).groups()
        identifier = measure_number(number)
        url = url_of(session, identifier)
        link = match(_LINK, said(item, "link"))
        if (link[1], link[2]) != tuple(url.split("/")[-2:]):
            raise PageChanged(f"a link to {url}", link.group())
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=session,
            identifier=identifier,
            kind=KINDS[identifier.split()[0][1:]][0],
            title=title,
            last_action=match(_LAST, said(item, "description"))[1],
            last_action_on=_published(said(item, "pubDate")),
            url=url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(r"/(?i:BillLookUp)/\d{4}(?:E\d)?/[HS]\d+$", landmark="misc-info-label")
    def bill(self, answer: Answer) -> Things:
        yield measure_of(answer, self.reject)

    @page(r"/Sessions/\d{4}(?:E\d)?/Bills/(?:House|Senate)/PDF/[HS]\d+v\d+\.pdf$", landmark="%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")


def _published(printed: str) -> dt.date:
    """`Thu, 06 Mar 2025 00:00:00 EST`: the day of the last action, at midnight of that zone."""
    found = parsedate(printed)
    if found is None:
        raise PageChanged("a day as in RSS", printed)
    try:
        return dt.date(*found[:3])
    except ValueError as error:
        raise PageChanged("a day as in RSS", printed) from error
