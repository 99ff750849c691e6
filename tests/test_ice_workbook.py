"""Reading ICE's 287(g) workbooks: exact counts of the recorded ones, and hostile files."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from functools import cache

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from spiders.federal import xlsx
from spiders.federal.ice_address import ice_address
from spiders.federal.ice_workbook import SwappedList, read_workbook
from spiders.reading import Implausible, PageChanged, SourceError
from tests.ice_lists import (
    CATALOG,
    PARTICIPATING,
    PENDING,
    RECORDINGS,
    catalog,
    part,
    recorded,
    recorded_names,
    with_part,
    workbook,
)
from tests.shared import needs_shared, shared
from tracker.agreements import TERRITORIES, agency_key
from tracker.model import Agreement, item_from_json, to_json
from tracker.paths import shipped

DAY = dt.date(2026, 2, 17)
SIGNED = dt.datetime(2026, 1, 26)  # noqa: DTZ001 - as a spreadsheet gives a day
ROW = (
    "TEXAS",
    "Example County Sheriff's Office",
    "County",
    "Example County",
    "Task Force Model",
    SIGNED,
    "link",
)


def read(body: bytes, **more: object) -> list[Agreement]:
    return read_workbook(body, list_name=None, as_of=DAY, **more)[1]  # type: ignore[arg-type]


# -- the recorded workbooks ------------------------------------------------------------------------


def names_by_code() -> dict[str, str]:
    text = (shipped("db") / "baseline" / "ice-287g-aliases.yaml").read_text("utf-8")
    return {code: name for name, code in yaml.safe_load(text)["states"].items()}


def effective_day(agreement: Agreement) -> str:
    """The day as the catalogue counts it: impossible years too, unreadable text not."""
    printed = agreement.signed_as_printed
    is_day = len(printed) == 10 and printed[4] == "-"
    return str(agreement.signed_on or (printed if is_day else ""))


def figures(agreements: list[Agreement]) -> dict[str, object]:
    """The catalogue's figures, counted from what was read."""
    names = names_by_code()
    agency = {id(a): (a.state, agency_key(a.agency)) for a in agreements}
    per_agency = Counter(agency.values())
    twins = Counter((*agency[id(a)], a.model) for a in agreements)
    same = Counter((*agency[id(a)], a.model, effective_day(a)) for a in agreements)
    codes = {a.state for a in agreements}
    agencies_by_state = Counter(state for state, _ in per_agency)
    states_by_model = defaultdict(set)
    for a in agreements:
        states_by_model[a.model].add(a.state)
    days = sorted(filter(None, map(effective_day, agreements)))
    return {
        "rows": len(agreements),
        "distinct_agencies": len(per_agency),
        "jurisdictions": len(codes),
        "states": len(codes - TERRITORIES),
        "territories": sorted(names[code] for code in codes & TERRITORIES),
        "rows_by_support_type": Counter(a.model for a in agreements),
        # The catalogue counts territories in this one.
        "states_by_support_type": {model: len(where) for model, where in states_by_model.items()},
        "rows_by_state": Counter(names[a.state] for a in agreements),
        "agencies_by_state": {names[code]: n for code, n in agencies_by_state.items()},
        "rows_by_agency_type": Counter(a.agency_type or "blank" for a in agreements),
        "signed_min": days[0] if days else None,
        "signed_max": days[-1] if days else None,
        "exact_duplicate_rows": [
            {
                "state": names[state],
                "agency": key,
                "support": model,
                "signed": day,
                "count": count,
            }
            for (state, key, model, day), count in same.items()
            if count > 1
        ],
        "same_agency_and_model_more_than_once": sum(n > 1 for n in twins.values()),
        "agencies_with_2_rows": sum(n == 2 for n in per_agency.values()),
        "agencies_with_3_or_more_rows": sum(n > 2 for n in per_agency.values()),
        "addendum_hyperlinks": sum(bool(a.addendum_url) for a in agreements),
    }


@needs_shared(RECORDINGS)
@pytest.mark.parametrize("name", recorded_names())
def test_recorded_workbook_gives_the_catalogued_figures(name: str) -> None:
    expected = catalog()["snapshots"][name]["expected"]
    found = figures(recorded(name)[1])
    shown = {key: value for key, value in found.items() if key in expected}
    assert shown == {key: expected[key] for key in shown}
    assert len(shown) >= 11


