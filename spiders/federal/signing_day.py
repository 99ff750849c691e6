"""The day on which the President signed a document, as its text says.

Orders and memoranda end "THE WHITE HOUSE, January 20, 2025."; proclamations say the day in words,
"this twentieth day of January, in the year of our Lord two thousand twenty-five".
"""

from __future__ import annotations

import datetime as dt
import re

from spiders.governors.order_days import DAY
from tracker.model import fold

_DATELINE = re.compile(rf"THE WHITE HOUSE,?\s*({DAY})\.?")
_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_DAYS = {
    word: number
    for number, word in enumerate(
        [
            *_UNITS,
            *_TEENS,
            "twentieth",
            *(f"twenty-{unit}" for unit in _UNITS),
            "thirtieth",
            "thirty-first",
        ],
        start=1,
    )
}
_YEARS = {
    word: number
    for number, word in enumerate(
        ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    )
}
_ATTESTED = re.compile(
    r"this\s+([a-z-]+)\s+day\s+of\s+([A-Z][a-z]+),?\s+in\s+the\s+year\s+of\s+our\s+Lord\s+"
    r"two\s+thousand\s+(?:and\s+)?(twenty|thirty)(?:[\s-]([a-z]+))?\b"
)


def signed_on(text: str) -> dt.date | None:
    """The last such day; None where the text says none."""
    lines = _DATELINE.findall(text)
    if lines:
        return _day(fold(lines[-1]))
    found = _ATTESTED.findall(text)
    return _in_words(*found[-1]) if found else None


def _in_words(day: str, month: str, tens: str, unit: str) -> dt.date | None:
    if day not in _DAYS or unit not in _YEARS:
        return None
    year = 2000 + {"twenty": 20, "thirty": 30}[tens] + _YEARS[unit]
    return _day(f"{month} {_DAYS[day]}, {year}")


def _day(printed: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(printed, "%B %d, %Y").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None
