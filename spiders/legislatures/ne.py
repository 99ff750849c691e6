"""Nebraska Legislature, of one chamber: https://nebraskalegislature.gov

What it is: a CSV of the bills and resolutions introduced in each year of a legislature (number,
introducer, status, one-line title, number of the document), the page of each bill (history with
votes, papers, amendments), and the calendar of hearings with hour and room.

What it is not: how single senators voted, and what an amendment says, whose text the next engrossed
bill holds.

Quirks: one passage is final; bills of a legislature's first year carry over into the second, so
both years are read; the status of the list tells the great steps only (Referral, Hearing, Passed),
so that the pages of watched bills are asked for in turn beside those whose status is another one,
and after its passage, when the governor acts, a bill's page every day; a history is told newest
first, and a day in its words ("Approved by Governor on …") may be one before its row's; co-sponsors
are lines of the history; a special session counts from LB 1 again, in the same lists: of two
documents of one number the later one is the special session's; an address may say `Current` for the
legislature's number. The site has sent an incomplete chain of certificates before; certificates are
verified, and such a day fails.

Requests: robots.txt, 2 lists (1 in the first year), 1 calendar and about 10 pages of watched bills:
13 on a quiet day, 24 when 5 bills moved, 84 the first time with 40 on topic.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page
from spiders.calendars import WEDNESDAY, after_first_monday
from spiders.legislatures.ne_page import (
    JURISDICTION,
    SITE,
    bill_of,
    identifier_of,
    kind_of,
    legislature_of,
    page_of_bill,
)
from spiders.reading import Implausible, PageChanged, day, match, one, some, text
from spiders.told import told_hour
from spiders.turns import in_turn
from tracker.model import Hearing, Listing, fold
from tracker.runs import Requests, SourceFacts

_CALENDAR = f"{SITE}/calendar/hearings_range.php"
_AHEAD = dt.timedelta(days=30)
_LOOKS = 10
# The governor acts within days of the last reading: by June what the Legislature passed is settled.
_PASSED, _LAST_MONTH = "Passed", 6
_COLUMNS = ("Document", "Primary Introducer", "Status", "Description", "Document ID")


class Nebraska(LegislatureSpider):
    facts = SourceFacts(
        code="ne",
        jurisdiction=JURISDICTION,
        name="Nebraska Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=84, quiet=13, busy=24),
    )
    hosts = ("nebraskalegislature.gov",)
    timezone = "America/Chicago"
    complete_list = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.documents: dict[str, set[int]] = {}
        mine = {key for key in self.known.watched if key.startswith(self._prefix())}
        self.turn = frozenset(in_turn(mine, self.today, _LOOKS, self.known.lively))

    def _prefix(self) -> str:
        """What the keys of this legislature begin with, those of its special sessions too."""
        return f"{JURISDICTION}/{legislature_of(self._year(self.today))}"

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A legislature opens on the Wednesday after the first Monday of January of the odd year."""
        return [legislature_of(self._year(today))]

    def _year(self, today: dt.date) -> int:
        opening = after_first_monday(WEDNESDAY, 1, today.year)
        return today.year if today >= opening else today.year - 1

    def begin(self) -> Iterator[Request]:
        """The first year's list before the second's: a number that returns is known by it."""
        year = self._year(self.today)
        yield self._list(year - (year % 2 == 0))
        last = self.today + _AHEAD
        yield self.submit(
            _CALENDAR,
            {
                "startMonth": f"{self.today:%m}",
                "startDay": f"{self.today:%d}",
                "startYear": f"{self.today:%Y}",
                "endMonth": f"{last:%m}",
                "endDay": f"{last:%d}",
                "endYear": f"{last:%Y}",
            },
        )

    def _list(self, year: int) -> Request:
        return self.fresh(f"{SITE}/bills/search_by_date.php?SessionDay={year}&print=csv")

    # -- bills ---------------------------------------------------------------------------------

    @page(
        r"/bills/search_by_date\.php\?SessionDay=\d{4}&print=csv$",
        landmark='"Primary Introducer"',
        empty=r'"Document ID"\s*\Z',
    )
    def bills(self, answer: Answer) -> Things:
        year = int(answer.asked("SessionDay"))
        body = answer.body.removeprefix(b"\xef\xbb\xbf").strip()
        if not body.endswith(b'"'):
            raise PageChanged("a whole list, ended by a quotation mark", repr(body[-80:]))
        rows = replace(answer, body=body).rows(_COLUMNS)
        numbered = [(int(match(r"\d+", row["Document ID"])[0]), row) for row in rows]
        for number, row in sorted(numbered, key=lambda pair: pair[0]):
            listing = self._listing(year, number, row)
            yield listing
            if self._is_due(listing):
                yield from self.follow(listing)
        if year < self._year(self.today):
            yield self._list(year + 1)

    def _is_due(self, listing: Listing) -> bool:
        """A watched bill whose page is asked for though its status is the same."""
        passed = listing.last_action == _PASSED and self.today.month <= _LAST_MONTH
        return listing.key in self.turn or (passed and listing.key in self.known.watched)

    def _listing(self, year: int, number: int, row: dict[str, str]) -> Listing:
        identifier = identifier_of(row["Document"])
        return Listing(
            jurisdiction=JURISDICTION,
            session=self._session(legislature_of(year), identifier, number),
            identifier=identifier,
            kind=kind_of(identifier),
            title=fold(row["Description"]),
            last_action=row["Status"],
            url=page_of_bill(number),
        )

    def _session(self, legislature: str, identifier: str, number: int) -> str:
        """`109`, or `109S1` where that number was given to an earlier document already."""
        earlier = self.documents.setdefault(f"{legislature} {identifier}", set())
        earlier.add(number)
        if number != max(earlier):
            raise Implausible("documents numbered as they are introduced", f"{earlier}")
        return legislature + (f"S{len(earlier) - 1}" if len(earlier) > 1 else "")

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url, **named(listing))

    @page(
        r"/bills/view_bill\.php\?DocumentID=\d+$",
        landmark=r"""<table[^>]*class=["'][^"']*\bhistory\b""",
        absent=True,
    )
    def bill(self, answer: Answer) -> Things:
        if answer.status != 200:
            yield self.absent(answer)
            return
        yield bill_of(answer)

    @page(r"/FloorDocs/\w+/PDF/\w+/\w+\.pdf$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")

    # -- hearings ------------------------------------------------------------------------------

    @page(
        r"/calendar/hearings_range\.php$",
        landmark=r'class="card mb-4"',
        empty=r"There are no hearings for the date range",
    )
    def hearings(self, answer: Answer) -> Things:
        for card in some(answer.soup(), "div.card.mb-4"):
            links = card.select("a[href*='view_bill.php']")
            for link in links:
                yield self._hearing(card, identifier_of(text(link)))
            if not links:
                self.reject("hearing on no bill")

    def _hearing(self, card: Tag, identifier: str) -> Hearing:
        heading = card.find_previous("h2", class_="text-center")
        on = day(text(heading) if heading else "", "%A %B %d, %Y")
        header = one(card, "div.card-header")
        details = text(one(header, "small"))
        place, clock = match(r"(.+) - (\d{1,2}:\d\d [AP]M)", details).groups()
        hour = told_hour(clock)
        return Hearing(
            jurisdiction=JURISDICTION,
            session=legislature_of(self._year(on)),
            identifier=identifier,
            on=on,
            starts_at=dt.datetime.combine(on, hour, ZoneInfo(self.timezone)),
            timezone=self.timezone,
            committee=text(header).removesuffix(details).strip(),
            place=place,
            url=f"{SITE}/calendar/calendar.php",
        )
