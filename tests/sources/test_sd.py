"""South Dakota: sessions by date, sentences put together from fields, what a crawl asks for."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.sd import SouthDakota
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.canonical import listing_print
from tracker.model import Action, Hearing, Listing, Measure

SHELL = "recordings/sd/spa-shell.2025-12.html"
API = "https://sdlegislature.gov/api"
LOG = f"{API}/Bills/ActionLog/27064"
ABOUT = {"jurisdiction": "us-sd", "session": "2026", "identifier": "HB 1209"}
KEY = "us-sd/2026/HB 1209"
JUDICIARY = {"Body": "H", "Name": "Judiciary", "FullName": "House Judiciary"}
HOUSE = {"Body": "H", "Name": "House of Representatives", "FullName": "House of Representatives"}
SENATE = {"Body": "S", "Name": "Senate", "FullName": "Senate"}


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-14", ["2025"]),
        ("2025-11-30", ["2025"]),
        ("2025-12-01", ["2025", "2026"]),
        ("2026-01-12", ["2025", "2026"]),
        ("2026-01-13", ["2026"]),
        ("2026-12-01", ["2026", "2027"]),
        ("2027-01-11", ["2026", "2027"]),
        ("2027-01-12", ["2027"]),
        ("2028-01-11", ["2028"]),
        ("2028-12-31", ["2028", "2029"]),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    assert SouthDakota(today=day).sessions(day) == sessions


def lists_asked(today: str) -> dict[int, str]:
    rows = [(70, "2025"), (173, "2025s "), (71, "2026"), (80, "2027")]
    body = json.dumps([{"SessionId": number, "Year": year} for number, year in rows]).encode()
    source = SouthDakota(today=dt.date.fromisoformat(today))
    (request,) = source.read(Answer(f"{API}/Sessions", body))
    assert request.meta["fresh"]
    wanted: dict[int, str] = request.cb_kwargs["context"]["sessions"]
    return wanted


def test_special_sessions_of_the_year_are_read_too() -> None:
    assert lists_asked("2025-10-01") == {70: "2025", 173: "2025s"}
    assert lists_asked("2026-05-01") == {71: "2026"}
    assert lists_asked("2027-01-05") == {71: "2026", 80: "2027"}


def entry(text: str | None, **fields: Any) -> dict[str, Any]:
    return {
        "StatusText": text,
        "Description": None,
        "ActionDate": "2026-02-09T12:00:00-06:00",
        "ActionCommittee": None,
        "AssignedCommittee": None,
        "ShowAssignedCommittee": False,
        "ShowCommitteeName": False,
        "ShowPassed": False,
        "ShowFailed": False,
        "Result": None,
        "Vote": None,
        **fields,
    }


def read(entries: list[dict[str, Any]], today: str, source: SouthDakota | None = None) -> list[Any]:
    source = source or SouthDakota(today=dt.date.fromisoformat(today))
    about = {**ABOUT, "title": "watched (fictional)"}
    return list(source.read(Answer(LOG, json.dumps(entries).encode(), context=about)))


def measure_in(things: list[Any]) -> Measure:
    (found,) = (thing for thing in things if isinstance(thing, Measure))
    return found


PASSED = {"ShowPassed": True, "ShowFailed": True, "Result": "P"}
FAILED = {**PASSED, "Result": "F"}


@pytest.mark.parametrize(
    ("row", "text", "chamber"),
    [
        (
            entry("Do Pass", ActionCommittee=JUDICIARY, **FAILED),
            "Judiciary Do Pass , Failed,",
            "lower",
        ),
        (entry("Do Pass", ActionCommittee=SENATE, **PASSED), "Senate Do Pass , Passed,", "upper"),
        (
            entry("Adopt Resolution", ActionCommittee=HOUSE, ShowCommitteeName=True, **PASSED),
            "House of Representatives Adopt Resolution , Passed,",
            "lower",
        ),
        (
            entry("Deferred to the 41st legislative day", ActionCommittee=JUDICIARY, **PASSED),
            "Deferred to the 41st legislative day , Passed,",
            "lower",
        ),
        (
            entry("Veto override", **FAILED, Vote={"VoteId": 1, "Yeas": 32, "Nays": 32}),
            "Veto override , Failed, YEAS 32, NAYS 32",
            "",
        ),
        (entry("Scheduled for hearing", Result="P"), "Scheduled for hearing", ""),
        (
            entry("Vetoed by the Governor", ActionCommittee=HOUSE),
            "Vetoed by the Governor",
            "executive",
        ),
        (
            entry("Motion  to table", ActionCommittee={**HOUSE, "Body": "J"}),
            "Motion to table",
            "legislature",
        ),
    ],
)
def test_a_sentence_is_put_together_as_on_the_site(
    row: dict[str, Any], text: str, chamber: str
) -> None:
    measure = measure_in(read([row], "2026-08-01"))
    assert measure.actions == [Action(on=dt.date(2026, 2, 9), text=text, chamber=chamber)]


def test_a_result_that_is_not_shown_is_not_told_and_an_unknown_one_raises() -> None:
    hidden = entry("Do Pass", ActionCommittee=SENATE, Result="X")
    (action,) = measure_in(read([hidden], "2026-08-01")).actions or ()
    assert action.text == "Senate Do Pass"
    with pytest.raises(PageChanged, match="one of the results"):
        read([{**hidden, "ShowPassed": True}], "2026-08-01")


def test_hour_and_room_of_a_hearing_stand_in_the_schedule() -> None:
    source = SouthDakota(today=dt.date(2026, 2, 2))
    meeting = {
        "DocumentDate": "2026-02-09T10:00:00-06:00",
        "CommitteeFullName": "House Judiciary",
        "Room": "Room 1 (fictional)",
        "NoMeeting": False,
    }
    body = json.dumps({"sessionMeetings": [meeting]}).encode()
    url = f"{API}/Documents/Schedule?all=true"
    (request,) = source.read(Answer(url, body, context={"sessions": {71: "2026"}}))
    assert request.url == f"{API}/Bills/Session/Light/71"
    heard = entry("Scheduled for hearing", ActionCommittee=JUDICIARY)
    elsewhere = entry("Scheduled for hearing", ActionCommittee=SENATE)
    hearings = [one for one in read([heard, elsewhere], "", source) if isinstance(one, Hearing)]
    assert [(one.starts_at and one.starts_at.isoformat(), one.place) for one in hearings] == [
        ("2026-02-09T10:00:00-06:00", "Room 1 (fictional)"),
        (None, ""),
    ]


def requests(things: list[Any]) -> list[str]:
    return [one.url.removeprefix(API) for one in things if isinstance(one, Request)]


REFERRED = entry("Referred to", ActionCommittee=HOUSE)  # on 9 February
MORE = ["/Bills/27064", "/Bills/Versions/27064"]


def read_before() -> dict[str, str]:
    """What an earlier run kept of the row that the history gives."""
    (row,) = (one for one in read([REFERRED], "2026-02-20") if isinstance(one, Listing))
    return {KEY: listing_print(row).hex()}


@pytest.mark.parametrize(
    ("today", "known", "asked"),
    [
        ("2026-02-20", Known(), MORE),
        ("2026-02-20", Known(prints=read_before()), []),
        ("2026-02-17", Known(prints=read_before()), MORE),
        ("2026-02-20", Known(prints=read_before(), asked=frozenset({KEY})), MORE),
        ("2026-02-20", Known(prints=read_before(), canary=KEY), MORE),
    ],
    ids=["moved", "lies still", "eight days after", "asked for", "the canary"],
)
def test_only_what_moves_is_read_again(today: str, known: Known, asked: list[str]) -> None:
    source = SouthDakota(today=dt.date.fromisoformat(today), known=known)
    things = read([REFERRED], today, source)
    assert requests(things) == asked
    assert bool(things) == bool(asked)


def test_the_list_leads_to_the_history_of_what_is_watched_though_it_tells_no_move() -> None:
    source = SouthDakota(today=dt.date(2026, 2, 20), known=Known(watched=frozenset({KEY})))
    rows = [
        {
            "BillId": 27064,
            "BillType": "HB",
            "BillNumberOnly": "1209",
            "Title": "watched (fictional)",
        },
        {"BillId": 27065, "BillType": "HB", "BillNumberOnly": 1210, "Title": "fishing (fictional)"},
    ]
    answer = Answer(f"{API}/Bills/Session/Light/71", json.dumps(rows).encode())
    sifted = [kept for thing in source.read(answer) for kept in source.sift(thing)]
    assert requests(sifted) == ["/Bills/ActionLog/27064"]
    assert [type(one).__name__ for one in sifted] == ["Request", "Listing"]


@needs_shared(SHELL)
@pytest.mark.parametrize("path", ["Sessions", "Bills/Session/Light/71", "Bills/26699"])
def test_the_real_shell_of_a_script_is_no_answer(path: str) -> None:
    with pytest.raises(PageChanged, match="the mark"):
        list(SouthDakota().read(Answer(f"{API}/{path}", shared(SHELL).read_bytes())))