@needs_shared(RECORDINGS)
@pytest.mark.parametrize("name", recorded_names())
def test_cells_are_read_as_printed(name: str) -> None:
    expected = catalog()["snapshots"][name]["expected"]["distinct_agency_names_as_printed"]
    sheet = xlsx.read_sheets((shared(RECORDINGS) / name).read_bytes())[0]
    names = {row[1] for row in sheet.rows[1:] if str(row[1]).strip()}
    assert len(names) == expected


@needs_shared(RECORDINGS)
@pytest.mark.parametrize("name", recorded_names())
def test_recorded_signed_cells_that_are_no_day_are_kept_as_printed(name: str) -> None:
    expected = catalog()["snapshots"][name]["expected"]
    agreements = recorded(name)[1]
    printed = Counter((a.agency, a.signed_as_printed) for a in agreements if a.signed_as_printed)
    unparsed = Counter((row["agency"], row["value"]) for row in expected.get("signed_unparsed", []))
    assert not unparsed - printed
    impossible = {(row["agency"], row["value"]) for row in expected.get("signed_implausible", [])}
    slips = {
        # The memorandum linked from the row is of 2026-01-07.
        ("Tenaha Police Department", "2025-01-07")
    }
    assert set(printed - unparsed) <= impossible | slips
    # Agreements of 2016 to 2019 on the list of 2021 are real; the catalogue only marks them old.
    late = {(agency, day) for agency, day in impossible if day > "2026"}
    assert late <= set(printed)


@needs_shared(RECORDINGS)
@pytest.mark.parametrize("name", recorded_names())
def test_every_recorded_link_is_a_plain_address_of_ice(name: str) -> None:
    agreements = recorded(name)[1]
    linked = catalog()["snapshots"][name]["expected"].get("moa_status", {}).get("linked")
    urls = [a.moa_url for a in agreements if a.moa_url]
    assert linked is None or len(urls) == linked
    assert all(url.startswith("https://www.ice.gov/doclib/") for url in urls)
    assert not any(mark in url for url in urls for mark in ("safelinks", "web.archive", " ", "%25"))


@needs_shared(RECORDINGS)
@pytest.mark.parametrize("name", recorded_names())
def test_recorded_items_are_valid_items(name: str) -> None:
    about, agreements = recorded(name)
    assert about.rows == len(agreements)
    assert about.file_name == name
    assert about.sha256 == hashlib.sha256((shared(RECORDINGS) / name).read_bytes()).hexdigest()
    for item in (about, *agreements):
        assert item_from_json(to_json(item)) == item


@needs_shared(CATALOG)
@pytest.mark.parametrize(
    ("name", "called", "holds"),
    [
        ("participatingAgencies09222025pm.xlsx", "participating", "pending"),
        ("pendingAgencies09222025pm.xlsx", "pending", "participating"),
    ],
)
def test_the_swapped_lists_of_2025_09_22_are_noticed(name: str, called: str, holds: str) -> None:
    body = (shared(RECORDINGS) / name).read_bytes()
    with pytest.raises(SwappedList, match=f"expected the {called} list, found the {holds} list"):
        read_workbook(body, list_name=called, as_of=DAY)  # type: ignore[arg-type]
    assert recorded(name)[0].list == holds


@needs_shared(CATALOG)
def test_impossible_days_of_the_recorded_lists() -> None:
    july = recorded("participatingAgencies07082025pm.xlsx")[1]
    assert {a.signed_as_printed for a in july} == {"", "7/72025", "05/082025", "5025-07-07"}
    assert all(a.signed_on is None for a in july if a.signed_as_printed)
    may = recorded("participatingAgencies05182026am.xlsx")[1]
    mohawk = next(a for a in may if a.agency.startswith("Mohawk Village"))
    assert (mohawk.signed_on, mohawk.signed_as_printed) == (None, "2016-03-19")


@needs_shared(CATALOG)
def test_signed_days_of_the_last_recorded_list_over_time() -> None:
    agreements = recorded("participatingAgencies05182026am.xlsx")[1]
    # The one slip of the year; the catalogue reads it as the day its memorandum bears.
    days = [str(a.signed_on or a.signed_as_printed.replace("2016-", "2026-")) for a in agreements]
    series = catalog()["count_over_time"]["series"]
    column = "still_listed_2026_05_18_signed_by_date"
    assert {row["date"]: sum(day <= row["date"] for day in days) for row in series} == {
        row["date"]: row[column] for row in series
    }


