"""Where states stand, kept as it was last told: what moved since is a change in the log.

A posture moves when a measure does, when an editor says otherwise, and when a day comes: a law
takes effect, an order's term ends. So each run that is kept looks at all states.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence

from tracker.baseline import Standing
from tracker.changes import Change
from tracker.keep.log import ChangeLog, page_of
from tracker.places import states
from tracker.posture import posture_of
from tracker.posture_history import FIELDS, history, moved_by, moved_on, values
from tracker.standing import standing

Told = tuple[str, str, str]
_TOLD_SQL = f"""
    SELECT jurisdiction, {", ".join(FIELDS)}, max(on_date) FROM postures GROUP BY jurisdiction
"""


def keep_postures(connection: sqlite3.Connection, log: ChangeLog) -> None:
    """Log what moved since the last run that was kept; the first look of a store is no news.

    A run of an earlier day, kept late, moves nothing: the state of that day was told already.
    """
    day = dt.date.fromisoformat(log.seen_at[:10])
    told = {code: (values, on) for code, *values, on in connection.execute(_TOLD_SQL)}
    found = standing(connection)
    for place in states():
        was, last = told.get(place.code, (None, ""))
        if last <= day.isoformat():
            measures = found.get(place.code, [])
            known = was is not None and not _listed_since(measures, last, day)
            before = (was[0], was[1], was[2]) if was and known else None
            _keep(connection, log, place.code, measures, before)


def _listed_since(measures: Sequence[Standing], last: str, day: dt.date) -> bool:
    """A decision of those days that only the shipped list knows: learnt from a release and not
    from the world, it is no news of this run."""
    return any(
        not one.path and last < one.decided_on.isoformat() <= day.isoformat() for one in measures
    )


def _keep(
    connection: sqlite3.Connection,
    log: ChangeLog,
    code: str,
    measures: Sequence[Standing],
    before: Told | None,
) -> None:
    day = dt.date.fromisoformat(log.seen_at[:10])
    periods = history(code, measures, day)
    now = values(posture_of(code, measures, day))
    if now == before:
        return
    connection.execute(
        f"INSERT OR REPLACE INTO postures (jurisdiction, on_date, run, {', '.join(FIELDS)})"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (code, day.isoformat(), log.run, *now),
    )
    for field, old, new in zip(FIELDS, before or now, now, strict=True):
        on = moved_on(periods, field)
        if old != new and not _is_assumed(measures, old, new, on):
            page = _page(connection, measures, on)
            change = Change("posture_changed", field, old, new, on)
            log.add(change, jurisdiction=code, sources=page)


def _is_assumed(measures: Sequence[Standing], old: str, new: str, on: str | None) -> bool:
    """A law without a stated day is taken to be in effect some day, which is no event."""
    stated = {one.effective_on.isoformat() for one in measures if one.effective_on}
    return (old, new) == ("unknown", "") and on not in stated


def _page(
    connection: sqlite3.Connection, measures: Sequence[Standing], on: str | None
) -> dict[str, str]:
    """The page of the measure that moved it; empty where the store has none of that day."""
    for one in moved_by(measures, on):
        if one.path:
            measure = connection.execute("SELECT id FROM measures WHERE key = ?", (one.key,))
            return page_of(connection, measure.fetchone()[0])
    return {}
