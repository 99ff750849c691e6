"""Orders end by another instrument: what rescinds or supersedes them sets their stage."""

from __future__ import annotations

import sqlite3

from tracker.changes import Change
from tracker.keep.log import ChangeLog, page_of

_ENDS = {"rescinds": "rescinded", "supersedes": "superseded"}
_FOUND_SQL = """
    SELECT target.id, relations.kind, ending.id, ending.key,
        coalesce(ending.issued_on, ending.stage_on), ending.title
    FROM relations
    JOIN measures AS ending ON ending.id = relations.measure
    JOIN measures AS target ON target.jurisdiction = ending.jurisdiction
        AND target.identifier = relations.identifier AND target.issued_on IS NOT NULL
    WHERE relations.kind IN ('rescinds', 'supersedes') AND target.stage = 'in_force'
        AND target.id <> ending.id
        AND (ending.issued_on IS NOT NULL OR ending.stage IN ('enacted', 'in_force'))
        AND (relations.session = target.session OR relations.session = '' AND 1 = (
            SELECT count(*) FROM measures AS twin WHERE twin.jurisdiction = target.jurisdiction
                AND twin.identifier = target.identifier AND twin.issued_on IS NOT NULL
        ))
    ORDER BY ending.issued_on, ending.id
"""


def end_orders(connection: sqlite3.Connection, log: ChangeLog) -> None:
    """Mark orders that another one, or a law, rescinds or supersedes, and those past their term.

    Where two orders of a jurisdiction bear the number, the relation names the session; without
    one it is left to an editor, since the wrong order would be shown dead.
    """
    ended: set[int] = set()
    for target, kind, ending, key, day, title in connection.execute(_FOUND_SQL).fetchall():
        if target in ended:
            continue  # the first instrument ends an order; a later one only says so again
        ended.add(target)
        page = page_of(connection, ending)
        _set_stage(connection, log, target, _ENDS[kind], day, f"{key}: {title}", page)
    _expire(connection, log)


def _expire(connection: sqlite3.Connection, log: ChangeLog) -> None:
    today = log.seen_at[:10]
    rows = connection.execute(
        "SELECT id, expires_on FROM measures WHERE stage = 'in_force' AND expires_on < ?", (today,)
    ).fetchall()
    for measure, day in rows:
        page = page_of(connection, measure)
        text = "the term stated in the order ended"
        _set_stage(connection, log, measure, "expired", day, text, page)


def _set_stage(
    connection: sqlite3.Connection,
    log: ChangeLog,
    measure: int,
    stage: str,
    day: str | None,
    text: str,
    page: dict[str, str],
) -> None:
    connection.execute(
        "UPDATE measures SET stage = ?, stage_on = ?, stage_text = ?, changed_run = ?,"
        " changed_at = ? WHERE id = ?",
        (stage, day, text, log.run, log.seen_at, measure),
    )
    log.add(Change("stage_changed", "stage", "in_force", stage, day), measure=measure, sources=page)
