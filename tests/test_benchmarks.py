"""The benchmarks run as the scripts they are documented to be; what they count is asserted here,
what they time is not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "benchmarks"
BILL = {
    "state": "VA",
    "session": "2026",
    "identifier": "HB 9001",
    "type": "bill",
    "title": "Fictional: immigration detainers; sheriffs shall honor them.",
    "actions": [{"date": "2026-01-14", "chamber": "lower", "text": "Offered"}],
    "sponsors": ["Doe"],
    "versions": [{"note": "Introduced"}],
}


def script(name: str, *options: str | Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, FOLDER / name, *options], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows))
    return path


def test_requests_of_a_first_crawl_a_quiet_and_a_busy_day() -> None:
    sizes = {"listed": 40, "on_topic": 4, "moving": 2}
    options = [f"--{name.replace('_', '-')}={value}" for name, value in sizes.items()]
    found = script("requests.py", "id", *options)
    said = found["sources"]["id"].pop("said")
    assert len(said) == 3
    assert found == {
        **sizes,
        "quiet_sum": 4,
        "sources": {"id": {"first": 12, "quiet": 4, "busy": 8}},
    }


def test_ingest_says_what_it_measured(tmp_path: Path) -> None:
    bills = [BILL | {"identifier": f"HB {number}"} for number in range(9001, 9004)]
    found = script("ingest.py", "--bills", lines(tmp_path / "bills.jsonl", *bills))
    assert found["bills"] == 3
    assert found["changes_logged"] == {"1": 3, "3": 1}
    assert found.keys() >= {
        "first_bills_per_s",
        "unchanged_bills_per_s",
        "one_percent_bills_per_s",
        "first_s",
        "raw_sqlite_s",
        "peak_mb",
        "db_bytes",
    }


def test_changes_tell_what_is_missing_and_what_is_too_much(tmp_path: Path) -> None:
    passed = {"date": "2026-02-02", "chamber": "lower", "text": "Passed House"}
    before = lines(tmp_path / "a.jsonl", BILL)
    after = lines(tmp_path / "b.jsonl", BILL | {"actions": [*BILL["actions"], passed]})
    about = {"state": "VA", "session": "2026", "identifier": "HB 9001"}
    right = about | {
        "kind": "action_added",
        "old": "",
        "new": "Passed House",
        "date": "2026-02-02",
    }
    exact = script("changes.py", before, after, lines(tmp_path / "right.jsonl", right))
    assert (exact["precision"], exact["recall"]) == (1, 1)
    wrong = script(
        "changes.py", before, after, lines(tmp_path / "wrong.jsonl", right | {"new": "Failed"})
    )
    assert (wrong["precision"], wrong["recall"]) == (0, 0)
    assert [row[3] for row in wrong["missing"] + wrong["extra"]] == ["Failed", "Passed House"]
