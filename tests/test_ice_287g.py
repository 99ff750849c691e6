"""Two days of ICE's programme, from its page to what happened between its lists."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from scrapy.http import Request

from spiders.answer import Answer
from spiders.federal.ice_287g import Ice287g
from spiders.federal.ice_workbook import SwappedList
from tests.ice_lists import PARTICIPATING, PENDING, workbook
from tests.test_agreements import applied, kept
from tests.test_recordings import ROOT
from tracker.agreements import match
from tracker.model import Agreement, AgreementList

CASES = ROOT / "ice-287g"
DOWNLOAD = "https://www.ice.gov/file-download/download/public/209067"
ROW = ("TEXAS", "Example Police Department", "Municipality", "", "Task Force Model")


def day_of(day: str) -> tuple[list[AgreementList], list[Agreement]]:
    """Both lists of a recorded day, as one source reads them."""
    source = Ice287g(today=dt.date.fromisoformat(day))
    lists, agreements = [], []
    for name in ("participating", "pending"):
        folder = CASES / f"{name}-{day}"
        case = json.loads((folder / "case.json").read_text())
        body = (folder / case["file"]).read_bytes()
        for thing in source.read(Answer(case["url"], body, context=case["context"])):
            lists += [thing] if isinstance(thing, AgreementList) else []
            agreements += [thing] if isinstance(thing, Agreement) else []
    return lists, agreements


def test_a_fortnight_of_february_2026() -> None:
    before, after = day_of("2026-02-17"), day_of("2026-02-27")
    assert [(one.list, one.rows) for one in before[0]] == [("participating", 53), ("pending", 12)]
    known = kept(before[1])
    found = match(known, after[1])
    told = {
        kind: sorted(
            ((c.known or c.agreement).state, (c.known or c.agreement).agency)  # type: ignore[union-attr]
            for c in found.changes
            if c.kind == f"agreement_{kind}"
        )
        for kind in ("ended", "renamed", "activated", "new")
    }
    assert told["ended"] == [
        ("md", "Carroll County Sheriff’s Office"),
        ("md", "Cecil County Sheriff's Office"),
        ("md", "Harford County Sheriff's Office"),
        ("md", "St. Mary's County Sheriff's Office"),
        ("md", "Wicomico County Corrections Center"),
    ]
    assert told["renamed"] == [("ar", "Department of Public Safety-Crime Information Center")]
    assert told["activated"] == sorted(
        (a.state, a.agency) for a in before[1] if a.list == "pending"
    )
    assert ("ar", "Franklin County Sheriff's Office") in told["new"]
    assert len(found.closed) == 12
    assert match(applied(known, found), after[1]).changes == []


def test_requests_carry_the_list_they_are_for() -> None:
    source = Ice287g(today=dt.date(2026, 2, 17))
    body = (CASES / "programme-2026-02-17" / "page.html").read_bytes()
    requests = list(source.read(Answer(source.facts.home, body)))
    assert all(isinstance(one, Request) for one in requests)
    assert [one.cb_kwargs["context"] for one in requests if isinstance(one, Request)] == [
        {"list": "participating"},
        {"list": "pending"},
    ]
    assert source.rejected == {"a link to another file": 1}


@pytest.mark.parametrize(
    ("url", "disposition", "name"),
    [
        (DOWNLOAD, 'attachment; filename="287gParticipatingAgencies091526pm.xlsx"', None),
        (DOWNLOAD, "attachment; filename*=UTF-8''287gParticipatingAgencies091526pm.xlsx", None),
        (DOWNLOAD, 'attachment; filename="../../287gParticipatingAgencies091526pm.xlsx"', None),
        (DOWNLOAD, "", "209067"),
        ("https://www.ice.gov/doclib/a%20b.xlsx", "", "a b.xlsx"),
        ("https://www.ice.gov/doclib/a.xlsx", f'inline; filename="{"x" * 300}"', "x" * 200),
    ],
)
def test_the_file_is_named_as_the_answer_names_it(
    url: str, disposition: str, name: str | None
) -> None:
    source = Ice287g(today=dt.date(2026, 9, 15))
    headers = {"content-disposition": disposition} if disposition else {}
    about = next(iter(source.read(Answer(url, workbook(PENDING, ROW), headers=headers))))
    assert isinstance(about, AgreementList)
    assert about.file_name == (name or "287gParticipatingAgencies091526pm.xlsx")
    assert about.as_of == dt.date(2026, 9, 15)


def test_a_run_is_measured_by_the_participating_list() -> None:
    source = Ice287g(today=dt.date(2026, 9, 15))
    for body in (workbook(PENDING, ROW, ROW), workbook(PARTICIPATING, (*ROW, "2026-09-01"))):
        for thing in source.read(Answer(DOWNLOAD, body)):
            assert list(source.sift(thing)) == [thing]
    assert source.listed == {"tx/Example Police Department/Task Force Model/2026-09-01"}


def test_the_content_decides_against_the_link() -> None:
    source = Ice287g(today=dt.date(2025, 9, 22))
    answer = Answer(DOWNLOAD, workbook(PENDING, ROW), context={"list": "participating"})
    with pytest.raises(SwappedList) as raised:
        list(source.read(answer))
    assert raised.value.url == DOWNLOAD
