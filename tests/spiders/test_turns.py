"""Looks that are spread over days: how many a day, and that each measure has its turn."""

from __future__ import annotations

import datetime as dt
from itertools import chain

from spiders.turns import in_turn, since_last_turn

TODAY = dt.date(2026, 2, 10)
KEYS = [f"us-zz/2026/HB {number}" for number in range(1, 41)]


def days(number: int) -> list[dt.date]:
    return [TODAY + dt.timedelta(days=nth) for nth in range(number)]


def test_few_are_all_looked_at_every_day() -> None:
    assert in_turn(["b", "a"], TODAY, about=2) == ["a", "b"]
    assert in_turn([], TODAY, about=2) == []


def test_each_of_many_has_its_turn_once_in_a_round() -> None:
    rounds = [in_turn(KEYS, day, about=12) for day in days(4)]
    assert sorted(chain.from_iterable(rounds)) == sorted(KEYS)
    assert max(map(len, rounds)) <= 16


def test_the_day_of_a_key_stays_when_others_come() -> None:
    (day,) = (day for day in days(4) if KEYS[7] in in_turn(KEYS, day, about=12))
    assert KEYS[7] in in_turn([*KEYS, "us-zz/2026/HB 0", "us-zz/2026/HB 99"], day, about=12)


def test_the_lively_have_a_turn_every_day() -> None:
    keys = [f"us-ne/109/LB {number}" for number in range(100)]
    lively = {keys[0], keys[50]}
    days = [in_turn(keys, dt.date(2026, 2, day), 10, lively) for day in range(1, 11)]
    assert all(lively <= set(day) for day in days)
    assert set().union(*days) == set(keys)
    assert in_turn(list(lively), dt.date(2026, 2, 1), 10, lively) == sorted(lively)
    assert in_turn([], dt.date(2026, 2, 1), 10, lively) == []


def test_what_a_look_may_have_missed_is_as_old_as_a_round_and_a_day() -> None:
    ages = [age for age in range(10) if since_last_turn(days(1)[0], KEYS, days(10)[age], 12)]
    assert ages == [0, 1, 2, 3, 4, 5]
    assert since_last_turn(TODAY + dt.timedelta(days=7), KEYS, TODAY, 12), "a day to come"
