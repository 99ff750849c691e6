"""Maryland: sessions by day, what of the file is kept and followed, numbers and texts by address."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.base import Thing
from spiders.known import Known
from spiders.legislatures.md import Maryland
from spiders.legislatures.md_page import chamber_of, kind_of, named_in_text_url, session_name
from spiders.reading import Blocked, PageChanged
from tests.shared import needs_shared, shared
from tracker.canonical import listing_print
from tracker.model import Hearing, Listing, Measure, tidy_identifier

SITE = "https://mgaleg.maryland.gov"
FILE = f"{SITE}/2025RS/misc/billsmasterlist/legislation.json"
RECORDED = Path(__file__).parents[1] / "recordings/md/file/legislation.json"
SUMMER = dt.date(2025, 6, 1)


@pytest.mark.parametrize(
    ("today", "sessions"),
    [
        ("2025-01-07", ("2024RS",)),
        ("2025-01-08", ("2025RS", "2024RS")),
        ("2025-04-30", ("2025RS", "2024RS")),
        ("2025-05-01", ("2025RS",)),
        ("2025-12-01", ("2025RS", "2026RS")),
        ("2025-12-16", ("2025RS", "2026RS", "2025S1")),
        ("2026-01-13", ("2025RS", "2025S1")),
        ("2026-01-14", ("2026RS", "2025RS")),
        ("2027-01-12", ("2026RS",)),
        ("2027-01-13", ("2027RS", "2026RS")),
        ("2028-01-11", ("2027RS",)),
        ("2028-01-12", ("2028RS", "2027RS")),
    ],
)
def test_the_sessions_of_a_day(today: str, sessions: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    assert Maryland(today=day).sessions(day) == sessions


def test_a_session_without_a_file_is_believed_only_before_it_opens() -> None:
    answer = Answer(FILE.replace("2025", "2026"), b"", status=404)
    assert list(Maryland(today=dt.date(2025, 12, 20)).read(answer)) == []
    with pytest.raises(PageChanged, match="which has opened"):
        list(Maryland(today=dt.date(2026, 1, 14)).read(answer))


def kept(spider: Maryland, body: bytes) -> list[Thing]:
    answer = Answer(FILE, body)
    things = [one for thing in spider.read(answer) for one in spider.sift(thing)]
    return [one for one in things if isinstance(one, Request) or not spider.drops(one)]


def test_what_is_on_topic_is_followed_and_told_in_full() -> None:
    things = kept(Maryland(today=SUMMER), RECORDED.read_bytes())
    asked = [one.url.rpartition("/")[2] for one in things if isinstance(one, Request)]
    assert asked == ["hb0085?ys=2025RS", "hb1222?ys=2025RS", "sb0977?ys=2025RS"]
    parts = [one.identifier for one in things if isinstance(one, Measure)]
    assert parts == ["HB 85", "HB 1222", "SB 977"]
    heard = [one.identifier for one in things if isinstance(one, Hearing)]
    assert heard == ["HB 85", "HB 1222", "HB 1222", "SB 977", "SB 977"]
    listed = [one.identifier for one in things if isinstance(one, Listing)]
    assert listed == ["HB 85", "HB 1222", "SB 977", "HB 9001", "HJ 1"]


def test_what_has_not_moved_is_left_alone() -> None:
    first = kept(Maryland(today=SUMMER), RECORDED.read_bytes())
    listings = [one for one in first if isinstance(one, Listing)]
    known = Known(
        prints={one.key: listing_print(one).hex() for one in listings},
        watched=frozenset({"us-md/2025/HB 85", "us-md/2025/HB 1222", "us-md/2025/SB 977"}),
    )
    again = kept(Maryland(today=SUMMER, known=known), RECORDED.read_bytes())
    assert {type(one) for one in again} == {Hearing}
    moved = RECORDED.read_bytes().replace(b"In the House - Hearing 3/26", b"Returned Passed 3/26")
    third = kept(Maryland(today=SUMMER, known=known), moved)
    assert [one.identifier for one in third if isinstance(one, Measure)] == ["SB 977"]


def test_the_time_of_the_file_moves_nothing() -> None:
    body = RECORDED.read_bytes()
    later = body.replace(b"2025-05-26T17:45:08.947", b"2025-05-27T09:00:00.000")
    assert later != body
    plain = [listing_print(one) for one in kept(Maryland(), body) if isinstance(one, Listing)]
    assert plain == [
        listing_print(one) for one in kept(Maryland(), later) if isinstance(one, Listing)
    ]


def test_a_synopsis_can_tell_what_a_title_does_not() -> None:
    records = json.loads(RECORDED.read_bytes())
    record = next(one for one in records if one["BillNumber"] == "HB9001")
    record["Synopsis"] = "Prohibiting 287(g) agreements with federal immigration authorities"
    things = kept(Maryland(today=SUMMER), json.dumps([record]).encode())
    assert [type(one) for one in things] == [Request, Listing, Measure]


def test_tests_of_the_legislature_are_counted() -> None:
    spider = Maryland(today=SUMMER)
    kept(spider, RECORDED.read_bytes())
    assert spider.rejected["a test of the legislature's own"] == 1


@pytest.mark.parametrize(
    ("identifier", "kind", "chamber"),
    [
        ("HB 85", "bill", "lower"),
        ("SB 977", "bill", "upper"),
        ("HJ 5", "resolution", "lower"),
        ("SR 2", "resolution", "upper"),
    ],
)
def test_kinds(identifier: str, kind: str, chamber: str) -> None:
    assert (kind_of(identifier), chamber_of(identifier)) == (kind, chamber)


@pytest.mark.parametrize(
    ("path", "session", "identifier", "note"),
    [
        ("2025RS/bills/hb/hb0085f.pdf", "2025", "HB 85", "First"),
        ("2026RS/bills/sb/sb0002T.pdf", "2026", "SB 2", "Third"),
        ("2025RS/bills/hb/hb1222e.pdf", "2025", "HB 1222", "Enrolled"),
        ("2025RS/Chapters_noln/CH_718_hb1222e.pdf", "2025", "HB 1222", "Chapter"),
        ("2025S1/bills/hb/hb0001f.pdf", "2025S1", "HB 1", "First"),
    ],
)
def test_a_text_is_known_by_its_address(
    path: str, session: str, identifier: str, note: str
) -> None:
    found = named_in_text_url(f"{SITE}/{path}")
    assert (found["session"], found["identifier"], found["note"]) == (session, identifier, note)


def test_sessions_by_their_names() -> None:
    assert [session_name(code) for code in ("2026RS", "2026rs", "2025S1")] == [
        "2026", "2026", "2025S1",
    ]  # fmt: skip


def test_a_special_session_without_bills_is_white_space() -> None:
    spider = Maryland(today=dt.date(2025, 12, 17))
    assert list(spider.read(Answer(FILE.replace("2025RS", "2025S1"), b" \r\n  \r\n"))) == []
    assert spider.empty_proof
    with pytest.raises(Blocked):
        list(spider.read(Answer(FILE, b" \r\n  \r\n")))


@needs_shared("corpus/scale-bills.jsonl.gz")
def test_every_known_address_of_a_text_is_read() -> None:
    """All 4,876 of 2025; notes on racial equity lie elsewhere and are no versions."""
    with gzip.open(shared("corpus/scale-bills.jsonl.gz"), "rt") as lines:
        bills = [bill for bill in map(json.loads, lines) if bill["state"] == "MD"]
    read = 0
    for bill in bills:
        for version in bill["versions"]:
            if version["note"] != "Racial Equity Impact Note":
                found = named_in_text_url(version["url"].replace("http://", "https://"))
                assert found["identifier"] == tidy_identifier(bill["identifier"])
                assert version["note"].startswith(found["note"])
                read += 1
    assert read == 4876
