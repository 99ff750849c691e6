"""A ban and a mandate of one state: no machine chooses; `posture` and `doctor` name it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.core.desk import BANS, MANDATES, Desk, acts
from tracker.model import Measure

FILED = ("2026-01-12", "Introduced in House")


def law(identifier: str, title: str, signed: str) -> Measure:
    return Measure(
        jurisdiction="us-oh", session="136", identifier=identifier, title=title,
        actions=acts(FILED, (signed, "Signed by the Governor")), url="https://oh.example/bill",
    )  # fmt: skip


def test_a_conflict_asks_a_person(run: Run, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.keep(law("HB 9001", BANS, "2026-03-02"), at="2026-03-03T12:00:00Z")
    desk.keep(law("HB 9002", MANDATES, "2026-04-02"), at="2026-04-03T12:00:00Z")
    (row,) = run("posture", "oh", "--as-of", "2026-04-03", "--json", "--db", str(desk.path)).rows
    assert row["posture"] == "undecided"
    assert [(one["measure"], one["rule"]) for one in row["reasons"]] == [
        ("us-oh/136/HB 9001", "1"),
        ("us-oh/136/HB 9002", "2/join_287g"),
    ]
    shown = run("posture", "oh", "--as-of", "2026-04-03", "--db", str(desk.path))
    assert "Laws conflict" in shown.out
    said = " ".join(run("doctor", "--db", str(desk.path)).out.split())
    assert "us-oh" in said
    assert "a ban and a mandate are both in force" in said
    (moved,) = run(
        "changes", "--kind", "posture_changed", "--state", "oh", "--json", "--db", str(desk.path)
    ).rows
    assert {name: moved[name] for name in ("jurisdiction", "measure", "field", "old", "new")} == {
        "jurisdiction": "us-oh",
        "measure": "",
        "field": "posture",
        "old": "ban",
        "new": "undecided",
    }
    assert moved["happened_on"] == "2026-04-02"
