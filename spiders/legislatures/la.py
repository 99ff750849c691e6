"""Louisiana State Legislature: https://www.legis.la.gov

What it is: a list of each type of instrument with title and status, the page of each instrument
with its history and papers, the agendas of committees, texts as PDF.

What it is not: sheets of votes by member, which are PDF (counts stand in the history); study
requests; meetings of the House, whose agendas are PDF.

Requests: a list has a hundred instruments a page, and the first page tells how many there are.
Where that is what is known, the other pages are left for Monday; but from the opening day to July
those down to the last watched instrument are read every day, for its status. A status tells only
the larger steps, so from January to July the pages of about four watched ones are asked too, each
in its turn. With 2,000 bills, 40 of them on topic, 30 on a quiet day of a session, 38 when five
move, 106 the first time; from August on 8. Each agenda of a committee is one more.

Quirks: pages are turned by sending the form back; a list of one instrument leads to its page; days
have no year; the history stands newest first; a bill "reported by substitute" goes on under a new
number; a title begins with its subject and ends with marks of its last text and fiscal note, which
change with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import MONDAY, nth
from spiders.legislatures import la_hearings, la_list
from spiders.legislatures.la_page import (
    JURISDICTION,
    SITE,
    kind_of,
    measure,
    session_code,
    session_name,
    url_of,
)
from spiders.reading import PageChanged
from spiders.turns import in_turn
from tracker.model import Listing
from tracker.runs import Requests, SourceFacts

_TYPES = ("HB", "SB", "HCR", "SCR", "HR", "SR")
_LAST_MONTH, _LOOKS = 7, 4
# An extraordinary session is read until the governor has acted on what it passed.
_SPECIAL = {"2025s1": (dt.date(2025, 10, 23), dt.date(2025, 11, 30))}


class Louisiana(LegislatureSpider):
    facts = SourceFacts(
        code="la",
        jurisdiction=JURISDICTION,
        name="Louisiana State Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=106, quiet=30, busy=38),
    )
    hosts = ("www.legis.la.gov",)
    timezone = la_hearings.TIMEZONE
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The year's regular session, from January, when bills are filed; extraordinary ones by
        their days."""
        special = (name for name, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return [str(today.year), *special]

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            for kind in _TYPES:
                yield self.fresh(
                    f"{SITE}/legis/BillSearchListQ.aspx?s={session_code(session)}&r={kind}1*"
                )
        yield self.get(f"{SITE}/legis/ByCmte.aspx")
        if self.today.month <= _LAST_MONTH:
            yield from self._watched()

    def _watched(self) -> Iterator[Request]:
        """A few each day, since a status tells only the larger steps; the same page is asked but
        once, also where its row in a list is new."""
        sessions = set(self.sessions(self.today))
        keys = [key for key in self.known.watched if _session_of(key) in sessions]
        for key in in_turn(keys, self.today, _LOOKS, self.known.lively):
            yield self.get(url_of(_session_of(key), key.rpartition("/")[2]))

    @page(
        r"/(?i:legis)/(?:BillSearchListQ\.aspx\?s=\w+&r=[A-Z]+1\*|BillInfo\.aspx\?.*)$",
        landmark=r"_LabelTotalInstruments|_LabelBillID",
        empty=r"There are no bills associated with",
    )
    def instruments(self, answer: Answer) -> Things:
        """A list, or an instrument: a list of one leads to its page."""
        if b"_LabelBillID" in answer.body:
            yield measure(answer)
        else:
            yield from self._list(answer)

    def _list(self, answer: Answer) -> Things:
        soup, session = answer.soup(), session_name(answer.asked("s"))
        seen = set(answer.context.get("seen", ()))
        for row in la_list.rows(soup):
            if row.identifier in seen:
                self.reject("row that was listed before")
                continue
            seen.add(row.identifier)
            yield Listing(
                jurisdiction=JURISDICTION,
                session=session,
                identifier=row.identifier,
                kind=kind_of(row.identifier),
                title=row.title,
                last_action=row.status,
                url=url_of(session, row.identifier),
            )
        yield from self._next(answer, soup, session, seen)

    def _next(self, answer: Answer, soup: BeautifulSoup, session: str, seen: set[str]) -> Things:
        total, target = la_list.total(soup), la_list.next_page(soup)
        if len(seen) > total or (not target and len(seen) != total):
            raise PageChanged(f"{total} instruments", f"{len(seen)} on all pages")
        kind = answer.asked("r").removesuffix("1*")
        if target and not self._is_known(f"{JURISDICTION}/{session}/{kind} ", total, seen):
            yield self.submit(answer.url, la_list.form(soup, target), seen=sorted(seen))

    def _is_known(self, prefix: str, total: int, seen: set[str]) -> bool:
        """Whether the list has just what was listed before: its titles are read on Mondays, and
        while bills move the statuses of all that are watched every day."""
        known = {key for key in self.known.prints if key.startswith(prefix)}
        if len(known) != total or self.today.weekday() == MONDAY:
            return False
        unseen = (key for key in known & self.known.watched if key.rpartition("/")[2] not in seen)
        if self._is_moving() and any(unseen):
            return False
        self.listed |= known
        return True

    def _is_moving(self) -> bool:
        """From the opening day until the governor has acted, or in an extraordinary session."""
        opened = self.today >= opening(self.today.year) and self.today.month <= _LAST_MONTH
        return opened or len(self.sessions(self.today)) > 1

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(r"/(?i:legis)/ByCmte\.aspx$", landmark="_TableUpcomingMeetings", beside=True)
    def calendar(self, answer: Answer) -> Things:
        for address, status in la_hearings.agendas(answer):
            yield self.get(address, status=status)

    @page(r"/(?i:legis)/Agenda\.aspx\?m=\d+$", landmark='id="lDate"', beside=True)
    def agenda(self, answer: Answer) -> Things:
        """The page names no session: the last that began."""
        yield from la_hearings.hearings(answer, self.sessions(self.today)[-1])

    @page(r"/(?i:legis)/ViewDocument\.aspx\?d=\d+$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")


def opening(year: int) -> dt.date:
    """Constitution of Louisiana III 2: the second Monday of March in even years, of April in odd."""
    return nth(2, MONDAY, 3 + year % 2, year)


def _session_of(key: str) -> str:
    return key.split("/")[1]
