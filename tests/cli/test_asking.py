"""`changes`, `posture`, `agreements` on the demonstration's store: people and programs."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Demo, Run

CHANGE = {
    "id", "jurisdiction", "measure", "kind", "field", "old", "new", "happened_on", "seen_at",
    "source", "capture",
}  # fmt: skip
VETO = "us-va/2026/HB 650"


def test_changes_have_the_promised_shape(run: Run, demo: Demo) -> None:
    ran = run("changes", "--json", "--db", demo.db)
    assert ran.status == 0
    assert len(ran.rows) > 100
    assert all(row.keys() >= CHANGE for row in ran.rows)
    ids = [row["id"] for row in ran.rows]
    assert ids == sorted(ids)


def test_a_veto_has_its_day_its_source_and_its_capture(run: Run, demo: Demo) -> None:
    ran = run("changes", "--measure", VETO, "--kind", "stage_changed", "--json", "--db", demo.db)
    row = ran.rows[-1]
    assert {name: row[name] for name in CHANGE - {"id", "capture"}} == {
        "jurisdiction": "us-va",
        "measure": VETO,
        "kind": "stage_changed",
        "field": "stage",
        "old": "in_committee",
        "new": "vetoed",
        "happened_on": "2026-05-20",
        "seen_at": "2026-05-22T14:00:00Z",
        "source": "va",
    }
    assert len(row["capture"]) == 64


def test_changes_of_a_state_and_a_day(run: Run, demo: Demo) -> None:
    ran = run("changes", "--state", "VA", "--since", "2026-05-01", "--json", "--db", demo.db)
    assert {row["jurisdiction"] for row in ran.rows} == {"us-va"}
    assert min(row["seen_at"] for row in ran.rows) >= "2026-05-01"
    earlier = run("changes", "--state", "va", "--until", "2026-04-30", "--json", "--db", demo.db)
    everything = run("changes", "--state", "us-va", "--json", "--db", demo.db)
    assert len(earlier.rows) + len(ran.rows) == len(everything.rows)


def test_the_cursor_is_a_number(run: Run, demo: Demo) -> None:
    everything = run("changes", "--json", "--db", demo.db).rows
    after = everything[-4]["id"]
    assert run("changes", "--after", str(after), "--json", "--db", demo.db).rows == everything[-3:]


def test_an_agreement_is_named_by_agency_and_model(run: Run, demo: Demo) -> None:
    ran = run("changes", "--kind", "agreement_ended", "--state", "md", "--json", "--db", demo.db)
    assert len(ran.rows) == 8
    assert all(
        row["measure"].endswith(" Model)") or "Officer)" in row["measure"] for row in ran.rows
    )


def test_changes_for_people(run: Run, demo: Demo) -> None:
    ran = run("changes", "--measure", VETO, "--kind", "stage_changed", "--db", demo.db)
    assert ran.status == 0
    assert "  2026-05-20  us-va/2026/HB 650       seen 2026-05-22\n" in ran.out
    assert "in_committee → vetoed" in ran.out


def test_no_changes_is_no_error(run: Run, demo: Demo) -> None:
    ran = run("changes", "--since", "2030-01-01", "--db", demo.db)
    assert (ran.status, ran.out, ran.err) == (0, "0 changes.\n", "")


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["changes", "--state", "zz"], 1, "'zz': no such state. Use its two letters, or `us`."),
        (["changes", "--kind", "moved"], 1, "'moved': no change is of this kind. There are: "),
        (["changes", "--measure", "us-va/1/X 1"], 1, "us-va/1/X 1: no such measure in the store."),
        (["changes", "--since", "yesterday"], 2, "'yesterday' is not a day as YYYY-MM-DD"),
        (["changes", "--since", "2026-02-30"], 2, "'2026-02-30' is not a day as YYYY-MM-DD"),
        (["changes", "--after", "x"], 2, "Invalid value for '--after'"),
        (["posture", "zz"], 1, "'zz': no such state."),
        (["posture", "--as-of", "2026-13-01"], 2, "'2026-13-01' is not a day as YYYY-MM-DD"),
        (["agreements", "--by", "county"], 1, "--by county: count by state, model, state,model"),
        (["agreements", "--by", "state,state"], 1, "--by state,state: count by"),
    ],
)
def test_what_is_wrong_is_told(
    run: Run, demo: Demo, args: list[str], status: int, says: str
) -> None:
    ran = run(*args, "--db", demo.db)
    assert (ran.status, ran.out) == (status, "")
    assert says in ran.err


def test_posture_has_the_promised_shape(run: Run, demo: Demo) -> None:
    ran = run("posture", "--as-of", "2026-05-22", "--json", "--db", demo.db)
    assert ran.status == 0
    assert len(ran.rows) >= 51
    for row in ran.rows:
        assert row.keys() >= {"jurisdiction", "posture", "contested", "since", "reasons"}
        assert all(reason.keys() >= {"measure", "rule"} for reason in row["reasons"])


def test_posture_of_a_day_knows_nothing_later(run: Run, demo: Demo) -> None:
    """SB 783 was signed on 22 April 2026."""

    def reasons(day: str) -> set[str]:
        ran = run("posture", "va", "--as-of", day, "--json", "--db", demo.db)
        (row,) = ran.rows
        return {reason["measure"] for reason in row["reasons"]}

    assert "us-va/2026/SB 783" in reasons("2026-12-01")
    assert "us-va/2026/SB 783" not in reasons("2026-04-01")


def test_posture_for_people(run: Run, demo: Demo) -> None:
    ran = run("posture", "va", "--db", demo.db)
    assert ran.status == 0
    assert "us-va" in ran.out
    assert "us-va/2026/SB 783 (3)" in " ".join(ran.out.split())


def test_agreements_have_the_promised_shape(run: Run, demo: Demo) -> None:
    ran = run("agreements", "--by", "state,model", "--json", "--db", demo.db)
    assert ran.status == 0
    shape = {"state", "model", "agreements", "agencies", "list", "as_of"}
    assert all(row.keys() >= shape for row in ran.rows)
    assert {
        (row["state"], row["model"]): row["agreements"]
        for row in ran.rows
        if row["list"] == "participating" and row["state"] == "va"
    } == {
        ("va", "Jail Enforcement Model"): 1,
        ("va", "Task Force Model"): 23,
        ("va", "Warrant Service Officer"): 5,
    }


def test_agreements_of_an_earlier_day(run: Run, demo: Demo) -> None:
    """67 on the list of 26 January 2026, 8 of them in Maryland, which later has none."""
    ran = run("agreements", "--as-of", "2026-03-01", "--json", "--db", demo.db)
    counts = {row["state"]: row["agreements"] for row in ran.rows if row["list"] == "participating"}
    assert sum(counts.values()) == 67
    assert counts["md"] == 8


def test_agreements_in_all(run: Run, demo: Demo) -> None:
    ran = run("agreements", "--by", "none", "--json", "--db", demo.db)
    (row,) = [row for row in ran.rows if row["list"] == "participating"]
    assert (row["agreements"], row["agencies"]) == (66, 57)
    table = run("agreements", "--by", "none", "--db", demo.db)
    assert "66" in table.out
    assert "57" in table.out


def test_agreements_of_a_day_before_the_first_list_read(run: Run, demo: Demo) -> None:
    ran = run("agreements", "--as-of", "2025-06-10", "--by", "none", "--json", "--db", demo.db)
    [row] = ran.rows
    assert (row["agreements"], row["agencies"], row["as_of"]) == (635, 518, "2025-05-29")
    assert row["source"].endswith("/participatingAgencies05292025am.xlsx")
    by_model = run("agreements", "--as-of", "2025-06-10", "--by", "model", "--db", demo.db)
    assert by_model.out.count("not counted") == 3
    assert "participatingAgencies05292025am.xlsx" in by_model.err
    both = run("agreements", "--as-of", "2025-06-10", "--by", "state,model", "--db", demo.db)
    assert (both.status, "none" in both.out) == (0, True)
    assert "counted by state or by model" in both.err