# -- columns ---------------------------------------------------------------------------------------


def test_one_row_is_read_whole() -> None:
    body = workbook(
        PARTICIPATING,
        (*ROW, "link"),
        links={
            "G2": "https://www.ice.gov/doclib/287gMOA/a.pdf",
            "H2": "https://www.ice.gov/doclib/287gMOA/b.pdf",
        },
    )
    about, agreements = read_workbook(
        body, list_name="participating", as_of=DAY, file_name="a.xlsx"
    )
    assert (about.list, about.as_of, about.file_name, about.rows) == (
        "participating",
        DAY,
        "a.xlsx",
        1,
    )
    assert agreements == [
        Agreement(
            list="participating",
            as_of=DAY,
            state="tx",
            agency="Example County Sheriff's Office",
            model="Task Force Model",
            agency_type="County",
            county="Example County",
            signed_on=dt.date(2026, 1, 26),
            moa_url="https://www.ice.gov/doclib/287gMOA/a.pdf",
            addendum_url="https://www.ice.gov/doclib/287gMOA/b.pdf",
        )
    ]


def test_columns_are_found_by_name_in_any_order() -> None:
    header = ("signed ", "SUPPORT  TYPE", "State", "LAW ENFORCEMENT AGENCY")
    [agreement] = read(workbook(header, (SIGNED, "Jail Enforcement Model", "IOWA", "Example PD")))
    assert (agreement.state, agreement.model) == ("ia", "Jail Enforcement Model")
    assert (agreement.county, agreement.agency_type, agreement.moa_url) == ("", "", "")


@pytest.mark.parametrize(
    "header",
    [
        (*PARTICIPATING, "EXPIRES"),
        (*PARTICIPATING, "STATE"),
        ("STATE", "AGENCY", "SUPPORT TYPE", "SIGNED"),
        ("STATE", "LAW ENFORCEMENT AGENCY", "SIGNED"),
        ("JURISDICTION", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED"),
    ],
)
def test_a_header_not_wholly_understood_is_refused(header: tuple[str, ...]) -> None:
    with pytest.raises(PageChanged, match="STATE"):
        read(workbook(header, ROW))


def test_a_title_above_the_header_is_refused() -> None:
    with pytest.raises(PageChanged, match="one sheet with a STATE column in row 1"):
        read(workbook(("287(g) participating agencies",), PARTICIPATING, ROW))


def test_unnamed_columns_must_be_empty() -> None:
    header = (*PARTICIPATING, None, " ")
    assert len(read(workbook(header, (*ROW, "", " ")))) == 1
    with pytest.raises(PageChanged, match="something in row 3"):
        read(workbook(header, ROW, (*ROW, "", "expired")))


def test_working_sheets_beside_the_list_are_left_alone() -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(("Total", None, "JEM"))  # type: ignore[union-attr]
    book.active.append(("TEXAS", None, "TEXAS"))  # type: ignore[union-attr]
    sheet = book.create_sheet("Sheet 1")
    sheet.append(PARTICIPATING)
    sheet.append(ROW)
    out = io.BytesIO()
    book.save(out)
    assert len(read(out.getvalue())) == 1
    second = book.create_sheet("old")
    second.append(PARTICIPATING)
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(PageChanged, match="found 2 of"):
        read(out.getvalue())


# -- rows ------------------------------------------------------------------------------------------


def test_hidden_and_blank_rows() -> None:
    blank = (None, " ", "\xa0", None, None, None, None)
    body = workbook(PARTICIPATING, ROW, blank, ROW, blank, blank, hidden=(2, 4))
    assert len(read(body)) == 2


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ((None, *ROW[1:]), "state and agency in row 3"),
        ((ROW[0], "\u200b", *ROW[2:]), "state and agency in row 3"),
        ((None, None, "Total", None, None, None, "1,843"), "state and agency in row 3"),
        (("TEXARKANA", *ROW[1:]), "a state or territory in row 3, found 'TEXARKANA'"),
        (("TX", *ROW[1:]), "a state or territory in row 3, found 'TX'"),
        ((48, *ROW[1:]), "text as STATE in row 3"),
        ((ROW[0], "x" * 301, *ROW[2:]), "an agency's name in row 3, found 301 characters"),
        ((*ROW[:4], "Hybrid Model", *ROW[5:]), "a known support type in row 3"),
        ((*ROW[:4], None, *ROW[5:]), "a known support type in row 3"),
        ((*ROW[:4], "Jail & Task Force", *ROW[5:]), "a known support type in row 3"),
    ],
)
def test_a_row_not_understood_is_refused_with_its_number(
    row: tuple[object, ...], found: str
) -> None:
    with pytest.raises(PageChanged, match=found):
        read(workbook(PARTICIPATING, ROW, row))


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("UTAHJ", "ut"),
        ("UTAh", "ut"),
        ("PENNSLYVANIA", "pa"),
        ("WEST VIRGINA", "wv"),
        ("WEST\xa0VIRGINIA ", "wv"),
        ("MCHIGAN", "mi"),
        ("South Carolina", "sc"),
        ("GUAM", "gu"),
        ("NORTHERN MARIANA ISLANDS", "mp"),
    ],
)
def test_states_as_ice_spells_them(printed: str, code: str) -> None:
    [agreement] = read(workbook(PARTICIPATING, (printed, *ROW[1:])))
    assert agreement.state == code


