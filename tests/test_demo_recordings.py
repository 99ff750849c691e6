"""The demonstration's recordings: both rounds read by the real spiders, and what the log then says."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from spiders.archive import ANSWERS, Recorded
from spiders.registry import source_class
from tracker.config import Settings
from tracker.crawl import Target, crawl
from tracker.ingest import Knowledge, ingest
from tracker.store import open_store

DEMO = Path(__file__).parent.parent / "db" / "demo"
_KEYS = ("VA_API_KEY", "CONGRESS_GOV_API_KEY")
_MOST_BYTES = 1_000_000


class Reading(msgspec.Struct, forbid_unknown_fields=True):
    source: str
    now: dt.datetime
    shows: str


class Round(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    sources: list[Reading]


class Plan(msgspec.Struct, forbid_unknown_fields=True):
    about: str
    rounds: list[Round]


def plan() -> Plan:
    return msgspec.json.decode((DEMO / "demo.json").read_bytes(), type=Plan)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A store into which both rounds were ingested, in the order of their clocks."""
    root = tmp_path_factory.mktemp("demo")
    settings = Settings(db=root / "tracker.db", runs=root / "runs", jobs=2)
    db = open_store(settings.db, create=True)
    with pytest.MonkeyPatch.context() as patch:
        for key in _KEYS:
            patch.delenv(key, raising=False)
        for round_ in plan().rounds:
            targets = [
                Target(source_class(one.source).facts, DEMO / round_.name / one.source, one.now)
                for one in round_.sources
            ]
            crawled = [done for _, done in crawl(db, targets, settings)]
            for done in sorted(crawled, key=lambda done: done.record.started_at):
                ingest(db, done.folder, Knowledge.shipped())
    yield db.conn
    db.close()


Change = tuple[str, str, str, str, str | None]


def changes(store: sqlite3.Connection, kind: str, since: str = "2026-05-22") -> list[Change]:
    """(measure or agreement, field, old, new, day) of one kind, of the second round."""
    rows = store.execute(
        "SELECT coalesce(measures.key, agreements.state || ' ' || agreements.agency),"
        " changes.field, changes.old, changes.new, changes.happened_on FROM changes"
        " LEFT JOIN measures ON measures.id = changes.measure"
        " LEFT JOIN agreements ON agreements.id = changes.agreement"
        " WHERE changes.kind = ? AND changes.seen_at >= ? ORDER BY changes.id",
        (kind, since),
    )
    return [tuple(row) for row in rows]


def verdicts(store: sqlite3.Connection, since: str, until: str) -> dict[str, str]:
    return dict(
        store.execute(
            "SELECT source, verdict FROM runs WHERE started_at >= ? AND started_at < ?",
            (since, until),
        ).fetchall()
    )


SOURCES = {"federal-register", "ice-287g", "mn", "mt", "pa", "us", "va", "wa"}


def test_the_first_round_is_read_whole(store: sqlite3.Connection) -> None:
    assert verdicts(store, "2025", "2026-05") == dict.fromkeys(SOURCES, "ok")


def test_one_source_is_blocked_in_the_second(store: sqlite3.Connection) -> None:
    assert verdicts(store, "2026-05", "2027") == dict.fromkeys(SOURCES, "ok") | {"pa": "blocked"}
    kept = store.execute(
        "SELECT count(*) FROM measures WHERE jurisdiction = 'us-pa' AND stage = 'in_committee'"
    )
    assert kept.fetchone()[0] == 3


def test_stages_that_moved(store: sqlite3.Connection) -> None:
    assert {(key, new): day for key, _, _, new, day in changes(store, "stage_changed")} == {
        ("us/2021/EO 13993", "rescinded"): "2025-01-20",
        ("us/2021/EO 14010", "rescinded"): "2025-01-20",
        ("us/2021/EO 14011", "rescinded"): "2025-01-20",
        ("us/2021/EO 14012", "rescinded"): "2025-01-20",
        ("us-mt/2025/HB 278", "enacted"): "2025-04-16",
        ("us-va/2026/HB 650", "vetoed"): "2026-05-20",
        ("us-va/2026/SB 783", "enacted"): "2026-04-22",
        ("us-wa/2025-2026/SB 5855", "enacted"): "2026-03-19",
    }


