"""South Carolina: sessions by day, what is asked when, addresses, kinds, tallies and hours."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.sc import SouthCarolina
from spiders.legislatures.sc_addresses import (
    identifier_of,
    named_in_text_url,
    number_of,
    search_url,
    session_name,
)
from spiders.legislatures.sc_history import effective_on, lines_of, votes
from spiders.reading import PageChanged
from tracker.model import Action, Chamber, Hearing, Measure

SITE = "https://www.scstatehouse.gov"
CASES = Path(__file__).parents[1] / "recordings" / "sc"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2024-11-30", ("125",)),
        ("2024-12-01", ("125", "126")),
        ("2025-01-13", ("125", "126")),
        ("2025-01-14", ("126",)),
        ("2025-12-10", ("126",)),
        ("2026-01-12", ("126",)),
        ("2026-11-25", ("126",)),
        ("2026-12-01", ("126", "127")),
        ("2027-01-11", ("126", "127")),
        ("2027-01-12", ("127",)),
        ("2028-06-01", ("127",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert SouthCarolina(today=day).sessions(day) == sessions


def test_sessions_by_their_names() -> None:
    assert [session_name(code) for code in ("125", "126", "127")] == [
        "2023-2024", "2025-2026", "2027-2028",
    ]  # fmt: skip
    assert [number_of(year) for year in (2023, 2025, 2027)] == ["125", "126", "127"]


def asked(today: str, *watched: str) -> list[str]:
    day, known = dt.date.fromisoformat(today), Known(watched=frozenset(watched))
    requests = SouthCarolina(today=day, known=known).begin()
    return [request.url.removeprefix(SITE) for request in requests]


def test_watched_measures_are_asked_in_one_call() -> None:
    search = "/billsearch.php?billnumbers="
    watched = ("us-sc/2025-2026/H 3155", "us-sc/2025-2026/S 447", "us-sc/2023-2024/H 3000")
    lists = ["/sessphp/hintros.php", "/sessphp/sintros.php"]
    meetings = ["/meetings.php?chamber=H", "/meetings.php?chamber=S"]
    assert asked("2026-05-07", *watched) == [
        *lists, f"{search}h3155,s447&session=126&summary=B", *meetings,
    ]  # fmt: skip
    assert asked("2026-05-07") == [*lists, *meetings]


def test_what_is_asked_for_is_among_the_watched() -> None:
    known = Known(asked=frozenset({"us-sc/2025-2026/S 428"}), canary="us-sc/2025-2026/H 3000")
    requests = SouthCarolina(today=dt.date(2026, 5, 7), known=known).begin()
    assert search_url("126", "H 3000", "S 428") in [request.url for request in requests]


def test_many_watched_measures_are_asked_by_forties() -> None:
    watched = [f"us-sc/2025-2026/H {number}" for number in range(3000, 3041)]
    calls = [url for url in asked("2026-05-07", *watched) if "billsearch" in url]
    assert [url.count("h3") for url in calls] == [40, 0]
    assert calls[1] == "/billsearch.php?billnumbers=3040&session=126&summary=B"


@pytest.mark.parametrize(
    ("today", "file"),
    [("2025-12-17", "prefil26"), ("2026-01-05", "prefil26"), ("2026-11-25", "prefil27")],
)
def test_bills_filed_before_a_session(today: str, file: str) -> None:
    assert f"/sessphp/{file}.php" in asked(today)


def test_no_list_of_filed_bills_yet() -> None:
    source = SouthCarolina(today=dt.date(2026, 11, 25))
    page = Answer(f"{SITE}/sessphp/prefil27.php", b"<h1>Not Found</h1>", status=404)
    assert list(source.read(page)) == []
    assert sum(source.rejected.values()) == 1


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("bills/428.htm", ("2025-2026", "S 428", "Filed")),
        ("prever/3028_20241205.htm", ("2025-2026", "H 3028", "12/05/2024")),
        ("prever/3927_20260122A.htm", ("2025-2026", "H 3927", "01/22/2026-A")),
    ],
)
def test_what_the_address_of_a_text_tells(path: str, told: tuple[str, ...]) -> None:
    assert tuple(named_in_text_url(f"{SITE}/sess126_2025-2026/{path}").values())[1:] == told


def test_numbers_tell_the_house() -> None:
    assert [identifier_of(number) for number in ("1", "2999", "3000", "5794")] == [
        "S 1", "S 2999", "H 3000", "H 5794",
    ]  # fmt: skip
    assert search_url("126", "S 447").endswith("?billnumbers=447&session=126&summary=B")


def table(*rows: tuple[str, str, str]) -> Tag:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    found = BeautifulSoup(f"<table>{cells}</table>", "lxml").table
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("body", "words", "chamber"),
    [
        ("House", "Read second time", "lower"),
        ("Senate", "Veto overridden by originating body Ayes-36 Nays-3", "upper"),
        ("", "Ratified R 227", "legislature"),
        ("", "Vetoed by Governor", "executive"),
        ("", "Signed By Governor", "executive"),
    ],
)
def test_who_acts(body: str, words: str, chamber: Chamber) -> None:
    (line,) = lines_of(table(("06/25/26", body, words)))
    assert line.action == Action(on=dt.date(2026, 6, 25), text=words, chamber=chamber)


def test_a_roll_call_counts_what_was_done_before_it() -> None:
    lines = lines_of(
        table(
            ("03/25/26", "Senate", "Read second time (<a href='/sj26/1.htm'>Senate Journal-page 9</a>)"),
            ("03/25/26", "Senate", "<a href='/votehistory.php?KEY=1'>Roll call Ayes-41 Nays-0</a>"),
            ("05/13/26", "House", "Roll call Yeas-xxx Nays-xxx"),
            ("06/25/26", "House", "Veto overridden Yeas-90 Nays-6"),
        )
    )  # fmt: skip
    assert [(vote.motion, vote.yes, vote.no, vote.url) for vote in votes(lines)] == [
        ("Read second time", 41, 0, f"{SITE}/votehistory.php?KEY=1"),
        ("Veto overridden", 90, 6, ""),
    ]


def test_the_day_of_effect_is_told_or_left_to_the_act() -> None:
    told = lines_of(table(("07/01/26", "", "Effective date 06/25/26")))
    left = lines_of(table(("07/01/26", "", "Effective date See Act for Effective Date")))
    assert (effective_on(told), effective_on(left)) == (dt.date(2026, 6, 25), None)


def read(case: str, file: str, url: str, **more: Any) -> list[Any]:
    body = (CASES / case / file).read_bytes()
    return list(SouthCarolina(**more).read(Answer(f"{SITE}{url}", body)))


def test_a_bill_that_lies_still_is_not_asked_for_printings_again() -> None:
    key, search = "us-sc/2025-2026/H 3028", "/billsearch.php?billnumbers=3028&session=126&summary=B"
    known = Known(texts={key: [f"{SITE}/sess126_2025-2026/prever/3028_20241205.htm"]})
    for today, kinds in (("2025-03-13", [Measure, Request]), ("2025-04-13", [Measure])):
        day = dt.date.fromisoformat(today)
        found = read("measure", "results.html", search, today=day, known=known)
        assert [type(thing) for thing in found] == kinds


def test_meetings_that_are_over_are_left_out() -> None:
    url = "/meetings.php?chamber=S"
    for today, number in (("2026-03-17", 3), ("2026-03-18", 0)):
        found = read("meetings", "meetings.html", url, today=dt.date.fromisoformat(today))
        assert [type(thing) for thing in found] == [Hearing] * number


def test_a_noon_and_a_midnight() -> None:
    body = (CASES / "meetings" / "meetings.html").read_text(encoding="latin-1")
    for printed, hour in (("12:00 pm", 12), ("12:15 am", 0), ("9:00 a.m.", 9)):
        page = Answer(f"{SITE}/meetings.php?chamber=S", body.replace("2:30 pm", printed).encode())
        first = next(iter(SouthCarolina(today=dt.date(2026, 3, 15)).read(page)))
        assert isinstance(first, Hearing)
        assert first.starts_at
        assert first.starts_at.hour == hour


def test_captions_of_no_kind_are_not_guessed() -> None:
    body = (CASES / "day" / "day.html").read_bytes().replace(b"A JOINT RESOLUTION", b"JOINT")
    page = Answer(f"{SITE}/sess126_2025-2026/hintro25/20250114.htm", body)
    with pytest.raises(PageChanged, match="text like"):
        list(SouthCarolina().read(page))
