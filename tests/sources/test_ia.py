"""Iowa: sessions by day, what is asked of the site and when, numbers that change, real texts."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qs

import msgspec
import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.ia import Iowa
from spiders.legislatures.ia_history import actions_of, hearings, relations_told, votes_of
from spiders.legislatures.ia_rows import assembly_of, session_of
from spiders.legislatures.ia_text import lines_of
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Measure, VersionText

SITE = "https://www.legis.iowa.gov"
KEY = "us-ia/2025-2026/HF 9000"
LIST = f"{SITE}/legislation/findLegislation/allbills?ga=91"
ABOUT: dict[str, Any] = {"jurisdiction": "us-ia", "session": "2025-2026", "identifier": "HF 9000"}


@pytest.mark.parametrize(
    ("today", "session", "assembly"),
    [
        ("2025-01-12", "2023-2024", "90"),
        ("2025-01-13", "2025-2026", "91"),
        ("2026-12-31", "2025-2026", "91"),
        ("2027-01-10", "2025-2026", "91"),
        ("2027-01-11", "2027-2028", "92"),
        ("2028-12-31", "2027-2028", "92"),
    ],
)
def test_the_session_of_a_day(today: str, session: str, assembly: str) -> None:
    day = dt.date.fromisoformat(today)
    assert Iowa().sessions(day) == [session]
    assert (assembly_of(session), session_of(assembly)) == (assembly, session)
    (request,) = Iowa(today=day).begin()
    assert request.url.endswith(f"allbills?ga={assembly}")
    assert request.headers["X-Requested-With"] == b"XMLHttpRequest"


def bills(title: str = "A bill for an act relating to nothing (fictional).") -> Answer:
    head = "".join(
        f"<th>{name}</th>"
        for name in ("Bill_prefix", "Bill", "Bill Title", "Companion", "Similar", "Sponsor")
    )
    cells = (
        "HF",
        "<a href='/legislation/BillBook?ga=91&ba=HF 9000'>HF 9000</a>",
        title,
        "",
        "",
        "",
    )
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    body = f'<table id="sortableTable"><tr>{head}</tr><tr>{row}</tr></table>'
    return Answer(LIST, body.encode())


def asked(source: Iowa, answer: Answer) -> list[Request]:
    things = [kept for thing in source.read(answer) for kept in source.sift(thing)]
    return [thing for thing in things if isinstance(thing, Request)]


@pytest.mark.parametrize(
    ("today", "known", "is_asked"),
    [
        ("2026-02-02", Known(), False),
        ("2026-02-02", Known(watched=frozenset({KEY}), texts={KEY: ["x"]}), True),
        ("2026-08-03", Known(watched=frozenset({KEY}), texts={KEY: ["x"]}), False),
        ("2026-08-03", Known(watched=frozenset({KEY})), True),
        ("2026-08-03", Known(asked=frozenset({KEY}), texts={KEY: ["x"]}), True),
    ],
    ids=["off topic", "in session", "after it", "never read", "asked for"],
)
def test_actions_are_asked_for_while_they_may_move(
    today: str, known: Known, *, is_asked: bool
) -> None:
    requests = asked(Iowa(today=dt.date.fromisoformat(today), known=known), bills())
    assert [request.method for request in requests] == (["POST"] if is_asked else [])
    for request in requests:
        form = {name: value for name, (value,) in parse_qs(request.body.decode()).items()}
        expected = {"ga": "91", "billName": "HF 9000", "action": "getBillAction", "bl": "false"}
        assert form == expected
        assert request.headers["X-Requested-With"] == b"XMLHttpRequest"


def test_actions_of_many_are_asked_for_in_turn() -> None:
    others = {f"us-ia/2025-2026/SF {number}" for number in range(1, 40)}
    known = Known(watched=frozenset({KEY, *others}), texts={KEY: ["x"]})
    days = [dt.date(2026, 2, 2) + dt.timedelta(days=nth) for nth in range(4)]
    assert sum(len(asked(Iowa(today=day, known=known), bills())) for day in days) == 1
    lively = msgspec.structs.replace(known, lively=frozenset({KEY}))
    assert sum(len(asked(Iowa(today=day, known=lively), bills())) for day in days) == 4


def moved(last: str, known: Known) -> list[str]:
    """What is asked for on 20 February, where the last action was on that day."""
    body = f"<table class=billActionTable><tr><td>{last}</td><td>Introduced.</td></tr></table>"
    source = Iowa(today=dt.date(2026, 2, 20), known=known)
    url = f"{SITE}/legislation/BillBook"
    return [one.url for one in asked(source, Answer(url, body.encode(), context=ABOUT))]


def test_texts_are_looked_for_where_a_bill_moved_or_was_never_read() -> None:
    page = f"{SITE}/legislation/BillBook?ga=91&ba=HF%209000"
    read = Known(texts={KEY: ["x"]})
    assert moved("02/19/2026", read) == [page]
    assert moved("01/19/2026", read) == []
    assert moved("01/19/2026", Known()) == [page]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("A bill for an act relating to x. (Formerly HSB 285.)", [("substitutes", "HSB 285")]),
        ("A bill for an act relating to x. (See HF 946.)", [("substituted_by", "HF 946")]),
        ("A bill for an act relating to x. (Formerly HSB 285.) (See HF 946, SF 12.)",
         [("substituted_by", "HF 946"), ("substituted_by", "SF 12"), ("substitutes", "HSB 285")]),
        ("A bill for an act relating to x.", []),
    ],
)  # fmt: skip
def test_numbers_that_change_are_told_by_notes_after_a_title(
    title: str, told: list[tuple[str, str]]
) -> None:
    (measure,) = (one for one in Iowa().read(bills(title)) if isinstance(one, Measure))
    assert measure.title == "A bill for an act relating to x."
    assert [(one.kind, one.identifier) for one in measure.relations or ()] == told


def action(words: str, chamber: Any = "") -> Action:
    return Action(on=dt.date(2026, 2, 19), text=words, chamber=chamber)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Committee report approving bill, renumbered as HF 189.", [("substituted_by", "HF 189")]),
        ("HF 767 substituted.", [("substituted_by", "HF 767")]),
        ("Substituted for SF 12.", [("substitutes", "SF 12")]),
        ("Message from House, with amendment S-5186.", []),
        ("Attached to SF 12.", []),
    ],
)
def test_numbers_that_change_are_told_by_actions(words: str, told: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.identifier) for one in relations_told([action(words)])] == told


@pytest.mark.parametrize(
    ("words", "text", "chamber"),
    [
        (
            "Introduced, referred to Education. H.J. 38.",
            "Introduced, referred to Education.",
            "lower",
        ),
        ("Passed Senate, yeas 46, nays 0. S.J. 412.", "Passed Senate, yeas 46, nays 0.", "upper"),
        ("Subcommittee: Holt, James. HCS", "Subcommittee: Holt, James.", "lower"),
        ("Message from Senate. <a>H.J. 5</a>.", "Message from Senate.", "lower"),
        ("Fiscal note.", "Fiscal note.", ""),
    ],
)
def test_a_page_of_a_journal_tells_the_chamber(words: str, text: str, chamber: str) -> None:
    body = f"<table><tr><td>02/19/2026</td><td>{words}</td></tr></table>".encode()
    table = Answer(SITE, body).soup(whole=False).table
    assert table
    assert actions_of(table) == [action(text, chamber)]


@pytest.mark.parametrize(
    ("words", "yes", "no"),
    [
        ("Passed House, yeas 92, nays 0.", 92, 0),
        ("Committee vote: Yeas, 15. Nays, 8.", 15, 8),
        ("Committee vote: Yeas,16. Nays, 7. Excused, 2.", 16, 7),
        ("Recorded vote on adoption: yeas 76, nays 10", 76, 10),
        ("Amendment H-8459, yeas 57, nays 28, adopted.", 57, 28),
    ],
)
def test_totals_are_read_from_the_words(words: str, yes: int, no: int) -> None:
    (vote,) = votes_of([action(words, "lower")])
    assert (vote.yes, vote.no, vote.chamber) == (yes, no, "lower")


@pytest.mark.parametrize(
    ("words", "place", "status"),
    [
        ("Subcommittee Meeting: 01/20/2026 11:30AM Room 315.", "Room 315", "scheduled"),
        ("Subcommittee Meeting: 01/28/2026 12:00PM RM 103 (Cancelled).", "RM 103", "cancelled"),
        ("Subcommittee Meeting: 01/28/2026 8:45AM House Lounge 2.", "House Lounge 2", "scheduled"),
        ("Subcommittee Meeting: 01/28/2026 8:45AM.", "", "scheduled"),
    ],
)
def test_meetings_are_read_from_the_words(words: str, place: str, status: str) -> None:
    measure = Measure(**ABOUT, actions=[action(words)])
    (found,) = hearings(measure, dt.date(2026, 1, 20), "America/Chicago")
    assert (found.place, found.status) == (place, status)
    assert found.starts_at
    assert found.starts_at.utcoffset() == dt.timedelta(hours=-6)
    assert not list(hearings(measure, dt.date(2026, 1, 29), "America/Chicago"))


def page(*spans: str) -> Answer:
    return Answer(SITE, f"<html><div class='p'>{''.join(spans)}</div></html>".encode())


def test_only_words_with_a_rule_through_them_are_struck_out() -> None:
    line = (
        "<span class='t' style='top:100px;'><span class='t' style='left:100px;'>may</span>"
        "<span class='t' style='left:130px;'>shall</span>"
        "<span class='t' style='left:85px;'><a name='3_12'>12</a></span></span>"
    )
    through = "<span class='l' style='left:100px;top:107px;width:22px;'></span>"
    under = "<span class='l' style='left:130px;top:114px;width:36px;'></span>"
    assert lines_of(page(line, through, under).soup()) == "shall"
    assert lines_of(page(line, under).soup()) == "may shall"
    with pytest.raises(PageChanged):
        lines_of(page(line, "<span class='l' style='left:100px;'></span>").soup())


@needs_shared("recordings/ia")
@pytest.mark.parametrize(
    ("file", "form", "key", "note", "holds"),
    [
        ("HF946__HF946_Introduced.html", "LGI/91/attachments/HF946", "HF 946", "Introduced",
         "An Act relating to the enforcement of immigration laws, and providing penalties."),
        ("HF946__HF946_Reprinted.html", "LGR/91/attachments/HF946", "HF 946", "Reprinted",
         "who knowingly and intentionally fails to comply with the requirements of this chapter"),
        ("SF2187__SF2187_Enrolled.html", "LGE/91/attachments/SF2187", "SF 2187", "Enrolled",
         "321.183A Citizenship and immigration status verification."),
        ("HSB37__HSB37_Introduced.html", "LGI/91/attachments/HSB37", "HSB 37", "Introduced",
         "for purposes of a driver’s license or nonoperator’s identification card"),
    ],
)  # fmt: skip
def test_texts_as_recorded(file: str, form: str, key: str, note: str, holds: str) -> None:
    url = f"{SITE}/docs/publications/{form}.html"
    body = shared(f"recordings/ia/{file}").read_bytes()
    (found,) = Iowa().read(Answer(url, body, headers={"content-type": "text/html"}))
    assert isinstance(found, VersionText)
    assert (found.key, found.note, found.url) == (f"us-ia/2025-2026/{key}", note, url)
    assert holds in found.text
