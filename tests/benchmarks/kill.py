"""Is a killed ingest all of a run or nothing of it? SIGKILL at random moments of a real process.

    python -m tests.benchmarks.kill [--kills 50] [--measures 3000] [--seed 1]

Half of the kills are spread over the whole of an ingest, half over its commit. After each: SQLite's
integrity and foreign key checks, then whether every table of the store (the search index's own
tables too) is as before the run or as after it, then the same run again, which must reach the
state of an undisturbed ingest. Prints one JSON object; the exit status is 1 where anything failed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tests.factory import make_run
from tracker.ingest import Knowledge, ingest
from tracker.model import Action, Hearing, Measure, Sponsor, Version, VersionText
from tracker.store import find_problems, open_store

_FORK = multiprocessing.get_context("fork")
_TITLES = (
    "Fictional: sheriffs prohibited from entering into 287(g) agreements",
    "Fictional: ice cream parlors; licensing",
    "Fictional: roads, schools and budgets of counties",
)
State = Literal["before", "after", "torn"]


def measures(count: int, *, moved: bool) -> Iterator[Any]:
    """`moved` is the second reading: every third measure has changed, and there are some more."""
    for number in range(count + (count // 10 if moved else 0)):
        about = {"jurisdiction": "us-va", "session": "2026", "identifier": f"HB {number}"}
        days = range(1, 7 if moved and number % 3 == 0 else 5)
        yield Measure(
            **about,
            title=_TITLES[number % len(_TITLES)]
            + (", amended" if moved and number % 9 == 0 else ""),
            abstract=f"What number {number} does, in words enough to fill a line of the index.",
            actions=[Action(on=dt.date(2026, 1, day), text=f"Step {day}") for day in days],
            sponsors=[Sponsor(name=f"Fictional {n}") for n in range(number % 4)],
            versions=[Version(note="Introduced", url=f"https://va.example/{number}")],
        )
        if number % 10 == 0:
            yield VersionText(
                **about,
                note="Introduced",
                url=f"https://va.example/{number}",
                text=f"The whole text of number {number}. " * (12 if moved else 10),
            )
            yield Hearing(**about, on=dt.date(2026, 2, 20), place="Room 2" if moved else "Room 1")


class Story(NamedTuple):
    """A store and a run to ingest into it; `before` and `after` are what its tables hash to.

    `start` is None where the run is the first, and the store is made by it. `whole_s` and
    `commit_s` are how long an undisturbed ingest takes, and how long its commit.
    """

    start: Path | None
    run: Path
    before: str
    after: str
    whole_s: float
    commit_s: float


def stories(folder: Path, count: int, knowledge: Knowledge) -> list[Story]:
    first = make_run(folder / "runs", measures(count, moved=False), at="2026-02-02T12:00:00Z")
    second = make_run(folder / "runs", measures(count, moved=True), at="2026-02-03T12:00:00Z")
    one = _told(None, first, folder / "one.db", knowledge)
    return [one, _told(folder / "one.db", second, folder / "two.db", knowledge)]


def _told(start: Path | None, run: Path, end: Path, knowledge: Knowledge) -> Story:
    before = _put(start, end)
    reader, writer = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=_ingest, args=(end, run, knowledge, writer))
    began = time.perf_counter()
    child.start()
    writer.close()
    reader.recv()
    committing = time.perf_counter()
    child.join()
    ended = time.perf_counter()
    assert child.exitcode == 0
    return Story(start, run, before, state_of(end), ended - began, ended - committing)


def _put(start: Path | None, path: Path) -> str:
    """The store as it was, at `path`; what its tables hash to."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    if start:
        shutil.copyfile(start, path)
    return state_of(path)


def _ingest(path: Path, run: Path, knowledge: Knowledge, told: Connection) -> None:
    """In a process of its own; tells when it begins to commit the run."""

    def trace(statement: str) -> None:
        if statement == "COMMIT":
            told.send(statement)

    db = open_store(path, create=True)
    db.conn.set_trace_callback(trace)
    outcome = ingest(db, run, knowledge)
    db.close()
    # Without the interpreter's own end: what is measured is the ingest.
    os._exit(0 if outcome.status == "ingested" else 1)


def state_of(path: Path) -> str:
    """A hash of all rows of all tables; the same for a store that is not there and an empty one."""
    found = sha256()
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (name,) in names.fetchall():
        if name == "_sqlite_migrations":  # holds the moment at which the file was made
            continue
        rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
        # An index without entries has two rows of its own.
        if len(rows) > (2 if name.startswith("search") else 0):
            found.update(repr((name, rows)).encode())
    connection.close()
    return found.hexdigest()


class Kill(NamedTuple):
    state: State
    problems: list[str]
    repaired: bool


def kill_one(
    story: Story,
    path: Path,
    knowledge: Knowledge,
    when: Literal["anywhere", "commit"],
    share: float,
) -> Kill:
    """`share` of the whole ingest, or of its commit, passes before the kill."""
    _put(story.start, path)
    reader, writer = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=_ingest, args=(path, story.run, knowledge, writer))
    child.start()
    writer.close()  # so that a child that dies on its own is no wait without end
    if when == "commit":
        reader.recv()
        child.join(share * story.commit_s)
    else:
        child.join(share * story.whole_s)
    child.kill()
    child.join()
    db = open_store(path, create=True)
    problems = find_problems(db)
    db.conn.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    found = state_of(path)
    ingest(db, story.run, knowledge)
    db.close()
    state: State = "torn"
    if found in (story.before, story.after):
        state = "before" if found == story.before else "after"
    return Kill(state, problems, state_of(path) == story.after)


def run(folder: Path, *, kills: int, count: int, seed: int) -> dict[str, Any]:
    rng, knowledge = random.Random(seed), Knowledge.shipped()
    told = stories(folder, count, knowledge)
    found: list[Kill] = []
    for number in range(kills):
        when: Literal["anywhere", "commit"] = "commit" if number % 2 else "anywhere"
        share = (number // 2 + rng.random()) / ((kills + 1) // 2)
        story = told[number // 2 % len(told)]
        found.append(kill_one(story, folder / "killed.db", knowledge, when, share))
    states = Counter(one.state for one in found)
    return {
        "kills": kills,
        "measures": count,
        "before": states["before"],
        "after": states["after"],
        "torn": states["torn"],
        "problems": [problem for one in found for problem in one.problems],
        "not_repaired": sum(not one.repaired for one in found),
        "ingest_s": [round(story.whole_s, 3) for story in told],
        "commit_s": [round(story.commit_s, 3) for story in told],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--measures", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), kills=options.kills, count=options.measures, seed=options.seed)
    print(json.dumps(found))
    sys.exit(1 if found["torn"] or found["problems"] or found["not_repaired"] else 0)


if __name__ == "__main__":
    main()
