"""What stands in each jurisdiction: measures of the store, and the hand-checked baseline.

The map cannot be computed from new bills alone, so statutes older than the tracker are shipped in
`db/baseline/measures.csv`. Where the store has the measure, its facts replace the shipped ones;
what the measure does stays as checked by hand.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, get_args

from sqlite_utils import Database

from tracker.errors import TrackerError
from tracker.model import Kind, Stance, slug
from tracker.paths import shipped
from tracker.runs import GOOD

COURT_STATES = frozenset({"", "ruling_in_suit", "enjoined_part", "enjoined_whole"})
BINDS = frozenset({"local_agencies", "state_agencies", "private_actors", "federal", "unknown"})
CERTAINTIES = frozenset({"high", "medium", "low", "store"})
ORDERS = frozenset({"executive_order", "directive", "proclamation"})
_STATUTES = frozenset({"bill", "resolution", "ballot_question"})
_ENDED = frozenset({"rescinded", "superseded", "expired", "struck_down"})
_STANDING = frozenset({"enacted", "in_force", "in_court", "enjoined"})
_YEAR = re.compile(r"(?:19|20)\d\d")


class BaselineError(TrackerError):
    """The shipped list of measures holds a value nobody knows; the row is named."""


class Standing(NamedTuple):
    """A measure that was decided, with the days between which it counts.

    `decided_on` is the day it counts from; where only the month or year is known, the last day of
    it. `decided_as_known` is what is known. `ended_on` is the first day it no longer counts.
    `path` is its page on the site, empty for measures that only the baseline has.
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


def last_day(known: str) -> dt.date:
    """The last day that `2018`, `2018-04` or `2018-04-10` can mean. Raises ValueError."""
    parts = [int(part) for part in known.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return dt.date(year, month, day)


def _day(known: str) -> dt.date | None:
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
    }
    for column, values in allowed.items():
        if row[column] not in values:
            raise BaselineError(f"measures.csv, {key}: {column} is {row[column]!r}")
    try:
        days = [_day(row[c]) for c in ("effective_on", "ended_on", "court_on")]
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
    )


class _Kept(NamedTuple):
    """A measure as the store has it; `enacted_on` and `read_on` come from the log and the runs."""

    id: int
    jurisdiction: str
    key: str
    session: str
    identifier: str
    kind: str
    title: str
    url: str
    issued_on: str | None
    effective_on: str | None
    expires_on: str | None
    stage: str
    stage_on: str | None
    stance: str
    binds: str
    topics: str
    nonbinding: int
    enacted_on: str | None
    first_seen: str
    read_at: str


_KEPT_SQL = f"""
    SELECT m.id, m.jurisdiction, m.key, m.session, m.identifier, m.kind, m.title, m.url,
        m.issued_on, m.effective_on, m.expires_on, m.stage, m.stage_on,
        coalesce(k.stance, 'unknown'), coalesce(k.binds, 'unknown'), coalesce(k.topics, '[]'),
        coalesce(k.nonbinding, 0),
        (SELECT max(c.happened_on) FROM changes AS c WHERE c.measure = m.id
            AND c.kind = 'stage_changed' AND c.new IN ('enacted', 'in_force')),
        m.first_seen,
        (SELECT max(r.finished_at) FROM runs AS r WHERE r.source = m.source
            AND r.verdict IN ({", ".join(f"'{verdict}'" for verdict in sorted(GOOD))}))
    FROM measures AS m LEFT JOIN classifications AS k ON k.measure = m.id
    WHERE m.scope = 'core' ORDER BY m.key
"""


def standing(db: Database) -> dict[str, list[Standing]]:
    """Every measure that was ever decided, by jurisdiction, each once."""
    shipped_rows = {row.key: row for row in baseline()}
    found: dict[str, list[Standing]] = defaultdict(list)
    for row in db.conn.execute(_KEPT_SQL):
        kept = _Kept(*row)
        known = _same(kept, shipped_rows.values())
        if known and dt.date.fromisoformat(kept.read_at[:10]) < known.decided_on:
            continue  # the store was last read before the decision: it can't deny it
        if known:
            del shipped_rows[known.key]
        if (one := _from_store(kept, known)) is not None:
            found[one.jurisdiction].append(one)
    for one in shipped_rows.values():
        found[one.jurisdiction].append(one)
    return found


def _same(kept: _Kept, shipped_rows: Iterable[Standing]) -> Standing | None:
    """The shipped row about this measure: by key, else by number within a session of its years.

    Sites name sessions differently (`2026`, `2026RS`, `20252026`); a number alone is never a key.
    """
    candidates = [row for row in shipped_rows if row.jurisdiction == kept.jurisdiction]
    for row in candidates:
        if row.key == kept.key:
            return row
    years = set(_YEAR.findall(kept.session.replace("_", "-")))
    alike = [
        row
        for row in candidates
        if row.key.split("/", 2)[2] == kept.identifier
        and years & set(_YEAR.findall(row.key.split("/", 2)[1]))
    ]
    return alike[0] if len(alike) == 1 else None


def _from_store(kept: _Kept, known: Standing | None) -> Standing | None:
    """None for what is not decided, binds nobody, or is of a kind that a person must judge."""
    if not _counts(kept, known):
        return None
    decided = _decided(kept)
    if decided is None:
        return None
    order = kept.kind in ORDERS
    effective = kept.effective_on or (decided if order else None)
    topics = known.topics if known else frozenset(json.loads(kept.topics))
    return Standing(
        kept.jurisdiction,
        kept.key,
        kept.kind,
        kept.title,
        known.stance if known else kept.stance,
        known.binds if known else kept.binds,
        topics,
        dt.date.fromisoformat(decided),
        decided,
        dt.date.fromisoformat(effective) if effective else known and known.effective_on,
        _ended(kept),
        _court(kept, known),
        _court_day(kept, known),
        kept.url,
        "store",
        known.note if known else "",
        slug(kept.key),
    )


def _counts(kept: _Kept, known: Standing | None) -> bool:
    if kept.stage not in _STANDING | _ENDED or kept.nonbinding:
        return False
    return known is not None or kept.kind in _STATUTES | ORDERS


def _decided(kept: _Kept) -> str | None:
    if kept.kind in ORDERS:
        return kept.issued_on or kept.enacted_on
    if kept.stage in {"enacted", "in_force"}:
        return kept.stage_on or kept.first_seen[:10]
    return kept.enacted_on


def _ended(kept: _Kept) -> dt.date | None:
    """The first day it no longer counts. A term stated in advance ends it without a new reading."""
    days = []
    if kept.stage in _ENDED:
        days.append(dt.date.fromisoformat(kept.stage_on or kept.read_at[:10]))
    if kept.expires_on:
        days.append(dt.date.fromisoformat(kept.expires_on) + dt.timedelta(days=1))
    return min(days, default=None)


def _court(kept: _Kept, known: Standing | None) -> str:
    """The store says that a court acts, not how far; the baseline may know the part."""
    if known and known.court:
        return known.court
    return {"enjoined": "enjoined_part", "in_court": ""}.get(kept.stage, "")


def _court_day(kept: _Kept, known: Standing | None) -> dt.date | None:
    if known and known.court:
        return known.court_on
    return _day(kept.stage_on or "") if kept.stage == "enjoined" else None


def of_day(measures: Iterable[Standing], day: dt.date) -> Iterator[Standing]:
    """Those decided on or before the day and not ended by then."""
    for one in measures:
        if one.decided_on <= day and not (one.ended_on and one.ended_on <= day):
            yield one
