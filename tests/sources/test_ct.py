"""Connecticut: sessions by day, the way through the files and around them, chambers, a real text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.ct import DATA, Connecticut
from spiders.legislatures.ct_page import Number, number_in
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Listing, VersionText
from tracker.stage_core import shipped_stages

PAGES = Path(__file__).parents[1] / "recordings/ct"
PDF = "recordings/ct/HB05091__2026HB-05091-R00-HB_Proposed_Bill.PDF"
SITE = "https://www.cga.ct.gov"
STATUS = f"{SITE}/asp/cgabillstatus/cgabillstatus.asp?selBillType=Bill"


@pytest.mark.parametrize(
    ("today", "session"),
    [
        ("2025-01-07", "2024"),
        ("2025-01-08", "2025"),
        ("2026-02-03", "2025"),
        ("2026-02-04", "2026"),
        ("2027-01-05", "2026"),
        ("2027-01-06", "2027"),
        ("2028-02-08", "2027"),
        ("2028-02-09", "2028"),
    ],
)
def test_the_session_of_a_day(today: str, session: str) -> None:
    day = dt.date.fromisoformat(today)
    assert Connecticut(today=day).sessions(day) == (session,)


# -- the way through the files ---------------------------------------------------------------------


def file(name: str) -> bytes:
    return (PAGES / name).read_bytes()


def crawl(source: Connecticut) -> list[Any]:
    """What is kept and asked for on the way through the three files."""
    bodies = {
        "bill_history.csv": file("history/bill_history.csv"),
        "subject.csv": file("subjects/subject.csv").replace(b"FICTIONAL SUBJECT", b"IMMIGRATION"),
        "bill_info.csv": file("bills/bill_info.csv"),
    }
    waiting, kept = list(source.begin()), []
    while waiting:
        request = waiting.pop()
        body = bodies.get(request.url.rpartition("/")[2])
        if body is None:
            kept.append(request)
            continue
        answer = Answer(request.url, body, context=request.cb_kwargs["context"])
        for thing in source.read(answer):
            for one in source.sift(thing):
                (kept if isinstance(one, Listing) else waiting).append(one)
    return kept


def test_what_is_on_topic_and_has_moved_is_looked_at() -> None:
    source = Connecticut(today=dt.date(2026, 5, 8))
    kept = crawl(source)
    listings = {one.identifier: one for one in kept if isinstance(one, Listing)}
    assert list(listings) == ["HB 5091", "HB 5448", "HJ 9999"]
    assert listings["HB 5091"].last_action == "REF. TO JOINT COMM. ON HS (of 1)"
    assert listings["HB 5091"].last_action_on == dt.date(2026, 2, 9)
    asked = [one.url for one in kept if not isinstance(one, Listing)]
    assert f"{STATUS}&bill_num=HB5448&which_year=2026" in asked
    assert f"{STATUS}&bill_num=HJ9999&which_year=2026" not in asked


def test_the_files_after_the_first_are_always_sent() -> None:
    source = Connecticut(today=dt.date(2026, 5, 8))
    (first,) = source.begin()
    (subjects,) = source.read(Answer(first.url, file("history/bill_history.csv")))
    (bills,) = source.read(Answer(subjects.url, file("subjects/subject.csv")))
    assert [request.meta.get("fresh") for request in (first, subjects, bills)] == [None, True, True]
    assert list(source.unmodified(first.url, {})) == []


def test_without_subjects_the_way_goes_on() -> None:
    (bills,) = Connecticut().read(Answer(f"{DATA}/subject.csv", b"", 404))
    assert bills.url == f"{DATA}/bill_info.csv"


def test_without_files_all_numbers_are_searched() -> None:
    source = Connecticut(today=dt.date(2026, 5, 8))
    asked = list(source.read(Answer(f"{DATA}/bill_history.csv", b"", 404)))
    assert [parse_qs(request.body.decode()) for request in asked] == [
        {"cboSessYr": ["2026"], "optFindM": ["range"], "txtLowBill": [low], "txtHiBill": [high]}
        for low, high in (("1", "4999"), ("5001", "9999"))
    ]
    assert {request.method for request in asked} == {"POST"}


def test_the_search_tells_no_moves_so_each_measure_on_topic_is_looked_at() -> None:
    source = Connecticut(known=Known(watched=frozenset({"us-ct/2026/HB 9999"})))
    things = list(source.read(Answer(f"{SITE}/asp/CGABillInfo/CGABillInfoDisplay.asp", body())))
    asked = [one.url for one in things if not isinstance(one, Listing)]
    assert f"{STATUS}&bill_num=HB9999&which_year=2026" in asked


def body() -> bytes:
    return file("search/page.html")


# -- a bill ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("printed", ["HB5001", "HB05001", "hb5001"])
def test_numbers_padded_and_not(printed: str) -> None:
    assert number_in(f"{STATUS}&bill_num={printed}&which_year=2026") == Number("HB 5001", "2026")


@pytest.mark.parametrize("query", ["", "&bill_num=HB5001", "&bill_num=HB1&bill_num=HB2"])
def test_addresses_of_no_bill(query: str) -> None:
    with pytest.raises(PageChanged):
        number_in(STATUS + query)


HEADS = {
    "S.B. No. 298": ("SB298", "upper", "bill"),
    "H.J. No. 57": ("HJ57", "lower", "resolution"),
    "Substitute for S.R. No. 3": ("SR3", "upper", "resolution"),
    "Emergency Certified H.B. No. 7001": ("HB7001", "lower", "bill"),
}


@pytest.mark.parametrize("head", HEADS)
def test_heads_of_pages(head: str) -> None:
    number, chamber, kind = HEADS[head]
    page = file("bill/page.html").replace(b"Proposed H.B. No. 5091", head.encode())
    url = f"{STATUS}&bill_num={number}&which_year=2026"
    (measure,) = Connecticut().read(Answer(url, page))
    assert (measure.identifier.replace(" ", ""), measure.chamber, measure.kind) == (
        number, chamber, kind,
    )  # fmt: skip


def test_a_bill_signed_in_original_is_law() -> None:
    url = f"{STATUS}&bill_num=HB9999&which_year=2026"
    measure, _ = Connecticut().read(Answer(url, file("bill-with-all-papers/page.html")))
    assert [(action.text, action.chamber) for action in measure.actions][-5:] == [
        ("Senate Passed", "upper"),
        ("In Concurrence", "legislature"),
        ("Public Act 26-999", "upper"),
        ("Rules Suspended, Transmitted to the Governor", "executive"),
        ("Signed by Governor in Original", "executive"),
    ]
    derived = shipped_stages().derive("us-ct", measure.kind, measure.actions, measure.identifier)
    assert (derived.stage, derived.governor_action) == ("enacted", "signed")


@needs_shared(PDF)
def test_the_real_text_of_a_proposed_bill() -> None:
    url = f"{SITE}/2026/TOB/H/PDF/2026HB-05091-R00-HB.PDF"
    (text,) = Connecticut().read(Answer(url, shared(PDF).read_bytes()))
    assert isinstance(text, VersionText)
    assert (text.key, text.note) == ("us-ct/2026/HB 5091", "2026HB-05091-R00-HB")
    assert "Referred to Committee on HUMAN SERVICES" in text.text
    assert "Be it enacted by the Senate and House of Representatives" in text.text
