"""Missouri: sessions by day, how both chambers name them, who acts in a line, what is asked when."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.legislatures.mo import Missouri
from spiders.legislatures.mo_addresses import (
    Link,
    file_url,
    house_page,
    kind_of,
    linked,
    measure_of_file,
    senate_list_url,
    session_name,
    session_of_file,
)
from spiders.legislatures.mo_house import acting as house_acting
from spiders.legislatures.mo_senate import acting as senate_acting
from spiders.reading import PageChanged
from tracker.model import Chamber, Listing

HOUSE = "https://house.mo.gov"
FILES = "https://documents.house.mo.gov/xml"
SENATE = "https://www.senate.mo.gov/BillTracking/Bills"


def day(printed: str) -> dt.date:
    return dt.date.fromisoformat(printed)


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-08", ["2025"]),
        ("2025-06-02", ["2025", "2025S1"]),
        ("2025-08-01", ["2025"]),
        ("2025-09-03", ["2025", "2025S2"]),
        ("2025-11-30", ["2025"]),
        ("2025-12-01", ["2026"]),
        ("2026-11-30", ["2026"]),
        ("2026-12-01", ["2027"]),
        ("2027-05-14", ["2027"]),
        ("2027-12-31", ["2028"]),
        ("2028-01-05", ["2028"]),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: list[str]) -> None:
    assert Missouri(today=day(today)).sessions(day(today)) == sessions


def test_a_run_begins_with_both_reports_and_the_hearings() -> None:
    assert [request.url for request in Missouri(today=day("2026-02-02")).begin()] == [
        f"{HOUSE}/billreport.aspx?select=chamber%3Ah&showlastactivity=yes",
        f"{HOUSE}/billreport.aspx?select=chamber%3As&showlastactivity=yes",
        f"{FILES}/261-UpcomingHearingList.XML",
    ]


@pytest.mark.parametrize(
    ("session", "code", "file", "senate"),
    [
        ("2025", "R", "251", "R"),
        ("2025S1", "S1", "253", "E1"),
        ("2025S2", "S2", "254", "E2"),
        ("2027", "R", "271", "R"),
    ],
)
def test_one_session_has_three_names(session: str, code: str, file: str, senate: str) -> None:
    year = session[:4]
    assert session_name(year, code) == session_name(year, senate) == session
    assert file_url(session, "HB1.xml") == f"{FILES}/{file}-HB1.xml"
    assert measure_of_file(f"{FILES}/{file}-HB1.xml") == (session, "HB 1")
    assert session_of_file(f"{FILES}/{file}-UpcomingHearingList.XML") == session
    assert senate_list_url(session) == f"{SENATE}/BillList?year={year}&session={senate}"
    assert house_page(session, "HB 1") == f"{HOUSE}/Bill.aspx?bill=HB1&year={year}&code={code}"


def test_a_file_of_no_known_session_is_refused() -> None:
    with pytest.raises(PageChanged):
        session_of_file(f"{FILES}/262-UpcomingHearingList.XML")


def test_a_link_of_the_report_names_measure_and_session() -> None:
    assert linked(HOUSE, "Bill.aspx?bill=HB2751&year=2026&code=R ") == Link("2026", "HB 2751")
    senate = f"{SENATE}/BillInformation?handler=legislation&year=2025&session=E2"
    assert linked(HOUSE, f"{senate}&billPrefix=SJR&billSuffix=2") == Link("2025S2", "SJR 2")


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [("HB 1", "bill"), ("SB 859", "bill"), ("HJR 3", "resolution"), ("SRM 1", "resolution")],
)
def test_letters_tell_the_kind(identifier: str, kind: str) -> None:
    assert kind_of(identifier) == kind


@pytest.mark.parametrize(
    ("line", "chamber"),
    [
        ("Referred: Emerging Issues(H)", "lower"),
        ("Read First Time (S)", "upper"),
        ("Vetoed in Part by Governor (G)", "executive"),
        ("Delivered to Governor", "executive"),
        ("Truly Agreed To and Finally Passed", ""),
    ],
)
def test_marks_of_the_house_tell_who_acts(line: str, chamber: Chamber) -> None:
    assert house_acting(line) == chamber


@pytest.mark.parametrize(
    ("line", "journal", "chamber"),
    [
        ("Prefiled", "", "upper"),
        ("S First Read", "S37", "upper"),
        ("H First Read", "", "lower"),
        ("Reported Do Pass", "H500", "lower"),
        ("Hearing Conducted S General Laws Committee", "", "upper"),
        ("Signed by Governor", "", "executive"),
    ],
)
def test_letters_of_the_senate_tell_who_acts(line: str, journal: str, chamber: Chamber) -> None:
    assert senate_acting(line, journal) == chamber


def listing(identifier: str, url: str) -> Listing:
    return Listing(jurisdiction="us-mo", session="2026", identifier=identifier, title="-", url=url)


def test_details_are_a_file_of_the_house_or_a_page_of_the_senate() -> None:
    (house,) = Missouri().follow(listing("HB 1607", f"{HOUSE}/Bill.aspx?bill=HB1607"))
    assert house.url == f"{FILES}/261-HB1607.xml"
    address = f"{SENATE}/BillInformation?year=2026&billid=378"
    (senate,) = Missouri().follow(listing("SB 859", address))
    assert senate.url == address
    assert senate.cb_kwargs["context"]["identifier"] == "SB 859"


def test_the_senates_list_is_asked_of_each_session_with_what_the_report_told() -> None:
    body = b"""<html><body><table>
    <tr><th>Bill</th><th>Sponsor</th><th></th><th>Bill String</th><th>Date/Last Action</th></tr>
    <tr><td><a href="https://www.senate.mo.gov/BillTracking/Bills/BillInformation?handler=legislation
&amp;year=2025&amp;session=E2&amp;billPrefix=SR&amp;billSuffix=1">SR1</a></td>
    <td>Nobody</td><td></td><td>SR 1</td><td>9/12/2025 S adopted</td></tr></table></body></html>"""
    url = f"{HOUSE}/billreport.aspx?select=chamber%3As&showlastactivity=yes"
    found = list(Missouri(today=day("2025-09-15")).read(Answer(url, body.replace(b"\n&", b"&"))))
    assert all(isinstance(request, Request) for request in found)
    asked = [request for request in found if isinstance(request, Request)]
    assert [request.url for request in asked] == [
        f"{SENATE}/BillList?year=2025&session=R",
        f"{SENATE}/BillList?year=2025&session=E2",
    ]
    assert asked[1].cb_kwargs["context"] == {"last": {"2025S2/SR 1": "9/12/2025 S adopted"}}
