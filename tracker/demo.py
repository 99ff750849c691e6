"""The whole main job on bundled recordings: crawl, keep, tell. No network, no key.

Two dated rounds of real sources are replayed through the real spiders, each in its own process as
in production; the second round's changes become a digest and a site.
"""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from tracker.commands.show import err, progress, say, show_entry, show_facts, tell, verdict_text
from tracker.config import Settings, load_settings
from tracker.crawl import Target, crawl
from tracker.errors import TrackerError
from tracker.ingest import Knowledge, Outcome, ingest
from tracker.paths import shipped
from tracker.readers.changes import last_change
from tracker.runs import RunRecord
from tracker.store import open_store

# Marks a folder that the next demonstration may empty.
MARK = ".tracker-demo"
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
    """Writes `tracker.db`, `runs/`, `digest.*` and `site/` below `folder`, and says what changed.

    Raises TrackerError where the folder holds anything but an earlier demonstration.
    """
    from tracker.digest import compose
    from tracker.mail import write_preview
    from tracker.site import build

    began = time.monotonic()
    plan = load_plan()
    _clear(folder)
    settings = load_settings(db=folder / "tracker.db", runs=folder / "runs", contact="demo", jobs=2)
    db = open_store(settings.db, create=True)
    knowledge = Knowledge.shipped()
    tell(BANNER)
    cursor = 0
    for number, round_ in enumerate(plan.rounds, start=1):
        cursor = last_change(db)
        _show_round(number, read_round(db, round_, settings, knowledge))
    digest = compose(db, after_id=cursor)
    say("Writing the digest and the site…", to=err)
    mails = write_preview(digest, folder, sender=settings.mail_from)
    report = build(db, folder / "site", demo=BANNER)
    say(f"\nThe digest of what changed between the rounds:\n  {digest.subject}", style="bold")
    say(f"  {digest.summary}")
    took = time.monotonic() - began
    show_facts(f"Written in {took:.0f} s. Open these:", _written(folder, mails, report.pages))
    say("Then ask the store:")
    say(f"  tracker changes --state va --db {settings.db}")
    say(f"  tracker posture --db {settings.db}")
    say(f"  tracker doctor pa --db {settings.db}")


def _written(folder: Path, mails: Sequence[Path], pages: int) -> list[tuple[str, object]]:
    return [
        *(("digest", path) for path in mails),
        (f"site, {pages} pages", folder / "site" / "index.html"),
        ("store", folder / "tracker.db"),
    ]


def _clear(folder: Path) -> None:
    """Away with what an earlier demonstration wrote; a folder of anything else is refused."""
    ours = (folder / MARK).is_file() or (folder.is_dir() and not any(folder.iterdir()))
    if folder.exists() and not ours:
        raise TrackerError(f"{folder}: not empty and not an earlier demo; choose another --out.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
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
    say(f"\nRound {number}", style="bold")
    for read in reads:
        count = read.outcome.changes
        changes = f"{count} change{'' if count == 1 else 's'}"
        if not read.record.good:
            changes = "facts stay as they were"
        show_entry(
            (
                (read.reading.source, 18),
                (f"{read.reading.now:%Y-%m-%d}", 12),
                (verdict_text(read.outcome.verdict), 9),
                (changes, 0),
            ),
            read.reading.shows,
        )
