"""Idaho: sessions by day, who writes a line of history, numbers, and the real texts recorded."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.answer import Answer
from spiders.legislatures.id import Idaho
from spiders.legislatures.id_page import address_of, measure_of, named_in_text_url, same_measure
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import VersionText

SITE = "https://legislature.idaho.gov"
TEXTS = f"{SITE}/wp-content/uploads/sessioninfo"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2022-08-31", ("2022",)),
        ("2022-09-01", ("2022", "2022spcl")),
        ("2022-10-01", ("2022",)),
        ("2025-01-05", ("2024",)),
        ("2025-01-06", ("2025",)),
        ("2025-12-31", ("2025",)),
        ("2026-01-11", ("2025",)),
        ("2026-01-12", ("2026",)),
        ("2027-01-10", ("2026",)),
        ("2027-01-11", ("2027",)),
        ("2028-01-09", ("2027",)),
        ("2028-01-10", ("2028",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    idaho = Idaho(today=day)
    assert idaho.sessions(day) == sessions
    lists = [f"{SITE}/sessioninfo/{session}/legislation/" for session in sessions]
    assert [request.url for request in idaho.begin()][: len(sessions)] == lists


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        ("2026-01-11", False),
        ("2026-01-12", True),
        ("2026-04-30", True),
        ("2026-05-01", False),
        ("2026-12-31", False),
    ],
)
def test_agendas_are_asked_for_while_committees_meet(today: str, asked: bool) -> None:
    requests = [request.url for request in Idaho(today=dt.date.fromisoformat(today)).begin()]
    agendas = [f"{SITE}/sessioninfo/agenda/{house}/" for house in ("hagenda", "sagenda")]
    assert requests[1:] == (agendas if asked else [])


@pytest.mark.parametrize(
    ("path", "session", "identifier"),
    [
        ("2026/legislation/H0659", "2026", "H 659"),
        ("2026/legislation/HJM020/", "2026", "HJM 20"),
        ("2022spcl/legislation/H0001/", "2022spcl", "H 1"),
        ("2027/legislation/SCR101/", "2027", "SCR 101"),
    ],
)
def test_a_measure_is_known_by_its_address(path: str, session: str, identifier: str) -> None:
    found = address_of(f"{SITE}/sessioninfo/{path}")
    assert (found.session, found.identifier) == (session, identifier)
    assert found.url == f"{SITE}/sessioninfo/{path.rstrip('/')}/"


def test_letters_of_amendments_are_no_part_of_a_number() -> None:
    found = address_of(f"{SITE}/sessioninfo/2025/legislation/H0083/")
    for printed in ("H0083", "H0083aaS", "H0083aa,aaS", "H0083aa, aaS", "H 083"):
        same_measure(found, printed)
    for printed in ("H0830", "S0083", "HCR083", "H0083ab"):
        with pytest.raises(PageChanged):
            same_measure(found, printed)


@pytest.mark.parametrize(
    ("file", "identifier", "note"),
    [
        ("2026/legislation/S1442.pdf", "S 1442", "Bill Text"),
        ("2026/legislation/S1442A1.pdf", "S 1442", "Amendment 1"),
        ("2026/legislation/S1442E1.pdf", "S 1442", "Engrossment 1"),
        ("2026/legislation/HJR006E1A2.pdf", "HJR 6", "Amendment 2 to Engrossment 1"),
    ],
)
def test_a_text_is_known_by_its_address(file: str, identifier: str, note: str) -> None:
    found = named_in_text_url(f"{TEXTS}/{file}")
    assert (found["identifier"], found["note"]) == (identifier, note)


def test_statements_of_purpose_are_no_versions() -> None:
    with pytest.raises(PageChanged):
        named_in_text_url(f"{TEXTS}/2026/legislation/H0659SOP.pdf")


def history(*lines: str) -> bytes:
    rows = "".join(f"<tr><td></td><td>03/02</td><td>{line}</td><td></td></tr>" for line in lines)
    table = '<table class="bill-table">{}</table>'.format
    return (
        "<html><body><div class='insert-page'>"
        + table("<tr><td>H0900</td><td></td><td>by RUBEL</td></tr>")
        + table("<tr><td>FICTIONAL</td></tr>")
        + f"<a href='{TEXTS}/2026/legislation/H0900.pdf'>Bill Text</a>"
        + table(rows)
        + "</div></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("line", "this", "following"),
    [
        ("Read second time; Filed for Third Reading", "lower", "lower"),
        ("Read third time – PASSED - 41-27-2 Title apvd - to Senate", "lower", "upper"),
        ("Received from the House passed; filed for first reading", "upper", "upper"),
        ("Returned From Senate Passed; to JRA for Enrolling", "lower", "lower"),
        ("Senate did not Concur in House Amendments", "upper", "upper"),
        ("House Concurred in Senate Amendments", "lower", "lower"),
        ("Reported Enrolled; Signed by Speaker; Transmitted to Senate", "lower", "upper"),
        ("Delivered to Governor at 11:33 a.m. on March 21, 2025", "executive", "lower"),
        ("Law without signature – March 28, 2025", "executive", "lower"),
        ("Reported signed by the Speaker & ordered delivered to Governor", "lower", "lower"),
        ("Read first time as amended in Senate; Filed for Second Reading", "lower", "lower"),
    ],
)
def test_the_words_tell_the_chamber(line: str, this: str, following: str) -> None:
    url = f"{SITE}/sessioninfo/2026/legislation/H0900/"
    body = history(line.replace("&", "&amp;"), "Retained on calendar")
    found = measure_of(Answer(url, body)).actions or []
    assert [action.chamber for action in found] == [this, following]


@pytest.mark.parametrize(
    ("line", "effective"),
    [
        ("Session Law Chapter 183 Effective: 03/27/2025", dt.date(2025, 3, 27)),
        ("Session Law Chapter 9 Effective: Retroactive to 01/01/2025", None),
        ("Session Law Chapter 9 Effective: 03/26/26 SECTION 2; 07/01/26 SECTION 1", None),
        ("Session Law Chapter 9 Effective: 07/01/2025; 07/01/2026 IDAPA Sunset Clause", None),
    ],
)
def test_only_one_plain_day_is_an_effective_day(line: str, effective: dt.date | None) -> None:
    url = f"{SITE}/sessioninfo/2026/legislation/H0900/"
    assert measure_of(Answer(url, history(f"Signed. {line}"))).effective_on == effective


def test_a_page_of_agendas_without_a_meeting_is_counted() -> None:
    idaho = Idaho(today=dt.date(2026, 2, 28))
    body = b'<html><body><div id="ai1ec-container"></div></body></html>'
    assert list(idaho.read(Answer(f"{SITE}/sessioninfo/agenda/sagenda/", body))) == []
    assert idaho.rejected == {"page of agendas without a meeting": 1}


@needs_shared("recordings/id")
@pytest.mark.parametrize(
    ("file", "name", "key", "begins", "holds"),
    [
        ("recordings/id/H0659__H0659_Bill_Text.pdf", "H0659", "us-id/2026/H 659",
         "LEGISLATURE OF THE STATE OF IDAHO", "HOUSE BILL NO. 659 BY LOCAL GOVERNMENT COMMITTEE"),
        ("recordings/id/H0660__H0660_Bill_Text.pdf", "H0660", "us-id/2026/H 660",
         "LEGISLATURE OF THE STATE OF IDAHO", "HOUSE BILL NO. 660 BY LOCAL GOVERNMENT COMMITTEE"),
        ("recordings/id/S1260__S1260_Bill_Text.pdf", "S1260", "us-id/2026/S 1260",
         "LEGISLATURE OF THE STATE OF IDAHO", "SENATE BILL NO. 1260 BY JUDICIARY AND RULES"),
        ("corpus/texts/id/S1247-S1247A5_Amendment_pdf.pdf", "S1247A5", "us-id/2026/S 1247",
         "LEGISLATURE OF THE STATE OF IDAHO", "HOUSE AMENDMENT TO S.B. NO. 1247"),
        ("corpus/texts/id/S1442-S1442E1_Engrossment_1_pdf.pdf", "S1442E1", "us-id/2026/S 1442",
         "LEGISLATURE OF THE STATE OF IDAHO", "SENATE BILL NO. 1442, As Amended"),
    ],
)  # fmt: skip
def test_texts_as_recorded(file: str, name: str, key: str, begins: str, holds: str) -> None:
    url = f"{TEXTS}/2026/legislation/{name}.pdf"
    (found,) = Idaho().read(Answer(url, shared(file).read_bytes()))
    assert isinstance(found, VersionText)
    assert (found.key, found.url) == (key, url)
    assert found.text.startswith(begins)
    assert holds in found.text
