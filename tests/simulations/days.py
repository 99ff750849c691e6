"""Three days of a source over its simulated site: a first crawl, a quiet day, a busy one.

The real spider runs in a process of its own, as in production; a middleware in the place of the
network hands its requests to the site and counts them. What it reads is kept in a real store.
"""

from __future__ import annotations

import datetime as dt
import importlib
import multiprocessing
import os
from collections import Counter
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import scrapy.http
from scrapy.crawler import Crawler
from sqlite_utils import Database

import spiders.run
from spiders.registry import source_class, source_classes
from spiders.run import Job, run_bounded
from spiders.settings import scrapy_settings
from tests.simulations.site import Asked, Site
from tests.simulations.world import World
from tracker.ingest import Knowledge, ingest
from tracker.known_file import write_known
from tracker.store import open_store

BOUND_SECONDS = 300
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.spiders.loopback", "tests.spiders.preloaded"])


class Day(NamedTuple):
    """`asked` are the requests in order; `changes` counts the change log of the day by kind."""

    verdict: str
    reason: str
    asked: list[str]
    changes: Counter[str]
    unknown_actions: int


class Simulation:
    """The days of one source, `code`; its store is open at `db` between them."""

    def __init__(self, code: str, folder: Path, *, listed: int, on_topic: int, moving: int) -> None:
        self.code = code
        self.folder = folder
        self.site = site_class(code)
        self.world = World(listed, on_topic, moving, self.site.today)
        self.db: Database = open_store(folder / "store.db", create=True)
        self._number = 0

    def first(self) -> Day:
        return self._live(self.world)

    def quiet(self) -> Day:
        return self._live(self.world.next_day(busy=False))

    def busy(self) -> Day:
        return self._live(self.world.next_day(busy=False).next_day(busy=True))

    def _live(self, world: World) -> Day:
        self._number += 1
        asked, run = self.folder / f"asked-{self._number}", self.folder / "runs" / str(self._number)
        job = self._job(world.today, run)
        child = _context.Process(
            target=_crawl, args=(msgspec.json.encode(job), self.code, world, str(asked))
        )
        child.start()
        child.join(BOUND_SECONDS)
        if child.is_alive():
            child.kill()
            raise AssertionError(f"{self.code} did not end within {BOUND_SECONDS} s")
        outcome = ingest(self.db, run, Knowledge.shipped())
        changes = self.db.conn.execute("SELECT kind FROM changes WHERE run = ?", (outcome.run,))
        return Day(
            outcome.verdict,
            outcome.reason,
            asked.read_text().splitlines(),
            Counter(row[0] for row in changes),
            outcome.tally.unknown_actions,
        )

    def _job(self, today: dt.date, run: Path) -> Job:
        facts, known = source_class(self.code).facts, self.folder / f"known-{self._number}.json"
        write_known(self.db, known, source=self.code, jurisdiction=facts.jurisdiction, today=today)
        return Job(
            source=self.code,
            folder=str(run),
            started_at=dt.datetime.combine(today, dt.time(17), dt.UTC),
            known=str(known),
            contact="https://example.org/contact",
            delay=0,
            allow_loopback=True,
        )


def simulated() -> list[str]:
    """The sources that have a simulated site."""
    folder = Path(__file__).parent
    return [code for code in source_classes() if (folder / f"{module_of(code)}.py").exists()]


def module_of(code: str) -> str:
    """`open_states` for `open-states`, `or_` for `or`, which no module can be called."""
    name = code.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


def site_class(code: str) -> type[Site]:
    found: type[Site] = importlib.import_module(f"tests.simulations.{module_of(code)}").Simulated
    return found


class Answering:
    """The downloader middleware in the place of the network."""

    site: Site
    asked: Path

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Answering:
        return cls()

    def process_request(self, request: scrapy.http.Request) -> scrapy.http.Response:
        with self.asked.open("a") as lines:
            sent = f" {sha256(request.body).hexdigest()[:16]}" if request.body else ""
            lines.write(f"{request.method} {request.url}{sent}\n")
        headers = {str(name).lower(): v for name, v in request.headers.to_unicode_dict().items()}
        reply = self.site.answer(Asked(request.method, request.url, headers, request.body))
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        told: dict[str, Any] = {"Content-Type": reply.media_type, **reply.headers}
        if reply.validated:
            told["ETag"] = f'"{sha256(body).hexdigest()[:16]}"'
            if headers.get("if-none-match") == told["ETag"]:
                return scrapy.http.Response(request.url, 304, headers=told, request=request)
        return scrapy.http.TextResponse(
            request.url, reply.status, headers=told, body=body, request=request
        )


def _crawl(job: bytes, code: str, world: World, asked: str) -> None:
    site = site_class(code)
    os.environ.update(site.environment)
    Answering.site, Answering.asked = site(world), Path(asked)
    Answering.asked.touch()
    usual = scrapy_settings

    def settings(**options: Any) -> dict[str, Any]:
        made = usual(**options)
        made["DOWNLOADER_MIDDLEWARES"] |= {f"{__name__}.Answering": 950}
        return made

    setattr(spiders.run, "scrapy_settings", settings)  # noqa: B010 - as no name of ours is exported
    run_bounded(job)
