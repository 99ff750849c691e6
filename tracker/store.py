"""The SQLite store: how it is opened, locked, checked, copied.

All code opens the database here, so that journal, synchronisation, foreign keys and waiting are
the same everywhere. There is one writer at a time; it begins IMMEDIATE, because a transaction
that reads first and writes later fails at once when another process has written in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from tracker.errors import DamagedStore, StoreError
from tracker.mounts import mounts, network_file_system
from tracker.schema import known_migrations, migrations

_WAIT_MS = 30_000
_CACHE_KIB = 65_536
_RECORD_OF_MIGRATIONS = "_sqlite_migrations"


def open_store(
    path: Path,
    *,
    create: bool = False,
    migrate: bool = False,
    before_migration: Path | None = None,
) -> Database:
    """Open the store at `path`.

    Raises StoreError where the file is absent (and `create` is off), is not a database of ours, has
    a schema newer than this program or older than it (and `migrate` is off), lies on a network file
    system, or can't be written. `before_migration` is where a copy is put before a schema changes.
    """
    path = path.absolute()
    if not create and not path.exists():
        raise StoreError(f"{path}: no database here. `tracker init` or `tracker crawl` makes one.")
    kind = network_file_system(path.resolve(), mounts())
    if kind:
        raise StoreError(
            f"{path}: lies on a network file system ({kind}); SQLite needs a local disk."
        )
    if create:
        _make_file(path)
    with explained(path):
        db = connect(path)
        try:
            _prepare(db, path, create=create, migrate=migrate, before_migration=before_migration)
        except BaseException:
            db.close()
            raise
    return db


def _make_file(path: Path) -> None:
    """Readable by its owner alone from the first moment; the journal takes the mode of the file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"{path}: can't be made ({error.strerror}).") from error


def connect(path: Path, *, wait_ms: int = _WAIT_MS) -> Database:
    """A connection that changes nothing in the file by being opened."""
    connection = sqlite3.connect(path, timeout=wait_ms / 1000, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {wait_ms}")
    # Digests and consent must survive a power loss: NORMAL may lose the last commits in WAL.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.row_factory = sqlite3.Row
    # Without recursive triggers, REPLACE deletes rows of the change log behind its trigger's back.
    return Database(connection, recursive_triggers=True)


def _prepare(
    db: Database, path: Path, *, create: bool, migrate: bool, before_migration: Path | None
) -> None:
    """Asks what the file is before the first pragma that writes to it."""
    applied, latest = check_schema(db, path), len(known_migrations())
    if applied == latest:
        db.conn.execute("PRAGMA journal_mode = WAL")
        return
    used = _was_used(db)
    if not (migrate or (create and not used)):
        raise StoreError(
            f"{path}: schema {applied}, this program needs {latest}. Run `tracker db migrate`, "
            "which makes a backup first."
        )
    db.conn.execute("PRAGMA journal_mode = WAL")
    if before_migration and used:
        backup(db, before_migration)
    migrations.apply(db)


def _was_used(db: Database) -> bool:
    """Whether anything was kept: a creation that was killed leaves some of the tables, all empty."""
    return "runs" in db.table_names() and bool(
        db.conn.execute("SELECT EXISTS (SELECT 1 FROM runs)").fetchone()[0]
    )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Errors of SQLite about the file at `path` in words: DamagedStore or another StoreError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(_why(path, error)) from error
    except sqlite3.DatabaseError as error:
        raise DamagedStore(f"{path}: not a usable SQLite database ({error}).") from error


def _why(path: Path, error: sqlite3.OperationalError) -> str:
    text = str(error)
    if "readonly" in text:
        return f"{path}: the database or its folder can't be written ({text})."
    if "full" in text:
        return f"{path}: the disk is full; nothing was kept ({text})."
    if "locked" in text:
        return f"{path}: another process is using it; try again when it has ended ({text})."
    return f"{path}: {text}."


def schema_version(db: Database) -> int:
    """How many migrations the database has had; 0 for an empty one."""
    if _RECORD_OF_MIGRATIONS not in db.table_names():
        return 0
    return len(list(migrations.applied(db)))


def check_schema(db: Database, path: Path) -> int:
    """How many migrations it has had. Raises StoreError for what this program can't know."""
    known = known_migrations()
    applied = {m.name for m in migrations.applied(db)} if schema_version(db) else set()
    if applied - known:
        raise StoreError(
            f"{path}: made by a newer version of the tracker (schema {len(applied)}, this program "
            f"knows {len(known)}). Upgrade the program; the file was not touched."
        )
    # A creation that was killed may have got as far as its own record of migrations.
    if not applied and set(db.table_names()) - {_RECORD_OF_MIGRATIONS}:
        raise StoreError(f"{path}: a database of another program; the file was not touched.")
    return len(applied)


@contextmanager
def writing(db: Database, path: Path | None = None) -> Iterator[sqlite3.Connection]:
    """One all-or-nothing transaction, begun IMMEDIATE. Raises StoreError when it can't be kept."""
    where = path or Path(db.conn.execute("PRAGMA database_list").fetchone()[2])
    with explained(where):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db.conn
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise
        db.conn.execute("COMMIT")


def backup(db: Database, target: Path) -> Path:
    """Copy the live store with the backup API and check the copy.

    Raises DamagedStore where the copy is bad, StoreError where it can't be written; what stood at
    `target` is then still there.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    _make_file(part)
    try:
        with explained(target):
            problems = _copy(db, part)
        if problems:
            raise DamagedStore(f"{target}: the copy is damaged: {problems[0]}")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _copy(db: Database, part: Path) -> list[str]:
    copy = sqlite3.connect(part)
    try:
        db.conn.backup(copy, pages=2_048)
        copy.execute("PRAGMA journal_mode = DELETE")
        return find_problems(Database(copy))
    finally:
        copy.close()


def find_problems(db: Database) -> list[str]:
    """What SQLite's own checks say is wrong; empty when the file is sound."""
    rows = db.conn.execute("PRAGMA integrity_check").fetchall()
    problems = [str(row[0]) for row in rows if row[0] != "ok"]
    for row in db.conn.execute("PRAGMA foreign_key_check"):
        problems.append(f"row {row[1]} of {row[0]} names a row of {row[2]} that is not there")
    return problems
