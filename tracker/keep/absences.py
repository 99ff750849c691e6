"""Absence is news only after good runs on several days and a look at the measure's own page."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from tracker.changes import Change
from tracker.keep.log import ChangeLog
from tracker.model import Absence

_DAYS_BEFORE_NEWS = 3


def keep_absence(
    connection: sqlite3.Connection, log: ChangeLog, measure: int, absence: Absence
) -> None:
    day = log.seen_at[:10]
    connection.execute(
        "INSERT OR REPLACE INTO absences (measure, on_date, run, status) VALUES (?, ?, ?, ?)",
        (measure, day, log.run, absence.status),
    )
    since, withdrawn = connection.execute(
        "SELECT (SELECT count(*) FROM absences WHERE measure = measures.id), withdrawn_on"
        " FROM measures WHERE id = ?",
        (measure,),
    ).fetchone()
    if since < _DAYS_BEFORE_NEWS or withdrawn:
        return
    connection.execute("UPDATE measures SET withdrawn_on = ? WHERE id = ?", (day, measure))
    log.add(
        Change("withdrawn_from_site", "url", absence.url, f"HTTP {absence.status}", day),
        measure=measure,
        sources={},
    )


def missed(connection: sqlite3.Connection) -> set[int]:
    """Measures that were absent at least once since they were last read."""
    return {row[0] for row in connection.execute("SELECT DISTINCT measure FROM absences")}


def keep_presence(
    connection: sqlite3.Connection, log: ChangeLog, measure: int, captures: Mapping[str, str]
) -> None:
    """Read again: the days it was absent no longer count, and its return is told if they did."""
    connection.execute("DELETE FROM absences WHERE measure = ?", (measure,))
    url, withdrawn = connection.execute(
        "SELECT url, withdrawn_on FROM measures WHERE id = ?", (measure,)
    ).fetchone()
    if withdrawn:
        connection.execute("UPDATE measures SET withdrawn_on = NULL WHERE id = ?", (measure,))
        change = Change("back_on_site", "url", withdrawn, url, log.seen_at[:10])
        log.add(change, measure=measure, sources=captures)
