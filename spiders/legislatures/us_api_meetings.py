"""Committee meetings of api.congress.gov, version 3, in the form of its documentation:
https://github.com/LibraryOfCongress/api.congress.gov/blob/main/Documentation/CommitteeMeetingEndpoint.md
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from spiders.legislatures.us_api import Pagination
from spiders.legislatures.us_billstatus import kind_of
from spiders.reading import PageChanged, match
from tracker.model import Hearing, fold

_MIDNIGHT = dt.time()


class ListedMeeting(Struct, rename="camel"):
    event_id: str
    congress: int
    chamber: Literal["House", "Senate", "NoChamber"]


class Meetings(Struct):
    meetings: list[ListedMeeting] = field(name="committeeMeetings")
    pagination: Pagination


class Committee(Struct):
    name: str


class Location(Struct):
    """`building` and `room`; a meeting in the field has an address instead, which is not read."""

    building: str = ""
    room: str = ""


class RelatedBill(Struct):
    congress: int
    type: str
    number: str


class RelatedItems(Struct):
    bills: list[RelatedBill] = []


class Meeting(Struct, rename="camel"):
    """`date` is in UTC; one without an hour is at midnight of Washington or of Greenwich."""

    event_id: str
    date: str
    meeting_status: Literal["Scheduled", "Canceled", "Postponed", "Rescheduled"]
    type: str
    title: str = ""
    committees: list[Committee] = []
    location: Location | None = None
    related_items: RelatedItems | None = None


class MeetingAnswer(Struct):
    meeting: Meeting = field(name="committeeMeeting")


def hearings(meeting: Meeting, timezone: str) -> Iterator[Hearing]:
    """One for each bill that the meeting is to take up."""
    on, starts_at = _when(meeting.date, timezone)
    put_off = meeting.meeting_status in ("Canceled", "Postponed")
    note = f"{meeting.type}, {meeting.meeting_status.lower()}" if put_off else meeting.type
    place = meeting.location or Location()
    for bill in meeting.related_items.bills if meeting.related_items else ():
        kind_of(bill.type)
        yield Hearing(
            jurisdiction="us",
            session=str(bill.congress),
            identifier=f"{bill.type} {match('[1-9][0-9]*', bill.number).group()}",
            on=on,
            starts_at=starts_at,
            timezone=timezone if starts_at else "",
            committee="; ".join(fold(one.name) for one in meeting.committees),
            place=fold(f"{place.building} {place.room}"),
            note=note,
            status="cancelled" if put_off else "scheduled",
        )


def _when(printed: str, timezone: str) -> tuple[dt.date, dt.datetime | None]:
    try:
        moment = dt.datetime.fromisoformat(printed)
    except ValueError as error:
        raise PageChanged("a day and hour", printed) from error
    if moment.tzinfo is None:
        raise PageChanged("an hour with its zone", printed)
    local = moment.astimezone(ZoneInfo(timezone))
    if moment.time() == _MIDNIGHT:
        return moment.date(), None
    return local.date(), None if local.time() == _MIDNIGHT else local
