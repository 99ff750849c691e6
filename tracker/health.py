"""Is a run to be believed? The verdict rules, in one place.

A run of a source ends as exactly one of `ok`, `ok-empty`, `suspect`, `blocked`, `changed`,
`failed`, `skipped`. Only the first two change facts. The spider judges what it saw itself
(`judge_run`); before a run is kept it is compared with the source's own past (`compare`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from statistics import median

import msgspec

from tracker.runs import Problem, RunRecord, Verdict
from tracker.tally import Tally

# Under this share of what the source usually lists, something is missing (zavod's and
# spidermon's practice: 10 to 20 % under).
_LISTED_FLOOR = 0.8
_PAST_RUNS = 7
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
    if record.not_modified:
        return record.verdict, record.reason
    past = [
        row[0]
        for row in connection.execute(
            "SELECT listed FROM runs WHERE source = ? AND verdict = 'ok' AND listed > 0"
            " AND sessions = ? AND started_at < ? ORDER BY started_at DESC LIMIT ?",
            (
                record.source.code,
                msgspec.json.encode(record.sessions).decode(),
                record.began,
                _PAST_RUNS,
            ),
        )
    ]
    if len(past) < 2:
        return record.verdict, record.reason
    usual = median(past)
    if record.listed < usual * _LISTED_FLOOR:
        return "suspect", f"{record.listed} listed, usually {usual:g}"
    return record.verdict, record.reason


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
    """Raises Implausible where many measures would lose most of their history at once."""
    lost = tally.lost_actions
    if len(lost) > _IMPLAUSIBLE_COUNT and len(lost) > _IMPLAUSIBLE_SHARE * tally.changed:
        raise Implausible(
            f"{len(lost)} of {tally.changed} changed measures would lose most of their actions"
            f" ({', '.join(lost[:3])}, …)"
        )
