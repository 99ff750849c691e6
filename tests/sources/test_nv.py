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
        f"{thing.cb_kwargs['context'].get('identifier', '')} {thing.url.partition('?')[2]}".strip()
        for thing in things
        if isinstance(thing, Request)
    ]


def overview(identifier: str, key: int) -> str:
    return f"{identifier} selectedTab=Overview&billKey={key}"


def search(word: str) -> str:
    return f"Filters.SearchText={word}&Filters.PageSize=2147483647"


ALL_WORDS = [
    search(word)
    for word in (
        "immigra", "alien", "border", "civil%20arrest", "deport", "federal%20law%20enforcement",
        "homeland", "sanctuar",
    )
]  # fmt: skip


def prints_of(*cases: str) -> dict[str, str]:
    answers = (load(ROOT / "nv" / case)[1] for case in cases)
    things = (thing for answer in answers for thing in Nevada().read(answer))
    return {one.key: listing_print(one).hex() for one in things if isinstance(one, Listing)}


def test_of_a_new_session_what_titles_tell_and_all_words() -> None:
    """SB 267 and AJR 9 are asked for by what their titles say; AB 217 and AB 160-82 say nothing."""
    assert asked("list", Nevada(today=dt.date(2025, 7, 20))) == [
        overview("SB 267", 12451),
        overview("AJR 9", 12391),
        *ALL_WORDS,
    ]


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2025-04-20", ["immigra", "alien"]),
        ("2025-04-21", ["immigra", "border"]),
        ("2025-04-22", ["immigra", "civil%20arrest"]),
        ("2025-06-30", ["immigra", "border"]),
        ("2025-07-01", []),
        ("2026-12-15", []),
    ],
)
def test_one_word_each_day_the_others_in_turn_until_a_session_is_over(
    today: str, words: list[str]
) -> None:
    spider = Nevada(today=dt.date.fromisoformat(today), known=Known(prints=prints_of("list")))
    assert asked("list", spider) == [search(word) for word in words]


def test_bills_filed_before_a_session_are_searched() -> None:
    spider = Nevada(today=dt.date(2026, 12, 15))
    assert [spider.is_over(slug) for slug in spider.sessions(spider.today)] == [True, False]


def test_while_a_session_sits_watched_bills_are_looked_at() -> None:
    """Its row in the list, which has no last action, does not take the place of what is kept."""
    known = Known(prints=prints_of("list"), watched=frozenset({"us-nv/83/AB 217"}))
    spider = Nevada(today=dt.date(2025, 4, 20), known=known)
    assert asked("list", spider) == [overview("AB 217", 12219), search("immigra"), search("alien")]
    assert "us-nv/83/AB 217" in spider.listed
    assert asked("list", Nevada(today=dt.date(2025, 7, 20), known=known)) == []


def test_many_watched_bills_are_looked_at_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.legislatures.nv._LOOKS", 1)
    prints = prints_of("list")
    known = Known(prints=prints, watched=frozenset(prints))
    looks = [
        asked("list", Nevada(today=dt.date(2025, 4, day), known=known))[:-2] for day in range(7, 11)
    ]
    assert sorted(look for day in looks for look in day) == [
        overview("AB 160-82", 11908),
        overview("AB 217", 12219),
        overview("AJR 9", 12391),
        overview("SB 267", 12451),
    ]
    asked_for = Known(prints=prints, watched=frozenset(prints), asked=frozenset(prints))
    assert len(asked("list", Nevada(today=dt.date(2025, 7, 20), known=asked_for))) == 4


def test_what_a_search_finds_is_read_once_and_then_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.legislatures.nv._LOOKS_AT_OTHERS", 1)
    keys = [f"us-nv/83/{name}" for name in ("AB 310", "AB 65", "SB 234")]
    assert asked("search", Nevada(known=Known(watched=frozenset(keys)))) == [
        overview("AB 217", 12219),
        overview("AJR 9", 12391),
        overview("SB 267", 12451),
    ]
    known = Known(prints=dict.fromkeys(keys, "00"), watched=frozenset(prints_of("list")))
    looks = [
        asked("search", Nevada(today=dt.date(2025, 4, day), known=known)) for day in range(7, 10)
    ]
    assert sorted(look for day in looks for look in day) == [
        overview("AB 310", 12390),
        overview("AB 65", 11874),
        overview("SB 234", 12347),
    ]


def test_a_bill_that_its_list_told_is_not_asked_for_again_by_a_search() -> None:
    spider = Nevada(today=dt.date(2025, 4, 20))
    asked("list", spider)
    assert overview("SB 267", 12451) not in asked("search", spider)


def test_of_a_watched_bill_that_is_as_it_was_nothing_more_is_read() -> None:
    prints = prints_of("overview-vetoed")
    known = Known(prints=prints, watched=frozenset(prints))
    assert asked("overview-vetoed", Nevada(today=dt.date(2025, 6, 12), known=known)) == []
    due = Nevada(today=dt.date(2025, 6, 13), known=known)
    assert asked("overview-vetoed", due) == ["AB 217 selectedTab=Text&billKey=12219"]


def test_what_a_long_title_tells() -> None:
    """Its title alone would not bring AB 217 in; its long title does, and its texts are asked for."""
    day = dt.date(2025, 6, 6)
    assert asked("overview-vetoed", Nevada(today=day)) == ["AB 217 selectedTab=Text&billKey=12219"]
    spider = Nevada(today=day)
    assert asked("overview-brought-back", spider) == []
    assert spider.rejected == {"bill whose long title is off topic": 1}


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
    spider, answer, _ = load(ROOT / "nv" / "overview-vetoed")
    (measure,) = [thing for thing in spider.read(answer) if isinstance(thing, Measure)]
    assert [action.chamber for action in (measure.actions or ())[-4:]] == [
        "upper", "lower", "executive", "executive",
    ]  # fmt: skip


def test_its_sentences_are_known() -> None:
    for case in ("overview-vetoed", "overview-all-in-one-line-fictional"):
        spider, answer, _ = load(ROOT / "nv" / case)
        for measure in spider.read(answer):
            for action in (measure.actions or ()) if isinstance(measure, Measure) else ():
                meaning = shipped_stages().meaning("us-nv", action.text, action.chamber)
                assert meaning.name != "unknown", action.text


def test_a_list_cut_off_has_not_all_its_rows() -> None:
    spider, answer, _ = load(ROOT / "nv" / "list")
    end = answer.body.rindex(b"<input")
    with pytest.raises(PageChanged, match="5 bills"):
        list(spider.read(Answer(answer.url, answer.body[:end], 200, answer.headers)))
