"""Rows of New Hampshire's dumps: fields between `|`, one record a line, no head, UTF-8."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from spiders.reading import PageChanged, match, measure_number
from tracker.model import Kind, fold

# LSRs.txt has 36 to 39 columns: year, number of the request, title, house, …, number of the bill.
_BILL_COLUMNS, _PAGE_COLUMNS = 33, 8
_NOTES = re.compile(r"(?:\([^)]*\)\s*)+(?=\S)")
_KINDS: dict[str, Kind] = {
    "HB": "bill",
    "SB": "bill",
    "SSHB": "bill",
    "SSSB": "bill",
    "CACR": "resolution",
    "HCR": "resolution",
    "SCR": "resolution",
    "HJR": "resolution",
    "SJR": "resolution",
    "HR": "resolution",
    "SR": "resolution",
    "HCO": "resolution",
    "SCO": "resolution",
    "HA": "resolution",
}


class Bill(NamedTuple):
    """`page` is the number of the bill's page, "" where it is not known."""

    session: str
    identifier: str
    house: str
    title: str
    page: str


def records(text: str, at_least: int) -> Iterator[list[str]]:
    """Records of one width. A title with a line break breaks its record over lines: they are joined.

    Raises PageChanged where a record is wider than the first, or the last one is cut off.
    """
    if not text.endswith("\n"):
        raise PageChanged("a last row that is ended", text[-80:])
    width, broken = 0, ""
    whole: list[str] = []
    for line in text.splitlines():
        if not broken and "|" not in line and whole:
            whole[-1] = fold(f"{whole[-1]} {line}")
            continue
        broken = f"{broken} {line}" if broken else line
        fields = [fold(field) for field in broken.split("|")]
        width = width or len(fields)
        if width < at_least or len(fields) > width:
            raise PageChanged(f"at least {at_least} columns, the same in each row", broken[:200])
        if len(fields) == width:
            if whole:
                yield whole
            whole, broken = fields, ""
    if broken:
        raise PageChanged(f"{width} columns in the last row", broken[:200])
    yield whole


def kind_of(identifier: str) -> Kind:
    letters = identifier.split()[0]
    if letters not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", identifier)
    return _KINDS[letters]


def row_key(year: str, request: str, number: str) -> str:
    """Numbers of bills and of requests are of two years, the odd one and the next."""
    return f"{(int(match(r'[0-9]{4}', year)[0]) + 1) // 2}/{request.zfill(4)}/{number.upper()}"


def pages_of(text: str) -> dict[str, str]:
    """The number of the page of each bill, by the bill's; a row is one sponsor's."""
    found: dict[str, str] = {}
    for request, _, page, _, _, bill, *_ in records(text, _PAGE_COLUMNS):
        match(r"\d\d-\d{4}", request)
        if bill:
            found[bill.upper()] = match(r"\d+", page)[0]
    return found


def bills_of(
    text: str,
    sessions: Collection[str],
    pages: Mapping[str, str],
    reject: Callable[[str], None],
) -> dict[str, Bill]:
    """Bills by the key of their rows in the docket."""
    found: dict[str, Bill] = {}
    for row in records(text, _BILL_COLUMNS):
        year, request, title, house, number = row[0], row[1], row[2], row[3], row[10]
        if year not in sessions:
            reject("bill of another session")
        elif not number:
            reject("request that is no bill yet")
        elif number.upper().startswith("PET"):
            reject("petition")
        else:
            identifier = measure_number(number)
            kind_of(identifier)
            told = Bill(
                session=year,
                identifier=identifier,
                house=match(r"[HS]", house)[0],
                title=_NOTES.sub("", title, count=1) if title.startswith("(") else title,
                page=pages.get(number.upper(), ""),
            )
            found[row_key(year, request, number)] = told
    if not found:
        raise PageChanged(f"bills of the session {' or '.join(sessions)}", "none")
    return found
