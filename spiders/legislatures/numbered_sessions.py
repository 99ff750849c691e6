"""Sessions that a legislature numbers within a year: `20261` is the regular one, `20262` special."""

from __future__ import annotations

from spiders.reading import match


def session_name(code: str) -> str:
    """`2026` for `20261`, `2026S1` for `20262`."""
    year, nth = match(r"(\d{4})(\d)", code).groups()
    return year if nth == "1" else f"{year}S{int(nth) - 1}"


def session_code(name: str) -> str:
    """`20261` for `2026`, `20262` for `2026S1`."""
    year, _, nth = name.partition("S")
    return f"{year}{int(nth or 0) + 1}"
