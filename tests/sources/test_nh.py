"""New Hampshire: sessions by day, the way through the dumps, rows broken in two, lines of the docket."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.known import Known
from spiders.legislatures.nh import NewHampshire
from spiders.legislatures.nh_docket import Entry, committee_of, hearing, vote
from spiders.legislatures.nh_dumps import bills_of, kind_of, records, row_key
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tests.test_recordings import ROOT, load
from tracker.canonical import listing_print
from tracker.model import Listing, Measure

DUMPS = "https://gc.nh.gov/dynamicdatadump"
COOPERATION = "[Fictional] relative to cooperation with federal immigration authorities."


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-07", ("2024", "2025")),
        ("2025-01-08", ("2025",)),
        ("2025-08-31", ("2025",)),
        ("2025-09-01", ("2025", "2026")),
        ("2026-01-06", ("2025", "2026")),
        ("2026-01-07", ("2026",)),
        ("2026-12-31", ("2026", "2027")),
        ("2027-01-05", ("2026", "2027")),
        ("2027-01-06", ("2027",)),
        ("2028-01-05", ("2028",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert NewHampshire(today=day).sessions(day) == sessions


def test_it_may_be_asked_at_night_only() -> None:
    hours = NewHampshire.facts.hours
    assert hours is not None
    moments = {
        "2026-02-02T20:59:00-05:00": False,
        "2026-02-02T21:00:00-05:00": True,
        "2026-02-03T05:59:00-05:00": True,
        "2026-02-03T06:00:00-05:00": False,
        "2026-07-01T21:30:00-04:00": True,
    }
    for moment, allowed in moments.items():
        assert hours.allow(dt.datetime.fromisoformat(moment)) is allowed, moment


def next_of(case: str) -> Request:
    spider, answer, _ = load(ROOT / "nh" / case)
    (request,) = spider.read(answer)
    assert isinstance(request, Request)
    return request


def test_one_dump_after_the_other() -> None:
    (first,) = NewHampshire().begin()
    assert first.url == f"{DUMPS}/LsrsOnly.txt"
    second = next_of("page-numbers")
    assert second.url == f"{DUMPS}/LSRs.txt"
    assert second.cb_kwargs["context"] == {
        "pages": {"HB1003": "1485", "HB1564": "1617", "HB9001": "99001"}
    }
    third = next_of("bills")
    assert third.url == f"{DUMPS}/Docket.txt"
    bills = third.cb_kwargs["context"]["bills"]
    assert list(bills) == [
        "1013/2285/HB1003",
        "1013/2415/HB1564",
        "1013/0168/HB186",
        "1013/9001/HB9001",
        "1013/9002/SCR9002",
        "1013/9006/HA9006",
    ]
    assert bills["1013/9001/HB9001"] == ("2026", "HB 9001", "H", COOPERATION, "99001")
    assert all(request.meta["fresh"] for request in (first, second, third))


def kept(**known: object) -> list[str]:
    """What of the docket is kept, or asked for, by a run that knows `known`."""
    _, answer, case = load(ROOT / "nh" / "docket")
    spider = NewHampshire(today=case.today, known=Known(**known))  # type: ignore[arg-type]
    things = [found for thing in spider.read(answer) for found in spider.sift(thing)]
    assert spider.rejected["action of a bill that is not of the session"] == 2
    return [
        thing.url if isinstance(thing, Request) else f"{thing.__class__.__name__} {thing.key}"
        for thing in things
        if isinstance(thing, Request | Listing | Measure)
    ]


def test_a_bill_on_topic_is_read_and_its_page_asked() -> None:
    assert kept() == [
        "Listing us-nh/2026/HB 1003",
        "Listing us-nh/2026/HB 1564",
        "Listing us-nh/2026/HB 186",
        "https://gc.nh.gov/bill_Status/billinfo.aspx?id=99001&inflect=2",
        "Listing us-nh/2026/HB 9001",
        "Measure us-nh/2026/HB 9001",
        "Listing us-nh/2026/SCR 9002",
    ]


def test_a_bill_that_has_not_moved_costs_no_page() -> None:
    spider, answer, _ = load(ROOT / "nh" / "docket")
    listings = [thing for thing in spider.read(answer) if isinstance(thing, Listing)]
    prints = {listing.key: listing_print(listing).hex() for listing in listings}
    assert kept(prints=prints) == ["Measure us-nh/2026/HB 9001"]


def test_a_watched_bill_without_a_page_is_read_from_the_docket() -> None:
    found = kept(watched=frozenset({"us-nh/2026/HB 186"}))
    assert "Measure us-nh/2026/HB 186" in found
    assert not any("id=&" in line for line in found)


def test_rows_broken_in_two_are_joined() -> None:
    assert list(records("a|b|c\r\nd|e\r\ne2|f\r\n\r\ng|h|i\r\ni2\r\n", 3)) == [
        ["a", "b", "c"],
        ["d", "e e2", "f"],
        ["g", "h", "i i2"],
    ]
    for wrong in ("a|b|c\nd|e|f|g\n", "a|b|c\nd|e\n", "a|b\nc|d\n", "a|b|c\nd|e|f"):
        with pytest.raises(PageChanged):
            list(records(wrong, 3))


def test_the_key_of_a_row_is_of_two_years() -> None:
    assert row_key("2025", "168", "hb186") == row_key("2026", "0168", "HB186")
    assert row_key("2026", "0168", "HB186") != row_key("2027", "0168", "HB186")


def test_files_of_36_columns_are_read_too() -> None:
    row = ["2026", "9001", COOPERATION, "H", *[""] * 6, "HB9001", *[""] * 25]
    bills = bills_of("|".join(row) + "\r\n", ("2026",), {}, lambda why: None)
    assert [bill.identifier for bill in bills.values()] == ["HB 9001"]


def test_kinds() -> None:
    assert [kind_of(name) for name in ("HB 1", "SSSB 1", "CACR 4", "HR 8")] == [
        "bill", "bill", "resolution", "resolution",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (
            "Introduced 01/08/2025 and referred to Executive Departments and Administration HJ 2 P. 18",
            "Executive Departments and Administration",
        ),
        ("Introduced (in recess of) 02/20/2025 and referred to Finance HJ 6 P. 53", "Finance"),
        ("Introduced 03/27/2025 and Referred to Finance; SJ 10", "Finance"),
        (
            "To Be Introduced 01/07/2026 and referred to Municipal and County Government",
            "Municipal and County Government",
        ),
        ("Referred to Finance 02/20/2025 HJ 6 P. 49", "Finance"),
        ("Rereferred to Committee, MA, VV; 05/15/2025; SJ 13", ""),
        ("Refer for Interim Study: MA VV 03/26/2025 HJ 10 P. 29", ""),
    ],
)
def test_the_committee_of_a_line(line: str, name: str) -> None:
    assert committee_of(line) == name


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Public Hearing: 03/05/2025 11:00 am LOB 306-308",
            ("Public Hearing", "2025-03-05T11:00:00-05:00", "LOB 306-308", "scheduled"),
        ),
        (
            "Hearing: 04/09/2025, Room 103, SH, 01:00 pm; SC 16",
            ("Hearing", "2025-04-09T13:00:00-04:00", "Room 103, SH", "scheduled"),
        ),
        (
            "==CANCELLED== Executive Session: 04/25/2025 10:00 am LOB 202-204",
            ("Executive Session", "2025-04-25T10:00:00-04:00", "LOB 202-204", "cancelled"),
        ),
        (
            "==RESCHEDULED== Public Hearing: 02/19/2025 02:00 pm LOB 203",
            ("Public Hearing", "2025-02-19T14:00:00-05:00", "LOB 203", "scheduled"),
        ),
        ("Special Order to Next Session, Without Objection; 03/06/2025; SJ 6", None),
        ("==RECESSED== Executive Session: 03/05/2025 1000 am LOB 202-204", None),
    ],
)
def test_the_meeting_of_a_line(line: str, said: tuple[str, str, str, str] | None) -> None:
    about = {"jurisdiction": "us-nh", "session": "2025", "identifier": "HB 9001"}
    found = hearing(line, "Judiciary", about, "America/New_York")
    starts = found.starts_at.isoformat() if found and found.starts_at else ""
    assert (found and (found.note, starts, found.place, found.status)) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Ought to Pass with Amendment 2025-1474h: MA RC 192-183 04/10/2025 HJ 12 P. 53",
            ("Ought to Pass with Amendment 2025-1474h", 192, 183),
        ),
        (
            "Ought to Pass with Amendment #2025-2638s, RC 15Y-9N, MA; OT3rdg; 06/05/2025; SJ 15",
            ("Ought to Pass with Amendment #2025-2638s", 15, 9),
        ),
        (
            "Inexpedient to Legislate: MF DV 125-226 03/26/2025 HJ 10 P. 83",
            ("Inexpedient to Legislate", 125, 226),
        ),
        ("Ought to Pass: MA VV 02/06/2025 HJ 4 P. 8", None),
        ("Committee Report: Inexpedient to Legislate 03/12/2025 (Vote 16-0; RC)", None),
    ],
)
def test_the_totals_of_a_line(line: str, said: tuple[str, int, int] | None) -> None:
    found = vote(Entry(dt.date(2025, 3, 26), "lower", line))
    assert (found and (found.motion, found.yes, found.no)) == said


@needs_shared("recordings/nh")
def test_a_meeting_page_as_recorded_is_no_page_of_a_bill() -> None:
    """It is of the old host, and the docket tells the same meetings."""
    file = shared("recordings/nh/house-meeting-638-2025-02-19.html")
    _, answer, _ = load(ROOT / "nh" / "bill")
    recorded = type(answer)(answer.url, file.read_bytes(), 200, {}, answer.context)
    with pytest.raises(PageChanged):
        list(NewHampshire().read(recorded))
