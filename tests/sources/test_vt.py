"""Vermont: sessions by day, what is asked when, addresses, names of texts, and mistyped years."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.vt import Vermont
from spiders.legislatures.vt_page import address_of, kind_of, named_in_text_url, page_url
from spiders.legislatures.vt_status import Line, Status, history
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Chamber

SITE = "https://legislature.vermont.gov"
ABOUT = {"jurisdiction": "us-vt", "session": "2025-2026", "identifier": "S 999"}


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2024-11-30", ("2024",)),
        ("2024-12-01", ("2024", "2026")),
        ("2025-01-07", ("2024", "2026")),
        ("2025-01-08", ("2026",)),
        ("2025-12-15", ("2026",)),
        ("2026-01-06", ("2026",)),
        ("2026-11-25", ("2026",)),
        ("2026-12-01", ("2026", "2028")),
        ("2027-01-05", ("2026", "2028")),
        ("2027-01-06", ("2028",)),
        ("2028-06-01", ("2028",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert Vermont(today=day).sessions(day) == sessions


def asked(today: str, *watched: str) -> list[str]:
    source = Vermont(today=dt.date.fromisoformat(today), known=Known(watched=frozenset(watched)))
    return [request.url.removeprefix(f"{SITE}/bill/") for request in source.begin()]


def test_in_session_the_page_of_each_watched_measure_is_asked() -> None:
    lists = [
        "loadBillsIntroduced/2026/",
        "loadBillsReleased/2026/",
        "loadAllResolutionsByChamber/2026/both",
    ]
    watched = ("us-vt/2025-2026/S 208", "us-vt/2025-2026/JRH 2", "us-vt/2023-2024/H 1")
    assert asked("2026-02-02", *watched) == [*lists, "status/2026/J.R.H.2", "status/2026/S.208"]
    assert asked("2026-07-01", *watched) == lists


def test_the_pages_of_many_watched_measures_are_asked_in_turn() -> None:
    watched = [f"us-vt/2025-2026/H {number}" for number in range(1, 21)]
    rounds = [asked(f"2026-02-0{day}", *watched)[3:] for day in (2, 3, 4)]
    assert len({url for one in rounds for url in one}) == len(watched)
    assert max(map(len, rounds)) < 12


@pytest.mark.parametrize(
    ("identifier", "number", "kind"),
    [
        ("H 849", "H.849", "bill"),
        ("S 208", "S.208", "bill"),
        ("HR 13", "H.R.13", "resolution"),
        ("SCR 6", "S.C.R.6", "resolution"),
        ("JRS 37", "J.R.S.37", "resolution"),
        ("PR 4", "PR.4", "resolution"),
    ],
)
def test_a_measure_has_one_address(identifier: str, number: str, kind: str) -> None:
    url = f"{SITE}/bill/status/2026/{number}"
    assert (page_url("2026", identifier), kind_of(identifier)) == (url, kind)
    assert address_of(url) == ("2026", identifier)


def test_letters_nobody_knows_have_no_address() -> None:
    with pytest.raises(PageChanged, match="AB 1"):
        page_url("2026", "AB 1")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("2026/Docs/BILLS/H-0849/H-0849%20As%20Introduced.pdf",
         ("2025-2026", "H 849", "As Introduced")),
        ("2026/Docs/RESOLUTN/JRS037/JRS037%20As%20adopted%20by%20the%20Senate%20Official.pdf",
         ("2025-2026", "JRS 37", "As adopted by the Senate Official")),
        ("2026/Docs/ACTS/ACT087/ACT087%20As%20Enacted.pdf", ()),
    ],
)  # fmt: skip
def test_what_the_address_of_a_text_tells(path: str, told: tuple[str, ...]) -> None:
    assert tuple(named_in_text_url(f"{SITE}/Documents/{path}").values())[1:] == told


def line(day: str, words: str = "Read 1st time", code: str = "S", number: int = 0) -> Line:
    return Line(status_date=day, full_status=words, chamber_code=code, sequence=number)


def days(*printed: str) -> tuple[list[str], list[str]]:
    rejected: list[str] = []
    lines = [line(day, number=number) for number, day in enumerate(printed)]
    found = history(Status(data=lines), "2026", dict(ABOUT), rejected.append)
    return [str(action.on) for action in found.actions or ()], rejected


def test_a_mistyped_year_is_told_by_the_lines_before_and_after() -> None:
    assert days("1/9/2025", "3/4/2205", "3/5/2025")[0] == ["2025-01-09", "2025-03-04", "2025-03-05"]
    assert days("2/3/2026", "3/4/0206")[0] == ["2026-02-03", "2026-03-04"]
    assert days("3/4/1926", "1/9/2026")[0] == ["2025-03-04", "2026-01-09"]


def test_a_year_that_may_be_either_is_left_out() -> None:
    kept, rejected = days("1/9/2025", "3/4/2205", "3/5/2026")
    assert (kept, len(rejected)) == (["2025-01-09", "2026-03-05"], 1)


def test_lines_are_in_the_order_of_their_numbers() -> None:
    lines = [line("2/3/2026", "second", number=1), line("2/3/2026", "first", number=0)]
    found = history(Status(data=lines), "2026", dict(ABOUT), lambda why: None)
    assert [action.text for action in found.actions or ()] == ["first", "second"]


@pytest.mark.parametrize(
    ("words", "code", "chamber"),
    [
        ("Signed by Governor on June 5, 2025", "H", "executive"),
        ("Allowed to become law without the signature of the Governor", "S", "executive"),
        ("House message: Governor approved bill on May 13, 2026", "S", "upper"),
        ("Delivered to the Governor on April 21, 2026", "H", "lower"),
    ],
)
def test_who_acts(words: str, code: str, chamber: Chamber) -> None:
    lines = [line("5/14/2026", words, code)]
    (action,) = history(Status(data=lines), "2026", dict(ABOUT), lambda why: None).actions or []
    assert action.chamber == chamber


@needs_shared("recordings/vt")
def test_a_page_of_the_site_in_place_of_a_call_is_refused() -> None:
    body = shared("recordings/vt/scheduled-committee-meetings.2025-12.html").read_bytes()
    for path in ("loadBillsIntroduced/2026/", "status/2026/H.1"):
        with pytest.raises(PageChanged, match="the mark"):
            list(Vermont().read(Answer(f"{SITE}/bill/{path}", body)))
