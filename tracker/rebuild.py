"""The store from its runs: what a database can lose, the run folders keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from tracker.copies import remove, set_aside
from tracker.errors import StoreError
from tracker.ingest import Knowledge, Outcome, ingest
from tracker.runs import run_folders
from tracker.store import find_problems, open_store


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
    remove(part)
    try:
        db = open_store(part, create=True)
        try:
            count = _ingest_all(db, runs, knowledge, told)
            db.conn.execute("PRAGMA journal_mode = DELETE")
        finally:
            db.close()
        set_aside(target, ".before-rebuild")
        part.replace(target)
    finally:
        remove(part)
    return count


def _ingest_all(
    db: Database, runs: Path, knowledge: Knowledge, told: Callable[[Path, Outcome], None]
) -> int:
    count = 0
    for folder in run_folders(runs):
        told(folder, ingest(db, folder, knowledge))
        count += 1
    if not count:
        raise StoreError(f"{runs}: no finished run here; nothing to rebuild from.")
    problems = find_problems(db)
    if problems:
        raise StoreError(f"the store made of {runs}: {problems[0]}")
    return count
