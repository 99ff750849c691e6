"""What was really read: for each source its last success and the state of its last run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from statistics import median
from typing import NamedTuple

from sqlite_utils import Database

from tracker.runs import GOOD, utc

_PAST_RUNS = 7


class SourceState(NamedTuple):
    """One source. Times are UTC as stored (ISO text).

    `verified` is False where the form of its pages is known at second hand only.
    `last_success` is the end of the last good run, None where there was none. `not_ok_since` is
    the start of the first bad run after it, None while the last run is good. `usual` is the median
    of what its last good runs of the same sessions listed, None before the first.
    """

    code: str
    name: str
    jurisdiction: str
    kind: str
    home: str
    permission: str
    verified: bool
    last_success: str | None
    state: str
    reason: str
    last_run: str
    not_ok_since: str | None
    listed: int
    usual: float | None
    requests: int
    runs: int

    @property
    def ok(self) -> bool:
        return self.state in GOOD


class _Source(NamedTuple):
    code: str
    name: str
    jurisdiction: str
    kind: str
    home: str
    permission: str
    verified: bool


class _Run(NamedTuple):
    started_at: str
    finished_at: str
    verdict: str
    reason: str
    listed: int
    requests: int
    sessions: str


def spent(db: Database, codes: Collection[str], since: dt.datetime) -> int:
    """Requests of these sources in runs begun since then."""
    marks = ", ".join("?" * len(codes))
    sql = (
        f"SELECT coalesce(sum(requests), 0) FROM runs WHERE source IN ({marks}) AND started_at >= ?"
    )
    found: int = db.conn.execute(sql, (*codes, utc(since))).fetchone()[0]
    return found


def coverage(db: Database, *, as_of: dt.date | None = None) -> list[SourceState]:
    """Every source that was ever read, by jurisdiction and code; as known at the end of `as_of`."""
    end = (as_of + dt.timedelta(days=1)).isoformat() if as_of else "9999"
    found = []
    for source in db.conn.execute(
        "SELECT code, name, jurisdiction, kind, home, permission, verified FROM sources"
        " ORDER BY jurisdiction, code"
    ):
        runs = [
            _Run(*row)
            for row in db.conn.execute(
                "SELECT started_at, finished_at, verdict, reason, listed, requests, sessions FROM runs"
                " WHERE source = ? AND finished_at < ? ORDER BY started_at DESC",
                (source[0], end),
            )
        ]
        if runs:
            known = _Source(*source)
            found.append(_state(known._replace(verified=bool(known.verified)), runs))
    return found


def _state(source: _Source, runs: list[_Run]) -> SourceState:
    """`runs` are newest first."""
    good = [run for run in runs if run.verdict in GOOD]
    bad = runs[: runs.index(good[0])] if good else runs
    here = [run for run in good if run.listed and run.sessions == good[0].sessions]
    listed = [run.listed for run in here][:_PAST_RUNS]
    return SourceState(
        **source._asdict(),
        last_success=good[0].finished_at if good else None,
        state=runs[0].verdict,
        reason=runs[0].reason,
        last_run=runs[0].finished_at,
        not_ok_since=bad[-1].started_at if bad else None,
        listed=runs[0].listed,
        usual=median(listed) if listed else None,
        requests=runs[0].requests,
        runs=len(runs),
    )
