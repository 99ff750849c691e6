"""A new source begins as files that fail until they are filled, and are clean otherwise."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.scaffold import scaffold

CHECKOUT = Path(__file__).parents[2]
URL = "https://www.example.org/bills?year=2027"
CASES = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_recordings.py", "-k")


def made(root: Path, code: str, kind: str) -> list[Path]:
    return scaffold(
        code, name="State of Example", jurisdiction="us-gu", url=URL, kind=kind, root=root
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the project without its recordings."""
    ignored = shutil.ignore_patterns("__pycache__", "recordings", "benchmarks", "demo")
    for name in ("spiders", "tracker", "templates", "db", "tests"):
        shutil.copytree(CHECKOUT / name, tmp_path / name, ignore=ignored)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("code", "kind", "module"),
    [
        ("gu", "legislature", "spiders/legislatures/gu.py"),
        ("governor-gu", "orders", "spiders/governors/gu.py"),
    ],
)
def test_the_files_are_clean_and_the_case_fails(
    checkout: Path, code: str, kind: str, module: str
) -> None:
    files = made(checkout, code, kind)
    case = f"tests/recordings/{code}/list"
    assert [str(path.relative_to(checkout)) for path in files] == [
        module,
        f"{case}/case.json",
        f"{case}/body.html",
        f"{case}/expected.jsonl",
    ]
    for check in (["check"], ["format", "--check"]):
        clean = run(checkout, "-m", "ruff", *check, module)
        assert clean.returncode == 0, clean.stdout
    typed = run(checkout, "-m", "mypy", module)
    assert typed.returncode == 0, typed.stdout
    ended = run(checkout, *CASES, f"{code}/list")
    assert ended.returncode == 1
    assert f"test_reads_all_of_it[{code}/list]" in ended.stdout
    assert "expected the mark b'what only the real page has'" in ended.stdout


@pytest.mark.parametrize(
    ("code", "kind", "told"),
    [
        ("UT", "legislature", "lower-case letters"),
        ("../gu", "legislature", "lower-case letters"),
        ("", "legislature", "lower-case letters"),
        ("gu", "court", "kind legislature or orders"),
        ("va", "legislature", "is there already"),
    ],
)
def test_what_can_not_be_made_is_told_and_nothing_is_written(
    tmp_path: Path, code: str, kind: str, told: str
) -> None:
    (tmp_path / "spiders" / "legislatures").mkdir(parents=True)
    (tmp_path / "spiders" / "legislatures" / "va.py").write_text("")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(TrackerError, match=told):
        made(tmp_path, code, kind)
    assert sorted(tmp_path.rglob("*")) == before


def test_outside_a_checkout_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match="run this in a checkout"):
        made(tmp_path, "gu", "legislature")
