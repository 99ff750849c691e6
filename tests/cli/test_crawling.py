"""`crawl`, `ingest`, `replay`, `rebuild`, `check` on recorded answers, and what they refuse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import ROUND_1, ROUND_2, Demo, Run

MONDAY = "2026-01-26T12:00:00Z"


def crawl(run: Run, *args: str) -> list[dict[str, object]]:
    ran = run("crawl", *args, "--replay", str(ROUND_1), "--now", MONDAY, "--json")
    assert ran.status == 0, ran.err
    return ran.rows


def test_one_source(run: Run, tmp_path: Path) -> None:
    (row,) = crawl(run, "mn")
    folder = tmp_path / "runs" / "mn" / "20260126T120000Z"
    assert row.pop("requests")
    assert row == {
        "source": "mn",
        "verdict": "ok",
        "status": "ingested",
        "listed": 2,
        "read": 2,
        "changes": 1,
        "reason": "2 listed, 2 read",
        "run": str(folder),
    }
    assert {path.name for path in folder.iterdir()} == {
        "items.jsonl", "captures.warc.gz", "run.json", "known.json.gz"
    }  # fmt: skip


def test_the_same_run_again_changes_nothing(run: Run) -> None:
    crawl(run, "mn")
    (row,) = crawl(run, "mn")
    assert (row["status"], row["changes"]) == ("known", 0)
    ran = run("crawl", "mn", "--replay", str(ROUND_1), "--now", MONDAY)
    assert "in the store already: 2 listed, 2 read" in " ".join(ran.out.split())


def test_all_that_there_are_recordings_of(run: Run) -> None:
    ran = run("crawl", "--all", "--replay", str(ROUND_1), "--now", MONDAY)
    assert (ran.status, ran.err) == (0, "")
    recorded = sorted(path.name for path in ROUND_1.iterdir())
    told = [line.split()[:2] for line in ran.out.splitlines() if line.endswith(" changes")]
    assert told == [[source, "ok"] for source in recorded]


def test_a_blocked_source_ends_with_status_1(run: Run) -> None:
    ran = run("crawl", "pa", "--replay", str(ROUND_2), "--now", "2026-05-22T13:00:00Z", "--json")
    assert ran.status == 1
    (row,) = ran.rows
    assert (row["verdict"], row["status"], row["changes"]) == ("blocked", "refused", 0)
    assert "HTTP 403" in str(row["reason"])


def test_a_source_that_is_not_ok_is_told_with_what_to_do_next(run: Run) -> None:
    ran = run("crawl", "pa", "--replay", str(ROUND_2), "--now", "2026-05-22T13:00:00Z")
    assert ran.status == 1
    head, *_, last = ran.out.splitlines()
    assert head.split() == ["pa", "blocked", *head.split()[2:4], "0", "changes"]
    assert last == "Look closer: tracker doctor pa"


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        ([], 1, "name the sources to read, or use --all, or --due."),
        (["va", "--all"], 1, "name the sources to read, or use --all, or --due."),
        (["nope"], 1, "no source is called 'nope'. There are: "),
        (["va"], 1, "`contact` is not set: give a page or mail address"),
        (["--due"], 1, "`contact` is not set"),
        (["va", "--replay", "absent"], 1, "absent: no such folder."),
        (["va", "--replay", "."], 1, ".: holds no recorded answers of va."),
        (["va", "--now", "yesterday"], 2, "'yesterday' is not a time as 2026-01-26T12:00:00Z"),
        (["va", "--jobs", "0"], 2, "'--jobs'"),
    ],
)
def test_what_is_wrong_is_told(run: Run, args: list[str], status: int, says: str) -> None:
    ran = run("crawl", *args)
    assert (ran.status, ran.out) == (status, "")
    assert says in ran.err


def test_a_named_source_is_never_left_out_in_silence(run: Run) -> None:
    ran = run("crawl", "mn", "governor-ar", "--replay", str(ROUND_1), "--now", MONDAY)
    assert ran.status == 1
    assert "holds no recorded answers of governor-ar." in ran.err


def a_run(demo: Demo, source: str, target: Path) -> Path:
    """The source's second run of the demonstration, copied."""
    folder = sorted((demo.folder / "runs" / source).iterdir())[-1]
    shutil.copytree(folder, target / folder.name)
    return target / folder.name


def test_runs_from_elsewhere_are_kept_once(run: Run, demo: Demo, tmp_path: Path) -> None:
    folder = a_run(demo, "mt", tmp_path)
    first, second = (run("ingest", str(folder), "--json") for _ in range(2))
    assert (first.status, second.status) == (0, 0)
    assert first.rows[0]["status"] == "ingested"
    assert first.rows[0]["new"] == 1
    assert second.rows[0]["status"] == "known"


