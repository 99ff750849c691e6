"""South Dakota Legislature, by the API behind https://sdlegislature.gov/.

The site's pages are a script's shell ("Loading... | South Dakota Legislature") and hold nothing;
its API (https://sdlegislature.gov/api/) answers JSON and needs no key.

Quirks: a session has a number of its own (71 is 2026, 173 the special session 2025s); the list
tells a bill's title but not whether it moved, so the history of each wanted bill is asked for, daily in a
session and until the governor has signed, then a seventh of them each day;
a sentence of the history is put together from fields, as the site does it, and what follows it
(`, Passed,`) is the result of the motion named before: "Deferred to the 41st legislative day ,
Passed" is the end of a bill. Titles begin in lower case ("An Act to" is left out). A hearing is a
row of the history, whose hour and room stand in the schedule of the committees.

A crawl asks, always afresh, for `Sessions`, `Documents/Schedule?all=true` and
`Bills/Session/Light/71`, then for
* `Bills/ActionLog/26699` of each wanted bill, and where that moved, or did some days before,
* `Bills/26699`, `Bills/Versions/26699`, and
  https://mylrc.sdlegislature.gov/api/Documents/291304.pdf of new texts.
With 40 bills on topic that is 165 requests the first time, 44 on a quiet day of a session and 60 on a
busy one; a session has some 600 bills, few of them on topic.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Thing, Things, named, page
from spiders.calendars import TUESDAY, nth
from spiders.legislatures.movement import is_still
from spiders.legislatures.sd_rows import (
    KINDS,
    SCHEDULED,
    SITE,
    Bill,
    Document,
    Entry,
    Meeting,
    Row,
    Schedule,
    Session,
    action,
    sponsors,
    version,
    votes,
)
from spiders.reading import PageChanged, match, measure_number
from tracker.model import Action, Hearing, Listing, Measure, fold
from tracker.runs import Requests, SourceFacts

API = f"{SITE}/api"
_PAGE = f"{SITE}/Session/Bill"
_TURN_DAYS = 7
# Adjourned by the end of March, and the governor has fifteen days after that.
_LAST_SIGNATURE = (4, 15)
# For a page read by itself; a crawl asks the API for the numbers of its sessions.
_SESSIONS = {70: "2025", 173: "2025s", 71: "2026"}


class SouthDakota(LegislatureSpider):
    facts = SourceFacts(
        code="sd",
        jurisdiction="us-sd",
        name="South Dakota Legislature",
        kind="legislature",
        home=f"{SITE}/",
        requests=Requests(first=165, quiet=44, busy=60),
    )
    hosts = ("sdlegislature.gov", "mylrc.sdlegislature.gov")
    timezone = "America/Chicago"
    complete_list = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.meetings: dict[tuple[str, dt.date], Meeting] = {}

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The session that opened last; the API lists the special ones of its year beside it.

        A session opens on the second Tuesday of January and nothing is carried over. Bills are
        filed before: from December the next year is read too, once the API has it.
        """
        year = today.year if today >= _opening(today.year) else today.year - 1
        return [str(year), *([str(year + 1)] if today.month == 12 or today.year > year else [])]

    def begin(self) -> Iterator[Request]:
        yield self.fresh(f"{API}/Sessions")

    # -- lists ---------------------------------------------------------------------------------

    @page(r"/api/Sessions/?$", landmark='"SessionId"')
    def session_list(self, answer: Answer) -> Things:
        known = {one.session_id: one.year.strip() for one in answer.json(list[Session])}
        current, *following = self.sessions(self.today)
        if current not in known.values():
            raise PageChanged(f"the session of {current}", ", ".join(known.values()))
        wanted = {
            number: name for number, name in known.items() if name[:4] in (current, *following)
        }
        yield self.fresh(f"{API}/Documents/Schedule?all=true", sessions=wanted)

    @page(r"/api/Documents/Schedule(?:\?|$)", landmark='"sessionMeetings"')
    def schedule(self, answer: Answer) -> Things:
        """When and where committees meet: told with the bills that are to be heard."""
        for meeting in answer.json(Schedule).session_meetings:
            if meeting.committee_full_name and not meeting.no_meeting:
                on = meeting.document_date.date()
                self.meetings[fold(meeting.committee_full_name), on] = meeting
        for number, name in answer.context.get("sessions", {}).items():
            yield self.fresh(f"{API}/Bills/Session/Light/{number}", session=name)

    @page(
        r"/api/Bills/Session/(?:Light/)?\d+$",
        landmark='"BillId"',
        empty=r"\A\s*\[\s*\]\s*\Z",
    )
    def bills(self, answer: Answer) -> Things:
        session = self._session(_number(answer.url), answer)
        for row in answer.json(list[Row]):
            yield Listing(
                jurisdiction=self.facts.jurisdiction,
                session=session,
                identifier=_identifier(row.bill_type, row.bill_number_only),
                kind=KINDS[row.bill_type],
                title=fold(row.title),
                url=f"{_PAGE}/{row.bill_id}",
            )

    def sift(self, thing: Thing) -> Things:
        """What is wanted is judged by its history: the row of the list does not say that it moved."""
        if (
            isinstance(thing, Listing)
            and self._is_row(thing)
            and self.wants(thing.key, thing.title)
        ):
            self.wanted.add(thing.key)
            self.listed.add(thing.key)
            if self._is_due(thing):
                url = f"{API}/Bills/ActionLog/{_number(thing.url)}"
                yield self.fresh(url, title=thing.title, **named(thing))
        else:
            yield from super().sift(thing)

    def _is_row(self, listing: Listing) -> bool:
        return not listing.last_action

    def _is_due(self, listing: Listing) -> bool:
        """Every day while bills of its session are acted on, then a part of them each day."""
        regular = listing.session.isdigit()
        return (
            not regular
            or listing.key in self.known.asked
            or listing.key == self.known.canary
            or listing.key not in self.known.texts
            or _opening(int(listing.session)) <= self.today <= _end(int(listing.session))
            or (_number(listing.url) - self.today.toordinal()) % _TURN_DAYS == 0
        )

    def _session(self, number: int, answer: Answer) -> str:
        name = answer.context.get("session") or _SESSIONS.get(number)
        if name is None:
            raise PageChanged("a session known by its number", str(number))
        return str(name)

    # -- one bill ------------------------------------------------------------------------------

    @page(r"/api/Bills/ActionLog/\d+$", landmark=r'"StatusText"|\A\s*\[\s*\]\s*\Z')
    def history(self, answer: Answer) -> Things:
        entries = sorted(
            (entry for entry in answer.json(list[Entry]) if self._is_told(entry)),
            key=lambda entry: entry.action_date.date(),
        )
        assigned = (entry.assigned_committee for entry in entries)
        committees = (fold(one.full_name) for one in assigned if one and one.full_name)
        measure = Measure(
            **answer.named(),
            committees=list(dict.fromkeys(committees)),
            actions=[action(entry) for entry in entries],
            votes=list(votes(entries)),
        )
        for entry in entries:
            if entry.words.startswith(SCHEDULED) and entry.action_date.date() >= self.today:
                yield self._hearing(entry, answer)
        number = _number(answer.url)
        row = Listing(
            **answer.named(),
            kind=KINDS[measure.identifier.partition(" ")[0]],
            title=answer.carried("title"),
            url=f"{_PAGE}/{number}",
            **_last(measure.actions or []),
        )
        if is_still(row, self.known, self.today):
            return
        if row.last_action:
            yield row
        yield measure
        yield self.get(f"{API}/Bills/{number}", session=measure.session)
        yield self.get(f"{API}/Bills/Versions/{number}", **named(measure))

    def _is_told(self, entry: Entry) -> bool:
        if not entry.words:
            self.reject("row of a history without words, a journal's page only")
        return bool(entry.words)

    def _hearing(self, entry: Entry, answer: Answer) -> Hearing:
        on = entry.action_date.date()
        committee = fold((entry.action_committee and entry.action_committee.full_name) or "")
        meeting = self.meetings.get((committee, on))
        return Hearing(
            **answer.named(),
            on=on,
            starts_at=meeting.document_date.astimezone(ZoneInfo(self.timezone))
            if meeting
            else None,
            timezone=self.timezone,
            committee=committee,
            place=fold((meeting and meeting.room) or ""),
            url=answer.url.replace("/api/Bills/ActionLog/", "/Session/Bill/"),
        )

    @page(r"/api/Bills/\d+$", landmark='"BillSponsor"')
    def bill(self, answer: Answer) -> Things:
        found = answer.json(Bill)
        yield Measure(
            jurisdiction=self.facts.jurisdiction,
            session=self._session(found.session_id, answer),
            identifier=_identifier(found.bill_type, found.bill_number),
            kind=KINDS[found.bill_type],
            chamber="lower" if found.bill_type.startswith("H") else "upper",
            title=fold(found.title),
            url=f"{_PAGE}/{found.bill_id}",
            subjects=[fold(one.keyword) for one in found.keywords],
            sponsors=sponsors(found),
        )

    @page(
        r"/api/Bills/Versions/\d+$",
        landmark='"BillVersion"',
        empty=r"\A\s*\[\s*\]\s*\Z",
    )
    def versions(self, answer: Answer) -> Things:
        found = [version(document) for document in answer.json(list[Document])]
        yield Measure(**answer.named(), versions=found)

    @page(r"/api/Documents/\d+\.pdf$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")


def _opening(year: int) -> dt.date:
    """The second Tuesday of January."""
    return nth(2, TUESDAY, 1, year)


def _end(year: int) -> dt.date:
    return dt.date(year, *_LAST_SIGNATURE)


def _last(actions: Sequence[Action]) -> dict[str, Any]:
    return {"last_action": actions[-1].text, "last_action_on": actions[-1].on} if actions else {}


def _number(url: str) -> int:
    return int(match(r".*/(\d+)", url)[1])


def _identifier(letters: str, number: int | str) -> str:
    if letters not in KINDS:
        raise PageChanged(f"one of {', '.join(KINDS)}", f"{letters} {number}")
    return measure_number(f"{letters}{str(number).removeprefix(letters)}")
