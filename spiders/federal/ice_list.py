"""ICE's 287(g) lists, however they are published: rows with named cells into agreements.

Columns are found by name, never by position; the header must be understood wholly. Which list it
is is told by its SIGNED column, never by its name: both names have pointed to the other's content.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import yaml

from spiders.federal.ice_address import ice_address
from spiders.federal.ice_spelling import meant
from spiders.federal.xlsx import Cell
from spiders.reading import Implausible, PageChanged
from tracker.model import Agreement, AgreementList, AgreementListName, AgreementModel, fold
from tracker.paths import shipped

REQUIRED = frozenset({"STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE"})
_KNOWN = REQUIRED | {"TYPE", "COUNTY", "SIGNED", "MOA", "ADDENDUM"}

# The first word decides: the rest is misspelt in places ("Task Force Officer").
_MODELS: Mapping[str, AgreementModel] = {
    "JAIL": "Jail Enforcement Model",
    "WARRANT": "Warrant Service Officer",
    "TASK": "Task Force Model",
    "TRIBAL": "Tribal Task Force Model",
}
# A day before a model existed is a slip of the year: task forces ended in 2012 and came back with
# the executive order of 2025-01-20; warrant service officers began in 2019; the first agreement of
# all is of 2002.
_FIRST_DAY: Mapping[AgreementModel, dt.date] = {
    "Jail Enforcement Model": dt.date(2002, 1, 1),
    "Warrant Service Officer": dt.date(2019, 1, 1),
    "Task Force Model": dt.date(2025, 1, 20),
    "Tribal Task Force Model": dt.date(2025, 1, 20),
}
_MAX_NAME = 300
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"))
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class SwappedList(Implausible):
    """The list is the other one than its link names."""


class Row(NamedTuple):
    """`links` are targets by column; a link may stand for a column the list does not have."""

    number: int
    cells: Mapping[str, Cell]
    links: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell's text, white space folded; empty where the list has no such column."""
        value = self.cells.get(column, "")
        if not isinstance(value, str):
            raise PageChanged(f"text as {column} in row {self.number}", repr(value))
        return fold(value.translate(_INVISIBLE))


class Published(NamedTuple):
    """A list as published: its bytes, its columns, and its rows that hold anything."""

    body: bytes
    columns: Collection[str]
    rows: Sequence[Row]


def column_places(header: Sequence[Cell]) -> dict[str, int]:
    """Columns by name. Raises PageChanged where one is missing, unknown or there twice."""
    names = column_names(header)
    named = [name for name in names if name]
    unknown, missing = set(named) - _KNOWN, REQUIRED - set(named)
    if unknown or missing or len(set(named)) != len(named):
        raise PageChanged(
            f"the columns {sorted(REQUIRED)}, and of others only {sorted(_KNOWN - REQUIRED)}",
            f"{named}: unknown {sorted(unknown)}, missing {sorted(missing)}",
        )
    return {name: index for index, name in enumerate(names) if name}


def column_names(header: Sequence[Cell]) -> list[str]:
    return [fold(str(cell)).upper() for cell in header]


def is_row(row: Row) -> bool:
    """False for a formatted empty row. Raises PageChanged where only state or agency is missing."""
    filled = {name for name in row.cells if fold(str(row.cells[name]).translate(_INVISIBLE))}
    if filled and not {"STATE", "LAW ENFORCEMENT AGENCY"} <= filled:
        raise PageChanged(f"state and agency in row {row.number}", f"only {sorted(filled)}")
    return bool(filled)


def read_list(
    found: Published, *, list_name: AgreementListName | None, as_of: dt.date, file_name: str
) -> tuple[AgreementList, list[Agreement]]:
    """The list and its agreements, in the order published.

    `as_of` is the day the list was had; `list_name` is what the link calls it; with None the
    content alone decides.

    Raises PageChanged, with the row, where anything is not as known; SwappedList where the content
    is the other list's.
    """
    holds = _kind(found)
    if list_name not in (None, holds):
        raise SwappedList(f"the {list_name} list", f"the {holds} list, {len(found.rows)} rows")
    if holds == "participating" and not found.rows:
        raise Implausible("agreements on the participating list", "none")
    agreements = [_agreement(row, holds, as_of) for row in found.rows]
    about = AgreementList(
        list=holds,
        as_of=as_of,
        file_name=file_name,
        sha256=hashlib.sha256(found.body).hexdigest(),
        rows=len(agreements),
    )
    return about, agreements


def _kind(found: Published) -> AgreementListName:
    if "SIGNED" not in found.columns:
        return "pending"
    if found.rows and not any(row.cells["SIGNED"] for row in found.rows):
        return "pending"
    return "participating"


def _agreement(row: Row, holds: AgreementListName, as_of: dt.date) -> Agreement:
    model = _model(row)
    agency = row.text("LAW ENFORCEMENT AGENCY")
    if len(agency) > _MAX_NAME:
        raise PageChanged(f"an agency's name in row {row.number}", f"{len(agency)} characters")
    signed_on, as_printed = _signed(row, model, as_of)
    return Agreement(
        list=holds,
        as_of=as_of,
        state=_state(row),
        agency=agency,
        model=model,
        agency_type=row.text("TYPE"),
        county=row.text("COUNTY"),
        signed_on=signed_on,
        signed_as_printed=as_printed,
        moa_url=ice_address(row.links.get("MOA") or row.text("MOA")),
        addendum_url=ice_address(row.links.get("ADDENDUM") or row.text("ADDENDUM")),
    )


def _state(row: Row) -> str:
    states, spellings = _states()
    printed = row.text("STATE").upper()
    name = meant(spellings.get(printed, printed), states)
    if name is None:
        raise PageChanged(f"a state or territory in row {row.number}", repr(printed))
    return states[name]


@functools.cache
def _states() -> tuple[Mapping[str, str], Mapping[str, str]]:
    text = (shipped("db") / "baseline" / "ice-287g-aliases.yaml").read_text("utf-8")
    known = yaml.safe_load(text)
    return known["states"], known["spellings"]


def _model(row: Row) -> AgreementModel:
    printed = row.text("SUPPORT TYPE")
    words = printed.upper().split() or [""]
    name = "TRIBAL" if "TRIBAL" in words else meant(words[0], _MODELS)
    # One agreement was once under two models at a time ("Jail & Task Force", until 2012).
    others = set(_MODELS) & set(words[1:]) - {"TRIBAL", "TASK" if name == "TRIBAL" else name}
    if name is None or others:
        raise PageChanged(f"a known support type in row {row.number}", repr(printed))
    return _MODELS[name]


def _signed(row: Row, model: AgreementModel, as_of: dt.date) -> tuple[dt.date | None, str]:
    """The day, or the words of the cell where they are no day the agreement can be of."""
    value = row.cells.get("SIGNED", "")
    if isinstance(value, dt.datetime):
        value = value.date()
    printed = fold(str(int(value) if isinstance(value, float) and value.is_integer() else value))
    day = value if isinstance(value, dt.date) else _written_day(printed)
    possible = day is not None and _FIRST_DAY[model] <= day <= as_of
    return (day, "") if possible else (None, printed)


def _written_day(printed: str) -> dt.date | None:
    """`2025-05-08` or, month first, `5/8/2025`; None for anything else, such as `05/082025`."""
    iso, american = _ISO.fullmatch(printed), _AMERICAN.fullmatch(printed)
    if iso:
        year, month, day = iso.groups()
    elif american:
        month, day, year = american.groups()
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
