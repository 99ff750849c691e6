"""Hearings, first and last days, and the governor's desk, as the digest tells them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from sqlite_utils import Database

from tracker.digest.parts import About, Ahead
from tracker.digest.wording import clock, weekday
from tracker.readers.ahead import AheadRow, ahead
from tracker.readers.changes import ChangeRow
from tracker.templating import day

News = Literal["", "new", "changed", "cancelled"]
_NEWS: dict[str, News] = {
    "hearing_added": "new",
    "hearing_changed": "changed",
    "hearing_cancelled": "cancelled",
}
_WORDS = {
    "effective": "Takes effect",
    "expires": "Ends unless renewed",
    "comments": "Last day for comments",
    "desk": "Awaits the governor; the day by which to act is not in the record",
}


def coming(db: Database, rows: Iterable[ChangeRow], as_of: dt.date) -> list[Ahead]:
    """What lies ahead of all core measures; `rows` tell which of it is news."""
    news = {(row.measure, row.happened_on): _NEWS[row.kind] for row in rows if row.kind in _NEWS}
    found = (
        _ahead(row, news.get((row.measure, row.on_date), "")) for row in ahead(db, as_of=as_of)
    )
    return [one for one in found if one is not None]


def _ahead(row: AheadRow, news: News) -> Ahead | None:
    """A cancelled hearing is told once, in the window in which it was cancelled."""
    if row.status == "cancelled" and news != "cancelled":
        return None
    return Ahead(
        row.kind,
        row.on_date,
        _when(row),
        _what(row),
        news if row.kind == "hearing" else "",
        About(
            row.measure,
            row.jurisdiction,
            row.identifier,
            row.title,
            row.stance,
            row.scope,
            row.measure_url,
        ),
        row.seen_at,
        row.source_url or row.capture_url or row.measure_url,
        row.capture_sha256,
    )


def _when(row: AheadRow) -> str:
    if row.starts_at:
        return clock(dt.datetime.fromisoformat(row.starts_at), row.timezone)
    if row.kind == "desk":
        return f"since {day(row.on_date)}"
    return weekday(dt.date.fromisoformat(row.on_date))


def _what(row: AheadRow) -> str:
    if row.kind != "hearing":
        return _WORDS[row.kind]
    where = ", ".join(part for part in (row.committee, row.place, row.note) if part)
    return f"Hearing: {where}" if where else "Hearing"
