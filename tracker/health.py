"""Is a run to be believed? The verdict rules, in one place.

A run of a source ends as exactly one of `ok`, `ok-empty`, `suspect`, `blocked`, `changed`,
`failed`, `skipped`. Only the first two change facts. The spider judges what it saw itself
(`judge_run`); before a run is kept it is compared with the source's own past (`compare`).
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import msgspec

from tracker.runs import Problem, RunRecord, Verdict
from tracker.tally import Tally

# Under this share of what the source usually lists, something is missing (zavod's and
# spidermon's practice: 10 to 20 % under).
_LISTED_FLOOR = 0.8
_LISTED_CEILING = 2.0
_PAST_RUNS = 7
# A field given by ten points fewer measures than usual is no longer found where it stood.
_FILL_DROP = 0.1
_ENOUGH_MEASURES = 20
_MISSED_TOLD = 5
_UNKNOWN_SHARE = 0.02
# Silence for so many usual gaps is told of, never for less than two weeks: recesses are longer than
# weekends. Gaps are learnt from a season, and from days enough to have a usual one.
_GAPS, _SHORT_SILENCE = 5, 14
_SEASON, _DAYS_TO_LEARN = dt.timedelta(days=90), 8
_NO_USUAL_COUNT = frozenset({"aggregator", "courts", "editors"})
_SEVERITY: tuple[Verdict, ...] = ("blocked", "changed", "failed", "suspect")
# More measures than this, and more than this share of those changed, can't lose most of their
# history or go back in one night; the page broke, not the legislature.
_IMPLAUSIBLE_COUNT = 5
_IMPLAUSIBLE_SHARE = 0.2


class Implausible(Exception):
    """Facts that would change too much at once to be true."""


def judge_run(
    problems: Sequence[Problem], *, listed: int, kept: int, not_modified: int, empty_proof: str
) -> tuple[Verdict, str]:
    """The spider's own verdict and the reason in words. Zero without proof is `suspect`."""
    for kind in _SEVERITY:
        for problem in problems:
            if problem.kind == kind:
                return kind, f"{problem.url}: expected {problem.expected}, found {problem.found}"
    if listed or kept:
        return "ok", f"{listed} listed, {kept} read"
    if empty_proof:
        return "ok-empty", f"the site itself says: {empty_proof}"
    if not_modified:
        return "ok", f"nothing new: {not_modified} pages not modified since the last run"
    return "suspect", "nothing was found, and nothing on the page says that there is nothing"


def compare(connection: sqlite3.Connection, record: RunRecord) -> tuple[Verdict, str]:
    """The verdict in the light of the source's last good runs; it can only get worse.

    Only runs of the same sessions compare: a new legislature begins with a few prefiled bills.
    """
    if not record.good:
        return record.verdict, record.reason
    if later := _kept_later(connection, record):
        return "skipped", (
            f"the run begun {later} is already kept, and older facts never replace newer ones;"
            " `tracker rebuild` takes both in their order"
        )
    if record.not_modified or record.source.kind in _NO_USUAL_COUNT:
        # What a search finds comes and goes, and an editors' file has the rows it has.
        return record.verdict, record.reason
    past = _past(connection, record)
    if len(past) < 2:
        return record.verdict, record.reason
    usual = median(run.listed for run in past)
    if record.listed < usual * _LISTED_FLOOR:
        return "suspect", f"{record.listed} listed, usually {usual:g}"
    if emptied := _emptied(record, past):
        return "suspect", emptied
    return record.verdict, record.reason


def warnings(connection: sqlite3.Connection, record: RunRecord, tally: Tally) -> list[str]:
    """What an operator should look at though the run is believed."""
    found = []
    past = _past(connection, record)
    usual = median(run.listed for run in past) if len(past) > 1 else 0
    if usual and record.listed > usual * _LISTED_CEILING:
        found.append(f"{record.listed} listed, usually {usual:g}")
    if tally.unknown_actions > _UNKNOWN_SHARE * tally.actions:
        found.append(f"{tally.unknown_actions} of {tally.actions} action sentences match no rule")
    found += [f"not read: {one.url}: {one.found}" for one in record.missed[:_MISSED_TOLD]]
    if record.source.kind == "legislature" and (silence := _silence(connection, record)):
        found.append(silence)
    return found


