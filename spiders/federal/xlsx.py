"""Workbooks (.xlsx) as untrusted input.

A workbook is a zip of XML parts. Everything is bounded before a cell is read: the archive, each
part as it really unpacks (headers lie), the grid a far-away cell would open, and the shared texts
each cell may repeat. Only XML parts are handed on, so macros and pictures never are. python-calamine
reads the cells; it knows no hyperlinks, so those are read here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

MAX_BODY = 16 << 20
MAX_MEMBERS = 200
MAX_MEMBER = 32 << 20
MAX_UNPACKED = 64 << 20
# Sheets of one repeated row pack about 50 to 1; deflate itself ends near 1 000 to 1.
MAX_RATIO = 300
MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_CELLS = 200_000
MAX_SHARED_TEXT = 2_000

Cell = int | float | str | bool | time | date | datetime | timedelta

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::[A-Z]{1,3}[1-9][0-9]{0,6})?")


class BadWorkbook(ValueError):  # noqa: N818  (named for what it is)
    """Not a workbook, or one that is larger, odder or other than what is read here."""


class Sheet(NamedTuple):
    """`rows` start at row 1, column A; `links` are hyperlink targets by (row from 1, column from 0)."""

    name: str
    rows: list[list[Cell]]
    links: Mapping[tuple[int, int], str]


def read_sheets(body: bytes) -> list[Sheet]:
    """Every sheet, hidden rows and hidden sheets included. Raises BadWorkbook."""
    parts = _parts(body)
    _parse(parts.get("xl/sharedStrings.xml", b"<sst/>"), _SharedTexts())
    sheets = [(name, _links(parts, path)) for name, path in _sheet_paths(parts).items()]
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts))) as book:
            return [
                Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), links)
                for name, links in sheets
            ]
    except CalamineError as error:
        raise BadWorkbook(f"the workbook can't be read: {error}") from error


def _parts(body: bytes) -> dict[str, bytes]:
    """The XML parts by name, unpacked within bounds."""
    if not body.startswith(b"PK"):
        raise BadWorkbook(f"not a workbook: the answer begins with {body[:16]!r}, not with PK")
    if len(body) > MAX_BODY:
        raise BadWorkbook(f"{len(body)} bytes, more than {MAX_BODY}")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return dict(_unpacked(archive))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise BadWorkbook(f"not a whole zip archive: {error}") from error


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or len({m.filename for m in members}) != len(members):
        raise BadWorkbook(f"{len(members)} parts: more than {MAX_MEMBERS}, or two of one name")
    total = 0
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        if member.flag_bits & 1:
            raise BadWorkbook(f"{member.filename} is encrypted")
        with archive.open(member) as packed:
            data = packed.read(MAX_MEMBER + 1)
        total += len(data)
        if len(data) > MAX_MEMBER or total > MAX_UNPACKED:
            raise BadWorkbook(f"{member.filename} unpacks to more than {MAX_MEMBER} bytes")
        if len(data) > MAX_RATIO * max(member.compress_size, 1_000):
            raise BadWorkbook(f"{member.filename} unpacks to over {MAX_RATIO} times its size")
        yield member.filename, data


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """The checked parts as an archive of their own: what is read is what was bounded."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _sheet_paths(parts: Mapping[str, bytes]) -> dict[str, str]:
    if "xl/workbook.xml" not in parts:
        raise BadWorkbook("a zip archive, but not a workbook: it has no xl/workbook.xml")
    targets = _relations(parts, "xl/workbook.xml")
    found: dict[str, str] = {}
    for tag, attributes in _parse(parts["xl/workbook.xml"], _Elements({f"{_NS}sheet"})):
        target = targets.get(attributes.get(_REL, ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in parts and path.startswith("xl/worksheets/"):
            found[attributes["name"]] = path
    if not found:
        raise BadWorkbook("the workbook has no sheet")
    return found


def _relations(parts: Mapping[str, bytes], path: str) -> dict[str, str]:
    folder, _, name = path.rpartition("/")
    data = parts.get(f"{folder}/_rels/{name}.rels")
    if data is None:
        return {}
    elements = _parse(data, _Elements(None))
    return {a["Id"]: a["Target"] for _, a in elements if "Id" in a and "Target" in a}


def _links(parts: Mapping[str, bytes], path: str) -> dict[tuple[int, int], str]:
    targets = _relations(parts, path)
    wanted = _parse(parts[path], _BoundedSheet())
    cells = ((position(a.get("ref", "")), targets.get(a.get(_REL, ""), "")) for _, a in wanted)
    return {cell: target for cell, target in cells if target}


def position(reference: str) -> tuple[int, int]:
    """`G12`, or the first cell of `G12:H13`, as (row from 1, column from 0). Raises BadWorkbook."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise BadWorkbook(f"not the address of a cell: {reference[:40]!r}")
    letters, digits = found.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    if int(digits) > MAX_ROWS or column > MAX_COLUMNS:
        raise BadWorkbook(f"cell {reference} lies beyond {MAX_ROWS} rows or {MAX_COLUMNS} columns")
    return int(digits), column - 1


Attributes = Mapping[str, str]
Element = tuple[str, dict[str, str]]


class _Elements:
    """Parser target: collects the elements of the given tags, or all; no tree is built."""

    def __init__(self, tags: set[str] | None) -> None:
        self._tags = tags
        self._found: list[Element] = []

    def doctype(self, *_: str | None) -> None:
        raise BadWorkbook("a part of the workbook declares a document type")

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._tags is None or tag in self._tags:
            self._found.append((tag, dict(attributes)))

    def data(self, text: str) -> None:
        """Text is of no interest here."""

    def end(self, tag: str) -> None:
        """Nor is where an element ends."""

    def close(self) -> list[Element]:
        return self._found


class _BoundedSheet(_Elements):
    """Hyperlinks of a sheet; every cell is checked to lie within the bounds."""

    def __init__(self) -> None:
        super().__init__({f"{_NS}hyperlink"})
        self._cells = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == f"{_NS}c":
            self._cells += 1
            position(attributes.get("r", ""))
            if self._cells > MAX_CELLS:
                raise BadWorkbook(f"a sheet of more than {MAX_CELLS} cells")
        super().start(tag, attributes)


class _SharedTexts(_Elements):
    """Shared texts are repeated by each cell that names them, so a long one is a bomb."""

    def __init__(self) -> None:
        super().__init__(set())
        self._length = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == f"{_NS}si":
            self._length = 0

    def data(self, text: str) -> None:
        self._length += len(text)
        if self._length > MAX_SHARED_TEXT:
            raise BadWorkbook(f"a cell's text is longer than {MAX_SHARED_TEXT} characters")


def _parse(data: bytes, target: _Elements) -> list[Element]:
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True)
    try:
        elements: list[Element] = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadWorkbook(f"a part of the workbook is not well-formed XML: {error}") from error
    return elements
