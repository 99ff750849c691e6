"""Workbooks (.xlsx) as untrusted input.

A workbook is a zip of XML parts. Everything is bounded before a cell is read: the archive, each
part as it really unpacks (headers lie), the grid that a far-away cell would open, and the shared
texts that each cell may repeat. Only XML parts are handed on, so macros and pictures never are.
python-calamine reads the cells; it knows no hyperlinks, so those are read here. What is out of
bounds or not a workbook raises PageChanged.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, cast

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from spiders.reading import PageChanged

MAX_BODY = 16 << 20
MAX_MEMBERS = 200
MAX_MEMBER = 32 << 20
MAX_UNPACKED = 64 << 20
# Sheets of one repeated row pack about 50 to 1; deflate itself ends near 1 000 to 1.
MAX_RATIO = 300
MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_CELLS = 200_000
MAX_LINKED = 1_000
MAX_SHARED_TEXT = 2_000

Cell = int | float | str | bool | time | date | datetime | timedelta

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SAVED = re.compile(rb"<dcterms:modified[^>]{0,500}>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)<")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::[A-Z]{1,3}[1-9][0-9]{0,6})?")


class Sheet(NamedTuple):
    """`rows` start at row 1, column A; `links` are targets by (row from 1, column from 0)."""

    name: str
    rows: list[list[Cell]]
    links: Mapping[tuple[int, int], str]


def read_sheets(body: bytes) -> list[Sheet]:
    """Every sheet, hidden rows and hidden sheets included."""
    parts = _parts(body)
    for data in parts.values():
        _parse(data, _Bounded())
    sheets = [(name, _links(parts, path)) for name, path in _sheet_paths(parts).items()]
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts))) as book:
            return [
                Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), links)
                for name, links in sheets
            ]
    except CalamineError as error:
        raise PageChanged("a readable workbook", str(error)) from error


def saved_at(body: bytes) -> str:
    """When the workbook was last saved, by its own properties, as `2026-02-17T20:10:09Z`; "" where
    they do not say. Of that form, times can be compared as text."""
    properties = _parts(body).get("docProps/core.xml", b"")
    found = _SAVED.search(properties)
    return found.group(1).decode() if found else ""


def _parts(body: bytes) -> dict[str, bytes]:
    """The XML parts by name, unpacked within bounds."""
    if not body.startswith(b"PK"):
        raise PageChanged("a workbook, which begins with PK", repr(body[:40]))
    if len(body) > MAX_BODY:
        raise PageChanged(f"at most {MAX_BODY} bytes", f"{len(body)}")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return dict(_unpacked(archive))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise PageChanged("a whole zip archive", str(error)) from error


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or len({m.filename.lower() for m in members}) != len(members):
        raise PageChanged(f"at most {MAX_MEMBERS} parts, each once", f"{len(members)} parts")
    total = 0
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        if member.flag_bits & 1:
            raise PageChanged("a workbook without password", f"{member.filename} encrypted")
        with archive.open(member) as packed:
            data = packed.read(MAX_MEMBER + 1)
        total += len(data)
        if len(data) > MAX_MEMBER or total > MAX_UNPACKED:
            raise PageChanged(f"{MAX_MEMBER} bytes at most in a part", f"{member.filename}: more")
        if len(data) > MAX_RATIO * max(member.compress_size, 1_000):
            raise PageChanged(f"{MAX_RATIO} to 1 at most", f"{member.filename} packed more")
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
        raise PageChanged("xl/workbook.xml in the archive", f"{sorted(parts)[:10]}")
    targets = _relations(parts, "xl/workbook.xml")
    found: dict[str, str] = {}
    for attributes in _parse(parts["xl/workbook.xml"], _Elements("sheet")):
        target = targets.get(attributes.get(_REL, ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in parts and path.startswith("xl/worksheets/"):
            found[attributes.get("name", "")] = path
    if not found:
        raise PageChanged("a sheet in the workbook", "none")
    return found


def _relations(parts: Mapping[str, bytes], path: str) -> dict[str, str]:
    folder, _, name = path.rpartition("/")
    data = parts.get(f"{folder}/_rels/{name}.rels")
    if data is None:
        return {}
    found = _parse(data, _Elements("Relationship"))
    return {one["Id"]: one["Target"] for one in found if "Id" in one and "Target" in one}


def _links(parts: Mapping[str, bytes], path: str) -> dict[tuple[int, int], str]:
    targets = _relations(parts, path)
    found: dict[tuple[int, int], str] = {}
    for link in _parse(parts[path], _Elements("hyperlink")):
        target = targets.get(link.get(_REL, ""), "")
        if target:
            found |= dict.fromkeys(_cells(link.get("ref", "")), target)
    return found


def _cells(reference: str) -> Iterator[tuple[int, int]]:
    """Every cell of `G12` or `G12:H13`: one link can stand for several rows."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = position(first), position(last or first)
    if (bottom - top + 1) * (right - left + 1) > MAX_LINKED:
        raise PageChanged(f"a link over at most {MAX_LINKED} cells", reference)
    return itertools.product(range(top, bottom + 1), range(left, right + 1))


def position(reference: str) -> tuple[int, int]:
    """`G12`, or the first cell of `G12:H13`, as (row from 1, column from 0)."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise PageChanged("the address of a cell", repr(reference))
    letters, digits = found.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    if int(digits) > MAX_ROWS or column > MAX_COLUMNS:
        raise PageChanged(f"{MAX_ROWS} rows and {MAX_COLUMNS} columns at most", f"cell {reference}")
    return int(digits), column - 1


Attributes = Mapping[str, str]


class _Elements:
    """Parser target: the attributes of each element of one local name; no tree is built.

    Namespaces are left out of account, as by the reader of the cells.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[Attributes] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if _local(tag) == self._name:
            self._found.append(dict(attributes))

    def close(self) -> list[Attributes]:
        return self._found


class _Bounded(_Elements):
    """Refuses a part with a document type, too many or too distant cells, or a long shared text.

    Each cell that names a shared text repeats it, so that one long text is a bomb.
    """

    def __init__(self) -> None:
        super().__init__("")
        self._cells = 0
        self._shared: int | None = None

    def doctype(self, *_: str | None) -> None:
        raise PageChanged("a part without a document type", "a DOCTYPE")

    def start(self, tag: str, attributes: Attributes) -> None:
        name = _local(tag)
        if name == "c":
            self._cells += 1
            position(attributes.get("r", ""))
        elif name == "si":
            self._shared = 0
        if self._cells > MAX_CELLS:
            raise PageChanged(f"a sheet of at most {MAX_CELLS} cells", "more")

    def data(self, text: str) -> None:
        if self._shared is not None:
            self._shared += len(text)
            if self._shared > MAX_SHARED_TEXT:
                raise PageChanged(f"{MAX_SHARED_TEXT} characters at most in a cell", "more")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _parse(data: bytes, target: _Elements) -> list[Attributes]:
    # A target may leave out what it does not need; the stubs ask for all of it.
    parser = etree.XMLParser(target=cast(Any, target), resolve_entities=False, no_network=True)
    try:
        found: Any = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PageChanged("well-formed XML in each part", str(error)) from error
    return cast(list[Attributes], found)
