"""Massachusetts: the court of a day, drafts that follow one another, hearings, all real histories."""

from __future__ import annotations

import datetime as dt
import gzip
import json

import pytest

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.ma import Massachusetts
from spiders.legislatures.ma_history import committees, hearings, relations, votes
from spiders.legislatures.ma_rows import court_name, kind_of
from spiders.reading import PageChanged, SourceError
from tests.shared import needs_shared, shared
from tracker.model import Action, Listing, Measure, Vote

API = "https://malegislature.gov/api/GeneralCourts"
PAGE = "recordings/ma/H4844__bill_page.html"
BILLS = "corpus/scale-bills.jsonl.gz"


@pytest.mark.parametrize(
    ("today", "courts"),
    [
        ("2025-01-01", ["194", "193"]),
        ("2025-01-14", ["194", "193"]),
        ("2025-01-15", ["194"]),
        ("2026-08-01", ["194"]),
        ("2026-12-01", ["194", "195"]),
        ("2027-01-05", ["194", "195"]),
        ("2027-01-06", ["195", "194"]),
        ("2027-01-20", ["195"]),
        ("2028-07-31", ["195"]),
        ("2028-12-31", ["195", "196"]),
    ],
)
def test_the_courts_of_a_day(today: str, courts: list[str]) -> None:
    day = dt.date.fromisoformat(today)
    source = Massachusetts(today=day)
    assert source.sessions(day) == courts
    lists = [request for request in source.begin() if "/api/" in request.url]
    assert [request.url for request in lists] == [f"{API}/{court}/Documents" for court in courts]
    assert {request.headers["Accept"] for request in lists} == {b"application/json"}


@pytest.mark.parametrize(
    ("today", "token"),
    [
        ("2025-02-28", ""),
        ("2025-03-01", "3139347468202843757272656e7429"),
        ("2027-02-28", ""),
        ("2027-03-01", "3139357468202843757272656e7429"),
    ],
)
def test_texts_are_searched_once_bills_have_numbers(today: str, token: str) -> None:
    source = Massachusetts(today=dt.date.fromisoformat(today))
    asked = [request for request in source.begin() if "/Bills/Search?" in request.url]
    assert [one.url.rpartition("=")[2] for one in asked] == ([token] if token else [])
    assert all(one.meta["fresh"] for one in asked)  # each page leads to the next


@pytest.mark.parametrize(
    ("today", "pages"), [("2026-02-09", 1), ("2026-02-10", 0), ("2026-02-11", 0)]
)
def test_texts_are_searched_every_third_day(today: str, pages: int) -> None:
    known = Known(prints={"us-ma/194th/H 2580": "00"})
    source = Massachusetts(today=dt.date.fromisoformat(today), known=known)
    assert sum("/Bills/Search?" in request.url for request in source.begin()) == pages


def test_of_many_watched_matters_each_has_its_turn_and_what_is_asked_for_comes_at_once() -> None:
    watched = frozenset(f"us-ma/194th/H {number}" for number in range(1, 31))
    known = Known(watched=watched, asked=frozenset({"us-ma/194th/S 9"}))
    rounds = [
        {request.url for request in Massachusetts(today=dt.date(2026, 2, day), known=known).begin()}
        for day in (2, 3, 4)
    ]
    looks = [{url for url in one if "HistoryActions" in url} for one in rounds]
    assert len(set.union(*looks)) == len(watched) + 1
    assert set.intersection(*looks) == {f"{API}/194/Documents/S9/DocumentHistoryActions"}


def test_the_history_of_each_watched_matter_is_asked_for() -> None:
    watched = frozenset({"us-ma/194th/H 2580", "us-ma/193th/H 1", "us-me/132/LD 1971"})
    source = Massachusetts(today=dt.date(2026, 2, 2), known=Known(watched=watched))
    assert [request.url for request in source.begin()][1:-1] == [
        f"{API}/194/Documents/H2580/DocumentHistoryActions"
    ]


def test_a_court_to_come_may_have_no_documents() -> None:
    source = Massachusetts(today=dt.date(2026, 12, 5))
    assert list(source.read(Answer(f"{API}/195/Documents", b"", 404))) == []
    assert source.rejected == {"court without documents": 1}
    with pytest.raises(SourceError, match="HTTP 404"):
        list(source.read(Answer(f"{API}/194/Documents", b"", 404)))


def test_a_listing_leads_to_record_and_history() -> None:
    listing = Listing(jurisdiction="us-ma", session="201st", identifier="SD 12", title="An Act")
    assert [request.url for request in Massachusetts().follow(listing)] == [
        f"{API}/201/Documents/SD12",
        f"{API}/201/Documents/SD12/DocumentHistoryActions",
    ]


