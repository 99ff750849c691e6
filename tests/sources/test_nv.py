"""Nevada: sessions by day, what a list makes a run ask for, addresses, the way between the houses."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.nv import Nevada, slug_of
from spiders.legislatures.nv_list import kind_of, without_draft
from spiders.legislatures.nv_page import address_of, page_of_tab, session_name, tab
from spiders.reading import PageChanged
from tests.test_recordings import ROOT, load
from tracker.canonical import listing_print
from tracker.model import Listing, Measure
from tracker.stages import shipped_stages

SITE = "https://www.leg.state.nv.us/App/NELIS/REL"


@pytest.mark.parametrize(
    ("today", "slugs"),
    [
        ("2025-02-02", ("82nd2023", "83rd2025")),
        ("2025-02-03", ("83rd2025",)),
        ("2025-11-12", ("83rd2025",)),
        ("2025-11-13", ("83rd2025", "36th2025Special")),
        ("2026-01-01", ("83rd2025",)),
        ("2026-11-30", ("83rd2025",)),
        ("2026-12-01", ("83rd2025", "84th2027")),
        ("2027-01-31", ("83rd2025", "84th2027")),
        ("2027-02-01", ("84th2027",)),
        ("2028-12-01", ("84th2027", "85th2029")),
    ],
)
def test_the_sessions_of_a_day(today: str, slugs: tuple[str, ...]) -> None:
    day = dt.date.fromisoformat(today)
    spider = Nevada(today=day)
    assert spider.sessions(day) == slugs
    assert [request.url for request in spider.begin()] == [
        f"{SITE}/{slug}/HomeBill/BillsTab?selectedTab=List&Filters.PageSize=2147483647"
        for slug in slugs
    ]


def test_sessions_by_their_names() -> None:
    assert [slug_of(year) for year in (2021, 2023, 2025, 2027, 2061, 2063)] == [
        "81st2021", "82nd2023", "83rd2025", "84th2027", "101st2061", "102nd2063",
    ]  # fmt: skip
    assert slug_of(2081) == "111th2081"
    assert session_name("84th2027") == "84"
    assert session_name("36th2025Special") == "2025Special36"
    with pytest.raises(PageChanged):
        session_name("2027")


@pytest.mark.parametrize(
    ("today", "session", "sits"),
    [
        ("2025-04-20", "83rd2025", True),
        ("2025-06-30", "83rd2025", True),
        ("2025-07-01", "83rd2025", False),
        ("2025-11-20", "83rd2025", False),
        ("2025-11-20", "36th2025Special", True),
        ("2026-12-15", "84th2027", False),
    ],
)
def test_when_a_session_sits(today: str, session: str, sits: bool) -> None:
    assert Nevada(today=dt.date.fromisoformat(today)).sits(session) is sits


def asked(case: str, spider: Nevada) -> list[str]:
    _, answer, _ = load(ROOT / "nv" / case)
    things = [found for thing in spider.read(answer) for found in spider.sift(thing)]
    return [
        f"{thing.cb_kwargs['context']['identifier']} {thing.url.partition('selectedTab=')[2]}"
        for thing in things
        if isinstance(thing, Request)
    ]


def test_the_long_title_of_each_new_bill_is_read_once() -> None:
    """SB 267 and AJR 9 are asked for by what their titles say, the others since they are new."""
    day = dt.date(2025, 7, 20)
    assert asked("list", Nevada(today=day)) == [
        "AB 217 Overview&billKey=12219",
        "SB 267 Overview&billKey=12451",
        "AJR 9 Overview&billKey=12391",
        "AB 160-82 Overview&billKey=11908",
    ]
    _, answer, _ = load(ROOT / "nv" / "list")
    listings = [thing for thing in Nevada().read(answer) if isinstance(thing, Listing)]
    prints = {listing.key: listing_print(listing).hex() for listing in listings}
    assert asked("list", Nevada(today=day, known=Known(prints=prints))) == []


def test_while_a_session_sits_watched_bills_are_asked_each_day() -> None:
    _, answer, _ = load(ROOT / "nv" / "list")
    listings = [thing for thing in Nevada().read(answer) if isinstance(thing, Listing)]
    prints = {listing.key: listing_print(listing).hex() for listing in listings}
    known = Known(prints=prints, watched=frozenset({"us-nv/83/AB 217"}))
    assert asked("list", Nevada(today=dt.date(2025, 4, 20), known=known)) == [
        "AB 217 Overview&billKey=12219"
    ]
    assert asked("list", Nevada(today=dt.date(2025, 7, 20), known=known)) == []


def test_a_run_reads_so_many_long_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.legislatures.nv._AT_ONCE", 1)
    spider = Nevada(today=dt.date(2025, 4, 20))
    assert asked("list", spider) == [
        "AB 217 Overview&billKey=12219",
        "SB 267 Overview&billKey=12451",
        "AJR 9 Overview&billKey=12391",
    ]
    assert spider.rejected["new bill whose long title is read in a later run"] == 1
    assert "us-nv/83/AB 160-82" not in spider.listed


def test_what_a_long_title_tells() -> None:
    """Its title alone would not bring AB 217 in; its long title does, and its texts are asked for."""
    day = dt.date(2025, 6, 6)
    assert asked("overview-vetoed", Nevada(today=day)) == ["AB 217 Text&billKey=12219"]
    assert asked("overview-brought-back", Nevada(today=day)) == []


def test_addresses() -> None:
    url = f"{SITE}/83rd2025/Bill/12219/Overview"
    assert address_of(url) == ("83rd2025", "12219")
    assert page_of_tab(tab(url, "Text")) == url
    for wrong in (
        f"{SITE}/83rd2025/Bill/AB217/Overview",
        "https://example.org/83rd2025/Bill/1/Overview",
    ):
        with pytest.raises(PageChanged):
            address_of(wrong)


def test_titles_and_kinds() -> None:
    assert without_draft("Revises provisions. (BDR 34-201)") == "Revises provisions."
    assert without_draft("Revises provisions. (BDR S-299)") == "Revises provisions."
    assert without_draft("Revises (certain) provisions.") == "Revises (certain) provisions."
    assert [kind_of(name) for name in ("AB 1", "IP 1", "SCR 2", "AB 160-82")] == [
        "bill", "bill", "resolution", "bill",
    ]  # fmt: skip


def test_a_bill_comes_back_to_its_house() -> None:
    """`To Assembly. In Assembly.` at the end of a line: what follows is the Assembly's."""
    spider, answer, _ = load(ROOT / "nv" / "overview-unmoved")
    (measure,) = spider.read(answer)
    assert isinstance(measure, Measure)
    assert [action.chamber for action in (measure.actions or ())[-4:]] == [
        "upper", "lower", "executive", "executive",
    ]  # fmt: skip


def test_its_sentences_are_known() -> None:
    for case in ("overview-unmoved", "overview-all-in-one-line-fictional"):
        spider, answer, _ = load(ROOT / "nv" / case)
        for measure in spider.read(answer):
            assert isinstance(measure, Measure | Request)
            for action in (measure.actions or ()) if isinstance(measure, Measure) else ():
                meaning = shipped_stages().meaning("us-nv", action.text, action.chamber)
                assert meaning.name != "unknown", action.text


def test_a_list_cut_off_has_not_all_its_rows() -> None:
    spider, answer, _ = load(ROOT / "nv" / "list")
    end = answer.body.rindex(b"<input")
    with pytest.raises(PageChanged, match="5 bills"):
        list(spider.read(Answer(answer.url, answer.body[:end], 200, answer.headers)))
