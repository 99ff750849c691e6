"""Small parts of the base that single sources rest on."""

from __future__ import annotations

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.archive import Conditional
from spiders.base import Source, Things, page
from spiders.reading import PageChanged, SourceError
from tracker.runs import Validator

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
