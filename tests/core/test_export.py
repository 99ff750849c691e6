"""The public tables as files: nothing that a spreadsheet runs, everything that was promised."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.core.desk import OFF_TOPIC, Desk, acts, bill
from tests.digest_story import ICE, JAIL, agreement, list_of
from tracker.export import TABLES, cell, export
from tracker.model import (
    Document,
    Hearing,
    Relation,
    Sponsor,
    Version,
    VersionText,
    Vote,
)

PROMISED = {
    "sources", "runs", "captures", "measures", "actions", "versions", "sponsors", "documents",
    "votes", "relations", "hearings", "changes", "agreements", "agreement_lists",
    "agreement_counts", "postures",
}  # fmt: skip
HOSTILE = '=HYPERLINK("https://evil.example","x")'


@pytest.fixture
def full(desk: Desk) -> Desk:
    on = acts(("2026-01-14", "=Filed"))[0].on
    for identifier, title in (("HB 9001", None), ("HB 9002", OFF_TOPIC)):
        about = {"jurisdiction": "us-va", "session": "2026", "identifier": identifier}
        given: dict[str, Any] = {"title": title} if title else {}
        desk.keep(
            bill(
                identifier,
                abstract=HOSTILE,
                actions=acts(("2026-01-14", "=Filed")),
                sponsors=[Sponsor(name="@Sponsor, the")],
                versions=[Version(note="-Introduced", url="https://h/1")],
                documents=[Document(kind="memo", note="+Memo", url="https://h/m")],
                votes=[Vote(on=on, chamber="lower", motion="-Pass", yes=5, no=4)],
                relations=[Relation(kind="companion", identifier="=SB 1")],
                **given,
            ),
            VersionText(**about, note="-Introduced", url="https://h/1", text="The words"),
            Hearing(**about, on=on, place="\tRoom", committee="=Courts"),
            at="2026-02-02T12:00:00Z" if title is None else "2026-02-03T12:00:00Z",
        )
    rows = [agreement("2026-02-01", "fl", "=Fictional County", "2025-02-20", JAIL)]
    desk.keep(*list_of("participating", "2026-02-01", *rows), at="2026-02-04T12:00:00Z", facts=ICE)
    return desk


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def read_json(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_promised_table_is_written(full: Desk, tmp_path: Path) -> None:
    assert set(TABLES) == PROMISED
    for form, suffix in (("csv", "csv"), ("json", "jsonl")):
        written = dict(export(full.db, tmp_path / form, form))
        assert {path.name for path in written} == {f"{name}.{suffix}" for name in PROMISED}
        assert all(count > 0 for count in written.values()), written
        assert sorted(one.name for one in (tmp_path / form).iterdir()) == sorted(
            path.name for path in written
        )


def test_no_cell_is_a_formula(full: Desk, tmp_path: Path) -> None:
    cells = [
        value
        for path, _ in export(full.db, tmp_path, "csv", on_topic=False)
        for row in read_csv(path)
        for value in row.values()
    ]
    assert not [value for value in cells if value[:1] in "=+-@\t\r\n" and value]
    for marked in (f"'{HOSTILE}", "'=Filed", "'@Sponsor, the", "'-Introduced", "'+Memo", "'\tRoom"):
        assert marked in cells


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("＠x", "'＠x"),
        ("a=1", "a=1"),
        ("HB 1", "HB 1"),
        ("", ""),
        (-5, -5),
        (None, None),
    ],
)
def test_cells(value: object, written: object) -> None:
    assert cell(value) == written


def test_both_forms_say_the_same(full: Desk, tmp_path: Path) -> None:
    list(export(full.db, tmp_path, "csv"))
    list(export(full.db, tmp_path, "json"))
    for name in TABLES:
        rows = read_json(tmp_path / f"{name}.jsonl")
        as_cells = [
            {key: "" if value is None else str(cell(value)) for key, value in row.items()}
            for row in rows
        ]
        assert read_csv(tmp_path / f"{name}.csv") == as_cells


def test_json_keeps_words_as_they_are(full: Desk, tmp_path: Path) -> None:
    list(export(full.db, tmp_path, "json"))
    (row,) = read_json(tmp_path / "measures.jsonl")
    assert (row["key"], row["abstract"], row["scope"]) == ("us-va/2026/HB 9001", HOSTILE, "core")
    (version,) = read_json(tmp_path / "versions.jsonl")
    assert len(version["text_sha256"]) == 64


def test_what_is_off_topic_is_left_out_unless_asked_for(full: Desk, tmp_path: Path) -> None:
    list(export(full.db, tmp_path / "some", "json"))
    list(export(full.db, tmp_path / "all", "json", on_topic=False))
    for name in PROMISED - {"sources", "runs", "captures", "agreements", "agreement_lists",
                            "agreement_counts", "postures"}:  # fmt: skip
        some, every = (
            {row["key"] for row in read_json(tmp_path / folder / f"{name}.jsonl")}
            for folder in ("some", "all")
        )
        assert some - {None} == {"us-va/2026/HB 9001"}
        assert every - {None} == {"us-va/2026/HB 9001", "us-va/2026/HB 9002"}
    agreements = [row for row in read_json(tmp_path / "some" / "changes.jsonl") if row["agreement"]]
    assert [row["kind"] for row in agreements] == ["agreement_new"]


def test_tables_are_written_one_by_one(full: Desk, tmp_path: Path) -> None:
    """Streamed: the second is not begun before the first is taken."""
    written = export(full.db, tmp_path, "csv")
    path, _ = next(written)
    assert [one.name for one in tmp_path.glob("*.csv*")] == [path.name]


def test_a_file_is_replaced_whole(full: Desk, tmp_path: Path) -> None:
    (tmp_path / "measures.csv").write_text("old")
    written = dict(export(full.db, tmp_path, "csv"))
    assert written[tmp_path / "measures.csv"] == 1
    assert (tmp_path / "measures.csv").read_text().startswith("key,jurisdiction,")
    assert not list(tmp_path.glob("*.part"))


def test_an_unknown_form_is_no_form(full: Desk, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        list(export(full.db, tmp_path, "xml"))
    assert not list(tmp_path.glob("*.xml"))