def test_measures_that_are_new(store: sqlite3.Connection) -> None:
    assert {change[0] for change in changes(store, "measure_new")} == {
        "us/2025/EO 14159",
        "us/2025/EO 14287",
        "us/119/HR 7640",
        "us/119/HR 8077",
        "us/119/S 4405",
        "us-mn/2025-2026/HF 3413",
    }


def test_an_action_is_corrected(store: sqlite3.Connection) -> None:
    assert changes(store, "action_changed") == [
        (
            "us-wa/2025-2026/SB 7999",
            "actions",
            "First reading, referred to Law & Justice.",
            "First reading, referred to Law & Justice.",
            "2026-01-14",
        )
    ]


def test_a_hearing_is_set(store: sqlite3.Connection) -> None:
    ((key, _, _, told, day),) = changes(store, "hearing_added")
    assert (key, day) == ("us-wa/2025-2026/SB 7999", "2026-05-28")
    assert told.startswith("2026-05-28T10:00:00-07:00 · Senate Law & Justice")


def test_texts_that_are_new(store: sqlite3.Connection) -> None:
    assert {(key, new) for key, _, _, new, _ in changes(store, "version_added")} == {
        ("us-va/2026/HB 650", "HB650ER"),
        ("us-va/2026/SB 783", "CHAP1028"),
        ("us-wa/2025-2026/SB 5855", "Substitute Passed Legislature"),
    }


def test_agreements_grew_and_ended(store: sqlite3.Connection) -> None:
    ended = {change[0] for change in changes(store, "agreement_ended")}
    assert len(ended) == 13
    assert {agency for agency in ended if agency.startswith("va ")} == {
        "va Virginia Department of Corrections",
        "va Virginia Department of State Police",
        "va Virginia Department of Wildlife Resources",
        "va Virginia DOC Law Enforcement Services",
        "va Virginia Marine Resources Commission",
    }
    counts = store.execute(
        "SELECT state, agreements FROM agreement_counts"
        " WHERE list = 'participating' AND as_of = ? AND state <> '' AND model = ''",
        ("2026-05-22",),
    ).fetchall()
    assert dict(counts) == {"mn": 10, "mt": 6, "nm": 2, "va": 29, "wy": 19}
    assert len(changes(store, "agreement_new")) == 12


def test_one_application_is_pending(store: sqlite3.Connection) -> None:
    rows = store.execute("SELECT state FROM agreements WHERE list = 'pending'").fetchall()
    assert [row[0] for row in rows] == ["md"]


def test_what_is_made_up_says_so(store: sqlite3.Connection) -> None:
    titles = dict(store.execute("SELECT key, title FROM measures").fetchall())
    for key in ("us-wa/2025-2026/SB 7999", "us-mn/2025-2026/SF 9901"):
        assert titles.pop(key).startswith("[Fictional example]")
    assert not any("ictional" in title for title in titles.values())


def test_every_recorded_answer_is_there_and_small() -> None:
    told = {(round_.name, one.source) for round_ in plan().rounds for one in round_.sources}
    folders = {(path.parent.parent.name, path.parent.name) for path in DEMO.glob(f"*/*/{ANSWERS}")}
    assert told == folders
    for path in DEMO.glob(f"*/*/{ANSWERS}"):
        recorded = msgspec.json.decode(path.read_bytes(), type=list[Recorded])
        files = {entry.name for entry in path.parent.iterdir()} - {ANSWERS}
        assert files == {answer.file for answer in recorded}
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file()) < _MOST_BYTES


def test_clocks_go_forward_and_each_reading_is_explained() -> None:
    first, second = plan().rounds
    assert (
        {one.source for one in first.sources} == {one.source for one in second.sources} == SOURCES
    )
    assert max(one.now for one in first.sources) < min(one.now for one in second.sources)
    assert all(one.now.utcoffset() == dt.timedelta(0) and one.shows for one in first.sources)
