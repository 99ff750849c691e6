"""What Oregon's OData service answers: the fields that are read, and a measure's facts from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

from bs4 import BeautifulSoup
from msgspec import Struct, field

from spiders.reading import PageChanged
from tracker.model import Action, Chamber, Document, Kind, Sponsor, Version, Vote, fold

KINDS: dict[str, Kind] = {
    "HB": "bill",
    "SB": "bill",
    "HCR": "resolution",
    "SCR": "resolution",
    "HJR": "resolution",
    "SJR": "resolution",
    "HJM": "resolution",
    "SJM": "resolution",
    "HM": "resolution",
    "SM": "resolution",
    "HR": "resolution",
    "SR": "resolution",
}
_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper", "J": "legislature"}
_LEVELS: dict[str, Literal["primary", "cosponsor"]] = {"Chief": "primary", "Regular": "cosponsor"}
# The measure as a whole; amendments and minority reports stand beside it.
_TEXT = re.compile(r"Introduced|[A-Z]-Engrossed|Enrolled")
# A summary marks what the last engrossing took away: `[<i>Declares an emergency.</i>]`.
_TAKEN_AWAY = re.compile(r"\[\s*<i>.*?</i>\s*\]", re.DOTALL)
_READABILITY = re.compile(r"\([^()]*Flesch[^()]*\)\.?", re.IGNORECASE)


class SessionRow(Struct, rename="pascal"):
    session_key: str
    end_date: dt.datetime | None


class Sessions(Struct):
    value: list[SessionRow]


class CommitteeRow(Struct, rename="pascal"):
    session_key: str
    committee_code: str
    committee_name: str


class Committees(Struct):
    value: list[CommitteeRow]


class Row(Struct, rename="pascal"):
    session_key: str
    measure_prefix: str
    measure_number: int
    relating_to: str | None
    catch_line: str | None
    measure_summary: str | None


class Rows(Struct):
    value: list[Row]
    count: int | str = field(name="odata.count")


class MemberVote(Struct, rename="pascal"):
    vote: str | None


class HistoryAction(Struct, rename="pascal"):
    measure_history_id: int
    chamber: str
    action_date: dt.datetime
    action_text: str | None
    measure_votes: list[MemberVote]


class SponsorRow(Struct, rename="pascal"):
    """`LegislatoreCode` is the service's own spelling."""

    sponsor_type: str
    sponsor_level: str
    legislatore_code: str | None
    committee_code: str | None
    print_order: int | float | str
    presession_filed_message: str | None


class TextRow(Struct, rename="pascal"):
    version_description: str
    document_url: str | None


class AnalysisRow(Struct, rename="pascal"):
    document_type: str
    document_url: str | None


class Meeting(Struct, rename="pascal"):
    location: str
    meeting_status: str
    agenda_url: str | None


class AgendaItem(Struct, rename="pascal"):
    """`CommitteCode` is the service's own spelling."""

    committe_code: str
    meeting_date: dt.datetime
    meeting_type: str | None
    committee_meeting: Meeting | None


class Whole(Row, rename="pascal"):
    """A measure with all that is filed with it."""

    effective_date: dt.datetime | None
    measure_history_actions: list[HistoryAction]
    measure_sponsors: list[SponsorRow]
    measure_documents: list[TextRow]
    measure_analysis_documents: list[AnalysisRow]
    committee_agenda_items: list[AgendaItem]


class Wholes(Struct):
    value: list[Whole]


def identifier(row: Row) -> str:
    if row.measure_prefix not in KINDS:
        raise PageChanged(
            f"one of {', '.join(KINDS)}", f"{row.measure_prefix} {row.measure_number}"
        )
    return f"{row.measure_prefix} {row.measure_number}"


def summary(row: Row) -> str:
    """The summary as it stands, without marks and what was taken away; else the catch line."""
    standing = _READABILITY.sub(" ", _TAKEN_AWAY.sub(" ", row.measure_summary or ""))
    return fold(BeautifulSoup(standing, "lxml").get_text()) or fold(row.catch_line or "")


def actions(measure: Whole) -> Iterator[tuple[Action, HistoryAction]]:
    """Actions with their rows, oldest first; those without words are left out."""
    rows = sorted(
        measure.measure_history_actions,
        key=lambda row: (row.action_date.date(), row.measure_history_id),
    )
    for row in rows:
        if row.chamber not in _CHAMBERS:
            raise PageChanged(f"one of the chambers {', '.join(_CHAMBERS)}", row.chamber)
        if row.action_text:
            on = row.action_date.date()
            yield Action(on=on, text=fold(row.action_text), chamber=_CHAMBERS[row.chamber]), row


def votes(told: list[tuple[Action, HistoryAction]]) -> list[Vote]:
    """Floor votes, counted from the members' own."""
    return [
        Vote(
            on=action.on,
            chamber=action.chamber,
            motion=action.text,
            yes=sum(one.vote == "Aye" for one in row.measure_votes),
            no=sum(one.vote == "Nay" for one in row.measure_votes),
        )
        for action, row in told
        if row.measure_votes
    ]


def sponsors(measure: Whole, committee: dict[str, str]) -> list[Sponsor]:
    """Chief sponsors first; committees by name where the names are known, else by code."""
    for row in measure.measure_sponsors:
        if row.sponsor_level not in _LEVELS:
            raise PageChanged(f"one of the levels {', '.join(_LEVELS)}", row.sponsor_level)
    rows = sorted(
        measure.measure_sponsors,
        key=lambda row: (row.sponsor_level != "Chief", float(row.print_order)),
    )
    named = [(_name(row, committee), _LEVELS[row.sponsor_level]) for row in rows]
    return [Sponsor(name=fold(name)[:300], role=role) for name, role in named if name]


def _name(row: SponsorRow, committee: dict[str, str]) -> str:
    match row.sponsor_type:
        case "Member":
            name = row.legislatore_code
        case "Committee":
            name = committee.get(row.committee_code or "", row.committee_code or "")
        case "Presession":  # no sponsor, at most a word on who asked for it
            return row.presession_filed_message or ""
        case unknown:
            raise PageChanged("a member, a committee or presession as sponsor", unknown)
    if not name:
        raise PageChanged("the name of a sponsor", f"a {row.sponsor_type} without one")
    return name


def versions(measure: Whole) -> list[Version]:
    """The texts: as introduced, then each engrossing by its letter, then the enrolled one."""
    rows = [row for row in measure.measure_documents if _TEXT.fullmatch(row.version_description)]
    rows.sort(key=lambda row: _rank(row.version_description))
    return [
        Version(
            note=row.version_description,
            url=_address(row.document_url),
            media_type="application/pdf",
        )
        for row in rows
    ]


def _rank(note: str) -> tuple[int, str]:
    return {"Introduced": 0, "Enrolled": 2}.get(note, 1), note


def documents(measure: Whole) -> Iterator[Document]:
    """Amendments and minority reports, then fiscal statements and analyses of the staff."""
    for row in measure.measure_documents:
        if row.document_url and not _TEXT.fullmatch(row.version_description):
            note = fold(row.version_description)
            yield Document(kind="other", note=note, url=_address(row.document_url))
    for paper in measure.measure_analysis_documents:
        if paper.document_url:
            kind: Literal["fiscal_note", "analysis"] = (
                "fiscal_note" if "fiscal" in paper.document_type.lower() else "analysis"
            )
            note = fold(paper.document_type)
            yield Document(kind=kind, note=note, url=_address(paper.document_url))


def _address(url: str | None) -> str:
    """Addresses are filed as people type them, blanks included."""
    return fold(url or "").replace(" ", "%20")
