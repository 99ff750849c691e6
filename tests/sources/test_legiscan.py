"""LegiScan: which of its results are read, and what of them is none of ours."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request

from spiders.aggregators.legiscan import LegiScan
from spiders.aggregators.legiscan_bill import Bill, BillAnswer, measure_of
from spiders.answer import Answer
from spiders.known import Known
from tracker.model import Measure

CASES = Path(__file__).parents[1] / "recordings/legiscan"
TODAY = dt.date(2026, 3, 20)


def bill(**more: Any) -> Bill:
    told = json.loads((CASES / "bill/answer.json").read_bytes())
    told["bill"] |= more
    return Answer("https://api.legiscan.com/", json.dumps(told).encode()).json(BillAnswer).bill


def session(**more: Any) -> dict[str, Any]:
    return {"year_start": 2025, "year_end": 2026, "special": 0} | more


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"bill_type": "A"}, "no measure: of type A"),
        ({"session": session(special=1)}, "a special session, whose name LegiScan does not tell"),
        ({"state": "GU"}, "a session of us-gu, which has no rule for its name"),
        ({"state": "OK"}, "a session of us-ok, which has no rule for its name"),
    ],
)
def test_what_is_none_of_ours_is_counted_and_not_guessed(more: dict[str, Any], why: str) -> None:
    assert measure_of(bill(**more)) == why


@pytest.mark.parametrize(
    ("state", "years", "number", "key"),
    [
        ("US", (2025, 2026), "HB32", "us/119/HR 32"),
        ("VA", (2026, 2026), "HB1441", "us-va/2026/HB 1441"),
        ("NJ", (2026, 2027), "A04181", "us-nj/222/A 4181"),
        ("ME", (2025, 2026), "LD1971", "us-me/132/LD 1971"),
        ("NC", (2025, 2026), "H318", "us-nc/2025/HB 318"),
        ("CO", (2026, 2026), "HB1276", "us-co/2026A/HB 1276"),
    ],
)
def test_keys_are_those_of_the_legislatures(
    state: str, years: tuple[int, int], number: str, key: str
) -> None:
    told = session(year_start=years[0], year_end=years[1])
    measure = measure_of(bill(state=state, bill_number=number, session=told))
    assert isinstance(measure, Measure)
    assert measure.key == key


def asked(**more: Any) -> tuple[list[str], dict[str, int]]:
    source = LegiScan(today=TODAY, **more)
    answer = Answer("https://api.legiscan.com/?op=getSearch&page=1", _found(), 200)
    requests = [thing for thing in source.read(answer) if isinstance(thing, Request)]
    return [request.url for request in requests], source.rejected


def _found() -> bytes:
    return (CASES / "found/answer.json").read_bytes()


def test_what_moved_and_is_on_topic_is_read() -> None:
    urls, rejected = asked()
    assert [url for url in urls if "getBill" in url] == [
        "https://api.legiscan.com/?op=getBill&id=1958001"
    ]
    assert rejected == {"did not move lately": 1, "off topic by its title": 1}


def test_the_past_is_filled_in_from_a_day() -> None:
    urls, rejected = asked(since=dt.date(2025, 1, 1))
    assert sum("getBill" in url for url in urls) == 2
    assert rejected == {"off topic by its title": 1}


def test_a_watched_measure_is_read_whatever_its_title() -> None:
    known = Known(watched=frozenset({"us-nj/222/A 5151"}))
    urls, _ = asked(known=known)
    assert "https://api.legiscan.com/?op=getBill&id=1958003" in urls


def test_the_next_page_is_asked_for() -> None:
    (following,) = (url for url in asked()[0] if "getSearch" in url)
    assert following.endswith("&year=2&page=2")
