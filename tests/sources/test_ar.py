"""Arkansas: sessions by day, addresses, and how the two files are read one after the other."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.ar import Arkansas
from spiders.legislatures.ar_files import session_name, slug_of
from spiders.legislatures.ar_page import address_of, named_in_text_url, url_of
from spiders.reading import PageChanged
from tracker.model import Action, Listing, Measure, Version

SITE = "https://www.arkleg.state.ar.us"
FILES = "https://arkleg.state.ar.us/Home/FTPDocument?path=%2FSessionInformation%2F"
TITLE = "[FICTIONAL] TO REQUIRE SHERIFFS TO HONOR FEDERAL IMMIGRATION DETAINERS"


def day(printed: str) -> dt.date:
    return dt.date.fromisoformat(printed)


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2024-11-14", ["2023", "2024F"]),
        ("2024-11-15", ["2023", "2024F", "2025"]),
        ("2025-01-01", ["2025"]),
        ("2025-12-31", ["2025"]),
        ("2026-01-01", ["2025", "2026F"]),
        ("2026-11-14", ["2025", "2026F"]),
        ("2026-11-15", ["2025", "2026F", "2027"]),
        ("2027-01-11", ["2027"]),
        ("2028-04-12", ["2027", "2028F"]),
        ("2028-11-15", ["2027", "2028F", "2029"]),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: list[str]) -> None:
    assert Arkansas(today=day(today)).sessions(day(today)) == sessions


@pytest.mark.parametrize(
    ("session", "slug", "url"),
    [
        ("2025", "2025R", "id=HB1001&ddBienniumSession=2025%2F2025R"),
        ("2026F", "2026F", "id=HB1001&ddBienniumSession=2025%2F2026F"),
        ("2026S1", "2026S1", "id=HB1001&ddBienniumSession=2025%2F2026S1"),
        ("2027", "2027R", "id=HB1001&ddBienniumSession=2027%2F2027R"),
    ],
)
def test_names_and_addresses_of_sessions(session: str, slug: str, url: str) -> None:
    assert (slug_of(session), session_name(slug)) == (slug, session)
    assert url_of(session, "HB 1001") == f"{SITE}/Bills/Detail?{url}"
    assert address_of(f"{SITE}/Bills/Detail?{url}") == (session, "HB 1001")


@pytest.mark.parametrize("path", ["Home", "Bills"])
def test_a_text_is_known_by_its_address(path: str) -> None:
    url = f"{SITE}/{path}/FTPDocument?path=%2FBills%2F2026F%2FPublic%2FSB12.pdf"
    found = named_in_text_url(url)
    assert (found["session"], found["identifier"]) == ("2026F", "SB 12")
    assert named_in_text_url(url.replace("SB12.pdf", "SB12-H1.pdf")) == {}


def utf16(*rows: str) -> bytes:
    return "".join(f"{row}\r\n" for row in rows).encode("utf-16")


def measure_row(number: str, title: str) -> str:
    return (
        f"H|B|{number}|{title}|\x00|\x00|\x00|\x00|\x00|\x00|1|Nobody|\x00|\x00|\x00|\x00|x|2025R"
    )


def action_row(number: str, moment: str, words: str) -> str:
    return f"1|H|B|{number}|\x00|{moment}|{words}|H|\x00|\x00|2025R"


def crawl(arkansas: Arkansas) -> list[Listing | Measure | Request]:
    """Both files, as a run reads them: the second with what the first's request carries."""
    measures = utf16(measure_row("1", TITLE), measure_row("2", "[FICTIONAL] TO NAME A BRIDGE"))
    actions = utf16(
        action_row("1", "2025-02-03 10:00:00.000000", "Read the third time and failed."),
        action_row("1", "2025-01-13 10:00:00.000000", "Filed"),
        action_row("2", "2025-01-14 10:00:00.000000", "Filed"),
    )
    kept = []
    for thing in arkansas.read(Answer(f"{FILES}LegislativeMeasures.txt", measures)):
        if isinstance(thing, Request):
            context = thing.cb_kwargs["context"]
            found = arkansas.read(Answer(thing.url, actions, context=context))
            kept += [one for part in found for one in arkansas.sift(part)]
        else:
            kept += list(arkansas.sift(thing))
    assert all(isinstance(one, Listing | Measure | Request) for one in kept)
    return [one for one in kept if isinstance(one, Listing | Measure | Request)]


def test_what_is_on_topic_is_listed_with_its_last_action_and_followed() -> None:
    bridge, page, listing, measure = crawl(Arkansas(today=day("2025-03-01")))
    assert isinstance(bridge, Listing)
    assert bridge.last_action == ""
    assert isinstance(page, Request)
    assert page.url == f"{SITE}/Bills/Detail?id=HB1&ddBienniumSession=2025%2F2025R"
    assert isinstance(listing, Listing)
    assert (listing.last_action, listing.last_action_on) == (
        "Read the third time and failed.", day("2025-02-03"),
    )  # fmt: skip
    assert isinstance(measure, Measure)
    assert measure.title == TITLE
    assert measure.actions == [
        Action(on=day("2025-01-13"), text="Filed", chamber="lower"),
        Action(on=day("2025-02-03"), text="Read the third time and failed.", chamber="lower"),
    ]


def test_a_watched_measure_is_read_whatever_its_title_says() -> None:
    known = Known(watched=frozenset({"us-ar/2025/HB 2"}))
    found = crawl(Arkansas(today=day("2025-03-01"), known=known))
    assert [one.identifier for one in found if isinstance(one, Measure)] == ["HB 1", "HB 2"]


def test_a_quote_that_never_ends_is_refused() -> None:
    body = utf16(measure_row("1", '"TO AMEND'), measure_row("2", "TO REPEAL"))
    with pytest.raises(PageChanged):
        list(
            Arkansas(today=day("2025-03-01")).read(Answer(f"{FILES}LegislativeMeasures.txt", body))
        )


def test_a_text_that_changes_at_its_address_is_asked_for_again() -> None:
    text = f"{SITE}/Home/FTPDocument?path=%2FBills%2F2025R%2FPublic%2FHB1.pdf"
    act = f"{SITE}/Acts/FTPDocument?path=%2FACTS%2F2025R%2FPublic%2F&file=3.pdf"
    arkansas = Arkansas(known=Known(texts={"us-ar/2025/HB 1": [text, act]}))
    assert arkansas.is_new_text("us-ar/2025/HB 1", Version(note="Bill text", url=text))
    assert not arkansas.is_new_text("us-ar/2025/HB 1", Version(note="Act 3", url=act))
