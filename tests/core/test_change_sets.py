"""Two dated snapshots of real legislatures against what really changed between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.bill_records import lines
from tests.benchmarks.changes import expected_rows, found_rows, score
from tests.benchmarks.ingest import ingest
from tests.core.desk import knowledge
from tests.shared import needs_shared, shared
from tracker.store import open_store


@needs_shared("corpus/changes")
@pytest.mark.parametrize(("state", "expected"), [("dc", 721), ("pa", 0)])
def test_everything_that_changed_is_told_and_nothing_else(
    state: str, expected: int, tmp_path: Path
) -> None:
    db = open_store(tmp_path / "t.db", create=True)
    for run, snapshot in enumerate("AB", start=1):
        records = lines(shared(f"corpus/changes/{state}-{snapshot}.jsonl.gz"))
        ingest(db, run, records, knowledge())
    must, may = expected_rows(shared(f"corpus/changes/{state}-expected.jsonl"))
    found = score(must, may, found_rows(db))
    assert (found["missing"], found["extra"]) == ([], [])
    assert (found["precision"], found["recall"], found["expected"]) == (1.0, 1.0, expected)
    assert db.conn.execute("SELECT count(*) FROM measures").fetchone()[0] > 100
    db.close()
