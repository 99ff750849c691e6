"""The JSON behind Georgia's own pages, as somebody saved it: rows and bills."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from spiders.legislatures.ga_bill import (
    Bill,
    Paper,
    Status,
    Tally,
    identifier,
    listing,
    session_name,
)
from spiders.reading import PageChanged, day
from tracker.model import Listing, fold

_PREFIXES = {(1, 1): "HB", (2, 1): "SB", (1, 2): "HR", (2, 2): "SR"}
_CHAMBERS = {1: "House", 2: "Senate"}


class Session(Struct):
    description: str
    library: str


class Sponsor(Struct, rename="camel"):
    name: str
    sequence: int


class Committee(Struct):
    name: str
    chamber: int


class FoundBill(Struct, rename="camel"):
    """A row of the search: here the title is called caption."""

    legislation_id: int
    caption: str
    document_type: int
    chamber_type: int
    number: int
    session: Session
    status: str
    status_date: str
    suffix: str | None = None


class Found(Struct, rename="camel"):
    results: list[FoundBill]
    result_count: int


class Version(Struct, rename="camel"):
    id: int
    name: str
    version_number: int


class StatusLine(Struct):
    date: dt.datetime
    name: str


class Vote(Struct):
    date: dt.datetime
    name: str
    caption: str
    yea: int
    nay: int


class Detail(Struct, rename="camel"):
    id: int
    session: Session
    chamber: int
    number: str
    title: str
    first_reader: str
    document_type: int
    sponsors: list[Sponsor]
    versions: list[Version]
    committees: list[Committee]
    status_history: list[StatusLine]
    votes: list[Vote] | None
    suffix: str | None = None


def row(found: FoundBill) -> Listing:
    last = Status(day(found.status_date, "%m/%d/%Y"), fold(found.status))
    prefix = _prefix(found.chamber_type, found.document_type)
    number = identifier(prefix, str(found.number), found.suffix or "")
    session = session_name(found.session.description)
    return listing(found.legislation_id, session, number, found.caption, last)


def bill(detail: Detail) -> Bill:
    prefix = _prefix(detail.chamber, detail.document_type)
    return Bill(
        id=detail.id,
        session=session_name(detail.session.description),
        library=detail.session.library.rstrip("/").rpartition("/")[2],
        identifier=identifier(prefix, detail.number, detail.suffix or ""),
        title=detail.title,
        summary=detail.first_reader,
        signers=[one.name for one in sorted(detail.sponsors, key=lambda one: one.sequence)],
        committees=[f"{_chamber(one.chamber)} {fold(one.name)}" for one in detail.committees],
        papers=[Paper(one.id, fold(one.name), one.version_number) for one in detail.versions],
        history=[Status(one.date.date(), fold(one.name)) for one in detail.status_history],
        tallies=[
            Tally(one.date.date(), one.name.partition(" ")[0], one.caption, one.yea, one.nay)
            for one in detail.votes or ()
        ],
    )


def _prefix(chamber: int, document_type: int) -> str:
    prefix = _PREFIXES.get((chamber, document_type))
    if prefix is None:
        raise PageChanged("a bill or resolution of a chamber", f"{chamber}, {document_type}")
    return prefix


def _chamber(number: int) -> str:
    if number not in _CHAMBERS:
        raise PageChanged("chamber 1 or 2", str(number))
    return _CHAMBERS[number]
