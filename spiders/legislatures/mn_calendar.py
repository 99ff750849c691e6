"""Meetings of Minnesota's Senate committees, from the JSON behind the Senate's own calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from msgspec import Struct

from spiders.answer import Answer
from spiders.reading import PageChanged, measure_number
from tracker.model import Hearing, fold

_LETTERS = re.compile(r"[HS]\.?F\.?")
_CANCELLED = re.compile(r"\bcancell?ed\b", re.IGNORECASE)


class Committee(Struct):
    committee_name: str


class AgendaItem(Struct):
    """`bill_type` is `S.F.` or `H.F.`; an item that is no bill has neither type nor number."""

    bill_type: str | None = None
    bill_number: int | str | None = None


class Event(Struct):
    """`hearing_start` is of Minnesota where it carries no offset."""

    hearing_start: str
    committee: Committee
    hearing_room: str | None = None
    hearing_building: str | None = None
    hearing_notes: str | None = None
    lrl_schedule_link: str | None = None
    agenda: list[AgendaItem] = []


class Calendar(Struct):
    events: list[Event]


def hearings(
    answer: Answer, session: str, timezone: str, reject: Callable[[str], None]
) -> Iterator[Hearing]:
    """One for each bill on an agenda."""
    for event in answer.json(Calendar).events:
        for item in event.agenda:
            if not item.bill_type:
                reject("agenda item that is no bill")
            elif identifier := _identifier(item):
                yield _hearing(event, identifier, session, timezone)
            else:
                reject("agenda item without the number of a bill")


def _identifier(item: AgendaItem) -> str:
    """ "" where what a clerk typed is not the number of one bill."""
    letters, number = str(item.bill_type).strip(), str(item.bill_number or "").strip()
    if not _LETTERS.fullmatch(letters) or not number.isdecimal():
        return ""
    return measure_number(f"{letters} {number}")


def _hearing(event: Event, identifier: str, session: str, timezone: str) -> Hearing:
    starts = _moment(event.hearing_start, timezone)
    link = event.lrl_schedule_link or ""
    return Hearing(
        jurisdiction="us-mn",
        session=session,
        identifier=identifier,
        on=starts.date(),
        starts_at=starts,
        timezone=timezone,
        committee=f"Senate {fold(event.committee.committee_name)}",
        place=fold(f"{event.hearing_building or ''} {event.hearing_room or ''}"),
        note=fold(event.hearing_notes or ""),
        status="cancelled" if _CANCELLED.search(event.hearing_notes or "") else "scheduled",
        url=link if link.startswith(("https://", "http://")) else "",
    )


def _moment(printed: str, timezone: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(printed)
    except ValueError as error:
        raise PageChanged("a day and hour", printed) from error
    zone = ZoneInfo(timezone)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
