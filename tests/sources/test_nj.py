"""New Jersey: sessions by day, what subjects bring in, codes in words, the same facts in other bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.nj import NewJersey
from spiders.legislatures.nj_tables import session_name
from spiders.legislatures.nj_words import _REFERRALS, _WORDS, tally, words_of
from spiders.reading import PageChanged
from tests.shared import needs_shared, shared
from tests.test_recordings import ROOT, load
from tracker.model import Hearing, Listing, Measure
from tracker.stages import shipped_stages

FILES = "https://pub.njleg.state.nj.us"


@pytest.mark.parametrize(
    ("today", "years"),
    [
        ("2025-01-14", ("2024",)),
        ("2026-01-12", ("2024",)),
        ("2026-01-13", ("2026", "2024")),
        ("2026-01-31", ("2026", "2024")),
        ("2026-02-01", ("2026",)),
        ("2027-12-31", ("2026",)),
        ("2028-01-10", ("2026",)),
        ("2028-01-11", ("2028", "2026")),
        ("2028-02-01", ("2028",)),
    ],
)
def test_the_sessions_of_a_day(today: str, years: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    spider = NewJersey(today=day)
    assert spider.sessions(day) == years
    assert [request.url for request in spider.begin()] == [
        f"{FILES}/leg-databases/{year}data/DB{year}_TEXT.zip" for year in years
    ]


def test_sessions_by_their_names() -> None:
    assert [session_name(year) for year in ("2024", "2026", "2028")] == ["221", "222", "223"]


def kept(known: Known | None = None) -> list[object]:
    _, answer, case = load(ROOT / "nj" / "database")
    fresh = NewJersey(today=case.today, known=known)
    return [found for thing in fresh.read(answer) for found in fresh.sift(thing)]


def test_a_subject_makes_a_bill_wanted() -> None:
    """Its title speaks of "certain persons"; its subject is IMMIGRATION."""
    things = kept()
    (wanted,) = (thing for thing in things if isinstance(thing, Measure))
    assert wanted.identifier == "A 9001"
    assert sorted(thing.identifier for thing in things if isinstance(thing, Listing)) == [
        "A 1514", "A 1516", "AJR 9003", "S 9004",
    ]  # fmt: skip
    assert [thing.url for thing in things if isinstance(thing, Request)] == [
        f"{FILES}/Bills/2026/A9500/9001_I1.HTM",
        f"{FILES}/Bills/2026/A9500/9001_PL9.HTM",
    ]


def test_hearings_of_others_are_dropped() -> None:
    spider, answer, _ = load(ROOT / "nj" / "database")
    hearings = [thing for thing in spider.read(answer) if isinstance(thing, Hearing)]
    assert [spider.drops(hearing) for hearing in hearings] == [""] * 3
    other = NewJersey()
    assert other.drops(hearings[0]) == "hearing of a measure that is not watched"


def test_another_night_gives_the_same_facts() -> None:
    """The ZIP is packed anew each night, in another order and with other days of its own."""
    spider, answer, _ = load(ROOT / "nj" / "database")
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(answer.body)) as old, zipfile.ZipFile(packed, "w") as new:
        for member in reversed(old.infolist()):
            new.writestr(f"DB2026/{member.filename.lower()}", old.read(member))
    again = replace(answer, body=packed.getvalue())
    assert again.body != answer.body
    assert list(NewJersey(today=spider.today).read(again)) == list(spider.read(answer))


def test_codes_in_words() -> None:
    committees = {"AJU": "Assembly Judiciary Committee"}
    referred = "Introduced in the Assembly, Referred to Assembly Judiciary Committee"
    assert words_of("INT 1RA REF AJU", committees) == (referred, committees["AJU"])
    assert words_of("INT 1RA REF ZZZ", committees) == ("INT 1RA REF ZZZ", "")
    assert words_of("PA PBH", {}) == ("Passed Assembly (Passed Both Houses)", "")
    assert words_of("CV R/A 3RAG", {}) == ("CV R/A 3RAG", "")


def test_totals_of_votes() -> None:
    assert tally("PA", "(Doe) (41-30-1)") == (41, 30)
    assert tally("PS PBH", "(40-0)") == (40, 0)
    assert tally("PS", "") is None
    assert tally("MOTION", "To Table (Quijano) (43-20-0)") is None


def test_its_sentences_are_known() -> None:
    """All but the rescinding of an action that is not named; an approval names its chapter."""
    referrals = [f"{words} Assembly Judiciary Committee" for words in _REFERRALS.values()]
    sentences = {*_WORDS.values(), *referrals} - {"Rescind Action", "Approved"}
    unknown = [
        sentence
        for sentence in [*sentences, "Approved P.L.2026, c.47."]
        if shipped_stages().meaning("us-nj", sentence, "lower").name == "unknown"
    ]
    assert unknown == []


@needs_shared("recordings/nj")
def test_the_shell_as_recorded_is_no_answer() -> None:
    file = shared("recordings/nj/live-proceedings-shell.2025-12.html")
    answer = Answer(f"{FILES}/leg-databases/2024data/DB2024_TEXT.zip", file.read_bytes())
    with pytest.raises(PageChanged):
        list(NewJersey().read(answer))
