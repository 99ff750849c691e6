"""What Montana's API answers: the fields that are read, and a bill's facts from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from spiders.reading import PageChanged, match
from tracker.model import Action, Chamber, Sponsor, Version, fold

_CHAMBERS: dict[str, Chamber] = {"(H)": "lower", "(S)": "upper", "(LC)": "legislature"}
# HB0278_2(10).pdf is the eleventh issue of the second version; X is the enrolled one.
_FILE = re.compile(r"(?P<version>[A-Z]{2}\d{4}_(?P<nth>\d+|X))(?:\(\d+\))?\.pdf", re.IGNORECASE)
_CONTENT = "https://api.legmt.gov/docs/v1/documents/getContent?documentId="


class Legislature(Struct, rename="camel"):
    ordinals: str


class Session(Struct, rename="camel"):
    """A session: `id` is what the API asks for, `ordinals` (`20251`) what documents are filed by."""

    id: int
    ordinals: str
    legislature: Legislature


class Legislator(Struct, rename="camel"):
    id: int
    first_name: str
    last_name: str


class CommitteeCode(Struct):
    name: str


class CommitteeDetails(Struct, rename="camel"):
    committee_code: CommitteeCode


class Committee(Struct, rename="camel"):
    id: int
    committee_details: CommitteeDetails

    @property
    def name(self) -> str:
        return fold(self.committee_details.committee_code.name)


class StatusCode(Struct):
    name: str


class Status(Struct, rename="camel"):
    time_stamp: dt.datetime
    standing_committee_id: int | None
    bill_status_code: StatusCode


class SubjectCode(Struct):
    description: str


class Subject(Struct, rename="camel"):
    subject_code: SubjectCode


class Draft(Struct, rename="camel"):
    draft_number: str
    short_title: str
    description: str | None
    bill_statuses: list[Status]
    subjects: list[Subject]


class BillType(Struct):
    code: str
    chamber: str


class Bill(Struct, rename="camel"):
    """A bill, or a draft of one as long as `bill_number` is null."""

    id: int
    bill_number: int | None
    sponsor_id: int | None
    bill_type: BillType
    draft: Draft
    session_id: int


class Found(Struct, rename="camel"):
    content: list[Bill]
    total_pages: int


class File(Struct, rename="camel"):
    id: int
    file_name: str


class Meeting(Struct, rename="camel"):
    meeting_time: dt.datetime
    location: str | None
    status: str
    standing_committee: Committee


class BillHearing(Struct, rename="camel"):
    committee_meeting: Meeting


def actions(draft: Draft, committees: Mapping[str, str] | None) -> list[Action]:
    """The statuses, oldest first, each with the name of its committee where names are known."""
    statuses = sorted(draft.bill_statuses, key=lambda status: status.time_stamp)
    return [_action(status, committees) for status in statuses]


def _action(status: Status, committees: Mapping[str, str] | None) -> Action:
    name = fold(status.bill_status_code.name)
    committee = committee_name(status, committees)
    return Action(
        on=status.time_stamp.date(),
        text=f"{name} - {committee}" if committee else name,
        chamber=_CHAMBERS.get(name.partition(" ")[0], "legislature"),
    )


def committee_name(status: Status, committees: Mapping[str, str] | None) -> str:
    """Empty where no committee is meant or no names are known."""
    if status.standing_committee_id is None or committees is None:
        return ""
    return named(committees, status.standing_committee_id, "committee")


def named(names: Mapping[str, str], number: int, what: str) -> str:
    if str(number) not in names:
        raise PageChanged(f"a {what} of the list", f"number {number}")
    return names[str(number)]


def sponsors(bill: Bill, legislators: Mapping[str, str] | None) -> list[Sponsor] | None:
    if bill.sponsor_id is None or legislators is None:
        return None
    return [Sponsor(name=named(legislators, bill.sponsor_id, "legislator"), role="primary")]


def versions(files: list[File]) -> Iterator[Version]:
    """Versions, oldest first, each by its first issue.

    The same version is issued again and again (with other page marks or signatures); words that
    change get a new version number.
    """
    first: dict[tuple[float, str], File] = {}
    for file in sorted(files, key=lambda file: file.id):
        name = match(_FILE, file.file_name)
        nth = float("inf") if name["nth"].upper() == "X" else int(name["nth"])
        first.setdefault((nth, name["version"].upper()), file)
    for (_, note), file in sorted(first.items()):
        yield Version(note=note, url=f"{_CONTENT}{file.id}", media_type="application/pdf")
