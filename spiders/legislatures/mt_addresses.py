"""Addresses of Montana's API."""

from __future__ import annotations

from urllib.parse import urlencode

from spiders.legislatures.numbered_sessions import session_code
from tracker.model import Measure

API = "https://api.legmt.gov"
_YEAR_BEFORE_FIRST = 1887


def versions_page(measure: Measure) -> str:
    code, number = measure.identifier.split()
    ordinals = session_code(measure.session)
    query = {
        # The 69th legislature sat in 2025 and 2026.
        "legislatureOrdinal": (int(ordinals[:4]) - _YEAR_BEFORE_FIRST) // 2,
        "sessionOrdinal": ordinals,
        "billType": code,
        "billNumber": number,
    }
    return f"{API}/docs/v1/documents/getBillVersions?{urlencode(query)}"
