"""The calendar of Maine's Legislature, in its own JSON: which bills are heard, when and where."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from spiders.legislatures.me_page import JURISDICTION, SITE
from tracker.model import Hearing

# Kinds of events that are about bills: public hearing, work session. Others name none.
EVENTS = {"PH": "Public Hearing", "WS": "Work Session"}


class HeardBill(Struct):
    event: int = field(name="EventId")
    number: int | str = field(name="LD")


class Event(Struct):
    """Hours are those of Maine, without a zone."""

    id: int = field(name="Id")
    kind: str = field(name="EventType")
    begins: dt.datetime = field(name="FromDateTime")
    committee: str | None = field(name="CommitteeName")
    host: str | None = field(name="Host")
    place: str | None = field(name="Location")
    cancelled: bool = field(name="Cancelled")
    postponed: bool = field(name="Postponed")

    @property
    def on(self) -> dt.date:
        return self.begins.date()


def hearing_of(event: Event, session: str, identifier: str, timezone: str) -> Hearing:
    """The event as a hearing of one bill; its kind is one of `EVENTS`."""
    return Hearing(
        jurisdiction=JURISDICTION,
        session=session,
        identifier=identifier,
        on=event.on,
        starts_at=event.begins.replace(tzinfo=ZoneInfo(timezone)),
        timezone=timezone,
        committee=event.committee or event.host or "",
        place=event.place or "",
        note=EVENTS[event.kind],
        status="cancelled" if event.cancelled or event.postponed else "scheduled",
        url=f"{SITE}/Calendar/#Weekly",
    )
