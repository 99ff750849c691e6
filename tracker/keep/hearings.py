"""Hearings: announced, moved, cancelled. That a calendar no longer shows one is no news."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from tracker.changes import Change
from tracker.keep.log import ChangeLog
from tracker.model import Hearing

_FIELDS = ("starts_at", "timezone", "place", "note", "status", "url")


def keep_hearing(
    connection: sqlite3.Connection,
    log: ChangeLog,
    measure: int,
    hearing: Hearing,
    captures: Mapping[str, str],
) -> None:
    """One hearing is a measure, a day and a committee; `sequence` grows with each change."""
    day = hearing.on.isoformat()
    starts = hearing.starts_at.isoformat() if hearing.starts_at else None
    now = (starts, hearing.timezone, hearing.place, hearing.note, hearing.status, hearing.url)
    capture = log.captures.get(captures.get("", ""))
    row = connection.execute(
        f"SELECT id, {', '.join(_FIELDS)} FROM hearings"
        " WHERE measure = ? AND on_date = ? AND committee = ?",
        (measure, day, hearing.committee),
    ).fetchone()
    if row is None:
        connection.execute(
            f"INSERT INTO hearings (measure, on_date, committee, {', '.join(_FIELDS)}, capture)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (measure, day, hearing.committee, *now, capture),
        )
        change = Change("hearing_added", "hearings", "", told(hearing), day)
    elif tuple(row[1:-1]) == now[:-1]:
        # An address alone may carry the token of a visit; it is kept and is no news.
        connection.execute("UPDATE hearings SET url = ? WHERE id = ?", (hearing.url, row[0]))
        return
    else:
        connection.execute(
            f"UPDATE hearings SET {', '.join(f'{name} = ?' for name in _FIELDS)}, capture = ?,"
            " sequence = sequence + 1 WHERE id = ?",
            (*now, capture, row[0]),
        )
        cancelled = hearing.status == "cancelled" and row["status"] != "cancelled"
        kind = "hearing_cancelled" if cancelled else "hearing_changed"
        before = _told(row["starts_at"] or day, hearing.committee, row["place"])
        change = Change(kind, "hearings", before, told(hearing), day)
    log.add(change, measure=measure, sources=captures)


def told(hearing: Hearing) -> str:
    when = hearing.starts_at.isoformat() if hearing.starts_at else hearing.on.isoformat()
    return _told(when, hearing.committee, hearing.place)


def _told(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
