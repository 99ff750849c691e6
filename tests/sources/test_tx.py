"""Texas: sessions by day, what is asked, and that nothing refused by robots.txt ever is."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.tx import Texas
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Listing, Measure

FEED = "https://capitol.texas.gov/MyTLO/RSS/RSS.aspx?Type="
REFUSED = ("/billlookup/", "/reports/", "/search/", "/tlodocs/", "/mytlo/alerts/")


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2024-11-10", ("88R",)),
        ("2024-11-11", ("89R",)),
        ("2025-01-14", ("89R",)),
        ("2025-07-20", ("89R",)),
        ("2025-07-21", ("89R", "891")),
        ("2025-08-15", ("89R", "891", "892")),
        ("2025-09-17", ("89R", "892")),
        ("2025-10-01", ("89R",)),
        ("2026-11-08", ("89R",)),
        ("2026-11-09", ("90R",)),
        ("2027-01-12", ("90R",)),
        ("2028-11-12", ("90R",)),
        ("2028-11-13", ("91R",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert Texas(today=day).sessions(day) == sessions


def test_only_the_feeds_are_asked() -> None:
    asked = [request.url for request in Texas(today=dt.date(2026, 11, 9)).begin()]
    assert asked == [FEED + name for name in
                     ("todaysfiledhouse", "todaysfiledsenate", "todaysbillspassed")]  # fmt: skip
    assert not [url for url in asked if any(path in url.lower() for path in REFUSED)]


def item(number: str, caption: str) -> str:
    link = "https://capitol.texas.gov/BillLookup/History.aspx?LegSess=90R&amp;Bill="
    return (
        f"<item><title>{number}</title><link>{link}{number.replace(' ', '')}</link>"
        f"<description>{caption}</description></item>"
    )


def feed(*items: str) -> Answer:
    body = f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>'
    return Answer(FEED + "todaysbillspassed", body.encode())


def test_measures_on_topic_are_kept_whole_and_nothing_is_asked_of_them() -> None:
    """Others are kept as a line of a list; watched ones whatever their caption says."""
    source = Texas(known=Known(watched=frozenset({"us-tx/90R/SB 9003"})))
    answer = feed(
        item("HB 9001", "[Fictional] Relating to cooperation with federal immigration authorities"),
        item("HB 9002", "[Fictional] Relating to municipal parks"),
        item("SB 9003", "[Fictional] Relating to certain counties"),
    )
    kept = [thing for found in source.read(answer) for thing in source.sift(found)]
    assert [(type(thing), getattr(thing, "identifier", "")) for thing in kept] == [
        (Measure, "HB 9001"),
        (Listing, "HB 9002"),
        (Measure, "SB 9003"),
    ]


def test_a_caption_that_says_no_bills_is_no_empty_feed() -> None:
    answer = feed(item("HB 9001", "[Fictional] No bills have been filed on parks"))
    assert [getattr(found, "title", "") for found in Texas().read(answer)] == [
        "[Fictional] No bills have been filed on parks"
    ]


@needs_shared("recordings/tx")
def test_a_page_of_the_site_in_place_of_a_feed_is_refused() -> None:
    page = shared("recordings/tx/upcoming-house-meetings-none.2025-12-16.html").read_bytes()
    with pytest.raises(PageChanged, match="the mark"):
        list(Texas().read(Answer(FEED + "todaysfiledhouse", page)))
