"""How orders are named in running text: the President's form, and those in which states number.

States number by the year with two digits of it or four, from one on for each governor, or by the
day of signature; a jurisdiction with several series (orders and directives) tells them apart by the
words before the number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spiders.governors.order_days import DAY
from spiders.governors.order_numbers import NUMBERS
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

    def begins(self, printed: str, *, bare: bool = False, year: str = "") -> Named | None:
        """The order that a heading or a cell begins with; `bare` where no word need stand before
        the number, `year` where the list tells that of the order."""
        lead = rf"\W{{0,3}}(?P<prefix>{self.prefix}){'?' if bare else ''}[\s#:]{{0,3}}"
        found = re.match(lead + self.number, printed, re.IGNORECASE)
        return self.name(found["prefix"] or "", found.group(2), year) if found else None

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


class Series(NamedTuple):
    """One row of numbers: the letters of its identifiers, and how the text names it (a pattern
    without groups; letter case does not count)."""

    label: str
    called: str


ORDERS = Series("EO", r"Executive\s+Orders?|E\.\s?O\.|EO")


def form_of(numbers: str, series: Sequence[Series] = (ORDERS,)) -> OrderForm:
    """The form of a jurisdiction that numbers as one of NUMBERS, in one series or several.

    Where a series goes by the count alone, the session is the year of the day printed after "of",
    as far as the text has one.
    """
    known = NUMBERS[numbers]
    called = "|".join(one.called for one in series)

    def name(prefix: str, number: str, day: str) -> Named:
        """`day` ends with the year."""
        (label,) = {
            one.label
            for one in series
            if len(series) == 1 or re.match(rf"(?:{one.called})", prefix, re.IGNORECASE)
        }
        count, session = known.split(number, day[-4:])
        return Named(f"{label} {count}", session or day[-4:])

    return OrderForm(
        prefix=rf"(?:{called})(?:\s+(?:Number|Nos?\.?|\#))?", number=known.pattern, name=name
    )


def day_of(identifier: str) -> dt.date | None:
    """The day in a number that is one (`EO 2025-01-17-02`); None where there is none. Raises
    ValueError where it is no day of the calendar."""
    found = re.search(r"(\d{4}-\d\d-\d\d)-\d\d\Z", identifier)
    return dt.date.fromisoformat(found.group(1)) if found else None
