"""Nebraska: the legislature of a day, numbers that come again, histories told backwards."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from urllib.parse import parse_qs

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.known import Known
from spiders.legislatures.ne import Nebraska
from spiders.legislatures.ne_page import bill_of, identifier_of, kind_of
from spiders.reading import Implausible, PageChanged
from tests.shared import needs_shared, shared
from tracker.model import Listing
from tracker.stage_core import shipped_stages

SITE = "https://nebraskalegislature.gov"
LIST = f"{SITE}/bills/search_by_date.php?SessionDay={{}}&print=csv"
BILLS = "corpus/scale-bills.jsonl.gz"


@pytest.mark.parametrize(
    ("today", "legislature", "first_list"),
    [
        ("2025-01-07", "108", 2023),
        ("2025-01-08", "109", 2025),
        ("2025-12-31", "109", 2025),
        ("2026-01-06", "109", 2025),
        ("2026-01-07", "109", 2025),
        ("2026-12-31", "109", 2025),
        ("2027-01-05", "109", 2025),
        ("2027-01-06", "110", 2027),
        ("2028-01-05", "110", 2027),
        ("2028-12-31", "110", 2027),
    ],
)
def test_the_legislature_of_a_day(today: str, legislature: str, first_list: int) -> None:
    day = dt.date.fromisoformat(today)
    source = Nebraska(today=day)
    assert source.sessions(day) == [legislature]
    bills, hearings = source.begin()
    assert (bills.url, bills.meta["fresh"]) == (LIST.format(first_list), True)
    assert (hearings.url, hearings.method) == (f"{SITE}/calendar/hearings_range.php", "POST")


def test_the_calendar_is_asked_for_thirty_days() -> None:
    *_, hearings = Nebraska(today=dt.date(2026, 2, 9)).begin()
    assert parse_qs(hearings.body.decode()) == {
        "startMonth": ["02"],
        "startDay": ["09"],
        "startYear": ["2026"],
        "endMonth": ["03"],
        "endDay": ["11"],
        "endYear": ["2026"],
    }


def listed(source: Nebraska, year: int, *rows: tuple[str, int]) -> dict[str, str]:
    """Keys of what a list gives, with the number of the document; requests by their address."""
    head = '"Document","Primary Introducer","Status","Description","Document ID"\n'
    body = "".join(f'"{name}","F","Passed","[Fictional]","{number}"\n' for name, number in rows)
    found = list(source.read(Answer(LIST.format(year), (head + body).encode())))
    given = {item.key: item.url for item in found if isinstance(item, Listing)}
    asked = {item.url: item.url for item in found if isinstance(item, Request)}
    return {key: url.rpartition("=")[2] for key, url in {**given, **asked}.items()}


def test_of_two_documents_of_a_number_the_later_is_of_the_special_session() -> None:
    source = Nebraska(today=dt.date(2026, 9, 1))
    first = listed(source, 2025, ("LB1", 500), ("LR1", 510), ("LB1", 700))
    assert first == {
        "us-ne/109/LB 1": "500",
        "us-ne/109/LR 1": "510",
        "us-ne/109S1/LB 1": "700",
        LIST.format(2026): "csv",
    }
    second = listed(source, 2026, ("LB1", 900), ("LR1", 910), ("LB800", 800))
    assert second == {
        "us-ne/109/LB 800": "800",
        "us-ne/109S2/LB 1": "900",
        "us-ne/109S1/LR 1": "910",
    }


def test_a_document_listed_in_both_years_is_one() -> None:
    source = Nebraska(today=dt.date(2026, 9, 1))
    listed(source, 2025, ("LB1", 500))
    assert listed(source, 2026, ("LB1", 500)) == {"us-ne/109/LB 1": "500"}


def test_documents_out_of_their_order_are_not_guessed_at() -> None:
    source = Nebraska(today=dt.date(2026, 9, 1))
    listed(source, 2025, ("LB1", 500))
    with pytest.raises(Implausible, match="numbered as they are introduced"):
        listed(source, 2026, ("LB1", 400))


def test_the_second_list_is_asked_for_once_its_year_has_begun() -> None:
    before = listed(Nebraska(today=dt.date(2026, 1, 6)), 2025, ("LB1", 500))
    after = listed(Nebraska(today=dt.date(2026, 1, 7)), 2025, ("LB1", 500))
    assert LIST.format(2026) not in before
    assert LIST.format(2026) in after


def test_the_page_of_a_watched_bill_is_asked_for_though_its_row_stands_still() -> None:
    source = Nebraska(today=dt.date(2025, 3, 1), known=Known(watched=frozenset({"us-ne/109/LB 1"})))
    found = listed(source, 2025, ("LB1", 500), ("LB2", 501))
    assert [key for key in found if "view_bill" in key] == [
        f"{SITE}/bills/view_bill.php?DocumentID=500"
    ]


@pytest.mark.parametrize(("today", "looks"), [("2025-05-01", 21), ("2025-10-01", 7)])
def test_many_watched_bills_are_looked_at_in_turn_and_passed_ones_every_day(
    today: str, looks: int
) -> None:
    """`listed` gives every row the status "Passed", which ends to matter with June."""
    numbers = range(1, 22)
    watched = frozenset(f"us-ne/109/LB {number}" for number in numbers)
    source = Nebraska(today=dt.date.fromisoformat(today), known=Known(watched=watched))
    found = listed(source, 2025, *((f"LB{number}", 500 + number) for number in numbers))
    assert sum("view_bill" in key for key in found) == looks


@pytest.mark.parametrize(
    ("printed", "identifier", "kind"),
    [
        ("LB716", "LB 716", "bill"),
        ("LB365A", "LB 365A", "bill"),
        ("LR12", "LR 12", "resolution"),
        ("LR12CA", "LR 12CA", "resolution"),
    ],
)
def test_numbers(printed: str, identifier: str, kind: str) -> None:
    assert (identifier_of(printed), kind_of(identifier)) == (identifier, kind)


@pytest.mark.parametrize("printed", ["LB", "AM716", "LB716B", "LR12C A"])
def test_what_is_no_number_raises(printed: str) -> None:
    with pytest.raises(PageChanged):
        identifier_of(printed)


def page(number: str, rows: list[tuple[str, str]]) -> Answer:
    history = "".join(f"<tr><td>{on}</td><td>{said}</td><td>1</td></tr>" for on, said in rows)
    body = (
        f"<html><body><div class='main-content'><h2>{number} - [Fictional]</h2>"
        "<ul><li>Introduced By: Fictional</li><li>Date of Introduction: January 09, 2025</li></ul>"
        f"<table class='table history'><tbody>{history}</tbody></table></div></body></html>"
    )
    return Answer(f"{SITE}/bills/view_bill.php?DocumentID=1", body.encode())


@pytest.mark.parametrize(
    ("text", "motion", "yes", "no"),
    [
        ("Passed on Final Reading 44-5*-0", "Passed on Final Reading", 44, 5),
        (
            "Passed on Final Reading with Emergency Clause 48-0-1",
            "Passed on Final Reading with Emergency Clause",
            48,
            0,
        ),
        (
            "Failed to become law notwithstanding the objections of the Governor 24-24-1",
            "Failed to become law notwithstanding the objections of the Governor",
            24,
            24,
        ),
    ],
)
def test_votes_stand_in_the_words(text: str, motion: str, yes: int, no: int) -> None:
    votes = bill_of(page("LB1", [("Feb 12, 2025", text)])).votes or []
    assert [(vote.motion, vote.yes, vote.no) for vote in votes] == [(motion, yes, no)]


def test_words_that_go_over_are_news_of_the_bill_they_leave() -> None:
    said = "Provisions/portions of LB5 amended into LB9 by AM12"
    relations = bill_of(page("LB5", [("Feb 12, 2025", said)])).relations or []
    assert [(one.kind, one.identifier) for one in relations] == [("incorporated_into", "LB 9")]
    assert bill_of(page("LB9", [("Feb 12, 2025", said)])).relations == []


@needs_shared(BILLS)
def test_all_real_histories_give_the_same_stage_told_backwards() -> None:
    """A page lists the newest first; turned, each real history must come to where it came before."""
    read = votes = 0
    with gzip.open(shared(BILLS), "rt") as lines:
        for line in lines:
            if not line.startswith('{"state":"NE"'):
                continue
            row = json.loads(line)
            by_day: dict[str, list[str]] = {}
            for action in row["actions"]:
                by_day.setdefault(action["date"], []).append(action["text"])
            printed = [
                (f"{dt.date.fromisoformat(on):%b %d, %Y}", text)
                for on in sorted(by_day, reverse=True)
                for text in by_day[on]
            ]
            if not printed:
                continue
            bill = bill_of(page(row["identifier"], printed))
            actions = bill.actions or []
            assert len(actions) == len(row["actions"])
            assert [one.on for one in actions] == sorted(one.on for one in actions)
            found = shipped_stages().derive(
                "us-ne", bill.kind, actions, bill.identifier, in_order=True
            )
            if row["status"] == "enacted":
                assert found.stage in {"enacted", "adopted"}, row["identifier"]
            names = {one.name for one in bill.sponsors or ()}
            left = {text.partition(" name withdrawn")[0] for _, text in printed}
            assert set(row["sponsors"][1:]) - names <= left, row["identifier"]
            read += 1
            votes += len(bill.votes or ())
    assert (read, votes > 350) == (1600, True)
