"""Rows of Washington's web services: bills in all their versions, and what kind a number is of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from spiders.reading import PageChanged, match, measure_number
from tracker.model import Chamber, Kind, Relation, fold

# 2E2SHB 1008 is the second engrossment of the second substitute of HB 1008.
_BILL_ID = re.compile(r"(?:\d?E)?(?:\d?S)?(?P<bill>(?:HB|SB|HJM|SJM|HJR|SJR|HCR|SCR|HR|SR) \d+)")
# First number of each kind; a number is given once in two years, whatever the kind
# (https://app.leg.wa.gov/bi/home/helpwithabbreviations).
_NUMBERS = (
    (1000, "HB"),
    (4000, "HJM"),
    (4200, "HJR"),
    (4400, "HCR"),
    (4600, "HR"),
    (5000, "SB"),
    (8000, "SJM"),
    (8200, "SJR"),
    (8400, "SCR"),
    (8600, "SR"),
    (9000, ""),
)
_KINDS: dict[str, Kind] = {
    "B": "bill",
    "JM": "resolution",
    "JR": "resolution",
    "CR": "resolution",
    "R": "resolution",
}
_NOT_MEASURES = {"GA": "appointment by the governor", "I": "initiative"}
_HOUSES: dict[str, Chamber] = {"House": "lower", "Senate": "upper"}


class Bill(NamedTuple):
    """One row of `Legislation`; `rank` puts the versions of a bill in order."""

    biennium: str
    identifier: str
    rank: tuple[bool, int, int]
    kind: Kind
    chamber: Chamber
    title: str
    legal_title: str
    last_line: str
    last_on: dt.date | None
    relations: list[Relation]


def field(row: etree._Element, path: str) -> str:
    """The text of a child that must be there, maybe empty; `path` goes down by `/`."""
    found = row.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    if found is None:
        raise PageChanged(f"<{path}> in <{etree.QName(row).localname}>", "none")
    return fold(found.text or "")


def bill_identifier(printed: str) -> str:
    """`SB 5714` for `ESSB 5714`: substitutes and engrossments keep the number."""
    return measure_number(match(_BILL_ID, printed)["bill"])


def identifier_of_number(number: str) -> str:
    """The bill that carries a number, by the ranges in which each kind is numbered."""
    kinds = [kind for first, kind in _NUMBERS if first <= int(number)]
    if not kinds or not kinds[-1]:
        raise PageChanged("the number of a bill, memorial or resolution", number)
    return f"{kinds[-1]} {int(number)}"


def day_of(printed: str) -> dt.date | None:
    """The day of a time stamp; the services print the year 1 where there is none."""
    try:
        moment = dt.datetime.fromisoformat(printed)
    except ValueError as error:
        raise PageChanged("a time as 2026-02-04T00:00:00", printed or "nothing") from error
    return None if moment.year == 1 else moment.date()


def not_a_measure(row: etree._Element) -> str:
    """Why a row of `Legislation` is none of ours; empty where it is."""
    code = field(row, "ShortLegislationType/ShortLegislationType")
    if code not in _KINDS and code not in _NOT_MEASURES:
        raise PageChanged(f"one of the kinds {', '.join([*_KINDS, *_NOT_MEASURES])}", code)
    return _NOT_MEASURES.get(code, "")


def read_bill(row: etree._Element) -> Bill:
    title = field(row, "LongDescription") or field(row, "ShortDescription")
    if not title:
        raise PageChanged("a description", f"none of {field(row, 'BillId')}")
    return Bill(
        biennium=field(row, "Biennium"),
        identifier=bill_identifier(field(row, "BillId")),
        rank=(
            field(row, "Active") == "true",
            int(field(row, "SubstituteVersion")),
            int(field(row, "EngrossedVersion")),
        ),
        kind=_KINDS[field(row, "ShortLegislationType/ShortLegislationType")],
        chamber=house(field(row, "OriginalAgency")),
        title=title,
        legal_title=field(row, "LegalTitle"),
        last_line=field(row, "CurrentStatus/HistoryLine"),
        last_on=day_of(field(row, "CurrentStatus/ActionDate")),
        relations=_companions(row),
    )


def newest(bills: Iterator[Bill]) -> list[Bill]:
    """One row of each bill: the active version, else the last one."""
    found: dict[tuple[str, str], Bill] = {}
    for bill in bills:
        before = found.setdefault((bill.biennium, bill.identifier), bill)
        if bill.rank > before.rank:
            found[bill.biennium, bill.identifier] = bill
    return list(found.values())


def house(printed: str) -> Chamber:
    if printed not in _HOUSES:
        raise PageChanged("House or Senate", printed or "nothing")
    return _HOUSES[printed]


def _companions(row: etree._Element) -> list[Relation]:
    return [
        Relation(kind="companion", identifier=bill_identifier(field(companion, "BillId")))
        for companion in row.iterfind("{*}Companions/{*}Companion")
    ]
