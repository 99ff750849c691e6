"""Everything the pages are made of, read once from the store."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from sqlite_utils import Database

from tracker.baseline import baseline
from tracker.posture import StatePosture, posture
from tracker.readers.agreements import AgreementCount, counts, history
from tracker.readers.ahead import AheadRow, ahead
from tracker.readers.changes import ChangeRow, changes
from tracker.readers.coverage import SourceState, coverage
from tracker.readers.measures import MeasureRow, end_of, measures


class SiteData(NamedTuple):
    """`as_of` is the day shown; `moment` the end of the newest run up to then, "" without any.

    Nothing here comes from a clock: the same store and day give the same data. `excerpts` is
    whether the lists of agreements in the store are cut, as those of the demonstration are.
    """

    db: Database
    as_of: dt.date
    moment: str
    measures: list[MeasureRow]
    postures: list[StatePosture]
    sources: list[SourceState]
    changes: list[ChangeRow]
    ahead: list[AheadRow]
    state_totals: list[AgreementCount]
    state_history: list[AgreementCount]
    excerpts: bool = False

    def of(self, code: str) -> list[MeasureRow]:
        return [one for one in self.measures if one.jurisdiction == code]

    def counts(self, *by: str) -> list[AgreementCount]:
        return counts(self.db, as_of=self.as_of, by=by)

    def history(self, *by: str) -> list[AgreementCount]:
        return history(self.db, as_of=self.as_of, by=by)

    @property
    def week_first(self) -> dt.date:
        return self.as_of - dt.timedelta(days=6)

    def by_measure(self) -> dict[str, list[ChangeRow]]:
        found: dict[str, list[ChangeRow]] = defaultdict(list)
        for row in self.changes:
            if row.measure:
                found[row.measure].append(row)
        return found

    def this_week(self) -> list[ChangeRow]:
        """Changes seen in the seven days that end with the day shown."""
        return [row for row in self.changes if row.seen_at >= self.week_first.isoformat()]


def load(db: Database, as_of: dt.date | None, *, excerpts: bool = False) -> SiteData:
    moment = _newest_run(db, as_of)
    day = as_of or (dt.date.fromisoformat(moment[:10]) if moment else _newest_decision())
    known = list(measures(db, as_of=day))
    keys = {one.key for one in known}
    return SiteData(
        db,
        day,
        moment,
        known,
        posture(db, day),
        coverage(db, as_of=day),
        list(changes(db, until=day)),
        [
            row
            for scope in ("core", "related")
            for row in ahead(db, as_of=day, scope=scope)
            if row.measure in keys  # not yet known on an earlier day
        ],
        counts(db, as_of=day, by=("state",)),
        history(db, as_of=day, by=("state", "model")),
        excerpts,
    )


def _newest_run(db: Database, as_of: dt.date | None) -> str:
    found: str | None = db.conn.execute(
        "SELECT max(finished_at) FROM runs WHERE finished_at < ?", (end_of(as_of),)
    ).fetchone()[0]
    return found or ""


def _newest_decision() -> dt.date:
    """Before anything was read there are only the shipped measures; the newest gives the day.

    One known to the month or year only could give a day that has not come.
    """
    return max(
        one.decided_on for one in baseline() if one.decided_as_known == one.decided_on.isoformat()
    )
