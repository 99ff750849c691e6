"""`classify`, `evaluate`, `stages`: texts and files of bills in, JSON Lines out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Demo, Run
from tests.shared import needs_shared, shared

BAN = "Prohibiting local agencies from entering into agreements under section 287(g)"


def test_a_text(run: Run) -> None:
    ran = run("classify", "--text", BAN, "--json")
    assert ran.status == 0
    (row,) = ran.rows
    assert (row["scope"], row["stance"], row["direction"]) == (
        "core",
        "bans_agreements",
        "restrict",
    )
    quote = row["evidence"][0]
    assert BAN[quote.get("start", 0) :].startswith(quote["quote"])


def test_a_text_for_people(run: Run) -> None:
    ran = run("classify", "--text", BAN, "--explain")
    assert ran.status == 0
    for words in ("bans_agreements", "restrict", "(machine-proposed)", "rule", "in the title"):
        assert words in ran.out


def test_a_measure_of_the_store(run: Run, demo: Demo) -> None:
    ran = run("classify", "us-va/2026/HB 650", "--json", "--db", demo.db)
    (row,) = ran.rows
    assert (row["scope"], row["direction"]) == ("core", "restrict")


def test_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "text.html").write_text(f"<html><body><p>{BAN}.</p></body></html>")
    (tmp_path / "bills.csv").write_text(
        "state,session,identifier,title,description,file\n"
        f"wa,2026,SB 1,{BAN},,\n"
        "wa,2026,SB 2,Designating a state bird,,\n"
        "wa,2026,SB 3,Relating to government operations,,text.html\n"
    )
    ran = run("classify", "--csv", "bills.csv")
    assert ran.status == 0
    assert [(row["identifier"], row["scope"], row["stance"]) for row in ran.rows] == [
        ("SB 1", "core", "bans_agreements"),
        ("SB 2", "none", "unknown"),
        ("SB 3", "core", "bans_agreements"),
    ]
    shape = {
        "state", "session", "identifier", "scope", "stance", "direction", "topics", "confidence",
        "evidence", "rule",
    }  # fmt: skip
    assert all(row.keys() >= shape for row in ran.rows)
    assert all(
        quote.keys() >= {"quote", "field", "start"} for row in ran.rows for quote in row["evidence"]
    )


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "name a measure, or give --text, or --csv: one of them."),
        (["us-va/2026/HB 1", "--text", "x"], "one of them."),
        (["--csv", "absent.csv"], "absent.csv: can't be read"),
        (["us-va/2026/HB 1"], "tracker.db: no database here. `tracker init`"),
    ],
)
def test_what_is_wrong_is_told(run: Run, args: list[str], says: str) -> None:
    ran = run("classify", *args)
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err


def test_a_measure_that_is_not_there(run: Run, demo: Demo) -> None:
    ran = run("classify", "us-va/2026/HB 99999", "--db", demo.db)
    assert (ran.status, ran.err) == (
        1,
        "tracker: us-va/2026/HB 99999: no such measure in the store.\n",
    )


BILL = {
    "state": "wa",
    "session": "2025-2026",
    "identifier": "SB 1",
    "type": "bill",
    "actions": [{"date": "2026-01-14", "text": "First reading, referred to Law & Justice."}],
}


@pytest.mark.parametrize("packed", [False, True])
def test_stages_of_a_file(run: Run, tmp_path: Path, packed: bool) -> None:
    line = json.dumps(BILL).encode() + b"\n"
    file = tmp_path / ("bills.jsonl.gz" if packed else "bills.jsonl")
    file.write_bytes(gzip.compress(line) if packed else line)
    ran = run("stages", "--bills", file.name)
    assert ran.status == 0
    assert ran.rows == [
        {
            "state": "wa",
            "session": "2025-2026",
            "identifier": "SB 1",
            "stage": "in_committee",
            "stage_date": "2026-01-14",
            "governor_action": "n/a",
            "deciding_text": "First reading, referred to Law & Justice.",
        }
    ]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("bills.jsonl", b"not json\n"),
        ("bills.jsonl", b'{"state": "wa"}\n'),
        ("bills.jsonl", b"\xff\xfe\n"),
        ("bills.jsonl.gz", b"not gzip"),
        ("bills.jsonl.gz", gzip.compress(json.dumps(BILL).encode() * 99)[:-20]),
    ],
)
def test_stages_of_a_wrong_file(run: Run, tmp_path: Path, name: str, body: bytes) -> None:
    (tmp_path / name).write_bytes(body)
    ran = run("stages", "--bills", name)
    assert ran.status == 1
    assert ran.err.startswith(f"tracker: {name}: not JSON Lines of bills with actions (")


@pytest.mark.parametrize(
    "args",
    [
        ["stages", "--bills", "absent", "--json"],
        ["evaluate", "stages", "absent", "--bills", "here"],
        ["evaluate", "stages", "gold.csv", "--bills", "absent"],
    ],
)
def test_stages_of_no_file(run: Run, tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "here").write_text(json.dumps(BILL) + "\n")
    (tmp_path / "gold.csv").write_text(f"{GOLD_HEAD}\n")
    ran = run(*args)
    assert (ran.status, ran.out, ran.err) == (
        1,
        "",
        "tracker: absent: No such file or directory.\n",
    )


GOLD_HEAD = "state,session,identifier,stage,stage_date,governor_action,certainty,note"


def test_stages_are_compared_with_those_a_reader_gave(run: Run, tmp_path: Path) -> None:
    strange = {**BILL, "identifier": "HB 2", "actions": [{"date": "2025-01-13", "text": "Gnarl"}]}
    lines = "".join(json.dumps(one) + "\n" for one in (BILL, strange))
    (tmp_path / "bills.jsonl").write_text(lines)
    (first,) = run("stages", "--bills", "bills.jsonl").rows[:1]
    row = [first[name] for name in ("state", "session", "identifier", "stage", "stage_date")]
    row += [first["governor_action"], "high", ""]
    (tmp_path / "gold.csv").write_text(f"{GOLD_HEAD}\n{','.join(row)}\n")
    (found,) = run("evaluate", "stages", "gold.csv", "--bills", "bills.jsonl").rows
    assert found["high"] == {"bills": 1, "stage": 1.0, "date": 1.0, "governor": 1.0}
    assert found["misses"] == []
    (state,) = found["states"].values()
    assert state["unknown"] == 1
    assert state["sentences"] == 1 + len({action["text"] for action in BILL["actions"]})


@pytest.mark.parametrize(
    "args", [["stages"], ["stages", "gold.csv"], ["a.csv", "b.csv"], ["a.csv", "--bills", "x"]]
)
def test_what_is_to_be_evaluated_must_be_clear(run: Run, args: list[str]) -> None:
    ran = run("evaluate", *args)
    assert ran.status == 1
    assert "give one CSV; or `stages`, one CSV and --bills." in ran.err


@needs_shared("corpus/labelled-bills.csv")
def test_evaluation_is_one_line_of_json(run: Run) -> None:
    ran = run("evaluate", str(shared("corpus/labelled-bills.csv")))
    assert ran.status == 0
    assert len(ran.rows) == 1


def test_evaluation_of_no_file(run: Run) -> None:
    ran = run("evaluate", "absent.csv")
    assert (ran.status, ran.out) == (1, "")
    assert "absent.csv: can't be read" in ran.err
