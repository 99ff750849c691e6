"""ICE's 287(g) workbooks: the participating and the pending list, one agreement a row.

Columns are found by name, never by position; the header is in row 1 and must be understood wholly.
Rows hidden by a filter left on belong to the list. Formatted empty rows follow the data, and the
sheet's own dimension and filter range don't end where the data does. Which list a workbook holds is
told by its SIGNED column, never by its name: both names have pointed to the other's content.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import yaml

from spiders.federal.ice_address import ice_address
from spiders.federal.xlsx import Cell, Sheet, read_sheets
from spiders.reading import Implausible, PageChanged
from tracker.model import Agreement, AgreementList, AgreementListName, AgreementModel, fold
from tracker.paths import shipped

_REQUIRED = frozenset({"STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE"})
_KNOWN = _REQUIRED | {"TYPE", "COUNTY", "SIGNED", "MOA", "ADDENDUM"}

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


class SwappedList(Implausible):
    """The workbook holds the other list than the one its link names."""


class _Row(NamedTuple):
    number: int
    cells: Mapping[str, Cell]
    links: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell's text, white space folded; empty where the list has no such column."""
        value = self.cells.get(column, "")
        if not isinstance(value, str):
            raise PageChanged(f"text as {column} in row {self.number}", repr(value))
        return fold(value.translate(_INVISIBLE))


def read_workbook(
    body: bytes, *, list_name: AgreementListName | None, as_of: dt.date, file_name: str = ""
) -> tuple[AgreementList, list[Agreement]]:
    """The list and its agreements, in the order of the sheet.

    `as_of` is the day the workbook was had: file names have borne wrong days and years.
    `list_name` is what the link calls it; with None the content alone decides.

    Raises PageChanged, with the row, where anything is not as known; SwappedList where the content
    is the other list's.
    """
    columns, rows = _table(read_sheets(body))
    holds = _kind(columns, rows)
    if list_name not in (None, holds):
        raise SwappedList(f"the {list_name} list", f"the {holds} list, {len(rows)} rows")
    if holds == "participating" and not rows:
        raise Implausible("agreements on the participating list", "none")
    agreements = [_agreement(row, holds, as_of) for row in rows]
    about = AgreementList(
        list=holds,
        as_of=as_of,
        file_name=file_name,
        sha256=hashlib.sha256(body).hexdigest(),
        rows=len(agreements),
    )
    return about, agreements


def _table(sheets: Sequence[Sheet]) -> tuple[dict[str, int], list[_Row]]:
    """Columns and rows of the one sheet that is a list; ICE's working sheets have stood beside."""
    lists = [sheet for sheet in sheets if sheet.rows and "STATE" in _names(sheet.rows[0])]
    if len(lists) != 1:
        headers = [_names(sheet.rows[0]) if sheet.rows else [] for sheet in sheets]
        raise PageChanged("one sheet with a STATE column in row 1", f"{len(lists)} of {headers}")
    columns = _columns(lists[0].rows[0])
    return columns, list(_rows(lists[0], columns))


def _names(header: Sequence[Cell]) -> list[str]:
    return [fold(str(cell)).upper() for cell in header]


def _columns(header: Sequence[Cell]) -> dict[str, int]:
    names = _names(header)
    named = [name for name in names if name]
    unknown, missing = set(named) - _KNOWN, _REQUIRED - set(named)
    if unknown or missing or len(set(named)) != len(named):
        raise PageChanged(
            f"the columns {sorted(_REQUIRED)}, and of others only {sorted(_KNOWN - _REQUIRED)}",
            f"{named}: unknown {sorted(unknown)}, missing {sorted(missing)}",
        )
    return {name: index for index, name in enumerate(names) if name}


def _rows(sheet: Sheet, columns: Mapping[str, int]) -> Iterator[_Row]:
    known = set(columns.values())
    for number, cells in enumerate(sheet.rows[1:], 2):
        if any(fold(str(cell)) for index, cell in enumerate(cells) if index not in known):
            raise PageChanged("nothing in columns without a name", f"something in row {number}")
        row = _Row(
            number,
            {name: cells[index] for name, index in columns.items()},
            {name: sheet.links.get((number, index), "") for name, index in columns.items()},
        )
        filled = {name for name in columns if fold(str(row.cells[name]).translate(_INVISIBLE))}
        if filled and not {"STATE", "LAW ENFORCEMENT AGENCY"} <= filled:
            raise PageChanged(f"state and agency in row {number}", f"only {sorted(filled)}")
        if filled:
            yield row


def _kind(columns: Mapping[str, int], rows: Sequence[_Row]) -> AgreementListName:
    if "SIGNED" not in columns:
        return "pending"
    if rows and not any(row.cells["SIGNED"] for row in rows):
        return "pending"
    return "participating"


def _agreement(row: _Row, holds: AgreementListName, as_of: dt.date) -> Agreement:
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


def _state(row: _Row) -> str:
    states, spellings = _states()
    name = row.text("STATE").upper()
    code = states.get(spellings.get(name, name))
    if code is None:
        raise PageChanged(f"a state or territory in row {row.number}", repr(name))
    return code


@functools.cache
def _states() -> tuple[Mapping[str, str], Mapping[str, str]]:
    text = (shipped("db") / "baseline" / "ice-287g-aliases.yaml").read_text("utf-8")
    known = yaml.safe_load(text)
    return known["states"], known["spellings"]


def _model(row: _Row) -> AgreementModel:
    printed = row.text("SUPPORT TYPE")
    model = _MODELS.get(printed.upper().partition(" ")[0])
    if model is None:
        raise PageChanged(f"a known support type in row {row.number}", repr(printed))
    return model


def _signed(row: _Row, model: AgreementModel, as_of: dt.date) -> tuple[dt.date | None, str]:
    """The day, or the words of the cell where they are no day the agreement can be of."""
    value = row.cells.get("SIGNED", "")
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        possible = _FIRST_DAY[model] <= value <= as_of
        return (value, "") if possible else (None, value.isoformat())
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    printed = fold(str(value))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", printed):
        return _iso_day(printed, model, as_of)
    return None, printed


def _iso_day(printed: str, model: AgreementModel, as_of: dt.date) -> tuple[dt.date | None, str]:
    try:
        day = dt.date.fromisoformat(printed)
    except ValueError:
        return None, printed
    return (day, "") if _FIRST_DAY[model] <= day <= as_of else (None, printed)
