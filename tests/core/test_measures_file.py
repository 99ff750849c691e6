"""The editors' file: every fault is told, and what is read is what was written. All is fictional."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.measures_file import COLUMNS, STATUSES, Entered, read_measures
from tracker.model import Action
from tracker.table_file import BadTable

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 2, 2)
GIVEN = {
    "jurisdiction": "us-va",
    "place": "City of Example",
    "kind": "ordinance",
    "session": "2026",
    "identifier": "Ordinance X1",
    "title": "Fictional: no city property for civil immigration enforcement",
    "issued_on": "2026-01-10",
    "status": "in_force",
    "source_url": "https://city.example/x1",
    "source_on": "2026-01-12",
    "entered_by": "A. Editor",
}


def row(**cells: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), **GIVEN, **cells}


def as_csv(*rows: dict[str, str]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def read(*rows: dict[str, str]) -> list[Entered]:
    return read_measures("m.csv", as_csv(*rows), TODAY)


def faults(*rows: dict[str, str]) -> list[str]:
    with pytest.raises(BadTable) as bad:
        read(*rows)
    return [str(fault) for fault in bad.value.faults]


def acts(**cells: str) -> list[tuple[str, str]]:
    (entered,) = read(row(**cells))
    return [(act.on.isoformat(), act.text) for act in entered.measure.actions or []]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"jurisdiction": "VA"}, "jurisdiction: 'VA' is none of: us or us-xx"),
        ({"jurisdiction": ""}, "jurisdiction: is empty; every row needs one"),
        ({"kind": "bill"}, "kind: 'bill' is none of: ballot_question, court_ruling, directive"),
        ({"place": ""}, "place: is empty; a local measure needs its county, city or agency"),
        ({"kind": "guidance"}, "place: guidance and directives are of the whole state"),
        ({"place": "A/B"}, "place: has a slash"),
        ({"session": "26"}, "session: '26' is not a year as 2026"),
        ({"identifier": ""}, "identifier: is empty"),
        ({"title": "x" * 1_001}, "title: longer than 1000 characters"),
        ({"issued_on": "01/10/2026"}, "issued_on: '01/10/2026' is not a day as 2026-02-01"),
        ({"issued_on": "2026-02-30"}, "issued_on: '2026-02-30' is not a day"),
        ({"issued_on": "1026-02-03"}, "issued_on: '1026-02-03' is not a day"),
        ({"issued_on": "2026-02-03"}, "issued_on: 2026-02-03 has not come yet"),
        ({"decided_on": "2026-01-09"}, "decided_on: 2026-01-09 is before issued_on, 2026-01-10"),
        ({"source_on": "2026-01-09"}, "source_on: 2026-01-09 is before issued_on, 2026-01-10"),
        ({"source_on": ""}, "source_on: is empty; every row needs one"),
        ({"ended_on": "2026-02-01", "source_on": "2026-02-01"}, "status: in_force, though it ended on"),
        ({"status": "rescinded", "ended_on": "2026-03-01"}, "ended_on: 2026-03-01 has not come yet"),
        ({"status": "enacted"}, "status: 'enacted' is none of: introduced, dead, in_force"),
        ({"stance": "unknown"}, "stance: 'unknown' is none of: bans_agreements"),
        ({"topics": "287g detainers"}, "topics: '287g' is no topic; the topics are agreements_287g"),
        ({"binds": "sheriffs"}, "binds: 'sheriffs' is none of: local_agencies"),
        ({"relations": "rescinds EO 5"}, "relations: 'rescinds EO 5' is not as `KIND: SESSION/IDENT"),
        ({"relations": "likes: 2026/EO 5"}, "relations: 'likes: 2026/EO 5' is not as"),
        ({"source_url": "city.example"}, "source_url: 'city.example' is not an address as https"),
        ({"source_url": "javascript:alert(1)"}, "source_url: 'javascript:alert(1)' is not an address"),
        ({"source_url": "https://a:b@city.example/"}, "source_url: 'https://a:b@city.example/' is not"),
        ({"source_url": "https://[::1"}, "source_url: 'https://[::1' is not an address"),
        ({"entered_by": " "}, "entered_by: is empty"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_row_line_and_column(cells: dict[str, str], told: str) -> None:
    (found,) = faults(row(identifier="Ordinance X0"), row(**cells))
    assert found.startswith(f"row 2 (line 3), {told}")


def test_every_fault_of_a_file_is_told_at_once() -> None:
    found = faults(row(kind="x", session="x"), row(), row(source_on="x"))
    assert [fault.partition(":")[0] for fault in found] == [
        "row 1 (line 2), kind",
        "row 1 (line 2), session",
        "row 3 (line 4), source_on",
    ]


def test_two_rows_of_one_address_are_refused() -> None:
    assert [fault.partition(":")[0] for fault in faults(row(), row(identifier="ordinance x1"))] == [
        "row 1 (line 2), identifier",
        "row 2 (line 3), identifier",
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "line 1, jurisdiction: the column is missing"),
        (as_csv(row())[:-40].replace(b"\r\n", b"\n"), "row 1 (line 2): "),
        (as_csv({**row(), "more": ""}), "line 1, more: no such column; the columns are jurisdiction"),
        (as_csv({k: v for k, v in row().items() if k != "note"}), "line 1, note: the column is missing"),
        (as_csv(row()).replace(b"place", b"kind", 1), "line 1, kind: the column is there twice"),
        (as_csv(row()).replace(b",", b";"), "line 1, jurisdiction;place;kind;"),
        (as_csv(row()).splitlines(keepends=True)[0], "line 1: no rows"),
        (as_csv(row()) + b"us-va,x\n", "row 2 (line 3): 2 cells, the head has 20"),
        (as_csv(row(title='"')).replace(b'""""', b'"""'), "row 1 (line 2): not CSV: "),
        (as_csv(row(title="caf\xe9")).decode().encode("latin-1"), "line 2: not UTF-8"),
        (as_csv(row(title="a\x00b")), "line 2: a character that can't be printed"),
        (as_csv(row(title="a\u202eb")), "line 2: a character that can't be printed"),
        (b"x" * 5_000_000, "line 1: larger than 4,194,304 bytes"),
        (as_csv(*[row(identifier=f"O {n}") for n in range(5_001)]), "row 5001 (line 5002): more than"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(body: bytes, told: str) -> None:
    with pytest.raises(BadTable) as bad:
        read_measures("m.csv", body, TODAY)
    assert str(bad.value.faults[0]).startswith(told)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("a: 1", "line 1: not a list"),
        ("- 1", "row 1 (line 1): not `column: value` lines"),
        ("- place: [1]", "line 1: a value that is not one text"),
        ("- place: &a x\n  kind: *a", "line 1: an alias"),
        ("- place: !!python/object:os.system x", "line 1: a tag"),
        ("- place: x\n  place: y", "row 1 (line 1), place: the column is there twice"),
        ("- plce: x", "row 1 (line 1), plce: no such column"),
        ("- place: 'x", "line 1: not YAML: found unexpected end of stream"),
        ("[" * 100_000, "line 1: a value that is not one text"),
        ("- {}\n- place: x", "row 1 (line 1), entered_by: is empty"),
        ("", "line 1: not a list"),
    ],
)
def test_yaml_is_a_list_of_texts_and_nothing_else(body: str, told: str) -> None:
    with pytest.raises(BadTable) as bad:
        read_measures("m.yaml", body.encode(), TODAY)
    assert str(bad.value.faults[0]).startswith(told)


