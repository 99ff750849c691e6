"""Wyoming: years by date, real histories told newest first, what a crawl follows."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from itertools import groupby
from typing import Any

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.legislatures.wy import CALENDAR, SERVICE, Wyoming
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Listing, Measure

BILLS = "corpus/scale-bills.jsonl.gz"
PLACES = {"lower": "House", "upper": "Senate", "executive": "LSO", "legislature": "Governor"}


@pytest.mark.parametrize(
    ("today", "years", "months"),
    [
        ("2025-01-14", ["2025"], ["202501", "202502"]),
        ("2025-11-30", ["2025"], ["202511", "202512"]),
        ("2025-12-31", ["2025", "2026"], ["202512", "202601"]),
        ("2026-02-09", ["2026"], ["202602", "202603"]),
        ("2026-12-01", ["2026", "2027"], ["202612", "202701"]),
        ("2027-01-12", ["2027"], ["202701", "202702"]),
        ("2028-02-29", ["2028"], ["202802", "202803"]),
    ],
)
def test_what_a_crawl_begins_with(today: str, years: list[str], months: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    source = Wyoming(today=day)
    assert source.sessions(day) == years
    urls = [request.url for request in source.begin()]
    assert [url.partition("filter=")[2] for url in urls] == [
        f"Year%20eq%20{year}&orderby=BillNum" for year in years
    ]
    after = [request.url for url in urls for request in source.unmodified(url, {})]
    assert after == [f"{CALENDAR}/{month}01" for month in months]


def listing(session: str, number: str, query: str = "") -> Listing:
    year = session[:4]
    return Listing(
        jurisdiction="us-wy",
        session=session,
        identifier="HB 133",
        title="Sanctuary cities, counties and state-prohibition.",
        url=f"https://wyoleg.gov/Legislation/{year}/{number}{query}",
    )


def test_a_wanted_bill_is_followed_to_its_page() -> None:
    source = Wyoming(today=dt.date(2025, 3, 18))
    request, kept = source.sift(listing("2025", "HB0133"))
    assert isinstance(request, Request)
    assert request.url == (
        f"{SERVICE}/BillReferences?year=2025&billNumber=HB0133"
        "&expand=substituteBills,vetoes,amendments($expand%3DamendmentBudgetSections)"
    )
    assert isinstance(kept, Listing)


def test_a_bill_of_a_special_session_is_listed_only() -> None:
    source = Wyoming(today=dt.date(2025, 9, 1))
    special = listing("2025S1", "HB0133", "?specialSessionValue=1")
    assert list(source.sift(special)) == [special]
    assert source.rejected == {"page of a bill of a special session": 1}


def as_the_site_has_it(row: dict[str, Any]) -> dict[str, Any]:
    """Days newest first, and the actions of each as they were taken down: newest first as well."""
    days = [list(day) for _, day in groupby(row["actions"], key=lambda action: action["date"])]
    return {
        "bill": row["identifier"],
        "catchTitle": row["title"],
        "billTitle": row["description"],
        "effectiveDate": None,
        "introduced": f"{row['session']}/Introduced/{row['identifier']}.pdf",
        "engrossedVersion": None,
        "enrolledAct": None,
        "digest": None,
        "summary": None,
        "fiscalNote": None,
        "sponsors": [],
        "billActions": [
            {
                "statusDate": f"{action['date']}T00:00:00Z",
                "statusMessage": action["text"],
                "location": PLACES[action["chamber"]],
            }
            for day in reversed(days)
            for action in day
        ],
        "vetoes": [],
        "substituteBills": [],
    }


def read(row: dict[str, Any]) -> Measure:
    url = f"{SERVICE}/BillReferences?year={row['session']}&billNumber={row['identifier']}"
    (measure,) = Wyoming().read(Answer(url, json.dumps(as_the_site_has_it(row)).encode()))
    assert isinstance(measure, Measure)
    return measure


@needs_shared(BILLS)
def test_all_real_histories_of_two_years() -> None:
    with gzip.open(shared(BILLS), "rt") as lines:
        rows = [json.loads(line) for line in lines if line.startswith('{"state":"WY"')]
    measures = {measure.key: measure for measure in map(read, rows)}
    assert len(measures) == len(rows) == 863
    assert sum(measure.kind == "resolution" for measure in measures.values()) == 32
    gold = measures["us-wy/2025/SF 96"]
    assert (gold.title, gold.chamber) == ("Wyoming Gold Act.", "upper")
    assert gold.committees == ["S03 - Revenue", "H02 - Appropriations"]
    on = dt.date(2025, 2, 19)
    assert [action for action in gold.actions or () if action.on == on] == [
        Action(on=on, chamber="lower", text="H 3rd Reading:Passed 44-17-1-0-0"),
        Action(on=on, chamber="upper", text="S Received for Concurrence"),
        Action(on=on, chamber="upper", text="S Concur:Passed 23-8-0-0-0"),
        Action(on=on, chamber="legislature", text="Assigned Number SEA No. 0013"),
    ]
    for row in rows:
        measure = measures[
            f"us-wy/{row['session']}/{row['identifier'][:2]} {int(row['identifier'][2:])}"
        ]
        days = [action.on for action in measure.actions or ()]
        assert days == sorted(days)
        assert len(days) == len(row["actions"])


def action(message: str, date: str, location: str | None = None) -> dict[str, Any]:
    return {"statusDate": date, "statusMessage": message, "location": location}


def told(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    empty = {"identifier": "HB0999", "session": "2026", "title": "Test. ", "description": None}
    page = as_the_site_has_it({**empty, "actions": []})
    page["billActions"] = list(rows)
    url = f"{SERVICE}/BillReferences?year=2026&billNumber=HB0999"
    (measure,) = Wyoming().read(Answer(url, json.dumps(page).encode()))
    assert isinstance(measure, Measure)
    return [(f"{one.on}", one.chamber) for one in measure.actions or ()]


def test_the_printed_day_is_the_day_and_the_letter_names_the_chamber() -> None:
    assert told(
        action("Governor Signed HEA No. 0016", "2026-03-05T23:59:04Z", "Governor"),
        action("S COW:Passed", "2026-02-26T10:00:00.123"),
        action("H COW:Passed", "2026-02-16T10:00:00", ""),
        action("Bill Number Assigned", "2025-12-01T00:00:00Z"),
    ) == [
        ("2025-12-01", ""),
        ("2026-02-16", "lower"),
        ("2026-02-26", "upper"),
        ("2026-03-05", "executive"),
    ]
    with pytest.raises(PageChanged, match="one of the places"):
        told(action("x", "2026-03-05T00:00:00Z", "Moon"))


def test_texts_of_one_path_are_one_version_and_a_blank_in_a_path_is_written_out() -> None:
    row = {
        "identifier": "HB0999",
        "session": "2026",
        "title": "T.",
        "description": "",
        "actions": [],
    }
    page = as_the_site_has_it(row) | {
        "enrolledAct": "/2026/Enroll/HB0999.pdf",
        "substituteBills": [
            {"linkText": "Substitute No. 1", "filePath": "2026/Substitutes/HB0999 1.pdf"},
            {"linkText": None, "filePath": "2026/Substitutes/HB0999 1.pdf"},
            {"linkText": "none yet", "filePath": None},
        ],
    }
    url = f"{SERVICE}/BillReferences?year=2026&billNumber=HB0999"
    (measure,) = Wyoming().read(Answer(url, json.dumps(page).encode()))
    assert isinstance(measure, Measure)
    assert [
        (one.note, one.url.removeprefix("https://wyoleg.gov/")) for one in measure.versions or ()
    ] == [
        ("Introduced", "2026/Introduced/HB0999.pdf"),
        ("Substitute No. 1", "2026/Substitutes/HB0999%201.pdf"),
        ("Enrolled", "2026/Enroll/HB0999.pdf"),
    ]
    source = Wyoming()
    asked = [request.url for request in source.version_requests(measure)]
    assert [source.page_of(url).method for url in asked] == ["text"] * 3
