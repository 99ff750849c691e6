"""Louisiana: sessions by day, years of days, numbers that change, which pages are turned when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.la import Louisiana
from spiders.legislatures.la_history import (
    Line,
    committees,
    dated,
    effective_on,
    relations,
    votes,
)
from spiders.legislatures.la_page import session_code, session_name, url_of
from spiders.reading import PageChanged
from tracker.model import Action

ROOT = Path(__file__).parents[1] / "recordings"
SITE = "https://www.legis.la.gov/legis"


def day(printed: str) -> dt.date:
    return dt.date.fromisoformat(printed)


def said(text: str) -> list[Action]:
    return [Action(on=day("2026-04-01"), chamber="lower", text=text)]


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-01", ["2025"]),
        ("2025-10-22", ["2025"]),
        ("2025-10-23", ["2025", "2025s1"]),
        ("2025-12-01", ["2025"]),
        ("2026-01-23", ["2026"]),
        ("2026-12-31", ["2026"]),
        ("2027-04-12", ["2027"]),
        ("2028-03-13", ["2028"]),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: list[str]) -> None:
    assert Louisiana(today=day(today)).sessions(day(today)) == sessions


@pytest.mark.parametrize(
    ("code", "name"), [("26RS", "2026"), ("251ES", "2025s1"), ("182ES", "2018s2"), ("27RS", "2027")]
)
def test_codes_and_names_of_sessions(code: str, name: str) -> None:
    assert (session_name(code), session_code(name)) == (name, code)
    assert url_of(name, "SB 194") == f"{SITE}/BillInfo.aspx?s={code}&b=SB194"


def test_a_session_of_another_kind_is_refused() -> None:
    with pytest.raises(PageChanged):
        session_name("26VS")


def test_a_run_begins_with_six_lists_the_calendar_and_in_session_what_is_watched() -> None:
    known = Known(watched=frozenset({"us-la/2026/SB 194", "us-la/2025/HB 1"}))
    lists = [
        f"{SITE}/BillSearchListQ.aspx?s=26RS&r={kind}1*"
        for kind in ("HB", "SB", "HCR", "SCR", "HR", "SR")
    ]
    summer = Louisiana(today=day("2026-08-04"), known=known).begin()
    assert [request.url for request in summer] == [*lists, f"{SITE}/ByCmte.aspx"]
    spring = Louisiana(today=day("2026-05-05"), known=known).begin()
    assert [request.url for request in spring][7:] == [f"{SITE}/BillInfo.aspx?s=26RS&b=SB194"]


def test_a_page_is_turned_by_the_form_sent_back() -> None:
    body = (ROOT / "la" / "list-first-page" / "list.html").read_bytes()
    url = f"{SITE}/BillSearchListQ.aspx?s=26RS&r=HB1*"
    *_, request = Louisiana(today=day("2026-06-02")).read(Answer(url, body))
    assert isinstance(request, Request)
    assert (request.url, request.method) == (url, "POST")
    fields = parse_qs(request.body.decode(), keep_blank_values=True)
    assert fields["__VIEWSTATE"] == ["dDwtMTE2"]
    target = "ctl00$ctl00$PageBody$PageContent$DataPager1$ctl02$ctl00"
    assert fields["__EVENTTARGET"] == [target]
    assert request.cb_kwargs["context"] == {"seen": ["HB 1", "HB 837"]}


def test_measures_of_a_list_that_did_not_grow_count_as_listed() -> None:
    keys = {f"us-la/2026/HB {number}" for number in (1, 837, 9001)}
    louisiana = Louisiana(
        today=day("2026-06-02"), known=Known(prints=dict.fromkeys(sorted(keys), "aa"))
    )
    body = (ROOT / "la" / "list-first-page" / "list.html").read_bytes()
    found = list(louisiana.read(Answer(f"{SITE}/BillSearchListQ.aspx?s=26RS&r=HB1*", body)))
    assert not [thing for thing in found if isinstance(thing, Request)]
    assert louisiana.listed == keys


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["06/01", "03/09", "02/20"], ["2026-02-20", "2026-03-09", "2026-06-01"]),
        (["02/20", "03/09", "06/01"], ["2026-02-20", "2026-03-09", "2026-06-01"]),
        (["03/09", "12/15"], ["2025-12-15", "2026-03-09"]),
        (["11/30", "06/01", "03/09"], ["2026-03-09", "2026-06-01", "2026-11-30"]),
        (["03/09", "12/15", "11/20"], ["2025-11-20", "2025-12-15", "2026-03-09"]),
    ],
)
def test_days_have_the_year_of_the_session_or_of_filing(
    days: list[str], expected: list[str]
) -> None:
    lines = [Line(printed, "H", "Prefiled.") for printed in days]
    assert [str(action.on) for action in dated(lines, 2026)] == expected


def test_what_happened_on_one_day_stays_newest_first_as_the_stages_know() -> None:
    lines = [Line("05/27", "S", "c"), Line("05/26", "S", "b"), Line("05/26", "H", "a")]
    assert [action.text for action in dated(lines, 2026)] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("line", "kind", "identifier"),
    [
        ("Becomes HB 1009.", "substituted_by", "HB 1009"),
        ("Becomes HCR 12.", "substituted_by", "HCR 12"),
        ("Title of substitute read and adopted; becomes Senate Bill No. 480.",
         "substituted_by", "SB 480"),
        ("Substitute for Senate Bill No. 12. Read by title.", "substitutes", "SB 12"),
        ("Read by title, lies over, substitute for HCR No. 3 reported by the Committee on Rules.",
         "substitutes", "HCR 3"),
    ],
)  # fmt: skip
def test_a_number_that_changes_is_linked(line: str, kind: str, identifier: str) -> None:
    (found,) = relations(said(line))
    assert (found.kind, found.identifier) == (kind, identifier)


def test_becoming_an_act_is_no_change_of_number() -> None:
    assert not list(relations(said("Signed by the Governor. Becomes Act No. 745.")))


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Roll called on final passage, yeas 104, nays 0. Finally passed.", (104, 0)),
        ("Read by title, passed by a vote of 25 yeas and 10 nays.", (25, 10)),
        ("Reported with amendments (8-3).", None),
    ],
)
def test_counts_of_votes(line: str, count: tuple[int, int] | None) -> None:
    assert [(vote.yes, vote.no) for vote in votes(said(line))] == ([count] if count else [])


@pytest.mark.parametrize(
    ("line", "effective"),
    [
        ("Effective date: 06/18/2026.", day("2026-06-18")),
        ("Effective date 8/1/2026.", day("2026-08-01")),
        ("Effective date: See Act.", None),
    ],
)
def test_only_one_plain_day_is_an_effective_day(line: str, effective: dt.date | None) -> None:
    assert effective_on(said(line)) == effective


@pytest.mark.parametrize(
    ("line", "committee"),
    [
        ("Read by title, under the rules, referred to the Committee on Agriculture, Forestry, "
         "Aquaculture, and Rural Development.", "Agriculture, Forestry, Aquaculture, and Rural "
         "Development"),
        ("Read by title and recommitted to the Committee on Finance.", "Finance"),
        ("Reported with amendments (8-3). Referred to the Legislative Bureau.", None),
    ],
)  # fmt: skip
def test_committees_stand_in_the_words(line: str, committee: str | None) -> None:
    assert committees(said(line)) == ([committee] if committee else [])
