"""`tracker import measures`: all of a file or nothing, and kept like everything that is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.cli.conftest import ROOT, Run, process
from tests.core.desk import Desk, day
from tests.factory import source
from tracker.measures_file import read_measures
from tracker.model import Measure

EXAMPLE = (ROOT / "docs" / "examples" / "measures.csv").read_text()
SHERIFF = "us-va/2026/Fictional County: Sheriff's statement"
KEPT = "SELECT key, place, stage, stage_on, scope FROM measures ORDER BY key"
LOG = (
    "SELECT kind, field, old, new, happened_on FROM changes WHERE run = (SELECT max(id) FROM runs)"
)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    path = tmp_path / "measures.csv"
    path.write_text(EXAMPLE)
    return path


def rows(sql: str) -> list[tuple[object, ...]]:
    store = Database("tracker.db")
    found = [tuple(row) for row in store.conn.execute(sql)]
    store.close()
    return found


def test_a_file_is_kept_with_its_proof_and_again_changes_nothing(run: Run, example: Path) -> None:
    first = run("import", "measures", str(example), "--json")
    assert (first.status, first.rows[0]["verdict"], first.rows[0]["changes"]) == (0, "ok", 6)
    again = run("import", "measures", str(example), "--json")
    assert (again.status, again.rows[0]["changes"]) == (0, 0)
    assert rows(KEPT) == [
        ("us-va/2019/City of Example: Ordinance 2019-X3", "City of Example", "superseded", "2026-01-10",
         "core"),
        ("us-va/2026/AG Guidance 2026-X1", "", "in_force", "2026-01-20", "core"),
        ("us-va/2026/City of Example: Ordinance 2026-X7", "City of Example", "in_force", "2026-01-10",
         "core"),
        (SHERIFF, "Fictional County", "in_force", "2026-02-01", "core"),
        ("us-va/2026/Fictional Plaintiffs v. Example", "", "enjoined", "2026-01-30", "core"),
        ("us-va/2026/Question X", "", "introduced", "2026-01-05", "core"),
    ]  # fmt: skip
    assert rows("SELECT count(*) FROM changes WHERE capture IS NULL") == [(0,)]
    assert run("db", "check").status == 0


def test_a_changed_row_is_a_change_and_a_removed_row_is_none(run: Run, example: Path) -> None:
    run("import", "measures", str(example))
    lines = EXAMPLE.splitlines(keepends=True)
    changed = (
        lines[2]
        .replace("bans_agreements", "limits_cooperation")
        .replace("2026-02-01", "2026-02-03")
    )
    example.write_text(lines[0] + changed)
    assert run("import", "measures", str(example)).status == 0
    assert rows(LOG) == [
        ("action_changed", "actions", "Reported: in force", "Reported: in force", "2026-02-03"),
        ("judgement_changed", "stance", "bans_agreements", "limits_cooperation", None),
        ("judgement_changed", "source_on", "2026-02-01", "2026-02-03", None),
    ]
    assert len(rows(KEPT)) == 6
    assert rows("SELECT count(*) FROM measures WHERE withdrawn_on IS NOT NULL") == [(0,)]


def test_an_end_is_told_and_can_be_taken_back(run: Run, example: Path) -> None:
    run("import", "measures", str(example))
    lines = EXAMPLE.splitlines(keepends=True)
    ended = lines[1].replace(",,,,in_force", ",,,2026-01-21,rescinded")
    assert ended != lines[1]
    for line, stage in ((ended, "rescinded"), (lines[1], "in_force")):
        example.write_text(lines[0] + line)
        assert run("import", "measures", str(example)).status == 0
        assert ("us-va/2026/AG Guidance 2026-X1", "", stage) in [row[:3] for row in rows(KEPT)]


def test_one_fault_and_nothing_is_kept(run: Run, example: Path, tmp_path: Path) -> None:
    example.write_text(EXAMPLE.replace("2026-01-30", "30 January"))
    ran = run("import", "measures", str(example))
    assert ran.status == 1
    told = "row 6 (line 7), decided_on: '30 January' is not a day as 2026-02-01"
    assert told in " ".join(ran.err.split())
    assert not (tmp_path / "tracker.db").exists()
    assert not (tmp_path / "runs").exists()


def test_looking_for_faults_keeps_nothing(run: Run, example: Path) -> None:
    run("init")
    assert "6 measures, no fault" in run("import", "measures", "--check", str(example)).out
    assert rows(KEPT) == []


@pytest.mark.parametrize("name", ["measures.xlsx", "nowhere.csv"])
def test_a_file_of_another_form_or_none_is_told(run: Run, name: str, tmp_path: Path) -> None:
    if name.endswith("xlsx"):
        (tmp_path / name).write_bytes(b"PK")
    ran = run("import", "measures", name)
    assert ran.status == 1
    assert name in ran.err


def test_what_another_source_reads_is_refused(run: Run, example: Path, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "tracker.db")
    theirs = Measure(
        jurisdiction="us-va", session="2026", identifier="AG Guidance 2026-X1", kind="guidance",
        title="Fictional", issued_on=day("2026-01-20"),
    )  # fmt: skip
    desk.keep(theirs, facts=source("va-orders", kind="orders"))
    desk.db.close()
    ran = run("import", "measures", str(example))
    assert ran.status == 1
    told = " ".join(ran.err.split())
    assert (
        "row 1 (line 2), identifier: us-va/2026/AG Guidance 2026-X1 is read from va-orders" in told
    )
    assert len(rows(KEPT)) == 1


def test_a_measure_does_not_change_its_kind(run: Run, example: Path) -> None:
    run("import", "measures", str(example))
    example.write_text(EXAMPLE.replace(",local_policy,", ",ordinance,"))
    ran = run("import", "measures", str(example))
    assert "row 2 (line 3), kind:" in ran.err
    assert ran.status == 1


def test_a_run_from_elsewhere_never_overwrites_what_a_source_reads(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    rows_read = read_measures("m.csv", EXAMPLE.encode(), day("2026-02-02"))
    items = [item for one in rows_read for item in (one.measure, one.judgement)]
    theirs = Measure(
        jurisdiction="us-va", session="2026", identifier="Question X", kind="ballot_question",
        title="Fictional: theirs",
    )  # fmt: skip
    desk.keep(theirs)
    desk.keep(*items, at="2026-02-03T12:00:00Z", facts=source("editors", "us", kind="editors"))
    assert (
        desk.one("SELECT title FROM measures WHERE identifier = 'Question X'")
        == "Fictional: theirs"
    )
    assert desk.one("SELECT count(*) FROM judgements") == 5


def test_a_rebuild_keeps_what_was_entered(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    process("import", "measures", str(example), cwd=tmp_path)
    before = rows(KEPT), rows("SELECT * FROM judgements ORDER BY measure"), rows(LOG)
    assert process("rebuild", cwd=tmp_path).status == 0
    assert (rows(KEPT), rows("SELECT * FROM judgements ORDER BY measure"), rows(LOG)) == before


def test_a_run_can_be_read_again(run: Run, example: Path, tmp_path: Path) -> None:
    ran = run("import", "measures", str(example), "--json")
    again = run("replay", ran.rows[0]["run"], "--out", "again")
    assert again.status == 0
    assert "0" in again.out
