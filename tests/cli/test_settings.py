"""`tracker.toml` and TRACKER_…: what is wrong is named, with its file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("jobs =", "tracker.toml: not valid TOML: Invalid value (at line 1, column 7)."),
        ("joobs = 3", "tracker.toml: no setting is called `joobs`; `tracker init --show` lists"),
        ('jobs = "many"', "`jobs` input should be a valid integer"),
        ("jobs = 0", "`jobs` input should be greater than or equal to 1, found 0."),
        ("jobs = 65", "`jobs` input should be less than or equal to 64, found 65."),
        ("delay = 0.1", "`delay` input should be greater than or equal to 0.5, found 0.1."),
        ("time_limit = -1", "`time_limit` input should be greater than or equal to 60"),
        ("contact = 5", "`contact` input should be a valid string, found 5."),
        ("permissions = 5", "`permissions` input should be a valid dictionary, found 5."),
        ("[permissions]\nme = 5", "`permissions.me` input should be a valid string, found 5."),
        ("[runs]\na = 1", "`runs` input is not a valid path"),
    ],
)
def test_a_broken_file(run: Run, tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "tracker.toml").write_text(toml + "\n")
    ran = run("sources")
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err
    assert ran.err.startswith("tracker: tracker.toml")


def test_a_file_that_is_not_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tracker.toml").write_bytes(b"\xff\xfe\x00")
    ran = run("sources")
    assert (ran.status, ran.out) == (1, "")
    assert "tracker.toml: not valid TOML: 'utf-8' codec can't decode" in ran.err


def test_a_folder_in_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tracker.toml").mkdir()
    ran = run("sources")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        "tracker: tracker.toml: not a file. `tracker init` writes a documented one.\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TRACKER_JOBS", "many", "(or TRACKER_JOBS): `jobs` input should be a valid integer"),
        ("TRACKER_DELAY", "0", "(or TRACKER_DELAY): `delay` input should be greater than"),
        ("TRACKER_PERMISSIONS", "me", 'error parsing value for field "permissions"'),
        ("TRACKER_CONFIG", "absent.toml", "absent.toml: not a file."),
    ],
)
def test_a_broken_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    ran = run("sources")
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err


def test_the_environment_comes_before_the_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tracker.toml").write_text('db = "of-the-file.db"\n')
    assert "of-the-file.db: no database here." in run("changes").err
    monkeypatch.setenv("TRACKER_DB", "of-the-environment.db")
    assert "of-the-environment.db: no database here." in run("changes").err
    assert "named.db: no database here." in run("changes", "--db", "named.db").err


def test_an_empty_variable_is_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DB", "")
    assert f"{tmp_path}/tracker.db: no database here." in run("changes").err


def test_another_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text('db = "mine.db"\n')
    monkeypatch.setenv("TRACKER_CONFIG", "mine.toml")
    assert "mine.db: no database here." in run("changes").err


def test_runs_lie_beside_the_store_unless_given(run: Run, tmp_path: Path) -> None:
    assert "there/runs: no finished run here" in run("rebuild", "--db", "there/mine.db").err
    (tmp_path / "tracker.toml").write_text('runs = "elsewhere"\n')
    assert "tracker: elsewhere: no finished run here" in run("rebuild", "--db", "there/m.db").err
