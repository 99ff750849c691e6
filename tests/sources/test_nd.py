"""North Dakota: the assembly of a day, the schedule's days without a year, every real history."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import Any

import pytest

from spiders.answer import Answer
from spiders.legislatures.nd import NorthDakota
from spiders.reading import PageChanged, SourceError
from tests.shared import needs_shared, shared
from tracker.model import Action, Vote

BILLS = "corpus/scale-bills.jsonl.gz"
TEXT = "corpus/texts/nd/HB1303-25_0694_02000_FIRST_ENGROSSMENT_pdf.pdf"
CALENDAR = "recordings/nd/calendar.2025-12.html"
FILE = "https://ndlegis.gov/api/assembly/{}/data/bills.json"
SCHEDULE = "https://www.ndlegis.gov/legend/committee/hearings/public-schedule/?export=csv"
HEAD = "Hearing Date/Time,Bill,Agenda Time,Committee,Subcommittee,Room,Description\n"


@pytest.mark.parametrize(
    ("today", "assemblies"),
    [
        ("2025-01-07", ["69-2025"]),
        ("2025-12-15", ["69-2025"]),
        ("2026-01-21", ["69-2025"]),  # a special session, in the same file
        ("2026-11-30", ["69-2025"]),
        ("2026-12-01", ["69-2025", "70-2027"]),
        ("2027-01-01", ["70-2027"]),
        ("2028-06-30", ["70-2027"]),
        ("2028-12-31", ["70-2027", "71-2029"]),
    ],
)
def test_the_assemblies_of_a_day(today: str, assemblies: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    source = NorthDakota(today=day)
    assert source.sessions(day) == assemblies
    assert [request.url for request in source.begin()] == [*map(FILE.format, assemblies)]


def test_an_assembly_to_come_may_have_no_file_yet() -> None:
    missing = Answer(FILE.format("70-2027"), b"Not Found", 404)
    early = NorthDakota(today=dt.date(2026, 12, 5))
    assert [request.url for request in early.read(missing)] == [SCHEDULE]
    assert early.rejected == {"assembly without bills yet": 1}
    with pytest.raises(SourceError, match="HTTP 404"):
        list(NorthDakota(today=dt.date(2027, 1, 1)).read(missing))


@pytest.mark.parametrize(
    ("today", "assembly", "asked"),
    [
        ("2026-02-02", "69-2025", [SCHEDULE]),
        ("2026-12-05", "69-2025", []),
        ("2026-12-05", "70-2027", [SCHEDULE]),
    ],
)
def test_the_schedule_is_read_once_even_where_no_bill_has_moved(
    today: str, assembly: str, asked: list[str]
) -> None:
    source = NorthDakota(today=dt.date.fromisoformat(today))
    requests = source.unmodified(FILE.format(assembly), {})
    assert [request.url for request in requests] == asked


def heard(row: str, today: str) -> Any:
    source = NorthDakota(today=dt.date.fromisoformat(today))
    (hearing,) = source.read(Answer(SCHEDULE, (HEAD + row + "\n").encode()))
    return hearing


@pytest.mark.parametrize(
    ("today", "printed", "starts_at", "session"),
    [
        ("2025-01-20", "02/06 9:30 AM", "2025-02-06T09:30:00-06:00", "69"),
        ("2025-04-20", "4/22 02:00:PM", "2025-04-22T14:00:00-05:00", "69"),
        ("2026-12-30", "01/06 8:00 AM", "2027-01-06T08:00:00-06:00", "70"),
        ("2026-12-01", "12/08 2:00 PM", "2026-12-08T14:00:00-06:00", "70"),
        ("2027-01-03", "12/30 2:00 PM", "2026-12-30T14:00:00-06:00", "70"),
        ("2027-06-01", "02/29 12:00 PM", "2028-02-29T12:00:00-06:00", "70"),
    ],
)
def test_a_day_without_year_is_the_nearest(
    today: str, printed: str, starts_at: str, session: str
) -> None:
    hearing = heard(f"{printed},HB 1303,,House Judiciary,,327B,", today)
    assert (hearing.starts_at.isoformat(), hearing.session) == (starts_at, session)


@pytest.mark.parametrize(
    ("printed", "identifier"),
    [("HB 1303", "HB 1303"), ("2018", "SB 2018"), ("4022", "SCR 4022"), ("hcr3018", "HCR 3018")],
)
def test_a_number_without_letters_has_those_of_its_thousand(printed: str, identifier: str) -> None:
    row = f"02/06 9:30 AM,{printed},,House Judiciary,,327B,"
    assert heard(row, "2025-02-01").identifier == identifier


@pytest.mark.parametrize(
    "row", ["02/30 9:30 AM,HB 1303,,,,,", "02/06 9:30 AM,9303,,,,,", "soon,1303,,,,,"]
)
def test_what_is_no_day_or_no_bill_raises(row: str) -> None:
    with pytest.raises(PageChanged):
        heard(row, "2025-02-01")


@needs_shared(CALENDAR)
def test_the_real_interim_calendar_is_no_schedule_of_bills() -> None:
    source = NorthDakota(today=dt.date(2025, 12, 26))
    with pytest.raises(PageChanged, match="Hearing Date/Time"):
        list(source.read(Answer(SCHEDULE, shared(CALENDAR).read_bytes())))


@needs_shared(TEXT)
def test_the_real_text() -> None:
    url = "https://ndlegis.gov/assembly/69-2025/regular/documents/25-0694-02000.pdf"
    about = {
        "jurisdiction": "us-nd",
        "session": "69",
        "identifier": "HB 1303",
        "note": "FIRST ENGROSSMENT",
    }
    (text,) = NorthDakota().read(Answer(url, shared(TEXT).read_bytes(), context=about))
    assert "25.0694.02000" in text.text
    assert "sanctuary" in text.text


def as_the_site_has_it(bill: dict[str, Any]) -> dict[str, Any]:
    chambers = {"lower": "House", "upper": "Senate", "legislature": None}
    return {
        "name": bill["identifier"],
        "title": bill["title"],
        "summary": bill["description"] or "",
        "chamber": chambers[bill["chamber"]],
        "url": bill["url"],
        "sponsors": [],
        "actions": [
            {
                "description": action["text"],
                "date": f"{action['date']}T23:59:59",
                "chamber": chambers[action["chamber"]],
            }
            for action in bill["actions"]
        ],
        "versions": [
            {
                "lc_number": version["url"].rpartition("/")[2].removesuffix(".pdf"),
                "description": version["note"],
                "document_url": version["url"],
            }
            for version in bill["versions"]
        ],
    }


@needs_shared(BILLS)
def test_all_real_bills_of_the_69th_assembly() -> None:
    with gzip.open(shared(BILLS), "rt") as lines:
        rows = [json.loads(line) for line in lines if line.startswith('{"state":"ND"')]
    bills = {str(number): as_the_site_has_it(row) for number, row in enumerate(rows)}
    body = json.dumps({"assembly": 69, "assembly_name": "69th", "bills": bills}).encode()
    source = NorthDakota(today=dt.date(2025, 5, 2))
    *read, schedule = source.read(Answer(FILE.format("69-2025"), body))
    assert schedule.url == SCHEDULE
    measures = {measure.identifier: measure for measure in read}
    assert len(measures) == len(rows) == 1106
    for row in rows:
        assert len(measures[row["identifier"]].actions) == len(row["actions"])
    assert sum(measure.kind == "resolution" for measure in measures.values()) == 70
    counted = sum(len(measure.votes) for measure in measures.values())
    assert counted == sum(" nays " in a["text"] for row in rows for a in row["actions"])
    assert measures["HB 1303"].votes[0] == Vote(
        on=dt.date(2025, 2, 24), chamber="lower", motion="Second reading, passed", yes=82, no=11
    )
    assert measures["HB 1303"].actions[-1] == Action(
        on=dt.date(2025, 4, 21), text="Filed with Secretary Of State 04/16", chamber="legislature"
    )


def test_a_text_that_was_not_adopted_is_no_version() -> None:
    bill = as_the_site_has_it(
        {
            "identifier": "SB 2308",
            "title": "A BILL",
            "description": "",
            "chamber": "upper",
            "url": "",
            "actions": [],
            "versions": [
                {"note": "SECOND ENGROSSMENT - NOT ADOPTED", "url": "https://ndlegis.gov/2.pdf"},
                {"note": "INTRODUCED", "url": "https://ndlegis.gov/1.pdf"},
                {"note": "", "url": "https://ndlegis.gov/3.pdf"},
                {"note": "Fiscal Note", "url": "https://ndlegis.gov/4.pdf"},
            ],
        }
    )
    body = json.dumps({"assembly": 69, "assembly_name": "69th", "bills": {"sb2308": bill}}).encode()
    source = NorthDakota(today=dt.date(2027, 5, 2))
    (measure,) = source.read(Answer(FILE.format("69-2025"), body))
    assert [version.note for version in measure.versions] == ["INTRODUCED"]
    assert [(paper.kind, paper.note) for paper in measure.documents] == [
        ("other", "SECOND ENGROSSMENT - NOT ADOPTED"),
        ("other", "3"),
        ("fiscal_note", "Fiscal Note"),
    ]
