"""Votes and hours in the words of a history."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from spiders.reading import PageChanged
from spiders.told import told_hour, told_moment, told_votes
from tracker.model import Action, Vote

DAY = dt.date(2026, 2, 10)
TALLY = re.compile(r"(?P<motion>.+), ayes (?P<yes>\d+), nays (?P<no>\d+)")


def test_votes_stand_in_the_actions() -> None:
    actions = [
        Action(on=DAY, text="Read a third time, ayes 51, nays 43", chamber="lower"),
        Action(on=DAY, text="Received from the House", chamber="upper"),
    ]
    assert list(told_votes(actions, TALLY)) == [
        Vote(on=DAY, chamber="lower", motion="Read a third time", yes=51, no=43)
    ]


def test_an_hour_and_a_moment() -> None:
    assert told_hour("9:05 PM") == dt.time(21, 5)
    moment = told_moment("02/10/26 9:05 AM", "%m/%d/%y %I:%M %p", "America/Chicago")
    assert moment.isoformat() == "2026-02-10T09:05:00-06:00"


@pytest.mark.parametrize("printed", ["25:00 AM", "9:61 PM", "noon", ""])
def test_what_is_no_hour_is_refused(printed: str) -> None:
    with pytest.raises(PageChanged, match="hour"):
        told_hour(printed)
    with pytest.raises(PageChanged, match="hour"):
        told_moment(printed, "%I:%M %p", "America/Chicago")
