"""What South Dakota's API answers: the fields that are read, and a bill's facts from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from bs4 import BeautifulSoup
from msgspec import Meta, Struct

from spiders.reading import PageChanged
from tracker.model import Action, Chamber, Kind, Sponsor, Version, Vote, fold

KINDS: dict[str, Kind] = {
    "HB": "bill",
    "SB": "bill",
    "HCR": "resolution",
    "SCR": "resolution",
    "HJR": "resolution",
    "SJR": "resolution",
    "HR": "resolution",
    "SR": "resolution",
    "HC": "resolution",
    "SC": "resolution",
}
SITE = "https://sdlegislature.gov"
SCHEDULED = "Scheduled for hearing"
_DOCUMENTS = "https://mylrc.sdlegislature.gov/api/Documents"
_BODIES: dict[str, Chamber] = {"H": "lower", "S": "upper"}
# N stands where a motion has no result of its own.
_RESULTS = {
    "P": "Passed",
    "F": "Failed",
    "D": "Failed for lack of a second",
    "W": "Withdrawn",
    "N": "",
}
_ROLES: dict[str, Literal["primary", "cosponsor"]] = {"P": "primary", "C": "cosponsor"}
# Rows of these words carry the body whose journal prints them, or none.
_ACTORS: dict[str, Chamber] = {
    "Signed by the Governor": "executive",
    "Vetoed by the Governor": "executive",
    "Signed by the Speaker": "lower",
    "Signed by the President": "upper",
}
_MOTIONS_OF_SOMEBODY = ("Do Pass", "Tabled")

Moment = Annotated[dt.datetime, Meta(tz=True)]


class Session(Struct, rename="pascal"):
    """`year` is `2026`, of a special session `2025s`; `session_id` what everything is filed by."""

    session_id: int
    year: str


class Row(Struct, rename="pascal"):
    bill_id: int
    bill_type: str
    bill_number_only: int | str
    title: str


class Member(Struct, rename="pascal"):
    unique_name: str


class BillSponsor(Struct, rename="pascal"):
    member: Member
    sponsor_type: str


class Keyword(Struct, rename="pascal"):
    keyword: str


class Bill(Struct, rename="pascal"):
    bill_id: int
    session_id: int
    bill_type: str
    bill_number: int | str
    title: str
    bill_sponsor: list[BillSponsor]
    bill_committee_sponsor: str | None
    keywords: list[Keyword]


class Committee(Struct, rename="pascal"):
    """`name` leaves out the chamber that `full_name` begins with; a chamber is a committee too."""

    full_name: str | None = None
    name: str | None = None
    body: str | None = None


class Count(Struct, rename="pascal"):
    vote_id: int
    yeas: int
    nays: int


class Amendment(Struct, rename="pascal"):
    filename: str | None


class Entry(Struct, rename="pascal"):
    status_text: str | None
    action_date: Moment
    result: str | None
    action_committee: Committee | None
    assigned_committee: Committee | None
    vote: Count | None
    show_committee_name: bool
    show_assigned_committee: bool
    show_passed: bool
    show_failed: bool
    description: str | None = None
    action_date2: Moment | None = None
    amendment: Amendment | None = None

    @property
    def words(self) -> str:
        """Empty where the row is nothing but a page of a journal."""
        return fold(self.status_text or self.description or "")


class Document(Struct, rename="pascal"):
    document_id: int
    bill_version: str
    document_date: Moment | None


class Meeting(Struct, rename="pascal"):
    document_date: Moment
    committee_full_name: str | None
    room: str | None
    no_meeting: bool


class Schedule(Struct, rename="camel"):
    session_meetings: list[Meeting]


def action(entry: Entry) -> Action:
    return Action(on=entry.action_date.date(), text=_sentence(entry), chamber=_chamber(entry))


def _sentence(entry: Entry) -> str:
    """`Judiciary Do Pass , Passed, YEAS 7, NAYS 0`: what the site puts together from the fields."""
    parts = [_motion(entry)]
    if word := _result(entry):
        parts.append(f", {word},")
    if entry.show_assigned_committee and entry.assigned_committee:
        parts.append(entry.assigned_committee.full_name or "")
    if entry.action_date2:
        parts.append(f"on {entry.action_date2.date()}")
    if entry.vote:
        parts.append(f"YEAS {entry.vote.yeas}, NAYS {entry.vote.nays}")
    if entry.amendment and entry.amendment.filename:
        parts.append(f"Amendment {entry.amendment.filename}")
    return fold(" ".join(parts))


def _motion(entry: Entry) -> str:
    name = entry.action_committee and entry.action_committee.name
    if name and (entry.show_committee_name or entry.words in _MOTIONS_OF_SOMEBODY):
        return f"{name} {entry.words}"
    return entry.words


def _result(entry: Entry) -> str:
    if not (entry.show_passed or entry.show_failed) or entry.result is None:
        return ""
    if entry.result not in _RESULTS:
        raise PageChanged(f"one of the results {', '.join(_RESULTS)}", entry.result)
    return _RESULTS[entry.result]


def _chamber(entry: Entry) -> Chamber:
    for words, actor in _ACTORS.items():
        if entry.words.startswith(words):
            return actor
    body = entry.action_committee and entry.action_committee.body
    if body:
        return _BODIES.get(body, "legislature")
    return ""


def votes(entries: list[Entry]) -> Iterator[Vote]:
    for entry in entries:
        if entry.vote:
            yield Vote(
                on=entry.action_date.date(),
                chamber=_chamber(entry),
                motion=_motion(entry),
                yes=entry.vote.yeas,
                no=entry.vote.nays,
                url=f"{SITE}/Session/Vote/{entry.vote.vote_id}",
            )


def sponsors(bill: Bill) -> list[Sponsor]:
    """Members, the prime sponsors marked; a committee's bill names its committee in HTML."""
    for one in bill.bill_sponsor:
        if one.sponsor_type not in _ROLES:
            raise PageChanged(f"one of the roles {', '.join(_ROLES)}", one.sponsor_type)
    if bill.bill_sponsor or not bill.bill_committee_sponsor:
        return [
            Sponsor(name=fold(one.member.unique_name), role=_ROLES[one.sponsor_type])
            for one in bill.bill_sponsor
        ]
    printed = BeautifulSoup(bill.bill_committee_sponsor, "lxml").get_text(" ")
    return [Sponsor(name=fold(printed), role="primary")]


def version(document: Document) -> Version:
    return Version(
        note=fold(document.bill_version),
        url=f"{_DOCUMENTS}/{document.document_id}.pdf",
        published_on=document.document_date.date() if document.document_date else None,
        media_type="application/pdf",
    )
