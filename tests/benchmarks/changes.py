"""Is the change log right? Two dated snapshots of real records against what really changed.

    python -m tests.benchmarks.changes A.jsonl.gz B.jsonl.gz EXPECTED.jsonl

Prints one JSON object: `expected`, `found`, `precision`, `recall` and the rows that differ. A
correction counts the same told as one change or as a loss and a gain; optional rows count neither way.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.bill_records import jurisdiction, lines
from tests.benchmarks.ingest import ingest
from tracker.ingest import Knowledge
from tracker.model import fold
from tracker.store import open_store

# The expected lists' words for the log's.
_KINDS = {
    "measure_new": "bill_new",
    "abstract_changed": "description_changed",
}
_SCORED = {
    "bill_new",
    "action_added",
    "action_removed",
    "action_changed",
    "title_changed",
    "description_changed",
    "version_added",
    "version_removed",
    "version_changed",
    "sponsor_added",
    "sponsor_removed",
}
Row = tuple[str, str, str, str, str]  # key, kind, old, new, day


def expected_rows(path: Path) -> tuple[Counter[Row], Counter[Row]]:
    """Rows that must be told, and rows that may be."""
    must: Counter[Row] = Counter()
    may: Counter[Row] = Counter()
    for line in path.open():
        row = json.loads(line)
        key = f"{jurisdiction(row['state'])}/{row['session']}/{row['identifier']}"
        for told in split(
            key, row["kind"], row["old"], row["new"], row["date"], row.get("old_date")
        ):
            (may if row.get("optional") else must)[told] += 1
    return must, may


def split(
    key: str, kind: str, old: str, new: str, day: str | None, was: str | None
) -> Iterator[Row]:
    """A changed action as one removed and one added; days count for actions only."""
    old, new = fold(old or ""), fold(new or "")
    if kind == "action_changed":
        yield (key, "action_removed", old, "", was or day or "")
        yield (key, "action_added", "", new, day or "")
    elif kind == "bill_new":
        yield (key, kind, "", "", "")
    elif kind.startswith("action_"):
        yield (key, kind, old, new, day or "")
    else:
        yield (key, kind, old, new, "")


def found_rows(db: Any) -> Counter[Row]:
    found: Counter[Row] = Counter()
    for row in db.conn.execute(
        "SELECT measures.key, changes.kind, old, new, happened_on, was_on FROM changes"
        " JOIN measures ON measures.id = changes.measure WHERE run = 2"
    ):
        kind = _KINDS.get(row[1], row[1])
        if kind in _SCORED:
            found.update(split(row[0], kind, *row[2:]))
    return found


def score(must: Counter[Row], may: Counter[Row], found: Counter[Row]) -> dict[str, Any]:
    missing = must - found
    extra = found - must - may
    right = sum((must & found).values())
    return {
        "expected": sum(must.values()),
        "found": sum(found.values()),
        "precision": right / (right + sum(extra.values())) if found else 1.0,
        "recall": right / sum(must.values()) if must else 1.0,
        "missing": [list(row) for row in sorted(missing.elements())[:50]],
        "extra": [list(row) for row in sorted(extra.elements())[:50]],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("a", "b", "expected"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    knowledge = Knowledge.shipped()
    with tempfile.TemporaryDirectory() as folder:
        db = open_store(Path(folder) / "changes.db", create=True)
        ingest(db, 1, lines(options.a), knowledge)
        ingest(db, 2, lines(options.b), knowledge)
        must, may = expected_rows(options.expected)
        print(json.dumps(score(must, may, found_rows(db)), ensure_ascii=False))


if __name__ == "__main__":
    main()
