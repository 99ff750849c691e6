"""What North Dakota's file of bills holds: the fields that are read, and a bill's facts from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from spiders.told import told_votes
from tracker.model import Action, Chamber, Document, Kind, Version, Vote, fold

KINDS: dict[str, Kind] = {
    "HB": "bill",
    "SB": "bill",
    "HCR": "resolution",
    "SCR": "resolution",
    "HR": "resolution",
    "SR": "resolution",
    "HMR": "resolution",
    "SMR": "resolution",
}
_CHAMBERS: dict[str | None, Chamber] = {"House": "lower", "Senate": "upper", None: "legislature"}
_IS_TEXT = re.compile(r"introduced|engrossment|enrollment", re.IGNORECASE)
# Adopted by no one: it never was the bill's text.
_NOT_ADOPTED = re.compile(r"not adopted", re.IGNORECASE)
_COUNT = re.compile(r"(?P<motion>.*?),? yeas (?P<yes>\d+) nays (?P<no>\d+).*")


class SponsorRow(Struct):
    name: str
    primary: bool


class ActionRow(Struct):
    description: str
    date: dt.datetime
    chamber: Literal["House", "Senate"] | None


class Paper(Struct):
    lc_number: str
    description: str | None
    document_url: str

    @property
    def note(self) -> str:
        return fold(self.description or "") or self.lc_number


class Bill(Struct):
    name: str
    title: str
    summary: str | None
    chamber: Literal["House", "Senate"]
    url: str
    sponsors: list[SponsorRow]
    actions: list[ActionRow]
    versions: list[Paper]


class Assembly(Struct):
    assembly: int
    bills: dict[str, Bill]


def actions(bill: Bill) -> list[Action]:
    rows = sorted(bill.actions, key=lambda row: row.date)
    return [
        Action(on=row.date.date(), text=fold(row.description), chamber=_CHAMBERS[row.chamber])
        for row in rows
    ]


def votes(history: list[Action]) -> Iterator[Vote]:
    """Floor votes, whose count the action tells: `Second reading, passed, yeas 82 nays 11`."""
    return told_votes(history, _COUNT)


def documents(bill: Bill) -> tuple[list[Version], list[Document]]:
    """The texts of a bill in the order of their numbers, oldest first, and its other papers."""
    versions, papers = [], []
    for paper in sorted(bill.versions, key=lambda paper: paper.lc_number):
        if _IS_TEXT.search(paper.note) and not _NOT_ADOPTED.search(paper.note):
            versions.append(
                Version(note=paper.note, url=paper.document_url, media_type="application/pdf")
            )
        else:
            papers.append(
                Document(
                    kind="fiscal_note" if "fiscal" in paper.note.lower() else "other",
                    note=paper.note,
                    url=paper.document_url,
                )
            )
    return versions, papers
