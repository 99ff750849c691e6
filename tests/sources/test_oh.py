"""Ohio: General Assemblies by day, numbers and addresses, what is asked for whom, histories' ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.oh import Ohio
from spiders.legislatures.oh_rows import identifier_of, named_in
from spiders.reading import PageChanged
from tracker.canonical import listing_print
from tracker.model import Action, Chamber, Listing, Measure
from tracker.stages import shipped_stages

API = "https://search-prod.lis.state.oh.us/api/v2"
SITE = "https://www.legislature.ohio.gov/legislation"
LIST = f"{API}/general_assembly_136/legislation/"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-05", ["135"]),
        ("2025-01-06", ["135", "136"]),
        ("2025-01-31", ["135", "136"]),
        ("2025-02-01", ["136"]),
        ("2026-01-05", ["136"]),
        ("2026-12-31", ["136"]),
        ("2027-01-03", ["136"]),
        ("2027-01-04", ["136", "137"]),
        ("2027-02-01", ["137"]),
        ("2028-01-10", ["137"]),
        ("2029-01-01", ["137", "138"]),
    ],
)
def test_the_general_assemblies_of_a_day(today: str, sessions: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    ohio = Ohio(today=day)
    assert ohio.sessions(day) == sessions
    assert [request.url for request in ohio.begin()] == [
        f"{API}/general_assembly_{session}/legislation/" for session in sessions
    ]


def test_numbers() -> None:
    assert identifier_of("hb26") == "HB 26"
    assert identifier_of("scr7") == "SCR 7"
    for wrong in ("26", "hb", "hx1", "hb26/../sb1"):
        with pytest.raises(PageChanged):
            identifier_of(wrong)


@pytest.mark.parametrize(
    "url",
    [
        f"{LIST}hb26/",
        f"{LIST}hb26/00_IN/pdf/",
        f"{SITE}/136/hb26/status",
        f"{SITE}/136/hb26/documents",
    ],
)
def test_an_address_names_its_measure(url: str) -> None:
    assert named_in(url) == {"jurisdiction": "us-oh", "session": "136", "identifier": "HB 26"}


def row(number: str, title: str, **more: Any) -> dict[str, Any]:
    letters, digits = number[:2].upper(), number[2:]
    return {
        "name": f"{letters[0]}. {letters[1]}. No. {digits}",
        "number": number,
        "short_title": title,
        "long_title": f"{title}.",
        "sponsors": [],
        "cosponsors": [],
        "subjects": [],
        "versions": f"/api/v2/general_assembly_136/legislation/{number}/",
        **more,
    }


def followed(source: Ohio, rows: list[dict[str, Any]]) -> list[str]:
    things = source.read(Answer(LIST, msgspec.json.encode(rows)))
    sifted = [one for thing in things for one in source.sift(thing)]
    return [one.url for one in sifted if isinstance(one, Request)]


def test_the_status_is_asked_of_what_is_wanted() -> None:
    rows = [
        row("hb26", "Require cooperation in the enforcement of federal immigration laws"),
        row("hb9001", "[Fictional] Name a bridge"),
        row("hb9002", "[Fictional] Amend sections", subjects=[{"primary": "Immigration"}]),
        row("sb9003", "[Fictional] Name a road"),
    ]
    source = Ohio(known=Known(watched=frozenset({"us-oh/136/SB 9003"})))
    assert followed(source, rows) == [
        f"{SITE}/136/hb26/status",
        f"{SITE}/136/hb9002/status",
        f"{SITE}/136/sb9003/status",
    ]


def test_what_the_list_repeats_is_counted_once() -> None:
    source = Ohio()
    followed(source, [row("hb9001", "[Fictional] Name a bridge")] * 3)
    assert source.rejected == {"measure that the list repeats": 2}


def test_a_status_page_without_rows_says_nothing_and_is_counted() -> None:
    body = (
        "<html><head><title>House Bill 26 Status | 136th General Assembly |</title></head><body>"
        '<h1>House Bill 26 Status</h1><table class="legislation-status-table"><thead><tr>'
        "<th>Date</th><th>Chamber</th><th>Action</th><th>Committee</th></tr></thead>"
        "<tbody></tbody></table></body></html>"
    )
    source = Ohio()
    (part,) = source.read(Answer(f"{SITE}/136/hb26/status", body.encode()))
    assert isinstance(part, Measure)
    assert part.actions == []
    assert source.rejected == {"measure whose status page has no row yet": 1}


def status(known: Known) -> list[Any]:
    """Of a measure that the list of the same run has told, its status page in February."""
    body = (
        "<html><head><title>House Bill 26 Status | 136th General Assembly |</title></head><body>"
        '<h1>House Bill 26 Status</h1><table class="legislation-status-table"><thead><tr>'
        "<th>Date</th><th>Chamber</th><th>Action</th><th>Committee</th></tr></thead><tbody><tr>"
        '<th class="date-cell">01-02-2026</th><td class="chamber-cell">House</td>'
        '<td class="action-cell">Introduced</td><td class="committee-cell"></td></tr>'
        "</tbody></table></body></html>"
    )
    about = {"jurisdiction": "us-oh", "session": "136", "identifier": "HB 26"}
    source = Ohio(today=dt.date(2026, 2, 2), known=known)
    listed = Measure(**about, title="[Fictional] watched", url=f"{SITE}/136/hb26")
    source.told[listed.key] = listed
    return list(source.read(Answer(f"{SITE}/136/hb26/status", body.encode())))


def test_what_lies_still_costs_one_request() -> None:
    first = status(Known())
    assert sum(isinstance(thing, Request) for thing in first) == 3
    (row,) = (thing for thing in first if isinstance(thing, Listing))
    again = Known(prints={row.key: listing_print(row).hex()})
    assert status(again) == []


PASSED: list[tuple[str, Chamber]] = [
    ("Introduced", "lower"),
    ("Passed", "lower"),
    ("Introduced", "upper"),
    ("Informally passed", "upper"),
    ("Passed", "upper"),
    ("Sent To The Governor", "legislature"),
]


@pytest.mark.parametrize(
    ("rows", "last", "stage"),
    [
        (4, [], "passed_chamber"),
        (5, [], "passed_legislature"),
        (6, [], "to_governor"),
        (6, [("Signed By The Governor", "legislature")], "enacted"),
        (6, [("Vetoed By The Governor", "legislature")], "vetoed"),
    ],
)
def test_how_a_bill_ends(rows: int, last: list[tuple[str, Chamber]], stage: str) -> None:
    first = dt.date(2026, 1, 1)
    actions = [
        Action(on=first + dt.timedelta(days=number), text=text, chamber=chamber)
        for number, (text, chamber) in enumerate([*PASSED[:rows], *last])
    ]
    assert shipped_stages().derive("us-oh", "bill", actions).stage == stage
