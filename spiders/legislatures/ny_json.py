"""The JSON of Open Legislation, field by field: https://legislation.nysenate.gov/static/docs/html/

Every list inside is an object with `items` and `size`; amendments and votes are objects by letter
and by code.
"""

from __future__ import annotations

import datetime as dt
from typing import Generic, Literal, TypeVar

from msgspec import Struct

T = TypeVar("T")
House = Literal["SENATE", "ASSEMBLY"]


class Items(Struct, Generic[T]):
    items: list[T]
    size: int


class Named(Struct, Generic[T]):
    items: dict[str, T]
    size: int


class BillId(Struct, rename="camel"):
    base_print_no: str
    session: int


class Member(Struct, rename="camel"):
    full_name: str | None = None
    short_name: str = ""


class Sponsor(Struct):
    """A budget bill, and one of the committee on rules, has no member."""

    member: Member | None = None
    budget: bool = False
    rules: bool = False
    redistricting: bool = False


class BillType(Struct):
    chamber: House
    resolution: bool


class Status(Struct, rename="camel"):
    status_type: str
    status_desc: str
    action_date: dt.date | None = None
    committee_name: str | None = None
    bill_cal_no: int | None = None


class Info(Struct, rename="camel"):
    """A bill as lists and searches tell it."""

    base_print_no: str
    session: int
    print_no: str
    bill_type: BillType
    title: str
    summary: str
    status: Status


class Amendment(Struct, rename="camel"):
    print_no: str
    version: str
    publish_date: dt.date | None
    same_as: Items[BillId]
    law_section: str | None
    co_sponsors: Items[Member]
    multi_sponsors: Items[Member]


class Committee(Struct):
    chamber: House
    name: str


class Vote(Struct, rename="camel"):
    vote_type: Literal["COMMITTEE", "FLOOR"]
    vote_date: dt.date
    member_votes: Named[Items[Member]]
    committee: Committee | None = None


class Veto(Struct, rename="camel"):
    year: int
    veto_number: int
    veto_type: str = "STANDARD"


class Approval(Struct, rename="camel"):
    year: int
    approval_number: int


class Action(Struct, rename="camel"):
    date: dt.date
    chamber: House
    sequence_no: int
    text: str


class Bill(Info, rename="camel"):
    sponsor: Sponsor | None
    active_version: str
    milestones: Items[Status]
    amendments: Named[Amendment]
    votes: Items[Vote]
    veto_messages: Items[Veto]
    past_committees: Items[Committee]
    actions: Items[Action]
    approval_message: Approval | None = None
    substituted_by: BillId | None = None
    additional_sponsors: Items[Member] | None = None


class Found(Struct):
    result: Info


class Search(Struct, rename="camel"):
    result: Items[Found]
    total: int
    offset_start: int
    offset_end: int


class BillAnswer(Struct):
    result: Bill


class FullText(Struct, rename="camel"):
    version: str
    full_text: str


class TextAnswer(Struct):
    result: FullText


class AgendaId(Struct):
    number: int
    year: int


class Listed(Struct, rename="camel"):
    agenda_id: AgendaId


class Meetings(Struct):
    result: Items[Listed]
    total: int


class Meeting(Struct, rename="camel"):
    """`meeting_date_time` is Eastern time, without a zone and mostly without seconds."""

    meeting_date_time: str
    location: str | None = None
    notes: str | None = None


class AgendaBill(Struct, rename="camel"):
    bill_id: BillId
    message: str | None = None


class Addendum(Struct, rename="camel"):
    meeting: Meeting
    bills: Items[AgendaBill]


class CommitteeAgenda(Struct, rename="camel"):
    committee_id: Committee
    addenda: Items[Addendum]


class Agenda(Struct, rename="camel"):
    committee_agendas: Items[CommitteeAgenda]


class AgendaAnswer(Struct):
    result: Agenda
