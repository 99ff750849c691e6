"""The day on which the President signed a document, as its text says.

Orders and memoranda end "THE WHITE HOUSE, January 20, 2025."; proclamations say the day in words,
"this twentieth day of January, in the year of our Lord two thousand twenty-five".
"""

from __future__ import annotations

import datetime as dt
import re

from spiders.governors.order_days import DAY, DAYS, YEARS, day_if_any
from tracker.model import fold

_DATELINE = re.compile(rf"THE WHITE HOUSE,?\s*({DAY})\.?")
_ATTESTED = re.compile(
    r"this\s+([a-z-]+)\s+day\s+of\s+([A-Z][a-z]+),?\s+in\s+the\s+year\s+of\s+our\s+Lord\s+"
    r"two\s+thousand\s+(?:and\s+)?((?:twenty|thirty)(?:[\s-][a-z]+)?)\b"
)


def signed_on(text: str) -> dt.date | None:
    """The last such day; None where the text says none."""
    lines = _DATELINE.findall(text)
    if lines:
        return day_if_any(lines[-1])
    found = _ATTESTED.findall(text)
    return _in_words(*found[-1]) if found else None


def _in_words(day: str, month: str, year: str) -> dt.date | None:
    on, since = DAYS.get(day.replace("-", " ")), YEARS.get(fold(year.replace("-", " ")))
    return day_if_any(f"{month} {on}, {2000 + since}") if on and since else None