def test_a_file_with_many_faults_names_the_first_twenty() -> None:
    with pytest.raises(
        BadTable, match=r"m\.csv: 30 faults, nothing was imported\.\n  row 1 "
    ) as bad:
        read(*[row(identifier=f"O {n}", kind="x") for n in range(30)])
    assert str(bad.value).endswith("  … and 10 more")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, [("2026-01-10", "Issued")]),
        ({"issued_on": ""}, [("2026-01-12", "Reported: in force")]),
        ({"decided_on": "2026-01-11"}, [("2026-01-10", "Issued"), ("2026-01-11", "In force")]),
        ({"status": "introduced"}, [("2026-01-10", "Introduced")]),
        (
            {"status": "rescinded", "ended_on": "2026-01-11"},
            [("2026-01-10", "Issued"), ("2026-01-11", "Rescinded")],
        ),
        (
            {"status": "rescinded", "decided_on": "2026-01-11"},
            [("2026-01-10", "Issued"), ("2026-01-11", "Decided"), ("2026-01-12", "Reported: rescinded")],
        ),
        (
            {"status": "enjoined", "decided_on": "2026-01-11"},
            [("2026-01-10", "Issued"), ("2026-01-11", "Blocked by a court")],
        ),
        ({"kind": "court_ruling", "status": "in_court"}, [("2026-01-10", "Suit filed")]),
        (
            {"kind": "court_ruling", "status": "struck_down", "decided_on": "2026-01-11"},
            [("2026-01-10", "Suit filed"), ("2026-01-11", "Struck down by a court")],
        ),
        (
            {"kind": "ballot_question", "status": "enacted", "decided_on": "2026-01-11"},
            [("2026-01-10", "Issued"), ("2026-01-11", "Adopted by voters")],
        ),
    ],
)  # fmt: skip
def test_a_status_is_an_action_on_its_day(
    cells: dict[str, str], told: list[tuple[str, str]]
) -> None:
    assert acts(**cells) == told


