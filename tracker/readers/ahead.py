"""What lies ahead for measures on topic: hearings, first and last days, the governor's desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal, NamedTuple

from sqlite_utils import Database

AheadKind = Literal["hearing", "effective", "expires", "comments", "desk"]


class AheadRow(NamedTuple):
    """One coming day of one measure; for `desk` the past day on which it reached the governor.

    `starts_at` is ISO with its offset, None where the source gives the day only. `committee`,
    `place`, `status` and `source_url` are for hearings. The capture is the page the hearing was read
    from; for the other kinds it is None, as the measure's own page says the day.
    """

    kind: AheadKind
    on_date: str
    starts_at: str | None
    timezone: str
    committee: str
    place: str
    note: str
    status: str
    source_url: str
    capture_url: str
    capture_sha256: str
    seen_at: str
    jurisdiction: str
    measure: str
    identifier: str
    title: str
    stance: str
    scope: str
    measure_url: str


_MEASURE = """
    m.jurisdiction, m.key, m.identifier, m.title, coalesce(k.stance, 'unknown'), m.scope, m.url
"""
_HEARINGS_SQL = f"""
    SELECT 'hearing', h.on_date, h.starts_at, h.timezone, h.committee, h.place, h.note, h.status,
        h.url, coalesce(p.url, ''), coalesce(p.sha256, ''), coalesce(p.fetched_at, m.changed_at),
        {_MEASURE}
    FROM hearings AS h JOIN measures AS m ON m.id = h.measure
    LEFT JOIN classifications AS k ON k.measure = m.id
    LEFT JOIN captures AS p ON p.id = h.capture
    WHERE m.scope = ? AND h.on_date >= ?
    ORDER BY h.on_date, coalesce(h.starts_at, ''), m.jurisdiction, m.key, h.committee
"""
_DAYS_SQL = """
    SELECT '{kind}', m.{day}, NULL, '', '', '', '', '', '', '', '', m.changed_at, {measure}
    FROM measures AS m LEFT JOIN classifications AS k ON k.measure = m.id
    WHERE m.scope = ? AND m.{day} >= ? AND m.stage IN ({stages})
    ORDER BY m.{day}, m.jurisdiction, m.key
"""
_DAYS: tuple[tuple[AheadKind, str, str], ...] = (
    ("effective", "effective_on", "'enacted', 'in_force', 'in_court'"),
    ("expires", "expires_on", "'enacted', 'in_force', 'in_court'"),
    ("comments", "comments_close_on", "'introduced', 'in_force', 'in_court'"),
    ("desk", "stage_on", "'to_governor'"),
)
# Every constitution's deadline to sign is shorter; what waits longer is a record left behind.
_LONGEST_ON_DESK = dt.timedelta(days=90)


def ahead(db: Database, *, as_of: dt.date, scope: str = "core") -> Iterator[AheadRow]:
    """Hearings from `as_of` on, then days of effect, last days, and what awaits the governor."""
    for row in db.conn.execute(_HEARINGS_SQL, (scope, as_of.isoformat())):
        yield AheadRow(*row)
    for kind, day, stages in _DAYS:
        first = as_of - _LONGEST_ON_DESK if kind == "desk" else as_of
        sql = _DAYS_SQL.format(kind=kind, day=day, stages=stages, measure=_MEASURE)
        for row in db.conn.execute(sql, (scope, first.isoformat())):
            yield AheadRow(*row)
