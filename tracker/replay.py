"""Old captures read again by the spiders of today: what a mended parser would have said."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tracker.config import Settings
from tracker.crawl import run_job
from tracker.errors import DamagedRun
from tracker.runs import CAPTURES, KNOWN, RunRecord, read_items, read_record


class Replayed(NamedTuple):
    """`missing` and `added` count items of the old run and of the new one that have no twin."""

    folder: Path
    before: RunRecord
    after: RunRecord
    missing: int
    added: int


def replay(folder: Path, out: Path, settings: Settings) -> Replayed:
    """Read the captures of a run again into `out/<source>/<time>`, with the run's own clock.

    The run keeps its source, its times and what was known when it began, so that the new folder
    can take the old one's place in a rebuild. Raises DamagedRun where the captures can't be read.
    """
    before = read_record(folder)
    if not (folder / CAPTURES).is_file():
        raise DamagedRun(f"{folder}: no {CAPTURES}: nothing to read again.")
    _check_captures(folder, before)
    known = folder / KNOWN
    after = run_job(
        before.source,
        settings,
        runs=out,
        known=known if known.is_file() else None,
        replay=folder,
        now=before.started_at,
        until=before.finished_at,
        only=_only(before),
    )
    old, new = _lines(folder), _lines(after.folder)
    return Replayed(after.folder, before, after.record, len(old - new), len(new - old))


def _only(record: RunRecord) -> str:
    """The address of the file that an editor wrote: a crawl does not begin with it."""
    return record.captures[-1].url if record.source.kind == "editors" else ""


def _check_captures(folder: Path, record: RunRecord) -> None:
    from spiders.archive import read_warc

    found = {sha256(body).hexdigest() for _, body in read_warc(folder / CAPTURES)}
    lost = [capture.url for capture in record.captures if capture.sha256 not in found]
    if lost:
        raise DamagedRun(
            f"{folder}: {len(lost)} of {len(record.captures)} captures are missing from {CAPTURES}"
            f" ({lost[0]}, …): restore the file from a copy."
        )


def _lines(folder: Path) -> set[bytes]:
    return {bytes(seen.item) for seen in read_items(folder)}