@pytest.mark.parametrize(
    ("printed", "model"),
    [
        ("Task Force Officer ", "Task Force Model"),
        ("Warrant Services Officer", "Warrant Service Officer"),
        ("Jail Enforcment Model ", "Jail Enforcement Model"),
        ("Tribal Task Force Model", "Tribal Task Force Model"),
        ("TASK FORCE MODEL", "Task Force Model"),
        ("Taks Force Model", "Task Force Model"),
        ("Warrent Service Officer", "Warrant Service Officer"),
        ("Task Force Model Tribal", "Tribal Task Force Model"),
    ],
)
def test_support_types_by_their_first_word(printed: str, model: str) -> None:
    [agreement] = read(workbook(PARTICIPATING, (*ROW[:4], printed, *ROW[5:])))
    assert agreement.model == model


@pytest.mark.parametrize(
    ("cell", "on", "printed"),
    [
        (SIGNED, dt.date(2026, 1, 26), ""),
        ("2026-01-26", dt.date(2026, 1, 26), ""),
        ("05/082025", None, "05/082025"),
        ("1/26/2026", dt.date(2026, 1, 26), ""),
        ("26/1/2026", None, "26/1/2026"),
        ("1/26/26", None, "1/26/26"),
        ("02/18/2026", None, "02/18/2026"),
        ("2026-02-30", None, "2026-02-30"),
        (dt.datetime(5025, 7, 7), None, "5025-07-07"),  # noqa: DTZ001
        (dt.datetime(2026, 2, 18), None, "2026-02-18"),  # noqa: DTZ001 - the day after the list
        (dt.datetime(2016, 3, 19), None, "2016-03-19"),  # noqa: DTZ001
        (" pending ", None, "pending"),
        (None, None, ""),
        (46048, None, "46048"),
    ],
)
def test_signed_cells(cell: object, on: dt.date | None, printed: str) -> None:
    first, second = read(workbook(PARTICIPATING, ROW, (*ROW[:5], cell, "link")))
    assert first.signed_on == dt.date(2026, 1, 26)
    assert (second.signed_on, second.signed_as_printed) == (on, printed)


def test_old_agreements_of_old_models_are_possible() -> None:
    body = workbook(
        PARTICIPATING,
        (*ROW[:4], "Jail Enforcement Model", dt.datetime(2016, 6, 8), ""),  # noqa: DTZ001
        (*ROW[:4], "Warrant Service Officer", dt.datetime(2016, 6, 8), ""),  # noqa: DTZ001
    )
    assert [a.signed_on for a in read(body)] == [dt.date(2016, 6, 8), None]


# -- which list it is ------------------------------------------------------------------------------


def test_the_list_is_told_by_its_columns() -> None:
    pending = workbook(PENDING, ROW[:5])
    assert read_workbook(pending, list_name="pending", as_of=DAY)[0].list == "pending"
    with pytest.raises(SwappedList):
        read_workbook(pending, list_name="participating", as_of=DAY)
    participating = workbook(PARTICIPATING, ROW)
    with pytest.raises(SwappedList) as raised:
        read_workbook(participating, list_name="pending", as_of=DAY)
    assert raised.value.kind == "suspect"