@pytest.mark.parametrize(
    ("number", "name"), [("191", "191st"), ("192", "192nd"), ("193", "193rd"), ("211", "211th")]
)
def test_courts_are_counted_in_words(number: str, name: str) -> None:
    assert court_name(number) == name


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("An Act relative to orders of the court", "bill"),
        ("Resolve establishing a commission", "bill"),
        ("Resolutions memorializing Congress", "resolution"),
        ("Senate Order relative to the rules", "resolution"),
        ("Proposal for a legislative amendment to the Constitution", "resolution"),
    ],
)
def test_a_resolve_is_law_and_resolutions_are_not(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def said(*texts: str) -> list[Action]:
    return [Action(on=dt.date(2025, 7, 17), text=text, chamber="upper") for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Accompanied a new draft, see H4596", [("substituted_by", "H 4596")]),
        ("New draft (Dooner) substituted, see S2643", [("substituted_by", "S 2643")]),
        ("Reprinted, as amended, see S2709", [("substituted_by", "S 2709")]),
        (
            "Amended by substitution of bill with the same title, see H4542",
            [("substituted_by", "H 4542")],
        ),
        ("New draft of H435 and H445", [("substitutes", "H 435"), ("substitutes", "H 445")]),
        ("Substituted as a new draft for S1052", [("substitutes", "S 1052")]),
        ("H4240, published as amended", [("substitutes", "H 4240")]),
        ("Accompanied H1234", [("incorporated_into", "H 1234")]),
        ("Accompanied a study order, see S2765", []),
        ("Accompanied by H388, H410 and H413", []),
        ("For message, see H4250, Attachment B", []),
        ("Text of an amendment, see S2540", []),
        ("Order adopted, see H59", []),
    ],
)
def test_what_took_the_place_of_what(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.identifier) for one in relations(said(text))] == expected


@pytest.mark.parametrize(
    ("text", "motion", "yes", "no"),
    [
        ("Enacted -see Roll Call #7 (Yeas 38 to Nays 1)", "Enacted", 38, 1),
        ("Enacted - 150 YEAS to 3 NAYS (See YEA and NAY No. 67 )", "Enacted", 150, 3),
        (
            "Passed to be engrossed -- see Roll Call # 9 (Yeas 39 to Nays 0)",
            "Passed to be engrossed",
            39,
            0,
        ),
    ],
)
def test_votes_are_counted_in_words(text: str, motion: str, yes: int, no: int) -> None:
    day = dt.date(2025, 7, 17)
    assert list(votes(said(text))) == [Vote(on=day, chamber="upper", motion=motion, yes=yes, no=no)]


def test_a_slip_of_the_site_tells_no_vote() -> None:
    assert not list(votes(said("Passed to be engrossed -- see Roll Call #9 (Yeas 9 to Yeas 9)")))


@needs_shared(PAGE)
def test_the_real_page_of_a_bill() -> None:
    url = "https://malegislature.gov/Bills/194/H4844/CommitteeVote"
    (bill,) = Massachusetts().read(Answer(url, shared(PAGE).read_bytes()))
    assert isinstance(bill, Measure)
    assert bill.key == "us-ma/194th/H 4844"
    assert (bill.title or "").startswith("An Act providing for the appointment and removal")
    assert (bill.abstract or "").startswith("By Representative Puppolo of Springfield")
    assert [one.name for one in bill.sponsors or ()] == ["Angelo J. Puppolo, Jr."]
    assert [(one.on, one.yes, one.no) for one in bill.votes or ()] == [(dt.date(2026, 3, 6), 11, 0)]
    with pytest.raises(PageChanged, match="H4845, as its address says"):
        list(Massachusetts().read(Answer(url.replace("4844", "4845"), shared(PAGE).read_bytes())))


@needs_shared(BILLS)
def test_all_real_histories() -> None:
    """Each sentence on hearings is read; drafts point at one another; numbers of votes are real."""
    announced = 0
    drafts: dict[str, set[str]] = {"substituted_by": set(), "substitutes": set()}
    with gzip.open(shared(BILLS), "rt") as lines:
        for line in lines:
            if not line.startswith('{"state":"MA"'):
                continue
            row = json.loads(line)
            history = [
                Action(on=dt.date.fromisoformat(one["date"]), text=one["text"])
                for one in row["actions"]
            ]
            measure = Measure(
                jurisdiction="us-ma",
                session=row["session"],
                identifier=row["identifier"],
                actions=history,
                committees=committees(history),
            )
            told = [one.text for one in history if one.text.startswith("Hearing ")]
            found = list(hearings(measure, "America/New_York", dt.date(2025, 1, 1)))
            assert bool(found) == any(" from " in one for one in told), told
            announced += len(found)
            for relation in relations(history):
                drafts.setdefault(relation.kind, set()).add(relation.identifier)
            assert all(vote.yes + vote.no <= 160 for vote in votes(history))
    assert announced > 5_000
    assert len(drafts["substituted_by"]) > 200
