"""What stands in each jurisdiction: measures of the store, and the hand-checked baseline.

Where the store has a measure of the baseline, its facts replace the shipped ones; what the measure
does stays as checked by hand.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.baseline import Standing, baseline, day_of
from tracker.court_effects import rulings, unruled
from tracker.model import slug
from tracker.runs import GOOD

ORDERS = frozenset({"executive_order", "directive", "proclamation"})
_STATUTES = frozenset({"bill", "resolution", "ballot_question"})
_ENDED = frozenset({"rescinded", "superseded", "expired", "struck_down"})
_STANDING = frozenset({"enacted", "in_force", "in_court", "enjoined"})
_YEAR = re.compile(r"(?:19|20)\d\d")


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
    confidence: float
    enacted_on: str | None
    first_seen: str
    read_at: str


_KEPT_SQL = f"""
    SELECT m.id, m.jurisdiction, m.key, m.session, m.identifier, m.kind, m.title, m.url,
        m.issued_on, m.effective_on, m.expires_on, m.stage, m.stage_on,
        coalesce(k.stance, 'unknown'), coalesce(k.binds, 'unknown'), coalesce(k.topics, '[]'),
        coalesce(k.nonbinding, 0), coalesce(k.confidence, 0),
        (SELECT max(c.happened_on) FROM changes AS c WHERE c.measure = m.id
            AND c.kind = 'stage_changed' AND c.new IN ('enacted', 'in_force')),
        m.first_seen, read.at
    FROM measures AS m LEFT JOIN classifications AS k ON k.measure = m.id
    LEFT JOIN (
        SELECT source, max(finished_at) AS at FROM runs
        WHERE verdict IN ({", ".join(f"'{verdict}'" for verdict in sorted(GOOD))}) GROUP BY source
    ) AS read ON read.source = m.source
    WHERE m.scope = 'core' AND m.place = '' ORDER BY m.key
"""


def standing(connection: sqlite3.Connection) -> dict[str, list[Standing]]:
    """Every measure that was ever decided, by jurisdiction, each once."""
    shipped_rows = {row.key: row for row in baseline() if row.counts}
    ruled = rulings(connection)
    found: dict[str, list[Standing]] = defaultdict(list)
    for row in connection.execute(_KEPT_SQL):
        kept = _Kept(*row)
        known = _same(kept, shipped_rows.values())
        if known and dt.date.fromisoformat(kept.read_at[:10]) < known.decided_on:
            continue  # the store was last read before the decision: it can't deny it
        if known:
            del shipped_rows[known.key]
        if (one := _from_store(kept, known)) is not None:
            found[one.jurisdiction].append(ruled.get(one.key, unruled)(one))
    for one in shipped_rows.values():
        found[one.jurisdiction].append(ruled.get(one.key, unruled)(one))
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
        if _bare(row.key.split("/", 2)[2]) == _bare(kept.identifier)
        and years & set(_YEAR.findall(row.key.split("/", 2)[1]))
    ]
    return alike[0] if len(alike) == 1 else None


def _bare(identifier: str) -> str:
    """`HB 0044`, `H.B. 44` and `HB44` are one number."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[^A-Z0-9]", "", identifier.upper()))


def _from_store(kept: _Kept, known: Standing | None) -> Standing | None:
    """None for what is not decided, binds nobody, or is of a kind that a person must judge."""
    if not _counts(kept, known):
        return None
    decided = _decided(kept) or (known.decided_on.isoformat() if known else kept.first_seen[:10])
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
        1.0 if known else kept.confidence,
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
    """The first day it no longer counts. A term stated in advance ends it without a new reading,
    and includes its last day."""
    days = []
    if kept.stage in _ENDED and not (kept.stage == "expired" and kept.expires_on):
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
    return day_of(kept.stage_on or "") if kept.stage == "enjoined" else None


def of_day(measures: Iterable[Standing], day: dt.date) -> Iterator[Standing]:
    """Those decided on or before the day and not ended by then."""
    for one in measures:
        if one.decided_on <= day and not (one.ended_on and one.ended_on <= day):
            yield one
