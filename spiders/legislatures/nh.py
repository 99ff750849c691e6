"""New Hampshire General Court, by the text dumps of https://gc.nh.gov/downloads/

What it is: the bill status database as text (`dynamicdatadump/`, rebuilt each night): every bill of the
session with its title, and the docket with every action; of a bill on topic its page, for sponsors and
versions, and its texts as PDF. Hearings and totals of roll calls are read out of the docket's lines.

What it is not: votes by member; subjects, which are codes; petitions. A bill carried over from the year
before may have no page in the dump's list: then its sponsors and versions are unknown.

Requests: four each night (robots.txt; LsrsOnly.txt for the numbers of pages, LSRs.txt, Docket.txt, always
whole, as what one says needs the others); with 40 bills on topic 14 on a night when 5 moved and have new
texts, 84 the first time. (About 1,400 are listed.) The site asks programs to come between 21:00 and 6:00
of its time, and locks out those that don't.

Quirks: MA and MF (motion adopted, failed) at the end of a line decide what it did; a minority report
decides nothing; a title with a line break breaks its row in two; the file is at times answered empty,
which is an outage and refused; a bill that is carried over is in the next year's session with its
whole docket; the day of an action is that on which the docket was written, its words may name another
one; notes such as "(New Title)" stand before a title; a version that the site has lost is answered by
"error: Index 0 is either negative or above rows count."
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page
from spiders.calendars import TUESDAY, nth
from spiders.legislatures.nh_docket import Entry, committee_of, entries, hearing, vote
from spiders.legislatures.nh_dumps import Bill, bills_of, kind_of, pages_of
from spiders.legislatures.nh_page import measure_of
from tracker.model import Action, Chamber, Listing, Measure
from tracker.runs import Hours, Requests, SourceFacts

SITE = "https://gc.nh.gov"
_DUMPS = f"{SITE}/dynamicdatadump"
_MARK = r"(?s)\A(?:\xef\xbb\xbf)?"
_FILING_MONTH = 9  # from September on the dump may have requests for the next session


class NewHampshire(LegislatureSpider):
    facts = SourceFacts(
        code="nh",
        jurisdiction="us-nh",
        name="New Hampshire General Court",
        kind="legislature",
        home=SITE,
        requests=Requests(first=84, quiet=4, busy=14),
        hours=Hours(begin=21, end=6, timezone="America/New_York"),
    )
    hosts = ("gc.nh.gov",)
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session is a year's; it begins on the Wednesday after the first Tuesday of January."""
        opening = nth(1, TUESDAY, 1, today.year) + dt.timedelta(days=1)
        if today < opening:
            return (str(today.year - 1), str(today.year))
        if today.month >= _FILING_MONTH:
            return (str(today.year), str(today.year + 1))
        return (str(today.year),)

    def begin(self) -> Iterator[Request]:
        yield self.fresh(f"{_DUMPS}/LsrsOnly.txt")

    @page(r"/dynamicdatadump/LsrsOnly\.txt$", landmark=_MARK + r"\d\d-\d{4}\|\d*\|\d+\|")
    def page_numbers(self, answer: Answer) -> Things:
        yield self.fresh(f"{_DUMPS}/LSRs.txt", pages=pages_of(answer.text()))

    @page(r"/dynamicdatadump/LSRs\.txt$", landmark=_MARK + r"\d{4}\|\d{4}\|.{1000}")
    def bills(self, answer: Answer) -> Things:
        pages = answer.context.get("pages", {})
        listed = bills_of(answer.text(), self.sessions(self.today), pages, self.reject)
        yield self.fresh(f"{_DUMPS}/Docket.txt", bills=listed)

    @page(r"/dynamicdatadump/Docket\.txt$", landmark=_MARK + r"\d{4}\|\d{4}\|[^|]*\|[A-Z]+\d+\|")
    def docket(self, answer: Answer) -> Things:
        """Of bills that are wanted the docket itself is read; the others are listed."""
        listed = {key: Bill(*bill) for key, bill in answer.context.get("bills", {}).items()}
        found = entries(answer.text(), listed, self.reject)
        for key, bill in listed.items():
            listing = self._listing(bill, found[key])
            yield listing
            if self.wants(listing.key, listing.title):
                yield self._measure(listing, bill, found[key])
                yield from self._hearings(listing, found[key])

    def _listing(self, bill: Bill, lines: Sequence[Entry]) -> Listing:
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=bill.session,
            identifier=bill.identifier,
            kind=kind_of(bill.identifier),
            title=bill.title,
            last_action=lines[-1].text if lines else "",
            last_action_on=lines[-1].on if lines else None,
            url=f"{SITE}/bill_Status/billinfo.aspx?id={bill.page}&inflect=2" if bill.page else "",
        )

    def _measure(self, listing: Listing, bill: Bill, lines: Sequence[Entry]) -> Measure:
        houses: dict[str, Chamber] = {"H": "lower", "S": "upper"}
        committees = (committee_of(line.text) for line in lines)
        return Measure(
            **named(listing),
            kind=listing.kind,
            chamber=houses[bill.house],
            title=listing.title,
            url=listing.url,
            committees=list(dict.fromkeys(name for name in committees if name)),
            actions=[Action(on=line.on, text=line.text, chamber=line.chamber) for line in lines],
            votes=[found for line in lines if (found := vote(line))],
        )

    def _hearings(self, listing: Listing, lines: Sequence[Entry]) -> Things:
        committees: dict[str, str] = {}
        for line in lines:
            if name := committee_of(line.text):
                committees[line.chamber] = name
            about: dict[str, Any] = {**named(listing), "url": listing.url}
            found = hearing(line.text, committees.get(line.chamber, ""), about, self.timezone)
            if found and found.on >= self.today:
                yield found

    def follow(self, listing: Listing) -> Iterator[Request]:
        if listing.url:
            yield self.get(listing.url, **named(listing))
        else:
            self.reject("bill whose page has no number yet")

    @page(r"(?i)/bill_status/billinfo\.aspx\?id=\d+", landmark='id="dvSponosrs"')
    def bill(self, answer: Answer) -> Things:
        yield measure_of(answer)

    @page(
        r"(?i)/bill_status/pdf\.aspx\?id=\d+&q=billVersion$",
        landmark="%PDF-",
        empty=r"\Aerror: Index 0 is either negative or above rows count",
    )
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")
