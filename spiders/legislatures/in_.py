"""Indiana General Assembly: https://iga.in.gov

What it is: the assembly's API (https://docs.api.iga.in.gov), which lists a session's bills and
resolutions and gives each of them with authors, digest, subjects, prints and history; meetings of
committees with the bills on their agenda; prints as PDF from the site. The API asks for a key,
given to who registers with it, as INDIANA_API_KEY; without it the run fails and says so.

What it is not: members' votes, which are PDFs; the site's own pages, which are a script's shell; a
special session, which the API lists under a name of its own. The list tells numbers only, so each
bill is read once. Until July, when all bills of the year are decided, the histories of wanted ones
are looked at in turn, and a bill that moved is read again. Titles are short ("Law enforcement
matters.") and bills get another subject by amendment, so those that are not wanted have their turn,
too: one found so is weeks late.

Requests: two robots.txt, the meetings of the next two weeks and one for each, about ten histories
and ten bills that are not wanted, from July on neither; the list by 50 a page, all of it while
bills are filed (November to January) and some six pages in turn after: with 2,000 listed and 40 on
topic 26 requests on a quiet day, 29 when five moved, 2,123 the first time. (Of about 900 filed a
bill that is not wanted has its turn every three months, and a quiet day costs 17.)

Quirks: the API calls concurrent resolutions HC and SC, joint ones HJ and SJ; a missing title is
`NoneNone`; acts of the governor are told as of a house; a print that is not there is answered with
the site's shell and status 200; too many requests are answered with 429 and how long to wait;
nothing is carried over from year to year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, after_first_monday
from spiders.legislatures.in_rows import (
    API,
    CHAMBERS,
    JURISDICTION,
    SITE,
    TIMEZONE,
    Bill,
    Items,
    Line,
    Meeting,
    MeetingRow,
    Row,
    about,
    action,
    api_name,
    committee,
    committees,
    documents,
    hour,
    identifier,
    meets_on,
    on,
    said,
    sponsors,
    title,
    versions,
    votes,
)
from spiders.reading import PageChanged, match
from spiders.turns import in_turn, since_last_turn
from tracker.model import Hearing, Measure, measure_key
from tracker.runs import Requests, SourceFacts

_AHEAD = dt.timedelta(days=14)
# On one day: histories of wanted bills, other bills, and pages of the list.
_LOOKS, _OTHERS, _PAGES = 10, 10, 6
_PAGE_SIZE = 50
_FILING, _DECIDED_MONTH = frozenset({11, 12, 1}), 7
_NONE = r'\A\s*\{[^{}\[\]]*"items"\s*:\s*\[\s*\][^{}\[\]]*\}\s*\Z'
_SHELL = b'<div id="root"></div>'


class Indiana(LegislatureSpider):
    facts = SourceFacts(
        code="in",
        jurisdiction=JURISDICTION,
        name="Indiana General Assembly",
        kind="legislature",
        home=SITE,
        key="INDIANA_API_KEY",
        requests=Requests(first=2123, quiet=26, busy=29),
    )
    hosts = ("api.iga.in.gov", "iga.in.gov")
    timezone = TIMEZONE
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The year's session; from its organization day in November, the next year's.

        Indiana Code 2-2.1-1-2: the third Tuesday after the first Monday in November.
        """
        organization = after_first_monday(TUESDAY, 11, today.year) + dt.timedelta(weeks=2)
        return [str(today.year + 1 if today >= organization else today.year)]

    def begin(self) -> Iterator[Request]:
        self.require_key()
        for session in self.sessions(self.today):
            yield from self._list(session)
            yield from self._looks(session)
            yield self._ask(f"/{session}/meetings?minDate={self.today}&per_page=200")

    def _list(self, session: str) -> Iterator[Request]:
        """Whole while bills are filed; then in turn, and what an earlier run read counts as listed.

        What is new stands between the others or makes the list longer.
        """
        known = self._of(session, [*self.known.prints, *self.known.texts])
        pages = [f"/{session}/bills?page={n + 1}" for n in range(-(-len(known) // _PAGE_SIZE))]
        if not known or self.today.month in _FILING:
            yield self._ask(f"/{session}/bills")
            return
        self.listed |= known
        for path in in_turn(pages, self.today, _PAGES):
            yield self._ask(path, alone=path != pages[-1])

    def _looks(self, session: str) -> Iterator[Request]:
        """Bills that are asked for, histories of wanted ones, and others in turn."""
        asked = self._of(session, self.known.asked | {self.known.canary})
        for key in sorted(asked):
            yield self._bill(key)
        if self.today.month >= _DECIDED_MONTH and str(self.today.year) == session:
            return
        wanted = self._of(session, self.known.watched) - asked
        for key in in_turn(wanted, self.today, _LOOKS, self.known.lively):
            yield self._history(session, key.split("/")[2])
        others = self._of(session, self.known.prints) - wanted - asked
        for key in in_turn(others, self.today, _OTHERS, self.known.lively):
            yield self._bill(key)

    def _of(self, session: str, keys: Iterable[str]) -> set[str]:
        return {key for key in keys if key.startswith(f"{JURISDICTION}/{session}/")}

    def _bill(self, key: str) -> Request:
        _, session, told = key.split("/")
        return self._ask(f"/{session}/bills/{api_name(told)}")

    def _history(self, session: str, told: str) -> Request:
        return self._ask(f"/{session}/bills/{api_name(told)}/actions")

    def _ask(self, path: str, **context: Any) -> Request:
        headers = {"x-api-key": self.key, "Accept": "application/json"}
        return self.ask(f"{API}{path}", context, headers=headers)

    def _next(self, answer: Answer, link: str | None) -> Iterator[Request]:
        """The next page of the same list. Its link asks for 50 a page, which leads to wrong pages."""
        if link:
            path = match(r".*(/\d{4}/[\w/]+?)/?(?:\?.*)?", answer.url)[1]
            number = match(r"(.*?)/?\?(?:.*&)?page=(\d+)(?:&.*)?", link)
            if not number[1].endswith(path):
                raise PageChanged(f"a next page of {path}", link)
            yield self._ask(f"{path}?page={number[2]}")

    # -- lists ---------------------------------------------------------------------------------

    @page(r"//api\.iga\.in\.gov/\d{4}/bills/?(?:\?|$)", landmark='"billName"', empty=_NONE)
    def bills(self, answer: Answer) -> Things:
        session = match(r".*/(\d{4})/bills/?(?:\?.*)?", answer.url)[1]
        found = answer.json(Items[Row])
        for row in found.items:
            told = identifier(row.bill_name)
            key = measure_key(JURISDICTION, session, told)
            self.listed.add(key)
            if key not in self.known.prints and key not in self.known.texts:
                yield self._bill(key)
        if not answer.context.get("alone"):
            yield from self._next(answer, found.next_link)

    # -- one bill ------------------------------------------------------------------------------

    @page(r"//api\.iga\.in\.gov/\d{4}/bills/[a-z]+\d+/?$", landmark='"latestVersion"')
    def bill(self, answer: Answer) -> Things:
        session, name = match(r".*/(\d{4})/bills/([a-z]+\d+)/?", answer.url).groups()
        bill = answer.json(Bill)
        if identifier(bill.bill_name) != identifier(name):
            raise PageChanged(f"the bill {name}", bill.bill_name)
        if not (called := title(bill)):
            self.reject("bill that has no title yet")
            return
        yield Measure(
            **about(session, bill.bill_name),
            chamber=CHAMBERS["house" if name.startswith("h") else "senate"],
            title=called,
            abstract=said(bill.latest_version.digest),
            subjects=[said(subject.entry) for subject in bill.latest_version.subjects],
            sponsors=sponsors(bill),
            versions=versions(bill, session),
            documents=documents(bill),
        )

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """From the bill: its history, which is asked for but once, and new prints."""
        if measure.title is not None:
            yield self._history(measure.session, measure.identifier)
        yield from super().version_requests(measure)

    @page(
        r"//api\.iga\.in\.gov/\d{4}/bills/[a-z]+\d+/actions/?(?:\?|$)",
        landmark='"description"',
        empty=_NONE,
    )
    def history(self, answer: Answer) -> Things:
        session, name = match(r".*/(\d{4})/bills/([a-z]+\d+)/actions/?.*", answer.url).groups()
        found = answer.json(Items[Line])
        lines = [line for line in found.items if self._is_dated(line)]
        if lines and on(lines[0].date or "") > on(lines[-1].date or ""):
            lines.reverse()
        actions = sorted(map(action, lines), key=lambda one: one.on)
        yield Measure(
            **about(session, name),
            committees=committees(actions),
            actions=actions,
            votes=list(votes(actions)),
        )
        watched = self._of(session, self.known.watched)
        if actions and since_last_turn(actions[-1].on, watched, self.today, _LOOKS):
            yield self._bill(measure_key(JURISDICTION, session, identifier(name)))
        yield from self._next(answer, found.next_link)

    def _is_dated(self, line: Line) -> bool:
        if not line.date:
            self.reject("line of a history without a day")
        return bool(line.date)

    @page(r"//iga\.in\.gov/pdf-documents/.+\.pdf$", landmark=r"\A\s*%PDF-|" + _SHELL.decode())
    def text(self, answer: Answer) -> Things:
        if _SHELL in answer.body:
            self.texts_missing += 1
            self.reject("text that the site does not have")
            return
        found = match(
            r".*/pdf-documents/\d+/(\d{4})/.*/([A-Z]+\d+)/(\2\.[\d.A-Z]+)\.pdf", answer.url
        )
        told = about(found[1], found[2])
        context = {name: told[name] for name in ("jurisdiction", "session", "identifier")}
        named = replace(answer, context={**context, "note": found[3], "url": answer.url})
        yield self.version_text(named, media_type="application/pdf")

    # -- hearings ------------------------------------------------------------------------------

    @page(
        r"//api\.iga\.in\.gov/\d{4}/meetings/?(?:\?|$)",
        landmark='"meetingdate"',
        empty=_NONE,
        beside=True,
    )
    def meetings(self, answer: Answer) -> Things:
        found = answer.json(Items[MeetingRow])
        for row in found.items:
            if self.today <= meets_on(row.meetingdate) <= self.today + _AHEAD:
                yield self._ask(match(r"/\d{4}/[\w/-]+", row.link).group())
        yield from self._next(answer, found.next_link)

    @page(
        r"//api\.iga\.in\.gov/\d{4}/(?:[\w-]+/)*meetings/[\w-]+/?$",
        landmark='"agenda"',
        beside=True,
    )
    def meeting(self, answer: Answer) -> Things:
        session = match(r".*\.gov/(\d{4})/.*", answer.url)[1]
        meeting = answer.json(Meeting)
        date, printed = meets_on(meeting.meetingdate), said(meeting.starttime)
        begins = hour(printed)
        at = dt.datetime.combine(date, begins, ZoneInfo(TIMEZONE)) if begins else None
        if meeting.cancelled not in {"True", "False"}:
            raise PageChanged("cancelled True or False", meeting.cancelled)
        for one in (bill for item in meeting.agenda for bill in item.bills):
            yield Hearing(
                jurisdiction=JURISDICTION,
                session=session,
                identifier=identifier(one.bill_name),
                on=date,
                starts_at=at,
                timezone=TIMEZONE,
                committee=committee(meeting),
                place=said(meeting.location),
                note="" if begins else printed,
                status="cancelled" if meeting.cancelled == "True" else "scheduled",
            )
