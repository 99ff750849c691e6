"""The stage of a measure, derived from its actions once it is on topic or watched.

A legislature has thousands of measures of which tens matter: the others keep the stage `unknown`
until they do.
"""

from __future__ import annotations

import datetime as dt
import sqlite3

from tracker.acts import ACT_KINDS, is_own_sentence, stage_of_act
from tracker.canonical import iso
from tracker.changes import Change
from tracker.keep.log import ChangeLog, page_of
from tracker.model import ORDER_KINDS, STAGES, Action
from tracker.stages import Derived, Stages
from tracker.tally import Tally

_LADDER = STAGES[: STAGES.index("enacted") + 1]
_ENDED_BY_OTHERS = frozenset({"rescinded", "superseded"})


def keep_stage(
    connection: sqlite3.Connection,
    log: ChangeLog,
    stages: Stages,
    measure: int,
    *,
    first_read: bool,
    tally: Tally,
) -> None:
    """`first_read` measures have no earlier stage to have moved from."""
    row = connection.execute(
        "SELECT key, jurisdiction, identifier, kind, issued_on, expires_on, stage, stage_text"
        " FROM measures WHERE id = ?",
        (measure,),
    ).fetchone()
    before = row["stage"]
    now = _derived(connection, stages, measure, row, tally)
    if now is None or _is_over(row, log):
        return
    connection.execute(
        "UPDATE measures SET stage = ?, stage_on = ?, stage_text = ?, governor_action = ?"
        " WHERE id = ?",
        (now.stage, iso(now.on), now.deciding_text, now.governor_action, measure),
    )
    if first_read:
        return
    tally.judged += 1
    if _goes_back(before, now.stage):
        tally.went_back.append(row["key"])
    if now.stage != before:
        # A term is prolonged on a day that no page says.
        day = None if before == "expired" else iso(now.on)
        change = Change("stage_changed", "stage", before, now.stage, day)
        log.add(change, measure=measure, sources=page_of(connection, measure))


def _goes_back(before: str, now: str) -> bool:
    """Down the ladder, or off it: of one measure a correction, of many a page that broke."""
    return before in _LADDER and (now == "unknown" or now in _LADDER[: _LADDER.index(before)])


def _is_over(row: sqlite3.Row, log: ChangeLog) -> bool:
    """Ended by what no action of its own says; an expired order may be given a longer term."""
    expired = row["stage"] == "expired" and (row["expires_on"] or "9999") < log.seen_at[:10]
    by_another = row["stage"] in _ENDED_BY_OTHERS and not is_own_sentence(row["stage_text"])
    return expired or by_another


def _derived(
    connection: sqlite3.Connection, stages: Stages, measure: int, row: sqlite3.Row, tally: Tally
) -> Derived | None:
    actions = [
        Action(on=dt.date.fromisoformat(on), chamber=chamber, text=text)
        for on, chamber, text in connection.execute(
            "SELECT on_date, chamber, text FROM actions WHERE measure = ? ORDER BY seq", (measure,)
        )
    ]
    if act := stage_of_act(row["kind"], actions):
        return act
    if row["kind"] in ORDER_KINDS:
        # In force from the day it was issued; its end comes with another measure.
        day = row["issued_on"] and dt.date.fromisoformat(row["issued_on"])
        return Derived("in_force", day, "n/a", "", 0) if day else None
    if not actions or row["kind"] in ACT_KINDS:
        return None
    derived = stages.derive(
        row["jurisdiction"], row["kind"], actions, row["identifier"], in_order=True
    )
    tally.actions += len(actions)
    tally.unknown_actions += derived.unknown
    return derived
