"""How orders are named in running text: the President's form, and those in which states number.

States number by the year with two digits of it or four, from one on for each governor, or by the
day of signature; a jurisdiction with several series (orders and directives) tells them apart by the
words before the number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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


class _Numbers(NamedTuple):
    """`pattern` has one group. `split` gives from it, and the year that is told beside it or "",
    the number of the identifier and the session, which may be ""."""

    pattern: str
    split: Callable[[str, str], tuple[str, str]]


def _of_year(number: str, digits: int) -> tuple[str, str]:
    year, count = re.split(r"\s*[-–]\s*|\s+", number)
    return f"{year}-{int(count):0{digits}d}", year


def _of_short_year(number: str, digits: int) -> tuple[str, str]:
    """Lists of orders in force go back to the last century (Indiana's `90-05`)."""
    full, year = _of_year(number, digits)
    return full, f"{'19' if year > '50' else '20'}{year}"


def _of_day(number: str) -> tuple[str, str]:
    """`01.17.25.02` is the second of 17 January 2025: named so that names sort by day."""
    month, day, year, count = number.split(".")
    return f"20{year}-{month}-{day}-{count}", f"20{year}"


def _of_year_with_part(number: str) -> tuple[str, str]:
    """`2026-07.1` goes on from `2026-07` and is an order of its own: `EO 2026-07-1`."""
    whole, dot, part = number.partition(".")
    full, year = _of_year(whole, 2)
    return f"{full}-{part}" if dot else full, year


def _of_year_with_letter(number: str) -> tuple[str, str]:
    """`2022-06D`: the letter, the governor's own, belongs to the number."""
    letter = number[-1] if number[-1].isalpha() else ""
    full, year = _of_year(number.removesuffix(letter), 2)
    return full + letter, year


def _of_short_year_with_part(number: str) -> tuple[str, str]:
    """`24-03.1` goes on from `24-03` and is an order of its own: `EO 24-03-1`."""
    whole, dot, part = number.partition(".")
    full, year = _of_short_year(whole, 2)
    return f"{full}-{part}" if dot else full, year


def _of_year_behind(number: str, digits: int) -> tuple[str, str]:
    """`3-25` is the third of 2025, and is named as its state prints it."""
    count, year = re.split("[-–]", number)
    return f"{int(count):0{digits}d}-{year}", f"20{year}"


def _of_year_in_brackets(number: str) -> tuple[str, str]:
    """`47 (2025)`: a count that begins anew with each governor, and the year of the order."""
    count, year = number.rstrip(")").split(" (")
    return count, year


def _of_year_after(number: str) -> tuple[str, str]:
    """`9-2025` is the ninth of 2025: named so that names sort by year."""
    count, year = re.split(r"\s*[-–]\s*", number)
    return f"{year}-{int(count):02d}", year


def _of_code(number: str) -> tuple[str, str]:
    """`01.01.2025.02`, a number of Maryland's code, is the second of 2025; `01.01` says no more."""
    year, count = number.split(".")[2:]
    return f"{year}-{int(count):02d}", year


def _count_of(year: str, number: str, digits: int) -> tuple[str, str]:
    """A count that the list completes by its year, as later orders are printed."""
    return (f"{year}-{int(number):0{digits}d}", year) if year else (number, "")


_SHORT, _LONG = r"(\d{2}\s?[-–]\s?\d{1,3})(?![\d-])", r"(20\d{2}\s?[-–]\s?\d{1,3})(?![\d-])"
_COUNT = r"(\d{1,4}[A-Z]{0,3})(?![\w-])"
NUMBERS: Mapping[str, _Numbers] = {
    "YY-N": _Numbers(_SHORT, lambda n, _: _of_short_year(n, 1)),
    "YY-NN": _Numbers(_SHORT, lambda n, _: _of_short_year(n, 2)),
    "YY-NNN": _Numbers(_SHORT, lambda n, _: _of_short_year(n, 3)),
    "YYYY-N": _Numbers(_LONG, lambda n, _: _of_year(n, 1)),
    "YYYY-NN": _Numbers(_LONG, lambda n, _: _of_year(n, 2)),
    "YYYY-NNN": _Numbers(_LONG, lambda n, _: _of_year(n, 3)),
    "YYYY NNN": _Numbers(r"(20\d{2}\s\d{3})(?!\d)", lambda n, _: _of_year(n, 3)),
    "MM.DD.YY.NN": _Numbers(r"(\d\d\.\d\d\.\d\d\.\d\d)(?!\d)", lambda n, _: _of_day(n)),
    "N.YYYY": _Numbers(
        r"(\d{1,3}\.20\d{2})(?!\d)", lambda n, _: _of_year("-".join(n.split(".")[::-1]), 2)
    ),
    "YYYY-NNL": _Numbers(
        r"(20\d{2}-\d{1,3}[A-Z]?)(?![\w-])", lambda n, _: _of_year_with_letter(n.upper())
    ),
    "N-YYYY": _Numbers(r"(\d{1,3}\s?[-–]\s?20\d{2})(?![\d-])", lambda n, _: _of_year_after(n)),
    "01.01.YYYY.NN": _Numbers(r"(01\.01\.20\d{2}\.\d{1,2})(?!\d)", lambda n, _: _of_code(n)),
    "YYYY-NN.N": _Numbers(
        r"(20\d{2}[-–]\d{1,3}(?:\.\d{1,2})?)(?![\d-])", lambda n, _: _of_year_with_part(n)
    ),
    "N.N": _Numbers(r"(\d{1,4}(?:\.\d{1,3})?)(?![\w-])", lambda n, _: (n.replace(".", "-"), "")),
    "YY-NN.N": _Numbers(
        r"(\d{2}[-–]\d{1,3}(?:\.\d{1,2})?)(?![\d-])", lambda n, _: _of_short_year_with_part(n)
    ),
    "N-YY": _Numbers(r"(\d{1,3}[-–]\d{2})(?![\d-])", lambda n, _: _of_year_behind(n, 1)),
    "NN-YY": _Numbers(r"(\d{1,3}[-–]\d{2})(?![\d-])", lambda n, _: _of_year_behind(n, 2)),
    "N (YYYY)": _Numbers(r"(\d{1,3}\s\(20\d{2}\))", lambda n, _: _of_year_in_brackets(n)),
    "N-N-YY": _Numbers(
        r"(N-\d{1,3}-\d{2})(?![\d-])", lambda n, _: (n.upper(), f"20{n.rpartition('-')[2]}")
    ),
    "N": _Numbers(_COUNT, lambda n, _: (n.upper(), "")),
    "YY-N or N": _Numbers(
        rf"(\d{{2}}-\d{{1,2}}(?![\d-])|{_COUNT[1:]}",
        lambda n, _: _of_short_year(n, 1) if "-" in n else (n.upper(), ""),
    ),
    "YYYY-NN or N": _Numbers(
        r"(20\d{2}-\d{1,3}|\d{1,2})(?![\d-])",
        lambda n, year: _of_year(n, 2) if "-" in n else _count_of(year, n, 2),
    ),
}
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