def test_a_pending_list_with_an_empty_signed_column_is_still_pending() -> None:
    body = workbook(PARTICIPATING, (*ROW[:5], None, "link pending"))
    assert read_workbook(body, list_name="pending", as_of=DAY)[0].list == "pending"


def test_only_the_pending_list_may_be_empty() -> None:
    assert read_workbook(workbook(PENDING), list_name="pending", as_of=DAY)[0].rows == 0
    with pytest.raises(Implausible, match="agreements on the participating list"):
        read_workbook(workbook(PARTICIPATING), list_name="participating", as_of=DAY)


# -- links -----------------------------------------------------------------------------------------

PLAIN = "https://www.ice.gov/doclib/287gMOA/ExampleCoTX_TFM_MOA_01262026.pdf"


@pytest.mark.parametrize(
    "printed",
    [
        PLAIN,
        PLAIN.replace("https", "http"),
        PLAIN.replace("https://", "https:/"),
        PLAIN.replace("www.", ""),
        f"  {PLAIN}\n",
        f"{PLAIN}#page=2",
        "chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/" + PLAIN.replace("//", "/"),
        "https://web.archive.org/web/20250119192356/" + PLAIN,
        "https://gcc02.safelinks.protection.outlook.com/?url="
        + PLAIN.replace(":", "%3A").replace("/", "%2F")
        + "&data=05%7C02&reserved=0",
    ],
)
def test_wrapped_addresses_become_plain(printed: str) -> None:
    assert ice_address(printed) == PLAIN


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "link",
        "link pending",
        "Cons",
        "https://www.ice.gov",
        "https://www.ice.gov.example.org/doclib/a.pdf",
        "https://www.ice.gov@example.org/doclib/a.pdf",
        "https://www.ice.gov:8443/doclib/a.pdf",
        "https://example.org/?url=https://www.ice.gov/a.pdf",
        "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa",
        "https://gcc02.safelinks.protection.outlook.com/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@ice.gov",
        "https://[::1/a",
        "https://www.ice.gov/" + "a" * 4_000,
    ],
)
def test_other_addresses_and_words_are_dropped(printed: str) -> None:
    assert ice_address(printed) == ""


def test_spaces_in_an_address_are_encoded_once() -> None:
    assert ice_address("https://www.ice.gov/doclib/287gJEM_ a%20b.pdf") == (
        "https://www.ice.gov/doclib/287gJEM_%20a%20b.pdf"
    )


@given(st.text(max_size=200))
def test_an_address_is_ices_or_nothing(printed: str) -> None:
    for text in (printed, f"https://www.ice.gov/{printed}"):
        found = ice_address(text)
        assert found == "" or (found.startswith("https://www.ice.gov/") and not found.split()[1:])
        assert ice_address(found) == found


def test_a_link_belongs_to_its_own_row_and_column() -> None:
    body = workbook(PARTICIPATING, ROW, ROW, links={"B2": PLAIN, "G3": PLAIN, "H2": PLAIN})
    first, second = read(body)
    assert (first.moa_url, first.addendum_url) == ("", PLAIN)
    assert (second.moa_url, second.addendum_url) == (PLAIN, "")


def test_a_link_over_several_rows_is_of_each() -> None:
    body = workbook(PARTICIPATING, ROW, ROW, ROW, links={"G2": PLAIN})
    sheet = part(body, SHEET).replace(b'ref="G2"', b'ref="G2:G3"')
    assert [a.moa_url for a in read(with_part(body, SHEET, sheet))] == [PLAIN, PLAIN, ""]
    for reference, says in (("A1:XFD1048576", "64 columns at most"), ("A1:Z99", "over at most")):
        far = sheet.replace(b"G2:G3", reference.encode())
        with pytest.raises(PageChanged, match=says):
            read(with_part(body, SHEET, far))


def test_a_bare_address_as_text_is_taken() -> None:
    [agreement] = read(workbook(PARTICIPATING, (*ROW[:6], PLAIN)))
    assert agreement.moa_url == PLAIN


# -- hostile files ---------------------------------------------------------------------------------

SHEET = "xl/worksheets/sheet1.xml"


