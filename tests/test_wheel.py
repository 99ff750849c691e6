"""The installed product needs no checkout: built, installed into an empty environment, and run."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment that holds the wheel and what it depends on, nothing else of ours."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet")
    wheel_options = ("--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    run(sys.executable, *pip, "wheel", *wheel_options, ROOT, cwd=folder)
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    run(python, *pip, "install", "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
    (wheel,) = folder.glob("*.whl")
    run(python, *pip, "install", "--no-deps", wheel, cwd=folder)
    return python.parent


@pytest.mark.xdist_group("wheel")
def test_the_wheel_runs_the_demonstration_without_a_checkout(
    installed: Path, tmp_path: Path
) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    where = run(installed / "python", "-c", "import tracker; print(tracker.__file__)", cwd=tmp_path)
    assert str(installed.parent) in where
    run(installed / "tracker", "demo", "--out", "out", cwd=tmp_path, env=env)
    assert "SB 783" in (tmp_path / "out" / "digest.txt").read_text()
    assert (tmp_path / "out" / "site" / "va" / "2026" / "sb-783" / "index.html").stat().st_size > 0
    listed = run(installed / "tracker", "sources", "--json", "--db", "out/tracker.db", cwd=tmp_path)
    assert '"state":"blocked"' in listed


def test_the_lock_pins_with_hashes_and_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "--index" not in lock
    pins = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in pin for pin in pins)
    assert lock.count("--hash=sha256:") >= len(pins)
