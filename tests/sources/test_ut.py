"""Utah: sessions by day, what is asked when, moments, who acts in a line, and real texts."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.ut import Utah
from spiders.legislatures.ut_bill import measure_of
from spiders.legislatures.ut_file import (
    Bill,
    Entry,
    code_of,
    data_url,
    moment,
    named_in_text_url,
    session_name,
)
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Chamber, VersionText

SITE = "https://le.utah.gov"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-20", ("2024GS", "2025GS")),
        ("2025-01-21", ("2025GS",)),
        ("2025-10-05", ("2025GS",)),
        ("2025-10-06", ("2025GS", "2025S1")),
        ("2025-11-01", ("2025GS", "2026GS", "2025S1")),
        ("2025-12-09", ("2025GS", "2026GS", "2025S2")),
        ("2026-01-19", ("2025GS", "2026GS")),
        ("2026-01-20", ("2026GS",)),
        ("2026-10-31", ("2026GS",)),
        ("2026-11-25", ("2026GS", "2027GS")),
        ("2027-01-18", ("2026GS", "2027GS")),
        ("2027-01-19", ("2027GS",)),
        ("2028-01-17", ("2027GS", "2028GS")),
        ("2028-01-18", ("2028GS",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert Utah(today=day).sessions(day) == sessions


def test_sessions_by_their_names() -> None:
    codes = ("2026GS", "2025S2", "2021X1")
    assert [session_name(code) for code in codes] == ["2026", "2025S2", "2021X1"]
    assert tuple(code_of(session_name(code)) for code in codes) == codes


@pytest.mark.parametrize(
    ("identifier", "file"),
    [("HB 386", "HB0386"), ("HB 1001", "HB1001"), ("SJR 2", "SJR002"), ("HR 1", "HR0001")],
)
def test_a_file_has_a_name_of_six_characters(identifier: str, file: str) -> None:
    assert data_url("2026GS", identifier) == f"{SITE}/data/2026GS/{file}.json"


def asked(today: str, *watched: str) -> list[str]:
    source = Utah(today=dt.date.fromisoformat(today), known=Known(watched=frozenset(watched)))
    return [request.url.removeprefix(SITE) for request in source.begin()]


def test_in_session_the_file_of_each_watched_bill_is_asked() -> None:
    watched = ("us-ut/2026/HB 386", "us-ut/2026/SCR 1", "us-ut/2025/HB 1", "us-va/2026/HB 1")
    files = ["/data/2026GS/HB0386.json", "/data/2026GS/SCR001.json"]
    bills = "/billlist.jsp?session=2026GS"
    assert asked("2026-02-02", *watched) == [bills, *files]
    assert asked("2026-06-02", *watched) == [bills]


def test_the_files_of_many_watched_bills_are_asked_in_turn() -> None:
    watched = [f"us-ut/2026/HB {number}" for number in range(1, 41)]
    rounds = [asked(f"2026-02-0{day}", *watched)[1:] for day in (2, 3, 4)]
    assert len({url for one in rounds for url in one}) == len(watched)
    assert max(map(len, rounds)) < 20


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("2026-01-20 15:38:22.000", "2026-01-20 15:38:22"),
        ("2026-01-31 23:18:35.99", "2026-01-31 23:18:35"),
        ("1/15/2026 1:41 PM", "2026-01-15 13:41:00"),
        ("03/07/2026", "2026-03-07 00:00:00"),
    ],
)
def test_moments_as_they_are_printed(printed: str, read: str) -> None:
    assert str(moment(printed)) == read


@pytest.mark.parametrize("printed", ["", "2026", "31/12/2026", "2026-02-30 01:00:00.000"])
def test_no_moment_is_guessed(printed: str) -> None:
    with pytest.raises(PageChanged, match="a moment as"):
        moment(printed)


def bill(*entries: Entry) -> Bill:
    return Bill(
        session_id="2027GS",
        bill_number="HB0901",
        short_title="[Fictional] Amendments",
        action_history_list=list(entries),
        bill_version_list=[],
    )


@pytest.mark.parametrize(
    ("words", "chamber"),
    [
        ("House/ passed 3rd reading", "lower"),
        ("Senate/ signed by President/ returned to House", "upper"),
        ("House/ to Governor", "executive"),
        ("Governor Line Item Veto", "executive"),
        ("Became Law w/o Governor Signature", "executive"),
        ("Bill Substituted by Sponsor in House Rules Comm", "lower"),
        ("Bill amended in Senate Rules Committee", "upper"),
        ("Bill Substituted by Conference Committee", "legislature"),
        ("Enrolled Bill Returned to House or Senate", "legislature"),
        ("Senate Comm - Favorable Recommendation", "upper"),
    ],
)
def test_the_words_tell_the_chamber(words: str, chamber: Chamber) -> None:
    entry = Entry(description=words, action_date="2/2/2027 1:00 PM")
    (action,) = measure_of(bill(entry), lambda why: None).actions or []
    assert (action.text, action.chamber) == (words, chamber)


def test_a_history_is_read_either_way() -> None:
    days = ("01/20/2027", "01/21/2027", "01/21/2027", "01/22/2027")
    entries = [Entry(description=f"House/ step {n}", action_date=day) for n, day in enumerate(days)]
    for listed in (entries, entries[::-1]):
        actions = measure_of(bill(*listed), lambda why: None).actions or []
        assert [action.text[-1] for action in actions] == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("2026/bills/introduced/HB0386.xml", ("2026", "HB 386", "Introduced")),
        ("2026/bills/introduced/HB0386S03.xml", ("2026", "HB 386", "Substitute #3")),
        ("2025S2/bills/enrolled/HB2001.pdf", ("2025S2", "HB 2001", "Enrolled")),
        ("2026/bills/amended/AV_HB0128_2026-01-26_10-34-22.xml", ()),
    ],
)
def test_what_the_address_of_a_text_tells(path: str, told: tuple[str, ...]) -> None:
    assert tuple(named_in_text_url(f"{SITE}/Session/{path}").values())[1:] == told


def found_title(text: str) -> str:
    return text.partition("<st>")[2].partition("</st>")[0]


@needs_shared("corpus/texts/ut")
@pytest.mark.parametrize(
    ("file", "identifier", "holds"),
    [
        ("HB386-HB0386_Introduced_xml.xml", "HB 386", "Immigration Amendments"),
        ("HB571-HB0571_Introduced_xml.xml", "HB 571", "Chief Sponsor: Trevor Lee"),
        ("SB328-SB0328_Introduced_xml.xml", "SB 328", "Municipal Service District Amendments"),
    ],
)
def test_texts_as_recorded(file: str, identifier: str, holds: str) -> None:
    name = identifier.replace(" ", "0")
    url = f"{SITE}/Session/2026/bills/introduced/{name}.xml"
    body = shared(f"corpus/texts/ut/{file}").read_bytes()
    (found,) = Utah().read(Answer(url, body))
    assert isinstance(found, VersionText)
    assert (found.key, found.note) == (f"us-ut/2026/{identifier}", "Introduced")
    assert holds in found.text
    assert found.text.startswith(found_title(body.decode()))
