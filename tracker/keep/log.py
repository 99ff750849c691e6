"""Appending to the change log."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from tracker.changes import Change
from tracker.keep.bulk import insert

_COLUMNS = (
    "run",
    "measure",
    "agreement",
    "kind",
    "field",
    "old",
    "new",
    "happened_on",
    "was_on",
    "seen_at",
    "capture",
)


class ChangeLog:
    """The rows of one run, written in order; `captures` maps a SHA-256 to the captures row."""

    def __init__(
        self, connection: sqlite3.Connection, run: int, seen_at: str, captures: Mapping[str, int]
    ) -> None:
        self._connection = connection
        self.run = run
        self.seen_at = seen_at
        self.captures = captures
        self._pending: list[tuple[object, ...]] = []
        self.written = 0

    def add(
        self,
        change: Change,
        *,
        measure: int | None = None,
        agreement: int | None = None,
        sources: Mapping[str, str],
    ) -> None:
        """`sources` are the captures of the item: by field, "" for the rest."""
        capture = self.captures.get(sources.get(change.field) or sources.get("", ""))
        self._pending.append(
            (
                self.run,
                measure,
                agreement,
                change.kind,
                change.field,
                change.old,
                change.new,
                change.happened_on,
                change.was_on,
                self.seen_at,
                capture,
            )
        )

    def flush(self) -> None:
        insert(self._connection, "changes", _COLUMNS, self._pending)
        self.written += len(self._pending)
        self._pending.clear()
