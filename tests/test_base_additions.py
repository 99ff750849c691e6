"""Small parts of the base that single sources rest on."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from scrapy import Request
from scrapy.exceptions import CloseSpider
from twisted.python.failure import Failure

from spiders.answer import Answer
from spiders.archive import Conditional
from spiders.base import Source, Things, page
from spiders.calendars import MONDAY, TUESDAY, WEDNESDAY, after_first_monday, nth
from spiders.legislatures.az import Arizona
from spiders.network import RefusedByRobots
from spiders.reading import PageChanged, SourceError, one, table
from tracker.runs import Hours, Validator

PAGE = "https://example.org/list"


class Listed(Source):
    """Fictional: a service that tells "none found" as an error."""

    hosts = ("example.org",)

    def __init__(self) -> None:
        self.name = "fictional"
        super().__init__()

    @page(r"/list$", landmark="<rows", empty="no data found")
    def rows(self, answer: Answer) -> Things:
        yield self.get(answer.url)

    @page(r"/paper$", landmark="%PDF-", absent=True)
    def paper(self, answer: Answer) -> Things:
        if answer.status == 200:
            yield self.get(answer.url)


def test_none_found_may_be_told_with_an_error_status() -> None:
    source = Listed()
    assert list(source.read(Answer(PAGE, b"<fault>no data found</fault>", 500))) == []
    assert source.empty_proof == "no data found"


def test_any_other_error_stays_one() -> None:
    with pytest.raises(SourceError, match="HTTP 500"):
        list(Listed().read(Answer(PAGE, b"<rows/>", 500)))


def test_no_content_is_an_absence_where_absence_is_an_answer() -> None:
    assert list(Listed().read(Answer("https://example.org/paper", b"", 204))) == []


def asked_with(request: Request) -> bytes | None:
    known = {PAGE: Validator(etag='"1"')}
    Conditional(known).process_request(request)
    return request.headers.get("If-None-Match")


def test_a_fresh_request_is_never_conditional() -> None:
    assert asked_with(Listed().get(PAGE)) == b'"1"'
    assert asked_with(Listed().fresh(PAGE)) is None


def test_elements_come_one_by_one_from_any_namespace() -> None:
    answer = Answer(PAGE, b'<a xmlns="urn:x"><row><n>1</n></row><row><n>2</n></row></a>')
    assert [row.findtext("{*}n") for row in answer.elements("row")] == ["1", "2"]


@pytest.mark.parametrize(
    "body",
    [
        b"<a><row><n>1</n></row><row>",
        b"not XML",
        b'<!DOCTYPE a [<!ENTITY e "boom">]><a><row><n>&e;</n></row></a>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><row>&e;</row></a>',
    ],
)
def test_elements_of_a_broken_or_hostile_body_raise(body: bytes) -> None:
    with pytest.raises(PageChanged):
        list(Answer(PAGE, body).elements("row"))


def test_the_address_tells_what_was_asked() -> None:
    answer = Answer("https://example.org/bill?number=17&kind=H%20B&kind=SB", b"")
    assert answer.asked("number") == "17"
    for name in ("kind", "session"):
        with pytest.raises(PageChanged, match=f"one `{name}`"):
            answer.asked(name)


def test_a_head_may_have_blanks_before_its_quotes() -> None:
    answer = Answer(PAGE, b'"A", "B"\r\n"1", " two "\r\n')
    assert list(answer.rows(("A", "B"))) == [{"A": "1", "B": "two"}]


def test_a_form_is_submitted_as_a_browser_does() -> None:
    request = Listed().submit(PAGE, {"from": "1", "what": "a b&c"}, note="x")
    assert (request.method, request.body) == ("POST", b"from=1&what=a+b%26c")
    assert request.headers["Content-Type"] == b"application/x-www-form-urlencoded"
    assert request.cb_kwargs == {"context": {"note": "x"}}


def test_an_answer_names_the_measure_it_was_asked_for() -> None:
    about = {"jurisdiction": "us-xx", "session": "2027", "identifier": "HB 1"}
    assert Answer(PAGE, b"", context={**about, "other": 1}).named() == about
    with pytest.raises(PageChanged, match="nothing about its session"):
        Answer(PAGE, b"", context={"jurisdiction": "us-xx"}).named()


_TABLE = "<table><tr><th>Bill</th><th>Title</th></tr>{}</table>"


def _table(rows: str, head: str = "Bill") -> list[dict[str, str]]:
    node = BeautifulSoup(_TABLE.replace("Bill", head).format(rows), "lxml")
    return [
        {name: cell.get_text() for name, cell in row.items()}
        for row in table(one(node, "table"), "Bill", "Title")
    ]


def test_a_table_is_read_by_its_head() -> None:
    assert _table("<tr><td>HB 1</td><td>a</td></tr>") == [{"Bill": "HB 1", "Title": "a"}]
    assert _table("") == []


@pytest.mark.parametrize(
    ("rows", "head", "says"),
    [
        ("<tr><td>HB 1</td></tr>", "Bill", "2 cells in a row"),
        ("", "Measure", "columns Bill"),
        ("", "Bill</th><th>Bill", "each column named once"),
    ],
)
def test_another_table_is_refused(rows: str, head: str, says: str) -> None:
    with pytest.raises(PageChanged, match=says):
        _table(rows, head)


def test_days_named_by_the_week() -> None:
    assert nth(2, TUESDAY, 1, 2027) == dt.date(2027, 1, 12)
    assert nth(1, MONDAY, 12, 2024) == dt.date(2024, 12, 2)
    assert after_first_monday(TUESDAY, 1, 2029) == dt.date(2029, 1, 2)
    assert after_first_monday(WEDNESDAY, 2, 2026) == dt.date(2026, 2, 4)


@pytest.mark.parametrize(("utc", "allowed"), [(1, False), (2, True), (10, True), (11, False)])
def test_hours_that_pass_midnight(utc: int, allowed: bool) -> None:
    night = Hours(begin=21, end=6, timezone="America/New_York")
    moment = dt.datetime(2026, 12, 1, utc, 0, tzinfo=dt.UTC)
    assert night.allow(moment) is allowed
    day = Hours(begin=6, end=21, timezone="America/New_York")
    assert day.allow(moment) is not allowed


def test_a_key_is_asked_for_by_the_name_of_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENSTATES_API_KEY", "  fictional ")
    assert Arizona().key == "fictional"
    Arizona().require_key()
    monkeypatch.setenv("OPENSTATES_API_KEY", " ")
    with pytest.raises(SourceError, match="OPENSTATES_API_KEY"):
        Arizona().require_key()


def refused(**context: str) -> tuple[Arizona, Failure]:
    source = Arizona()
    failure = Failure(RefusedByRobots("robots.txt refuses it"))
    failure.request = source.get(PAGE, **context)  # type: ignore[attr-defined]
    return source, failure


def test_a_text_that_robots_refuse_costs_no_run() -> None:
    source, failure = refused(note="Introduced")
    source.unreachable(failure)
    assert source.problems == []
    assert source.rejected == {"text that robots.txt refuses": 1}


def test_any_other_page_that_robots_refuse_ends_the_run() -> None:
    source, failure = refused()
    with pytest.raises(CloseSpider):
        source.unreachable(failure)
    (problem,) = source.problems
    assert (problem.kind, problem.found) == ("blocked", "robots.txt refuses it")
