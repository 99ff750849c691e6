"""North Carolina: sessions by day, what is asked when, committees in a line, editions in order."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.base import named
from spiders.known import Known
from spiders.legislatures.nc import NorthCarolina
from spiders.legislatures.nc_page import committees, url_of
from tests.test_recordings import ROOT, load
from tracker.model import Action, Listing, Measure, Version
from tracker.stages import shipped_stages

SITE = "https://www.ncleg.gov"


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-07", ("2023",)),
        ("2025-01-08", ("2025",)),
        ("2025-11-16", ("2025",)),
        ("2025-11-17", ("2025", "2025E1")),
        ("2026-01-01", ("2025",)),
        ("2026-12-31", ("2025",)),
        ("2027-01-12", ("2025",)),
        ("2027-01-13", ("2027",)),
        ("2028-12-31", ("2027",)),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    spider = NorthCarolina(today=day)
    assert spider.sessions(day) == sessions
    assert [request.url for request in spider.begin()] == [
        f"{SITE}/Legislation/Bills/ByKeyword/{session}/All" for session in sessions
    ]


def test_a_keyword_brings_a_bill_in() -> None:
    """The title of SB 153 would not: the feed's row of a bill under IMMIGRATION is followed."""
    _, index, _ = load(ROOT / "nc" / "keywords")
    spider = NorthCarolina(today=dt.date(2026, 2, 2))
    (feed,) = spider.read(index)
    assert isinstance(feed, Request)
    assert spider._told == {"2025/H318", "2025/S153"}
    rows = b"""<rss version="2.0"><channel><item><link>https://www.ncleg.gov/BillLookup/2025/S153</link>
    <title>SB 153 - North Carolina Border Protection Act.</title>
    <description>Last action: Filed (Senate action)</description>
    <pubDate>Wed, 26 Feb 2025 00:00:00 EST</pubDate></item></channel></rss>"""
    for known, urls in ((spider, [f"{SITE}/BillLookUp/2025/S153"]), (NorthCarolina(), [])):
        things = [
            found for thing in known.read(Answer(feed.url, rows)) for found in known.sift(thing)
        ]
        assert [thing.url for thing in things if isinstance(thing, Request)] == urls


def test_an_index_as_before_does_not_stop_a_run() -> None:
    index = f"{SITE}/Legislation/Bills/ByKeyword/2025/All"
    feed = f"{SITE}/Legislation/Bills/LastActionByYear/2025/All/RSS"
    assert [request.url for request in NorthCarolina().unmodified(index, {})] == [feed]
    assert list(NorthCarolina().unmodified(feed, {})) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "Ref to the Com on Judiciary 1, if favorable, Rules, Calendar, and Operations of the House",
            ["Judiciary 1", "Rules, Calendar, and Operations of the House"],
        ),
        (
            "Re-ref to Judiciary. If fav, re-ref to Rules and Operations of the Senate",
            ["Judiciary", "Rules and Operations of the Senate"],
        ),
        ("Re-ref Com On Finance", ["Finance"]),
        ("Withdrawn From Com", []),
        ("Conf Com Appointed", []),
    ],
)
def test_committees_of_a_line(line: str, names: list[str]) -> None:
    assert committees([Action(on=dt.date(2025, 4, 8), text=line)]) == names


def test_a_page_is_asked_once_its_bill_moved() -> None:
    listing = Listing(
        jurisdiction="us-nc",
        session="2025",
        identifier="HB 9001",
        title="[Fictional] Sheriffs/Federal Immigration Detainers.",
        url=url_of("2025", "HB 9001"),
    )
    asked = [thing for thing in NorthCarolina().sift(listing) if isinstance(thing, Request)]
    assert [request.url for request in asked] == [f"{SITE}/BillLookUp/2025/H9001"]


def test_only_a_new_edition_is_asked() -> None:
    texts = [f"{SITE}/Sessions/2025/Bills/House/PDF/H9001v{number}.pdf" for number in range(2)]
    measure = Measure(
        jurisdiction="us-nc",
        session="2025",
        identifier="HB 9001",
        versions=[Version(note=f"Edition {number}", url=url) for number, url in enumerate(texts)],
    )
    known = Known(texts={measure.key: texts[:1]})
    (request,) = NorthCarolina(known=known).version_requests(measure)
    assert request.url == texts[1]
    assert request.cb_kwargs["context"] == {**named(measure), "note": "Edition 1", "url": texts[1]}


def test_its_sentences_are_known() -> None:
    for case in ("bill-enacted-over-veto", "bill-fictional", "resolution-adopted"):
        spider, answer, _ = load(ROOT / "nc" / case)
        (measure,) = spider.read(answer)
        assert isinstance(measure, Measure)
        for action in measure.actions or ():
            meaning = shipped_stages().meaning("us-nc", action.text, action.chamber)
            assert meaning.name != "unknown", action.text
