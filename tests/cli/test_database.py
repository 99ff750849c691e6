"""`db` and `init`, and stores that can't be used."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Demo, Run

READERS = [
    ["changes"], ["posture"], ["agreements"], ["digest", "preview"], ["site", "build"],
    ["export", "csv"], ["db", "check"], ["db", "backup"], ["db", "migrate"],
]  # fmt: skip


@pytest.mark.parametrize("args", READERS, ids=" ".join)
def test_no_store(run: Run, tmp_path: Path, args: list[str]) -> None:
    ran = run(*args)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"tracker: {tmp_path}/tracker.db: no database here."
        " `tracker init` or `tracker crawl` makes one.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("args", READERS, ids=" ".join)
def test_not_a_database(run: Run, tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "tracker.db").write_bytes(b"Dear reader, " * 1_000)
    ran = run(*args)
    assert (ran.status, ran.out) == (1, "")
    assert "tracker.db: not a usable SQLite database" in ran.err


def test_a_folder_is_no_store(run: Run) -> None:
    ran = run("changes", "--db", ".")
    assert (ran.status, ran.out) == (1, "")
    assert "unable to open database file" in ran.err


def test_a_store_of_a_newer_program(run: Run, demo: Demo, tmp_path: Path) -> None:
    shutil.copy(demo.db, tmp_path / "tracker.db")
    with sqlite3.connect(tmp_path / "tracker.db") as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('tracker', 'm999_of_tomorrow', '2030-01-01')"
        )
    db.close()
    ran = run("changes")
    assert (ran.status, ran.out) == (1, "")
    assert "made by a newer version of the tracker (schema " in ran.err
    assert "Upgrade the program; the file was not touched." in ran.err


def test_init_writes_settings_and_a_store(run: Run, tmp_path: Path) -> None:
    ran = run("init")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "Wrote tracker.toml: set `contact` in it before the first crawl.\n"
        "The store is tracker.db. Next: tracker crawl va\n"
    )
    assert (tmp_path / "tracker.db").stat().st_mode & 0o777 == 0o600
    assert run("changes").out == "0 changes.\n"


def test_init_again_leaves_settings_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tracker.toml").write_text('contact = "me@example.org"\n')
    ran = run("init")
    assert ran.status == 0
    assert ran.err == "tracker.toml is here already and was left as it is.\n"
    assert (tmp_path / "tracker.toml").read_text() == 'contact = "me@example.org"\n'


def test_the_sample_is_valid_settings(run: Run, tmp_path: Path) -> None:
    sample = run("init", "--show").out
    assert list(tmp_path.iterdir()) == []
    uncommented = re.sub(r"^# (?=[a-z_]+ = )", "", sample, flags=re.MULTILINE)
    assert 'db = "tracker.db"' in uncommented.splitlines()
    (tmp_path / "tracker.toml").write_text(uncommented)
    assert run("sources").status == 0


def test_migrate_has_nothing_to_do(run: Run, demo: Demo) -> None:
    ran = run("db", "migrate", "--db", demo.db)
    assert (ran.status, ran.out) == (0, f"{demo.db}: schema is up to date.\n")


def test_check_looks_at_the_runs_beside_the_store(run: Run, demo: Demo) -> None:
    ran = run("db", "check", "--db", demo.db)
    assert (ran.status, ran.out, ran.err) == (0, f"{demo.db}: sound.\n", "")


def test_check_finds_an_altered_run(run: Run, demo: Demo, tmp_path: Path) -> None:
    shutil.copy(demo.db, tmp_path / "tracker.db")
    shutil.copytree(demo.folder / "runs", tmp_path / "runs")
    items = next(iter(sorted((tmp_path / "runs" / "va").iterdir()))) / "items.jsonl"
    items.write_bytes(items.read_bytes().replace(b"HB 650", b"HB 651"))
    shutil.rmtree(tmp_path / "runs" / "mt")
    ran = run("db", "check")
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert len(lines) == 3
    assert sum("items.jsonl: truncated or altered" in line for line in lines) == 1
    assert sum("runs/mt/" in line and "no run.json" in line for line in lines) == 2


def test_backup_and_restore(run: Run, demo: Demo, tmp_path: Path) -> None:
    shutil.copy(demo.db, tmp_path / "tracker.db")
    before = run("changes", "--json").out
    assert run("db", "backup", "--out", "copy.db").out == "Wrote copy.db\n"
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    run("db", "backup")
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.name.startswith("tracker-20")
    (tmp_path / "tracker.db").unlink()
    run("init")
    assert run("changes").out == "0 changes.\n"
    ran = run("db", "restore", "copy.db")
    assert (ran.status, ran.out) == (0, "tracker.db is now copy.db.\n")
    assert run("changes", "--json").out == before
    assert (tmp_path / "tracker.db.before-restore").exists()


def test_restore_of_no_file(run: Run) -> None:
    ran = run("db", "restore", "absent.db")
    assert (ran.status, ran.err) == (1, "tracker: absent.db: no such file.\n")


def test_restore_of_a_damaged_copy(run: Run, demo: Demo, tmp_path: Path) -> None:
    shutil.copy(demo.db, tmp_path / "tracker.db")
    body = Path(demo.db).read_bytes()
    (tmp_path / "copy.db").write_bytes(body[: len(body) // 2])
    ran = run("db", "restore", "copy.db")
    assert ran.status == 1
    assert "copy.db" in ran.err
    assert run("db", "migrate").status == 0
