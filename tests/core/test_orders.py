"""How orders end: by another order, by their own term, and by nothing that is not sure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.desk import BANS, Desk, acts, bill, order
from tests.core.pages import run_of_pages
from tests.factory import source
from tracker.model import Measure, Relation

FLORIDA = source("fl-orders", "us-fl", kind="orders")
OLD = order("EO 25-1", "2025-03-01")


def ends(kind: str, identifier: str = "EO 25-1", session: str = "") -> list[Relation]:
    return [Relation(kind=kind, identifier=identifier, session=session)]  # type: ignore[arg-type]


def keep(desk: Desk, *items: Measure, at: str = "2026-02-02T12:00:00Z") -> None:
    assert desk.keep(*items, at=at, facts=FLORIDA).status == "ingested"


def stages(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows("SELECT key, stage, stage_on FROM measures ORDER BY key")


@pytest.mark.parametrize(
    ("kind", "stage"), [("rescinds", "rescinded"), ("supersedes", "superseded")]
)
def test_an_order_ends_by_another(desk: Desk, kind: str, stage: str) -> None:
    keep(desk, OLD)
    assert stages(desk) == [("us-fl/2025/EO 25-1", "in_force", "2025-03-01")]
    new = order("EO 26-2", "2026-01-20", title=BANS, relations=ends(kind))
    keep(desk, OLD, new, at="2026-02-03T12:00:00Z")
    assert stages(desk) == [
        ("us-fl/2025/EO 25-1", stage, "2026-01-20"),
        ("us-fl/2026/EO 26-2", "in_force", "2026-01-20"),
    ]
    assert desk.rows(
        "SELECT kind, old, new, happened_on, captures.run FROM changes"
        " JOIN captures ON captures.id = capture WHERE changes.run = 2 ORDER BY changes.id"
    ) == [
        ("measure_new", "", BANS, "2026-01-20", 2),
        ("stage_changed", "in_force", stage, "2026-01-20", 2),
    ]
    assert desk.one("SELECT stage_text FROM measures WHERE id = 1") == f"us-fl/2026/EO 26-2: {BANS}"
    keep(desk, OLD, new, at="2026-02-04T12:00:00Z")
    assert desk.log() == []


def test_the_ended_order_stays_ended_when_its_page_moves(desk: Desk) -> None:
    keep(desk, OLD, order("EO 26-2", "2026-01-20", relations=ends("rescinds")))
    keep(desk, order("EO 25-1", "2025-03-01", abstract="More"), at="2026-02-03T12:00:00Z")
    assert stages(desk)[0] == ("us-fl/2025/EO 25-1", "rescinded", "2026-01-20")
    assert [kind for kind, *_ in desk.log()] == ["abstract_changed"]


def test_the_end_may_be_known_before_the_order(desk: Desk) -> None:
    keep(desk, order("EO 26-2", "2026-01-20", relations=ends("rescinds")))
    keep(desk, OLD, at="2026-02-03T12:00:00Z")
    assert stages(desk)[0] == ("us-fl/2025/EO 25-1", "rescinded", "2026-01-20")


def test_the_first_instrument_ends_an_order(desk: Desk) -> None:
    keep(
        desk,
        OLD,
        order("EO 26-3", "2026-01-25", relations=ends("supersedes")),
        order("EO 26-2", "2026-01-20", relations=ends("rescinds")),
    )
    assert stages(desk)[0] == ("us-fl/2025/EO 25-1", "rescinded", "2026-01-20")
    told = [row for row in desk.log() if row[0] == "stage_changed"]
    assert told == [("stage_changed", "in_force", "rescinded", "2026-01-20")]


def test_of_two_orders_of_one_number_the_session_tells_which(desk: Desk) -> None:
    first, second = order("EO 1", "2019-01-10"), order("EO 1", "2025-01-10")
    keep(desk, first, second, order("EO 7", "2026-01-20", relations=ends("rescinds", "EO 1")))
    assert [row[1] for row in stages(desk)] == ["in_force", "in_force", "in_force"]
    named = order("EO 8", "2026-01-21", relations=ends("rescinds", "EO 1", "2025"))
    keep(desk, named, at="2026-02-03T12:00:00Z")
    assert {row[0]: row[1] for row in stages(desk)} == {
        "us-fl/2019/EO 1": "in_force",
        "us-fl/2025/EO 1": "rescinded",
        "us-fl/2026/EO 7": "in_force",
        "us-fl/2026/EO 8": "in_force",
    }


def test_an_order_of_another_jurisdiction_ends_nothing(desk: Desk) -> None:
    keep(desk, OLD)
    other = Measure(
        jurisdiction="us-va",
        session="2026",
        identifier="EO 2",
        kind="executive_order",
        title=BANS,
        issued_on=OLD.issued_on,
        relations=ends("rescinds"),
    )
    keep(desk, other, at="2026-02-03T12:00:00Z")
    assert stages(desk)[0][1] == "in_force"


def test_a_bill_that_is_no_law_ends_no_order(desk: Desk) -> None:
    keep(desk, OLD)
    would = Measure(
        jurisdiction="us-fl",
        session="2026",
        identifier="HB 1",
        title=BANS,
        actions=acts(("2026-01-14", "Filed")),
        relations=ends("rescinds"),
    )
    keep(desk, would, at="2026-02-03T12:00:00Z")
    assert stages(desk)[0][1] == "in_force"


@pytest.mark.parametrize("kind", ["amends", "extends", "implements", "companion"])
def test_other_relations_end_nothing(desk: Desk, kind: str) -> None:
    keep(desk, OLD, order("EO 26-2", "2026-01-20", relations=ends(kind)))
    assert stages(desk)[0][1] == "in_force"


def test_an_order_ends_the_day_after_its_last_day(desk: Desk) -> None:
    term = order("EO 25-1", "2025-03-01", expires_on=OLD.issued_on.replace(year=2026))  # type: ignore[union-attr]
    keep(desk, term, at="2026-02-28T23:59:59Z")
    keep(desk, term, at="2026-03-01T12:00:00Z")
    assert stages(desk) == [("us-fl/2025/EO 25-1", "in_force", "2025-03-01")]
    # The run of any source sees that the day is past.
    desk.ingest(run_of_pages(desk.runs, "2026-03-02T00:00:00Z", bill(), {"": "c" * 64}))
    assert stages(desk)[0] == ("us-fl/2025/EO 25-1", "expired", "2026-03-01")
    assert desk.rows(
        "SELECT old, new, happened_on, captures.run FROM changes JOIN captures"
        " ON captures.id = capture WHERE kind = 'stage_changed'"
    ) == [("in_force", "expired", "2026-03-01", 2)]


def test_an_expired_order_whose_term_is_prolonged_is_in_force_again(desk: Desk) -> None:
    last = OLD.issued_on.replace(year=2026)  # type: ignore[union-attr]
    keep(desk, order("EO 25-1", "2025-03-01", expires_on=last), at="2026-03-05T12:00:00Z")
    assert stages(desk)[0][1] == "expired"
    longer = order("EO 25-1", "2025-03-01", expires_on=last.replace(year=2027))
    keep(desk, longer, at="2026-03-06T12:00:00Z")
    assert stages(desk)[0][1] == "in_force"
    assert desk.log() == [
        ("expires_on_changed", "2026-03-01", "2027-03-01", None),
        ("stage_changed", "expired", "in_force", None),
    ]
    keep(desk, longer, at="2026-03-07T12:00:00Z")
    assert desk.log() == []
