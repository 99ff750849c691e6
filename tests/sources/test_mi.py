"""Michigan: the legislature of a day, the wall that ends a run, numbers, and what is recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy.exceptions import CloseSpider
from scrapy.http import HtmlResponse, Request

from spiders.answer import Answer
from spiders.legislatures.mi import Michigan
from spiders.legislatures.mi_page import bill_of, numbered
from spiders.reading import Blocked, PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Hearing, Listing, VersionText

SITE = "https://legislature.mi.gov"
FOLDER = "recordings/mi"
RECORDS = f"{FOLDER}/committee_bill_records_House_Rules.html"
TYPES = (
    "House%20Bill,Senate%20Bill,House%20Resolution,Senate%20Resolution,House%20Joint%20Resolution,"
    "Senate%20Joint%20Resolution,House%20Concurrent%20Resolution,Senate%20Concurrent%20Resolution"
)
WALL = b"<html><head><title>Validation request</title></head><body></body></html>"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-07", ["2023-2024"]),
        ("2025-01-08", ["2025-2026", "2023-2024"]),
        ("2025-01-31", ["2025-2026", "2023-2024"]),
        ("2025-02-01", ["2025-2026"]),
        ("2026-01-20", ["2025-2026"]),
        ("2026-12-31", ["2025-2026"]),
        ("2027-01-12", ["2025-2026"]),
        ("2027-01-13", ["2027-2028", "2025-2026"]),
        ("2027-02-01", ["2027-2028"]),
        ("2028-12-31", ["2027-2028"]),
    ],
)
def test_the_legislatures_of_a_day(today: str, sessions: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    source = Michigan(today=day)
    assert source.sessions(day) == sessions
    assert [request.url for request in source.begin()] == [
        f"{SITE}/Search/ExecuteSearch?sessions={session}&docTypes={TYPES}" for session in sessions
    ]


@pytest.mark.parametrize(
    "body", [WALL, b"<html><body>User validation required to continue..</body></html>"]
)
def test_the_wall_is_no_page_whatever_was_asked(body: bytes) -> None:
    for path in ("Search/ExecuteSearch?sessions=2025-2026", "Bills/Bill?ObjectName=2025-HB-4338"):
        with pytest.raises(Blocked, match="a challenge page"):
            list(Michigan().read(Answer(f"{SITE}/{path}", body)))


def test_the_first_wall_ends_the_run() -> None:
    url = f"{SITE}/Bills/Bill?ObjectName=2025-HB-4338"
    response = HtmlResponse(url, body=WALL, request=Request(url))
    source = Michigan()
    with pytest.raises(CloseSpider):
        list(source.handle(response, {}))
    (problem,) = source.problems
    assert (problem.kind, problem.url) == ("blocked", url)


@pytest.mark.parametrize(
    ("href", "identifier", "name"),
    [
        ("/Home/GetObject?objectName=2025-HB-4007", "HB 4007", "2025-HB-4007"),
        ("/Home/GetObject?objectName=2025-SB-0303", "SB 303", "2025-SB-0303"),
        ("/Bills/Bill?ObjectName=2026-SR-92", "SR 92", "2026-SR-0092"),
        ("/Bills/Bill?ObjectName=2026-HJR-AA", "HJR AA", "2026-HJR-AA"),
        ("/Bills/Bill?ObjectName=2025-SCR-0003", "SCR 3", "2025-SCR-0003"),
    ],
)
def test_a_measure_is_known_by_its_object(href: str, identifier: str, name: str) -> None:
    found = numbered(href)
    assert (found.identifier, found.url) == (identifier, f"{SITE}/Bills/Bill?ObjectName={name}")


def bill(rows: str) -> Answer:
    body = (
        "<html><body><h1 id='BillHeading'>Senate Bill 0900 of 2026</h1>"
        "<div id='SponsorList'><a href='/L'>Fictional Member (District 1)</a></div>"
        "<div id='ObjectSubject'>[Fictional]</div><div id='History'><table>"
        f"<tr><th>Date</th><th>Journal</th><th>Action</th></tr>{rows}</table></div></body></html>"
    )
    return Answer(f"{SITE}/Bills/Bill?ObjectName=2026-SB-0900", body.encode())


def row(day: str, journal: str, action: str) -> str:
    return f"<tr><td>{day}</td><td>{journal}</td><td>{action}</td></tr>"


@pytest.mark.parametrize(
    ("journal", "action", "chamber"),
    [
        ("SJ 12 Pg. 3", "REFERRED TO COMMITTEE ON GOVERNMENT OPERATIONS", "upper"),
        ("HJ 40", "read a first time", "lower"),
        ("Expected Soon", "PASSED", ""),
        ("", "approved by the Governor 07/21/2026 02:36 PM", "executive"),
        ("HJ 60", "vetoed by Governor 07/21/2026", "executive"),
        ("HJ 60", "presented to the Governor 08/14/2025 01:28 PM", "lower"),
    ],
)
def test_the_journal_tells_the_chamber(journal: str, action: str, chamber: str) -> None:
    measure = bill_of(bill(row("3/2/2026", journal, action)))
    assert [one.chamber for one in measure.actions or ()] == [chamber]


def test_a_history_told_from_its_end_is_turned() -> None:
    rows = [("3/5/2026", "third"), ("3/5/2026", "second"), ("3/2/2026", "first")]
    measure = bill_of(bill("".join(row(day, "SJ 1", said) for day, said in rows)))
    assert [one.text for one in measure.actions or ()] == ["first", "second", "third"]


def test_a_roll_call_alone_counts_the_line_before() -> None:
    rows = row("3/2/2026", "HJ 1", "Senate substitute (S-3) concurred in") + row(
        "3/2/2026", "HJ 1", "roll call Roll Call #12 Yeas 81 Nays 29 Excused 0 Not Voting 0"
    )
    votes = bill_of(bill(rows)).votes or []
    assert [(vote.motion, vote.yes, vote.no) for vote in votes] == [
        ("Senate substitute (S-3) concurred in", 81, 29)
    ]


@needs_shared(RECORDS)
def test_the_real_records_of_a_committee() -> None:
    url = f"{SITE}/Committees/CBR?committeeID=1980"
    answer = Answer(url, shared(RECORDS).read_bytes())
    read = list(Michigan(today=dt.date(2026, 7, 21)).read(answer))
    listings = [item for item in read if isinstance(item, Listing)]
    assert len(listings) == len(read) == 176
    assert {item.session for item in listings} == {"2025-2026"}
    found = {item.identifier: item for item in listings}
    assert found["HB 4007"].last_action == "reported with recommendation without amendment"
    assert found["HB 4119"].last_action == "Referred 06/18/2026"
    assert found["HB 4039"].url == f"{SITE}/Bills/Bill?ObjectName=2025-HB-4039"
    earlier = [
        item
        for item in Michigan(today=dt.date(2025, 9, 10)).read(answer)
        if isinstance(item, Hearing) and item.identifier == "HB 4039"
    ]
    assert [(item.on, item.committee) for item in earlier] == [(dt.date(2025, 9, 18), "Rules")]


@needs_shared(FOLDER)
@pytest.mark.parametrize(
    ("file", "path", "begins", "holds"),
    [
        (
            "HB4338__2025-HIB-4338_House_Introduced_Bill.htm",
            "documents/2025-2026/billintroduced/House/htm/2025-HIB-4338.htm",
            "HOUSE BILL NO. 4338",
            "local government sanctuary policy prohibition act",
        ),
        (
            "HB4342__2025-HEBH-4342_As_Passed_by_the_House.htm",
            "documents/2025-2026/billengrossed/House/htm/2025-HEBH-4342.htm",
            "HOUSE BILL NO. 4342",
            "sanctuary policy",
        ),
        (
            "SR0092__2026-SAR-0092_Senate_Adopted_Resolution.htm",
            "documents/2025-2026/resolutionadopted/Senate/htm/2026-SAR-0092.htm",
            "senate resolution no",
            "Immigration and Customs Enforcement",
        ),
        (
            "HB4338__GetObject_objectName_2025-HCVBH-4338-0O338_Substitute_H_1.pdf",
            "Home/GetObject?objectName=2025-HCVBH-4338-0O338.pdf",
            "THS H00123'25 (H-1)",
            "SUBSTITUTE FOR HOUSE BILL NO. 4338",
        ),
    ],
)
def test_texts_as_recorded(file: str, path: str, begins: str, holds: str) -> None:
    about = {
        "jurisdiction": "us-mi",
        "session": "2025-2026",
        "identifier": "HB 4338",
        "note": "a text",
        "url": f"{SITE}/{path}",
    }
    body = shared(f"{FOLDER}/{file}").read_bytes()
    (found,) = Michigan().read(Answer(f"{SITE}/{path}", body, context=about))
    assert isinstance(found, VersionText)
    assert found.text.lower().startswith(begins.lower())
    assert holds in found.text


@needs_shared(FOLDER)
def test_words_struck_from_the_law_are_no_text() -> None:
    file = f"{FOLDER}/HB4342__2025-HIB-4342_House_Introduced_Bill.htm"
    url = f"{SITE}/documents/2025-2026/billintroduced/House/htm/2025-HIB-4342.htm"
    about = {
        "jurisdiction": "us-mi",
        "session": "2025-2026",
        "identifier": "HB 4342",
        "note": "House Introduced Bill",
    }
    (found,) = Michigan().read(Answer(url, shared(file).read_bytes(), context=about))
    assert isinstance(found, VersionText)
    assert "the uniform budgeting and accounting act, 1968 PA 2" in found.text
    assert "Act No. 2 of the Public Acts of 1968" not in found.text


@needs_shared(RECORDS)
def test_a_text_that_leads_to_a_committees_page_is_refused() -> None:
    url = f"{SITE}/documents/2025-2026/billintroduced/House/htm/2025-HIB-4101.htm"
    with pytest.raises(PageChanged, match="LongBillNumber"):
        list(Michigan().read(Answer(url, shared(RECORDS).read_bytes())))
