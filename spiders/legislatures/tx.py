"""Texas Legislature: https://capitol.texas.gov, Texas Legislature Online, kept by the Texas
Legislative Council

What it is: three feeds, the only list of bills that the site lets programs read. They name what was
filed in each house and what was passed on the day, each with number, session and caption.

What it is not: history, sponsors, subjects, texts and hearings. The Council offers all that as files
on ftp://ftp.legis.state.tx.us/bills, the one complete way, by FTP only, which a crawl does not speak;
the same pages on the site are refused by its robots.txt, in capitals even where the addresses are in
small letters (/TLODOCS/), which is read as it is meant. Committees' meetings are listed, but the
bills they hear stand in notices that are refused. What became of a measure is told by a second source.

Requests: three, on any day.

Quirks: a feed tells one day, so that what was filed on a day without a crawl is found only when it
passes; it has no date of its own, and so gives no action; a quiet day has a row that says so, not an
empty list; bills are filed from the Monday after November's election on, two months before the
session opens; called sessions number their bills anew, under a session of their own (892).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from lxml import etree
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, after_first_monday
from spiders.reading import PageChanged, match, measure_number, said
from tracker.model import Kind, Measure, fold
from tracker.runs import Requests, SourceFacts

SITE = "https://capitol.texas.gov"
_FEEDS = ("todaysfiledhouse", "todaysfiledsenate", "todaysbillspassed")
_HOUSE_OF = {"todaysfiledhouse": "H", "todaysfiledsenate": "S", "todaysbillspassed": "HS"}
_KINDS: dict[str, Kind] = {
    "B": "bill",
    "CR": "resolution",
    "JR": "resolution",
    "R": "resolution",
}
_NUMBER = re.compile(r"(?P<house>[HS])(?P<kind>B|CR|JR|R) ?(?P<number>\d+)(?!\w)", re.ASCII)
_LINK = re.compile(
    r"https?://(?:www\.)?capitol\.texas\.gov/BillLookup/\w+\.aspx"
    r"\?LegSess=(?P<session>\d\d[R1-9])&Bill=(?P<bill>[HS](?:B|CR|JR|R)\d+)",
    re.IGNORECASE,
)
# A called session is read until the governor has acted on what it passed.
_CALLED = {
    "891": (dt.date(2025, 7, 21), dt.date(2025, 9, 7)),
    "892": (dt.date(2025, 8, 15), dt.date(2025, 9, 30)),
}


class Texas(LegislatureSpider):
    facts = SourceFacts(
        code="tx",
        jurisdiction="us-tx",
        name="Texas Legislature Online",
        kind="legislature",
        home=SITE,
        requests=Requests(first=3, quiet=3, busy=3),
        robots="/BillLookup/, /Reports/, /Search/ and /TLODOCS/ are refused: the feeds of the day are"
        " read instead, with neither history nor texts",
    )
    hosts = ("capitol.texas.gov",)
    timezone = "America/Chicago"

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The regular session whose bills are being, or were last, filed, and called ones by date.

        The 90th Legislature meets from January 2027; its bills are filed from the Monday after the
        general election of November 2026 on.
        """
        year = today.year if today.year % 2 else today.year - 1
        if today.year % 2 == 0 and today >= _first_filing(today.year):
            year += 2
        called = (code for code, (begin, end) in _CALLED.items() if begin <= today <= end)
        return (f"{(year - 1847) // 2}R", *called)

    def begin(self) -> Iterator[Request]:
        for name in _FEEDS:
            yield self.get(f"{SITE}/MyTLO/RSS/RSS.aspx?Type={name}")

    @page(
        r"/MyTLO/RSS/RSS\.aspx\?Type=todays(?:filedhouse|filedsenate|billspassed)$",
        landmark=r"<rss[ >]",
        empty=r"<title>\s*No bills have been (?:filed|passed)",
    )
    def feed(self, answer: Answer) -> Things:
        items = answer.xml().findall("channel/item")
        if not items:
            raise PageChanged("a bill, or the words that there is none", "a feed without items")
        houses = _HOUSE_OF[answer.asked("Type")]
        for item in items:
            yield self._measure(item, houses)

    def _measure(self, item: etree._Element, houses: str) -> Measure:
        printed = said(item, "title")
        found = _NUMBER.match(printed)
        if found is None or found["house"] not in houses:
            raise PageChanged(f"the number of a measure of {' or '.join(houses)}", printed)
        link = match(_LINK, said(item, "link"))
        identifier = measure_number(found.group())
        if measure_number(link["bill"]) != identifier:
            raise PageChanged(f"{identifier}, as its title says", link["bill"])
        return Measure(
            jurisdiction=self.facts.jurisdiction,
            session=link["session"].upper(),
            identifier=identifier,
            kind=_KINDS[found["kind"]],
            chamber="lower" if found["house"] == "H" else "upper",
            title=_caption(said(item, "description")),
            url=link.group().replace("http://", "https://"),
        )


def _caption(printed: str) -> str:
    """A caption is plain text; markup would mean that something else is told there."""
    if "<" in printed:
        raise PageChanged("a caption without markup", printed)
    return fold(printed)


def _first_filing(year: int) -> dt.date:
    """The Monday after the general election, the Tuesday after November's first Monday."""
    return after_first_monday(TUESDAY, 11, year) + dt.timedelta(days=6)
