"""Indiana General Assembly: https://iga.in.gov

What it is: the assembly's API (https://docs.api.iga.in.gov), which lists a session's bills and
resolutions and gives each of them with authors, digest, subjects, prints and history; meetings of
committees with the bills on their agenda; prints as PDF from the site. The API asks for a key,
given to who registers with it, as INDIANA_API_KEY; without it the run fails and says so.

What it is not: members' votes, which are PDFs; the site's own pages, which are a script's shell; a
special session, which the API lists under a name of its own. The list tells numbers only, so each
bill is read once, and a wanted one again each day until July, when all bills of the year are
decided. Titles are short ("Law enforcement matters.") and bills filed empty get their subject by
amendment, so those that are not wanted are read again every four weeks.

Requests: the list by 50 a page (18 at 900 bills), the meetings of the next two weeks and one for
each, two for each wanted bill and 30 for others: 80 on a quiet day of the session and 150 on a busy
one, 1,000 on a first crawl; from July on the list and no more.

Quirks: the API calls concurrent resolutions HC and SC, joint ones HJ and SJ; a missing title is
`NoneNone`; acts of the governor are told as of a house; a print that is not there is answered with
the site's shell and status 200; too many requests are answered with 429 and how long to wait;
nothing is carried over from year to year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
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
from tracker.model import Hearing, Measure, measure_key
from tracker.runs import Requests, SourceFacts

_AHEAD = dt.timedelta(days=14)
_READ_AGAIN_DAYS = 28
_DECIDED_MONTH = 7
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
        requests=Requests(first=1000, quiet=80, busy=150),
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
            yield self._ask(f"/{session}/bills")
            yield self._ask(f"/{session}/meetings?minDate={self.today}&per_page=200")

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
            if self._is_read(key):
                yield self._ask(f"/{session}/bills/{api_name(told)}")
        yield from self._next(answer, found.next_link)

    def _is_read(self, key: str) -> bool:
        if key in self.known.asked or key == self.known.canary:
            return True
        read = key in self.known.prints or key in self.known.texts
        if read and self.today >= dt.date(int(key.split("/")[1]), _DECIDED_MONTH, 1):
            return False
        turn = (int(key.split()[-1]) - self.today.toordinal()) % _READ_AGAIN_DAYS == 0
        return not read or turn or self.is_wanted(key)

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
        """From the bill: its history, and new prints."""
        if measure.title is not None:
            yield self._ask(f"/{measure.session}/bills/{api_name(measure.identifier)}/actions")
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
