"""The search index holds the words of today, whatever came before."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.desk import Desk, bill
from tracker.keep.facts import SEARCH_COLUMNS, search_entry
from tracker.model import AnyItem, Listing, Version, VersionText

ABOUT = {"jurisdiction": "us-va", "session": "2026", "identifier": "HB 9001"}


def later(number: int) -> str:
    moment = dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC) + dt.timedelta(days=number)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def text(words: str, note: str = "Introduced") -> VersionText:
    return VersionText(**ABOUT, note=note, url=f"https://h/{note}", text=words)


def versions(*notes: str) -> list[Version]:
    return [Version(note=note, url=f"https://h/{note}") for note in notes]


def check(desk: Desk) -> None:
    """The index holds the terms of what is kept, each where it stands, and no other."""
    connection = desk.db.conn
    connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    connection.executescript(
        "DROP TABLE IF EXISTS temp.fresh; DROP TABLE IF EXISTS temp.fresh_terms;"
        "CREATE VIRTUAL TABLE temp.fresh USING fts5 (identifier, title, abstract, text,"
        " content='', tokenize='unicode61 remove_diacritics 2');"
        "CREATE VIRTUAL TABLE temp.fresh_terms USING fts5vocab(temp, fresh, instance);"
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.kept_terms USING fts5vocab(main, search, instance);"
    )
    for (measure,) in connection.execute("SELECT id FROM measures").fetchall():
        marks = ", ".join("?" * len(SEARCH_COLUMNS))
        connection.execute(
            f"INSERT INTO temp.fresh ({', '.join(SEARCH_COLUMNS)}) VALUES ({marks})",
            search_entry(connection, measure),
        )
    kept, fresh = (
        desk.rows(f"SELECT term, doc, col, offset FROM temp.{name} ORDER BY 1, 2, 3, 4")
        for name in ("kept_terms", "fresh_terms")
    )
    assert kept == fresh


def test_found_by_identifier_title_abstract_and_text(desk: Desk) -> None:
    desk.keep(
        bill(title="About pelicans", abstract="And penguins"),
        bill("HB 9002", title="About pélicans"),
        text("And parrots"),
    )
    assert desk.found("pelicans") == [1, 2]  # an accent is no difference
    assert desk.found("penguins") == [1]
    assert desk.found("parrots") == [1]
    assert desk.found('"HB 9002"') == [2]
    assert desk.found("title: penguins") == []
    check(desk)


def test_found_by_the_words_of_today_only(desk: Desk) -> None:
    desk.keep(bill(title="About pelicans", abstract="And penguins"), text("And parrots"))
    desk.keep(bill(title="About peacocks"), at=later(1))
    assert [desk.found(word) for word in ("pelicans", "peacocks", "penguins", "parrots")] == [
        [], [1], [1], [1]
    ]  # fmt: skip
    desk.keep(text("And ptarmigans"), at=later(2))
    assert (desk.found("parrots"), desk.found("ptarmigans")) == ([], [1])
    check(desk)


def test_the_newest_version_is_the_one_that_is_found(desk: Desk) -> None:
    desk.keep(
        bill(versions=versions("Introduced", "Enrolled")),
        text("About pelicans"),
        text("About peacocks", "Enrolled"),
    )
    assert (desk.found("pelicans"), desk.found("peacocks")) == ([], [1])
    check(desk)


def test_a_version_that_is_taken_back_is_found_no_more(desk: Desk) -> None:
    """What is newest can change without any word of title or text changing."""
    desk.keep(
        bill(versions=versions("Introduced", "Enrolled")),
        text("About pelicans"),
        text("About peacocks", "Enrolled"),
    )
    desk.keep(bill(versions=versions("Introduced")), at=later(1))
    assert (desk.found("pelicans"), desk.found("peacocks")) == ([1], [])
    check(desk)
    desk.keep(bill(title="Another", versions=versions("Introduced")), at=later(2))
    check(desk)


def test_a_listing_that_becomes_a_measure_is_found_once(desk: Desk) -> None:
    desk.keep(Listing(**ABOUT, title="About pelicans"))
    desk.keep(bill(title="About pelicans", abstract="And penguins"), at=later(1))
    assert (desk.found("pelicans"), desk.found("penguins")) == ([1], [1])
    check(desk)


def test_hostile_words_are_words(desk: Desk) -> None:
    title = "<script>alert('x')</script> \" OR * NEAR( \0 \u202e 'DROP TABLE'"
    desk.keep(bill(title=title))
    assert desk.found("alert") == [1]
    desk.keep(bill(title="Tame"), at=later(1))
    assert desk.found("alert") == []
    check(desk)


_words = st.sampled_from(["pelicans", "penguins", "parrots swim", "", "Pélicans pelicans"])
_notes = st.sampled_from(["Introduced", "Engrossed", "Enrolled"])
_read = st.builds(
    lambda **facts: bill(**facts),
    title=st.none() | _words,
    abstract=st.none() | _words,
    versions=st.none() | st.lists(_notes, max_size=3).map(lambda notes: versions(*notes)),
)
_listed = st.builds(lambda title: Listing(**ABOUT, title=title), _words)
_told = st.builds(text, _words.filter(bool), _notes)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_read | _listed | _told, max_size=3), min_size=1, max_size=6))
def test_whatever_happens_the_index_is_that_of_what_is_kept(runs: list[list[AnyItem]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for number, items in enumerate(runs):
            desk.keep(*items, at=later(number))
            check(desk)
        desk.db.close()


def test_the_index_is_asked_with_a_bound_value(desk: Desk) -> None:
    desk.keep(bill(title="It's about pelicans"))
    rows: list[Any] = desk.rows("SELECT rowid FROM search WHERE search MATCH ?", '"it\'s about"')
    assert rows == [(1,)]