def test_a_term_is_the_last_day_of_a_measure_in_force() -> None:
    (entered,) = read(row(ended_on="2027-01-01"))
    assert entered.measure.expires_on == dt.date(2027, 1, 1)


def test_relations_name_a_measure_of_a_session() -> None:
    (entered,) = read(row(relations="about: 2026/EO 12; rescinds: 2025-2026/HB 1"))
    found = [(r.kind, r.session, r.identifier) for r in entered.measure.relations or []]
    assert found == [("about", "2026", "EO 12"), ("rescinds", "2025-2026", "HB 1")]


def test_pasted_text_with_odd_spaces_is_folded() -> None:
    (entered,) = read(row(title="Fictional:\xa0 a  title\n of two lines"))
    assert entered.measure.title == "Fictional: a title of two lines"


def test_the_example_is_read_and_every_column_is_documented() -> None:
    example = ROOT / "docs" / "examples" / "measures.csv"
    rows = read_measures(example.name, example.read_bytes(), TODAY)
    assert len(rows) == 6
    assert all(str(one.measure.title).startswith("Fictional") for one in rows)
    page = (ROOT / "docs" / "importing.md").read_text()
    assert [c for c in COLUMNS if f"\n| `{c}` |" not in page] == []
    assert [s for found in STATUSES.values() for s in found if f"`{s}`" not in page] == []
    written = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert written
    assert len(read_measures("m.yaml", written[1].encode(), TODAY)) == 1


TEXT = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30)
DAY = st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 12)).map(dt.date.isoformat)
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXT,
        "note": TEXT,
        "issuer": TEXT,
        "issued_on": DAY | st.just(""),
        "decided_on": DAY,
        "ended_on": DAY,
        "status": st.sampled_from(sorted({s for found in STATUSES.values() for s in found})),
        "kind": st.sampled_from(sorted(STATUSES)),
        "place": TEXT,
        "relations": TEXT,
        "source_url": TEXT | st.just("https://city.example/x?y=1,2"),
        "stance": st.sampled_from(["", "bans_agreements", "x"]),
    },
)


def outcome(name: str, body: bytes) -> object:
    """What is read, without lines, or the faults by row and column."""
    try:
        return [(one.measure, one.judgement) for one in read_measures(name, body, TODAY)]
    except BadTable as bad:
        faults_found = bad.faults
    assert faults_found
    assert all(fault.what and fault.line > 0 for fault in faults_found)
    return [(fault.row, fault.column) for fault in faults_found]


@given(st.lists(CELLS, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_csv_and_yaml_say_the_same_whatever_is_in_the_cells(rows: list[dict[str, str]]) -> None:
    full = [row(identifier=f"O {n}", **cells) for n, cells in enumerate(rows)]
    turned = [dict(reversed(one.items())) for one in full]
    as_yaml = yaml.safe_dump(full, allow_unicode=True, sort_keys=False).encode()
    found = outcome("m.csv", as_csv(*full))
    assert outcome("m.csv", as_csv(*turned)) == found
    assert outcome("m.yml", as_yaml) == found


@given(st.lists(CELLS, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_what_is_read_can_be_kept_and_comes_to_its_status(rows: list[dict[str, str]]) -> None:
    from tracker.acts import stage_of_act
    from tracker.model import item_from_json, to_json

    full = [row(identifier=f"O {n}", **cells) for n, cells in enumerate(rows)]
    try:
        read_rows = read(*full)
    except BadTable:
        return
    for one, cells in zip(read_rows, full, strict=True):
        assert item_from_json(to_json(one.measure)) == one.measure
        assert item_from_json(to_json(one.judgement)) == one.judgement
        acts_of: list[Action] = sorted(one.measure.actions or [], key=lambda act: act.on)
        derived = stage_of_act(one.measure.kind, acts_of)
        assert derived
        assert derived.stage == cells["status"]
        assert all(act.on <= TODAY for act in acts_of)


@given(st.binary(max_size=300) | TEXT.map(str.encode), st.sampled_from(["m.csv", "m.yaml"]))
@settings(max_examples=300, deadline=None)
def test_no_bytes_break_the_reader(body: bytes, name: str) -> None:
    outcome(name, body)
    outcome(name, as_csv(row()) + body)
    outcome(name, yaml.safe_dump([row()]).encode() + body)
