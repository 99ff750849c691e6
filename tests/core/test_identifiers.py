"""One bill in the spellings of several sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.identifiers import official_identifier


@pytest.mark.parametrize(
    ("jurisdiction", "printed", "official"),
    [
        ("us-ut", "HB0133", "HB 133"),
        ("us-wi", "HB 163", "HB 163"),
        ("us-nj", "A4181", "A 4181"),
        ("us-nj", "AB 4181", "A 4181"),
        ("us-me", "LD 1971", "LD 1971"),
        ("us-me", "LD1971", "LD 1971"),
        ("us-ny", "S00123", "S 123"),
        ("us-co", "HB26-1276", "HB 1276"),
        ("us-co", "HB 1276", "HB 1276"),
        ("us-dc", "B26-0260", "B 260"),
        ("us-nc", "H318", "HB 318"),
        ("us-nc", "HB 318", "HB 318"),
        ("us-ri", "S2001", "SB 2001"),
        ("us-id", "HB 83", "H 83"),
        ("us-vt", "S.56", "S 56"),
        ("us", "HR 32", "HR 32"),
        ("us", "H.R. 32", "HR 32"),
        ("us", "HCONRES 7", "HCONRES 7"),
    ],
)
def test_spellings(jurisdiction: str, printed: str, official: str) -> None:
    assert official_identifier(jurisdiction, printed) == official


@pytest.mark.parametrize(
    ("printed", "official"), [("HB32", "HR 32"), ("HR32", "HRES 32"), ("SB5", "S 5")]
)
def test_legiscan_calls_congress_like_a_state(printed: str, official: str) -> None:
    assert official_identifier("us", printed, by="legiscan") == official


@pytest.mark.parametrize("printed", ["", "HJR A", "287(g)", "HB", "1234", "HB 1/2"])
def test_what_is_no_number_raises(printed: str) -> None:
    with pytest.raises(ValueError, match="not a measure's number"):
        official_identifier("us-mi", printed)


@given(
    st.sampled_from(["us-nj", "us-nc", "us-co", "us-va", "us-ri", "us"]),
    st.sampled_from(["A", "S", "HB", "SB", "HJR", "HR", "H"]),
    st.integers(1, 99_999),
)
def test_an_official_spelling_stays_as_it_is(jurisdiction: str, letters: str, number: int) -> None:
    once = official_identifier(jurisdiction, f"{letters}{number:05}")
    assert official_identifier(jurisdiction, once) == once
