"""What the regular session of two years, or of one, is called at each legislature.

A second source tells a session by its years; here it has the legislature's own name. Special
sessions are named by no rule, so they have no name from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class _Years(NamedTuple):
    first: int
    last: int


def _of_one(form: str) -> Callable[[_Years], str | None]:
    """Sessions of one year; two years told as one session would be either of them."""
    return lambda years: form.format(years.last) if years.first == years.last else None


def _biennium(years: _Years) -> str:
    return f"{years.first}-{years.first + 1}"


def _numbered(since: int, form: str = "{}") -> Callable[[_Years], str | None]:
    """Legislatures of two years, counted; `since` is the first year of what would be number 0."""
    return lambda years: form.format((years.first - since) // 2)


def _arizona(years: _Years) -> str | None:
    if years.first != years.last:
        return None
    number = (years.last - 1911) // 2
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    ordinal = f"{number}{'th' if 10 < number % 100 < 14 else ending}"
    return f"{ordinal}-{'1st' if years.last % 2 else '2nd'}-regular"


_NAMES: Mapping[str, Callable[[_Years], str | None]] = {
    "us": _numbered(1787),
    "us-ak": _numbered(1957),
    "us-al": _of_one("{}rs"),
    "us-az": _arizona,
    "us-ca": lambda years: f"{years.first}{years.first + 1}",
    "us-co": _of_one("{}A"),
    "us-dc": _numbered(1973),
    "us-de": _numbered(1719),
    "us-ga": lambda years: f"{years.first}_{(years.first + 1) % 100:02}",
    "us-ia": _biennium,
    "us-il": _numbered(1817, "{}th"),
    "us-ks": _biennium,
    "us-ky": _of_one("{}RS"),
    "us-ma": _numbered(1637, "{}th"),
    "us-me": _numbered(1761),
    "us-mi": _biennium,
    "us-mn": _biennium,
    "us-nc": lambda years: str(years.first),
    "us-nd": _numbered(1887),
    "us-ne": _numbered(1807),
    "us-nj": _numbered(1582),
    "us-nv": _numbered(1859),
    "us-ny": _biennium,
    "us-oh": _numbered(1753),
    "us-or": _of_one("{}R1"),
    "us-pa": _biennium,
    "us-sc": _biennium,
    "us-tn": _numbered(1797),
    "us-tx": _numbered(1847, "{}R"),
    "us-vt": _biennium,
    "us-wa": _biennium,
    "us-wi": lambda years: str(years.first),
}
_BY_YEAR = frozenset(
    f"us-{state}"
    for state in "ar ct fl hi id in la md mo ms mt nh nm ok ri sd ut va wv wy".split()  # noqa: SIM905
)


def regular_session(jurisdiction: str, first: int, last: int) -> str | None:
    """The name of the regular session of those years; None where this file knows no rule for it."""
    name = _of_one("{}") if jurisdiction in _BY_YEAR else _NAMES.get(jurisdiction)
    return name(_Years(first, last)) if name else None
