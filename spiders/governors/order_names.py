"""How orders are named in running text: one form for the President's, one for states that number
by the year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spiders.governors.order_days import DAY
from tracker.model import fold


class Named(NamedTuple):
    """An order as another names it; `session` is empty where the text tells no year."""

    identifier: str
    session: str


@dataclass(frozen=True)
class OrderForm:
    """How a jurisdiction's orders are named in running text.

    `prefix` and `number` are patterns, the number with a group; a number may stand without prefix
    only inside a list that began with one. `name` gives the identifier and session from prefix,
    number and the day printed after "of" (or "").
    """

    prefix: str
    number: str
    name: Callable[[str, str, str], Named]

    @property
    def item(self) -> str:
        dated = rf"(?:\s+(?:of|dated)\s+{DAY})?"
        titled = r"(?:\s+\([^()]{1,400}\))?"
        return rf"{self.number}{dated}{titled}(?:,?\s+as\s+amended)?"

    @property
    def list(self) -> str:
        """One order or several: `Executive Order 1 of … (…), Executive Order 2, and …`."""
        between = r"(?:,?\s+and\s+|,\s+|;\s+(?:and\s+)?)"
        item = _ungrouped(self.item)
        return rf"{self.prefix}\s*{item}(?:{between}(?:{self.prefix}\s*)?{item}){{0,60}}"

    def orders(self, listed: str) -> Iterator[Named]:
        prefix = ""
        for found in re.finditer(rf"(?P<prefix>{self.prefix})?\s*(?P<item>{self.item})", listed):
            prefix = found["prefix"] or prefix
            day = re.search(rf"(?:of|dated)\s+({DAY})", found["item"])
            yield self.name(prefix, found.group(3), fold(day.group(1)) if day else "")


def _ungrouped(pattern: str) -> str:
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def _federal(_: str, number: str, day: str) -> Named:
    return Named(f"EO {number}", day[-4:])


FEDERAL = OrderForm(
    prefix=r"(?:Executive\s+Orders?|E\.\s?O\.)(?:\s+No\.|\s+Nos\.)?",
    number=r"(\d{4,5}(?:-[A-Z])?)(?![\d-])",
    name=_federal,
)


def _yearly(prefix: str, number: str, _: str) -> Named:
    """`EO 23-02`: two digits of the year, two of the count, as the states that number so print."""
    year, count = re.split("[-–]", number)
    letters = "DR" if prefix.upper().startswith("DR") else "EO"
    return Named(f"{letters} {year}-{int(count):02d}", f"20{year}")


YEARLY = OrderForm(
    prefix=r"(?:Executive\s+Orders?|E\.\s?O\.|EO|DR)(?:\s+Number|\s+Nos?\.?)?",
    number=r"(\d{2}[-–]\d{1,3})(?![\d-])",
    name=_yearly,
)
