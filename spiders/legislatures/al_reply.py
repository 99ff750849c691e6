"""The forms of what Alabama's service answers: instruments, lines of history, meetings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct, UnsetType

from spiders.reading import PageChanged, day, measure_number
from spiders.told import hour_if_told
from tracker.model import Action, Chamber, Hearing, Kind, Vote, fold

SITE = "https://alison.legislature.state.al.us"
JURISDICTION, TIMEZONE = "us-al", "America/Chicago"
KINDS: dict[str, Kind] = {"B": "bill", "R": "resolution"}
_CHAMBERS: dict[str, Chamber] = {"House": "lower", "Senate": "upper"}
_MOMENT = re.compile(r"T\d\d:\d\d:\d\d(?:\.\d+)?Z?")
_HOURS = ("%I:%M %p", "%H:%M:%S", "%H:%M")
# A vote on it lets a bill be heard before the budget; it is no vote on the bill.
_BUDGET_ISOLATION = re.compile(r"budget isolation|\bB\.?I\.?R\b", re.IGNORECASE)


class Session(Struct):
    abbreviation: str


class Instrument(Struct, rename="camel"):
    session_abbreviation: str
    instrument_nbr: str
    instrument_type: str
    body: str
    short_title: str | None
    subject: str | None
    sponsor: str | None
    assigned_committee: str | None
    prefiled_date: str | None
    current_status: str | None
    last_action: str | None
    last_action_date: str | None
    act_summary: str | None

    @property
    def session(self) -> str:
        return self.session_abbreviation.lower()

    @property
    def identifier(self) -> str:
        return measure_number(self.instrument_nbr)

    @property
    def title(self) -> str:
        """New filings have no title yet, but a subject; "" where they have neither."""
        return said(self.short_title) or said(self.subject)


class Detail(Instrument, rename="camel"):
    introduced_file_url: str | None
    engrossed_file_url: str | None
    enrolled_file_url: str | None
    reenrolled_file_url: str | None
    view_enacted: str | None
    act_nbr: str | None
    companion_instrument_nbr: str | None
    effective_date_certain: str | None


class Line(Struct, rename="camel"):
    instrument_nbr: str
    calendar_date: str
    body: str | None
    matter: str | None
    committee: str | None
    amd_sub_file_url: str | None
    roll_call_nbr: int | str | None
    yeas: int | None
    nays: int | None

    def action(self) -> Action:
        matter, committee = said(self.matter), said(self.committee)
        return Action(
            on=on(self.calendar_date),
            chamber=chamber(said(self.body)),
            text=f"{matter} ({committee})" if committee else matter,
        )

    def vote(self) -> Vote | None:
        if not self.roll_call_nbr or self.yeas is None or self.nays is None:
            return None
        if _BUDGET_ISOLATION.search(said(self.matter)):
            return None
        action = self.action()
        return Vote(
            on=action.on, chamber=action.chamber, motion=action.text, yes=self.yeas, no=self.nays
        )


class Note(Struct, rename="camel"):
    description: str | None
    file_url: str
    sort_order: int | None


class Item(Struct, rename="camel"):
    instrument_nbr: str | None


class Meeting(Struct, rename="camel"):
    start_date: str
    start_time: str | None
    location: str | None
    title: str | None
    description: str | None
    body: str | None
    committee_name: str | None
    agenda_url: str | None
    agenda_items: list[Item] | None

    def hearings(self, session: str) -> Iterator[Hearing]:
        """One for each instrument; an hour in words ("after adjournment") stays in the note."""
        start, title = on(self.start_date), said(self.title)
        hour = hour_if_told(said(self.start_time), *_HOURS)
        remarks = ("" if hour else said(self.start_time), title, said(self.description))
        for item in self.agenda_items or ():
            if number := said(item.instrument_nbr):
                yield Hearing(
                    jurisdiction=JURISDICTION,
                    session=session,
                    identifier=measure_number(number),
                    on=start,
                    starts_at=dt.datetime.combine(start, hour, ZoneInfo(TIMEZONE))
                    if hour
                    else None,
                    timezone=TIMEZONE,
                    committee=fold(f"{said(self.body)} {said(self.committee_name)}"),
                    place=said(self.location),
                    note="; ".join(filter(None, remarks)),
                    status="cancelled" if "cancel" in title.lower() else "scheduled",
                    url=address(self.agenda_url) or f"{SITE}/todays-schedule",
                )


class Instruments(Struct):
    count: int
    data: list[Instrument]


class Lines(Struct):
    data: list[Line]


class Notes(Struct):
    data: list[Note]


class Meetings(Struct):
    count: int
    data: list[Meeting]


class Data(Struct, rename="camel"):
    """One of these, as was asked for; `fiscalNotes` and `histories` stand beside `instrument`."""

    current_session: Session | UnsetType | None = UNSET
    instruments: Instruments | UnsetType = UNSET
    instrument: Detail | UnsetType = UNSET
    fiscal_notes: Notes | UnsetType = UNSET
    histories: Lines | UnsetType = UNSET
    meetings: Meetings | UnsetType = UNSET


class Fault(Struct):
    message: str


class Reply(Struct):
    data: Data | None = None
    errors: list[Fault] = []


def said(printed: str | None) -> str:
    return fold(printed or "")


def on(printed: str) -> dt.date:
    """The day as printed (older answers begin with the month); an hour, which is midnight, is
    left out."""
    return day(_MOMENT.sub("", printed), "%Y-%m-%d", "%m-%d-%Y")


def address(printed: str | None) -> str:
    """The whole address of a paper; "" where there is none."""
    return urljoin(f"{SITE}/", said(printed)) if said(printed) else ""


def chamber(body: str) -> Chamber:
    if body not in _CHAMBERS:
        raise PageChanged("House or Senate", body or "nothing")
    return _CHAMBERS[body]


def page_of(number: str) -> str:
    return f"{SITE}/bill-search?tab=1&search={number}"
