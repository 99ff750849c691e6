"""Kansas: sessions by day, how much of the list is read, histories over pages, words of hearings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.ks import Kansas
from spiders.legislatures.ks_history import committees_told, hearings, votes_of
from spiders.legislatures.ks_page import address_of, session_of, url_of
from spiders.reading import PageChanged
from tracker.model import Action, Measure

SITE = "https://www.kslegislature.gov"
KEY = "us-ks/2025-2026/HB 9001"
PAGE = f"{SITE}/b2025_26/measures/fragment/?per_page=20&page={{}}"
HISTORY = f"{SITE}/b2025_26/bills/HB9001/history/?per_page=20&page="


@pytest.mark.parametrize(
    ("today", "slug", "session"),
    [
        ("2025-01-12", "b2023_24", "2023-2024"),
        ("2025-01-13", "b2025_26", "2025-2026"),
        ("2026-12-31", "b2025_26", "2025-2026"),
        ("2027-01-10", "b2025_26", "2025-2026"),
        ("2027-01-11", "b2027_28", "2027-2028"),
        ("2028-12-31", "b2027_28", "2027-2028"),
    ],
)
def test_the_session_of_a_day(today: str, slug: str, session: str) -> None:
    day = dt.date.fromisoformat(today)
    assert Kansas().sessions(day) == [slug]
    assert session_of(slug) == session
    (request,) = Kansas(today=day).begin()
    assert request.url.startswith(f"{SITE}/{slug}/measures/fragment/?per_page=20&types=bill")
    assert request.url.endswith("&page=1")


def test_histories_of_the_watched_are_asked_for_while_they_may_move() -> None:
    known = Known(watched=frozenset({KEY, "us-ks/2023-2024/HB 2001"}))
    in_session = list(Kansas(today=dt.date(2026, 3, 3), known=known).begin())
    assert [request.url for request in in_session[1:]] == [f"{HISTORY}1"]
    assert len(list(Kansas(today=dt.date(2026, 8, 3), known=known).begin())) == 1


@pytest.mark.parametrize(
    ("path", "slug", "identifier"),
    [
        ("b2025_26/bills/HB2004/", "b2025_26", "HB 2004"),
        ("b2027_28/resolutions/SCR1608/history/?per_page=20&page=1", "b2027_28", "SCR 1608"),
    ],
)
def test_a_measure_is_known_by_its_address(path: str, slug: str, identifier: str) -> None:
    assert address_of(f"{SITE}/{path}") == (slug, identifier)
    assert url_of(slug, identifier) == f"{SITE}/{path.partition('history')[0]}"
    with pytest.raises(PageChanged):
        address_of(f"{SITE}/li/{path}")


def listing(total: int, *, has_next: bool = True) -> Answer:
    link = "<a hx-get='?page=2'>Next</a>" if has_next else ""
    body = (
        f"<div class=site-table-count>Showing 1–1 of {total:,} measures</div><table>"
        "<tr data-href='/b2025_26/bills/HB9001/'><td>HB9001</td><td>x (fictional)</td><td>Passed</td>"
        f"<td>Bill</td></tr></table><nav aria-label='Pagination'>{link}</nav>"
    )
    return Answer(PAGE.format(1), body.encode())


@pytest.mark.parametrize(
    ("today", "total", "has_next", "goes_on"),
    [
        ("2026-03-03", 2, True, False),
        ("2026-03-03", 3, True, True),
        ("2026-03-03", 1_448, True, True),
        ("2026-03-03", 1, False, False),
    ],
    ids=["nothing new", "one more", "a first crawl", "one page"],
)
def test_the_list_is_read_on_where_there_is_more(
    today: str, total: int, *, has_next: bool, goes_on: bool
) -> None:
    known = Known(prints={KEY: "00", "us-ks/2025-2026/HB 9002": "00"})
    source = Kansas(today=dt.date.fromisoformat(today), known=known)
    requests = [
        one for one in source.read(listing(total, has_next=has_next)) if isinstance(one, Request)
    ]
    assert [one.url.endswith("&page=2") for one in requests] == ([True] if goes_on else [])


def test_a_list_is_read_on_until_as_many_are_known_as_it_counts() -> None:
    known = Known(prints={KEY: "00", "us-ks/2025-2026/HB 9002": "00"})
    for until, goes_on in ((2, 0), (3, 1)):
        source = Kansas(today=dt.date(2026, 3, 3), known=known)
        page = replace(listing(3), context={"until": until}, url=PAGE.format(2))
        page = replace(page, body=page.body.replace(b"page=2", b"page=3"))
        assert sum(isinstance(one, Request) for one in source.read(page)) == goes_on
        assert source.listed == set(known.prints), "what is known counts as listed"


def test_all_pages_of_the_list_have_their_turn_in_session() -> None:
    known = Known(prints={f"us-ks/2025-2026/HB {n}": "00" for n in range(2001, 3449)})

    def asked(day: dt.date) -> list[str]:
        source = Kansas(today=day, known=known)
        return [one.url for one in source.read(listing(1_448)) if isinstance(one, Request)]

    days = [asked(dt.date(2026, 3, 3) + dt.timedelta(days=n)) for n in range(11)]
    urls = [url for day in days for url in day]
    assert len(urls) == len(set(urls)) == 72
    assert all(len(day) < 15 for day in days)
    assert asked(dt.date(2026, 8, 3)) == []


def test_a_list_that_ends_before_its_count_is_refused() -> None:
    with pytest.raises(PageChanged, match="the page after 1 of 2"):
        list(Kansas().read(listing(2, has_next=False)))


def history(rows: list[tuple[str, str, str]], total: int, *, has_next: bool = False) -> bytes:
    cells = "".join(
        f"<tr class=history-row><td data-label=Date>{on}</td><td><span class=history-chamber>{house}"
        f"</span></td><td class=col-primary>{words}</td></tr>"
        for on, house, words in rows
    )
    link = "<a hx-get='?per_page=20&page=2'>Next</a>" if has_next else ""
    return (
        f"<p>Showing 1–1 of {total} entries</p><table>{cells}</table>"
        f"<nav aria-label='Pagination'>{link}</nav>"
    ).encode()


def test_a_history_over_pages_is_put_in_order_as_a_whole() -> None:
    newest, oldest = (
        ("Tue, Feb 03, 2026", "House", "Referred"),
        ("Tue, Feb 03, 2026", "", "Introduced"),
    )
    source = Kansas(today=dt.date(2026, 2, 4))
    first = Answer(f"{HISTORY}1", history([newest], 2, has_next=True))
    (request,) = source.read(first)
    assert isinstance(request, Request)
    assert request.url == f"{HISTORY}2"
    context: dict[str, Any] = request.cb_kwargs["context"]
    measure, page = source.read(Answer(request.url, history([oldest], 2), context=context))
    assert isinstance(measure, Measure)
    assert [action.text for action in measure.actions or ()] == ["Introduced", "Referred"]
    assert isinstance(page, Request)
    assert page.url == f"{SITE}/b2025_26/bills/HB9001/"
    with pytest.raises(PageChanged, match="3 entries"):
        list(source.read(Answer(request.url, history([oldest], 3), context=context)))


@pytest.mark.parametrize(
    ("today", "known", "is_asked"),
    [
        ("2026-02-05", Known(texts={KEY: ["x"]}, watched=frozenset({KEY})), True),
        ("2026-02-06", Known(texts={KEY: ["x"]}, watched=frozenset({KEY})), False),
        ("2026-02-06", Known(), True),
    ],
    ids=["moved", "lies still", "never read"],
)
def test_the_page_is_read_where_a_measure_moved(
    today: str, known: Known, *, is_asked: bool
) -> None:
    source = Kansas(today=dt.date.fromisoformat(today), known=known)
    body = history([("Tue, Feb 03, 2026", "House", "Introduced")], 1)
    requests = [one for one in source.read(Answer(f"{HISTORY}1", body)) if isinstance(one, Request)]
    assert len(requests) == is_asked


def action(words: str) -> Action:
    return Action(on=dt.date(2026, 2, 3), text=words, chamber="lower")


@pytest.mark.parametrize(
    ("words", "motion", "yes", "no"),
    [
        ("Final Action - Passed; Yea 116, Nay 1, Absent 8", "Final Action - Passed", 116, 1),
        ("Emergency Final Action - Passed as amended; Yea: 40 Nay: 0",
         "Emergency Final Action - Passed as amended", 40, 0),
        ("Consent Calendar Passed Yea: 40 Nay: 0", "Consent Calendar Passed", 40, 0),
        ("Motion to override veto prevailed; Yea 29, Nay 10, Absent 1",
         "Motion to override veto prevailed", 29, 10),
    ],
)  # fmt: skip
def test_totals_are_read_from_the_words(words: str, motion: str, yes: int, no: int) -> None:
    (vote,) = votes_of([action(words)])
    assert (vote.motion, vote.yes, vote.no) == (motion, yes, no)


@pytest.mark.parametrize(
    ("words", "committee"),
    [
        ("Referred to Committee on Elections", ["Elections"]),
        ("Referred to Senate Committee on Judiciary", ["Judiciary"]),
        ("Withdrawn from Calendar, Rereferred to Senate Committee on Assessment and Taxation",
         ["Assessment and Taxation"]),
        ("Referred to Committee of the Whole", []),
        ("Committee Report recommending bill be passed by Committee on Elections", []),
    ],
)  # fmt: skip
def test_committees_are_read_from_referrals(words: str, committee: list[str]) -> None:
    assert committees_told([action(words)]) == committee


@pytest.mark.parametrize(
    ("words", "place", "status"),
    [
        ("Hearing: Thursday, February 5, 2026, 3:30 PM Room 582-N", "Room 582-N", "scheduled"),
        ("Hearing: Thursday, February 5, 2026, 3:30 PM Room 112-N - CANCELED", "Room 112-N",
         "cancelled"),
        ("Hearing continuation: Thursday, February 5, 2026, 3:30 PM Room 548-S", "Room 548-S",
         "scheduled"),
        ("Hearing: (proponents) Thursday, February 5, 2026, 3:30 PM Room 546-S", "Room 546-S",
         "scheduled"),
    ],
)  # fmt: skip
def test_hearings_are_read_from_the_words(words: str, place: str, status: str) -> None:
    measure = Measure(
        jurisdiction="us-ks", session="2025-2026", identifier="HB 9001", actions=[action(words)]
    )
    (found,) = hearings(measure, SITE, dt.date(2026, 2, 5), "America/Chicago")
    assert found.starts_at
    assert (found.place, found.status) == (place, status)
    assert found.starts_at.isoformat() == "2026-02-05T15:30:00-06:00"
    assert not list(hearings(measure, SITE, dt.date(2026, 2, 6), "America/Chicago"))
