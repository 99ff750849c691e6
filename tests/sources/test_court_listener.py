"""CourtListener: which suits are read, how often it is asked. Suits are fictional."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.federal.court_dockets import (
    Docket,
    Entry,
    Paper,
    is_between_governments,
    named,
    named_suits,
    place_of,
    steps,
)
from spiders.federal.court_listener import API, CourtListener
from spiders.known import Known
from spiders.reading import PageChanged, SourceError
from tracker.baseline import baseline
from tracker.canonical import listing_print
from tracker.model import Listing

CASES = Path(__file__).parents[1] / "recordings/court-listener"
TODAY = dt.date(2026, 2, 2)


def spider(**more: Any) -> CourtListener:
    return CourtListener(today=TODAY, replayed=True, **more)


def docket(**more: Any) -> Docket:
    told = json.loads((CASES / "docket/answer.json").read_bytes()) | more
    return Answer(f"{API}/dockets/1/", json.dumps(told).encode()).json(Docket)


def addresses(things: Any) -> list[str]:
    return [thing.url for thing in things if isinstance(thing, Request)]


@pytest.mark.parametrize(
    ("case_name", "number", "read"),
    [
        ("United States v. State of Fictional", "1:26-cv-90001", True),
        ("UNITED STATES OF AMERICA vs. City of Fictional", "1:26-cv-90001-ABC", True),
        ("United States v. Illinois", "1:26-cv-90001", True),
        ("County of Fictional v. Trump", "3:26-cv-90001", True),
        ("State of Fictional v. United States Department of Justice", "26-90001", True),
        ("United States v. Doe", "1:26-cr-90001", False),
        ("United States v. State of Fictional", "1:26-cr-90001", False),
        ("United States v. Doe", "1:26-cv-90001", False),
        ("Doe v. City of Fictional", "1:26-cv-90001", False),
        ("State of Fictional v. County of Fictional", "1:26-cv-90001", False),
        ("In re State of Fictional", "1:26-cv-90001", False),
        ("United States v. State of Fictional", None, False),
        ("", "1:26-cv-90001", False),
    ],
)
def test_suits_between_governments_are_known_by_their_caption(
    case_name: str, number: str | None, read: bool
) -> None:
    assert is_between_governments(case_name, number) is read


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({}, ("us-nj", "2026", "NJD 3:26-cv-90001")),
        ({"court_id": "ilnd"}, ("us-il", "2026", "ILND 3:26-cv-90001")),
        ({"court_id": "dcd"}, ("us-dc", "2026", "DCD 3:26-cv-90001")),
        ({"court_id": "nmid"}, ("us", "2026", "NMID 3:26-cv-90001")),
        ({"court_id": "ca9", "docket_number": "26-901"}, ("us", "2026", "CA9 26-901")),
        ({"case_name": "City of Fictional v. Trump"}, ("us", "2026", "NJD 3:26-cv-90001")),
    ],
)
def test_where_a_suit_is_kept(more: dict[str, Any], key: tuple[str, str, str]) -> None:
    assert place_of(docket(**more), None) == key


def test_named_suits_are_real_and_each_challenges_a_measure_that_is_known() -> None:
    keys = {row.key for row in baseline()}
    assert [f"{suit.jurisdiction}/{suit.challenges}" in keys for suit in named_suits()] == [True]
    found = named(docket(docket_number="2:23-cv-00967", case_name="CoreCivic, Inc. v. Murphy"))
    assert found is named_suits()[0]
    assert named(docket(docket_number="2:23-cv-00967", court_id="paed")) is None
    with pytest.raises(PageChanged, match=r"CoreCivic v\. Murphy as njd 23-967"):
        named(docket(docket_number="2:23-cv-00967"))


def test_a_row_without_words_has_those_of_its_papers() -> None:
    papers = [Paper("Order on  Motion"), Paper("")]
    assert Entry(date_filed=TODAY, recap_documents=papers).text == "Order on Motion"
    assert len(Entry(date_filed=TODAY, description="x" * 9_000).text) == 4_000
    assert steps([Entry(date_filed=None, description="COMPLAINT")]) == []


def test_it_begins_with_named_suits_then_known_ones_in_turn_then_the_topic() -> None:
    pages = {f"us/2026/D {n:02}": f"https://www.courtlistener.com/docket/{n}/x/" for n in range(30)}
    pages["us-va/2026/HB 1"] = "https://va.example/bill"
    seen: list[str] = []
    for days in range(3):
        asked = addresses(
            CourtListener(
                today=TODAY + dt.timedelta(days), known=Known(pages=pages), replayed=True
            ).begin()
        )
        assert "caseName%3A%28CoreCivic+AND+Murphy%29&court=njd" in asked[0]
        assert "filed_after=2025-10" in asked[-1]
        seen += asked[1:-1]
        assert len(asked[1:-1]) == 10
    assert sorted(seen) == sorted(f"{API}/dockets/{n}/" for n in range(30))


def test_without_a_token_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURTLISTENER_TOKEN", raising=False)
    with pytest.raises(SourceError, match="COURTLISTENER_TOKEN"):
        list(CourtListener(today=TODAY).begin())


def test_the_token_goes_in_the_header_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURTLISTENER_TOKEN", "s3cret")
    for request in CourtListener(today=TODAY).begin():
        assert request.headers["Authorization"] == b"Token s3cret"
        assert "s3cret" not in request.url


def test_a_run_asks_no_more_than_an_hour_allows() -> None:
    one = spider()
    hits = [
        {"docket_id": n, "court_id": "njd", "caseName": "United States v. State of Fictional",
         "docketNumber": f"3:26-cv-{n}"}
        for n in range(1, 100)
    ]  # fmt: skip
    body = json.dumps({"count": 99, "next": None, "results": hits}).encode()
    asked = addresses(one.read(Answer(f"{API}/search/?type=r&q=x", body)))
    assert len(asked) == 45
    assert one.rejected == {"request left for another run": 54}


def test_a_docket_that_did_not_move_is_not_read_again() -> None:
    body = (CASES / "docket/answer.json").read_bytes()
    listing = Listing(
        jurisdiction="us-nj", session="2026", identifier="NJD 3:26-cv-90001",
        title="UNITED STATES OF AMERICA v. STATE OF FICTIONAL",
        last_action="2026-01-30T03:59:23.387426-08:00", last_action_on=dt.date(2026, 1, 29),
    )  # fmt: skip
    known = Known(prints={listing.key: listing_print(listing).hex()})
    one = spider(known=known)
    assert list(one.read(Answer(f"{API}/dockets/90000001/", body))) == []
    assert one.listed == {listing.key}


def test_a_docket_kept_from_search_engines_is_left() -> None:
    told = json.loads((CASES / "docket/answer.json").read_bytes()) | {"blocked": True}
    one = spider()
    assert list(one.read(Answer(f"{API}/dockets/1/", json.dumps(told).encode()))) == []
    assert one.rejected == {"docket that CourtListener keeps from search engines": 1}
