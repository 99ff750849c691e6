"""What a person says a measure does: kept apart, so that no new reading of a machine undoes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import get_args

import msgspec

from tracker.changes import Change
from tracker.keep.log import ChangeLog
from tracker.model import Classification, Judgement, Scope, Stance

RULE = "editor"
_COLUMNS = ("stance", "topics", "binds", "source_url", "source_on", "entered_by")
_CORE: frozenset[str] = frozenset(get_args(Stance)) - {"related_other", "unknown"}


def keep_judgement(
    connection: sqlite3.Connection,
    log: ChangeLog,
    measure: int,
    said: Judgement,
    sources: Mapping[str, str],
) -> bool:
    """Keeps what is said last and logs what of it moved; whether anything did."""
    now = _row(said)
    found = connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM judgements WHERE measure = ?", (measure,)
    ).fetchone()
    before = tuple(found) if found else None
    if now == before:
        return False
    connection.execute(
        f"INSERT OR REPLACE INTO judgements (measure, {', '.join(_COLUMNS)}, run)"
        f" VALUES (?, {', '.join('?' * len(_COLUMNS))}, ?)",
        (measure, *now, log.run),
    )
    for field, old, new in zip(_COLUMNS, before or now, now, strict=True):
        if old != new:
            log.add(Change("judgement_changed", field, old, new), measure=measure, sources=sources)
    return True


def _row(said: Judgement) -> tuple[str, ...]:
    return (
        said.stance,
        " ".join(sorted(set(said.topics))),
        said.binds,
        said.source_url,
        said.source_on.isoformat(),
        said.entered_by,
    )


def judged(
    connection: sqlite3.Connection, measure: int, machine: Classification, *, kind: str
) -> Classification:
    """The machine's reading, with what a person said put over it.

    What a person enters is on topic, and so is a suit: it was named, or found by what its papers
    speak of. The evidence stays where the machine reads the same.
    """
    row = connection.execute(
        "SELECT stance, topics, binds FROM judgements WHERE measure = ?", (measure,)
    ).fetchone()
    if row is None:
        return _on_topic(machine) if kind == "court_ruling" else machine
    stance, topics, binds = row
    given = {
        "topics": topics.split() or machine.topics,
        "binds": machine.binds if binds == "unknown" else binds,
    }
    if stance == "unknown":
        return _with(_on_topic(machine), **given)
    scope: Scope = "core" if stance in _CORE else "related"
    same = stance == machine.stance
    return _with(
        machine,
        scope=scope,
        stance=stance,
        direction=machine.direction if same else _DIRECTIONS.get(stance, "unknown"),
        mixed=machine.mixed and same,
        evidence=machine.evidence if same else [],
        confidence=1.0,
        rule=RULE,
        **given,
    )


def _on_topic(machine: Classification) -> Classification:
    return machine if machine.scope in {"core", "related"} else _with(machine, scope="related")


_DIRECTIONS = {
    "bans_agreements": "restrict",
    "limits_cooperation": "restrict",
    "mandates_cooperation": "pro",
    "permits_or_funds_cooperation": "pro",
}


def _with(machine: Classification, **given: object) -> Classification:
    return msgspec.structs.replace(machine, **given)