def test_a_damaged_run_is_left_out_and_the_others_kept(
    run: Run, demo: Demo, tmp_path: Path
) -> None:
    bad, good = a_run(demo, "mn", tmp_path / "bad"), a_run(demo, "mt", tmp_path / "good")
    items = bad / "items.jsonl"
    items.write_bytes(items.read_bytes()[:-40])
    ran = run("ingest", str(bad), str(good), "--json")
    assert ran.status == 1
    assert [row["status"] for row in ran.rows] == ["damaged", "ingested"]
    assert "items.jsonl: truncated or altered (SHA-256 " in ran.rows[0]["reason"]
    assert run("changes", "--state", "mn", "--json").rows == []


def test_half_a_run_is_never_kept(run: Run, demo: Demo, tmp_path: Path) -> None:
    folder = a_run(demo, "mn", tmp_path)
    (folder / "run.json").unlink()
    ran = run("ingest", str(folder))
    assert ran.status == 1
    assert ran.out == (
        f"damaged: {folder}: no run.json: the crawl did not finish. Crawl the source again.\n"
    )


def test_a_blocked_run_is_recorded_and_told(run: Run, demo: Demo, tmp_path: Path) -> None:
    ran = run("ingest", str(a_run(demo, "pa", tmp_path)), "--json")
    assert ran.status == 1
    assert (ran.rows[0]["status"], ran.rows[0]["verdict"]) == ("refused", "blocked")


def test_a_run_is_read_again_as_it_was(run: Run, demo: Demo, tmp_path: Path) -> None:
    folder = a_run(demo, "mn", tmp_path)
    ran = run("replay", str(folder), "--out", "again")
    assert ran.status == 0, ran.err
    assert "0 items of then are not read now, 0 are new." in ran.out
    new = tmp_path / "again" / "mn" / folder.name
    assert (new / "items.jsonl").read_bytes() == (folder / "items.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["ingest", "absent"], "absent: no such folder."),
        (["replay", "absent"], "absent: no such folder."),
        (["replay", "empty"], "empty: no run.json: the crawl did not finish."),
        (["replay", "some.warc.gz"], "some.warc.gz: say with --source which source's pages"),
        (["rebuild"], "runs: no finished run here; nothing to rebuild from."),
    ],
)
def test_no_run(run: Run, tmp_path: Path, args: list[str], says: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "some.warc.gz").write_bytes(b"")
    ran = run(*args)
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err


def test_a_store_made_anew_is_the_same(run: Run, demo: Demo, tmp_path: Path) -> None:
    shutil.copy(demo.db, tmp_path / "tracker.db")
    shutil.copytree(demo.folder / "runs", tmp_path / "runs")
    before = run("changes", "--all", "--json").rows
    ran = run("rebuild")
    assert (ran.status, ran.out) == (0, "tracker.db: made anew from 16 runs.\n")
    after = run("changes", "--all", "--json").rows
    key = ("jurisdiction", "measure", "kind", "field", "old", "new", "happened_on", "seen_at")
    assert sorted(str([row[k] for k in key]) for row in after) == sorted(
        str([row[k] for k in key]) for row in before
    )
    assert (tmp_path / "tracker.db.before-rebuild").exists()


def test_check_stores_nothing(run: Run, tmp_path: Path) -> None:
    ran = run("check", "va", "--replay", str(ROUND_1 / "va"), "--now", MONDAY)
    assert (ran.status, ran.err) == (0, "")
    assert "Virginia General Assembly" in ran.out
    assert "2 listed, 2 read" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_check_of_a_blocked_source(run: Run) -> None:
    ran = run("check", "pa", "--replay", str(ROUND_2 / "pa"), "--now", "2026-05-22T13:00:00Z")
    assert ran.status == 1
    for words in ("blocked", "https://www.palegis.us/", "expected", "found", "HTTP 403"):
        assert words in ran.out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["check", "va"], "`contact` is not set"),
        (["check", "nope"], "no source is called 'nope'"),
        (["check", "va", "--replay", "absent"], "absent: no such folder."),
        (["record", "va", "https://lis.virginia.gov/", "--case", "x"], "`contact` is not set"),
        (["record", "nope", "https://example.org/", "--case", "x"], "no source is called 'nope'"),
    ],
)
def test_nothing_live_without_a_contact(run: Run, args: list[str], says: str) -> None:
    ran = run(*args)
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err
