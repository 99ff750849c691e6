"""Oregon: sessions by date, the real measures and texts, pages counted to the last row."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.or_ import OLIS, SERVICE, Oregon
from spiders.legislatures.or_rows import Row, TextRow, Whole, summary, versions
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Measure

LIST = "recordings/or/measures-2026r1.trimmed.json"
SESSIONS = f"{SERVICE}/LegislativeSessions?$format=json"
MEASURES = (
    f"{SERVICE}/Measures?$format=json&$filter=SessionKey%20eq%20%272026R1%27"
    "&$inlinecount=allpages&$top=1000&$skip="
)


def session_requests(today: str, *listed: tuple[str, str | None]) -> list[str]:
    rows = [{"SessionKey": key, "EndDate": end and f"{end}T00:00:00"} for key, end in listed]
    source = Oregon(today=dt.date.fromisoformat(today))
    things = source.read(Answer(SESSIONS, json.dumps({"value": rows}).encode()))
    return [thing.url[-15:].replace("%27", "'") for thing in things if isinstance(thing, Request)]


LISTED = (
    ("2024R1", "2024-03-08"),
    ("2025R1", "2025-06-30"),
    ("2025S1", "2025-09-05"),
    ("2025I1", None),
    ("2026R1", "2026-03-09"),
)


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        ("2025-02-01", ["2025R1", "2025S1"]),
        ("2025-12-31", ["2025R1", "2025S1"]),
        ("2026-01-05", ["2026R1"]),
        ("2026-09-01", ["2026R1"]),
        ("2027-01-04", ["2026R1"]),  # next year's is not set up yet
    ],
)
def test_the_sessions_of_a_day(today: str, asked: list[str]) -> None:
    assert [url.partition("'")[2].strip("'") for url in session_requests(today, *LISTED)] == asked


def test_from_february_a_year_without_session_raises() -> None:
    with pytest.raises(PageChanged, match="2027R1"):
        session_requests("2027-02-01", *LISTED)
    assert session_requests("2027-02-01", *LISTED, ("2027R1", None))
    assert Oregon().sessions(dt.date(2028, 2, 5)) == ["2028R1"]


def measures(rows: list[dict[str, Any]], count: int, skip: int) -> list[Any]:
    body = json.dumps({"odata.count": str(count), "value": rows}).encode()
    return list(Oregon().read(Answer(f"{MEASURES}{skip}", body)))


@needs_shared(LIST)
def test_the_real_measures_of_a_session() -> None:
    rows = json.loads(shared(LIST).read_bytes())
    found = {measure.identifier: measure for measure in measures(rows, len(rows), 0)}
    assert len(found) == 200
    assert sum(measure.kind == "bill" for measure in found.values()) == 185
    bill = found["HB 4079"]
    assert (bill.key, bill.chamber) == ("us-or/2026R1/HB 4079", "lower")
    assert bill.title == (
        "Relating to policies for when federal immigration authorities enter public education"
        " property; and prescribing an effective date."
    )
    assert bill.abstract.startswith("Digest: Tells public schools to have a policy")
    assert bill.abstract.endswith("Takes effect on September 30, 2026.")  # no emergency any more
    texts = " ".join(measure.abstract for measure in found.values())
    assert "<i>" not in texts
    assert "<b>" not in texts
    assert "Flesch" not in texts


@needs_shared(LIST)
def test_the_immigration_measures_among_them_are_wanted() -> None:
    rows = json.loads(shared(LIST).read_bytes())
    source = Oregon(today=dt.date(2026, 2, 10))
    body = json.dumps({"odata.count": 200, "value": rows}).encode()
    for thing in source.read(Answer(f"{MEASURES}0", body)):
        list(source.sift(thing))
    wanted = {key.rpartition("/")[2] for key in source.wanted}
    assert {"HB 4001", "HB 4079", "SB 1594", "SB 1570"} <= wanted
    assert len(wanted) < 40


@pytest.mark.parametrize(
    ("count", "skip", "rows", "next_skip"),
    [(1, 0, 1, None), (2, 1, 1, None), (304, 0, 2, "2"), (2001, 1000, 1, "1001")],
)
def test_pages_are_read_to_the_last_row_counted(
    count: int, skip: int, rows: int, next_skip: str | None
) -> None:
    things = measures([row(number) for number in range(1, rows + 1)], count, skip)
    following = [thing.url.rpartition("skip=")[2] for thing in things if isinstance(thing, Request)]
    assert following == ([next_skip] if next_skip else [])
    assert sum(isinstance(thing, Measure) for thing in things) == rows


def row(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "SessionKey": "2026R1",
        "MeasurePrefix": "HB",
        "MeasureNumber": number,
        "RelatingTo": "Relating to a test (fictional).",
        "CatchLine": None,
        "MeasureSummary": None,
        **fields,
    }


def test_a_measure_of_another_session_or_without_title_raises() -> None:
    with pytest.raises(PageChanged, match="2025R1"):
        measures([row(1, SessionKey="2025R1")], 1, 0)
    with pytest.raises(PageChanged, match="a title"):
        measures([row(1, RelatingTo=" ")], 1, 0)
    (measure,) = measures([row(1, RelatingTo=None, CatchLine="A catch line.")], 1, 0)
    assert (measure.title, measure.abstract) == ("A catch line.", "A catch line.")


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("[<i>Bans it.</i>] <b>Allows it.</b>", "Allows it."),
        ("[<i>Bans\n\tit.</i> ]Allows [one] it.", "Allows [one] it."),
        ("[ <i>A</i> ] B [<i>C</i>] D (Flesch Readability Score: 70). E", "B D E"),
        ("", "The catch line."),
        ("<script>alert(1)</script>Fine & good", "Fine & good"),
    ],
)
def test_a_summary_is_read_as_it_stands(printed: str, read: str) -> None:
    said = Row("2026R1", "HB", 1, "Relating", "The catch line.", printed)
    assert summary(said) == read


def test_versions_stand_in_order_and_amendments_beside_them() -> None:
    names = [
        "Enrolled",
        "B-Engrossed",
        "House Amendments to A-Engrossed",
        "A-Engrossed",
        "Introduced",
    ]
    whole = Whole(
        "2026R1", "HB", 1, "Relating", None, None, None, [], [],
        [TextRow(name, f"{OLIS}/{name}") for name in names], [], [],
    )  # fmt: skip
    assert [version.note for version in versions(whole)] == [
        "Introduced",
        "A-Engrossed",
        "B-Engrossed",
        "Enrolled",
    ]


KEY = "us-or/2026R1/HB 4001"


@pytest.mark.parametrize(
    ("today", "known", "asked"),
    [
        ("2026-03-01", Known(texts={KEY: ["x"]}), 1),
        ("2026-06-07", Known(texts={KEY: ["x"]}), 1),
        ("2026-06-08", Known(texts={KEY: ["x"]}), 0),
        ("2026-06-08", Known(), 1),
        ("2026-06-08", Known(texts={KEY: ["x"]}, asked=frozenset({KEY})), 1),
        ("2026-06-08", Known(texts={KEY: ["x"]}, canary=KEY), 1),
    ],
    ids=["in session", "governor's days", "over", "never read", "asked for", "canary"],
)
def test_a_session_that_is_over_costs_nothing(today: str, known: Known, asked: int) -> None:
    source = Oregon(today=dt.date.fromisoformat(today), known=known)
    body = json.dumps({"value": [{"SessionKey": "2026R1", "EndDate": "2026-03-09T00:00:00"}]})
    list(source.read(Answer(SESSIONS, body.encode())))
    title = "Relating to immigration."
    measure = Measure(jurisdiction="us-or", session="2026R1", identifier="HB 4001", title=title)
    assert list(source.sift(measure)) == [measure] * asked
    assert source.listed == {KEY}
    requests = wholes_after_the_list(source)
    assert len(requests) == asked
    assert all("MeasureNumber%20eq%204001%29&$expand=" in request.url for request in requests)


def wholes_after_the_list(source: Oregon) -> list[Request]:
    body = json.dumps({"odata.count": "1", "value": [row(1)]}).encode()
    things = source.read(Answer(f"{MEASURES}0", body))
    return [thing for thing in things if isinstance(thing, Request)]


def test_wanted_measures_are_read_whole_ten_at_once() -> None:
    source = Oregon(today=dt.date(2026, 3, 1))
    for number in range(4001, 4013):
        name = f"HB {number}"
        measure = Measure(jurisdiction="us-or", session="2026R1", identifier=name, title="x")
        assert not list(source.version_requests(measure))
    requests = wholes_after_the_list(source)
    assert [request.url.count("MeasureNumber") for request in requests] == [10, 2]
    assert all(len(request.url) < 1_500 for request in requests)
    with pytest.raises(PageChanged, match="HB 4011, HB 4012"):
        list(source.read(Answer(requests[1].url, b'{"value": [], "MeasureHistoryActions": 0}')))


@pytest.mark.parametrize(
    ("file", "name", "words"),
    [
        ("measure-2026r1-sb1594-enrolled.pdf", "SB1594/Enrolled", "Refugee Advancement"),
        ("measure-2025r1-sb599-introduced.pdf", "SB599/Introduced", "immigration status"),
    ],
)
@needs_shared(LIST)
def test_the_real_texts(file: str, name: str, words: str) -> None:
    session = "2026R1" if "2026" in file else "2025R1"
    url = f"{OLIS}/{session}/Downloads/MeasureDocument/{name}"
    (text,) = Oregon().read(Answer(url, shared(f"recordings/or/{file}").read_bytes()))
    assert text.key == f"us-or/{session}/SB {name[2:].partition('/')[0]}"
    assert text.note == name.partition("/")[2]
    assert words in text.text


def test_committees_are_named_by_the_list_of_their_session() -> None:
    source = Oregon(today=dt.date(2026, 2, 10))
    rows = [
        {"SessionKey": "2026R1", "CommitteeCode": "SJUD", "CommitteeName": "Senate  On Judiciary"},
        {"SessionKey": "2025R1", "CommitteeCode": "HJUD", "CommitteeName": "of another session"},
    ]
    url = f"{SERVICE}/Committees?$format=json&$filter=SessionKey%20eq%20%272026R1%27"
    (request,) = source.read(Answer(url, json.dumps({"value": rows}).encode()))
    assert source.committees_of == {"2026R1": {"SJUD": "Senate On Judiciary"}}
    assert request.meta["fresh"]
    assert request.url.endswith("$top=1000&$skip=0")
