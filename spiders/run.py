"""One run of one source, in a process of its own: `python -m spiders.run`, the job on stdin.

Twisted's reactor can't be started twice in a process, a parser may need to be killed, and its
memory bounded; so each run is a child process. What it leaves is a run folder.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import sys
from pathlib import Path
from typing import Any

import msgspec
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from spiders.archive import CaptureWriter, Recording
from spiders.assembly import Assembly
from spiders.base import AT_A_WALL, TOO_MANY_PROBLEMS, Source
from spiders.known import Known
from spiders.registry import source_class
from spiders.settings import DELAY_SECONDS, TIMEOUT_SECONDS, scrapy_settings
from tracker import __version__
from tracker.health import judge_run
from tracker.runs import CAPTURES, KNOWN, ItemWriter, RunRecord, write_record


class Job(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a run is to do. `now` fixes the clock of a replay, `until` its end; paths are absolute.

    `most` are the requests that the quota of its service leaves, 0 where it has none.
    """

    source: str
    folder: str
    started_at: dt.datetime
    known: str = ""
    replay: str = ""
    now: dt.datetime | None = None
    until: dt.datetime | None = None
    only: str = ""
    since: dt.date | None = None
    most: int = 0
    contact: str = ""
    permission: str = ""
    delay: float = DELAY_SECONDS
    timeout: int = TIMEOUT_SECONDS
    memory_mb: int = 2_048
    allow_loopback: bool = False


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


class SpiderRun:
    """The parts of a run that middlewares and pipelines share (as `crawler.spider_run`)."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.started_at = job.started_at
        self.known = Known.load(Path(job.known) if job.known else None)
        self.recording = Recording(Path(job.replay)) if job.replay else None
        self.folder = Path(job.folder)
        self.folder.mkdir(parents=True)
        self.known.save(self.folder / KNOWN)
        self.writer = ItemWriter(self.folder)
        self.assembly = Assembly(self.writer)
        self._warc = (self.folder / CAPTURES).open("xb")
        self.captures = CaptureWriter(self._warc, job.now)
        self.reason_closed = "finished"

    def finish(self, spider: Source, requests: int) -> RunRecord:
        """Write the items, then `run.json`, last of all."""
        self.assembly.write(spider)
        self._warc.flush()
        os.fsync(self._warc.fileno())
        self._warc.close()
        items_sha256 = self.writer.close()
        counts = self.writer.counts
        kept = sum(count for kind, count in counts.items() if kind != "listing")
        spider.check_texts()
        if self.reason_closed not in {"finished", AT_A_WALL, TOO_MANY_PROBLEMS}:
            spider.note("failed", spider.facts.home, "the crawl to finish", self.reason_closed)
        verdict, reason = judge_run(
            spider.problems,
            listed=len(spider.listed),
            kept=kept,
            not_modified=spider.not_modified,
            empty_proof=spider.empty_proof,
        )
        record = RunRecord(
            source=msgspec.structs.replace(spider.facts, permission=self.job.permission),
            started_at=self.started_at,
            finished_at=self.job.until or self.job.now or _now(),
            verdict=verdict,
            reason=reason,
            requests=requests,
            listed=len(spider.listed),
            kept=kept,
            rejected=dict(sorted(spider.rejected.items())),
            items=dict(sorted(counts.items())),
            items_sha256=items_sha256,
            not_modified=spider.not_modified,
            empty_proof=spider.empty_proof,
            complete_list=spider.complete_list,
            sessions=spider.sessions_read(),
            canary=self.known.canary,
            stated=dict(sorted(self.writer.stated.items())),
            filled=dict(sorted(self.writer.filled.items())),
            captures=list(self.captures.captures.values()),
            problems=spider.problems,
            missed=spider.missed,
            validators=self.captures.validators,
            tracker_version=__version__,
        )
        write_record(self.folder, record)
        return record


def run(job: Job) -> RunRecord:
    """Crawl, and leave a finished run folder whatever the verdict."""
    spider_class = source_class(job.source)
    state = SpiderRun(job)
    settings = scrapy_settings(
        contact=job.contact,
        replay=bool(job.replay),
        obey_robots=not job.permission,
        delay=job.delay and max(job.delay, spider_class.delay_seconds),
        timeout=job.timeout,
    )
    settings["ALLOW_LOOPBACK"] = job.allow_loopback
    settings["CLOSESPIDER_PAGECOUNT"] = job.most
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider_class)
    crawler.__dict__["spider_run"] = state
    _watch(crawler, state)
    crawling = process.crawl(
        crawler,
        today=_today(spider_class, state.started_at),
        known=state.known,
        only=job.only,
        since=job.since,
        replayed=bool(job.replay),
    )
    process.start()
    crawling.result()  # an error before the first request, which Scrapy only logs
    requests = int(crawler.stats.get_value("downloader/request_count", 0))
    assert isinstance(crawler.spider, Source)
    return state.finish(crawler.spider, requests)


def _watch(crawler: Crawler, state: SpiderRun) -> None:
    def failed(failure: Any, response: Any, spider: Source) -> None:
        """The one broad catch: an error in our own reading is recorded, and the run not believed."""
        spider.note("changed", response.url, "a page this source can read", repr(failure.value))

    def lost(failure: Any, spider: Source) -> None:
        """An item read and not kept."""
        spider.note("failed", spider.facts.home, "an item to be kept", repr(failure.value))

    def closed(reason: str) -> None:
        state.reason_closed = reason

    # Scrapy keeps receivers weakly; the state outlives the crawl and so holds them.
    state.receivers = (failed, lost, closed)  # type: ignore[attr-defined]
    crawler.signals.connect(failed, signals.spider_error)
    crawler.signals.connect(lost, signals.item_error)
    crawler.signals.connect(closed, signals.spider_closed)


def _today(spider_class: type[Source], now: dt.datetime) -> dt.date:
    """The legislature's own day."""
    from zoneinfo import ZoneInfo

    return now.astimezone(ZoneInfo(spider_class.timezone)).date()


def run_bounded(job_json: bytes) -> int:
    """Run the job within its memory; the exit status of the process."""
    job = msgspec.json.decode(job_json, type=Job)
    if job.memory_mb:
        limit = job.memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    return 0 if run(job).good else 1


def main() -> int:
    return run_bounded(sys.stdin.buffer.read())


if __name__ == "__main__":
    sys.exit(main())
