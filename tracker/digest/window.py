"""The stretch of the change log that one digest covers, and what is needed to read it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlite_utils import Database

from tracker.errors import TrackerError
from tracker.readers.changes import last_change

# Sites post late: what happened this long before the window is still news in it.
_LATE = dt.timedelta(days=14)


class DigestError(TrackerError):
    """A digest that can't be made, with what to do instead."""


class Window(NamedTuple):
    """Changes with `after_id` < id <= `until_id`. `start` is the moment up to which was told
    before: of the change `after_id`, or of the first one there is; ISO text, "" in an empty log."""

    after_id: int
    until_id: int
    start: str

    @property
    def recent_from(self) -> str:
        """The first day that counts as recent."""
        if not self.start:
            return ""
        return (dt.date.fromisoformat(self.start[:10]) - _LATE).isoformat()

    def recent(self, day: str | None) -> bool:
        """A day that is not known is never recent: nothing is called new without a reason."""
        return day is not None and day >= self.recent_from


def window(db: Database, after_id: int, until_id: int | None) -> Window:
    """Raises DigestError where the cursor is not of this log."""
    last = last_change(db)
    until = last if until_id is None else min(until_id, last)
    if not 0 <= after_id <= until:
        raise DigestError(
            f"no changes after {after_id} up to {until}: the log ends at {last}."
            " Was the store rebuilt? Start again from 0."
        )
    first = db.conn.execute(
        "SELECT seen_at FROM changes WHERE id >= ? ORDER BY id LIMIT 1", (after_id or 1,)
    ).fetchone()
    return Window(after_id, until, first[0] if first else "")


class Fact(NamedTuple):
    """What a change row does not say of its measure. Stage, its day and words are those at the end
    of the window; the day and words are None and "" where the measure has moved on since."""

    governor_action: str
    stage: str
    stage_on: str | None
    stage_text: str
    introduced_on: str | None


_FACT_SQL = """
    SELECT m.governor_action, m.stage, m.stage_on, m.stage_text,
        (SELECT happened_on FROM changes WHERE measure = m.id AND kind = 'measure_new'
            ORDER BY id LIMIT 1),
        (SELECT old FROM changes WHERE measure = m.id AND kind = 'stage_changed' AND id > ?
            ORDER BY id LIMIT 1)
    FROM measures AS m WHERE m.key = ?
"""


def fact_of(db: Database, key: str, until_id: int) -> Fact:
    row = db.conn.execute(_FACT_SQL, (until_id, key)).fetchone()
    if row[5] is not None:
        return Fact("unknown", row[5], None, "", row[4])
    return Fact(*tuple(row)[:5])


def day_of(db: Database, stretch: Window) -> dt.date | None:
    """The day of the last change in a window that ends before the log does; else None."""
    if stretch.until_id == last_change(db):
        return None
    found = db.conn.execute(
        "SELECT seen_at FROM changes WHERE id <= ? ORDER BY id DESC LIMIT 1", (stretch.until_id,)
    ).fetchone()
    return dt.date.fromisoformat(found[0][:10]) if found else None


def newest_run(db: Database, as_of: dt.date | None) -> dt.datetime:
    """The end of the newest run, or of the newest one up to `as_of`, whose midnight stands in
    where there was none. Raises DigestError where nothing was ever read and no day is given."""
    end = (as_of + dt.timedelta(days=1)).isoformat() if as_of else "9999"
    found = db.conn.execute(
        "SELECT max(finished_at) FROM runs WHERE finished_at < ?", (end,)
    ).fetchone()[0]
    if found:
        return dt.datetime.fromisoformat(found).astimezone(dt.UTC)
    if as_of is None:
        raise DigestError("the store holds no run yet: `tracker crawl` reads the sources first.")
    return dt.datetime.combine(as_of, dt.time(), dt.UTC)
