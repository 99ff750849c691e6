"""The names of Montana's sessions, and addresses made of them."""

from __future__ import annotations

from urllib.parse import urlencode

from spiders.reading import match
from tracker.model import Measure

API = "https://api.legmt.gov"
_YEAR_BEFORE_FIRST = 1887


def session_name(ordinals: str) -> str:
    """`2025` for the regular session `20251`, `2025S1` for the first special one `20252`."""
    year, nth = match(r"(\d{4})(\d)", ordinals).groups()
    return year if nth == "1" else f"{year}S{int(nth) - 1}"


def session_ordinals(session: str) -> str:
    """`20251` for `2025`, `20252` for `2025S1`."""
    year, _, nth = session.partition("S")
    return f"{year}{int(nth or 0) + 1}"


def versions_page(measure: Measure) -> str:
    code, number = measure.identifier.split()
    ordinals = session_ordinals(measure.session)
    query = {
        # The 69th legislature sat in 2025 and 2026.
        "legislatureOrdinal": (int(ordinals[:4]) - _YEAR_BEFORE_FIRST) // 2,
        "sessionOrdinal": ordinals,
        "billType": code,
        "billNumber": number,
    }
    return f"{API}/docs/v1/documents/getBillVersions?{urlencode(query)}"
