"""Pennsylvania: sessions by day, where texts may be read, and the real pages that were recorded."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.answer import Answer
from spiders.legislatures.pa import Pennsylvania
from spiders.legislatures.pa_history import printed
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Measure, Sponsor, Version, Vote

RECORDED = "recordings/pa"
HB_1486 = "https://www.palegis.us/legislation/bills/2021/hb1486"


@pytest.mark.parametrize(
    ("today", "session"),
    [
        ("2025-01-06", "2023_0"),
        ("2025-01-07", "2025_0"),
        ("2026-07-01", "2025_0"),
        ("2026-12-31", "2025_0"),
        ("2027-01-04", "2025_0"),
        ("2027-01-05", "2027_0"),
        ("2028-02-29", "2027_0"),
    ],
)
def test_the_session_of_a_day(today: str, session: str) -> None:
    day = dt.date.fromisoformat(today)
    assert Pennsylvania(today=day).sessions(day) == (session,)


def test_a_run_begins_with_three_requests() -> None:
    assert [request.url for request in Pennsylvania(today=dt.date(2027, 3, 1)).begin()] == [
        "https://www.palegis.us/data/file?documentType=BillHistoryData&session=2027_0",
        "https://www.palegis.us/house/rss/committee/schedule",
        "https://www.palegis.us/senate/rss/committee/schedule",
    ]


def test_texts_behind_robots_are_not_asked_for_without_a_permission() -> None:
    url = "https://www.palegis.us/legislation/bills/text/PDF/2025/0/HB0403/PN0414"
    measure = Measure(
        jurisdiction="us-pa",
        session="2025-2026",
        identifier="HB 403",
        versions=[Version(note="PN 0414", url=url)],
    )
    assert list(Pennsylvania().version_requests(measure)) == []


@pytest.mark.parametrize(
    ("line", "on", "text", "tally"),
    [
        ("Referred to RULES, Oct. 26, 2022", "2022-10-26", "Referred to RULES", None),
        ("Act No. 2 of 2026, Feb. 11, 2026", "2026-02-11", "Act No. 2 of 2026", None),
        (
            "Re-reported on concurrence, as committed,  Sept. 9, 2025",
            "2025-09-09",
            "Re-reported on concurrence, as committed",
            None,
        ),
        (
            "Third consideration and final passage, June 24, 2025 (195-8)",
            "2025-06-24",
            "Third consideration and final passage (195-8)",
            (195, 8),
        ),
    ],
)
def test_actions_as_printed(line: str, on: str, text: str, tally: tuple[int, int] | None) -> None:
    found = printed(line, "lower")
    assert found.action == Action(on=dt.date.fromisoformat(on), text=text, chamber="lower")
    assert [(vote.yes, vote.no) for vote in found.votes()] == ([tally] if tally else [])


def test_a_line_without_a_day_has_the_day_beside_it_or_raises() -> None:
    day = dt.date(2025, 1, 31)
    assert printed("Referred to JUDICIARY", "lower", day).action.on == day
    with pytest.raises(PageChanged, match="ends with its day"):
        printed("Referred to JUDICIARY", "lower")


def read(file: str, url: str) -> list[object]:
    body = shared(f"{RECORDED}/{file}").read_bytes()
    return list(Pennsylvania(today=dt.date(2026, 5, 7)).read(Answer(url, body)))


@needs_shared(RECORDED)
def test_an_enacted_bill_as_recorded() -> None:
    (bill,) = read("bill-hb1486-2021.2024-12.html", HB_1486)
    assert isinstance(bill, Measure)
    assert (bill.key, bill.kind, bill.chamber) == ("us-pa/2021-2022/HB 1486", "bill", "lower")
    assert (bill.title or "").startswith("An Act amending Titles 74 (Transportation) and 75")
    assert (bill.title or "").endswith("further providing for provisions relating to fare evasion.")
    assert bill.abstract == "Blue Star Family License Plate"
    sponsors = bill.sponsors or []
    assert len(sponsors) == 32  # one prime, eight shown, 23 behind a button
    assert sponsors[0] == Sponsor(name="Timothy J. O'Neal", role="primary")
    assert sponsors[-1] == Sponsor(name="David Delloso")
    actions = bill.actions or []
    assert len(actions) == 29  # 32 rows, less three remarks
    assert actions[0] == Action(
        on=dt.date(2021, 5, 25), text="Referred to Transportation", chamber="lower"
    )
    assert [(a.on.isoformat(), a.chamber, a.text) for a in actions[-6:]] == [
        ("2022-10-26", "lower", "House concurred in Senate amendments (198-0)"),
        ("2022-10-26", "lower", "Signed in House"),
        ("2022-10-26", "upper", "Signed in Senate"),
        ("2022-10-27", "executive", "Presented to the Governor"),
        ("2022-11-03", "executive", "Approved by the Governor"),
        ("2022-11-03", "executive", "Act No. 112 of 2022"),
    ]
    assert [(v.note, v.published_on) for v in bill.versions or []] == [
        ("PN 1602", dt.date(2021, 5, 25)),
        ("PN 1713", dt.date(2021, 6, 8)),
        ("PN 3130", dt.date(2022, 5, 23)),
        ("PN 3315", dt.date(2022, 6, 28)),
        ("PN 3604", dt.date(2022, 10, 25)),
    ]
    assert (bill.votes or [])[1] == Vote(
        on=dt.date(2022, 10, 25),
        chamber="upper",
        motion="Amended on third consideration",
        yes=46,
        no=3,
    )
    assert [document.kind for document in bill.documents or []] == ["memo", *["fiscal_note"] * 3]


@needs_shared(RECORDED)
def test_a_bill_in_committee_as_saved_from_a_browser() -> None:
    (bill,) = read(
        "bill-hb70-2023.browser-dom.2024-12.html",
        "https://www.palegis.us/legislation/bills/2023/hb70",
    )
    assert isinstance(bill, Measure)
    assert bill.key == "us-pa/2023-2024/HB 70"
    assert [sponsor.name for sponsor in bill.sponsors or []][:2] == ["Brad Roae", "Mike Armanini"]
    assert len(bill.sponsors or []) == 14
    assert [(a.on.isoformat(), a.text) for a in bill.actions or []] == [
        ("2023-03-07", "Referred to Veterans Affairs & Emergency Preparedness")
    ]
    assert [version.note for version in bill.versions or []] == ["PN 0059"]
    assert bill.votes == []


@needs_shared(RECORDED)
@pytest.mark.parametrize(
    "file",
    ["house-committee-index.html", "senate-committee-ere.html", "senate-committee-index.html"],
)
def test_other_pages_of_the_site_are_refused(file: str) -> None:
    with pytest.raises(PageChanged, match="billActions"):
        read(file, HB_1486)
    with pytest.raises(PageChanged, match="an address that one page of this source reads"):
        read(file, "https://www.palegis.us/senate/committees/committee-list")
