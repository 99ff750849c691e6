"""A site on this machine, and real crawls of it in processes of their own.

`Site` is a real HTTP server that answers from a table and remembers what it was asked. `crawl`
runs a source against it exactly as production does (`spiders.run`), but for what the `Job`
itself says: loopback allowed, no delay. Each crawl is a process of its own, as Twisted demands;
they are forked from one that has the imports done, so that a crawl costs a tenth of a second.
"""

from __future__ import annotations

import datetime as dt
import importlib
import multiprocessing
import os
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from spiders.known import Known
from spiders.run import Job, run_bounded
from tracker.model import AnyItem
from tracker.runs import RunRecord, read_items, read_record

STARTED = dt.datetime(2027, 1, 11, 15, tzinfo=dt.UTC)
HTML, TEXT, JSON = "text/html; charset=utf-8", "text/plain; charset=utf-8", "application/json"
BOUND_SECONDS = 60


class Asked(NamedTuple):
    """One request as the server saw it; `headers` by their lower-case names."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Reply(NamedTuple):
    """`held` keeps the connection open without an answer until the site closes."""

    body: bytes | str = b""
    status: int = 200
    media_type: str = HTML
    headers: Mapping[str, str] = {}
    held: bool = False

    def bytes(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Answering = Reply | str | list[Reply] | Callable[[Asked], Reply]


class Site(ThreadingHTTPServer):
    """`pages` by path; a list is answered in turn, its last one for ever. The rest is 404."""

    daemon_threads = True

    def __init__(self, pages: Mapping[str, Answering], tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = pages
        self.asked: list[Asked] = []
        self.times: list[float] = []
        self.closing = threading.Event()
        self.lock = threading.Lock()
        self.at_once = self.most_at_once = 0
        self.second = threading.Event()
        self.looked_for_overlap = 0.0
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.server_port}"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)

    def paths(self) -> list[str]:
        """What was asked, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def reply(self, asked: Asked) -> Reply:
        with self.lock:
            self.asked.append(asked)
            self.times.append(time.monotonic())
            path = asked.path if asked.path in self.pages else asked.path.partition("?")[0]
            found = self.pages.get(path, Reply("nothing here", 404, TEXT))
            if isinstance(found, list):
                found = found.pop(0) if len(found) > 1 else found[0]
        if callable(found):
            found = found(asked)
        return Reply(found) if isinstance(found, str) else found

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up on an answer it refuses is what is tested."""


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, self.rfile.read(length))
        with self._counted():
            reply = self.server.reply(asked)
        self._send(reply)

    def do_POST(self) -> None:
        self.do_GET()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Counts requests in progress, each held a moment so that a second one would be seen."""
        site = self.server
        with site.lock:
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
            if site.at_once > 1:
                site.second.set()
        try:
            if site.looked_for_overlap:
                site.second.wait(site.looked_for_overlap)
            yield
        finally:
            with site.lock:
                site.at_once -= 1

    def _send(self, reply: Reply) -> None:
        if reply.held:
            self.server.closing.wait(BOUND_SECONDS)
            return
        body = b"" if reply.status == 304 else reply.bytes()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        for name, value in ({"Content-Length": str(len(body))} | dict(reply.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def site(pages: Mapping[str, Answering], tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    with Site(pages, tls) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join(BOUND_SECONDS)


def unless_changed(body: str, etag: str = '"1"', modified: str = "") -> Callable[[Asked], Reply]:
    """A page that answers a conditional request with 304 while it is the same."""
    validators = {"ETag": etag} if etag else {"Last-Modified": modified}

    def answer(asked: Asked) -> Reply:
        told = asked.headers.get("if-none-match" if etag else "if-modified-since")
        same = told == (etag or modified)
        return Reply("" if same else body, 304 if same else 200, headers=validators)

    return answer


class Crawl(NamedTuple):
    folder: Path
    record: RunRecord
    items: list[AnyItem]

    @property
    def ended(self) -> tuple[str, str]:
        return self.record.verdict, self.record.reason


_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.spiders.loopback", "tests.spiders.preloaded"])


def crawl(
    url: str, folder: Path, known: Known | None = None, /, facts: Any = None, **job: Any
) -> Crawl:
    """Crawl the fictional legislature at `url`; `facts` are attributes of the source to set."""
    asked: dict[str, Any] = {
        "source": "fictional",
        "folder": str(folder),
        "started_at": STARTED,
        "contact": "https://example.org/contact",
        "delay": 0,
        "allow_loopback": True,
    }
    if known is not None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        path = folder.parent / f"{folder.name}.known.json.gz"
        known.save(path)
        asked["known"] = str(path)
    places = {f"tests.spiders.fictional:Fictional.{name}": v for name, v in (facts or {}).items()}
    places["tests.spiders.fictional:Fictional.site"] = url
    return crawl_in_child(Job(**(asked | job)), places)


def crawl_in_child(
    job: Job, places: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> Crawl:
    """`places` (`module:name`) are the addresses that stand for those of the real site."""
    arguments = (msgspec.json.encode(job), dict(places), dict(environment or {}))
    child = _context.Process(target=_child, args=arguments)
    child.start()
    child.join(BOUND_SECONDS)
    if child.is_alive():
        child.kill()
        raise AssertionError(f"the crawl did not end within {BOUND_SECONDS} s")
    folder = Path(job.folder)
    items = [seen.read() for seen in read_items(folder)]
    return Crawl(folder, read_record(folder), items)


def _child(job: bytes, places: Mapping[str, Any], environment: Mapping[str, str]) -> None:
    os.environ.update(environment)
    for place, value in places.items():
        module, _, names = place.partition(":")
        *holders, name = names.split(".")
        holder = importlib.import_module(module)
        for attribute in holders:
            holder = getattr(holder, attribute)
        setattr(holder, name, value)
    run_bounded(job)
