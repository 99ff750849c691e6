"""Killed at any moment, an ingest is all of a run or nothing of it, and is simply done again."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.kill import run


def test_twenty_kills(tmp_path: Path) -> None:
    found = run(tmp_path, kills=20, count=1_500, seed=20_260_202)
    assert (found["torn"], found["problems"], found["not_repaired"]) == (0, [], 0)
    assert found["before"] + found["after"] == 20
    # Some kills must have come before the end and some after, or the moments prove nothing.
    assert found["before"] >= 5
    assert found["after"] >= 1
