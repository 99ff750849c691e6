"""The change log as everything outside reads it: one row for each change, with its proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlite_utils import Database

ON_TOPIC = ("core", "related")


class ChangeRow(NamedTuple):
    """One change and what it is about: a measure, an agreement, or where a state stands.

    `measure` is the key; `stance`, `stage` and `scope` are those of today, not of the day of the
    change. `scope` is `core` for agreements and postures. `agency` and `model` are of agreements.
    Days are
    ISO text as stored, `seen_at` is UTC. `capture` is None where a change rests on no page of its
    own (a stance that moved because the rules did).
    """

    id: int
    jurisdiction: str
    measure: str | None
    measure_kind: str
    identifier: str
    title: str
    stance: str
    stage: str
    scope: str
    kind: str
    field: str
    old: str
    new: str
    happened_on: str | None
    was_on: str | None
    seen_at: str
    source: str
    capture: int | None
    capture_url: str
    capture_sha256: str
    measure_url: str
    agreement: int | None
    agreement_list: str
    state: str
    agency: str
    model: str


# Streamed in the order of the log: the joins are look-ups by row number.
_SQL = """
    SELECT c.id, coalesce(m.jurisdiction, 'us-' || a.state, c.jurisdiction, s.jurisdiction), m.key,
        coalesce(m.kind, ''), coalesce(m.identifier, ''), coalesce(m.title, a.agency, ''),
        coalesce(k.stance, 'unknown'), coalesce(m.stage, ''),
        CASE WHEN c.measure IS NULL THEN 'core' ELSE m.scope END,
        c.kind, c.field, c.old, c.new, c.happened_on, c.was_on, c.seen_at, r.source,
        c.capture, coalesce(p.url, ''), coalesce(p.sha256, ''), coalesce(m.url, ''),
        c.agreement, coalesce(a.list, ''), coalesce(a.state, ''), coalesce(a.agency, ''),
        coalesce(a.model, '')
    FROM changes AS c
    CROSS JOIN runs AS r ON r.id = c.run
    CROSS JOIN sources AS s ON s.code = r.source
    LEFT JOIN measures AS m ON m.id = c.measure
    LEFT JOIN classifications AS k ON k.measure = c.measure
    LEFT JOIN agreements AS a ON a.id = c.agreement
    LEFT JOIN captures AS p ON p.id = c.capture
    WHERE {where} ORDER BY c.id
"""


def changes(
    db: Database,
    *,
    after_id: int = 0,
    since: dt.date | None = None,
    until: dt.date | None = None,
    jurisdictions: Collection[str] = (),
    scopes: Collection[str] = ON_TOPIC,
    kinds: Collection[str] = (),
    measure: str = "",
) -> Iterator[ChangeRow]:
    """Changes in the order they were logged; an empty collection filters nothing.

    `since` and `until` are days on which changes were seen (UTC), both included. A measure that
    has just left `scopes` is still told once, by the change that says so.
    """
    where = _Where()
    where.add("c.id > ?", after_id)
    if since:
        where.add("c.seen_at >= ?", since.isoformat())
    if until:
        where.add("c.seen_at < ?", (until + dt.timedelta(days=1)).isoformat())
    if measure:
        where.add("c.measure = (SELECT id FROM measures WHERE key = ?)", measure)
    where.add_in("c.kind", kinds)
    where.add_in(
        "coalesce(m.jurisdiction, 'us-' || a.state, c.jurisdiction, s.jurisdiction)", jurisdictions
    )
    if scopes:
        marks = ", ".join("?" * len(scopes))
        where.add(
            f"(c.measure IS NULL OR m.scope IN ({marks})"
            f" OR (c.kind = 'scope_changed' AND c.old IN ({marks})))",
            *scopes,
            *scopes,
        )
    for row in db.conn.execute(_SQL.format(where=where.text()), where.values):
        yield ChangeRow(*row)


class _Where:
    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> None:
        self._conditions.append(condition)
        self.values += values

    def add_in(self, column: str, values: Collection[str]) -> None:
        if values:
            self.add(f"{column} IN ({', '.join('?' * len(values))})", *values)

    def text(self) -> str:
        return " AND ".join(self._conditions)


def last_change(db: Database) -> int:
    """The id of the newest change; 0 while there is none."""
    found: int = db.conn.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0]
    return found
