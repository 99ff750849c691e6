"""Copies of the store: their names, how one is put back, how what it replaces is kept."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from tracker.errors import DamagedStore, StoreError
from tracker.store import backup, check_schema, connect, explained

# Whoever still reads the store when it is to be replaced is not waited for.
_WAIT_MS = 1_000


def backup_name(folder: Path, now: dt.datetime) -> Path:
    return folder / f"tracker-{now:%Y%m%dT%H%M%SZ}.db"


def restore(copy: Path, target: Path) -> None:
    """Put a backup in the place of the store, which is kept beside it as `<name>.before-restore`.

    The backup is only read, and may be of an earlier schema. Raises StoreError where it is damaged,
    of a newer program or of another one, or the store is in use; the store is then as it was.
    """
    part = target.with_name(target.name + ".restoring")
    with explained(copy):
        source = _read_only(copy)
        try:
            if not check_schema(source, copy):
                raise StoreError(f"{copy}: an empty database, not restored.")
            backup(source, part)
        finally:
            source.close()
    try:
        set_aside(target, ".before-restore")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def set_aside(path: Path, suffix: str) -> None:
    """Move the store away, to `<name><suffix>`: a checked copy, or as it is where it is damaged.

    Raises StoreError where another process has it open: what that one writes would be lost.
    """
    if path.exists():
        try:
            _copy_aside(path, suffix)
        except DamagedStore:
            path.replace(path.with_name(path.name + suffix))
    remove(path)


def _copy_aside(path: Path, suffix: str) -> None:
    with explained(path):
        db = connect(path, wait_ms=_WAIT_MS)
        try:
            backup(db, path.with_name(path.name + suffix))
            # Refused by SQLite while anyone else has the file open; and it empties the journal.
            db.conn.execute("PRAGMA journal_mode = DELETE")
        finally:
            db.close()


def remove(path: Path) -> None:
    """A database and its journal."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _read_only(path: Path) -> Database:
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return Database(connection)
