"""Michigan Legislature: https://legislature.mi.gov

What it is: one search that lists every bill and resolution of a legislature with its last action,
the page of each bill on topic that moved (sponsors, categories, history with roll calls), its texts
as HTML and PDF, and the analyses of both fiscal agencies.

What it is not: hearings, but where a committee's page is read by itself (one page a committee would
be forty requests); how single members voted. Tie-bars are told as companions.

The site has a wall (a page "Validation request", with status 200, on the whole domain) for those
who ask too much. It is obeyed: the first such page ends the run as blocked, and nothing is asked
again. The site's policy on automated collection asks for at most one request a second.

Quirks: joint resolutions have letters (HJR A, HJR AA); a number may hold zeros (`SB 0303 of 2025`);
the Senate writes in capitals; a journal's page tells the chamber, and stands there late; the
governor's acts are dated by the journal that prints them; a link to a substitute's HTML leads to
another page, so its PDF is read; an immigration bill is one whose description says so, since a
search of all texts would cost hundreds of pages.

Requests: robots.txt and the list on a quiet day; for each bill on topic that moved its page and each
new text: 82 the first time with 40 on topic, 12 on a day when 5 moved. (About 3,000 are listed.)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page
from spiders.calendars import WEDNESDAY, nth
from spiders.legislatures.mi_page import JURISDICTION, SITE, bill_of, kind_of, numbered
from spiders.reading import PageChanged, attribute, day, match, one, table, text
from tracker.model import Hearing, Listing, fold
from tracker.runs import Requests, SourceFacts

_TYPES = ("Bill", "Resolution", "Joint Resolution", "Concurrent Resolution")
_COUNT = re.compile(r"\(([\d,]+) results? found\)")
_ROW = re.compile(r"(?P<title>.+?)(?: Last Action: ?(?P<last>.*))?")
_HEAD = ("Document", "Type", "Description")
_RECORDS = re.compile(r"Committee Bill Records (?P<session>\d{4}-\d{4}) (?P<committee>.+)")


class Michigan(LegislatureSpider):
    facts = SourceFacts(
        code="mi",
        jurisdiction=JURISDICTION,
        name="Michigan Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=82, quiet=2, busy=12),
    )
    hosts = ("legislature.mi.gov", "www.legislature.mi.gov")
    timezone = "America/Detroit"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """Two years from the second Wednesday of January of the odd one.

        What passed in December is with the governor in January, when the old one is read beside
        the new.
        """
        first = today.year - (today.year % 2 == 0)
        new, old = f"{first}-{first + 1}", f"{first - 2}-{first - 1}"
        if today < nth(2, WEDNESDAY, 1, first):
            return [old]
        return [new, old] if (today.year, today.month) == (first, 1) else [new]

    def begin(self) -> Iterator[Request]:
        types = ",".join(f"{whose} {kind}" for kind in _TYPES for whose in ("House", "Senate"))
        for session in self.sessions(self.today):
            asked = f"sessions={session}&docTypes={quote(types, safe=',')}"
            yield self.get(f"{SITE}/Search/ExecuteSearch?{asked}")

    # -- lists ---------------------------------------------------------------------------------

    @page(
        r"/Search/ExecuteSearch\?",
        landmark=r"\([\d,]+ results? found\)",
        empty=r"\(0 results found\)",
    )
    def bills(self, answer: Answer) -> Things:
        soup, session = answer.soup(), answer.asked("sessions")
        found = _COUNT.search(text(soup))
        rows = list(table(one(soup, "div.tableScrollWrapper table"), *_HEAD))
        if not found or int(found[1].replace(",", "")) != len(rows):
            raise PageChanged(f"as many rows as {found and found[0]}", f"{len(rows)}")
        for row in rows:
            said = match(_ROW, text(row["Description"]))
            yield self._listing(session, row["Document"], said["title"], said["last"] or "")

    def _listing(self, session: str, cell: Tag, title: str, last: str) -> Listing:
        link = one(cell, "a[href*='bjectName=2' i]")
        number = numbered(attribute(link, "href"))
        if not number.is_named_in(text(cell)):
            raise PageChanged(f"{number.identifier}, as its address says", text(cell))
        return Listing(
            jurisdiction=JURISDICTION,
            session=session,
            identifier=number.identifier,
            kind=kind_of(number.identifier),
            title=title,
            last_action=last,
            url=number.url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url, **named(listing))

    @page(r"/Committees/CBR\?", landmark="Committee Bill Records <span")
    def committee(self, answer: Answer) -> Things:
        """The bills of one committee, and the days of its meetings on them that are to come."""
        soup = answer.soup()
        heading = match(_RECORDS, text(one(soup, "main h1")))
        rows = one(soup, "main table.tableScroll")
        for link in rows.select("thead a"):
            link.decompose()
        if not rows.select("tbody tr"):
            raise PageChanged("bills of the committee", "none")
        for row in table(rows, "Bill", "Subject", "Meetings", "Status"):
            last = list(row["Status"].stripped_strings)[-1:]
            listing = self._listing(
                heading["session"], row["Bill"], text(row["Subject"]), fold(" ".join(last))
            )
            yield listing
            for printed in filter(None, fold(row["Meetings"].get_text()).split(", ")):
                on = day(printed, "%Y-%m-%d")
                if on >= self.today:
                    yield Hearing(
                        **named(listing), on=on, committee=heading["committee"], url=answer.url
                    )

    # -- one bill ------------------------------------------------------------------------------

    @page(r"/Bills/Bill\?", landmark="""id=["']BillHeading["']""", absent=True)
    def bill(self, answer: Answer) -> Things:
        if answer.status != 200:
            yield self.absent(answer)
            return
        yield bill_of(answer)

    @page(
        r"/documents/\d{4}-\d{4}/[a-z]+/(?:House|Senate)/htm/[\w-]+\.htm$",
        landmark=r"(?s)class=\"?(?:LongBillNumber|ResoLabel)\b.*</html>\s*\Z",
    )
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="text/html")

    @page(r"\.pdf$", landmark=r"\A\s*%PDF-")
    def pdf(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")