def sheet_with(xml: bytes) -> bytes:
    """A workbook whose sheet has more XML before the end of its data."""
    body = workbook(PARTICIPATING, ROW)
    sheet = part(body, SHEET)
    return with_part(body, SHEET, sheet.replace(b"</sheetData>", xml + b"</sheetData>"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><title>Access Denied</title>",
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        workbook(PARTICIPATING, ROW)[:-40],
        b"PK" + b"0" * (xlsx.MAX_BODY + 1),
    ],
    ids=["empty", "html", "stub", "empty-zip", "cut", "long"],
)
def test_what_is_no_workbook_is_refused(body: bytes) -> None:
    with pytest.raises(PageChanged, match=r"PK|zip|workbook|bytes"):
        read(body)


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    bomb = with_part(workbook(PARTICIPATING, ROW), "xl/theme/a.xml", bytes(xlsx.MAX_MEMBER + 1))
    with pytest.raises(PageChanged, match="bytes at most in a part"):
        read(bomb)
    tight = with_part(workbook(PARTICIPATING, ROW), "xl/theme/a.xml", bytes(4 << 20))
    with pytest.raises(PageChanged, match="to 1 at most"):
        read(tight)


def test_an_archive_of_many_or_doubled_parts_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(xlsx.MAX_MEMBERS + 1):
            archive.writestr(f"{number}.xml", b"")
    with pytest.raises(PageChanged, match="parts, each once"):
        read(out.getvalue())
    doubled = io.BytesIO(workbook(PARTICIPATING, ROW))
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(doubled, "a") as archive,
    ):
        archive.writestr(SHEET, b"<worksheet/>")
    with pytest.raises(PageChanged, match="parts, each once"):
        read(doubled.getvalue())


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "BM2", "A0", "a1", "", "1A", "A١"])
def test_a_cell_far_away_or_nowhere_is_refused(reference: str) -> None:
    row = f'<row r="3"><c r="{reference}" t="n"><v>1</v></c></row>'.encode()
    with pytest.raises(PageChanged, match=r"address of a cell|rows and \d+ columns at most"):
        read(sheet_with(row))


def test_too_many_cells_are_refused() -> None:
    cells = b'<c r="A3"/>' * (xlsx.MAX_CELLS + 1)
    with pytest.raises(PageChanged, match=r"cells, found more|to 1 at most"):
        read(sheet_with(b'<row r="3">' + cells + b"</row>"))


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/SHAREDSTRINGS.XML"])
def test_a_long_text_that_cells_would_repeat_is_refused(name: str) -> None:
    text = b"y" * (xlsx.MAX_SHARED_TEXT // 2) + b"<b/>" + b"y" * xlsx.MAX_SHARED_TEXT
    texts = b"<sst><si><t>short</t></si><si><t>" + text + b"</t></si></sst>"
    with pytest.raises(PageChanged, match="characters at most in a cell"):
        read(with_part(workbook(PARTICIPATING, ROW), name.replace("XML", "xml"), texts))


@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_a_part_with_a_document_type_is_refused(name: str) -> None:
    body = workbook(PARTICIPATING, ROW)
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(PageChanged, match="DOCTYPE"):
        read(with_part(body, name, bomb + b"<a>&b;&c;</a>"))


def test_a_bound_is_not_evaded_by_a_namespace() -> None:
    row = b'<row r="3"><x:c xmlns:x="urn:x" r="XFD1048576"><v>1</v></x:c></row>'
    with pytest.raises(PageChanged, match="columns at most"):
        read(sheet_with(row))


def test_a_part_with_a_password_is_refused() -> None:
    body = bytearray(workbook(PARTICIPATING, ROW))
    entry = body.index(b"PK\x01\x02")
    body[entry + 8] |= 1
    with pytest.raises(PageChanged, match="without password"):
        read(bytes(body))


def test_macros_are_never_handed_on() -> None:
    body = with_part(workbook(PARTICIPATING, ROW), "xl/vbaProject.bin", b"\x00" * 64)
    assert "xl/vbaProject.bin" not in xlsx._parts(body)
    assert len(read(body)) == 1


@cache
def one_workbook() -> bytes:
    """Made once: a workbook carries the moment it was made, and so its size differs."""
    return workbook(PARTICIPATING, ROW)


@given(st.data())
def test_altered_bytes_are_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    body = bytearray(one_workbook())
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(SourceError):
        read(bytes(body))
