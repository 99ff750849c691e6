"""New Mexico: sessions by day, names of sessions and texts, rows without a day, the real pages."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.legislatures.nm import NewMexico
from spiders.legislatures.nm_names import (
    address_of,
    adjournment,
    last_day_to_sign,
    named_in_text_url,
    session_coded,
    session_named,
)
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Listing, Measure, Version

SITE = "https://www.nmlegis.gov"
RECORDED = "recordings/nm"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-20", ["2024", "2025"]),
        ("2025-01-21", ["2025"]),
        ("2025-11-20", ["2025"]),
        ("2025-12-14", ["2025"]),
        ("2025-12-15", ["2025", "2026"]),
        ("2026-01-19", ["2025", "2026"]),
        ("2026-01-20", ["2026"]),
        ("2026-12-15", ["2026", "2027"]),
        ("2027-01-18", ["2026", "2027"]),
        ("2027-01-19", ["2027"]),
        ("2028-01-17", ["2027", "2028"]),
        ("2028-01-18", ["2028"]),
        ("2028-12-31", ["2028", "2029"]),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    assert NewMexico(today=day).sessions(day) == sessions


@pytest.mark.parametrize(
    ("label", "code", "name"),
    [
        ("2026 Regular", "26", "2026"),
        ("2025 1st Special", "25s", "2025S1"),
        ("2025 2nd Special", "25s2", "2025S2"),
        ("2021 Special", "21s", "2021S1"),
        ("2022 3rd Special", "22s3", "2022S3"),
        ("2027 Regular", "27", "2027"),
    ],
)
def test_a_session_has_one_name(label: str, code: str, name: str) -> None:
    assert session_named(label) == session_coded(code) == name


def test_odd_years_have_sixty_days_and_even_ones_thirty() -> None:
    assert adjournment("2025") == dt.date(2025, 3, 22)
    assert adjournment("2026") == dt.date(2026, 2, 19)
    assert adjournment("2025S2") == dt.date(2025, 11, 17)
    assert adjournment("2029S1") is None
    assert last_day_to_sign("2025") == dt.date(2025, 4, 11)
    assert last_day_to_sign("2026") == dt.date(2026, 3, 11)


@pytest.mark.parametrize(
    ("path", "session", "identifier", "note"),
    [
        ("26%20Regular/bills/house/HB0009.HTML", "2026", "HB 9", "Introduced"),
        ("26%20Regular/bills/senate/SB0264RUS.PDF", "2026", "SB 264", "RU Substitute"),
        ("26%20Regular/final/HB0153.PDF", "2026", "HB 153", "Final Version"),
        ("25%20Special2/bills/senate/SB0001.HTML", "2025S2", "SB 1", "Introduced"),
        ("25%20Special/bills/house/HB0001.PDF", "2025S1", "HB 1", "Introduced"),
        ("18%20Regular/resolutions/house/HJR01.html", "2018", "HJR 1", "Introduced"),
        ("26%20Regular/Amendments_In_Context/SB0002.pdf", "2026", "SB 2", "Amendments in Context"),
    ],
)
def test_a_text_is_known_by_its_address(
    path: str, session: str, identifier: str, note: str
) -> None:
    found = named_in_text_url(f"{SITE}/Sessions/{path}")
    assert (found["session"], found["identifier"], found["note"]) == (session, identifier, note)


@pytest.mark.parametrize(
    "path",
    ["26%20Regular/bills/house/HB0009AF1.PDF", "26%20Regular/firs/HB0009.PDF", "x/../etc/passwd"],
)
def test_reports_and_analyses_are_no_versions(path: str) -> None:
    with pytest.raises(PageChanged):
        named_in_text_url(f"{SITE}/Sessions/{path}")


def test_what_is_amended_again_is_asked_for_again() -> None:
    source = NewMexico(today=dt.date(2026, 2, 2))
    url = f"{SITE}/Sessions/26%20Regular/Amendments_In_Context/SB0002.pdf"
    source.known.texts["us-nm/2026/SB 2"] = [url, "https://x.example/SB0002.html"]
    for address, new in ((url, True), ("https://x.example/SB0002.html", False)):
        assert source.is_new_text("us-nm/2026/SB 2", Version(note="x", url=address)) is new


def test_an_address_has_one_spelling() -> None:
    found = address_of(f"{SITE}/Legislation/Legislation?Chamber=h&LegType=jr&LegNo=007&year=25S2")
    assert found.identifier == "HJR 7"
    assert found.session == "2025S2"
    assert found.url == f"{SITE}/Legislation/Legislation?chamber=H&legType=JR&legNo=7&year=25s2"


def measure(file: str, query: str) -> Measure:
    url = f"{SITE}/Legislation/Legislation?{query}"
    body = shared(f"{RECORDED}/{file}").read_bytes()
    (found,) = NewMexico(today=dt.date(2019, 3, 15)).read(Answer(url, body))
    assert isinstance(found, Measure)
    return found


@needs_shared(RECORDED)
def test_a_signed_bill_as_recorded() -> None:
    found = measure("2019-SB11.html", "chamber=S&legType=B&legNo=11&year=19")
    assert (found.key, found.title) == (
        "us-nm/2019/SB 11",
        "GROSS RECEIPTS FOR NONPROFIT ORGANIZATIONS",
    )
    assert [(one.on.isoformat(), one.chamber, one.text) for one in found.actions or ()] == [
        ("2018-12-17", "upper", "Sent to SPREF - Referrals: SPREF"),
        ("2019-01-16", "upper", "Sent to SCORC - Referrals: SCORC/SFC"),
        ("2019-01-24", "upper", "SCORC: Reported by committee with Do Pass recommendation"),
        ("2019-02-01", "upper", "SFC: Reported by committee with Do Pass recommendation"),
        ("2019-02-05", "upper", "Passed in the Senate - Y:29 N:6"),
        ("2019-02-06", "lower", "Sent to HTRC - Referrals: HTRC"),
        ("2019-02-20", "lower", "HTRC: Reported by committee with Do Pass recommendation"),
        ("2019-02-24", "lower", "House of Representatives Floor Amendment"),
        ("2019-02-24", "lower", "Passed in the House of Representatives - Y:64 N:0"),
        ("2019-02-25", "upper", "Senate has concurred with House Amendments"),
        ("2019-02-28", "executive", "Signed by Governor - Chapter 44 - Feb. 28"),
    ]
    assert [(vote.chamber, vote.yes, vote.no) for vote in found.votes or ()] == [
        ("upper", 29, 6),
        ("lower", 64, 0),
    ]
    assert [(one.note, str(one.published_on)) for one in found.versions or ()] == [
        ("Introduced", "2018-12-17"),
        ("Amendments in Context", "None"),
        ("Final Version", "2019-02-28"),
    ]
    assert [(one.name, one.role) for one in found.sponsors or ()] == [
        ("Carlos R. Cisneros", "primary"),
        ("Richard C. Martinez", "primary"),
        ("Christine Chandler", "primary"),
        ("Andrea Romero", "primary"),
        ("Peter Wirth", "cosponsor"),
    ]
    assert found.committees == ["SCORC", "SFC", "HTRC"]
    assert [one.kind for one in found.documents or ()] == ["fiscal_note", *["other"] * 4]


@needs_shared(RECORDED)
def test_a_bill_in_committee_as_recorded() -> None:
    found = measure("2019-HB73.html", "chamber=H&legType=B&legNo=73&year=19")
    assert found.title == "EXEMPT NM FROM DAYLIGHT SAVINGS TIME"
    assert found.committees == ["HSEIC", "HJC"]
    last = (found.actions or [])[-1]
    assert (last.on, last.chamber) == (dt.date(2019, 1, 29), "lower")
    assert last.text.endswith("Do Pass recommendation with amendment(s)")


@needs_shared(RECORDED)
def test_the_list_as_recorded() -> None:
    """The recording holds 172 of its rows, so the number that the page tells is set to that."""
    body = shared(f"{RECORDED}/Legislation_List_Session=57.trimmed.html").read_bytes()
    whole = Answer(f"{SITE}/Legislation/Legislation_List?Session=57", body)
    source = NewMexico(today=dt.date(2019, 3, 15))
    with pytest.raises(PageChanged, match="1663 of 1663"):
        list(source.read(whole))
    cut = Answer(whole.url, body.replace(b"1663 of 1663", b"172 of 172"))
    found = [row for row in source.read(cut) if isinstance(row, Listing)]
    assert len(found) == 172
    assert {row.session for row in found} == {"2019"}
    wanted = {row.identifier: row.last_action for row in found if source.wants(row.key, row.title)}
    assert wanted["HB 195"] == "HPREF [2] HSEIC/HJC-HSEIC API."
    assert {"HB 624", "SB 196"} <= set(wanted)


@needs_shared(RECORDED)
def test_the_form_as_recorded_numbers_the_sessions() -> None:
    body = shared(f"{RECORDED}/Legislation_List_Session=57.trimmed.html").read_bytes()
    for day, numbers in (("2019-03-15", [57]), ("2020-07-01", [60, 59, 58]), ("2021-02-01", [61])):
        source = NewMexico(today=dt.date.fromisoformat(day))
        asked = list(source.read(Answer(f"{SITE}/Legislation/Legislation_List", body)))
        assert [request.url for request in asked if isinstance(request, Request)] == [
            f"{SITE}/Legislation/Legislation_List?Session={number}" for number in numbers
        ]
