"""Figures on labelled bills: of states kept aside while the rules were written, and of all.

A jurisdiction is kept aside where the SHA-1 of its lower-case code, as a number, divides by three:
AK, CA, ME, NV, NY, OH, TX and UT of the 25 labelled ones. The rules were written on the others.
"""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from tests.shared import needs_shared, shared
from tracker.evaluate import CsvError, Row, classify_csv, evaluate_csv, to_builtins
from tracker.topics import shipped_topics

LABELLED = "corpus/labelled-bills.csv"
NEGATIVE = "corpus/negative-bills.csv"
TEXTS = "corpus/texts/index.csv"


def is_kept_aside(row: Row) -> bool:
    digest = hashlib.sha1(row["state"].lower().encode()).hexdigest()
    return int(digest, 16) % 3 == 0


def write_csv(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@needs_shared(LABELLED)
def test_states_kept_aside() -> None:
    report = evaluate_csv(shared(LABELLED), shipped_topics(), keep=is_kept_aside)
    assert report.rows == 279
    assert report.high.core == 37
    assert (report.high.precision or 0) >= 0.92
    assert (report.high.recall or 0) >= 0.91
    assert (report.high.stance_decided or 0) >= 0.88
    assert (report.high.direction_right or 0) >= 0.9
    assert (report.high.stance_right or 0) >= 0.84


@needs_shared(LABELLED)
def test_all_labelled_bills() -> None:
    report = evaluate_csv(shared(LABELLED), shipped_topics())
    assert (report.high.precision or 0) >= 0.95
    assert (report.high.recall or 0) >= 0.96
    assert (report.high.stance_decided or 0) >= 0.93
    assert (report.high.direction_right or 0) >= 0.97
    assert (report.high.stance_right or 0) >= 0.95
    assert (report.all.precision or 0) >= 0.95
    assert (report.all.recall or 0) >= 0.84
    assert (report.all.stance_decided or 0) >= 0.83
    assert (report.all.direction_right or 0) >= 0.95


@needs_shared(LABELLED)
def test_a_title_alone_is_given_a_stance_only_where_it_shows_one() -> None:
    figures = evaluate_csv(shared(LABELLED), shipped_topics()).title_only
    assert figures.with_stance >= 45
    assert (figures.stance_decided or 0) >= 0.65
    assert (figures.direction_right or 0) >= 0.95


@needs_shared(LABELLED)
def test_confidence_means_what_it_says() -> None:
    report = evaluate_csv(shared(LABELLED), shipped_topics())
    sure = [decile for decile in report.calibration if decile.low >= 0.9]
    assert sum(decile.right for decile in sure) >= 0.95 * sum(decile.rows for decile in sure)
    assert report.calibration[0].low >= 0.6


@needs_shared(NEGATIVE)
def test_false_alarms() -> None:
    figures = evaluate_csv(
        shared(NEGATIVE), shipped_topics(), negatives=shared(NEGATIVE), keep=lambda _: False
    ).negatives
    assert figures is not None
    assert figures.none == 997
    assert figures.none_called_core == 0
    assert figures.none_called_related <= 2
    assert figures.none_left_to_text <= 10


@needs_shared(TEXTS)
def test_bills_read_with_their_text(tmp_path: Path) -> None:
    rows = {}
    with shared(LABELLED).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[row["state"], row["session"], row["identifier"]] = row
    with shared(TEXTS).open(encoding="utf-8", newline="") as lines:
        for text in csv.DictReader(lines):
            row = rows.get((text["state"], text["session"], text["identifier"]))
            if row is not None:
                row.setdefault("file", str(shared("corpus/texts") / text["file"]))
    with_text = [row for row in rows.values() if "file" in row]
    report = evaluate_csv(write_csv(tmp_path / "texts.csv", with_text), shipped_topics())
    assert report.unread == 0
    assert (report.high.precision or 0) >= 0.95
    assert (report.high.recall or 0) >= 0.97
    assert (report.high.stance_decided or 0) >= 0.92
    assert (report.high.direction_right or 0) >= 0.97
    assert (report.high.stance_right or 0) >= 0.95


FICTIONAL: Row = {
    "state": "ZZ",
    "session": "2026",
    "identifier": "HB 1",
    "title": "An act to prohibit 287(g) agreements (fictional)",
    "description": "",
}


def test_classify_csv_gives_the_agreed_keys(tmp_path: Path) -> None:
    (tmp_path / "bill.html").write_text("<p>No sheriff shall <s>may</s> sign 287(g) agreements.")
    rows = [
        {**FICTIONAL, "file": ""},
        {**FICTIONAL, "title": "Relating to sheriffs", "file": "bill.html"},
        {**FICTIONAL, "title": "Relating to sheriffs", "file": "none.pdf"},
    ]
    first, second, third = classify_csv(write_csv(tmp_path / "b.csv", rows), shipped_topics())
    assert json.loads(json.dumps(first)) == first
    assert {name: first[name] for name in ("state", "session", "identifier", "scope")} == {
        "state": "ZZ",
        "session": "2026",
        "identifier": "HB 1",
        "scope": "core",
    }
    assert first["evidence"] == [{"quote": FICTIONAL["title"], "field": "title", "start": 0}]
    assert (second["stance"], second["evidence"][0]["field"]) == ("bans_agreements", "text")
    assert (third["scope"], "none.pdf" in third["unread"]) == ("text", True)


def test_figures(tmp_path: Path) -> None:
    labels = [
        ("core", "yes", "bans_agreements"),
        ("core", "yes", "limits_cooperation"),
        ("core", "yes", "mandates_cooperation"),
        ("none", "no", ""),
        ("related", "no", ""),
    ]
    rows = [
        {**FICTIONAL, "scope": scope, "relevant": relevant, "stance": stance, "certainty": "high"}
        for scope, relevant, stance in labels
    ]
    rows[2]["title"] = "An act concerning 287(g) agreements (fictional)"
    report = evaluate_csv(write_csv(tmp_path / "b.csv", rows), shipped_topics())
    assert (report.high.core, report.high.found, report.high.none_called_core) == (3, 3, 1)
    assert (report.high.precision, report.high.recall) == (0.75, 1.0)
    assert (report.high.with_stance, report.high.stance_decided) == (3, 0.6667)
    assert (report.high.stance_right, report.high.direction_right) == (0.5, 1.0)
    assert report.confusion["limits_cooperation"] == {"bans_agreements": 1}
    assert sum(decile.rows for decile in report.calibration) == 3
    assert json.loads(json.dumps(to_builtins(report)))["rows"] == 5


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"state,session\nZZ,2026\n", "identifier"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"", "missing"),
    ],
)
def test_a_wrong_csv_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "b.csv"
    file.write_bytes(content)
    with pytest.raises(CsvError, match=why):
        evaluate_csv(file, shipped_topics())


def test_a_missing_csv_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CsvError, match="can't be read"):
        list(classify_csv(tmp_path / "none.csv", shipped_topics()))
