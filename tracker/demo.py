"""The whole main job on bundled recordings: crawl, keep, tell. No network, no key.

Two dated rounds of real sources are replayed through the real spiders, each in its own process as
in production; the second round's changes become a digest and a site.
"""

from __future__ import annotations

import datetime as dt
import shutil
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct
from rich.markup import escape
from sqlite_utils import Database

from tracker.commands.common import err, out, progress, show_table, verdict_text
from tracker.config import Settings, load_settings
from tracker.crawl import Target, crawl
from tracker.ingest import Knowledge, Outcome, ingest
from tracker.paths import shipped
from tracker.readers.changes import last_change
from tracker.runs import RunRecord
from tracker.store import open_store

BANNER = (
    "Demonstration data: pages of official sites as they were on two days, abridged. Measures that"
    " are made up say so in their titles."
)


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    now: dt.datetime
    shows: str


class Round(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    sources: list[Reading]


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    rounds: list[Round]


class Read(NamedTuple):
    reading: Reading
    record: RunRecord
    outcome: Outcome


def load_plan(folder: Path | None = None) -> Plan:
    path = (folder or shipped("db") / "demo") / "demo.json"
    return msgspec.json.decode(path.read_bytes(), type=Plan)


def run_demo(folder: Path) -> None:
    """Writes `tracker.db`, `runs/`, `digest.*` and `site/` below `folder`, and says what changed."""
    from tracker.digest import compose
    from tracker.mail import write_preview
    from tracker.site import build

    began = time.monotonic()
    _clear(folder)
    settings = load_settings(db=folder / "tracker.db", runs=folder / "runs", contact="demo", jobs=2)
    db = open_store(settings.db, create=True)
    knowledge = Knowledge.shipped()
    cursor = 0
    for number, round_ in enumerate(load_plan().rounds, start=1):
        cursor = last_change(db)
        reads = read_round(db, round_, settings, knowledge)
        _show_round(number, reads)
    digest = compose(db, after_id=cursor)
    err.print("Writing the digest and the site…")
    mails = write_preview(digest, folder, sender=settings.mail_from)
    report = build(db, folder / "site", demo=BANNER)
    _show_end(digest.subject, digest.summary)
    rows = [("digest", path) for path in mails]
    rows += [("site", folder / "site" / "index.html"), ("store", settings.db)]
    show_table(f"Written in {time.monotonic() - began:.0f} s", ("", "open this"), rows)
    out.print(
        f"{report.pages} pages. Look closer: tracker changes --db {settings.db}", markup=False
    )


def _clear(folder: Path) -> None:
    """What an earlier demonstration wrote; nothing else is touched."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("tracker.db", "tracker.db-wal", "tracker.db-shm"):
        (folder / name).unlink(missing_ok=True)
    for name in ("runs", "site"):
        shutil.rmtree(folder / name, ignore_errors=True)


def read_round(db: Database, round_: Round, settings: Settings, knowledge: Knowledge) -> list[Read]:
    """Crawl all sources of a round, then keep them in the order of their clocks."""
    from spiders.registry import source_class

    recordings = shipped("db") / "demo" / round_.name
    readings = {reading.source: reading for reading in round_.sources}
    targets = [
        Target(source_class(code).facts, recordings / code, reading.now)
        for code, reading in readings.items()
    ]
    folders = {}
    with progress() as bar:
        task = bar.add_task(f"Reading {round_.name}", total=len(targets))
        for target, crawled in crawl(db, targets, settings):
            folders[target.facts.code] = crawled
            bar.advance(task)
    return [
        Read(reading, folders[code].record, ingest(db, folders[code].folder, knowledge))
        for code, reading in sorted(readings.items(), key=lambda pair: pair[1].now)
    ]


def _show_round(number: int, reads: list[Read]) -> None:
    show_table(
        f"Round {number}",
        ("source", "read on", "verdict", "changes", "what there is to see"),
        [
            (
                read.reading.source,
                f"{read.reading.now:%Y-%m-%d}",
                verdict_text(read.outcome.verdict),
                read.outcome.changes,
                read.reading.shows,
            )
            for read in reads
        ],
    )


def _show_end(subject: str, summary: str) -> None:
    out.print(f"\n[bold]{escape(subject)}[/bold]")
    out.print(summary + "\n", markup=False)
