"""The SQLite store: how it is opened, locked, checked, copied.

All code opens the database here, so that journal, synchronisation, foreign keys and waiting are
the same everywhere. There is one writer at a time; it begins IMMEDIATE, because a transaction
that reads first and writes later fails at once when another process has written in between.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from tracker.errors import StoreError
from tracker.schema import LATEST, migrations

_WAIT_MS = 30_000
_CACHE_KIB = 65_536
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"}
)


def open_store(
    path: Path,
    *,
    create: bool = False,
    migrate: bool = False,
    before_migration: Path | None = None,
) -> Database:
    """Open the store at `path`.

    Raises StoreError where the file is absent (and `create` is off), is not a database, has a
    schema newer than this program or older than it (and `migrate` is off), lies on a network file
    system, or can't be written. `before_migration` is where a copy is put before a schema changes.
    """
    path = path.absolute()
    if not create and not path.exists():
        raise StoreError(f"{path}: no database here. `tracker init` or `tracker crawl` makes one.")
    if create:
        path.parent.mkdir(parents=True, exist_ok=True)
    _refuse_network_file_system(path)
    new = not path.exists()
    with _explained(path):
        db = _connect(path)
        if new:
            path.chmod(0o600)
        if _needs_migration(db, path, allowed=migrate or new):
            if before_migration and not new:
                backup(db, before_migration)
            migrations.apply(db)
    return db


def _connect(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=_WAIT_MS / 1000, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    # Digests and consent must survive a power loss: NORMAL may lose the last commits in WAL.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.row_factory = sqlite3.Row
    return Database(connection)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(_why(path, error)) from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: not a usable SQLite database ({error}).") from error


def _why(path: Path, error: sqlite3.OperationalError) -> str:
    text = str(error)
    if "readonly" in text:
        return f"{path}: the database or its folder can't be written ({text})."
    if "full" in text:
        return f"{path}: the disk is full; nothing of this run was kept ({text})."
    if "locked" in text:
        return f"{path}: another process is writing; try again when it has ended ({text})."
    return f"{path}: {text}."


def _refuse_network_file_system(path: Path) -> None:
    """WAL needs shared memory: all processes on one host, never over a network file system."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return
    best, kind = "", ""
    for line in mounts.read_text(errors="replace").splitlines():
        fields = line.split(" ")
        at = fields[1].replace("\\040", " ")
        if len(at) >= len(best) and path.is_relative_to(at):
            best, kind = at, fields[2]
    if kind in _NETWORK_FILE_SYSTEMS:
        raise StoreError(
            f"{path}: lies on a network file system ({kind}); SQLite needs a local disk."
        )


def schema_version(db: Database) -> int:
    """How many migrations the database has had; 0 for an empty one."""
    if "_sqlite_migrations" not in db.table_names():
        return 0
    return len(list(migrations.applied(db)))


def _needs_migration(db: Database, path: Path, *, allowed: bool) -> bool:
    known = {m.name for m in migrations.pending(Database(memory=True))}
    applied = {m.name for m in migrations.applied(db)} if schema_version(db) else set()
    if applied - known:
        raise StoreError(
            f"{path}: made by a newer version of the tracker (schema {len(applied)}, this program "
            f"knows {LATEST}). Upgrade the program; the file was not touched."
        )
    if applied == known:
        return False
    if not allowed:
        raise StoreError(
            f"{path}: schema {len(applied)}, this program needs {LATEST}. Run `tracker db migrate`, "
            "which makes a backup first."
        )
    return True


@contextmanager
def writing(db: Database, path: Path | None = None) -> Iterator[sqlite3.Connection]:
    """One all-or-nothing transaction, begun IMMEDIATE. Raises StoreError when it can't be kept."""
    where = path or Path(db.conn.execute("PRAGMA database_list").fetchone()[2])
    with _explained(where):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db.conn
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise
        db.conn.execute("COMMIT")


def backup(db: Database, target: Path) -> Path:
    """Copy the live store with the backup API and check the copy. Raises StoreError if it is bad."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with _explained(target):
        copy = sqlite3.connect(part)
        try:
            db.conn.backup(copy, pages=2_048)
            copy.execute("PRAGMA journal_mode = DELETE")
            problems = find_problems(Database(copy))
        finally:
            copy.close()
    if problems:
        raise StoreError(f"{target}: the copy is damaged: {problems[0]}")
    part.chmod(0o600)
    part.replace(target)
    return target


def backup_name(folder: Path, now: dt.datetime) -> Path:
    return folder / f"tracker-{now:%Y%m%dT%H%M%SZ}.db"


def restore(copy: Path, target: Path) -> None:
    """Put a checked backup in the place of the store; the store it replaces is kept beside it."""
    source = open_store(copy, migrate=False)
    problems = find_problems(source)
    source.close()
    if problems:
        raise StoreError(f"{copy}: damaged, not restored: {problems[0]}")
    if target.exists():
        kept = target.with_name(target.name + ".before-restore")
        backup(open_store(target), kept)
    part = target.with_name(target.name + ".part")
    shutil.copyfile(copy, part)
    part.chmod(0o600)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    part.replace(target)


def find_problems(db: Database) -> list[str]:
    """What SQLite's own checks say is wrong; empty when the file is sound."""
    rows = db.conn.execute("PRAGMA integrity_check").fetchall()
    problems = [str(row[0]) for row in rows if row[0] != "ok"]
    for row in db.conn.execute("PRAGMA foreign_key_check"):
        problems.append(f"row {row[1]} of {row[0]} names a row of {row[2]} that is not there")
    return problems
