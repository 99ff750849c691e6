"""Sessions told by their years have the names that the sources give them."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.shared import needs_shared, shared
from tracker.sessions import regular_session

NAMED = [
    ("us", 2025, 2026, "119"),
    ("us", 2027, 2028, "120"),
    ("us-ak", 2025, 2026, "34"),
    ("us-al", 2026, 2026, "2026rs"),
    ("us-az", 2025, 2025, "57th-1st-regular"),
    ("us-az", 2026, 2026, "57th-2nd-regular"),
    ("us-az", 2033, 2033, "61st-1st-regular"),
    ("us-ca", 2025, 2026, "20252026"),
    ("us-co", 2026, 2026, "2026A"),
    ("us-dc", 2025, 2026, "26"),
    ("us-de", 2025, 2026, "153"),
    ("us-ga", 2025, 2026, "2025_26"),
    ("us-ia", 2025, 2026, "2025-2026"),
    ("us-il", 2025, 2026, "104th"),
    ("us-ky", 2026, 2026, "2026RS"),
    ("us-ma", 2025, 2026, "194th"),
    ("us-me", 2025, 2026, "132"),
    ("us-nc", 2025, 2026, "2025"),
    ("us-nd", 2025, 2026, "69"),
    ("us-ne", 2025, 2026, "109"),
    ("us-nj", 2024, 2025, "221"),
    ("us-nj", 2026, 2027, "222"),
    ("us-nv", 2025, 2025, "83"),
    ("us-oh", 2025, 2026, "136"),
    ("us-or", 2026, 2026, "2026R1"),
    ("us-tn", 2025, 2026, "114"),
    ("us-tx", 2025, 2026, "89R"),
    ("us-va", 2026, 2026, "2026"),
    ("us-wi", 2025, 2026, "2025"),
]


@pytest.mark.parametrize(("jurisdiction", "first", "last", "name"), NAMED)
def test_a_regular_session_by_its_years(
    jurisdiction: str, first: int, last: int, name: str
) -> None:
    assert regular_session(jurisdiction, first, last) == name


@pytest.mark.parametrize("jurisdiction", ["us-pr", "us-gu"])
def test_where_no_rule_is_known_there_is_no_name(jurisdiction: str) -> None:
    assert regular_session(jurisdiction, 2025, 2026) is None


@pytest.mark.parametrize("jurisdiction", ["us-az", "us-ok", "us-ky"])
def test_two_years_are_not_one_of_them(jurisdiction: str) -> None:
    assert regular_session(jurisdiction, 2025, 2026) is None


@needs_shared("corpus/scale-bills.jsonl.gz")
def test_every_state_of_the_corpus_is_named_as_there() -> None:
    """At least one of the sessions that a state has bills of must come out of its years."""
    real: dict[str, set[str]] = {}
    with gzip.open(shared("corpus/scale-bills.jsonl.gz")) as lines:
        for line in lines:
            bill = json.loads(line)
            code = "us" if bill["state"] == "US" else f"us-{bill['state'].lower()}"
            real.setdefault(code, set()).add(bill["session"])
    years = [(y, y) for y in range(2023, 2027)] + [(y, y + 1) for y in (2024, 2025, 2026)]
    for code, sessions in real.items():
        names = {regular_session(code, *pair) for pair in years}
        assert names & sessions or code == "us-tx", code  # of Texas only called sessions are there
