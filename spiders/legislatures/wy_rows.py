"""What Wyoming's services answer: the fields that are read, and a bill's facts from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote, urljoin

from msgspec import Struct, field

from spiders.reading import PageChanged, day
from tracker.model import Action, Chamber, Document, Kind, Sponsor, Version, Vote, fold

SITE = "https://wyoleg.gov"
KINDS: dict[str, Kind] = {"HB": "bill", "SF": "bill", "HJ": "resolution", "SJ": "resolution"}
# The folder a text lies in tells which version it is.
NOTES = {"Introduced": "Introduced", "Engross": "Engrossed", "Enroll": "Enrolled"}
_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_PLACES: dict[str, Chamber] = {
    "House": "lower",
    "Senate": "upper",
    "Governor": "executive",
    "LSO": "legislature",
}
_REFERRED = re.compile(
    r"\b(?:re)?refer(?:red)? to (?P<committee>[HSJ]\d+ - .*?)(?: \d+(?:-\d+)+)?$", re.IGNORECASE
)


class Row(Struct, rename="camel"):
    """A bill in the list. `special_session_value` numbers the special sessions of a year."""

    bill_num: str
    short_title: str | None
    year: int
    last_action: str | None
    last_action_date: dt.datetime | None
    special_session_value: int | str | None


class Rows(Struct):
    value: list[Row]
    following: str | None = field(name="@odata.nextLink", default=None)


class SponsorRow(Struct, rename="camel"):
    name: str
    primary_sponsor: bool
    sponsor_title: str | None


class ActionRow(Struct, rename="camel"):
    status_date: dt.datetime
    status_message: str
    location: str | None


class RollCall(Struct, rename="camel"):
    chamber: str
    vote_date: dt.datetime
    action: str
    amendment_number: str | None
    yes_votes_count: int
    no_votes_count: int


class Veto(Struct, rename="camel"):
    veto_link_text: str | None
    veto_link_path: str | None


class Substitute(Struct, rename="camel"):
    link_text: str | None
    file_path: str | None


class Bill(Struct, rename="camel"):
    bill: str
    catch_title: str
    bill_title: str | None
    effective_date: str | None
    introduced: str | None
    engrossed_version: str | None
    enrolled_act: str | None
    digest: str | None
    summary: str | None
    fiscal_note: str | None
    sponsors: list[SponsorRow]
    bill_actions: list[ActionRow]
    vetoes: list[Veto]
    substitute_bills: list[Substitute]
    roll_calls: list[RollCall] | None = None


class Committee(Struct, rename="camel"):
    full_name: str | None


class MeetingBill(Struct, rename="camel"):
    bill_number: str


class Meeting(Struct, rename="camel"):
    """`meeting_kind` 2 is a committee's; others are holidays and days of the floor."""

    meeting_kind: int
    start_date: dt.datetime
    purpose: str | None
    address1: str | None
    meeting_type: str | None
    committee: Committee | None
    session_meeting_bills: list[MeetingBill] | None


def actions(bill: Bill) -> list[Action]:
    """Oldest first; the service lists them newest first, with the minute of each."""
    rows = bill.bill_actions[::-1]  # what shares a minute keeps its order
    rows.sort(key=lambda row: row.status_date.replace(tzinfo=None))
    return [
        Action(
            on=row.status_date.date(),
            text=fold(row.status_message),
            chamber=_acting(row),
        )
        for row in rows
    ]


def _acting(row: ActionRow) -> Chamber:
    if not row.location:
        letter = row.status_message.partition(" ")[0]
        return _CHAMBERS.get(letter, "")
    if row.location not in _PLACES:
        raise PageChanged(f"one of the places {', '.join(_PLACES)}", row.location)
    return _PLACES[row.location]


def committees(told: list[Action]) -> list[str]:
    """The committees that the actions refer the bill to, as printed: `H02 - Appropriations`."""
    found = (_REFERRED.search(action.text) for action in told)
    return list(dict.fromkeys(one["committee"] for one in found if one))


def sponsors(bill: Bill) -> list[Sponsor]:
    return [
        Sponsor(
            name=fold(f"{row.sponsor_title or ''} {row.name}"),
            role="primary" if row.primary_sponsor else "cosponsor",
        )
        for row in bill.sponsors
    ]


def effective_on(bill: Bill) -> dt.date | None:
    return day(bill.effective_date, "%m/%d/%Y") if bill.effective_date else None


def versions(bill: Bill) -> list[Version]:
    """As introduced, substitutes, engrossed, enrolled; a path that stands twice is one version."""
    paths = [
        ("Introduced", bill.introduced),
        *((one.link_text or "Substitute", one.file_path) for one in bill.substitute_bills),
        ("Engrossed", bill.engrossed_version),
        ("Enrolled", bill.enrolled_act),
    ]
    found: dict[str, Version] = {}
    for note, path in paths:
        if path:
            url = address(path)
            found.setdefault(url, Version(note=fold(note), url=url, media_type="application/pdf"))
    return list(found.values())


def documents(bill: Bill) -> Iterator[Document]:
    papers: tuple[tuple[Literal["fiscal_note", "analysis", "other"], str, str | None], ...] = (
        ("fiscal_note", "Fiscal Note", bill.fiscal_note),
        ("analysis", "Summary", bill.summary),
        ("other", "Digest", bill.digest),
    )
    for kind, note, path in papers:
        if path:
            yield Document(kind=kind, note=note, url=address(path))
    for veto in bill.vetoes:
        if veto.veto_link_path:
            note = fold(veto.veto_link_text or "") or "Veto"
            yield Document(kind="veto_message", note=note, url=address(veto.veto_link_path))


def votes(bill: Bill) -> list[Vote] | None:
    """Roll calls on the bill itself; those on amendments, hundreds on a budget, are left out."""
    if bill.roll_calls is None:
        return None
    calls = [call for call in bill.roll_calls if not call.amendment_number]
    calls.sort(key=lambda call: call.vote_date.replace(tzinfo=None))
    return [_vote(call) for call in calls]


def _vote(call: RollCall) -> Vote:
    if call.chamber not in _CHAMBERS:
        raise PageChanged(f"one of the chambers {', '.join(_CHAMBERS)}", call.chamber)
    return Vote(
        on=call.vote_date.date(),
        chamber=_CHAMBERS[call.chamber],
        motion=fold(call.action),
        yes=call.yes_votes_count,
        no=call.no_votes_count,
    )


def address(path: str) -> str:
    return urljoin(f"{SITE}/", quote(path.strip(), safe="/:%?=&"))
