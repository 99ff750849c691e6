"""Maine Legislature: https://legislature.maine.gov

What it is: the bill directory (200 LD numbers a page, about 12 pages), the page of each bill with
its referral, committee docket, final disposition, governor's act and papers (PDF), and the
calendar's own JSON for hearings.

What it is not: what happened on the floors, sponsors, subjects and roll calls. They stand in
LawMaker (/LawMakerWeb/), which robots.txt refuses, as it does /bills/default_ps.asp and
search_ps.asp; so a bill passes from its committee to its final disposition in one step, and a
second source tells what lies between. Joint orders and resolutions without an LD number are not in
the directory.

Quirks: the directory does not say what moved, so the pages of watched bills are asked for: of those
a committee has just heard, and of the others in turn; a missing bill is told with status 200
("Cannot find requested paper"); a page that answers 404 is the site's slip, not news; the governor's
act is on the bill's page only; a final disposition "Enacted" is both chambers' last step, not law;
papers carry a number, and all the same name.

Requests: robots.txt, 10 pages of the directory (12 in a full Legislature), 1 or 2 of the calendar and
about 7 pages of watched bills: with 40 on topic 19 on any day, 92 the first time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import WEDNESDAY, nth
from spiders.legislatures.me_calendar import EVENTS, Event, HeardBill, hearing_of
from spiders.legislatures.me_page import JURISDICTION, SITE, bill_of, kind_of, page_of_bill
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from spiders.turns import in_turn
from tracker.model import Absence, Listing, measure_key
from tracker.runs import Requests, SourceFacts

_BILLS = f"{SITE}/bills/billdirectory_ps.asp"
_CALENDAR = f"{SITE}/backend/breeze/data"
_STEP = 200
_STARTS = r".*[?&]ldFrom=(\d+)(?:&.*)?"
_AHEAD = dt.timedelta(days=30)
# What a committee did is on a bill's page within days.
_BEHIND = dt.timedelta(days=3)
_LOOKS = 7
_NO_PAPER = "Cannot find requested paper"


class Maine(LegislatureSpider):
    facts = SourceFacts(
        code="me",
        jurisdiction=JURISDICTION,
        name="Maine Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=92, quiet=19, busy=19),
        robots="/LawMakerWeb/ is refused: floor actions, sponsors and roll calls are not read;"
        " bill pages and the calendar are",
    )
    hosts = ("legislature.maine.gov", "www.mainelegislature.org")
    timezone = "America/New_York"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A Legislature meets for two years from the first Wednesday of December of the even one.

        What the governor holds over the adjournment is decided in the days after the next one
        meets, so that December reads the old one too.
        """
        number = 132 + (today.year - 2025) // 2
        if today.year % 2 == 0 and today >= nth(1, WEDNESDAY, 12, today.year):
            return [str(number + 1), str(number)]
        return [str(number)]

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            yield self.fresh(_directory(session, 1))
            yield from self._looks(session)
        yield self.fresh(f"{_CALENDAR}/getCalendarEventsBills?{self._days()}")

    def _looks(self, session: str) -> Iterator[Request]:
        """Pages of watched bills whose turn it is, and of all that are asked for."""
        prefix = f"{JURISDICTION}/{session}/"
        watched = [key for key in self.known.watched if key.startswith(f"{prefix}LD ")]
        asked = {key for key in self.known.asked if key.startswith(f"{prefix}LD ")}
        for key in sorted(asked.union(in_turn(watched, self.today, _LOOKS, self.known.lively))):
            yield self.get(page_of_bill(session, key.removeprefix(prefix)))

    def _days(self) -> str:
        days = {"startDate": self.today - _BEHIND, "endDate": self.today + _AHEAD}
        return urlencode({name: f"{day}T06:00:00" for name, day in days.items()})

    # -- bills ---------------------------------------------------------------------------------

    @page(r"/billdirectory_ps\.asp\?", landmark="""id=["']search-results["']""")
    def directory(self, answer: Answer) -> Things:
        """Two rows for each bill: its numbers and title, then the links to its page."""
        soup, session, first = answer.soup(), answer.asked("snum"), int(answer.asked("ldFrom"))
        rows = some(one(soup, "#search-results"), "tr", at_least=0)
        numbered = [row for row in rows if row.select("td.RecordNumbers")]
        linked = [row for row in rows if row.select("a[href*='display_ps.asp']")]
        if len(numbered) != len(linked) or len(numbered) + len(linked) != len(rows):
            raise PageChanged(
                "two rows for each bill", f"{len(numbered)} and {len(linked)} of {len(rows)}"
            )
        if not numbered and not (first == 1 and self._is_new(session)):
            raise PageChanged("bills in the directory", "none")
        for row in numbered:
            yield self._listing(row, session)
        yield from self._following(soup, session, first, is_full=len(numbered) == _STEP)

    def _following(
        self, soup: BeautifulSoup, session: str, first: int, *, is_full: bool
    ) -> Iterator[Request]:
        """The next page. Each page leads to all: a full one is the last where others come before it
        and none after."""
        links = soup.select("a[href*='ldFrom=']")
        starts = {int(match(_STARTS, attribute(link, "href"))[1]) for link in links}
        if first + _STEP in starts:
            yield self.fresh(_directory(session, first + _STEP))
        elif is_full and (not starts or max(starts) > first):
            raise PageChanged(f"a link to the bills from {first + _STEP} on", f"{sorted(starts)}")

    def _is_new(self, session: str) -> bool:
        return session == self.sessions(self.today)[0] and self.today.month in (12, 1)

    def _listing(self, row: Tag, session: str) -> Listing:
        numbers = match(
            r"LD (\d+), (HP|SP|IB) (\d+), (\d+)[a-z]+ Legislature",
            text(one(row, "td.RecordNumbers")).replace(" ,", ","),
        )
        if numbers[4] != session:
            raise PageChanged(f"bills of Legislature {session}", numbers[0])
        identifier = measure_number(f"LD {numbers[1]}")
        title = text(one(row, "td.RecordTitle"))
        return Listing(
            jurisdiction=JURISDICTION,
            session=session,
            identifier=identifier,
            kind=kind_of(title),
            title=title,
            url=page_of_bill(session, identifier),
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(r"/display_ps\.asp\?", landmark=rf"Text and Status|{_NO_PAPER}")
    def bill(self, answer: Answer) -> Things:
        if _NO_PAPER in text(answer.soup()):
            number = measure_number(f"LD {answer.asked('LD')}")
            yield Absence(
                jurisdiction=JURISDICTION,
                session=answer.asked("snum"),
                identifier=number,
                url=answer.url,
                status=answer.status,
            )
        else:
            yield bill_of(answer)

    @page(r"/getPDF\.asp\?", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")

    # -- hearings ------------------------------------------------------------------------------

    @page(
        r"/getCalendarEventsBills\?", landmark='"EventId"', empty=r"\A\s*\[\s*\]\s*\Z", beside=True
    )
    def heard_bills(self, answer: Answer) -> Things:
        """Which bills are heard at which event; when and where that is, another address tells."""
        heard: dict[str, list[str]] = {}
        for row in answer.json(list[HeardBill]):
            heard.setdefault(str(row.event), []).append(measure_number(f"LD {row.number}"))
        days = answer.url.partition("?")[2]
        yield self.fresh(f"{_CALENDAR}/getCalendarEventsRaw?{days}&OnlyPHWS=false", heard=heard)

    @page(r"/getCalendarEventsRaw\?", landmark='"FromDateTime"', beside=True)
    def events(self, answer: Answer) -> Things:
        heard = answer.context.get("heard")
        if not isinstance(heard, dict):
            raise PageChanged("a page asked for with the bills of its events", "no bills")
        for event in answer.json(list[Event]):
            for identifier in heard.get(str(event.id), ()):
                if event.kind in EVENTS:
                    yield from self._heard(event, identifier)
                else:
                    self.reject("event that is neither hearing nor work session")

    def _heard(self, event: Event, identifier: str) -> Things:
        """A hearing to come; of a watched bill that was heard, its page."""
        session = self._session_of(event.on)
        if event.on >= self.today:
            yield hearing_of(event, session, identifier, self.timezone)
        elif measure_key(JURISDICTION, session, identifier) in self.known.watched:
            yield self.get(page_of_bill(session, identifier))

    def _session_of(self, on: dt.date) -> str:
        return self.sessions(on)[0]


def _directory(session: str, first: int) -> str:
    return f"{_BILLS}?snum={session}&ldFrom={first}"
