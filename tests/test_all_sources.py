"""All sources that have a simulated site, read in one go from recordings, each as of its own day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.cli.conftest import process
from tests.simulations.days import Simulation, simulated, site_class


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the run folder of a first crawl of each."""
    folder = tmp_path_factory.mktemp("recordings")
    for code in simulated():
        days = Simulation(code, tmp_path_factory.mktemp(code), listed=20, on_topic=2, moving=1)
        first = days.first()
        assert first.verdict == "ok", f"{code}: {first.reason}"
        (days.folder / "runs/1").rename(folder / code)
    return folder


def test_all_of_them_in_one_go(recordings: Path, tmp_path: Path) -> None:
    command = ("crawl", "--all", "--json", "--jobs", "2", "--replay", str(recordings))
    keys = {name: key for one in simulated() for name, key in site_class(one).environment.items()}
    done = process(*command, "--db", "tracker.db", cwd=tmp_path, timeout=600, **keys)
    assert done.status == 0, done.err
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert {row["source"]: row["verdict"] for row in rows} == dict.fromkeys(simulated(), "ok")
    kept = Database(tmp_path / "tracker.db").conn.execute(
        "SELECT source, count(*) FROM measures WHERE scope = 'core' GROUP BY 1"
    )
    assert dict(map(tuple, kept)) == dict.fromkeys(simulated(), 2)
