"""The days an order states of itself: when it was signed, when it ends."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from tracker.model import fold

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = rf"(?:{_MONTHS})\s+\d{{1,2}},\s+\d{{4}}"

_COUNTS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth"),
)


def _numbered(words: Sequence[str], twenty: str, thirty: str) -> dict[str, int]:
    """1 to 39 in words: those above the tens are made of "twenty" or "thirty" and one of `words`."""
    below = {word: n for n, word in enumerate(words, 1)}
    above = {
        f"{stem} {word}": tens + n
        for stem, tens in (("twenty", 20), ("thirty", 30))
        for n, word in enumerate(words[:9], 1)
    }
    return {**below, twenty: 20, thirty: 30, **above}


YEARS = _numbered(_COUNTS, "twenty", "thirty")
DAYS = _numbered(_ORDINALS, "twentieth", "thirtieth")


def _any_of(words: Mapping[str, int]) -> str:
    return "|".join(word.replace(" ", r"[-\s]") for word in sorted(words, key=len, reverse=True))


_ATTESTED = re.compile(
    rf"this\s+(?:the\s+)?(\d{{1,2}}|{_any_of(DAYS)})\s?(?:st|nd|rd|th)?\s+day\s+of\s+({_MONTHS}),?"
    r"(?:\s+in\s+the\s+year(?:\s+of\s+our\s+Lord)?,?)?"
    rf"\s+(\d{{4}}|two\s+thousand(?:\s+and)?\s+(?:{_any_of(YEARS)}))\b",
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
    """The day an order is signed on, from its last "this 12th day of March, 2025", in words too
    ("this twelfth day of March in the year two thousand twenty-five")."""
    found = _ATTESTED.findall(text)
    if not found:
        return None
    day, month, year = found[-1]
    return day_if_any(f"{month.title()} {_figure(day, DAYS)}, {_figure(year, YEARS, 2000)}")


def _figure(printed: str, words: Mapping[str, int], since: int = 0) -> int:
    if printed.isdecimal():
        return int(printed)
    said = re.sub(r"two thousand (?:and )?", "", fold(printed.lower()).replace("-", " "))
    return since + words[said]


def expires_on(text: str) -> dt.date | None:
    """The day an order says it ends; None where it says none, or several."""
    days = {day_if_any(printed) for printed in _TERM.findall(text)}
    return days.pop() if len(days) == 1 else None


def day_if_any(printed: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(fold(printed), "%B %d, %Y").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None
