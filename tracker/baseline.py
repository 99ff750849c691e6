"""Measures decided before the tracker watched, or not yet read by it: a list checked by hand.

The map cannot be computed from new bills alone. Where a day is known only to the month or year,
the list says just that.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, get_args

from tracker.errors import TrackerError
from tracker.model import STAGES, Kind, Stance
from tracker.paths import shipped

COURT_STATES = frozenset({"", "ruling_in_suit", "enjoined_part", "enjoined_whole"})
BINDS = frozenset({"local_agencies", "state_agencies", "private_actors", "federal", "unknown"})
CERTAINTIES = frozenset({"high", "medium", "low", "store"})


class BaselineError(TrackerError):
    """The shipped list of measures holds a value nobody knows; the row is named."""


class Standing(NamedTuple):
    """A measure that was decided, with the days between which it counts.

    `decided_on` is the day it counts from; where only the month or year is known, the last day of
    it. `decided_as_known` is what is known. `ended_on` is the first day it no longer counts; what is
    known of it is `ended_as_known`, empty where that is the day itself.
    `path` is its page on the site, empty for measures that only the baseline has. `confidence` is
    that of the machine's reading; 1 where a person checked what the measure does. `counts` is whether
    it takes part in the posture: vetoes, local acts, suits and advice never do.
    """

    jurisdiction: str
    key: str
    kind: str
    title: str
    stance: str
    binds: str
    topics: frozenset[str]
    decided_on: dt.date
    decided_as_known: str
    effective_on: dt.date | None
    ended_on: dt.date | None
    court: str
    court_on: dt.date | None
    source_url: str
    certainty: str
    note: str
    path: str = ""
    confidence: float = 1.0
    status: str = ""
    counts: bool = True
    ended_as_known: str = ""


def last_day(known: str) -> dt.date:
    """The last day that `2018`, `2018-04` or `2018-04-10` can mean. Raises ValueError."""
    parts = [int(part) for part in known.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return dt.date(year, month, day)


def day_of(known: str) -> dt.date | None:
    return last_day(known) if known else None


@lru_cache(maxsize=1)
def baseline() -> tuple[Standing, ...]:
    """The shipped measures. Raises BaselineError naming the row that can't be read."""
    with (shipped("db") / "baseline" / "measures.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_checked(row) for row in csv.DictReader(file))


def _checked(row: dict[str, str]) -> Standing:
    key = row["key"]
    allowed: dict[str, Iterable[str]] = {
        "kind": get_args(Kind),
        "stance": get_args(Stance),
        "binds": BINDS,
        "court": COURT_STATES,
        "certainty": CERTAINTIES,
        "status": STAGES,
        "counts": ("yes", "no"),
    }
    for column, values in allowed.items():
        if row[column] not in values:
            raise BaselineError(f"measures.csv, {key}: {column} is {row[column]!r}")
    try:
        days = [day_of(row[c]) for c in ("effective_on", "ended_on", "court_on")]
        decided = last_day(row["decided_on"])
    except ValueError as error:
        raise BaselineError(f"measures.csv, {key}: not a day: {error}") from error
    effective, ended, court = days
    return Standing(
        row["jurisdiction"],
        key,
        row["kind"],
        row["title"],
        row["stance"],
        row["binds"],
        frozenset(row["topics"].split()),
        decided,
        row["decided_on"],
        effective,
        ended,
        row["court"],
        court,
        row["source_url"],
        row["certainty"],
        row["note"],
        status=row["status"],
        counts=row["counts"] == "yes",
        ended_as_known=row["ended_on"],
    )
