"""ICE's 287(g) workbooks: the participating and the pending list, one agreement a row.

The header is in row 1. Rows hidden by a filter left on belong to the list. Formatted empty rows
follow the data, and the sheet's own dimension and filter range don't end where the data does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from spiders.federal.ice_list import (
    Published,
    Row,
    SwappedList,
    column_names,
    column_places,
    is_row,
    read_list,
)
from spiders.federal.xlsx import Sheet, read_sheets
from spiders.reading import PageChanged
from tracker.model import Agreement, AgreementList, AgreementListName, fold

__all__ = ["SwappedList", "read_workbook"]


def read_workbook(
    body: bytes, *, list_name: AgreementListName | None, as_of: dt.date, file_name: str = ""
) -> tuple[AgreementList, list[Agreement]]:
    """The list and its agreements, in the order of the sheet.

    `as_of` is the day the workbook was had: file names have borne wrong days and years.
    `list_name` is what the link calls it; with None the content alone decides.

    Raises PageChanged, with the row, where anything is not as known; SwappedList where the content
    is the other list's.
    """
    sheet = _list_sheet(read_sheets(body))
    columns = column_places(sheet.rows[0])
    found = Published(body, columns, list(_rows(sheet, columns)))
    return read_list(found, list_name=list_name, as_of=as_of, file_name=file_name)


def _list_sheet(sheets: Sequence[Sheet]) -> Sheet:
    """The one sheet that is a list; ICE's working sheets have stood beside."""
    lists = [sheet for sheet in sheets if sheet.rows and "STATE" in column_names(sheet.rows[0])]
    if len(lists) != 1:
        headers = [column_names(sheet.rows[0]) if sheet.rows else [] for sheet in sheets]
        raise PageChanged("one sheet with a STATE column in row 1", f"{len(lists)} of {headers}")
    return lists[0]


def _rows(sheet: Sheet, columns: Mapping[str, int]) -> Iterator[Row]:
    known = set(columns.values())
    for number, cells in enumerate(sheet.rows[1:], 2):
        if any(fold(str(cell)) for index, cell in enumerate(cells) if index not in known):
            raise PageChanged("nothing in columns without a name", f"something in row {number}")
        row = Row(
            number,
            {name: cells[index] for name, index in columns.items()},
            {name: sheet.links.get((number, index), "") for name, index in columns.items()},
        )
        if is_row(row):
            yield row
