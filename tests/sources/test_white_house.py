"""The White House's feed: what is read of it, and the day on which something was signed."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.federal.signing_day import signed_on
from spiders.federal.white_house import FEED, WhiteHouse
from tests.test_recordings import ROOT, load
from tracker.model import Measure, VersionText


def test_one_request_makes_a_run() -> None:
    requests = list(WhiteHouse(today=dt.date(2025, 4, 30)).begin())
    assert [request.url for request in requests] == [FEED]


def test_orders_of_the_recorded_feed() -> None:
    reader, answer, _ = load(ROOT / "white-house" / "feed")
    things = list(reader.read(answer))
    orders = [one for one in things if isinstance(one, Measure)]
    assert [(one.kind, one.issued_on) for one in orders] == [
        ("proclamation", dt.date(2025, 4, 21)),
        ("executive_order", dt.date(2025, 4, 28)),
        ("directive", None),
    ]
    # An evening's post bears the next day in UTC.
    assert [one.on for one in orders[2].actions or ()] == [dt.date(2025, 4, 29)]
    assert reader.rejected == {
        "a post that is no order (Presidential Actions, Nominations &amp; Appointments)": 1,
        "a post that repeats another": 1,
    }
    texts = [one.text for one in things if isinstance(one, VersionText)]
    assert not any("Select Category" in text or "appeared first" in text for text in texts)
    assert not any("eo-99999" in text for text in texts)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("DONALD J. TRUMP\n\nTHE WHITE HOUSE,\n\n    January 20, 2025.", dt.date(2025, 1, 20)),
        ("this twentieth day of January, in the year of our Lord two thousand twenty-five, and",
         dt.date(2025, 1, 20)),
        ("this first day of October, in the year of our Lord two thousand and thirty",
         dt.date(2030, 10, 1)),
        ("this thirty-first day of May, in the year of our Lord two thousand twenty-six",
         dt.date(2026, 5, 31)),
        ("this thirty-first day of June, in the year of our Lord two thousand twenty-six", None),
        ("this umpteenth day of June, in the year of our Lord two thousand twenty-six", None),
        ("Executive Order 13768 of January 25, 2017, is hereby revoked.", None),
        ("THE WHITE HOUSE, February 30, 2026.", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_day_of_signature(text: str, day: dt.date | None) -> None:
    assert signed_on(text) == day
