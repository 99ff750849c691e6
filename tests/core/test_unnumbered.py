"""An order is posted before it has a number, and printed with one later: one measure, one history."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.core.desk import Desk
from tests.factory import source
from tracker.identifiers import title_key
from tracker.model import Action, Measure, VersionText

HOUSE = source("white-house", "us", kind="federal")
REGISTER = source("federal-register", "us", kind="federal")
# A real order: its title as each prints it, its days and its number.
POSTED = "Protecting American Communities from Criminal Aliens"
PRINTED = "Protecting American Communities From Criminal Aliens"
SIGNED, PUBLISHED = dt.date(2025, 4, 28), dt.date(2025, 5, 2)
POST = "White House protecting-american-communities-from-criminal-aliens"
URL = (
    "https://www.whitehouse.gov/presidential-actions/2025/04/"
    "protecting-american-communities-from-criminal-aliens/"
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def post(identifier: str = POST, **facts: Any) -> Measure:
    given: dict[str, Any] = {
        "title": POSTED,
        "kind": "executive_order",
        "url": URL,
        "issued_on": SIGNED,
        "actions": [Action(on=SIGNED, text="Signed by the President", chamber="executive")],
    }
    return Measure(jurisdiction="us", session="2025", identifier=identifier, **(given | facts))


def printed(identifier: str = "EO 14287", **facts: Any) -> Measure:
    given: dict[str, Any] = {
        "title": PRINTED,
        "kind": "executive_order",
        "url": "https://www.federalregister.gov/documents/2025/05/02/2025-07789/x",
        "issued_on": SIGNED,
        "actions": [
            Action(on=SIGNED, text="Signed by the President", chamber="executive"),
            Action(
                on=PUBLISHED,
                text="Published in the Federal Register, 90 FR 18761",
                chamber="executive",
            ),
        ],
    }
    return Measure(jurisdiction="us", session="2025", identifier=identifier, **(given | facts))


def text() -> VersionText:
    words = "Fictional words: sheriffs shall enter into 287(g) agreements with ICE."
    return VersionText(
        jurisdiction="us", session="2025", identifier=POST, note="White House", url=URL, text=words
    )


def kept(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows("SELECT key, stage, stage_on, source FROM measures ORDER BY key")


def test_the_register_takes_over_the_measure_of_the_post(desk: Desk) -> None:
    desk.keep(post(), text(), at="2025-04-29T12:00:00Z", facts=HOUSE)
    assert kept(desk) == [(f"us/2025/{POST}", "in_force", "2025-04-28", "white-house")]
    desk.keep(printed(), at="2025-05-02T12:00:00Z", facts=REGISTER)
    assert kept(desk) == [("us/2025/EO 14287", "in_force", "2025-04-28", "federal-register")]
    assert desk.log() == [
        ("identifier_changed", f"us/2025/{POST}", "us/2025/EO 14287", None),
        ("title_changed", POSTED, PRINTED, None),
        ("action_added", "", "Published in the Federal Register, 90 FR 18761", "2025-05-02"),
    ]
    assert desk.one("SELECT count(*) FROM version_texts") == 1
    assert desk.found("14287") == [1]
    assert desk.found("protecting") == [1]


def test_and_keeps_it_while_the_feed_still_has_the_post(desk: Desk) -> None:
    desk.keep(post(), at="2025-04-29T12:00:00Z", facts=HOUSE)
    desk.keep(printed(), at="2025-05-02T12:00:00Z", facts=REGISTER)
    for at in ("2025-05-03T12:00:00Z", "2025-05-04T12:00:00Z"):
        assert desk.keep(post(), text(), at=at, facts=HOUSE).changes == 0
    assert [key for key, *_ in kept(desk)] == ["us/2025/EO 14287"]


def test_a_post_read_after_the_register_is_no_second_measure(desk: Desk) -> None:
    desk.keep(printed(), at="2025-05-02T12:00:00Z", facts=REGISTER)
    assert desk.keep(post(), text(), at="2025-05-02T13:00:00Z", facts=HOUSE).changes == 0
    assert [key for key, *_ in kept(desk)] == ["us/2025/EO 14287"]


def test_a_second_post_of_one_order_is_no_second_measure(desk: Desk) -> None:
    desk.keep(post(), at="2025-04-29T12:00:00Z", facts=HOUSE)
    assert desk.keep(post(f"{POST}-2"), at="2025-05-29T12:00:00Z", facts=HOUSE).changes == 0
    assert len(kept(desk)) == 1


def test_an_order_whose_post_says_no_day_is_paired_by_its_posting(desk: Desk) -> None:
    posted = [Action(on=dt.date(2025, 4, 29), text="Posted by the White House")]
    desk.keep(post(issued_on=None, actions=posted), at="2025-04-29T12:00:00Z", facts=HOUSE)
    assert kept(desk)[0][1] == "unknown"
    desk.keep(printed(), at="2025-05-02T12:00:00Z", facts=REGISTER)
    assert [key for key, *_ in kept(desk)] == ["us/2025/EO 14287"]


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Strengthening and Unleashing America's Law Enforcement"},
        {"issued_on": dt.date(2025, 4, 27)},
        {"kind": "proclamation"},
    ],
)
def test_another_order_takes_over_nothing(desk: Desk, other: dict[str, Any]) -> None:
    desk.keep(post(), at="2025-04-29T12:00:00Z", facts=HOUSE)
    desk.keep(printed("EO 14288", **other), at="2025-05-02T12:00:00Z", facts=REGISTER)
    assert [key for key, *_ in kept(desk)] == ["us/2025/EO 14288", f"us/2025/{POST}"]


def test_two_posts_of_one_title_and_day_are_left_to_a_person(desk: Desk) -> None:
    undated = {"issued_on": None, "actions": [Action(on=SIGNED, text="Posted by the White House")]}
    desk.keep(post(**undated), post(f"{POST}-2", **undated), at="2025-04-29T12:00:00Z", facts=HOUSE)
    desk.keep(printed(), at="2025-05-02T12:00:00Z", facts=REGISTER)
    assert len(kept(desk)) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Spellings of the two as others have met them.
        ("Elemental Phosphorus and Glyphosate-Based Herbicides",
         "Elemental Phosphorus and Glyphosate- Based Herbicides"),
        ("the Scope of the Reciprocal Tariff with Respect to",
         "the Scope of the Reciprocal Tariffs With Respect to"),
        ("Supporting America’s Ranchers", "Supporting America's Ranchers"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_title(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


def test_two_titles() -> None:
    assert title_key("Reporting to Congress") != title_key("Reporting to Congres")
    assert title_key("Closing the Border") != title_key("Closing the Borderland")
