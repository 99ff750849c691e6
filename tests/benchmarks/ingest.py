"""How fast full measures are kept: into an empty store, again unchanged, again 1 % moved.

    python -m tests.benchmarks.ingest [--bills FILE] [--limit N]

Prints one JSON object. The baseline `raw_sqlite_s` is plain `sqlite3` writing the same rows into
the same tables and indexes with `executemany`, in one transaction of the same process run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import multiprocessing
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlite_utils import Database

from tests.benchmarks.bill_records import incoming, lines
from tests.shared import shared
from tracker.ingest import Ingest, Knowledge
from tracker.keep.runs import record_run
from tracker.runs import RunRecord, SourceFacts
from tracker.schema import migrations
from tracker.store import open_store, writing

CHUNK = 20_000
NEW_ACTION = b'"actions":[{"date":"2027-01-04","chamber":"lower","text":"Read first time"},'


def run_record(number: int) -> RunRecord:
    at = dt.datetime(2027, 1, 4, 12, number, tzinfo=dt.UTC)
    facts = SourceFacts(
        code="bench",
        jurisdiction="us",
        name="bench",
        kind="legislature",
        home="https://bench.example/",
    )
    return RunRecord(
        source=facts,
        started_at=at,
        finished_at=at,
        verdict="ok",
        reason="benchmark",
        requests=0,
        listed=0,
        kept=0,
        rejected={},
        items={},
        items_sha256="",
    )


def ingest(db: Database, number: int, bills: Iterable[bytes], knowledge: Knowledge) -> float:
    began = time.perf_counter()
    record = run_record(number)
    with writing(db) as connection:
        run = record_run(connection, Path(f"run-{number}"), record, "ok", "benchmark")
        one = Ingest(connection, run, record, knowledge)
        one.measures(map(incoming, bills))
        one.finish()
    return time.perf_counter() - began


def one_percent(bills: Iterable[bytes]) -> Iterator[bytes]:
    """Every hundredth bill gains an action."""
    for number, line in enumerate(bills):
        if number % 100 == 0 and b'"actions":[{' in line:
            yield line.replace(b'"actions":[', NEW_ACTION, 1)
        else:
            yield line


def raw_sqlite(source: Path, target: Path, answer: multiprocessing.SimpleQueue[float]) -> None:
    """Only the writing is timed; rows are read from the store in chunks."""
    read = sqlite3.connect(source)
    write = sqlite3.connect(target, isolation_level=None)
    write.execute("PRAGMA journal_mode = WAL")
    write.execute("PRAGMA synchronous = FULL")
    write.execute("PRAGMA cache_size = -65536")
    migrations.apply(Database(write))
    spent = 0.0
    began = time.perf_counter()
    write.execute("BEGIN IMMEDIATE")
    spent += time.perf_counter() - began
    for table in ("measures", "actions", "sponsors", "versions", "changes", "classifications"):
        rows = read.execute(f"SELECT * FROM {table}")
        sql = f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows.description))})"
        spent += write_chunks(write, sql, rows)
    rows = read.execute("SELECT id, identifier, title, abstract, '' FROM measures")
    sql = "INSERT INTO search (rowid, identifier, title, abstract, text) VALUES (?, ?, ?, ?, ?)"
    spent += write_chunks(write, sql, rows)
    began = time.perf_counter()
    write.execute("COMMIT")
    answer.put(spent + time.perf_counter() - began)


def write_chunks(write: sqlite3.Connection, sql: str, rows: sqlite3.Cursor) -> float:
    spent = 0.0
    while chunk := rows.fetchmany(CHUNK):
        began = time.perf_counter()
        write.executemany(sql, chunk)
        spent += time.perf_counter() - began
    return spent


def baseline(store: Path, folder: Path) -> float:
    context = multiprocessing.get_context("spawn")
    answer: multiprocessing.SimpleQueue[float] = context.SimpleQueue()
    child = context.Process(target=raw_sqlite, args=(store, folder / "raw.db", answer))
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit(f"the raw writing ended with status {child.exitcode}")
    return answer.get()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bills", type=Path, default=shared("corpus/scale-bills.jsonl.gz"))
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    knowledge = Knowledge.shipped()

    def bills() -> Iterator[bytes]:
        return itertools.islice(lines(options.bills), options.limit)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        db = open_store(path, create=True)
        first = ingest(db, 1, bills(), knowledge)
        count = db.conn.execute("SELECT count(*) FROM measures").fetchone()[0]
        size = path.stat().st_size
        raw = baseline(path, Path(folder))
        unchanged = ingest(db, 2, bills(), knowledge)
        moved = ingest(db, 3, one_percent(bills()), knowledge)
        logged = dict(db.conn.execute("SELECT run, count(*) FROM changes GROUP BY run").fetchall())
    print(
        json.dumps(
            {
                "bills": count,
                "first_bills_per_s": round(count / first),
                "unchanged_bills_per_s": round(count / unchanged),
                "one_percent_bills_per_s": round(count / moved),
                "first_s": round(first, 2),
                "raw_sqlite_s": round(raw, 2),
                "first_to_raw": round(first / raw, 2),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "db_bytes": size,
                "changes_logged": logged,
            }
        )
    )


if __name__ == "__main__":
    main()
