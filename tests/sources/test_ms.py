"""Mississippi: real texts known by their addresses, sessions by date, days without a year."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.legislatures.ms import Mississippi, history_page
from spiders.legislatures.ms_files import action, note
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, VersionText

TEXTS = "http://billstatus.ls.state.ms.us/documents/2026/html"
INTRODUCED = "recordings/ms/HB538__HB0538IN_As_Introduced.htm"


@pytest.mark.parametrize(
    ("today", "session"),
    [
        ("2025-01-06", "2024"),
        ("2025-01-07", "2025"),
        ("2026-01-05", "2025"),
        ("2026-01-06", "2026"),
        ("2026-12-31", "2026"),
        ("2027-01-04", "2026"),
        ("2027-01-05", "2027"),
        ("2028-01-04", "2028"),
    ],
)
def test_the_session_of_a_day(today: str, session: str) -> None:
    day = dt.date.fromisoformat(today)
    assert Mississippi(today=day).sessions(day) == [session]


def test_special_sessions_of_the_year_are_read_too() -> None:
    codes = ["2027", "20271E", "20272E", "2026", "20261E", "2027"]
    links = "".join(f'<a href="../{code}/pdf/mainmenu.htm">{code}</a>' for code in codes)
    url = "https://billstatus.ls.state.ms.us/sessions.htm"
    source = Mississippi(today=dt.date(2027, 8, 1))
    things = source.read(Answer(url, f"<html>{links}</html>".encode()))
    assert [thing.url for thing in things if isinstance(thing, Request)] == [
        f"https://billstatus.ls.state.ms.us/{code}/pdf/all_measures/allmsrs.xml"
        for code in ("2027", "20271E", "20272E")
    ]


@pytest.mark.parametrize(
    ("file", "address", "key", "named", "begins"),
    [
        (
            "HB538__HB0538IN_As_Introduced.htm",
            "HB/0500-0599/HB0538IN.htm",
            "us-ms/2026/HB 538",
            "As Introduced",
            "To: Judiciary A",
        ),
        (
            "HB538__HB0538PS_As_Passed_the_lower.htm",
            "HB/0500-0599/HB0538PS.htm",
            "us-ms/2026/HB 538",
            "As Passed the House",
            "(As Passed the House)",
        ),
        (
            "HB538__HB0538SG_Current_version.htm",
            "HB/0500-0599/HB0538SG.htm",
            "us-ms/2026/HB 538",
            "As Sent to Governor",
            "(As Sent to Governor)",
        ),
        (
            "SB2114__SB2114CS_Committee_Substitute.htm",
            "SB/2100-2199/SB2114CS.htm",
            "us-ms/2026/SB 2114",
            "Committee Substitute",
            "(COMMITTEE SUBSTITUTE)",
        ),
        (
            "SB2114__SB2114PS_As_Passed_the_upper.htm",
            "SB/2100-2199/SB2114PS.htm",
            "us-ms/2026/SB 2114",
            "As Passed the Senate",
            "(As Passed the Senate)",
        ),
        (
            "SR18__SR0018IN_Current_version.htm",
            "SR/SR0018IN.htm",
            "us-ms/2026/SR 18",
            "As Introduced",
            "By: Senator(s) Chism",
        ),
    ],
)
@needs_shared(INTRODUCED)
def test_a_real_text_is_known_by_its_address(
    file: str, address: str, key: str, named: str, begins: str
) -> None:
    body = shared(f"recordings/ms/{file}").read_bytes()
    (text,) = Mississippi().read(Answer(f"{TEXTS}/{address}", body))
    assert isinstance(text, VersionText)
    assert (text.key, text.note) == (key, named)
    assert text.text.startswith("MISSISSIPPI LEGISLATURE\n\n2026 Regular Session\n\n")
    assert f"\n\n{begins}\n\n" in text.text


@needs_shared(INTRODUCED)
def test_a_real_text_at_the_address_of_another_is_refused() -> None:
    body = shared(INTRODUCED).read_bytes()
    with pytest.raises(PageChanged, match="a text of HB 539, found HB 538"):
        list(Mississippi().read(Answer(f"{TEXTS}/HB/0500-0599/HB0539IN.htm", body)))


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (
            "01/08 (H) Passed As Amended",
            Action(on=dt.date(2026, 1, 8), text="Passed As Amended", chamber="lower"),
        ),
        (
            "01/06 (S) Referred To Judiciary, Division B",
            Action(
                on=dt.date(2026, 1, 6), text="Referred To Judiciary, Division B", chamber="upper"
            ),
        ),
        (
            "03/17 Approved by Governor",
            Action(on=dt.date(2026, 3, 17), text="Approved by Governor", chamber="executive"),
        ),
        (
            "04/09 Partially Vetoed By Governor",
            Action(
                on=dt.date(2026, 4, 9), text="Partially Vetoed By Governor", chamber="executive"
            ),
        ),
        (
            "03/30 Suspend from Deadlines by HC 64",
            Action(
                on=dt.date(2026, 3, 30),
                text="Suspend from Deadlines by HC 64",
                chamber="legislature",
            ),
        ),
    ],
)
def test_lines_of_a_history(printed: str, read: Action) -> None:
    assert action(printed, "2026") == read
    assert action(printed, "20261E") == read


@pytest.mark.parametrize("printed", ["Approved by Governor", "1/6 (H) Passed", "13/06 (H) Passed"])
def test_a_line_without_a_day_raises(printed: str) -> None:
    with pytest.raises(PageChanged):
        action(printed, "2026")


def test_names_of_texts() -> None:
    assert note("SB", "PS") == "As Passed the Senate"
    assert note("HC", "XX") == "XX"


def test_addresses_of_histories() -> None:
    site = "https://billstatus.ls.state.ms.us"
    assert history_page("2026", "HB 538") == f"{site}/2026/pdf/history/HB/HB0538.xml"
    assert history_page("20261E", "SB 2001") == f"{site}/20261E/pdf/history/SB/SB2001.xml"
