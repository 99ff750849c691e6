"""A measure as it was known at an earlier moment: the facts of today with later changes undone.

The change log holds the old and the new of every fact, so that any past state can be read back
and none has to be stored.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from tracker.canonical import Row
from tracker.keep.facts import load_facts


class Past(NamedTuple):
    """What was known at `at`. `actions` are (day, text), `versions` and `sponsors` their names."""

    key: str
    at: str
    title: str
    abstract: str
    stage: str
    actions: list[tuple[str, str]]
    versions: list[str]
    sponsors: list[str]


# From the first later row on, all are undone: rows of a run that was kept late stand among earlier
# ones, and only from the newest back does each find what it changed.
_LATER_SQL = """
    SELECT kind, field, old, new, happened_on, was_on FROM changes WHERE measure = ?1
    AND id >= (SELECT min(id) FROM changes WHERE measure = ?1 AND seen_at > ?2) ORDER BY id DESC
"""


def as_of(connection: sqlite3.Connection, key: str, at: str) -> Past | None:
    """The measure as known at `at` (UTC, as the log keeps it); None where it was not yet read."""
    row = connection.execute(
        "SELECT id, stage FROM measures WHERE key = ? AND NOT listed_only", (key,)
    ).fetchone()
    if row is None:
        return None
    past = _Undo(connection, row["id"], row["stage"])
    for change in connection.execute(_LATER_SQL, (row["id"], at)):
        if change["kind"] == "measure_new":
            return None
        past.undo(change)
    return Past(
        key,
        at,
        past.scalars["title"] or "",
        past.scalars["abstract"] or "",
        past.stage,
        sorted(past.actions),
        sorted(past.versions),
        sorted(past.sponsors),
    )


class _Undo:
    def __init__(self, connection: sqlite3.Connection, measure: int, stage: str) -> None:
        facts = load_facts(connection, measure)
        self.scalars = dict(facts.scalars)
        self.stage = stage
        self.actions = [(on, text) for on, _, text in _rows(facts.parts["actions"])]
        self.versions = list({row[0] for row in _rows(facts.parts["versions"])})
        self.sponsors = [row[0] for row in _rows(facts.parts["sponsors"])]

    def undo(self, change: sqlite3.Row) -> None:
        kind, old, new = change["kind"], change["old"], change["new"]
        match kind:
            case "action_added":
                self.actions.remove((change["happened_on"], new))
            case "action_removed":
                self.actions.append((change["was_on"], old))
            case "action_changed":
                self.actions.remove((change["happened_on"], new))
                self.actions.append((change["was_on"], old))
            case "version_added" | "version_removed":
                _undo_member(self.versions, old, new)
            case "sponsor_added" | "sponsor_removed":
                _undo_member(self.sponsors, old, new)
            case "stage_changed":
                self.stage = old
            case _ if change["field"] in self.scalars and kind.endswith("_changed"):
                self.scalars[change["field"]] = old


def _undo_member(members: list[str], old: str, new: str) -> None:
    if new:
        members.remove(new)
    else:
        members.append(old)


def _rows(rows: list[Row] | None) -> list[Row]:
    return rows or []
