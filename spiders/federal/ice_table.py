"""The participating list as ICE published it until February 2025: a table on the programme page.

The same columns as the first workbooks, without TYPE and COUNTY; an addendum is a second link
beside that of the memorandum.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.federal.ice_list import (
    REQUIRED,
    Published,
    Row,
    column_names,
    column_places,
    is_row,
    read_list,
)
from spiders.reading import PageChanged
from tracker.model import Agreement, AgreementList

_CELLS = ("th", "td")


def list_tables(soup: BeautifulSoup) -> list[Tag]:
    """The tables whose first row names the columns of a list."""
    return [table for table in soup.select("table") if set(_names(table)) >= REQUIRED]


def read_table(
    table: Tag, *, body: bytes, url: str, as_of: dt.date, file_name: str
) -> tuple[AgreementList, list[Agreement]]:
    """The participating list. `body` and `url` are the page's; raises as `read_list` does."""
    columns = column_places(_names(table))
    rows = [row for row in _rows(table, list(columns), url) if is_row(row)]
    found = Published(body, columns, rows)
    return read_list(found, list_name="participating", as_of=as_of, file_name=file_name)


def _names(table: Tag) -> list[str]:
    first = table.find("tr")
    if not isinstance(first, Tag):
        return []
    return column_names([cell.get_text(" ") for cell in first.find_all(_CELLS)])


def _rows(table: Tag, columns: Sequence[str], url: str) -> Iterator[Row]:
    for number, line in enumerate(table.find_all("tr")[1:], 2):
        cells = line.find_all(_CELLS)
        if len(cells) != len(columns):
            raise PageChanged(f"{len(columns)} cells in row {number}", f"{len(cells)}")
        named = dict(zip(columns, cells, strict=True))
        text = {name: cell.get_text(" ") for name, cell in named.items()}
        yield Row(number, text, _links(named, url))


def _links(cells: dict[str, Tag], url: str) -> dict[str, str]:
    """The first link of each cell, but of an addendum beside its memorandum by its words."""
    found: dict[str, str] = {}
    for name, cell in cells.items():
        for link in cell.select("a[href]"):
            addendum = name == "MOA" and "addendum" in link.get_text().lower()
            found.setdefault("ADDENDUM" if addendum else name, urljoin(url, str(link["href"])))
    return found
