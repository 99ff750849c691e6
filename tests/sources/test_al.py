"""Alabama: sessions by day, what the service is asked, and the real texts recorded."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.base import text_context
from spiders.known import Known
from spiders.legislatures.al import Alabama, opening
from tests.shared import needs_shared, shared
from tracker.model import Listing, Measure, Version, VersionText

SITE = "https://alison.legislature.state.al.us"
TEXTS = f"{SITE}/files/pdf/SearchableInstruments/2026RS"


def day(printed: str) -> dt.date:
    return dt.date.fromisoformat(printed)


def variables(request: Request) -> Any:
    return msgspec.json.decode(request.body)["variables"]


@pytest.mark.parametrize(
    "opened", ["2023-03-07", "2024-02-06", "2025-02-04", "2026-01-13", "2027-03-02", "2028-02-01"]
)
def test_a_session_opens_on_a_tuesday_set_by_law(opened: str) -> None:
    assert opening(int(opened[:4])) == day(opened)


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-02-03", ["2024rs", "2025rs"]),
        ("2025-02-04", ["2025rs"]),
        ("2025-05-31", ["2025rs"]),
        ("2025-06-01", ["2025rs", "2026rs"]),
        ("2026-01-12", ["2025rs", "2026rs"]),
        ("2026-01-13", ["2026rs"]),
        ("2026-06-25", ["2026rs", "2027rs"]),
        ("2027-03-01", ["2026rs", "2027rs"]),
        ("2027-03-02", ["2027rs"]),
        ("2028-01-31", ["2027rs", "2028rs"]),
        ("2028-02-01", ["2028rs"]),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: list[str]) -> None:
    assert Alabama(today=day(today)).sessions(day(today)) == sessions


def test_a_special_session_is_read_on_where_a_measure_of_it_is_watched() -> None:
    known = Known(
        watched=frozenset({"us-al/2026s1/HB 1", "us-al/2025s1/HB 1", "us-al/2026rs/HB 2"})
    )
    assert Alabama(known=known).sessions(day("2026-04-20")) == ["2026rs", "2026s1"]


def after_session(abbreviation: str, today: str) -> list[Request]:
    body = f'{{"data":{{"currentSession":{{"abbreviation":"{abbreviation}"}}}}}}'.encode()
    found = list(Alabama(today=day(today)).read(Answer(f"{SITE}/graphql", body)))
    assert all(isinstance(request, Request) for request in found)
    return [request for request in found if isinstance(request, Request)]


def test_a_run_begins_with_the_current_session_and_sends_no_authorization() -> None:
    (request,) = Alabama().begin()
    assert (request.url, request.method) == (f"{SITE}/graphql", "POST")
    assert b"currentSession" in request.body
    assert request.headers["Origin"] == SITE.encode()
    assert "Authorization" not in request.headers


def test_the_current_session_is_listed_whatever_the_calendar_says() -> None:
    *lists, meetings = after_session("2026S1", "2026-05-04")
    assert [variables(request) for request in lists] == [
        {"session": session, "type": kind, "offset": 0}
        for session in ("2026RS", "2026S1")
        for kind in ("B", "R")
    ]
    assert b'startDate: {gte: \\"2026-05-04\\"}' in meetings.body
    assert meetings.cb_kwargs["context"] == {"session": "2026s1"}


def test_a_list_goes_on_where_the_page_before_ended() -> None:
    row = {
        "sessionAbbreviation": "2026RS", "instrumentNbr": "HB1", "instrumentType": "B",
        "body": "House", "shortTitle": "[Fictional] Bail", "subject": None, "sponsor": None,
        "assignedCommittee": None, "prefiledDate": None, "currentStatus": None,
        "lastAction": None, "lastActionDate": None, "actSummary": None,
    }  # fmt: skip
    body = msgspec.json.encode({"data": {"instruments": {"count": 2, "data": [row]}}})
    context = {"session": "2026rs", "kind": "B", "offset": 0, "seen": []}
    _, following = Alabama().read(Answer(f"{SITE}/graphql", body, context=context))
    assert isinstance(following, Request)
    assert variables(following) == {"session": "2026RS", "type": "B", "offset": 1}
    assert following.cb_kwargs["context"]["seen"] == ["HB1"]


def test_a_detail_is_asked_by_the_number_as_the_service_writes_it() -> None:
    listing = Listing(
        jurisdiction="us-al", session="2026rs", identifier="HJR 182", kind="resolution", title="-"
    )
    (request,) = Alabama().follow(listing)
    assert variables(request) == {"session": "2026RS", "number": "HJR182", "type": "R"}


@needs_shared("recordings/al")
@pytest.mark.parametrize(
    ("file", "name", "note", "begins", "holds"),
    [
        ("HB348__HB348-int_Introduced.pdf", "HB348-int", "Introduced", "HB348 INTRODUCED",
         "require an illegal alien who is charged with a violent offense to be detained"),
        ("HB12__HB12-int_Introduced.pdf", "HB12-int", "Introduced", "HB12 INTRODUCED",
         "First Read: 13-Jan-26 PFD: 25-Jun-25"),
        ("HB348__TBLBZ19-1_Reported_Out_of_Committee_House_of_Origin.pdf", "TBLBZ19-1",
         "Substitute", "TBLBZ19-1 02/18/2026", "House Judiciary Reported Substitute for HB348"),
    ],
)  # fmt: skip
def test_texts_as_recorded(file: str, name: str, note: str, begins: str, holds: str) -> None:
    version = Version(note=note, url=f"{TEXTS}/{name}.pdf")
    number = file.partition("__")[0]
    bill = Measure(jurisdiction="us-al", session="2026rs", identifier=f"HB {number[2:]}")
    context = {} if name.startswith("HB") else text_context(bill, version)
    body = shared(f"recordings/al/{file}").read_bytes()
    (found,) = Alabama().read(Answer(version.url, body, context=context))
    assert isinstance(found, VersionText)
    assert (found.key, found.note, found.url) == (bill.key, note, version.url)
    assert found.text.startswith(begins)
    assert holds in found.text
