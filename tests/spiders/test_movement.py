"""A measure whose list tells no movement: what its history must say for it to be read whole."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.known import Known
from spiders.legislatures.movement import is_still
from tracker.canonical import listing_print
from tracker.model import Listing

ACTED = dt.date(2026, 2, 5)
ROW = Listing(
    jurisdiction="us-sd",
    session="2026",
    identifier="HB 1",
    title="a fictional bill",
    last_action="First Reading House",
    last_action_on=ACTED,
)
PRINTS = {ROW.key: listing_print(ROW).hex()}


@pytest.mark.parametrize(
    ("days", "still"),
    [(-9, False), (0, False), (1, False), (2, False), (3, True), (8, False), (9, True), (60, True)],
)
def test_what_is_told_as_before_is_still_but_when_texts_may_follow(days: int, still: bool) -> None:
    assert is_still(ROW, Known(prints=PRINTS), ACTED + dt.timedelta(days=days)) == still


@pytest.mark.parametrize(
    "known",
    [
        Known(),
        Known(prints={ROW.key: "00"}),
        Known(prints=PRINTS, asked=frozenset({ROW.key})),
        Known(prints=PRINTS, canary=ROW.key),
    ],
    ids=["new", "moved", "asked for", "canary"],
)
def test_what_is_new_moved_asked_for_or_the_canary_is_not(known: Known) -> None:
    assert not is_still(ROW, known, ACTED + dt.timedelta(days=9))


def test_a_measure_without_actions_is_still_while_it_has_none() -> None:
    row = Listing(
        jurisdiction="us-sd", session="2026", identifier="HB 2", title="another fictional bill"
    )
    known = Known(prints={row.key: listing_print(row).hex()})
    assert is_still(row, known, ACTED)
