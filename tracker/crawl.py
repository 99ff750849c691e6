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
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

import msgspec
from sqlite_utils import Database

from tracker.config import ConfigError, Settings
from tracker.known_file import write_known
from tracker.model import to_json
from tracker.runs import (
    ITEMS,
    RECORD,
    Problem,
    RunRecord,
    SourceFacts,
    read_record,
    run_folder,
    write_record,
)

_GRACE_SECONDS = 10
_LOOK_AGAIN_SECONDS = 1.0


class Target(NamedTuple):
    """One source to read; `replay` serves recorded answers, `now` is then the clock.

    `most` are the requests that the quota of its service leaves, 0 where it has none.
    """

    facts: SourceFacts
    replay: Path | None = None
    now: dt.datetime | None = None
    asked: tuple[str, ...] = ()
    since: dt.date | None = None
    most: int = 0

    @property
    def service(self) -> str:
        """Sources that ask with one key share one service, which counts its requests."""
        return self.facts.key or self.facts.code


class Crawled(NamedTuple):
    folder: Path
    record: RunRecord


def crawl(
    db: Database,
    targets: Sequence[Target],
    settings: Settings,
    *,
    started: Callable[[Target], None] = lambda _: None,
) -> Iterator[tuple[Target, Crawled]]:
    """Run all targets, so many at a time; yields each as it ends. The store is only read.

    Those of one service run one after the other. Raises ConfigError where a live crawl has no
    contact to give to the webmasters.
    """
    if not settings.contact and any(target.replay is None for target in targets):
        raise ConfigError(
            "`contact` is not set: give a page or mail address where webmasters can reach you,"
            " in tracker.toml or as TRACKER_CONTACT."
        )
    with (
        tempfile.TemporaryDirectory(prefix="tracker-") as scratch,
        ThreadPoolExecutor(max_workers=settings.jobs) as pool,
    ):
        ended: SimpleQueue[tuple[Target, Crawled]] = SimpleQueue()

        def run_one_by_one(together: Sequence[tuple[Target, Path]]) -> None:
            for target, known in together:
                ended.put((target, _run(target, settings, known, started)))

        services: dict[str, list[tuple[Target, Path]]] = {}
        for target in targets:
            known = _known(db, target, Path(scratch))
            services.setdefault(target.service, []).append((target, known))
        running = [pool.submit(run_one_by_one, together) for together in services.values()]
        yield from _as_they_end(ended, running, len(targets))


def _as_they_end(
    ended: SimpleQueue[tuple[Target, Crawled]], running: Sequence[Future[None]], count: int
) -> Iterator[tuple[Target, Crawled]]:
    """Raises what a runner raised, once nothing more comes from it."""
    while count:
        try:
            yield ended.get(timeout=_LOOK_AGAIN_SECONDS)
            count -= 1
        except Empty:
            for one in running:
                if one.done():
                    one.result()


def _known(db: Database, target: Target, scratch: Path) -> Path:
    path = scratch / f"{target.facts.code}.known.json"
    facts = target.facts
    write_known(
        db,
        path,
        source=facts.code,
        jurisdiction="" if facts.kind in {"aggregator", "courts"} else facts.jurisdiction,
        asked=target.asked,
        today=(target.now or dt.datetime.now(dt.UTC)).date(),
    )
    return path


def _run(
    target: Target, settings: Settings, known: Path, started: Callable[[Target], None]
) -> Crawled:
    started(target)
    return run_job(
        target.facts,
        settings,
        runs=settings.runs,
        known=known,
        replay=target.replay,
        now=target.now,
        since=target.since,
        most=target.most,
    )


def run_job(
    facts: SourceFacts,
    settings: Settings,
    *,
    runs: Path,
    known: Path | None,
    replay: Path | None = None,
    now: dt.datetime | None = None,
    until: dt.datetime | None = None,
    only: str = "",
    since: dt.date | None = None,
    most: int = 0,
) -> Crawled:
    """One run in a child process; it always leaves a finished run folder.

    `only` is an address to read instead of what the source begins with, `since` the day from which
    an aggregator is to fill in the past.
    """
    permission = settings.permissions.get(facts.code, "")
    facts = msgspec.structs.replace(facts, permission=permission)
    began = now or dt.datetime.now(dt.UTC).replace(microsecond=0)
    folder = run_folder(runs.absolute(), facts.code, began)
    job = {
        "source": facts.code,
        "folder": str(folder),
        "known": str(known) if known else "",
        "replay": str(replay.absolute()) if replay else "",
        "now": now,
        "until": until,
        "only": only,
        "since": since,
        "most": most,
        "started_at": began,
        "contact": settings.contact or "replay",
        "permission": facts.permission,
        "delay": settings.delay,
        "memory_mb": settings.memory_mb,
    }
    died = _child(to_json(job), settings.time_limit)
    if not (folder / RECORD).exists():
        _record_death(facts, folder, began, now or dt.datetime.now(dt.UTC), died)
    return Crawled(folder, read_record(folder))


def _child(job: bytes, time_limit: int) -> str:
    """Run the job; in words, how the child ended."""
    child = subprocess.Popen(
        [sys.executable, "-m", "spiders.run"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, errors = child.communicate(job, timeout=time_limit)
    except subprocess.TimeoutExpired:
        _end(child)
        return f"still running after {time_limit} s, ended"
    if child.returncode < 0:
        return f"killed by {signal.Signals(-child.returncode).name}"
    return f"exit status {child.returncode}: {_last_line(errors)}"


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask the child and all that it started to stop, then make them."""
    os.killpg(child.pid, signal.SIGTERM)
    try:
        child.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _record_death(
    facts: SourceFacts, folder: Path, began: dt.datetime, ended: dt.datetime, why: str
) -> None:
    """The record of a run that could not write its own; what it had read is set aside."""
    folder.mkdir(parents=True, exist_ok=True)
    items = folder / ITEMS
    if items.exists():
        items.replace(folder / f"{ITEMS}.unfinished")
    items.write_bytes(b"")
    record = RunRecord(
        source=facts,
        started_at=began,
        finished_at=ended.replace(microsecond=0),
        verdict="failed",
        reason=f"the crawl died: {why}",
        requests=0,
        listed=0,
        kept=0,
        rejected={},
        items={},
        items_sha256=sha256(b"").hexdigest(),
        problems=[
            Problem(kind="failed", url=facts.home, expected="the crawl to finish", found=why)
        ],
    )
    write_record(folder, record)


def _last_line(errors: bytes) -> str:
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "no message"
