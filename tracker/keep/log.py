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
    "jurisdiction",
    "kind",
    "field",
    "old",
    "new",
    "happened_on",
    "was_on",
    "seen_at",
    "capture",
)


def page_of(connection: sqlite3.Connection, measure: int) -> dict[str, str]:
    """The capture that the newest change of a measure was read from, as `ChangeLog.add` takes it:
    what is derived from a page's facts has no page of its own. Empty where there is none."""
    row = connection.execute(
        "SELECT captures.sha256 FROM changes JOIN captures ON captures.id = changes.capture"
        " WHERE changes.measure = ? ORDER BY changes.id DESC LIMIT 1",
        (measure,),
    ).fetchone()
    return {"": row[0]} if row else {}


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
        jurisdiction: str | None = None,
        sources: Mapping[str, str],
    ) -> None:
        """`sources` are the captures of the item: by field, "" for the rest. `jurisdiction` is for
        changes of neither a measure nor an agreement."""
        capture = self._capture(sources.get(change.field) or sources.get("", ""))
        self._pending.append(
            (
                self.run,
                measure,
                agreement,
                jurisdiction,
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

    def _capture(self, sha256: str) -> int | None:
        """The row of a capture of this run, or of an earlier run that had the same bytes."""
        if not sha256 or sha256 in self.captures:
            return self.captures.get(sha256)
        row = self._connection.execute(
            "SELECT max(id) FROM captures WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return row[0]  # type: ignore[no-any-return]

    def flush(self) -> None:
        insert(self._connection, "changes", _COLUMNS, self._pending)
        self.written += len(self._pending)
        self._pending.clear()
