"""Montana: real records of HB 278 before and after the governor, sessions by date, what is asked."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.mt import Montana
from spiders.legislatures.mt_rows import File, versions
from spiders.legislatures.numbered_sessions import session_code, session_name
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.canonical import listing_print
from tracker.model import Action, Hearing, Listing, Measure

BEFORE = "recordings/mt/HB-278-raw-bill.2025-04-transmitted-to-governor.json"
AFTER = "recordings/mt/HB-278-raw-bill.2025-05-chapter-assigned.json"
HEARINGS = "recordings/mt/HB-278-committee-hearings.json"
API = "https://api.legmt.gov"
SEARCH = f"{API}/bills/v1/bills/search?limit=500&offset=0"
NAMES = {
    "session_id": 2,
    "ordinals": "20251",
    "committees": {"11": "(H) Judiciary", "31": "(S) Judiciary"},
    "legislators": {"112": "Nelly Nicol"},
}


@pytest.mark.parametrize(
    ("today", "session"),
    [
        ("2025-01-06", "20251"),
        ("2025-12-15", "20251"),
        ("2026-11-30", "20251"),
        ("2026-12-01", "20271"),
        ("2027-03-01", "20271"),
        ("2028-08-01", "20271"),
    ],
)
def test_the_session_of_a_day(today: str, session: str) -> None:
    day = dt.date.fromisoformat(today)
    assert Montana(today=day).sessions(day) == [session]


@pytest.mark.parametrize(("ordinals", "name"), [("20251", "2025"), ("20272", "2027S1")])
def test_sessions_have_one_name_in_both_directions(ordinals: str, name: str) -> None:
    assert session_name(ordinals) == name
    assert session_code(name) == ordinals


def test_special_sessions_of_the_legislature_are_read_too() -> None:
    listed = [
        {"id": 2, "ordinals": "20251", "legislature": {"ordinals": "69"}},
        {"id": 3, "ordinals": "20261", "legislature": {"ordinals": "69"}},
        {"id": 4, "ordinals": "20271", "legislature": {"ordinals": "70"}},
    ]
    answer = Answer(f"{API}/legislators/v1/sessions", json.dumps(listed).encode())
    (request,) = Montana(today=dt.date(2026, 6, 1)).read(answer)
    assert request.cb_kwargs["context"]["sessions"] == {2: "20251", 3: "20261"}
    assert request.meta["fresh"]


def list_of(path: str) -> Answer:
    body = b'{"totalPages": 1, "content": [' + shared(path).read_bytes() + b"]}"
    return Answer(SEARCH, body, context=NAMES)


@needs_shared(AFTER)
def test_the_real_record_of_an_enacted_bill() -> None:
    (bill,) = Montana().read(list_of(AFTER))
    assert bill.key == "us-mt/2025/HB 278"
    assert bill.title == (
        "Require peace officer to check and report immigration status during lawful stop"
    )
    assert bill.subjects == ["Law Enforcement (see also: Criminal Procedure)", "Federal Government"]
    assert [sponsor.name for sponsor in bill.sponsors] == ["Nelly Nicol"]
    assert bill.committees == ["(H) Judiciary", "(S) Judiciary"]
    assert len(bill.actions) == 35
    assert bill.actions[9] == Action(
        on=dt.date(2025, 1, 22),
        chamber="lower",
        text="(H) Referred to Committee - (H) Judiciary",
    )
    assert bill.actions[-2:] == [
        Action(on=dt.date(2025, 4, 16), chamber="lower", text="(H) Signed by Governor"),
        Action(on=dt.date(2025, 4, 17), chamber="legislature", text="Chapter Number Assigned"),
    ]


@needs_shared(BEFORE)
def test_between_the_two_real_records_only_two_actions_are_new() -> None:
    (before,), (after,) = (Montana().read(list_of(path)) for path in (BEFORE, AFTER))
    assert after.actions[: len(before.actions)] == before.actions
    assert len(after.actions) - len(before.actions) == 2
    assert before.actions[-1].text == "(H) Transmitted to Governor"
    unlike = [f for f in Measure.__struct_fields__ if getattr(before, f) != getattr(after, f)]
    assert unlike == ["actions"]


@needs_shared(BEFORE)
def test_the_real_record_reads_by_itself_as_well() -> None:
    (bill,) = Montana().read(Answer(f"{API}/bills/v1/bills", shared(BEFORE).read_bytes()))
    assert bill.key == "us-mt/2025/HB 278"
    assert bill.sponsors is None  # the record only numbers them
    assert bill.actions[9].text == "(H) Referred to Committee"


@needs_shared(HEARINGS)
def test_the_real_hearing() -> None:
    about = {"jurisdiction": "us-mt", "session": "2025", "identifier": "HB 278"}
    url = f"{API}/committees/v1/standingCommitteeMeetingBillHearings/findByBillId?billId=3022"
    (hearing,) = Montana().read(Answer(url, shared(HEARINGS).read_bytes(), context=about))
    assert isinstance(hearing, Hearing)
    assert hearing.starts_at is not None
    assert hearing.starts_at.isoformat() == "2025-01-29T08:00:00-07:00"
    assert (hearing.committee, hearing.place) == ("(H) Judiciary", "Room 137")


def wanted(today: dt.date, known: Known) -> list[Any]:
    """What the list gives of a bill that moved on 1 April 2025, requests by their address."""
    source = Montana(today=today, known=known)
    measure = Measure(
        jurisdiction="us-mt",
        session="2025",
        identifier="HB 278",
        title="Require peace officer to check and report immigration status during lawful stop",
        actions=[Action(on=dt.date(2025, 4, 1), text="(S) 3rd Reading Concurred")],
    )
    source.numbers[measure.key] = 3022
    things = list(source.sift(measure))
    assert source.listed == {measure.key}
    return [
        thing.url.removeprefix(API) if isinstance(thing, Request) else type(thing)
        for thing in things
    ]


VERSIONS = (
    "/docs/v1/documents/getBillVersions?legislatureOrdinal=69&sessionOrdinal=20251"
    "&billType=HB&billNumber=278"
)
HEARD = "/committees/v1/standingCommitteeMeetingBillHearings/findByBillId?billId=3022"
KEY = "us-mt/2025/HB 278"
TEXTS = {KEY: [f"{API}/docs/v1/documents/getContent?documentId=1"]}
ROW = Listing(
    jurisdiction="us-mt",
    session="2025",
    identifier="HB 278",
    title="Require peace officer to check and report immigration status during lawful stop",
    last_action="(S) 3rd Reading Concurred",
    last_action_on=dt.date(2025, 4, 1),
)
THIS = frozenset({KEY})
READ = Known(texts=TEXTS, prints={KEY: listing_print(ROW).hex()}, watched=THIS)
ASKED = Known(texts=TEXTS, prints=READ.prints, watched=THIS, asked=THIS)


@pytest.mark.parametrize(
    ("today", "known", "asked"),
    [
        (dt.date(2025, 4, 4), Known(), [Measure, VERSIONS, Listing, HEARD]),
        (dt.date(2025, 4, 4), Known(texts=TEXTS), [Measure, VERSIONS, Listing, HEARD]),
        (dt.date(2025, 4, 9), READ, [Measure, VERSIONS]),
        (dt.date(2025, 4, 10), READ, []),
        (dt.date(2025, 4, 11), READ, [HEARD]),
        (dt.date(2025, 4, 12), READ, []),
        (dt.date(2025, 4, 14), READ, [HEARD]),
        (dt.date(2026, 1, 9), READ, []),
        (dt.date(2026, 1, 9), ASKED, [Measure, VERSIONS]),
    ],
    ids=[
        "never read",
        "moved",
        "a text may have come",
        "nothing",
        "its day for hearings",
        "nothing again",
        "its next day",
        "lies still",
        "asked for",
    ],
)
def test_a_bill_that_lies_still_costs_nothing(
    today: dt.date, known: Known, asked: list[Any]
) -> None:
    assert wanted(today, known) == asked


@pytest.mark.parametrize(
    ("page", "context"),
    [
        ("docs/v1/documents/getBillVersions?sessionOrdinal=20251&billType=HB&billNumber=1", {}),
        ("committees/v1/standingCommitteeMeetingBillHearings/findByBillId?billId=1", {}),
    ],
)
def test_a_404_is_how_the_api_tells_none(page: str, context: dict[str, Any]) -> None:
    source = Montana()
    assert list(source.read(Answer(f"{API}/{page}", b'{"status":404}', 404))) == []
    assert sum(source.rejected.values()) == 1


def test_versions_stand_in_order_with_the_enrolled_one_last() -> None:
    names = ["HB0001_10.pdf", "HB0001_X.pdf", "HB0001_2.pdf", "HB0001_1(1).pdf", "HB0001_1.pdf"]
    files = [File(id=number, file_name=name) for number, name in enumerate(names)]
    assert [version.note for version in versions(files)] == [
        "HB0001_1",
        "HB0001_2",
        "HB0001_10",
        "HB0001_X",
    ]


def test_a_file_of_another_form_raises() -> None:
    with pytest.raises(PageChanged):
        list(versions([File(id=1, file_name="fiscal note.pdf")]))
