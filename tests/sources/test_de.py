"""Delaware: assemblies by day, feeds told as one, substitutes, a moody server, the real texts."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.de import _HISTORY, _MEETINGS, _STEPS, Delaware
from spiders.legislatures.de_rows import SITE, Code, code, named_in
from spiders.reading import PageChanged
from spiders.run import Job
from tests.shared import needs_shared, shared
from tests.spiders.loopback import (
    HTML,
    JSON,
    Answering,
    Asked,
    Crawl,
    Reply,
    Site,
    crawl_in_child,
    site,
)
from tracker.model import Listing, Measure, VersionText

HISTORY = f"{SITE}/json/BillDetail/GetRecentReportsByLegislationId"
RECORDINGS = Path(__file__).parents[1] / "recordings/de"
TEXT = f"{SITE}/json/BillDetail/GenerateHtmlDocument"


@pytest.mark.parametrize(
    ("today", "assemblies"),
    [
        ("2025-01-13", ["152", "153"]),
        ("2025-01-14", ["153"]),
        ("2026-02-02", ["153"]),
        ("2026-11-30", ["153"]),
        ("2026-12-01", ["153", "154"]),
        ("2027-01-11", ["153", "154"]),
        ("2027-01-12", ["154"]),
        ("2028-12-01", ["154", "155"]),
    ],
)
def test_the_assemblies_of_a_day(today: str, assemblies: list[str]) -> None:
    assert Delaware().sessions(dt.date.fromisoformat(today)) == assemblies


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("HB 430", Code("HB 430", 0)),
        ("HB 100 w/ HA 1", Code("HB 100", 0)),
        ("SB 5 - SA 2", Code("SB 5", 0)),
        ("HS 1 for HB 20", Code("HB 20", 1)),
        ("SS 2 for SJR 4 w/ SA 1", Code("SJR 4", 2)),
        ("HS1forHR19", Code("HR 19", 1)),
        ("HCR20", Code("HCR 20", 0)),
        ("HA 1 to HB 165", None),
        ("SA 2 to HS 1 for HB 20", None),
    ],
)
def test_codes_of_measures(printed: str, told: Code | None) -> None:
    assert code(printed) == told


def test_what_is_no_code_raises() -> None:
    with pytest.raises(PageChanged):
        code("Senate Nomination 12")


def test_an_agenda_names_measures_in_its_words() -> None:
    assert named_in("HS 1 for HB 94, SB 17 and SB17; HA 1 to HB 94") == ["HB 94", "SB 17"]
    assert named_in("Public comment on ICE") == []


def item(number: str, identity: int, on: str | None, title: str = "AN ACT (fictional)") -> Any:
    return {
        "GeneralAssemblySession": 153,
        "Title": number,
        "LongTitle": title,
        "Synopsis": "",
        "Link": f"{SITE}/BillDetail?legislationId={identity}",
        "Date": on,
    }


def run_feeds(source: Delaware, **feeds: list[Any]) -> list[Any]:
    """All that the feeds come to; a feed that is not given is empty."""
    *_, request = source.begin()
    while True:
        items = feeds.get(request.url.rpartition("/")[2], [])
        context = request.cb_kwargs["context"]
        body = json.dumps({"Items": items}).encode()
        things = list(source.read(Answer(request.url, body, context=context)))
        following = things[0] if things else None
        if not (isinstance(following, Request) and "/JsonFeed/" in following.url):
            return things
        request = following


def test_the_newest_step_of_the_highest_substitute_is_told() -> None:
    things = run_feeds(
        Delaware(today=dt.date(2026, 6, 1)),
        IntroducedLegislation=[
            item("HB 7", 10, "2026-01-20T00:00:00", "AN ACT RELATING TO ARRESTS (fictional)"),
            item(
                "HS 1 for HB 7", 20, "2026-03-20T00:00:00", "AN ACT RELATING TO NOTHING (fictional)"
            ),
            item("HB 8", 30, None),
        ],
        HousePassedLegislation=[
            item(
                "HS 1 for HB 7", 20, "2026-04-02T10:00:00", "AN ACT RELATING TO NOTHING (fictional)"
            ),
            item("HB 7", 10, "2026-05-02T10:00:00"),
        ],
    )
    first, second = (thing for thing in things if isinstance(thing, Listing))
    assert (first.key, first.title) == ("us-de/153/HB 7", "AN ACT RELATING TO NOTHING (fictional)")
    assert first.last_action == "Passed by the House (HS 1 for HB 7)"
    assert first.last_action_on == dt.date(2026, 4, 2)
    assert first.url == f"{SITE}/BillDetail?LegislationId=20"
    assert (second.last_action, second.last_action_on) == ("Introduced (HB 8)", None)


KEY = "us-de/153/HB 7"


def test_texts_read_before_stay_versions_when_the_feeds_forget_the_bill() -> None:
    address = f"{TEXT}?legislationId=10&legislationTypeId=1&docTypeId=2&legislationName=HB7"
    known = Known(watched=frozenset({KEY}), texts={KEY: [address]})
    source = Delaware(today=dt.date(2026, 6, 1), known=known)
    _, measure, *asked = run_feeds(
        source, IntroducedLegislation=[item("HS 1 for HB 7", 20, "2026-03-20T00:00:00")]
    )
    assert [version.note for version in measure.versions] == ["HB 7", "HS 1 for HB 7"]
    assert measure.versions[0].url == address
    assert [one.body for one in asked] == [
        b"legislationId=10&sort=&group=&filter=",
        b"legislationId=20&sort=&group=&filter=",
    ]
    (new,) = source.version_requests(measure)
    assert new.url == measure.versions[1].url


def test_histories_have_their_turn_and_are_asked_for_where_a_feed_tells_of_a_step() -> None:
    keys = [f"us-de/153/HB {n}" for n in range(1, 41)]
    known = Known(watched=frozenset(keys), asked=frozenset({KEY}))
    days = [dt.date(2026, 6, 1) + dt.timedelta(days=n) for n in range(7)]
    turns = [Delaware(today=day, known=known).turn for day in days]
    assert frozenset().union(*turns) == frozenset(keys)
    assert all(KEY in turn for turn in turns)
    assert max(map(len, turns)) <= 12

    still = Delaware(today=days[0], known=Known())
    (listing,) = run_feeds(still, IntroducedLegislation=[item("HB 7", 10, None)])
    *histories, page = still.follow(listing)
    assert [one.body for one in histories] == [b"legislationId=10&sort=&group=&filter="]
    assert page.url == f"{SITE}/BillDetail?LegislationId=10"


def test_the_site_is_asked_as_its_own_script_asks() -> None:
    *meetings, feed = Delaware(today=dt.date(2026, 6, 1)).begin()
    assert [one.url.rpartition("=")[2] for one in meetings] == ["1", "2", "3"]
    assert all(one.headers["X-Requested-With"] == b"XMLHttpRequest" for one in meetings)
    assert feed.url == f"{SITE}/json/JsonFeed/IntroducedLegislation"


@pytest.mark.parametrize(("refused", "verdict"), [(3, 0), (4, 1)])
def test_most_histories_refused_is_a_refusal_of_all(refused: int, verdict: int) -> None:
    source = Delaware(today=dt.date(2026, 6, 1))
    measure = Measure(jurisdiction="us-de", session="153", identifier="HB 7")
    for number in range(5):
        source._history(measure, number)
    for _ in range(refused):
        source.note("blocked", HISTORY, "an answer", "an empty body")
    source.check_texts()
    assert [one.found for one in source.problems] == ["4 of 5 refused"] * verdict


def crawl(server: Site, folder: Path) -> Crawl:
    job = Job(
        source="de",
        folder=str(folder),
        started_at=dt.datetime(2026, 2, 2, 15, tzinfo=dt.UTC),
        contact="https://example.org/contact",
        delay=0,
        allow_loopback=True,
    )
    places = {
        "spiders.legislatures.de:SITE": server.url,
        "spiders.legislatures.de_rows:SITE": server.url,
        "spiders.legislatures.de:Delaware.hosts": ("127.0.0.1",),
    }
    return crawl_in_child(job, places, {})


def recorded(case: str, file: str, media_type: str) -> Reply:
    return Reply((RECORDINGS / case / file).read_bytes(), media_type=media_type)


def test_a_crawl_reads_the_feeds_and_then_what_is_on_topic(tmp_path: Path) -> None:
    feeds: dict[str, Answering] = {f"/json/JsonFeed/{name}": '{"Items": []}' for name in _STEPS}
    pages: dict[str, Answering] = {
        **feeds,
        _HISTORY: recorded("history", "history.json", JSON),
        "/BillDetail": recorded("bill", "bill.html", HTML),
        "/json/BillDetail/GenerateHtmlDocument": recorded("text", "text.html", HTML),
        _MEETINGS: Reply("", media_type=JSON),
    }

    def signed(_: Asked) -> Reply:
        told = item("HB 182", 142367, "2025-07-14T10:00:00", "AN ACT RELATING TO AGREEMENTS")
        told["Link"] = f"{server.url}/BillDetail?legislationId=142367"
        told["Synopsis"] = "Prohibits agreements with federal immigration authorities."
        return Reply(json.dumps({"Items": [told]}), media_type=JSON)

    pages["/json/JsonFeed/GovernorSignedLegislation"] = signed
    with site(pages) as server:
        done = crawl(server, tmp_path / "run")
        asked = [one.path.partition("?")[0] for one in server.asked]
    assert done.record.verdict == "ok", done.record.reason
    assert len(done.record.missed) == 3, "the three lists of meetings that were empty"
    assert sum(path.startswith("/json/JsonFeed/") for path in asked) == 7
    assert asked.count(_HISTORY) == 1
    (measure,) = (one for one in done.items if isinstance(one, Measure))
    assert (measure.identifier, measure.effective_on) == ("HB 182", dt.date(2025, 7, 14))
    assert len(measure.actions or ()) == 9
    assert len(measure.sponsors or ()) == 13
    assert sum(isinstance(one, VersionText) for one in done.items) == 1


@pytest.mark.parametrize(
    ("file", "query", "key", "note", "first", "others"),
    [
        (
            "HB94__bill_content_Bill_Text.html",
            "legislationId=142510&legislationTypeId=6&docTypeId=2&legislationName=HS1forHB94",
            "us-de/153/HB 94",
            "HS 1 for HB 94",
            ["Rep. Lynn", "Rep. Ortega", "Sen. Hoffner", "Sen. Pinkney"],
            9,
        ),
        (
            "HB58__bill_content_Bill_Text.html",
            "legislationId=141895&legislationTypeId=1&docTypeId=2&legislationName=HB58",
            "us-de/153/HB 58",
            "HB 58",
            ["Rep. Lynn", "Rep. Ortega", "Sen. Hoffner", "Sen. Pinkney"],
            8,
        ),
        (
            "HB150__bill_content_Bill_Text.html",
            "legislationId=142171&legislationTypeId=1&docTypeId=2&legislationName=HB150",
            "us-de/153/HB 150",
            "HB 150",
            ["Rep. Gorman", "Sen. Sturgeon"],
            8,
        ),
        (
            "HCR20__bill_content_Bill_Text.html",
            "legislationId=141947&legislationTypeId=3&docTypeId=2&legislationName=HCR20",
            "us-de/153/HCR 20",
            "HCR 20",
            ["Rep. Gorman", "Rep. Ortega", "Sen. Pinkney"],
            8,
        ),
        (
            "HR19__bill_text__2025-11-14.html",
            "legislationId=142719&legislationTypeId=6&docTypeId=2&legislationName=HS1forHR19",
            "us-de/153/HR 19",
            "HS 1 for HR 19",
            ["Rep. Osienski", "Rep. Minor-Brown", "Rep. Harris"],
            0,
        ),
        (
            "SB206__bill_text__2025-11-07.html",
            "legislationId=142716&legislationTypeId=1&docTypeId=2&legislationName=SB206",
            "us-de/153/SB 206",
            "SB 206",
            [
                "Sen. Walsh",
                "Sen. Sokola",
                "Sen. Townsend",
                "Sen. Lockman",
                "Rep. K. Williams",
                "Rep. Minor-Brown",
                "Rep. Harris",
                "Rep. Osienski",
            ],
            1,
        ),
    ],
)
@needs_shared("recordings/de/manifest.yaml")
def test_the_real_texts(
    file: str, query: str, key: str, note: str, first: list[str], others: int
) -> None:
    answer = Answer(f"{TEXT}?{query}", shared(f"recordings/de/{file}").read_bytes())
    text, measure = Delaware().read(answer)
    assert isinstance(text, VersionText)
    assert isinstance(measure, Measure)
    assert (text.key, text.note, measure.key) == (key, note, key)
    named = measure.sponsors or []
    assert [one.name for one in named if one.role == "primary"] == first
    assert len(named) == len(first) + others
    assert "GENERAL ASSEMBLY" in text.text


@needs_shared("recordings/de/manifest.yaml")
def test_a_measure_links_to_the_texts_that_were_recorded() -> None:
    """The addresses that are made are those the site's pages linked to."""
    manifest = shared("recordings/de/manifest.yaml").read_text()
    source = Delaware(
        today=dt.date(2025, 10, 24), known=Known(watched=frozenset({"us-de/153/HB 94"}))
    )
    things = run_feeds(source, IntroducedLegislation=[item("HS 1 for HB 94", 142510, None)])
    (measure,) = (thing for thing in things if isinstance(thing, Measure))
    assert measure.versions
    (version,) = measure.versions
    assert f'"{version.url}"' in manifest
