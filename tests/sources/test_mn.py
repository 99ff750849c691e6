"""Minnesota: sessions by day, which texts are asked for, and the real texts that were recorded."""

from __future__ import annotations

import datetime as dt

import pytest

from spiders.answer import Answer
from spiders.base import text_context
from spiders.legislatures.mn import Minnesota
from spiders.legislatures.mn_page import address_of, same_document
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Listing, Measure, Version, VersionText

RECORDED = "recordings/mn"
SITE = "https://www.revisor.mn.gov/bills"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-13", ("0932023",)),
        ("2025-01-14", ("0942025",)),
        ("2025-06-08", ("0942025",)),
        ("2025-06-09", ("0942025", "1942025")),
        ("2025-08-31", ("0942025", "1942025")),
        ("2025-09-01", ("0942025",)),
        ("2026-12-31", ("0942025",)),
        ("2027-01-11", ("0942025",)),
        ("2027-01-12", ("0952027",)),
        ("2028-06-01", ("0952027",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert Minnesota(today=day).sessions(day) == sessions


def test_the_calendar_is_not_asked_for_while_numbers_are_of_two_sessions() -> None:
    calendar = "https://www.senate.mn/api/schedule/upcoming"
    requests = [request.url for request in Minnesota(today=dt.date(2026, 2, 20)).begin()]
    assert len(requests) == 3
    assert requests[-1] == calendar
    special = [request.url for request in Minnesota(today=dt.date(2025, 6, 9)).begin()]
    assert len(special) == 4
    assert calendar not in special


@pytest.mark.parametrize(
    ("path", "session", "identifier"),
    [
        ("94/2025/0/HF/16/", "2025-2026", "HF 16"),
        ("94/2026/0/HF/3413/", "2025-2026", "HF 3413"),
        ("94/2026/0/SF/3570/?body=Senate", "2025-2026", "SF 3570"),
        ("94/2025/1/HF/16?body=House", "2025s1", "HF 16"),
        ("95/2028/0/SF/1/", "2027-2028", "SF 1"),
    ],
)
def test_a_document_is_known_by_its_address(path: str, session: str, identifier: str) -> None:
    found = address_of(f"{SITE}/{path}")
    assert (found.session, found.identifier) == (session, identifier)
    assert found.url == f"{SITE}/{path.partition('?')[0].rstrip('/')}/"


def test_padding_is_no_difference_but_a_zero_inside_a_number_is() -> None:
    found = address_of(f"{SITE}/94/2025/0/HF/100/")
    same_document(found, "HF0100")
    for other in ("HF0010", "HF 1000", "Media"):
        with pytest.raises(PageChanged, match="HF 100, as its address says"):
            same_document(found, other)


def test_a_moved_row_leads_to_its_page() -> None:
    url = f"{SITE}/94/2025/0/HF/16/?body=House"
    listing = Listing(
        jurisdiction="us-mn",
        session="2025-2026",
        identifier="HF 16",
        title="Immigration law enforcement noncooperation ordinances and policies prohibited",
        url=url,
    )
    source = Minnesota(today=dt.date(2025, 3, 14))
    assert [getattr(thing, "url", None) for thing in source.sift(listing)] == [url, url]


@pytest.mark.parametrize(
    ("identifier", "path", "asked"),
    [
        ("SF 3570", "94/2026/0/SF/3570/versions/0/", 1),
        ("HF 1014", "94/2025/0/HF/1014/versions/ue/1/", 1),
        ("SF 1959", "94/2025/0/SF/1959/ccr/CCR-SF1959/", 0),
        ("SR 60", "94/2026/0/SR/60/versions/0/", 0),
    ],
)
def test_texts_that_lie_elsewhere_are_not_asked_for(identifier: str, path: str, asked: int) -> None:
    version = Version(note="Introduction", url=f"{SITE}/{path}")
    measure = Measure(
        jurisdiction="us-mn", session="2025-2026", identifier=identifier, versions=[version]
    )
    assert len(list(Minnesota().version_requests(measure))) == asked


def read(file: str, path: str) -> VersionText:
    body = shared(f"{RECORDED}/{file}").read_bytes()
    source = Minnesota(today=dt.date(2026, 7, 22))
    (text,) = source.read(Answer(f"{SITE}/94/2026/0/{path}", body))
    assert isinstance(text, VersionText)
    return text


@needs_shared(RECORDED)
@pytest.mark.parametrize(
    ("file", "path", "identifier", "note", "begins"),
    [
        ("HF3413__bill_content_Introduction", "HF/3413/versions/0/", "HF 3413", "Introduction",
         "relating to public safety; prohibiting state, county, and local"),
        ("SF3842__bill_content_Introduction", "SF/3842/versions/0/", "SF 3842", "Introduction",
         "relating to public safety; prohibiting state, county, and local"),
        ("SF3570__bill_content_Introduction", "SF/3570/versions/0/", "SF 3570", "Introduction",
         "relating to higher education; limiting"),
        ("SF3570__bill_content_1st_Engrossment", "SF/3570/versions/1/", "SF 3570",
         "1st Engrossment", "relating to higher education; limiting"),
        ("SF3699__bill_content_Introduction", "SF/3699/versions/0/", "SF 3699", "Introduction",
         "relating to courts; prohibiting civil arrests"),
        ("SF3699__bill_content_1st_Engrossment", "SF/3699/versions/1/", "SF 3699",
         "1st Engrossment", "relating to immigration enforcement; restricting"),
        ("SF3699__bill_content_2nd_Engrossment", "SF/3699/versions/2/", "SF 3699",
         "2nd Engrossment", "relating to immigration enforcement; restricting"),
        ("SF4176__bill_content_Introduction", "SF/4176/versions/0/", "SF 4176", "Introduction",
         "relating to immigration; limiting state and local"),
        ("SF4176__bill_content_1st_Engrossment", "SF/4176/versions/1/", "SF 4176",
         "1st Engrossment", "relating to immigration; limiting state and local"),
    ],
)  # fmt: skip
def test_texts_as_recorded(file: str, path: str, identifier: str, note: str, begins: str) -> None:
    found = read(f"{file}.html", path)
    assert found.key == f"us-mn/2025-2026/{identifier}"
    assert (found.note, found.url) == (note, f"{SITE}/94/2026/0/{path}")
    assert found.text.startswith(f"A bill for an act {begins}")
    for mark in ("text begin", "text end", "stricken", "Version List", "Line numbers"):
        assert mark not in found.text


@needs_shared(RECORDED)
def test_struck_words_are_left_out_and_new_ones_kept() -> None:
    found = read("SF3570__bill_content_1st_Engrossment.html", "SF/3570/versions/1/").text
    assert "including but not limited to the following:" in found
    assert "under sections 125A.023; 125A.027; and 125A.08, paragraph (b), clause (1)." in found
    assert "clause (1); 125A.023; and 125A.027" not in found


@needs_shared(RECORDED)
def test_the_wrong_page_behind_a_resolution_is_refused() -> None:
    with pytest.raises(PageChanged, match="document"):
        read("SR60__wrong_page_Media_Minnesota_Senate.html", "SR/60/versions/0/")


@needs_shared(RECORDED)
def test_a_text_answers_for_the_version_it_was_asked_for() -> None:
    url = f"{SITE}/94/2026/0/HF/3413/versions/0/"
    measure = Measure(jurisdiction="us-mn", session="2025-2026", identifier="HF 3413")
    context = text_context(measure, Version(note="Introduction", url=url))
    body = shared(f"{RECORDED}/HF3413__bill_content_Introduction.html").read_bytes()
    (text,) = Minnesota().read(Answer(url, body, context=context))
    assert isinstance(text, VersionText)
    assert (text.note, text.url) == ("Introduction", url)
    assert "new law in Minnesota Statutes, chapter 626." in text.text
