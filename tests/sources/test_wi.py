"""Wisconsin: sessions by day, addresses, who introduced a proposal, the real schedule recorded."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.wi import Wisconsin
from spiders.legislatures.wi_history import sponsors
from spiders.legislatures.wi_page import address_of, url_of
from spiders.reading import Blocked, PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Hearing, Listing, Sponsor

SITE = "https://docs.legis.wisconsin.gov"
SCHEDULE = (
    "https://committeeschedule.legis.wisconsin.gov/?StartDate=2025-12-17&CommitteeID=-1"
    "&CommItemVisibleName=-1&TopicID=-1&ViewType=listBiennium&ReloadCache=True"
)


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-05", ("2023/reg",)),
        ("2025-01-06", ("2025/reg",)),
        ("2026-01-01", ("2025/reg",)),
        ("2026-05-11", ("2025/reg",)),
        ("2026-05-12", ("2025/reg", "2025/my6")),
        ("2026-08-01", ("2025/reg",)),
        ("2027-01-03", ("2025/reg",)),
        ("2027-01-04", ("2027/reg",)),
        ("2028-12-31", ("2027/reg",)),
        ("2029-01-02", ("2027/reg",)),
        ("2029-01-03", ("2029/reg",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert Wisconsin(today=day).sessions(day) == sessions


def test_the_first_requests_of_a_day() -> None:
    known = Known(watched=frozenset({"us-wi/2025/AB 24", "us-wi/2023/AB 1"}))
    day = dt.date(2026, 2, 2)
    assert [request.url for request in Wisconsin(today=day, known=known).begin()] == [
        f"{SITE}/2025/proposals/reg/asm",
        f"{SITE}/2025/proposals/reg/sen",
        SCHEDULE.replace("2025-12-17", "2026-02-02"),
        f"{SITE}/2025/proposals/reg/asm/bill/ab24",
    ]
    after = Wisconsin(today=dt.date(2026, 9, 1), known=known)
    assert len(list(after.begin())) == 3


@pytest.mark.parametrize(
    ("path", "session", "identifier"),
    [
        ("2025/proposals/reg/asm/bill/ab24", "2025", "AB 24"),
        ("2025/proposals/reg/sen/joint_resolution/sjr1", "2025", "SJR 1"),
        ("2025/proposals/reg/asm/resolution/ar12", "2025", "AR 12"),
        ("2025/proposals/MY6/sen/bill/SB1", "2026S1", "SB 1"),
        ("2027/proposals/reg/sen/bill/sb1", "2027", "SB 1"),
    ],
)
def test_a_proposal_is_known_by_its_address(path: str, session: str, identifier: str) -> None:
    found = address_of(f"{SITE}/{path}")
    assert (found.session, found.identifier) == (session, identifier)
    assert found.url == f"{SITE}/{path.lower()}"
    year, _, slug = path.lower().split("/")[:3]
    assert url_of(f"{year}/{slug}", identifier) == found.url


@pytest.mark.parametrize(
    "path",
    [
        "2025/proposals/reg/sen/bill/ab24",
        "2025/proposals/reg/asm/resolution/ab24",
        "2025/proposals/reg/asm/bill/ab024",
        "2025/proposals/se5/asm/bill/ab1",
        "2025/proposals/reg/asm/bill/cr24",
    ],
)
def test_an_address_of_another_form_is_no_proposal(path: str) -> None:
    with pytest.raises(PageChanged):
        address_of(f"{SITE}/{path}")


@pytest.mark.parametrize(
    ("line", "primary", "others"),
    [
        (
            "Introduced by Senator Bradley; cosponsored by Representatives Vos and B. Jacobson",
            ["Bradley"],
            ["Vos", "B. Jacobson"],
        ),
        (
            "Introduced by Representatives Phelps, Moore Omokunde and O'Connor",
            ["Phelps", "Moore Omokunde", "O'Connor"],
            [],
        ),
        ("Introduced by Law Revision Committee", ["Law Revision Committee"], []),
        (
            "Introduced by Committee on Workforce Development, Labor, and Integrated Employment",
            ["Committee on Workforce Development, Labor, and Integrated Employment"],
            [],
        ),
        (
            "Introduced by Joint Committee on Finance, by request of Governor Tony Evers",
            ["Joint Committee on Finance"],
            [],
        ),
    ],
)
def test_who_introduced(line: str, primary: list[str], others: list[str]) -> None:
    assert sponsors(line) == [
        *(Sponsor(name=name, role="primary") for name in primary),
        *(Sponsor(name=name) for name in others),
    ]


def test_a_number_of_two_sessions_has_no_hearing() -> None:
    spider = Wisconsin(
        today=dt.date(2026, 5, 13), known=Known(watched=frozenset({"us-wi/2025/AB 1"}))
    )
    hearing = Hearing(
        jurisdiction="us-wi", session="2025", identifier="AB 1", on=dt.date(2026, 5, 14)
    )
    assert spider.drops(hearing) == ""
    listing = Listing(
        jurisdiction="us-wi", session="2026S1", identifier="AB 1", title="[Fictional] taxes"
    )
    list(spider.sift(listing))
    assert spider.drops(hearing) == "hearing of a number that two sessions have"


@needs_shared("recordings/wi")
def test_the_schedule_as_recorded() -> None:
    body = shared("recordings/wi/committee-schedule.2025-12-17.html").read_bytes()
    spider = Wisconsin(today=dt.date(2025, 1, 1))
    found = [h for h in spider.read(Answer(SCHEDULE, body)) if isinstance(h, Hearing)]
    assert len(found) == 1392
    assert sum(hearing.status == "cancelled" for hearing in found) == 28
    assert [
        (hearing.starts_at, hearing.committee, hearing.place, hearing.note)
        for hearing in found
        if hearing.identifier == "AB 24"
    ] == [
        (
            dt.datetime.fromisoformat("2025-02-26T11:00:00-06:00"),
            "Criminal Justice and Public Safety (Assembly)",
            "417 North (GAR Hall)",
            "Public Hearing",
        ),
        (
            dt.datetime.fromisoformat("2025-03-11T11:00:00-05:00"),
            "Criminal Justice and Public Safety (Assembly)",
            "328 Northwest",
            "Executive Session",
        ),
        (
            dt.datetime.fromisoformat("2025-05-13T10:00:00-05:00"),
            "Licensing, Regulatory Reform, State and Federal Affairs (Senate)",
            "411 South",
            "Public Hearing",
        ),
        (
            dt.datetime.fromisoformat("2025-06-12T09:00:00-05:00"),
            "Licensing, Regulatory Reform, State and Federal Affairs (Senate)",
            "201 Southeast",
            "Executive Session",
        ),
    ]


@needs_shared("recordings/wi")
def test_the_waiting_page_as_recorded_is_no_answer() -> None:
    file = shared("recordings/wi/committee-schedule-please-wait.2025-12-17.html")
    with pytest.raises(Blocked, match="Please wait"):
        list(Wisconsin().read(Answer(SCHEDULE, file.read_bytes())))
