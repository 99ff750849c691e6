"""Which workbook of a page is read, of what day it is, and words that are typed wrongly."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Request

from spiders.answer import Answer
from spiders.federal.ice_287g import Ice287g
from spiders.federal.ice_list import _states
from spiders.federal.ice_newest import Candidate, day_had, newest
from spiders.federal.ice_spelling import meant
from spiders.federal.xlsx import saved_at
from spiders.reading import PageChanged
from tests.ice_lists import PARTICIPATING, RECORDINGS, part, with_part, workbook
from tests.shared import needs_shared, shared
from tracker.model import Agreement, AgreementList

HOME = "https://www.ice.gov/identify-and-arrest/287g"
FOLDER = "https://www.ice.gov/doclib/about/offices/ero/287g/"
OLD, NEW = f"{FOLDER}participatingAgencies05122025am.xlsx", f"{FOLDER}participatingAgenciesB.xlsx"
TODAY = dt.date(2026, 9, 15)


def list_of(agency: str, signed: str = "2026-09-01") -> bytes:
    return workbook(PARTICIPATING, ("TEXAS", agency, "County", "", "Task Force Model", signed))


def saved(body: bytes, moment: str) -> bytes:
    """The workbook as saved at another moment."""
    core = part(body, "docProps/core.xml")
    was = saved_at(body).encode()
    return with_part(body, "docProps/core.xml", core.replace(was, moment.encode()))


def programme(*links: tuple[str, str]) -> bytes:
    anchors = "".join(f'<a href="{href}">{text}</a>' for href, text in links)
    return f"<html><title>287(g)</title>{anchors}</html>".encode()


def read(source: Ice287g, url: str, body: bytes, context: Any, **headers: str) -> list[Any]:
    return list(source.read(Answer(url, body, headers=headers, context=context)))


def asked(thing: Any) -> tuple[str, Any]:
    assert isinstance(thing, Request)
    return thing.url, thing.cb_kwargs["context"]


# -- several workbooks of one list -----------------------------------------------------------------


def follow(first: bytes, second: bytes, **headers: str) -> tuple[list[Any], Ice287g]:
    """What a page with two workbooks comes to, each asked for in turn."""
    source = Ice287g(today=TODAY)
    page = programme((OLD, "Participating"), (NEW, "Participating"))
    [request] = read(source, HOME, page, {})
    bodies = {OLD: first, NEW: second}
    things: list[Any] = [request]
    for _ in range(3):
        if not isinstance(things[0], Request):
            break
        url, context = asked(things[0])
        assert things[0].meta["fresh"]
        more = {"last-modified": headers[url]} if url in headers else {}
        things = read(source, url, bodies[url], context, **more)
    return things, source


def agency_of(things: list[Any]) -> str:
    about, agreement = things
    assert isinstance(about, AgreementList)
    assert isinstance(agreement, Agreement)
    return agreement.agency


def test_of_two_workbooks_the_one_saved_last_is_kept() -> None:
    early, late = "2026-09-01T08:00:00Z", "2026-09-14T20:10:09Z"
    one, other = list_of("Fictional One PD"), list_of("Fictional Other PD")
    things, source = follow(saved(one, early), saved(other, late))
    assert agency_of(things) == "Fictional Other PD"
    assert source.rejected == {}
    things, source = follow(saved(one, late), saved(other, early))
    assert agency_of(things) == "Fictional One PD"
    assert source.rejected == {"a workbook that is not the newest of its list": 1}


def test_the_server_is_believed_before_the_workbook() -> None:
    headers = {
        OLD: "Tue, 15 Sep 2026 12:00:00 GMT",
        NEW: "Mon, 14 Sep 2026 12:00:00 GMT",
    }
    one = saved(list_of("Fictional One PD"), "2026-09-01T08:00:00Z")
    other = saved(list_of("Fictional Other PD"), "2026-09-02T08:00:00Z")
    assert agency_of(follow(one, other, **headers)[0]) == "Fictional One PD"


def test_the_newest_day_of_signing_decides_last() -> None:
    moment = "2026-09-01T08:00:00Z"
    one = saved(list_of("Fictional One PD", "2026-08-01"), moment)
    other = saved(list_of("Fictional Other PD", "2026-08-02"), moment)
    assert agency_of(follow(one, other)[0]) == "Fictional Other PD"


def test_the_same_bytes_under_two_names_are_one_workbook() -> None:
    body = list_of("Fictional One PD")
    assert agency_of(follow(body, body)[0]) == "Fictional One PD"


def test_workbooks_that_nothing_sets_apart_are_refused() -> None:
    alike = [Candidate(url, url, "", "", "2026-09-01") for url in (OLD, NEW)]
    with pytest.raises(PageChanged, match="one newest workbook"):
        newest(alike)
    unknown = [Candidate(OLD, "a", "2026-09-01", "", ""), Candidate(NEW, "b", "", "", "")]
    with pytest.raises(PageChanged, match="one newest workbook"):
        newest(unknown)


@needs_shared(RECORDINGS)
def test_recorded_workbooks_say_when_they_were_saved() -> None:
    body = (shared(RECORDINGS) / "participatingAgencies01062025pm.xlsx").read_bytes()
    assert saved_at(body) == "2026-01-05T20:22:43Z"


def test_a_workbook_that_says_nothing_of_its_saving() -> None:
    body = with_part(list_of("Fictional One PD"), "docProps/core.xml", b"<a/>")
    assert saved_at(body) == ""


# -- links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("/file-download/download/public/209067", "View 287(g) agencies"),
        ("/doclib/about/offices/ero/287g/agencies.xlsx", "Spreadsheet"),
        ("http://www.ice.gov/doclib/about/offices/ero/287g/ParticipatingAgency091826am.xlsx", "x"),
        ("/file-download/download/public/209067", "Participating&nbsp;Agencies"),
    ],
)
def test_the_participating_workbook_is_found(href: str, text: str) -> None:
    [request] = read(Ice287g(today=TODAY), HOME, programme((href, text)), {})
    assert asked(request)[1] == {"list": "participating"}
    assert asked(request)[0].startswith("https://www.ice.gov/")


def test_the_page_is_read_whole_and_workbooks_where_they_changed() -> None:
    source = Ice287g(today=TODAY)
    [first] = source.begin()
    assert first.meta["fresh"]
    [request] = read(source, first.url, programme((OLD, "Participating")), {})
    assert "fresh" not in request.meta


def test_one_address_written_in_two_ways_is_one() -> None:
    links = ((OLD, "Participating"), (OLD.replace("https", "http"), "participating agencies"))
    assert len(read(Ice287g(today=TODAY), HOME, programme(*links), {})) == 1


# -- the table of earlier years --------------------------------------------------------------------

TABLE = (
    "<html><title>287(g)</title><table><tr><th>State</th><th>Law Enforcement Agency</th>"
    "<th>Support Type</th><th>Signed</th><th>MOA</th></tr>{rows}</table>{more}</html>"
)
LINE = (
    "<tr><td>IOWA</td><td>Fictional PD</td><td>Jail Enforcement Model</td><td>{day}</td><td>"
    '<a href="/doclib/287gMOA/a.pdf">link</a> | <a href="/doclib/287gMOA/b.pdf">addendum</a>'
    "</td></tr>"
)
ARCHIVED = f"https://web.archive.org/web/20210113002027/{HOME}"


def test_a_page_from_the_web_archive_is_of_the_day_of_its_capture() -> None:
    links = LINE.format(day="6/8/2020").replace('href="', 'href="/web/20210113002027/' + HOME[:19])
    body = TABLE.format(rows=links, more="").encode()
    about, agreement = read(Ice287g(today=TODAY), ARCHIVED, body, {})
    assert about.as_of == agreement.as_of == dt.date(2021, 1, 13)
    assert agreement.signed_on == dt.date(2020, 6, 8)
    assert agreement.moa_url == "https://www.ice.gov/doclib/287gMOA/a.pdf"
    assert agreement.addendum_url == "https://www.ice.gov/doclib/287gMOA/b.pdf"


def test_two_tables_of_a_list_are_refused() -> None:
    body = TABLE.format(rows=LINE.format(day="2020-06-08"), more="")
    twice = body.replace("</table>", "</table>" + body[body.index("<table>") :]).encode()
    with pytest.raises(PageChanged, match="one table"):
        read(Ice287g(today=TODAY), HOME, twice, {})


def test_a_workbook_goes_before_a_table() -> None:
    body = TABLE.format(rows="", more=f'<a href="{OLD}">Participating</a>').encode()
    [request] = read(Ice287g(today=TODAY), HOME, body, {})
    assert asked(request)[0] == OLD


@pytest.mark.parametrize(
    ("url", "day"),
    [
        (OLD, TODAY),
        (ARCHIVED, dt.date(2021, 1, 13)),
        (f"https://web.archive.org/web/20250221214937id_/{FOLDER}a.xlsx", dt.date(2025, 2, 21)),
        (f"{FOLDER}participatingAgencies-20250221214937.xlsx", dt.date(2025, 2, 21)),
        (f"{FOLDER}participatingAgencies-20251321214937.xlsx", TODAY),
        (f"{FOLDER}participatingAgencies-30250221214937.xlsx", TODAY),
    ],
)
def test_the_day_a_list_was_had(url: str, day: dt.date) -> None:
    assert day_had(url, TODAY) == day


# -- slips of the pen ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("UTAHJ", "UTAH"),
        ("MCHIGAN", "MICHIGAN"),
        ("PENNSLYVANIA", "PENNSYLVANIA"),
        ("WEST VIRGINA", "WEST VIRGINIA"),
        ("FLORDIA", "FLORIDA"),
        ("TENNESEE", "TENNESSEE"),
        ("IDAH0", "IDAHO"),
        ("RKANSAS", None),  # Arkansas, or Kansas with a letter too many
        ("NOUTH CAROLINA", None),  # one letter from either Carolina
        ("UTA", None),
        ("TX", None),
        ("TEXARKANA", None),
        ("", None),
    ],
)
def test_a_state_within_one_slip_is_known(typed: str, state: str | None) -> None:
    assert meant(typed, _states()[0]) == state


LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ ", max_size=1)


@given(st.sampled_from(sorted(_states()[0])), st.data())
def test_no_slip_makes_one_state_another(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    skip = data.draw(st.integers(0, 1))
    typed = name[:at] + data.draw(LETTERS) + name[at + skip :]
    assert meant(typed, _states()[0]) in (name, None)
