"""The store from its runs: what a database can lose, the run folders keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tracker.errors import StoreError
from tracker.ingest import Knowledge, Outcome, ingest
from tracker.runs import run_folders
from tracker.store import backup, find_problems, open_store


def rebuild(
    runs: Path,
    target: Path,
    knowledge: Knowledge,
    *,
    told: Callable[[Path, Outcome], None] = lambda _folder, _outcome: None,
) -> int:
    """Ingest every finished run, oldest first, into a new store that then takes the old one's place.

    The old store is kept beside it as `<name>.before-rebuild`. Returns the number of runs. Raises
    StoreError where there are none, DamagedRun at the first folder that can't be read; the old
    store is then untouched.
    """
    part = target.with_name(target.name + ".rebuilding")
    _remove(part)
    db = open_store(part, create=True)
    count = 0
    for folder in run_folders(runs):
        told(folder, ingest(db, folder, knowledge))
        count += 1
    if not count:
        _remove(part)
        raise StoreError(f"{runs}: no finished run here; nothing to rebuild from.")
    problems = find_problems(db)
    if problems:
        raise StoreError(f"{part}: {problems[0]}")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    if target.exists():
        old = open_store(target, migrate=True)
        backup(old, target.with_name(target.name + ".before-rebuild"))
        old.close()
    _remove(target)
    part.replace(target)
    return count


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
