"""A store and its run folders in one place, for the tests of the core. Every measure is fictional."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.factory import make_run, source
from tracker.ingest import Knowledge, Outcome, ingest
from tracker.model import Action, AnyItem, Measure
from tracker.runs import SourceFacts
from tracker.store import open_store

BANS = (
    "Fictional: sheriffs and local police prohibited from entering into 287(g) agreements with"
    " U.S. Immigration and Customs Enforcement"
)
MANDATES = (
    "Fictional: requiring sheriffs to enter into 287(g) agreements with U.S. Immigration and"
    " Customs Enforcement and to honor immigration detainers"
)
OFF_TOPIC = "Fictional: ice cream parlors; licensing"
KEY = "us-va/2026/HB 9001"


@cache
def knowledge() -> Knowledge:
    return Knowledge.shipped()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def acts(*pairs: tuple[str, str]) -> list[Action]:
    return [Action(on=day(on), text=text) for on, text in pairs]


def bill(identifier: str = "HB 9001", **facts: Any) -> Measure:
    given: dict[str, Any] = {"title": BANS, "url": "https://va.example/bill"} | facts
    return Measure(jurisdiction="us-va", session="2026", identifier=identifier, **given)


def order(identifier: str, issued: str, **facts: Any) -> Measure:
    given: dict[str, Any] = {"title": MANDATES, "session": issued[:4]} | facts
    return Measure(
        jurisdiction="us-fl",
        identifier=identifier,
        kind="executive_order",
        issued_on=day(issued),
        **given,
    )


class Desk:
    """`keep` makes a run of items and ingests it."""

    def __init__(self, folder: Path, name: str = "t.db") -> None:
        self.path = folder / name
        self.runs = folder / "runs"
        self.db = open_store(self.path, create=True)

    def keep(self, *items: AnyItem, at: str = "2026-02-02T12:00:00Z", **run: Any) -> Outcome:
        run.setdefault("listed", 100)
        return self.ingest(make_run(self.runs, items, at=at, **run))

    def ingest(self, folder: Path) -> Outcome:
        return ingest(self.db, folder, knowledge())

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.db.conn.execute(sql, values)]

    def one(self, sql: str, *values: object) -> Any:
        """The only cell of the only row."""
        ((value,),) = self.rows(sql, *values)
        return value

    def log(self, run: int | None = None) -> list[tuple[str, str, str, str | None]]:
        """(kind, old, new, happened_on) of one run, or of the last."""
        return self.rows(
            "SELECT kind, old, new, happened_on FROM changes"
            " WHERE run = coalesce(?, (SELECT max(id) FROM runs)) ORDER BY id",
            run,
        )

    def found(self, words: str) -> list[int]:
        """Measures by words of their title, abstract or text."""
        return [
            row[0]
            for row in self.rows("SELECT rowid FROM search WHERE search MATCH ? ORDER BY 1", words)
        ]


def tables(connection: sqlite3.Connection) -> list[str]:
    """Every table with rows of our own; the search index is asked for by its words instead."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
            " AND name NOT IN ('_sqlite_migrations') ORDER BY name"
        )
    ]


def dump(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, and the terms of the search index with where each stands."""
    found = {
        name: sorted(map(tuple, connection.execute(f"SELECT * FROM {name}")), key=repr)
        for name in tables(connection)
    }
    return found | {"search": list(_terms(connection))}


def _terms(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, search, instance)"
    )
    for row in connection.execute("SELECT term, doc, col, offset FROM temp.terms ORDER BY 1,2,3,4"):
        yield tuple(row)


def official(code: str = "va") -> SourceFacts:
    return source(code)


def aggregator(code: str = "open-states") -> SourceFacts:
    return source(code, kind="aggregator")
