"""Maine: the Legislature of a day, pages by number and paper, and what its dispositions mean."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.me import Maine
from spiders.legislatures.me_page import kind_of, page_of_bill
from spiders.reading import PageChanged
from tracker.model import Action, Hearing, Measure
from tracker.stage_core import shipped_stages

SITE = "https://legislature.maine.gov"
DIRECTORY = f"{SITE}/bills/billdirectory_ps.asp"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-01", ["132"]),
        ("2026-08-14", ["132"]),
        ("2026-12-01", ["132"]),
        ("2026-12-02", ["133", "132"]),
        ("2026-12-31", ["133", "132"]),
        ("2027-01-01", ["133"]),
        ("2028-12-05", ["133"]),
        ("2028-12-06", ["134", "133"]),
    ],
)
def test_the_legislatures_of_a_day(today: str, sessions: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    source = Maine(today=day)
    assert source.sessions(day) == sessions
    lists = [request.url for request in source.begin() if "billdirectory" in request.url]
    assert lists == [f"{DIRECTORY}?snum={session}&ldFrom=1" for session in sessions]


def test_pages_that_lead_to_others_are_never_conditional() -> None:
    """A directory that has not changed since yesterday must still lead to its next page."""
    directory, calendar = Maine(today=dt.date(2026, 2, 2)).begin()
    assert [directory.meta["fresh"], calendar.meta["fresh"]] == [True, True]


def test_a_run_asks_for_the_directory_the_watched_and_the_days_around() -> None:
    watched = frozenset(
        {"us-me/132/LD 1971", "us-me/131/LD 1", "us-me/132/SP 478", "us-ma/132/H 1"}
    )
    source = Maine(today=dt.date(2026, 2, 2), known=Known(watched=watched))
    assert [request.url for request in source.begin()] == [
        f"{DIRECTORY}?snum=132&ldFrom=1",
        f"{SITE}/legis/bills/display_ps.asp?LD=1971&snum=132",
        f"{SITE}/backend/breeze/data/getCalendarEventsBills"
        "?startDate=2026-01-30T06%3A00%3A00&endDate=2026-03-04T06%3A00%3A00",
    ]


def test_of_many_watched_bills_each_has_its_turn_and_what_is_asked_for_comes_at_once() -> None:
    watched = frozenset(f"us-me/132/LD {number}" for number in range(1, 22))
    asked = frozenset({"us-me/132/LD 900"})
    rounds = [
        {request.url for request in Maine(today=dt.date(2026, 2, day), known=known).begin()}
        for day in (2, 3, 4)
        for known in [Known(watched=watched, asked=asked)]
    ]
    looks = [{url for url in one if "display_ps" in url} for one in rounds]
    assert len(set.union(*looks)) == len(watched) + 1
    assert set.intersection(*looks) == {f"{SITE}/legis/bills/display_ps.asp?LD=900&snum=132"}


@pytest.mark.parametrize(("today", "looks"), [("2026-02-10", 0), ("2026-02-11", 1)])
def test_what_a_committee_has_heard_is_looked_at(today: str, looks: int) -> None:
    """Of the day of a hearing its hour may still be to come."""
    body = (
        b'[{"Id":1,"EventType":"WS","FromDateTime":"2026-02-10T13:00:00.000","Host":null,'
        b'"CommitteeName":null,"Location":null,"Cancelled":false,"Postponed":false}]'
    )
    url = f"{SITE}/backend/breeze/data/getCalendarEventsRaw?startDate=2026-02-07"
    heard = Answer(url, body, context={"heard": {"1": ["LD 7", "LD 8"]}})
    known = Known(watched=frozenset({"us-me/132/LD 7"}))
    found = list(Maine(today=dt.date.fromisoformat(today), known=known).read(heard))
    assert [one.url for one in found if isinstance(one, Request)] == looks * [
        f"{SITE}/legis/bills/display_ps.asp?LD=7&snum=132"
    ]
    assert sum(isinstance(one, Hearing) for one in found) == (0 if looks else 2)


def directory(rows: int, following: str = "") -> bytes:
    bills = "".join(
        f"<tr><td class='RecordNumbers'>LD {n}, HP {n}, 133rd Legislature</td>"
        f"<td class='RecordTitle'>[Fictional] An Act</td></tr>"
        f"<tr><td><a href='display_ps.asp?snum=133&amp;paper=HP{n:04}'>Bill</a></td></tr>"
        for n in range(1, rows + 1)
    )
    body = f"<table id='search-results'>{bills}</table>{following}"
    return f"<html><body>{body}</body></html>".encode()


def read(body: bytes, today: str) -> list[Any]:
    url = f"{DIRECTORY}?snum=133&ldFrom=1"
    return list(Maine(today=dt.date.fromisoformat(today)).read(Answer(url, body)))


def test_a_full_page_must_lead_to_the_next() -> None:
    link = "<a href='billdirectory_ps.asp?ldFrom=201&amp;snum=133'>LD 201</a>"
    assert len(read(directory(200, link), "2027-02-01")) == 201
    assert len(read(directory(199), "2027-02-01")) == 199
    for other in ("", link.replace("201", "401")):
        with pytest.raises(PageChanged, match="from 201 on"):
            read(directory(200, other), "2027-02-01")


def test_the_last_page_may_be_full() -> None:
    """A legislature of exactly so many bills: others come before the page, none after."""
    assert (
        len(read(directory(200, "<a href='?ldFrom=0&amp;snum=133'>LD 0</a>"), "2027-02-01")) == 200
    )


def test_only_a_legislature_that_has_just_met_may_have_no_bills() -> None:
    assert read(directory(0), "2026-12-02") == []
    with pytest.raises(PageChanged, match="bills in the directory"):
        read(directory(0), "2027-02-01")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("An Act to Increase Storm Preparedness", "bill"),
        ("Resolve, to Study Agreements", "bill"),
        ("RESOLUTION, Proposing an Amendment to the Constitution of Maine", "resolution"),
        ("Joint Resolution Recognizing World Refugee Day in Maine", "resolution"),
    ],
)
def test_a_resolve_is_law_and_a_resolution_is_not(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def page(disposition: str) -> bytes:
    return (
        "<html><head><title>LD 7, HP 17, Text and Status, 133rd Legislature, First Regular Session"
        "</title></head><body><h2 class='ldTitle'>[Fictional] An Act</h2><div id='sec0'>"
        "<span class='story_heading'>Documents and Disposition</span>"
        f"<a href='getPDF.asp?paper=HP0017&amp;item=1&amp;snum=133'>Printed Document PDF</a>{disposition}"
        "</div><div id='sec3'>Referred to Committee on Judiciary on Jan 12, 2027.</div></body></html>"
    ).encode()


def ended(what: str) -> str:
    return f"<span class='story_heading'>Final Disposition</span><span class='tlnk-final'>{what}</span>"


@pytest.mark.parametrize(
    ("disposition", "expected"),
    [
        ("", ("in_committee", "2027-01-12", "n/a")),
        (ended("Enacted, Jun 3, 2027"), ("passed_legislature", "2027-06-03", "n/a")),
        (
            ended(
                "Emergency Enacted, Jun 3, 2027<br/>Governor's Action: Emergency Signed, Jun 9, 2027"
            ),
            ("enacted", "2027-06-09", "signed"),
        ),
        (
            ended("Finally Passed, Jun 3, 2027<br/>Governor's Action: Unsigned, Jun 20, 2027"),
            ("enacted", "2027-06-20", "unsigned"),
        ),
        (
            ended("Veto Sustained, Jun 25, 2027<br/>Governor's Action: Vetoed, Jun 20, 2027"),
            ("vetoed", "2027-06-20", "vetoed"),
        ),
        (
            ended("Ought Not to Pass Pursuant To Joint Rule 310, Mar 20, 2027"),
            ("dead", "2027-03-20", "n/a"),
        ),
    ],
)
def test_the_page_alone_tells_the_stage(disposition: str, expected: tuple[str, str, str]) -> None:
    answer = Answer(page_of_bill("133", "LD 7"), page(disposition))
    (bill,) = Maine().read(answer)
    assert isinstance(bill, Measure)
    found = shipped_stages().derive("us-me", bill.kind, bill.actions or [], bill.identifier)
    assert (found.stage, str(found.on), found.governor_action) == expected


def test_the_referral_is_an_action_and_names_the_committee() -> None:
    (bill,) = Maine().read(Answer(page_of_bill("133", "LD 7"), page("")))
    assert isinstance(bill, Measure)
    assert bill.committees == ["Judiciary"]
    assert bill.actions == [
        Action(
            on=dt.date(2027, 1, 12),
            text="Referred to Committee on Judiciary",
            chamber="legislature",
        )
    ]


@pytest.mark.parametrize(
    "query", ["LD=7&snum=133", "ld=0007&snum=133", "snum=133&paper=HP0017&PID=1456"]
)
def test_a_page_may_be_asked_for_by_number_or_by_paper(query: str) -> None:
    (bill,) = Maine().read(Answer(f"{SITE}/bills/display_ps.asp?{query}", page("")))
    assert isinstance(bill, Measure)
    assert (bill.key, bill.chamber) == ("us-me/133/LD 7", "lower")
    assert bill.url == f"{SITE}/legis/bills/display_ps.asp?LD=7&snum=133"
    assert [version.url for version in bill.versions or ()] == [
        f"{SITE}/legis/bills/getPDF.asp?paper=HP0017&item=1&snum=133"
    ]


def test_lawmaker_is_never_asked() -> None:
    """robots.txt refuses it, though every page of a bill links there."""
    assert not any("lawmaker" in known.address.pattern.lower() for known in Maine.pages)
    assert Maine.facts.robots.startswith("/LawMakerWeb/ is refused")
