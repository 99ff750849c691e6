"""Governors' orders: numbers, days, governors and paging.

In the recordings the orders of 10 January 2023, their addresses and operative sentences are real;
the numbers of their posts are made, and what else is made says "[Fictional example]".
"""

from __future__ import annotations

import datetime as dt
import json

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.governors.ar import Arkansas
from spiders.reading import PageChanged
from tracker.model import Measure

PAGE = "https://governor.arkansas.gov/wp-json/wp/v2/executive_orders?_fields=id&page={}"


def answer(posts: list[dict[str, object]], page: int = 1, total: str = "") -> Answer:
    headers = {"x-wp-totalpages": total} if total else {}
    return Answer(PAGE.format(page), json.dumps(posts).encode(), 200, headers)


def post(title: str, content: str = "", day: str = "2024-03-04") -> dict[str, object]:
    return {
        "id": 9001,
        "date": f"{day}T09:30:00",
        "link": "https://governor.arkansas.gov/executive_orders/fictional-example/",
        "title": {"rendered": title},
        "content": {"rendered": content, "protected": False},
    }


def read_one(title: str, content: str = "", day: str = "2024-03-04") -> Measure:
    source = Arkansas(today=dt.date(2026, 5, 22))
    things = source.read(answer([post(title, content, day)]))
    return next(thing for thing in things if isinstance(thing, Measure))


@pytest.mark.parametrize(
    ("title", "content", "identifier"),
    [
        ("EO 25-3: An order", "", "EO 25-03"),
        ("EO 25–03: An order", "", "EO 25-03"),
        ("DR 24-06: Emergency declaration", "", "DR 24-06"),
        ("Executive Order 24-07 &#8211; An order", "", "EO 24-07"),
        ("An order", "<p>GREETINGS:</p><p>E.O. 24-18: AN ORDER</p><p>WHEREAS: x</p>", "EO 24-18"),
        ("An order amending EO 24-07", "", "Order 9001"),
        ("An order", "<p>EO 24-07: and EO 24-08: both</p><p>WHEREAS: x</p>", "Order 9001"),
        ("An order", "<p>WHEREAS: x</p><p>EO 24-07: is amended.</p>", "Order 9001"),
    ],
)
def test_numbers(title: str, content: str, identifier: str) -> None:
    assert read_one(title, content).identifier == identifier


@pytest.mark.parametrize(
    ("day", "governor"),
    [
        ("2023-01-09", "Asa Hutchinson"),
        ("2023-01-10", "Sarah Huckabee Sanders"),
        ("2027-01-11", "Sarah Huckabee Sanders"),
        ("2027-01-12", None),
        ("2014-12-31", None),
    ],
)
def test_who_governed_when(day: str, governor: str | None) -> None:
    found = read_one("EO 24-98: An order", day=day)
    assert found.issuer == governor
    assert found.issued_on == dt.date.fromisoformat(day)


def test_the_attested_day_comes_before_the_day_of_posting() -> None:
    found = read_one("EO 23-98: An order", "<p>Signed this 30th day of December, 2023.</p>")
    assert found.issued_on == dt.date(2023, 12, 30)
    assert found.session == "2023"


def requests(page: int, total: str, posts: int = 1) -> list[str]:
    things = Arkansas(today=dt.date(2026, 5, 22)).read(
        answer([post("EO 24-98: An order")] * posts, page, total)
    )
    return [thing.url for thing in things if isinstance(thing, Request)]


def test_pages_are_read_until_the_told_total() -> None:
    assert requests(1, "2")[0].endswith("&page=2")
    assert requests(2, "2") == []
    assert requests(1, "1") == []


@pytest.mark.parametrize(("total", "posts"), [("", 100), ("many", 1)])
def test_a_full_page_without_a_total_is_not_the_whole_list(total: str, posts: int) -> None:
    with pytest.raises(PageChanged, match="X-WP-TotalPages"):
        requests(1, total, posts)
