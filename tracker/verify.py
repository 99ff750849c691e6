"""Do the run folders still hold what the store says they hold?"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tracker.errors import DamagedRun
from tracker.runs import CAPTURES, check_items, read_record


def damaged_runs(db: Database, runs: Path) -> list[str]:
    """One sentence for each run folder that is missing or altered. All hashes are made anew."""
    problems = []
    for (folder,) in db.conn.execute("SELECT folder FROM runs ORDER BY id").fetchall():
        try:
            _check(runs / folder)
        except DamagedRun as error:
            problems.append(str(error))
    return problems


def _check(folder: Path) -> None:
    record = read_record(folder)
    check_items(folder, record)
    path = folder / CAPTURES
    if not record.captures:
        return
    if not path.is_file():
        raise DamagedRun(f"{path}: missing, though the run names {len(record.captures)} captures.")
    missing = {capture.sha256 for capture in record.captures} - _bodies(path)
    if missing:
        raise DamagedRun(f"{path}: {len(missing)} captures are not in it as they were recorded.")


def _bodies(path: Path) -> set[str]:
    found = set()
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                found.add(sha256(record.content_stream().read()).hexdigest())
        # warcio takes for granted that a record has headers: AttributeError where it has none.
        except (OSError, EOFError, ValueError, AttributeError, ArchiveLoadFailed) as error:
            raise DamagedRun(f"{path}: not a readable WARC ({error}).") from error
    return found
