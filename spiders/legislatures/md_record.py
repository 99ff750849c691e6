"""One record of Maryland's file of a session, named as the file names its fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from spiders.legislatures.md_page import chamber_of, details_url, kind_of, session_name
from spiders.reading import PageChanged, measure_number
from tracker.model import Hearing, Listing, Measure, Relation, Sponsor, fold

Local = Annotated[dt.datetime, msgspec.Meta(tz=False)]


class Named(msgspec.Struct, frozen=True):
    Name: str


class Record(msgspec.Struct, frozen=True):
    """Fields that are not read are left out: milestones, which the page of a measure tells in full,
    and the time the file was made. What is not known yet is empty or null."""

    BillNumber: str
    YearAndSession: str
    Title: str
    Synopsis: str | None
    Status: str
    CrossfileBillNumber: str | None
    SponsorPrimary: str
    Sponsors: list[Named]
    BroadSubjects: list[Named]
    NarrowSubjects: list[Named]
    CommitteePrimaryOrigin: str | None
    CommitteeSecondaryOrigin: str | None
    CommitteePrimaryOpposite: str | None
    CommitteeSecondaryOpposite: str | None
    HearingDateTimePrimaryHouseOfOrigin: Local | None
    HearingDateTimeSecondaryHouseOfOrigin: Local | None
    HearingDateTimePrimaryOppositeHouse: Local | None
    HearingDateTimeSecondaryOppositeHouse: Local | None

    @property
    def identifier(self) -> str:
        return measure_number(self.BillNumber)

    @property
    def committees(self) -> tuple[str, ...]:
        return (
            self.CommitteePrimaryOrigin or "",
            self.CommitteeSecondaryOrigin or "",
            self.CommitteePrimaryOpposite or "",
            self.CommitteeSecondaryOpposite or "",
        )

    @property
    def synopsis(self) -> str:
        return fold(self.Synopsis or "")

    @property
    def hours(self) -> tuple[dt.datetime | None, ...]:
        """Of the hearings, in the order of `committees`."""
        return (
            self.HearingDateTimePrimaryHouseOfOrigin,
            self.HearingDateTimeSecondaryHouseOfOrigin,
            self.HearingDateTimePrimaryOppositeHouse,
            self.HearingDateTimeSecondaryOppositeHouse,
        )


def of_session(record: Record, code: str) -> None:
    """Raises where a file holds a record of another session ("2026 Regular Session")."""
    kind = "Regular" if code.endswith("RS") else "Special"
    words = record.YearAndSession.split()
    if code[:4] not in words or kind not in words:
        raise PageChanged(f"records of {code}", f"{record.BillNumber}: {record.YearAndSession}")


def listing_of(record: Record, code: str) -> Listing:
    return Listing(
        jurisdiction="us-md",
        session=session_name(code),
        identifier=record.identifier,
        kind=kind_of(record.identifier),
        title=fold(record.Title),
        last_action=fold(record.Status),
        url=details_url(code, record.BillNumber),
    )


def measure_of_record(record: Record, code: str) -> Measure:
    """What the page of the measure says less well, or not at all."""
    twin = (record.CrossfileBillNumber or "").strip()
    return Measure(
        jurisdiction="us-md",
        session=session_name(code),
        identifier=record.identifier,
        kind=kind_of(record.identifier),
        chamber=chamber_of(record.identifier),
        abstract=record.synopsis,
        subjects=_once(
            _subject(one.Name) for one in (*record.BroadSubjects, *record.NarrowSubjects)
        ),
        committees=_once(record.committees),
        sponsors=_sponsors(record),
        relations=[Relation(kind="companion", identifier=measure_number(twin))] if twin else [],
    )


def _once(names: Iterator[str] | tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(folded for name in names if (folded := fold(name))))


def _subject(name: str) -> str:
    """Without the index's cross-references ("… -see also- …")."""
    return name.partition(" -see")[0]


def _sponsors(record: Record) -> list[Sponsor]:
    """The first may be a chair or a county's delegation; of the others only members are sponsors:
    a bill by request names its parts ("Departmental", "Human Services") beside them."""
    primary = fold(record.SponsorPrimary)
    members = (fold(one.Name) for one in record.Sponsors)
    others = [name for name in members if name.startswith(("Delegate ", "Senator "))]
    return [
        Sponsor(name=primary, role="primary"),
        *(Sponsor(name=name) for name in dict.fromkeys(others) if name != primary),
    ]


def hearings_of(record: Record, code: str, zone: str) -> Iterator[Hearing]:
    """The file gives hours in the time of Annapolis, without a zone, and no room."""
    for hour, committee in zip(record.hours, record.committees, strict=True):
        if hour is not None:
            yield Hearing(
                jurisdiction="us-md",
                session=session_name(code),
                identifier=record.identifier,
                on=hour.date(),
                starts_at=hour.replace(tzinfo=ZoneInfo(zone)),
                timezone=zone,
                committee=fold(committee),
                url=details_url(code, record.BillNumber),
            )
