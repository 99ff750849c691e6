"""Colorado: sessions by day, numbers, what a long title puts on topic, the real texts."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.co import Colorado
from spiders.legislatures.co_page import number
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.canonical import listing_print
from tracker.model import Listing, VersionText

RECORDED = "recordings/co"
SITE = "https://leg.colorado.gov"
SEARCH = f"{SITE}/bills/bill-search?sessions%5B%5D="
STORE = "https://s3.us-west-2.amazonaws.com/beta.leg.colorado.gov"
PAGES = Path(__file__).parents[1] / "recordings/co"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-07", ("2024 Regular Session",)),
        ("2025-01-08", ("2025 Regular Session",)),
        ("2025-08-21", ("2025 Regular Session", "2025 Extraordinary Session")),
        ("2025-09-30", ("2025 Regular Session", "2025 Extraordinary Session")),
        ("2025-10-01", ("2025 Regular Session",)),
        ("2026-01-13", ("2025 Regular Session",)),
        ("2026-01-14", ("2026 Regular Session",)),
        ("2027-01-13", ("2027 Regular Session",)),
        ("2028-12-31", ("2028 Regular Session",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert Colorado(today=day).sessions(day) == sessions


@pytest.mark.parametrize(
    ("printed", "key", "kind", "chamber"),
    [
        ("HB26-1362", ("2026A", "HB 1362"), "bill", "lower"),
        ("sb26-005", ("2026A", "SB 5"), "bill", "upper"),
        ("SB25B-001", ("2025B", "SB 1"), "bill", "upper"),
        ("HJR26-1001", ("2026A", "HJR 1001"), "resolution", "lower"),
        ("SM27-001", ("2027A", "SM 1"), "resolution", "upper"),
    ],
)
def test_numbers(printed: str, key: tuple[str, str], kind: str, chamber: str) -> None:
    found = number(printed)
    assert (found.session, found.identifier) == key
    assert (found.kind, found.chamber) == (kind, chamber)


@pytest.mark.parametrize("printed", ["HB1362", "XB26-1", "HB26-", "HB2026-1362"])
def test_what_is_no_number(printed: str) -> None:
    with pytest.raises(PageChanged):
        number(printed)


def kept(source: Colorado, title: str, long_title: str) -> list[Any]:
    body = (PAGES / "list/page.html").read_text()
    body = body.replace("Protect Safety of Individuals Who Are Immigrants", title)
    body = body.replace("Concerning a fictional long title.", long_title)
    answer = Answer(f"{SITE}/bills/bill-search?sessions[]=2026+Regular+Session", body.encode())
    return [one for thing in source.read(answer) for one in source.sift(thing)]


def test_a_long_title_can_put_a_bill_on_topic() -> None:
    plain, told = Colorado(), Colorado()
    kept(plain, "A Fictional Title", "Concerning bees.")
    assert not plain.is_wanted("us-co/2026A/HB 1276")
    found = kept(told, "A Fictional Title", "Concerning 287(g) agreements with federal ICE.")
    assert told.is_wanted("us-co/2026A/HB 1276")
    assert f"{SITE}/bills/hb26-1276" in [one.url for one in found if not isinstance(one, Listing)]


def test_the_list_is_read_whole_the_first_time_and_on_mondays() -> None:
    tuesday, known = dt.date(2025, 9, 2), Known(prints={"us-co/2025A/HB 1": "0"})
    monday = tuesday - dt.timedelta(days=1)
    for source in (Colorado(today=tuesday), Colorado(today=monday, known=known)):
        assert [request.url for request in source.begin()] == [
            f"{SEARCH}2025+Regular+Session&sort=Bill+%23+Ascending&page=1",
            f"{SEARCH}2025+Extraordinary+Session&sort=Bill+%23+Ascending&page=1",
        ]
    first, _ = Colorado(today=tuesday, known=known).begin()
    assert first.url == f"{SEARCH}2025+Regular+Session&sort=Last+Action+Descending&page=1"


def page_of(days: tuple[str, str]) -> Answer:
    """The first of two pages of four measures, sorted by last action: HB 1001, then HB 1002."""
    results = "".join(
        f'<div class="bill-result"><h2 class="sponsor-bill-or-resolution-tag">HB26-{nth}</h2>'
        f'<a class="all-bills-data-heading" href="/bills/hb26-{nth}">A fiction</a>'
        f"<p><span>LAST ACTION:</span> {day} | Governor Signed</p>"
        "<p><span>LONG TITLE:</span> Concerning bees.</p></div>"
        for nth, day in enumerate(days, start=1001)
    )
    body = (
        '<html><div class="filter-details-wrapper">Showing 1 - 2 of 4 bills</div>'
        f'<div id="all-search-results-data-list">{results}</div></html>'
    )
    url = f"{SEARCH}2026+Regular+Session&sort=Last+Action+Descending&page=1"
    return Answer(url, body.encode())


@pytest.mark.parametrize(
    ("days", "others", "left_out", "asked"),
    [
        (("6/4/2026", "3/17/2026"), 2, "", 0),
        (("6/4/2026", "6/6/2026"), 2, "", 1),  # not sorted
        (("6/8/2026", "6/7/2026"), 2, "", 1),  # an action of yesterday may be told tomorrow
        (("6/4/2026", "3/17/2026"), 1, "", 1),  # one of the four is not known
        (("6/4/2026", "3/17/2026"), 3, "HB 1001", 1),  # one of the page is not as it was
    ],
)
def test_the_list_is_read_until_nothing_is_new(
    days: tuple[str, str], others: int, left_out: str, asked: int
) -> None:
    rows = [row for row in Colorado().read(page_of(days)) if isinstance(row, Listing)]
    prints = {f"us-co/2026A/SB {nth}": "0" for nth in range(others)} | {
        row.key: listing_print(row).hex() for row in rows if row.identifier != left_out
    }
    source = Colorado(today=dt.date(2026, 6, 9), known=Known(prints=prints))
    things = [one for thing in source.read(page_of(days)) for one in source.sift(thing)]
    assert sum(isinstance(one, Request) for one in things) == asked
    assert len(source.listed) == (2 if asked else 4)


REAL = {
    "HB1005__bill_content_Engrossed": ("us-co/2025B/HB 1005", "Engrossed"),
    "HB1005__bill_content_Final_Act": ("us-co/2025B/HB 1005", "Final Act"),
    "HB1008__bill_content_Engrossed": ("us-co/2025B/HB 1008", "Engrossed"),
    "HB1008__bill_content_Introduced": ("us-co/2025B/HB 1008", "Introduced"),
    "SB001__bill_content_Engrossed": ("us-co/2025B/SB 1", "Engrossed"),
    "SB001__bill_content_Final_Act": ("us-co/2025B/SB 1", "Final Act"),
}


def real(name: str) -> tuple[VersionText, bytes]:
    body = shared(f"{RECORDED}/{name}.html").read_bytes()
    (text,) = Colorado().read(Answer(f"{STORE}/cdedc0107463234af74888a39b377e03", body))
    assert isinstance(text, VersionText)
    return text, body


@needs_shared(RECORDED)
@pytest.mark.parametrize("name", REAL)
def test_real_texts_are_named_and_no_letter_is_lost(name: str) -> None:
    text, body = real(name)
    assert (text.key, text.note) == REAL[name]
    page = BeautifulSoup(body.decode(), "lxml")
    for left_out in page.select("b.page-line-label-style, del, #bill-summary"):
        left_out.extract()
    (main,) = page.select("main")
    assert re.sub(r"\s", "", text.text) == re.sub(r"\s", "", main.get_text())


@needs_shared(RECORDED)
def test_lines_of_a_real_text_are_joined() -> None:
    text, _ = real("HB1008__bill_content_Engrossed")
    assert text.text.split("\n\n")[1] == (
        "Concerning implementing consumer protections in interactions with artificial intelligence "
        "systems before October 1, 2026."
    )
    assert "On and after October 1, 2026, a developer of a high-risk" in text.text
    assert "February 1, 2026 October" not in text.text
    introduced, _ = real("HB1008__bill_content_Introduced")
    assert "(b) An employment opportunity;\n\n(c) Lending or credit services;" in introduced.text
