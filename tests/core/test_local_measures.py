"""Measures of a county or a city: shown with their place, and never a state's posture. Fictional."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from tests.core.desk import BANS, Desk, acts, bill
from tests.core.test_measures_file import TODAY, as_csv, row
from tests.factory import source
from tracker.export import export
from tracker.measures_file import read_measures
from tracker.posture import StatePosture, posture
from tracker.readers.measures import measures
from tracker.site.measure_page import track

EDITORS = source("editors", "us", kind="editors")
ADOPTED = {
    "jurisdiction": "us-wy", "kind": "ballot_question", "status": "enacted", "stance": "bans_agreements",
    "topics": "agreements_287g", "binds": "local_agencies", "decided_on": "2026-01-11", "title": BANS,
}  # fmt: skip
EFFECTIVE = {"effective_on": "2026-01-11"}


def enter(desk: Desk, *, at: str = "2026-02-02T12:00:00Z", **cells: str) -> None:
    (one,) = read_measures("m.csv", as_csv(row(**cells)), TODAY)
    desk.keep(one.measure, one.judgement, at=at, facts=EDITORS)


def wyoming(desk: Desk) -> StatePosture:
    rows = posture(desk.db, dt.date(2026, 2, 2))
    return next(one for one in rows if one.jurisdiction == "us-wy")


def test_a_question_that_a_state_adopted_counts_and_that_of_a_city_does_not(desk: Desk) -> None:
    before = wyoming(desk).posture
    enter(desk, **ADOPTED | EFFECTIVE)
    assert wyoming(desk).posture == before
    statewide = {"place": "", "identifier": "Question X9"}
    enter(desk, at="2026-02-02T13:00:00Z", **ADOPTED | EFFECTIVE | statewide)
    assert wyoming(desk).posture != before


def test_a_place_is_read_and_exported(desk: Desk, tmp_path: Path) -> None:
    enter(desk)
    (one,) = measures(desk.db)
    assert (one.place, one.entered_by, one.source_url, one.source_on) == (
        "City of Example", "A. Editor", "https://city.example/x1", "2026-01-12",
    )  # fmt: skip
    assert one.identifier == "City of Example: Ordinance X1"
    written = dict(export(desk.db, tmp_path / "out", "csv"))
    path = next(path for path in written if path.stem == "measures")
    (exported,) = csv.DictReader(path.open())
    assert exported["place"] == "City of Example"


def test_a_bill_has_no_place_and_its_facts_are_as_before(desk: Desk) -> None:
    desk.keep(bill(actions=acts(("2026-01-14", "Introduced"))))
    assert [(one.place, one.entered_by, one.source_on) for one in measures(desk.db)] == [
        ("", "", None)
    ]


def test_what_a_person_says_stands_above_every_later_reading(desk: Desk) -> None:
    enter(desk, title=BANS, stance="limits_cooperation", binds="local_agencies")
    (one,) = measures(desk.db)
    assert (one.stance, one.rule, one.confidence) == ("limits_cooperation", "editor", 1.0)
    (again,) = read_measures("m.csv", as_csv(row(title=f"{BANS}, again")), TODAY)
    desk.keep(again.measure, at="2026-02-03T12:00:00Z", facts=EDITORS)
    assert [one.stance for one in measures(desk.db)] == ["limits_cooperation"]
    assert "stance_changed" not in {kind for kind, *_ in desk.log()}


def test_what_a_person_leaves_empty_is_left_to_the_machine(desk: Desk) -> None:
    enter(desk, title=BANS)
    (one,) = measures(desk.db)
    assert (one.stance, one.scope) == ("bans_agreements", "core")
    assert one.rule != "editor"


def test_what_a_person_enters_is_on_topic_whatever_its_words(desk: Desk) -> None:
    enter(desk, title="Fictional: a statement of the sheriff")
    assert [(one.stance, one.scope) for one in measures(desk.db)] == [("unknown", "related")]


@pytest.mark.parametrize(
    ("kind", "stage", "steps"),
    [
        ("local_policy", "in_force", ["In force"]),
        ("ordinance", "rescinded", ["In force", "Rescinded"]),
        ("court_ruling", "in_court", ["In court, still in force"]),
        ("court_ruling", "enjoined", ["In court, still in force", "Blocked by a court"]),
        ("ballot_question", "enacted", ["Introduced", "Enacted"]),
    ],
)
def test_what_no_legislature_passes_has_no_ladder(kind: str, stage: str, steps: list[str]) -> None:
    assert [step.label for step in track(kind, stage)] == steps


def test_a_term_ends_by_itself(desk: Desk) -> None:
    enter(desk, ended_on="2026-03-01")
    desk.keep(bill(), at="2026-03-02T12:00:00Z")
    assert desk.one("SELECT stage FROM measures WHERE place <> ''") == "expired"
