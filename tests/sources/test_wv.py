"""West Virginia: sessions by day, special ones by number, addresses, the order of a history."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.legislatures.wv import WestVirginia
from spiders.legislatures.wv_page import Session, named_in_text_url, session_of
from spiders.reading import PageChanged
from tracker.model import Measure

SITE = "https://www.wvlegislature.gov/Bill_Status"


@pytest.mark.parametrize(
    ("today", "session"),
    [
        ("2025-02-11", "2024"),
        ("2025-02-12", "2025"),
        ("2026-01-13", "2025"),
        ("2026-01-14", "2026"),
        ("2026-12-31", "2026"),
        ("2027-01-12", "2026"),
        ("2027-01-13", "2027"),
        ("2028-01-11", "2027"),
        ("2028-01-12", "2028"),
        ("2029-02-13", "2028"),
        ("2029-02-14", "2029"),
    ],
)
def test_the_session_of_a_day(today: str, session: str) -> None:
    day = dt.date.fromisoformat(today)
    assert WestVirginia(today=day).sessions(day) == [session]


def test_the_first_requests_of_a_day() -> None:
    assert [request.url for request in WestVirginia(today=dt.date(2027, 2, 1)).begin()] == [
        f"{SITE}/Bills_all_bills.cfm?year=2027&sessiontype=RS&btype=bill",
        f"{SITE}/res_list.cfm?year=2027&sessiontype=RS&btype=res",
        f"{SITE}/Bills_all_bills.cfm?year=2027&sessiontype=1X&btype=bill",
    ]


@pytest.mark.parametrize(
    ("query", "name", "label"),
    [
        ("input=1&year=2026&sessiontype=RS&btype=bill", "2026", "2026 Regular Session"),
        ("input=1&year=2024&sessiontype=2X&btype=bill", "20242S", "2024 2nd Special Session"),
        ("INPUT=1&year=2025&sessiontype=rs", "2025", "2025 Regular Session"),
    ],
)
def test_the_session_of_an_address(query: str, name: str, label: str) -> None:
    found = session_of(f"{SITE}/Bills_history.cfm?{query}")
    assert (found.name, found.label) == (name, label)


@pytest.mark.parametrize("query", ["year=2026", "year=26&sessiontype=RS", "sessiontype=RS"])
def test_an_address_without_a_session(query: str) -> None:
    with pytest.raises(PageChanged):
        session_of(f"{SITE}/Bills_history.cfm?{query}")


@pytest.mark.parametrize(
    ("query", "session", "identifier", "note"),
    [
        ("billdoc=hb4059%20intr.htm&yr=2026&sesstype=RS&i=4059", "2026", "HB 4059", "intr"),
        ("billdoc=sb369+sub1+enr.htm&yr=2025&sesstype=RS&i=369", "2025", "SB 369", "sub1 enr"),
        ("billdoc=hcr10%20sub.htm&yr=2025&sesstype=RS&i=10", "2025", "HCR 10", "sub"),
    ],
)
def test_a_text_is_known_by_its_address(
    query: str, session: str, identifier: str, note: str
) -> None:
    found = named_in_text_url(f"{SITE}/bills_text.cfm?{query}")
    assert (found["session"], found["identifier"], found["note"]) == (session, identifier, note)


def history(*lines: tuple[str, str]) -> list[str]:
    rows = "".join(
        f'<tr class="actionrows"><td>H</td><td>{line}</td><td>{day}</td></tr>'
        for line, day in lines
    )
    body = (
        "<html><body><h1>Bill Status - 2026 Regular Session</h1><h2>House Bill 9001</h2><table>"
        "<tr><td><strong>SUMMARY:</strong></td><td>[Fictional] nothing</td></tr>"
        "<tr><td><strong>LEAD SPONSOR:</strong></td><td><a>Doe</a></td></tr>"
        "<tr><td><strong>BILL TEXT:</strong></td><td><a title='HTML - Introduced Version - House"
        " Bill 9001' href='bills_text.cfm?billdoc=hb9001 intr.htm&amp;yr=2026&amp;sesstype=RS"
        f"&amp;i=9001'>html</a></td></tr></table><table>{rows}</table></body></html>"
    )
    url = f"{SITE}/Bills_history.cfm?input=9001&year=2026&sessiontype=RS&btype=bill"
    (found,) = WestVirginia().read(Answer(url, body.encode()))
    assert isinstance(found, Measure)
    return [action.text for action in found.actions or ()]


@pytest.mark.parametrize(
    "lines",
    [
        (("Do pass", "01/20/26"), ("To Rules", "01/14/26"), ("Introduced in House", "01/14/26")),
        (("Introduced in House", "01/14/26"), ("To Rules", "01/14/26"), ("Do pass", "01/20/26")),
        (("Do pass", "01/14/26"), ("To Rules", "01/14/26"), ("Introduced in House", "01/14/26")),
        (("Introduced in House", "01/14/26"), ("To Rules", "01/14/26"), ("Do pass", "01/14/26")),
    ],
)
def test_a_history_is_oldest_first_either_way(lines: tuple[tuple[str, str], ...]) -> None:
    assert history(*lines) == ["Introduced in House", "To Rules", "Do pass"]


def test_special_sessions_are_asked_for_until_one_does_not_exist() -> None:
    url = f"{SITE}/Bills_all_bills.cfm?year=2027&sessiontype=1X&btype=bill"
    body = (
        b"<html><body><h1>Bill Status - 2027 1st Special Session</h1><table id='results'>"
        b"<tr><th>Bill</th><th>Title</th><th>Status</th></tr><tr><td><a href='Bills_history.cfm?"
        b"input=101&amp;year=2027&amp;sessiontype=1x&amp;btype=bill'>HB 101</a></td>"
        b"<td>[Fictional] nothing</td><td>Pending</td></tr></table></body></html>"
    )
    *_, following = WestVirginia().read(Answer(url, body))
    assert isinstance(following, Request)
    assert session_of(following.url) == Session("2027", 2)
