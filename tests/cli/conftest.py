"""Running the command line: as a process of its own, or in this one where that is enough."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tracker.cli import main

ROOT = Path(__file__).resolve().parents[2]
ROUND_1 = ROOT / "db" / "demo" / "round-1"
ROUND_2 = ROOT / "db" / "demo" / "round-2"


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class Demo(NamedTuple):
    folder: Path
    ran: Ran

    @property
    def db(self) -> str:
        return str(self.folder / "tracker.db")


def environment(**more: str) -> dict[str, str]:
    """Of this process, without settings of the tracker, keys and colours."""
    keep = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TRACKER_")
        and not name.endswith("_API_KEY")
        and name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS"}
    }
    return {**keep, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **more}


def process(*args: str, cwd: Path, timeout: float = 120, **env: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "tracker.cli", *args],
        cwd=cwd,
        env=environment(**env),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demonstration, run once; tests only read it."""
    cwd = tmp_path_factory.mktemp("demonstration")
    ran = process("demo", "--out", "out", cwd=cwd)
    return Demo(cwd / "out", ran)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`main()` in this process, in an empty folder and with a clean environment."""
    monkeypatch.chdir(tmp_path)
    for name in set(os.environ) - set(environment()):
        monkeypatch.delenv(name)
    for name, value in environment().items():
        monkeypatch.setenv(name, value)

    def call(*args: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["tracker", *args])
        status: int | str | None = 0
        try:
            main()
        except SystemExit as ended:
            status = ended.code
        out, err = capsys.readouterr()
        return Ran(int(status or 0), out, err)

    return call


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All on one worker, which runs the demonstration once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("cli"))
