"""The Federal Register: disposition notes, what is asked for, and the recorded documents."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl, urlsplit

import pytest

from spiders.answer import Answer
from spiders.federal.disposition import noted_relations
from spiders.federal.federal_register import FIELDS, FederalRegister, search_url
from spiders.federal.presidential import order_text
from spiders.governors.order_names import FEDERAL
from spiders.governors.relations import statements
from spiders.known import Known
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Measure, Version
from tracker.plain_text import plain_text

YEARLY = "federal/federalregister-executive-orders-donald-trump-2025.html"
YEARLY_URL = (
    "https://www.federalregister.gov/presidential-documents/executive-orders/donald-trump/2025"
)
EO_14159 = "recordings/federal/2025-02006-eo14159.pdf"

# Notes as the Register prints them, where not said otherwise.
NOTES = [
    (
        "Revokes: EO 13993, January 20, 2021; EO 14010, February 2, 2021\r\n"
        "See: EO 14288, April 28, 2025; EO 14390, March 6, 2026",
        [("rescinds", "EO 13993", "2021"), ("rescinds", "EO 14010", "2021")],
        [],
    ),
    ("Revokes: EO 14036 of July 9, 2021", [("rescinds", "EO 14036", "2021")], []),
    ("Revokes in part: EO 13961, December 7, 2020", [("amends", "EO 13961", "2020")], []),
    ("Supersedes (in part): EO 13106, December 7, 1998", [("amends", "EO 13106", "1998")], []),
    ("Amends: 12864, September 15, 1993", [("amends", "EO 12864", "1993")], []),
    ("Amends: Proc. 9704, March 8, 2018", [("amends", "Proclamation 9704", "2018")], []),
    (
        "See: EO 14147, January 20, 2025; EO 14230, March 6, 2025\r\n"
        "Revoked by: EO 14244, March 21, 2025\r\nSuperseded by (in part): EO 14245",
        [],
        [],
    ),
    ("Continues: EO 13889, September 27, 2019", [("extends", "EO 13889", "2019")], []),
    # Made: an act and a paper that no rule knows.
    ("Suspends: EO 99001, May 1, 2024", [], ["a note of an unknown act: suspends"]),
    (
        "Revokes in part and supplements: EO 12345, June 1, 1982",
        [],
        ["a note of an unknown act: revokes and supplements"],
    ),
    (
        "Revokes: Memorandum of January 20, 2021; EO 14148",
        [("rescinds", "EO 14148", "")],
        ["a note that names a paper without a number"],
    ),
    ("Note in memoriam", [], ["a note in prose"]),
    ("", [], []),
]


@pytest.mark.parametrize(("notes", "expected", "rejected"), NOTES)
def test_disposition_notes(
    notes: str, expected: list[tuple[str, str, str]], rejected: list[str]
) -> None:
    said: list[str] = []
    found = noted_relations(notes, said.append)
    assert [(r.kind, r.identifier, r.session) for r in found] == expected
    assert said == rejected


def test_what_is_asked_for() -> None:
    asked = parse_qsl(urlsplit(search_url(FIELDS)).query)
    assert [value for name, value in asked if name == "fields[]"] == list(FIELDS)
    assert ("conditions[publication_date][gte]", "2017-01-20") in asked
    assert ("order", "newest") in asked
    assert "conditions[term]" not in dict(asked)
    assert (
        dict(parse_qsl(urlsplit(search_url(("title",), "immigration")).query))["conditions[term]"]
        == "immigration"
    )


def test_one_request_begins_a_run() -> None:
    requests = list(FederalRegister(today=dt.date(2026, 5, 22)).begin())
    assert [request.url for request in requests] == [
        search_url(("document_number",), "immigration")
    ]


def test_texts_are_read_once() -> None:
    text = "https://www.federalregister.gov/documents/full_text/text/2025/01/29/2025-02006.txt"
    known = Known(texts={"us/2025/EO 14159": [text]})
    source = FederalRegister(today=dt.date(2026, 5, 22), known=known)
    assert list(source._text_requests(_with_text(text), noted=True)) == []
    assert len(list(source._text_requests(_with_text(text + "?new"), noted=True))) == 1


def _with_text(url: str) -> Measure:
    return Measure(
        jurisdiction="us",
        session="2025",
        identifier="EO 14159",
        kind="executive_order",
        title="Protecting the American People Against Invasion",
        versions=[Version(note="Federal Register", url=url)],
    )


def test_a_text_without_its_last_line_is_not_whole() -> None:
    with pytest.raises(PageChanged, match="FR Doc"):
        order_text("Executive Order 14159 of January 20, 2025\n\nProtecting")


@needs_shared(f"recordings/{YEARLY}")
def test_the_recorded_list_of_2025() -> None:
    source = FederalRegister(today=dt.date(2025, 3, 4))
    body = shared(f"recordings/{YEARLY}").read_bytes()
    found = [i for i in source.read(Answer(YEARLY_URL, body)) if isinstance(i, Measure)]
    assert len(found) == 76
    assert [found[0].identifier, found[-1].identifier] == ["EO 14222", "EO 14147"]
    order = next(i for i in found if i.identifier == "EO 14159")
    assert order.title == "Protecting the American People Against Invasion"
    assert (order.session, order.issued_on) == ("2025", dt.date(2025, 1, 20))
    assert order.issuer == "Donald J. Trump"
    assert order.url == (
        "https://www.federalregister.gov/documents/2025/01/29/2025-02006/"
        "protecting-the-american-people-against-invasion"
    )
    assert order.actions is not None
    assert [(a.on.isoformat(), a.text) for a in order.actions] == [
        ("2025-01-20", "Signed by the President"),
        ("2025-01-29", "Published in the Federal Register, 90 FR 8443"),
    ]
    assert order.documents is not None
    assert [d.url for d in order.documents] == [
        "https://www.govinfo.gov/content/pkg/FR-2025-01-29/pdf/2025-02006.pdf"
    ]


@needs_shared(EO_14159)
def test_the_recorded_order_says_what_its_notes_say() -> None:
    body = shared(EO_14159).read_bytes()
    joined = " ".join(plain_text(body, "application/pdf").split())
    assert [s.order.identifier for s in statements(joined, FEDERAL)] == [
        "EO 13993",
        "EO 14010",
        "EO 14011",
        "EO 14012",
    ]


@needs_shared("recordings/federal/2025-07789-eo14287.pdf")
def test_the_recorded_order_that_ends_nothing() -> None:
    body = shared("recordings/federal/2025-07789-eo14287.pdf").read_bytes()
    assert statements(plain_text(body, "application/pdf"), FEDERAL) == []
