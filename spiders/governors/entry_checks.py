"""The table of governors' sources, read and checked in whole.

An entry that is not in its form stops the program with the entry's code and the field: half a table
is never read.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import soupsieve

from spiders.governors.entries import Entry, Field, Office, Row, Text
from spiders.governors.order_numbers import NUMBERS

_LISTS = frozenset({"html_list", "json_list"})


def read_table(path: Path) -> dict[str, Entry]:
    """Entries by code. Raises ValueError naming entry and field where one is not in its form."""
    try:
        found = msgspec.yaml.decode(path.read_bytes(), type=dict[str, Entry])
    except msgspec.DecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    for code, entry in found.items():
        for wrong in _wrong(code, entry):
            raise ValueError(f"{path}: {code}: {wrong}")
    return found


def _wrong(code: str, entry: Entry) -> list[str]:
    """What the types can't say of an entry."""
    row, text = entry.row, entry.text
    told = [
        ("its code ends with its state's letters", code[-2:] == entry.jurisdiction[-2:]),
        ("a list has `row`, others none", (row is None) == (entry.family not in _LISTS)),
        (
            "a feed says what `announces` an order",
            (entry.family == "feed") == bool(entry.announces),
        ),
        ("`first_year` where an address has {year}", _has_year(entry) == bool(entry.first_year)),
        ("terms follow one another", _follow(entry.terms)),
        ("a pattern for texts, of pages with `at` or `pdf`", text is None or _complete(text)),
        ("`pages` with the `parameter`", row is None or not row.pages or bool(row.parameter)),
        ("numbers as NUMBERS has them", {entry.numbers, entry.in_texts} <= set(NUMBERS)),
        ("a day in the list, in the number or in the text", row is None or _dated(entry, row)),
        ("patterns that are patterns", _compile(entry)),
        ("selectors that are selectors", _selectors(entry)),
    ]
    return [f"not so: {rule}" for rule, holds in told if not holds]


def _has_year(entry: Entry) -> bool:
    return any("{year}" in address for address in entry.addresses)


def _follow(terms: list[Office]) -> bool:
    days = [day for term in terms for day in (term.begin, term.end)]
    return days == sorted(days)


def _complete(text: Text) -> bool:
    needs = {
        "pdf": True,
        "page": text.at and text.landmark,
        "pdf_of_page": text.pdf and text.landmark,
    }
    return bool(needs[text.is_in])


def _dated(entry: Entry, row: Row) -> bool:
    """A number that may be a count alone tells no session: the list must have the day."""
    return bool(row.day and row.days) or not re.fullmatch(r"(?:.* or )?N(?:\.N)?", entry.numbers)


def _compile(entry: Entry) -> bool:
    """Patterns that find a thing have no groups, those that take a value have one."""
    finding = [entry.announces, *(one.called for one in entry.series)]
    taking: list[str] = []
    if row := entry.row:
        finding += [row.only, row.landmark, row.empty, *row.leave_out.values()]
        taking = [field.like for field in _fields(row) if field.like]
    try:
        return all(re.compile(pattern).groups == 0 for pattern in finding) and all(
            re.compile(pattern).groups == 1 for pattern in taking
        )
    except re.error:
        return False


def _fields(row: Row) -> list[Field]:
    known = (row.link, row.number, row.title, row.day, row.pages)
    return [field for field in known if field is not None]


def _selectors(entry: Entry) -> bool:
    found = [entry.text.at, entry.text.pdf] if entry.text else []
    if (row := entry.row) and entry.family == "html_list":
        found += [row.each, row.next, *(field.at for field in _fields(row))]
    try:
        for selector in filter(None, found):
            soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError:
        return False
    return True
