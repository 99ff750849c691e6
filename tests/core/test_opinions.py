"""A second source confirms or disagrees; it decides nothing. Every measure is fictional."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.desk import BANS, OFF_TOPIC, Desk, acts, aggregator, bill
from tracker.model import Listing
from tracker.readers.disagreements import disagreements

FILED = ("2026-01-14", "Prefiled and ordered printed; offered 01-14-2026")
SIGNED = ("2026-04-10", "Approved by Governor-Chapter 900 (effective 7/1/2026)")
VETOED = ("2026-04-10", "Vetoed by Governor")
LATER = "2026-05-01T12:00:00Z"
TODAY = "2026-05-02"


def found(desk: Desk, today: str = TODAY) -> list[tuple[Any, ...]]:
    return [
        (one.key, one.matter, one.source, one.ours, one.ours_on, one.theirs, one.theirs_on)
        for one in disagreements(desk.db, today=today)
    ]


def second(desk: Desk, *items: Any) -> None:
    desk.keep(*items, at=LATER, facts=aggregator())


def test_an_opinion_is_kept_beside_with_its_own_stage(desk: Desk) -> None:
    desk.keep(bill(actions=acts(FILED, SIGNED)))
    second(desk, bill(actions=acts(FILED, VETOED), url="https://second.example/bill"))
    assert desk.one("SELECT stage FROM measures") == "enacted"
    columns = "source, stage, stage_on, stage_text, last_action_on, on_topic, url"
    assert desk.rows(f"SELECT {columns} FROM second_opinions") == [
        (
            "open-states",
            "vetoed",
            "2026-04-10",
            "Vetoed by Governor",
            "2026-04-10",
            1,
            "https://second.example/bill",
        )
    ]


def test_the_newest_opinion_takes_the_place_of_the_last(desk: Desk) -> None:
    desk.keep(bill(actions=acts(FILED, SIGNED)))
    second(desk, bill(actions=acts(FILED)))
    desk.keep(bill(actions=acts(FILED, SIGNED)), at="2026-05-02T12:00:00Z", facts=aggregator())
    assert desk.one("SELECT stage FROM second_opinions") == "enacted"
    assert found(desk) == []


def test_two_stages_of_the_same_day_are_shown_with_both_sides(desk: Desk) -> None:
    desk.keep(bill(actions=acts(FILED, SIGNED)))
    second(desk, bill(actions=acts(FILED, VETOED)))
    assert found(desk) == [
        (
            "us-va/2026/HB 9001",
            "stage",
            "open-states",
            "enacted",
            "2026-04-10",
            "vetoed",
            "2026-04-10",
        )
    ]


def test_who_is_behind_disagrees_with_nobody(desk: Desk) -> None:
    desk.keep(bill(actions=acts(FILED, SIGNED)))
    second(desk, bill(actions=acts(FILED)))
    assert found(desk) == []


def test_a_later_action_elsewhere_is_told(desk: Desk) -> None:
    desk.keep(bill(actions=acts(FILED)))
    second(desk, bill(actions=acts(FILED, ("2026-01-20", "Printed as engrossed"))))
    (one,) = found(desk)
    assert one[1] == "later_action"
    assert one[3:] == (FILED[1], FILED[0], "Printed as engrossed", "2026-01-20")


def test_a_bill_off_topic_by_its_title_and_on_topic_elsewhere(desk: Desk) -> None:
    desk.keep(Listing(jurisdiction="us-va", session="2026", identifier="HB 9001", title=OFF_TOPIC))
    second(desk, bill(title=BANS, actions=acts(FILED)))
    assert [one[:3] for one in found(desk)] == [("us-va/2026/HB 9001", "topic", "open-states")]


def test_what_only_the_second_source_has(desk: Desk) -> None:
    desk.keep(bill())
    second(desk, bill("HB 9002", actions=acts(FILED)))
    assert found(desk) == [
        ("us-va/2026/HB 9002", "only_second", "open-states", "", None, FILED[1], FILED[0])
    ]


def test_a_session_that_only_the_second_source_has_is_no_disagreement(desk: Desk) -> None:
    second(desk, bill("HB 9002", actions=acts(FILED)))
    assert found(desk) == []


@pytest.mark.parametrize(("today", "told"), [("2026-01-21", False), ("2026-01-22", True)])
def test_what_the_second_source_lacks_after_a_week(desk: Desk, today: str, told: bool) -> None:
    desk.keep(bill(actions=acts(FILED)), bill("HB 9002", actions=acts(FILED)))
    second(desk, bill(actions=acts(FILED)))
    lacking = ("us-va/2026/HB 9002", "only_official", "open-states", FILED[1], FILED[0], "", None)
    assert found(desk, today) == ([lacking] if told else [])


def test_an_opinion_makes_no_change(desk: Desk) -> None:
    desk.keep(bill(actions=acts(FILED, SIGNED)))
    sql = "SELECT count(*) FROM changes WHERE measure IS NOT NULL"
    before = desk.one(sql)
    second(desk, bill(title="Other", actions=acts(FILED, VETOED)))
    assert desk.one(sql) == before
