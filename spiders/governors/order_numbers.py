"""How states number orders: by the year with two digits or four, by count alone, by day.

Each form gives of a number, as printed, the one in identifiers (without dots, since those are told
apart by dashes) and the session, the year of the order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Numbers(NamedTuple):
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


def _of_year_behind(number: str) -> tuple[str, str]:
    """`3-25` or `03-25` is the third of 2025, and named so."""
    count, year = re.split("[-–]", number)
    return f"{int(count)}-{year}", f"20{year}"


def _of_year_in_brackets(number: str) -> tuple[str, str]:
    """`47 (2025)`: a count that begins anew with each governor, and the year of the order."""
    count, year = number.rstrip(")").split(" (")
    return count, year


def _unpadded(number: str) -> tuple[str, str]:
    """`07` and `7` are one order."""
    return re.sub(r"^0+(?=\d)", "", number.upper()), ""


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
NUMBERS: Mapping[str, Numbers] = {
    "YY-N": Numbers(_SHORT, lambda n, _: _of_short_year(n, 1)),
    "YY-NN": Numbers(_SHORT, lambda n, _: _of_short_year(n, 2)),
    "YY-NNN": Numbers(_SHORT, lambda n, _: _of_short_year(n, 3)),
    "YYYY-N": Numbers(_LONG, lambda n, _: _of_year(n, 1)),
    "YYYY-NN": Numbers(_LONG, lambda n, _: _of_year(n, 2)),
    "YYYY-NNN": Numbers(_LONG, lambda n, _: _of_year(n, 3)),
    "YYYY NNN": Numbers(r"(20\d{2}\s\d{3})(?!\d)", lambda n, _: _of_year(n, 3)),
    "MM.DD.YY.NN": Numbers(r"(\d\d\.\d\d\.\d\d\.\d\d)(?!\d)", lambda n, _: _of_day(n)),
    "N.YYYY": Numbers(
        r"(\d{1,3}\.20\d{2})(?!\d)", lambda n, _: _of_year("-".join(n.split(".")[::-1]), 2)
    ),
    "YYYY-NNL": Numbers(
        r"(20\d{2}-\d{1,3}[A-Z]?)(?![\w-])", lambda n, _: _of_year_with_letter(n.upper())
    ),
    "N-YYYY": Numbers(r"(\d{1,3}\s?[-–]\s?20\d{2})(?![\d-])", lambda n, _: _of_year_after(n)),
    "01.01.YYYY.NN": Numbers(r"(01\.01\.20\d{2}\.\d{1,2})(?!\d)", lambda n, _: _of_code(n)),
    "YYYY-NN.N": Numbers(
        r"(20\d{2}[-–]\d{1,3}(?:\.\d{1,2})?)(?![\d-])", lambda n, _: _of_year_with_part(n)
    ),
    "N.N": Numbers(r"(\d{1,4}(?:\.\d{1,3})?)(?![\w-])", lambda n, _: (n.replace(".", "-"), "")),
    "YY-NN.N": Numbers(
        r"(\d{2}[-–]\d{1,3}(?:\.\d{1,2})?)(?![\d-])", lambda n, _: _of_short_year_with_part(n)
    ),
    "N-YY": Numbers(r"(\d{1,3}[-–]\d{2})(?![\d-])", lambda n, _: _of_year_behind(n)),
    "N (YYYY)": Numbers(r"(\d{1,3}\s\(20\d{2}\))", lambda n, _: _of_year_in_brackets(n)),
    "N-N-YY": Numbers(
        r"(N-\d{1,3}-\d{2})(?![\d-])", lambda n, _: (n.upper(), f"20{n.rpartition('-')[2]}")
    ),
    "N": Numbers(_COUNT, lambda n, _: _unpadded(n)),
    "YY-N or N": Numbers(
        rf"(\d{{2}}-\d{{1,2}}(?![\d-])|{_COUNT[1:]}",
        lambda n, _: _of_short_year(n, 1) if "-" in n else (n.upper(), ""),
    ),
    "YYYY-NN or N": Numbers(
        r"(20\d{2}-\d{1,3}|\d{1,2})(?![\d-])",
        lambda n, year: _of_year(n, 2) if "-" in n else _count_of(year, n, 2),
    ),
}
