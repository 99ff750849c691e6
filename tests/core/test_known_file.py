"""What a spider is told of the store: its own source, and no more."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tests.core.desk import KEY, OFF_TOPIC, Desk, acts, bill, official
from tests.core.pages import run_of_pages
from tests.factory import PAGE
from tracker.canonical import listing_print
from tracker.known_file import write_known
from tracker.model import Listing, VersionText

ABOUT = {"jurisdiction": "us-va", "session": "2026"}


def known(desk: Desk, tmp_path: Path, **options: Any) -> dict[str, Any]:
    path = tmp_path / "known.json"
    write_known(desk.db, path, **{"source": "va", "jurisdiction": "us-va"} | options)
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def test_of_an_empty_store_nothing_is_known(desk: Desk, tmp_path: Path) -> None:
    assert known(desk, tmp_path) == {
        "prints": {}, "watched": [], "asked": [], "canary": "", "texts": {}, "lively": [], "pages": {},
        "validators": {},
    }  # fmt: skip


def test_prints_watched_texts_and_validators(desk: Desk, tmp_path: Path) -> None:
    listing = Listing(**ABOUT, identifier="HB 2", title="Fictional: a list's row")
    desk.keep(
        bill(),
        bill("HB 9", title=OFF_TOPIC),
        listing,
        VersionText(**ABOUT, identifier="HB 9001", note="n", url="https://h/2", text="x"),
        VersionText(**ABOUT, identifier="HB 9001", note="m", url="https://h/1", text="y"),
    )
    desk.ingest(run_of_pages(desk.runs, "2026-02-03T12:00:00Z", bill(), {"": PAGE}, etag='"1"'))
    assert known(desk, tmp_path) == {
        "prints": {listing.key: listing_print(listing).hex()},
        "watched": [KEY],
        "asked": [],
        "canary": "",
        "texts": {KEY: ["https://h/1", "https://h/2"]},
        "lively": [],
        "pages": {KEY: "https://va.example/bill"},
        "validators": {"https://va.example/page": {"etag": '"1"', "last_modified": ""}},
    }


def test_who_asks_for_measures_is_given_no_validators(desk: Desk, tmp_path: Path) -> None:
    desk.ingest(run_of_pages(desk.runs, "2026-02-03T12:00:00Z", bill(), {"": PAGE}, etag='"1"'))
    found = known(desk, tmp_path, asked=["us-va/2026/HB 2", "us-va/2026/HB 1"])
    assert found["asked"] == ["us-va/2026/HB 1", "us-va/2026/HB 2"]
    assert found["validators"] == {}


def test_other_sources_and_jurisdictions_are_not_told(desk: Desk, tmp_path: Path) -> None:
    desk.keep(Listing(**ABOUT, identifier="HB 2", title="x"), facts=official("va-b"))
    desk.keep(
        Listing(jurisdiction="us-wa", session="2026", identifier="HB 3", title="x"),
        at="2026-02-03T12:00:00Z",
    )
    assert known(desk, tmp_path)["prints"] == {}


def test_a_source_of_every_place_is_told_of_every_place(desk: Desk, tmp_path: Path) -> None:
    desk.keep(bill())
    path = tmp_path / "all.json"
    write_known(desk.db, path, source="open-states", jurisdiction="")
    assert json.loads(path.read_bytes())["watched"] == [KEY]


def test_a_measure_that_a_person_watches_is_watched(desk: Desk, tmp_path: Path) -> None:
    desk.keep(bill("HB 9", title=OFF_TOPIC))
    desk.db.conn.execute("UPDATE measures SET watched = 1")
    assert known(desk, tmp_path)["watched"] == ["us-va/2026/HB 9"]


@pytest.mark.parametrize(("today", "lively"), [("2026-01-18", [KEY]), ("2026-01-19", [])])
def test_what_moved_within_four_days_is_lively(
    desk: Desk, tmp_path: Path, today: str, lively: list[str]
) -> None:
    desk.keep(bill(actions=acts(("2026-01-14", "Prefiled and ordered printed"))))
    found = known(desk, tmp_path, today=dt.date.fromisoformat(today))
    assert found["lively"] == lively
