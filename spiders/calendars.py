"""Days that laws name by the week: "the second Tuesday of January"."""

from __future__ import annotations

import datetime as dt

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = range(4)


def nth(number: int, weekday: int, month: int, year: int) -> dt.date:
    """The first, second, … such weekday of a month: `nth(2, TUESDAY, 1, 2027)`."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def after_first_monday(weekday: int, month: int, year: int) -> dt.date:
    """The weekday in the week of a month's first Monday: "the Tuesday after the first Monday"."""
    return nth(1, MONDAY, month, year) + dt.timedelta(days=weekday)