def _silence(connection: sqlite3.Connection, record: RunRecord) -> str:
    """No action for several times as long as is usual at this source; "" while there is some.

    The gap is learnt from the days on which its measures moved lately: a legislature that met every
    day and falls silent is told of, one that has not met for a season has no usual gap.
    """
    today = record.finished_at.date()
    rows = connection.execute(
        "SELECT DISTINCT last_action_on FROM measures WHERE source = ? AND last_action_on"
        " BETWEEN ? AND ? ORDER BY 1",
        (record.source.code, (today - _SEASON).isoformat(), today.isoformat()),
    )
    days = [dt.date.fromisoformat(row[0]) for row in rows]
    if len(days) < _DAYS_TO_LEARN:
        return ""
    gap = median((later - day).days for day, later in pairwise(days))
    silent = (today - days[-1]).days
    if silent <= max(_SHORT_SILENCE, _GAPS * gap):
        return ""
    return f"no new action since {days[-1]}, {silent} days; usually one every {gap:g}"


class _Past(NamedTuple):
    """A good run of the same source and sessions."""

    listed: int
    filled: dict[str, int]
    stated: dict[str, int]

    def share(self, field: str) -> float | None:
        """Of the measures whose pages say something of a field, those that have it; None of few."""
        return _share(self.filled, self.stated, field)


def _share(filled: Mapping[str, int], stated: Mapping[str, int], field: str) -> float | None:
    count = stated.get(field, 0)
    return filled.get(field, 0) / count if count >= _ENOUGH_MEASURES else None


def _past(connection: sqlite3.Connection, record: RunRecord) -> list[_Past]:
    rows = connection.execute(
        "SELECT listed, filled, stated FROM runs WHERE source = ? AND verdict = 'ok'"
        " AND listed > 0 AND sessions = ? AND started_at < ? ORDER BY started_at DESC LIMIT ?",
        (
            record.source.code,
            msgspec.json.encode(record.sessions).decode(),
            record.began,
            _PAST_RUNS,
        ),
    )
    decode = msgspec.json.decode
    return [_Past(row[0], decode(row[1]), decode(row[2])) for row in rows]


def _emptied(record: RunRecord, past: Sequence[_Past]) -> str:
    """A field that far fewer measures have than usual; "" where there is none.

    Only runs that read enough measures count: a quiet day reads three, and one may lack a sponsor.
    Measures of which only a part was read, which is silent about the field, count for nothing.
    """
    for field in record.filled:
        shares = [share for run in past if (share := run.share(field)) is not None]
        share = _share(record.filled, record.stated, field)
        if share is not None and shares and median(shares) - share > _FILL_DROP:
            return f"{share:.0%} of measures have {field}, usually {median(shares):.0%}"
    return ""


def _kept_later(connection: sqlite3.Connection, record: RunRecord) -> str | None:
    """When the newest run of the source began, if it is kept and newer than this one.

    Lists of agreements carry their own day, by which they are compared.
    """
    if record.source.kind == "agreements":
        return None
    newest: str | None = connection.execute(
        "SELECT max(started_at) FROM runs WHERE source = ? AND verdict IN ('ok', 'ok-empty')"
        " AND started_at > ?",
        (record.source.code, record.began),
    ).fetchone()[0]
    return newest


def check_tally(tally: Tally) -> None:
    """Raises Implausible where many measures would lose most of their history, or fall back to an
    earlier stage, at once; and where the canary, settled long ago, would lose anything."""
    if tally.canary:
        raise Implausible(f"a measure settled long ago no longer reads as it did ({tally.canary})")
    for keys, of, what in (
        (tally.lost_actions, tally.changed, "lose most of their actions"),
        (tally.went_back, tally.judged, "go back to an earlier stage"),
    ):
        if len(keys) > _IMPLAUSIBLE_COUNT and len(keys) > _IMPLAUSIBLE_SHARE * of:
            named = ", ".join(keys[:3])
            raise Implausible(f"{len(keys)} of {of} changed measures would {what} ({named}, …)")
