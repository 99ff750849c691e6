"""What ships with the product on 287(g): counts of lists of earlier days, and figures beside them.

The counts are of participating lists that were published before an installation read its first.
Agreements and agencies are counted apart, and a count that nobody made is unknown, not nought.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar, get_args
from urllib.parse import urlsplit

from tracker.baseline import BaselineError
from tracker.model import AgreementModel
from tracker.paths import shipped
from tracker.words import JURISDICTIONS

# How a list was published: as a table on ICE's page (until February 2025), as a workbook, or as a
# workbook under the name of the other list.
Form = Literal["page", "workbook", "misnamed"]
Topic = Literal["incentive", "funding", "custody"]
T = TypeVar("T")
_MODELS = frozenset({"", *get_args(AgreementModel)})
_COUNTS, _CONTEXT = "agreement-counts.csv", "agreement-context.csv"


class EarlierCount(NamedTuple):
    """One count of a participating list of the day `as_of`.

    `state` and `model` are empty where the count is not by it; at most one is given. `agencies` is
    None where the list's agencies were not counted.
    """

    as_of: dt.date
    state: str
    model: str
    agreements: int
    agencies: int | None
    form: Form
    source_url: str


class ContextFigure(NamedTuple):
    """A figure that others state, on their word; `as_of` is the day they said it.

    `told_by` names who passed the statement on where their own words were not at hand. `state` is
    empty for the whole country.
    """

    topic: Topic
    state: str
    figure: str
    what: str
    as_of: dt.date
    said_by: str
    told_by: str
    source_url: str


@lru_cache(maxsize=1)
def earlier_counts() -> tuple[EarlierCount, ...]:
    """The shipped counts, by day. Raises BaselineError naming the row that can't be read."""
    found = [_read(_count, _COUNTS, line, row) for line, row in _rows(_COUNTS)]
    keys = [(one.as_of, one.state, one.model) for one in found]
    if keys != sorted(set(keys)):
        raise BaselineError(f"{_COUNTS}: rows are not in order, or one is there twice")
    return tuple(found)


@lru_cache(maxsize=1)
def context_figures() -> tuple[ContextFigure, ...]:
    """The shipped figures, in the order shown. Raises BaselineError naming the row."""
    return tuple(_read(_figure, _CONTEXT, line, row) for line, row in _rows(_CONTEXT))


def _rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    with (shipped("db") / "baseline" / name).open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), 2)


def _read(make: Callable[[dict[str, str]], T], name: str, line: int, row: dict[str, str]) -> T:
    try:
        return make(row)
    except (KeyError, ValueError) as error:
        raise BaselineError(f"{name}, line {line}: {error}") from error


def _count(row: dict[str, str]) -> EarlierCount:
    agencies = int(row["agencies"]) if row["agencies"] else None
    one = EarlierCount(
        dt.date.fromisoformat(row["as_of"]),
        _state(row),
        _one_of(row, "model", _MODELS),
        int(row["agreements"]),
        agencies,
        _one_of(row, "form", get_args(Form)),  # type: ignore[arg-type]
        _source(row),
    )
    if one.agreements < (agencies or 0) or (one.state and one.model):
        raise ValueError(f"not a count by state or by model: {row}")
    return one


def _figure(row: dict[str, str]) -> ContextFigure:
    return ContextFigure(
        _one_of(row, "topic", get_args(Topic)),  # type: ignore[arg-type]
        _state(row),
        _said(row, "figure"),
        _said(row, "what"),
        dt.date.fromisoformat(row["as_of"]),
        _said(row, "said_by"),
        row["told_by"],
        _source(row),
    )


def _state(row: dict[str, str]) -> str:
    if row["state"] and f"us-{row['state']}" not in JURISDICTIONS:
        raise ValueError(f"no state {row['state']!r}")
    return row["state"]


def _one_of(row: dict[str, str], column: str, allowed: Collection[str]) -> str:
    if row[column] not in allowed:
        raise ValueError(f"{column} is {row[column]!r}")
    return row[column]


def _said(row: dict[str, str], column: str) -> str:
    if not row[column]:
        raise ValueError(f"no {column}")
    return row[column]


def _source(row: dict[str, str]) -> str:
    if urlsplit(row["source_url"]).scheme != "https":
        raise ValueError(f"no address of a source: {row['source_url']!r}")
    return row["source_url"]
