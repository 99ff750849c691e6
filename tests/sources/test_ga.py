"""Georgia: real answers of the site, sessions by date, what is sent to the services."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from scrapy import Request

from spiders.answer import Answer, parse_xml
from spiders.legislatures.ga import Georgia
from spiders.legislatures.ga_bill import identifier, session_name
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Listing, Sponsor, Vote

SEARCH = "recordings/ga/api_legislation_search_2021-22_page1.json"
BILL_81 = "recordings/ga/api_legislation_detail_2021-22_81.json"
BILL_258 = "recordings/ga/api_legislation_detail_2021-22_258.json"
BILL_1 = "recordings/ga/api_legislation_detail_2021-22_1.json"
API = "https://www.legis.ga.gov/api"
DATA = "{http://www.legis.ga.gov/2009/01/01/data/}"
SERVICES = "{http://www.legis.ga.gov/2009/01/01/services/}"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-13", ["2025_26"]),
        ("2025-12-15", ["2025_26"]),
        ("2026-04-02", ["2025_26"]),
        ("2026-11-14", ["2025_26"]),
        ("2026-11-15", ["2025_26", "2027_28"]),
        ("2027-01-11", ["2027_28"]),
        ("2027-11-20", ["2027_28"]),
        ("2028-12-01", ["2027_28", "2029_30"]),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    assert Georgia(today=day).sessions(day) == sessions


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("2025-2026 Regular Session", "2025_26"),
        ("2027-2028 Regular Session", "2027_28"),
        ("2026 Special Session", "2026_ss"),
        ("2027 1st Special Session", "2027_ss"),
        ("2027 2nd Special Session", "2027_ss2"),
    ],
)
def test_names_of_sessions(description: str, name: str) -> None:
    assert session_name(description) == name


def test_a_session_of_another_kind_raises() -> None:
    with pytest.raises(PageChanged):
        session_name("2027 Organizational Session")


@pytest.mark.parametrize(
    ("doc_type", "number", "suffix", "tidy"),
    [
        ("HB", "1105", "", "HB 1105"),
        ("SREX", "3", "", "SR 3"),
        ("HB", "1", "EX", "HB 1"),
        ("HB", "17", "A", "HB 17A"),
    ],
)
def test_numbers(doc_type: str, number: str, suffix: str, tidy: str) -> None:
    assert identifier(doc_type, number, suffix) == tidy


@needs_shared(SEARCH)
def test_the_real_page_of_the_search() -> None:
    answer = Answer(f"{API}/Legislation/Search", shared(SEARCH).read_bytes())
    found = list(Georgia().read(answer))
    assert [listing.identifier for listing in found] == [f"HB {n}" for n in range(1, 21)]
    assert found[0] == Listing(
        jurisdiction="us-ga",
        session="2021_22",
        identifier="HB 1",
        title="Forming Open and Robust University Minds (FORUM) Act; enact",
        last_action="House Withdrawn, Recommitted",
        last_action_on=dt.date(2021, 3, 31),
        url="https://www.legis.ga.gov/legislation/58786",
    )


@needs_shared(BILL_81)
def test_the_real_record_of_an_enacted_bill() -> None:
    (bill,) = Georgia().read(
        Answer(f"{API}/legislation/detail/58911", shared(BILL_81).read_bytes())
    )
    assert bill.key == "us-ga/2021_22/HB 81"
    assert bill.committees == ["House Appropriations", "Senate Appropriations"]
    assert bill.sponsors[0] == Sponsor(name="David Ralston", role="primary")
    assert bill.sponsors[-1] == Sponsor(name="Blake Tillery", role="cosponsor")
    assert len(bill.actions) == 24
    assert bill.actions[0].text == "House Hopper"
    assert bill.actions[-3:] == [
        Action(on=dt.date(2021, 5, 10), text="House Date Signed by Governor", chamber="executive"),
        Action(on=dt.date(2021, 5, 10), text="Act 305", chamber="legislature"),
        Action(on=dt.date(2021, 5, 10), text="Effective Date", chamber="legislature"),
    ]
    assert bill.effective_on == dt.date(2021, 5, 10)
    assert [version.note for version in bill.versions] == ["LC 34 5728/db"]
    assert [document.note for document in bill.documents] == ["Floor Amendment"]
    assert bill.votes[1] == Vote(
        on=dt.date(2021, 3, 5), chamber="lower", motion="PASSAGE", yes=136, no=31
    )
    assert len(bill.votes) == 5


@needs_shared(BILL_258)
def test_the_real_versions_stand_oldest_first_without_amendments() -> None:
    (bill,) = Georgia().read(
        Answer(f"{API}/legislation/detail/59252", shared(BILL_258).read_bytes())
    )
    assert [version.note for version in bill.versions] == [
        "LC 48 0279/a",
        "LC 28 0256S/hs",
        "LC 28 0256S/hcs",
        "HB 258/AP*",
    ]
    assert bill.versions[-1].url == f"{API}/legislation/document/20212022/202468"
    assert bill.effective_on == dt.date(2021, 7, 1)


@needs_shared(BILL_1)
def test_a_real_bill_without_a_vote() -> None:
    (bill,) = Georgia().read(Answer(f"{API}/legislation/detail/58786", shared(BILL_1).read_bytes()))
    assert bill.votes == []
    assert bill.effective_on is None
    assert bill.actions[0] == Action(
        on=dt.date(2020, 11, 16), text="House Prefiled", chamber="lower"
    )


def sent(request: Request) -> tuple[str, str, dict[str, str]]:
    """The operation named in the header, in the body, and the values sent."""
    operation = parse_xml(request.body)[0][0]
    values = {one.tag: one.text for one in operation.iter() if not len(one) and one.text}
    return request.headers["SOAPAction"].decode(), operation.tag, values


def test_what_asks_for_the_sessions() -> None:
    (request,) = Georgia(today=dt.date(2026, 2, 2)).begin()
    assert request.url == "http://webservices.legis.ga.gov/GGAServices/Session/Service.svc"
    assert sent(request) == (
        '"http://www.legis.ga.gov/2009/01/01/services/SessionFinder/GetSessions"',
        f"{SERVICES}GetSessions",
        {},
    )


def test_pages_of_the_search_follow_each_other() -> None:
    source = Georgia(today=dt.date(2026, 2, 2))
    row = {"Id": 7, "Caption": "FICTIONAL; a measure", "DocumentType": "HB", "Number": 9001}
    cells = "".join(f"<{name}>{value}</{name}>" for name, value in row.items())
    body = (
        "<E><GetLegislationSearchResultsPagedResponse><GetLegislationSearchResultsPagedResult>"
        f"<Page><LegislationSearchResult>{cells}<Session><Description>2025-2026 Regular Session"
        "</Description></Session><Status/></LegislationSearchResult></Page><Total>501</Total>"
        "</GetLegislationSearchResultsPagedResult></GetLegislationSearchResultsPagedResponse></E>"
    )
    url = "http://webservices.legis.ga.gov/GGAServices/Legislation/Service.svc"
    context = {"session_id": 1033, "start": 250, "seen": []}
    listing, following = source.read(Answer(url, body.encode(), context=context))
    assert listing.last_action_on is None
    assert sent(following) == (
        '"http://www.legis.ga.gov/2009/01/01/services/LegislationSearch/'
        'GetLegislationSearchResultsPaged"',
        f"{SERVICES}GetLegislationSearchResultsPaged",
        {f"{DATA}Id": "1033", f"{SERVICES}PageSize": "250", f"{SERVICES}StartIndex": "251"},
    )
    (detail,) = source.follow(listing)
    assert sent(detail)[1:] == (
        f"{SERVICES}GetLegislationDetail",
        {f"{SERVICES}LegislationId": "7"},
    )


def test_only_the_sessions_of_the_term_are_searched() -> None:
    names = {
        1030: "2021 Special Session",
        1033: "2025-2026 Regular Session",
        1034: "2026 Special Session",
        1035: "2027-2028 Regular Session",
    }
    listed = "".join(
        f"<Session><Description>{name}</Description><Id>{number}</Id></Session>"
        for number, name in names.items()
    )
    body = f"<E><GetSessionsResult>{listed}</GetSessionsResult></E>".encode()
    url = "http://webservices.legis.ga.gov/GGAServices/Session/Service.svc"

    def asked(today: dt.date) -> list[int]:
        things = Georgia(today=today).read(Answer(url, body))
        return [thing.cb_kwargs["context"]["session_id"] for thing in things]

    assert asked(dt.date(2026, 7, 1)) == [1033, 1034]
    assert asked(dt.date(2026, 12, 1)) == [1033, 1034, 1035]
    assert asked(dt.date(2027, 1, 11)) == [1035]


def test_a_saved_search_of_another_form_raises() -> None:
    body = json.dumps({"resultCount": 1, "results": [{"legislationId": 1}]}).encode()
    with pytest.raises(PageChanged):
        list(Georgia().read(Answer(f"{API}/Legislation/Search/20/0", body)))
