"""Florida: sessions by day, what the search leads to, words that tell replacements, real texts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.fl import Florida
from spiders.legislatures.fl_history import relations_told
from spiders.legislatures.fl_page import address_of
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Action, Listing, VersionText

SITE = "https://www.flsenate.gov"
TEXTS = f"{SITE}/Session/Bill/2026"


@pytest.mark.parametrize(
    ("today", "session"),
    [
        ("2025-01-01", "2024"),
        ("2025-01-03", "2025"),
        ("2025-08-31", "2025"),
        ("2025-11-13", "2025"),
        ("2025-11-14", "2026"),
        ("2026-01-13", "2026"),
        ("2026-12-31", "2026"),
        ("2027-01-01", "2027"),
        ("2027-11-11", "2027"),
        ("2027-11-12", "2028"),
        ("2028-12-31", "2028"),
        ("2029-01-06", "2029"),
    ],
)
def test_the_session_of_a_day(today: str, session: str) -> None:
    day = dt.date.fromisoformat(today)
    assert Florida().sessions(day) == [session]
    (request,) = Florida(today=day).begin()
    assert request.url.startswith(f"{SITE}/Session/Bills/{session}?chamber=both&searchText=")


@pytest.mark.parametrize(
    ("path", "session", "number"),
    [
        ("2026/304", "2026", "304"),
        ("2026F/4F/ByCategory", "2026F", "4F"),
        ("2027/0086/", "2027", "86"),
    ],
)
def test_a_bill_is_known_by_its_address(path: str, session: str, number: str) -> None:
    for host in (SITE, "https://flsenate.gov"):
        assert address_of(f"{host}/Session/Bill/{path}") == (session, number)
    with pytest.raises(PageChanged):
        address_of(f"{SITE}/Session/Bills/{path}")


def bills(session: str, rows: str, options: str, search: bool = True) -> Answer:
    url = (
        f"{SITE}/Session/Bills/{session}?{'searchText=immigration&' if search else ''}pageNumber=1"
    )
    body = (
        f"<html><select name=SessionYear>{options}</select>"
        f'<div id="billListDiv"><table>{rows}</table></div></html>'
    )
    return Answer(url, body.encode())


def row(number: str, title: str) -> str:
    return (
        f"<tr><th scope=row><a href=/Session/Bill/2026/{number}>CS/SB {number}</a></th>"
        f"<td>{title}</td><td>Nobody</td><td>Last Action: 1/2/2026 S Filed</td></tr>"
    )


def menu(*values: str) -> str:
    return "".join(f"<option value={value}>{value}</option>" for value in values)


def sifted(source: Florida, answer: Answer) -> list[Any]:
    return [kept for thing in source.read(answer) for kept in source.sift(thing)]


def test_whatever_the_search_finds_is_read_though_its_title_does_not_tell() -> None:
    answer = bills("2026", row("9000", "Fee Waivers (fictional)"), menu("2026"))
    things = sifted(Florida(today=dt.date(2026, 2, 2)), answer)
    assert [type(thing) for thing in things] == [Request, Listing]
    assert things[0].url == f"{TEXTS}/9000/ByCategory"
    assert things[1].identifier == "SB 9000"


def test_of_a_whole_list_only_what_is_on_topic_is_read() -> None:
    rows = row("9000", "Fee Waivers (fictional)")
    things = sifted(Florida(), bills("2026", rows, menu("2026"), search=False))
    assert [type(thing) for thing in things] == [Listing]


def test_special_sessions_of_last_autumn_are_read_too() -> None:
    answer = bills("2026", row("9000", "x (fictional)"), menu("2026", "2026B", "2025D", "2024A"))
    source = Florida(today=dt.date(2025, 12, 10))
    lists = [one.url for one in source.read(answer) if isinstance(one, Request)]
    assert [url.partition("?")[0][-5:] for url in lists] == ["2026B", "2025D"]


def test_a_special_session_may_have_no_bill_yet_but_not_lose_those_it_had() -> None:
    answer = bills("2026G", "", menu("2026", "2026G"), search=False)
    source = Florida()
    assert list(source.read(answer)) == []
    assert source.rejected == {"special session without bills yet": 1}
    with pytest.raises(PageChanged):
        list(Florida(known=Known(prints={"us-fl/2026G/SB 2G": "00"})).read(answer))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Laid on Table, refer to CS/SB 4-F", [("substituted_by", "SB 4F")]),
        ("Laid on Table, refer to CS/CS/SB 12", [("substituted_by", "SB 12")]),
        ("Laid on Table, companion bill(s) passed, see CS/SB 4-F (Ch. 2026-240), CS/HJR 1-F (Passed)",
         [("substituted_by", "SB 4F"), ("substituted_by", "HJR 1F")]),
        ("Substituted for CS/HB 3F", [("substitutes", "HB 3F")]),
        ("Laid on Table under Rule 7.18(a)", []),
        ("Substituted CS/HJR 1-F", []),
        ("Linked bill HB 7", []),
    ],
)  # fmt: skip
def test_the_words_tell_which_bill_goes_on(line: str, told: list[tuple[str, str]]) -> None:
    action = Action(on=dt.date(2026, 6, 2), text=line)
    assert [(one.kind, one.identifier) for one in relations_told([action])] == told


@needs_shared("recordings/fl")
@pytest.mark.parametrize(
    ("file", "path", "identifier", "holds"),
    [
        ("SB304__bill_content_S_304_Filed.html", "304/BillText/Filed/HTML", "SB 304",
         "An act relating to violations of state immigration laws; amending s. 908.11, F.S.;"),
        ("SB708__bill_content_S_708_Filed.html", "708/BillText/Filed/HTML", "SB 708",
         "Section 4. This act shall take effect July 1, 2026."),
        ("SB1380__bill_content_S_1380_Filed.html", "1380/BillText/Filed/HTML", "SB 1380",
         "Section 21. This act shall take effect upon becoming a law."),
        ("HB1307__bill_content_H_1307_Filed.pdf", "1307/BillText/Filed/PDF", "HB 1307",
         "An act relating to unauthorized aliens; creating s. 17.72, F.S.;"),
        ("HB1307__bill_content_H_1307_c1.pdf", "1307/BillText/c1/PDF", "HB 1307",
         "CS/HB 1307 2026"),
    ],
)  # fmt: skip
def test_texts_as_recorded(file: str, path: str, identifier: str, holds: str) -> None:
    url = f"{TEXTS}/{path}"
    about = {"jurisdiction": "us-fl", "session": "2026", "identifier": identifier}
    context = {**about, "note": "as asked", "url": url}
    body = shared(f"recordings/fl/{file}").read_bytes()
    (found,) = Florida().read(Answer(url, body, context=context))
    assert isinstance(found, VersionText)
    assert (found.key, found.note, found.url) == (f"us-fl/2026/{identifier}", "as asked", url)
    assert holds in found.text
