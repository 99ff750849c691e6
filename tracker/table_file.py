"""A small table that a person wrote, as CSV or as YAML, into rows of text; strict and bounded.

Both forms give the same rows: text by column, white space folded. Nothing is guessed: a column that
is missing or unknown, a row of another length, an alias or a nested value is told with its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml

from tracker.errors import TrackerError
from tracker.model import fold

_MOST_BYTES, _MOST_ROWS = 4 * 1024 * 1024, 5_000
_MOST_TOLD = 20
# A mapping in a list, and nothing within its values.
_DEPTH = 2


class Fault(NamedTuple):
    """One thing wrong: `row` counts from 1, 0 is the file itself; `column` may be empty."""

    row: int
    line: int
    column: str
    what: str

    def __str__(self) -> str:
        where = f"row {self.row} (line {self.line})" if self.row else f"line {self.line}"
        return f"{where}{f', {self.column}' if self.column else ''}: {self.what}"


class BadTable(TrackerError):
    """The file can't be taken; every fault is told with row, line and column."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        told = [f"  {fault}" for fault in faults[:_MOST_TOLD]]
        more = len(faults) - len(told)
        if more:
            told.append(f"  … and {more} more")
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{name}: {count}, nothing was imported.\n" + "\n".join(told))
        self.faults = list(faults)


class Row(NamedTuple):
    number: int
    line: int
    cells: dict[str, str]


def read_table(name: str, body: bytes, columns: Sequence[str]) -> list[Row]:
    """The rows of a file whose columns are exactly `columns`, in any order; in YAML, columns that
    hold nothing may be left out. Raises BadTable."""
    try:
        rows = list(_rows(name, _text(body), columns))
    except _Refused as refused:
        raise BadTable(name, [refused.fault]) from refused
    if not rows:
        raise BadTable(name, [Fault(0, 1, "", "no rows; write one row for each measure")])
    return rows


class _Refused(Exception):
    def __init__(self, row: int, line: int, what: str, column: str = "") -> None:
        super().__init__(what)
        self.fault = Fault(row, line, column, what)


def _text(body: bytes) -> str:
    if len(body) > _MOST_BYTES:
        raise _Refused(0, 1, f"larger than {_MOST_BYTES:,} bytes; split it into several files")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise _Refused(0, line, "not UTF-8; save the file as UTF-8") from error
    for number, line_text in enumerate(text.split("\n"), start=1):
        # A no-break space is no letter to Python, and pasted text is full of them.
        if not re.sub(r"[\t\xa0]|\r$", "", line_text).isprintable():
            raise _Refused(0, number, "a character that can't be printed; type the line anew")
    return text


def _rows(name: str, text: str, columns: Sequence[str]) -> Iterator[Row]:
    is_yaml = name.lower().endswith((".yaml", ".yml"))
    found = _yaml_rows(text, columns) if is_yaml else _csv_rows(text, columns)
    for number, row in enumerate(found, start=1):
        if number > _MOST_ROWS:
            raise _Refused(number, row.line, f"more than {_MOST_ROWS:,} rows; split the file")
        yield row


def _csv_rows(text: str, columns: Sequence[str]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line, number = 1, 0
    try:
        head = [fold(cell) for cell in next(reader, [])]
        _check_names(head, columns, columns, 0, 1)
        line = reader.line_num + 1
        for cells in reader:
            if any(map(str.strip, cells)):
                number += 1
                if len(cells) != len(head):
                    told = f"{len(cells)} cells, the head has {len(head)}; put quotes around commas"
                    raise _Refused(number, line, told)
                folded = map(fold, cells)
                yield Row(number, line, dict(zip(head, folded, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _Refused(number + 1, line, f"not CSV: {error}; mend the quotes") from error


def _yaml_rows(text: str, columns: Sequence[str]) -> Iterator[Row]:
    try:
        _check_events(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = str(getattr(error, "problem", None) or error)
        raise _Refused(0, mark.line + 1 if mark else 1, f"not YAML: {told}") from error
    if not isinstance(root, yaml.SequenceNode):
        raise _Refused(0, 1, "not a list; begin each measure with `- `")
    for number, node in enumerate(root.value, start=1):
        yield _yaml_row(number, node, columns)


def _yaml_row(number: int, node: yaml.Node, columns: Sequence[str]) -> Row:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise _Refused(number, line, "not `column: value` lines")
    cells = dict.fromkeys(columns, "")
    names = []
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            raise _Refused(number, key.start_mark.line + 1, "a value that is not one text")
        names.append(key.value)
        cells[key.value] = "" if value.tag == "tag:yaml.org,2002:null" else fold(value.value)
    _check_names(names, columns, (), number, line)
    return Row(number, line, cells)


def _check_events(text: str) -> None:
    """Refuse what YAML has beyond lists of texts before anything is built from it."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(0, line, "an alias (`*` or `&`); put the text in quotes")
        if getattr(event, "tag", None):
            raise _Refused(0, line, "a tag (`!`); put the text in quotes")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH:
                raise _Refused(0, line, "a value that is not one text")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _check_names(
    found: Sequence[str], known: Sequence[str], required: Sequence[str], row: int, line: int
) -> None:
    for name in found:
        if name not in known:
            told = f"no such column; the columns are {', '.join(known)}"
            raise _Refused(row, line, told, name or "(no name)")
        if found.count(name) > 1:
            raise _Refused(row, line, "the column is there twice", name)
    for name in required:
        if name not in found:
            raise _Refused(row, line, "the column is missing; leave it empty if need be", name)
