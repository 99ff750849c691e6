"""`tracker parse` on real recorded answers, and on files and addresses that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.shared import needs_shared, shared

RECORDINGS = Path(__file__).parents[1] / "recordings"
WA = "https://wslwebservices.leg.wa.gov/LegislationService.asmx"
ICE = "https://www.ice.gov/doclib/about/offices/ero/287g"
RECORDED = [
    ("va", "va/BILLS.20251.2025-04.trimmed.csv",
     "https://lis.blob.core.windows.net/lisfiles/20251/BILLS.CSV", "measure", 710),
    ("va", "va/SPONSORS.20261.trimmed.csv",
     "https://lis.blob.core.windows.net/lisfiles/20261/SPONSORS.CSV", "measure", 107),
    ("va", "va/Bills.241.legacy.trimmed.csv",
     "https://legacylis.virginia.gov/SiteInformation/csv/241/Bills.csv", "measure", 328),
    ("va", "va/History.241.legacy.trimmed.csv",
     "https://legacylis.virginia.gov/SiteInformation/csv/241/History.csv", "measure", 1427),
    ("mt", "mt/HB-278-raw-bill.2025-04-transmitted-to-governor.json",
     "https://api.legmt.gov/bills/v1/bills", "measure", 1),
    ("mt", "mt/HB-278-raw-bill.2025-05-chapter-assigned.json",
     "https://api.legmt.gov/bills/v1/bills", "measure", 1),
    ("wa", "wa/GetLegislationIntroducedSince.2026-01-14.trimmed.xml",
     f"{WA}/GetLegislationIntroducedSince?sinceDate=2025-12-01", "", 515),
    ("pa", "pa/bill-hb1486-2021.2024-12.html",
     "https://www.palegis.us/legislation/bills/2021/hb1486", "measure", 1),
    ("pa", "pa/bill-hb70-2023.browser-dom.2024-12.html",
     "https://www.palegis.us/legislation/bills/2023/hb70", "measure", 1),
    ("mn", "mn/SF3699__bill_content_2nd_Engrossment.html",
     "https://www.revisor.mn.gov/bills/94/2026/0/SF/3699/versions/2/", "version_text", 1),
    ("mn", "mn/HF3413__bill_content_Introduction.html",
     "https://www.revisor.mn.gov/bills/94/2026/0/HF/3413/versions/0/", "version_text", 1),
    ("us", "us/BILLSTATUS-119hr32.2025-02.xml",
     "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/hr/BILLSTATUS-119hr32.xml", "measure", 1),
    ("us", "us/BILLSTATUS-117hr6658.xml",
     "https://www.govinfo.gov/bulkdata/BILLSTATUS/117/hr/BILLSTATUS-117hr6658.xml", "measure", 1),
    ("us", "us/BILLSTATUS-117sconres7.v3.xml",
     "https://www.govinfo.gov/bulkdata/BILLSTATUS/117/sconres/BILLSTATUS-117sconres7.xml",
     "measure", 1),
    ("ice-287g", "ice-287g/participatingAgencies-20250221214937.xlsx",
     f"{ICE}/participatingAgencies.xlsx", "", 152),
    ("ice-287g", "ice-287g/participatingAgencies05182026am.xlsx",
     f"{ICE}/participatingAgencies05182026am.xlsx", "", 1844),
    ("ice-287g", "ice-287g/pendingAgencies02272026am.xlsx",
     f"{ICE}/pendingAgencies02272026am.xlsx", "", 3),
    ("federal-register", "federal/federalregister-executive-orders-donald-trump-2025.html",
     "https://www.federalregister.gov/presidential-documents/executive-orders/donald-trump/2025",
     "measure", 76),
]  # fmt: skip


@needs_shared("recordings")
@pytest.mark.parametrize(("source", "file", "url", "kind", "count"), RECORDED)
def test_real_answers_are_read(
    run: Run, source: str, file: str, url: str, kind: str, count: int
) -> None:
    path = shared("recordings") / file
    ran = run("parse", source, str(path), "--url", url, "--today", "2026-02-02")
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.rows) == count
    assert all("type" in row for row in ran.rows)
    if kind:
        assert {row["type"] for row in ran.rows} == {kind}


@needs_shared("recordings")
def test_a_list_says_how_many_rows_it_has(run: Run) -> None:
    path = shared("recordings/ice-287g/participatingAgencies05182026am.xlsx")
    ran = run("parse", "ice-287g", str(path), "--url", f"{ICE}/{path.name}")
    head, *rows = ran.rows
    assert (head["type"], head["list"], head["rows"]) == ("agreement_list", "participating", 1843)
    assert {row["type"] for row in rows} == {"agreement"}
    assert len(rows) == 1843


@needs_shared("recordings")
def test_a_real_bill_keeps_its_last_actions(run: Run) -> None:
    path = shared("recordings/mt/HB-278-raw-bill.2025-05-chapter-assigned.json")
    ran = run("parse", "mt", str(path), "--url", "https://api.legmt.gov/bills/v1/bills")
    (row,) = ran.rows
    assert row["identifier"] == "HB 278"
    assert [(one["on"], one["text"]) for one in row["actions"][-2:]] == [
        ("2025-04-16", "(H) Signed by Governor"),
        ("2025-04-17", "Chapter Number Assigned"),
    ]


REFUSED = [
    ("mn", "mn/SR60__wrong_page_Media_Minnesota_Senate.html",
     "https://www.revisor.mn.gov/bills/94/2026/0/SR/60/versions/0/",
     "changed: expected the mark b'<div id=\"document\"'"),
    ("us", "us/BILLSTATUS-117sconres7.old-format.xml",
     "https://www.govinfo.gov/bulkdata/BILLSTATUS/117/sconres/BILLSTATUS-117sconres7.xml",
     "changed: expected "),
    ("ice-287g", "ice-287g/ParticipatingEntities-20210113002027.xlsx",
     "https://www.ice.gov/identify-and-arrest/287g", "changed: expected the mark"),
    ("pa", "pa/senate-committee-index.html",
     "https://www.palegis.us/senate/committees/committee-list", "pa reads no page at this address"),
    ("federal-register", "federal/2025-02006-eo14159.pdf",
     "https://www.govinfo.gov/content/pkg/FR-2025-01-29/pdf/2025-02006.pdf",
     "federal-register reads no page at this address"),
]  # fmt: skip


@needs_shared("recordings")
@pytest.mark.parametrize(("source", "file", "url", "says"), REFUSED)
def test_real_answers_that_are_not_what_was_asked_for(
    run: Run, source: str, file: str, url: str, says: str
) -> None:
    ran = run("parse", source, str(shared("recordings") / file), "--url", url)
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err


@needs_shared("recordings")
def test_the_sites_own_none_is_told_beside_the_items(run: Run) -> None:
    path = shared("recordings/wa/soap-fault.2026-01-17.xml")
    url = f"{WA}/GetLegislationIntroducedSince?sinceDate=2025-12-01"
    ran = run("parse", "wa", str(path), "--url", url)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "The site says: No legislation data found\n"


BILL = "https://www.palegis.us/legislation/bills/2025/hb1"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "blocked: expected the mark b'id=\"billActions\"', found an empty body"),
        (b"<title>Just a moment...</title>", "found a challenge page"),
        (b"\x00\xff\x1b]0;title\x07", "changed: expected the mark"),
        (b"%PDF-1.7", "changed: expected the mark"),
        (b'<div id="billActions"></div>', "changed: expected"),
    ],
)
def test_a_wrong_file(run: Run, tmp_path: Path, body: bytes, says: str) -> None:
    (tmp_path / "page.html").write_bytes(body)
    ran = run("parse", "pa", "page.html", "--url", BILL)
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err
    assert ran.err.startswith(f"tracker: pa, {BILL}: ")
    assert "\x1b" not in ran.err


def test_a_page_that_breaks_off_gives_nothing(run: Run, tmp_path: Path) -> None:
    """Half a list is worse than none: no line is printed before the whole was read."""
    case = Path(__file__).parents[1] / "recordings" / "wa" / "introduced-since"
    body = (case / "list.xml").read_bytes()
    (tmp_path / "list.xml").write_bytes(body[: len(body) // 2])
    url = json.loads((case / "case.json").read_bytes())["url"]
    ran = run("parse", "wa", "list.xml", "--url", url)
    assert (ran.status, ran.out) == (1, "")
    assert "changed" in ran.err


def test_requests_are_shown_when_asked_for(run: Run) -> None:
    case = Path(__file__).parents[1] / "recordings" / "wa" / "introduced-since"
    known = json.loads((case / "case.json").read_bytes())
    url, today = known["url"], known.get("today", "2026-02-02")
    args = ("parse", "wa", str(case / "list.xml"), "--url", url, "--today", today)
    plain, asked = run(*args), run(*args, "--requests")
    assert [row for row in asked.rows if row["type"] != "request"] == plain.rows
    expected = [json.loads(line) for line in (case / "expected.jsonl").read_text().splitlines()]
    assert [row["url"] for row in asked.rows if row["type"] == "request"] == [
        row["request"] for row in expected if "request" in row
    ]


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["nope", "f", "--url", BILL], 1, "no source is called 'nope'. There are: "),
        (["pa", "absent", "--url", BILL], 1, "absent: no such file."),
        (["pa", "f"], 2, "Missing option '--url'"),
        (["pa", "f", "--url", "https://example.org/"], 1, "It reads what matches one of:"),
        (["pa", "f", "--url", BILL, "--about", "HB 1"], 1, "'HB 1' is not a measure's key"),
        (["pa", "f", "--url", BILL, "--today", "now"], 2, "'now' is not a day as YYYY-MM-DD"),
    ],
)
def test_what_is_wrong_is_told(
    run: Run, tmp_path: Path, args: list[str], status: int, says: str
) -> None:
    (tmp_path / "f").write_text("x")
    ran = run("parse", *args)
    assert (ran.status, ran.out) == (status, "")
    assert says in ran.err


def test_a_file_too_large_is_not_read(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "big.html").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    ran = run("parse", "pa", "big.html", "--url", BILL)
    assert (ran.status, ran.err) == (1, "tracker: big.html: larger than 67108864 bytes.\n")


def test_a_saved_file_of_an_unknown_address_is_known_by_its_mark(run: Run) -> None:
    (saved,) = (RECORDINGS / "va" / "bills").glob("*.[cC][sS][vV]")
    ran = run("parse", "va", str(saved), "--url", "https://saved.example/lisfiles/20261/a copy")
    assert ran.status == 0
    assert ran.err.startswith("By its mark, read as what is at ")
    assert {row["type"] for row in ran.rows} == {"measure"}
