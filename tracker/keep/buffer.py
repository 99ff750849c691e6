"""New rows on their way into the store, written some thousands at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from tracker.canonical import PARTS, SCALARS, Facts, Row
from tracker.keep.bulk import insert
from tracker.keep.facts import SEARCH_COLUMNS
from tracker.keep.log import ChangeLog

_BATCH = 4_000
PART_COLUMNS = {part.name: ("measure", "seq", *part.columns) for part in PARTS}
_NULLABLE = frozenset({"issued_on", "effective_on", "expires_on", "comments_close_on"})
_EMPTY = {name: "[]" if name in {"subjects", "committees"} else "" for name in SCALARS}
_MEASURE_COLUMNS = (
    "id",
    "key",
    "jurisdiction",
    "session",
    "identifier",
    *SCALARS,
    "last_action",
    "last_action_on",
    "listed_only",
    "source",
    "first_run",
    "first_seen",
    "changed_run",
    "changed_at",
    "listing_print",
    "digest",
    "fingerprint",
)
_LOOK_UP = (
    "SELECT key, id, digest, fingerprint, listed_only, listing_print, source,"
    " scope <> 'none' OR watched FROM measures"
    " WHERE key IN (SELECT value FROM json_each(?))"
)


class Known(NamedTuple):
    """What must be known of a measure to see whether an item says anything new."""

    id: int
    digest: bytes | None
    fingerprint: bytes | None
    listed_only: int
    listing_print: bytes | None
    source: str
    on_topic: int


class Prints(NamedTuple):
    """What a later run compares with: of a list's row, of an item's bytes, of its facts."""

    listing: bytes | None = None
    digest: bytes | None = None
    facts: bytes | None = None


class Buffer:
    """The rows of one run that are not yet in the store. `flush` before anything else is written."""

    def __init__(self, connection: sqlite3.Connection, log: ChangeLog, *, source: str) -> None:
        self._db = connection
        self._log = log
        self._source = source
        newest = connection.execute("SELECT coalesce(max(id), 0) FROM measures").fetchone()
        self._last_id: int = newest[0]
        self._measures: list[Row] = []
        self._parts: dict[str, list[Row]] = {part.name: [] for part in PARTS}
        self._search: list[Row] = []
        self._pending: set[str] = set()

    def known(self, keys: Sequence[str]) -> dict[str, Known]:
        if not self._pending.isdisjoint(keys):
            self.flush()
        rows = self._db.execute(_LOOK_UP, (msgspec.json.encode(keys).decode(),))
        return {row[0]: Known(*row[1:]) for row in rows}

    def is_pending(self, key: str) -> bool:
        return key in self._pending

    def add(
        self, facts: Facts, prints: Prints, *, listed_only: bool, last: tuple[str, str | None]
    ) -> int:
        """A measure not known before, with its parts; its row number. `last` is its last action."""
        self._last_id += 1
        measure = self._last_id
        self._measures.append(
            (
                measure,
                *facts[:4],
                *(_or_empty(name, facts.scalars[name]) for name in SCALARS),
                *last,
                listed_only,
                self._source,
                *(self._log.run, self._log.seen_at) * 2,
                *prints,
            )
        )
        for name, rows in facts.parts.items():
            if rows:
                self._parts[name] += [(measure, seq, *row) for seq, row in enumerate(rows)]
        title, abstract = facts.scalars["title"] or "", facts.scalars["abstract"] or ""
        self._search.append((measure, facts.identifier, title, abstract, ""))
        self._pending.add(facts.key)
        return measure

    def flush_if_full(self) -> None:
        if len(self._measures) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """In the order that foreign keys ask for."""
        insert(self._db, "measures", _MEASURE_COLUMNS, self._measures)
        for name, rows in self._parts.items():
            insert(self._db, name, PART_COLUMNS[name], rows)
            rows.clear()
        insert(self._db, "search", SEARCH_COLUMNS, self._search)
        self._log.flush()
        self._measures.clear()
        self._search.clear()
        self._pending.clear()


def _or_empty(name: str, value: str | None) -> str | None:
    if value is None and name not in _NULLABLE:
        return _EMPTY[name]
    return value
