"""The days an order states of itself: when it was signed, when it ends."""

from __future__ import annotations

import datetime as dt
import re

from tracker.model import fold

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = rf"(?:{_MONTHS})\s+\d{{1,2}},\s+\d{{4}}"

_ATTESTED = re.compile(
    rf"this\s+(?:the\s+)?(\d{{1,2}})\s?(?:st|nd|rd|th)?\s+day\s+of\s+({_MONTHS}),?"
    r"(?:\s+in\s+the\s+year\s+of\s+our\s+Lord,?)?\s+(\d{4})\b",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\bthis\s+(?:executive\s+)?(?:order|declaration|proclamation|directive)\s+"
    r"(?:shall\s+expire|expires|will\s+expire|"
    r"(?:shall|will)\s+(?:remain|be|continue)\s+in\s+(?:full\s+force\s+and\s+)?effect\s+(?:until|through))"
    rf"\s+(?:on\s+)?({DAY})",
    re.IGNORECASE,
)


def attested_on(text: str) -> dt.date | None:
    """The day an order is signed on, from its last "this 12th day of March, 2025"."""
    found = _ATTESTED.findall(text)
    if not found:
        return None
    day, month, year = found[-1]
    return _day(f"{month.title()} {day}, {year}")


def expires_on(text: str) -> dt.date | None:
    """The day an order says it ends; None where it says none, or several."""
    days = {_day(printed) for printed in _TERM.findall(text)}
    return days.pop() if len(days) == 1 else None


def _day(printed: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(fold(printed), "%B %d, %Y").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None
