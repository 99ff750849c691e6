"""Open States: the states read from it, what is looked at in turn, and what it leaves alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from spiders.aggregators.open_states import OpenStates
from spiders.aggregators.open_states_bill import jurisdiction_code, jurisdiction_id
from spiders.aggregators.open_states_state import OpenStatesLegislature
from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.az import Arizona
from spiders.legislatures.ok import Oklahoma
from spiders.legislatures.ri import RhodeIsland
from spiders.legislatures.tn import Tennessee
from spiders.legislatures.tx import Texas
from spiders.reading import PageChanged, SourceError
from spiders.registry import source_classes
from tests.core.desk import BANS, OFF_TOPIC
from tracker.model import Measure, Version

DAYS: Mapping[type[OpenStatesLegislature], Sequence[tuple[str, list[str]]]] = {
    Arizona: [
        ("2025-01-12", ["56th-2nd-regular"]),
        ("2025-01-13", ["57th-1st-regular"]),
        ("2026-01-11", ["57th-1st-regular"]),
        ("2026-01-12", ["57th-2nd-regular"]),
        ("2027-01-10", ["57th-2nd-regular"]),
        ("2027-01-11", ["58th-1st-regular"]),
        ("2028-01-10", ["58th-2nd-regular"]),
        ("2033-02-01", ["61st-1st-regular"]),
    ],
    Oklahoma: [
        ("2025-02-03", ["2025"]),
        ("2025-12-01", ["2025", "2026"]),
        ("2026-02-01", ["2025", "2026"]),
        ("2026-02-02", ["2026"]),
        ("2027-01-31", ["2026", "2027"]),
        ("2027-02-01", ["2027"]),
        ("2028-02-07", ["2028"]),
    ],
    RhodeIsland: [
        ("2025-01-07", ["2025"]),
        ("2026-01-05", ["2025"]),
        ("2026-01-06", ["2026"]),
        ("2027-01-05", ["2027"]),
        ("2028-01-04", ["2028"]),
    ],
    Tennessee: [
        ("2025-01-13", ["113"]),
        ("2025-01-14", ["114"]),
        ("2026-12-31", ["114"]),
        ("2027-01-11", ["114"]),
        ("2027-01-12", ["115"]),
        ("2028-06-01", ["115"]),
    ],
    Texas: [
        ("2024-11-10", ["88R"]),
        ("2024-11-11", ["89R"]),
        ("2025-07-21", ["89R"]),
        ("2026-11-08", ["89R"]),
        ("2026-11-09", ["90R"]),
        ("2027-01-12", ["90R"]),
        ("2028-11-12", ["90R"]),
        ("2028-11-13", ["91R"]),
    ],
}


@pytest.mark.parametrize(
    ("source", "today", "sessions"),
    [(source, *row) for source, rows in DAYS.items() for row in rows],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_the_sessions_of_a_day(
    source: type[OpenStatesLegislature], today: str, sessions: list[str]
) -> None:
    day = dt.date.fromisoformat(today)
    assert source(today=day).sessions(day) == sessions


@pytest.mark.parametrize(
    ("code", "identifier"),
    [
        ("us-nc", "ocd-jurisdiction/country:us/state:nc/government"),
        ("us-dc", "ocd-jurisdiction/country:us/district:dc/government"),
        ("us-pr", "ocd-jurisdiction/country:us/territory:pr/government"),
        ("us", "ocd-jurisdiction/country:us/government"),
    ],
)
def test_jurisdictions_have_two_names(code: str, identifier: str) -> None:
    assert jurisdiction_id(code) == identifier
    assert jurisdiction_code(identifier) == code


def test_another_country_is_none_of_ours() -> None:
    with pytest.raises(PageChanged):
        jurisdiction_code("ocd-jurisdiction/country:ca/government")


@pytest.mark.parametrize("source", [Arizona, OpenStates])
def test_without_a_key_nothing_is_asked(
    source: type[Arizona | OpenStates], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENSTATES_API_KEY", raising=False)
    with pytest.raises(SourceError, match="environment variable OPENSTATES_API_KEY"):
        list(source().begin())
    assert list(source(replayed=True).begin())


def test_the_key_is_a_header_and_no_part_of_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENSTATES_API_KEY", "fictional-key")
    (request,) = Arizona().begin()
    assert request.headers["X-API-KEY"] == b"fictional-key"
    assert "fictional" not in request.url


# -- texts of a state ------------------------------------------------------------------------------


def versions(*urls: str) -> Measure:
    return Measure(
        jurisdiction="us-az",
        session="57th-2nd-regular",
        identifier="SB 1520",
        versions=[Version(note="Introduced Version", url=url) for url in urls],
    )


PDF = "https://www.azleg.gov/legtext/57leg/2r/bills/sb1520p.pdf"
HTML = "https://www.azleg.gov/legtext/57leg/2R/bills/SB1520P.htm"
REFUSED = "https://apps.azleg.gov/BillStatus/GetDocumentPdf/540403"


@pytest.mark.parametrize(
    ("urls", "asked"), [((PDF, HTML), [HTML]), ((PDF,), [PDF]), ((REFUSED, HTML), [HTML])]
)
def test_one_of_two_forms_of_a_text_is_asked_for(urls: tuple[str, ...], asked: list[str]) -> None:
    requests = Arizona().version_requests(versions(*urls))
    assert [request.url for request in requests] == asked


def test_a_text_that_was_read_is_not_asked_for_again() -> None:
    known = Known(texts={"us-az/57th-2nd-regular/SB 1520": [HTML]})
    assert list(Arizona(known=known).version_requests(versions(PDF, HTML))) == []


def test_texts_that_robots_refuse_are_named_and_not_asked_for() -> None:
    url = "https://www.capitol.tn.gov/Bills/114/Bill/SB2223.pdf"
    assert list(Tennessee().version_requests(versions(url))) == []


# -- the second source -----------------------------------------------------------------------------


def watched(count: int) -> Known:
    keys = [f"us-va/2026/HB {number}" for number in range(1, count + 1)]
    return Known(watched=frozenset([*keys, "us-tn/114/SB 2223"]))


def looked_at(today: dt.date, known: Known) -> list[str]:
    source = OpenStates(today=today, known=known, replayed=True)
    paths = [urlsplit(request.url).path for request in source.begin()]
    return [path for path in paths if path != "/bills"]


def test_every_watched_measure_has_its_turn() -> None:
    first = dt.date(2026, 2, 2)
    days = [set(looked_at(first + dt.timedelta(days=n), watched(300))) for n in range(3)]
    assert [len(day) for day in days] == [100, 100, 100]
    assert len(set.union(*days)) == 300
    assert all("/va/2026/" in path for day in days for path in day)


def test_nothing_watched_is_nothing_to_look_at() -> None:
    assert looked_at(dt.date(2026, 2, 2), Known()) == []


def asked_first(**more: Any) -> dict[str, list[str]]:
    request = next(iter(OpenStates(today=dt.date(2026, 2, 2), replayed=True, **more).begin()))
    return parse_qs(urlsplit(request.url).query)


def test_what_moved_in_two_weeks_is_searched_for() -> None:
    assert asked_first()["action_since"] == ["2026-01-19"]


def test_the_past_is_filled_in_from_a_day() -> None:
    since = dt.date(2025, 1, 1)
    assert asked_first(since=since)["action_since"] == ["2025-01-01"]
    source = OpenStates(today=dt.date(2026, 2, 2), known=watched(5), replayed=True, since=since)
    assert len(list(source.begin())) == 1


def sifted(title: str, place: str = "us-va", **more: Any) -> tuple[int, dict[str, int]]:
    source = OpenStates(today=dt.date(2026, 2, 2), **more)
    item = Measure(jurisdiction=place, session="2026", identifier="HB 1", title=title)
    return len(list(source.sift(item))), source.rejected


def test_only_what_is_on_topic_is_kept() -> None:
    assert sifted(BANS) == (1, {})
    assert sifted(OFF_TOPIC) == (0, {"off topic by its title and abstract": 1})
    assert sifted(OFF_TOPIC, known=Known(watched=frozenset({"us-va/2026/HB 1"}))) == (1, {})


def test_a_state_read_from_it_is_not_confirmed_by_it_but_its_past_is_filled_in() -> None:
    own = "a measure of a state that is read from Open States already"
    assert sifted(BANS, "us-tn") == (0, {own: 1})
    assert sifted(BANS, "us-tn", since=dt.date(2025, 1, 1)) == (1, {})


def test_the_states_it_leaves_out_are_those_that_are_read_from_it() -> None:
    legislatures = {
        one.facts.jurisdiction: issubclass(one, OpenStatesLegislature)
        for one in source_classes().values()
        if one.facts.kind == "legislature"
    }
    assert len(legislatures) > 50
    assert {place for place in legislatures if sifted(BANS, place)[0] == 0} == {
        place for place, from_it in legislatures.items() if from_it
    }


def test_a_saved_page_of_the_search_gives_the_next() -> None:
    url = (
        "https://v3.openstates.org/bills?q=x&action_since=2026-01-19&sort=latest_action_desc&page=1"
    )
    assert OpenStates().query_of(Answer(url, b"")) == {
        "action_since": "2026-01-19",
        "sort": "latest_action_desc",
    }
