"""Reading sources: each run in a child process with a time limit, then into the store.

The child leaves a run folder whatever happens; where it dies before it can (killed, out of
memory), the parent writes the record itself, so that every run ends with a verdict.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlite_utils import Database

from tracker.config import ConfigError, Settings
from tracker.known_file import write_known
from tracker.model import to_json
from tracker.runs import ITEMS, RECORD, Problem, RunRecord, SourceFacts, new_folder, write_record

_GRACE_SECONDS = 10
_STAMP = "%Y%m%dT%H%M%SZ"


class Target(NamedTuple):
    """One source to read; `replay` serves recorded answers, `now` is then the clock."""

    facts: SourceFacts
    replay: Path | None = None
    now: dt.datetime | None = None
    asked: tuple[str, ...] = ()


class Crawled(NamedTuple):
    target: Target
    folder: Path
    record: RunRecord


def crawl(
    db: Database,
    targets: Sequence[Target],
    settings: Settings,
    *,
    started: Callable[[Target], None] = lambda _: None,
) -> Iterator[Crawled]:
    """Run all targets, so many at a time; yields each as it ends. The store is only read.

    Raises ConfigError where a live crawl has no contact to give to the webmasters.
    """
    if not settings.contact and any(target.replay is None for target in targets):
        raise ConfigError(
            "`contact` is not set: give a page or mail address where webmasters can reach you,"
            " in tracker.toml or as TRACKER_CONTACT."
        )
    with tempfile.TemporaryDirectory(prefix="tracker-") as scratch:
        jobs = [_prepare(db, target, settings, Path(scratch)) for target in targets]
        with ThreadPoolExecutor(max_workers=settings.jobs) as pool:
            pending = [
                pool.submit(_run, target, job, settings, started)
                for target, job in zip(targets, jobs, strict=True)
            ]
            for done in as_completed(pending):
                yield done.result()


def _prepare(db: Database, target: Target, settings: Settings, scratch: Path) -> Path:
    facts = target.facts
    known = scratch / f"{facts.code}.known.json"
    write_known(db, known, source=facts.code, jurisdiction=facts.jurisdiction, asked=target.asked)
    job = {
        "source": facts.code,
        "runs": str(settings.runs.absolute()),
        "known": str(known),
        "replay": str(target.replay.absolute()) if target.replay else "",
        "now": target.now,
        "contact": settings.contact or "replay",
        "permission": settings.permissions.get(facts.code, ""),
        "delay": settings.delay,
        "memory_mb": settings.memory_mb,
    }
    path = scratch / f"{facts.code}.job.json"
    path.write_bytes(to_json(job))
    return path


def _run(
    target: Target, job: Path, settings: Settings, started: Callable[[Target], None]
) -> Crawled:
    started(target)
    began = target.now or dt.datetime.now(dt.UTC).replace(microsecond=0)
    before = set(_folders(settings, target))
    child = subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "spiders.run", str(job)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    try:
        _, errors = child.communicate(timeout=settings.time_limit)
        died = f"exit status {child.returncode}: {_last_line(errors)}"
    except subprocess.TimeoutExpired:
        _end(child)
        died = f"still running after {settings.time_limit} s, ended"
    new = [folder for folder in _folders(settings, target) if folder not in before]
    finished = [folder for folder in new if (folder / RECORD).exists()]
    if finished:
        record = msgspec.json.decode((finished[-1] / RECORD).read_bytes(), type=RunRecord)
        return Crawled(target, finished[-1], record)
    return _died(target, settings, new, began, died)


def _folders(settings: Settings, target: Target) -> list[Path]:
    root = settings.runs.absolute() / target.facts.code
    return sorted(root.iterdir()) if root.is_dir() else []


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask the child and all that it started to stop, then make them."""
    os.killpg(child.pid, signal.SIGTERM)
    try:
        child.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _died(
    target: Target, settings: Settings, left: list[Path], began: dt.datetime, why: str
) -> Crawled:
    """The record of a run that could not write its own; what it had read is set aside."""
    folder = left[-1] if left else new_folder(settings.runs.absolute(), target.facts.code, began)
    items = folder / ITEMS
    if items.exists():
        items.replace(folder / f"{ITEMS}.unfinished")
    items.write_bytes(b"")
    record = RunRecord(
        source=target.facts,
        started_at=dt.datetime.strptime(folder.name, _STAMP).replace(tzinfo=dt.UTC),
        finished_at=target.now or dt.datetime.now(dt.UTC).replace(microsecond=0),
        verdict="failed",
        reason=f"the crawl died: {why}",
        requests=0,
        listed=0,
        kept=0,
        rejected={},
        items={},
        items_sha256=sha256(b"").hexdigest(),
        problems=[Problem("failed", target.facts.home, "the crawl to finish", why)],
    )
    write_record(folder, record)
    return Crawled(target, folder, record)


def _last_line(errors: bytes) -> str:
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "no message"
