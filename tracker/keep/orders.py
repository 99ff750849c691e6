"""Orders end by another instrument: what rescinds or supersedes them sets their stage."""

from __future__ import annotations

import sqlite3

from tracker.changes import Change
from tracker.keep.log import ChangeLog

_ENDS = {"rescinds": "rescinded", "supersedes": "superseded"}
_FOUND_SQL = """
    SELECT target.id, target.stage, relations.kind, ending.key, ending.issued_on, ending.title
    FROM relations
    JOIN measures AS ending ON ending.id = relations.measure
    JOIN measures AS target ON target.jurisdiction = ending.jurisdiction
        AND target.identifier = relations.identifier AND target.id <> ending.id
        AND (relations.session = '' OR relations.session = target.session)
    WHERE relations.kind IN ('rescinds', 'supersedes') AND target.stage = 'in_force'
    ORDER BY ending.issued_on, ending.id
"""


def end_orders(connection: sqlite3.Connection, log: ChangeLog) -> None:
    """Mark orders that another one names as rescinded or superseded, and those past their term.

    Where two orders of a jurisdiction bear the number, the relation names the session; without
    one it is left to an editor, since the wrong order would be shown dead.
    """
    by_target: dict[int, list[sqlite3.Row]] = {}
    for row in connection.execute(_FOUND_SQL).fetchall():
        by_target.setdefault(row[0], []).append(row)
    for target, rows in by_target.items():
        stage, ending = _ENDS[rows[0][2]], rows[0]
        _set_stage(connection, log, target, stage, ending[4], f"{ending[3]}: {ending[5]}")
    _expire(connection, log)


def _expire(connection: sqlite3.Connection, log: ChangeLog) -> None:
    today = log.seen_at[:10]
    rows = connection.execute(
        "SELECT id, expires_on FROM measures WHERE stage = 'in_force' AND expires_on < ?", (today,)
    ).fetchall()
    for measure, day in rows:
        _set_stage(connection, log, measure, "expired", day, "the term stated in the order ended")


def _set_stage(
    connection: sqlite3.Connection,
    log: ChangeLog,
    measure: int,
    stage: str,
    day: str | None,
    text: str,
) -> None:
    connection.execute(
        "UPDATE measures SET stage = ?, stage_on = ?, stage_text = ?, changed_run = ?,"
        " changed_at = ? WHERE id = ?",
        (stage, day, text, log.run, log.seen_at, measure),
    )
    log.add(Change("stage_changed", "stage", "in_force", stage, day), measure=measure, sources={})
