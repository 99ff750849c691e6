"""How many requests a legislature costs: a first crawl, a quiet day, a busy day.

    python -m tests.benchmarks.requests

A simulated legislature on this machine lists 5,000 measures on ten pages; 40 are on topic, each
with a page of its own and a text. On the busy day 5 of them have moved and have a new text.
Prints one JSON object: `first`, `quiet`, `busy`, counted by the server itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

# Run as a script, its folder comes first on the path, and its name would hide a library's.
sys.path[:] = [at for at in sys.path if Path(at).resolve() != Path(__file__).resolve().parent]

import datetime as dt
import json
import multiprocessing
import tempfile
import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.reading import attribute, day, one, some, text
from spiders.run import Job, run
from tracker.ingest import Knowledge, ingest
from tracker.known_file import write_known
from tracker.model import Action, Listing, Measure, Version
from tracker.runs import SourceFacts
from tracker.store import open_store

MEASURES, PER_PAGE, ON_TOPIC, MOVED = 5_000, 500, 40, 5
EVERY = MEASURES // ON_TOPIC


class Simulated(LegislatureSpider):
    """The fictional legislature of this benchmark."""

    facts = SourceFacts(
        code="simulated",
        jurisdiction="us-mt",
        name="Simulated legislature",
        kind="legislature",
        home="http://127.0.0.1/",
    )
    hosts = ("127.0.0.1",)
    port = 0

    def sessions(self, today: dt.date) -> list[str]:
        return [str(today.year)]

    def begin(self) -> Iterator[Request]:
        for number in range(MEASURES // PER_PAGE):
            yield self.get(f"http://127.0.0.1:{self.port}/list/{number}")

    @page(r"/list/\d+$", landmark="<h1>Bills")
    def bill_list(self, answer: Answer) -> Things:
        for row in some(answer.soup(), "tr", at_least=PER_PAGE):
            link = one(row, "a")
            yield Listing(
                jurisdiction="us-mt",
                session="2027",
                identifier=text(link),
                title=text(one(row, "td.title")),
                last_action=text(one(row, "td.last")),
                url=f"http://127.0.0.1:{self.port}{attribute(link, 'href')}",
            )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url, identifier=listing.identifier)

    @page(r"/bill/\d+$", landmark="<h1>Bill")
    def bill(self, answer: Answer) -> Things:
        soup = answer.soup()
        yield Measure(
            jurisdiction="us-mt",
            session="2027",
            identifier=answer.context["identifier"],
            title=text(one(soup, "h2")),
            actions=[
                Action(on=day(attribute(li, "data-day"), "%Y-%m-%d"), text=text(li))
                for li in some(soup, "li.action")
            ],
            versions=[
                Version(note=text(a), url=f"http://127.0.0.1:{self.port}{attribute(a, 'href')}")
                for a in some(soup, "a.version")
            ],
        )

    @page(r"/text/", landmark="BE IT ENACTED")
    def bill_text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="text/plain")


class Legislature(ThreadingHTTPServer):
    """`moved` bills have one action and one text more."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.moved: set[int] = set()
        self.requests = 0


class Handler(BaseHTTPRequestHandler):
    server: Legislature

    def do_GET(self) -> None:
        self.server.requests += 1
        kind, body = self._page(self.path.strip("/").split("/"))
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def _page(self, parts: list[str]) -> tuple[str, bytes]:
        match parts:
            case ["list", number]:
                return "text/html; charset=utf-8", self._list(int(number))
            case ["bill", number]:
                return "text/html; charset=utf-8", self._bill(int(number))
            case ["text", number, version]:
                words = f"{title(int(number))}\nBE IT ENACTED. Version {version}."
                return "text/plain; charset=utf-8", words.encode()
            case _:
                return "text/plain", b""

    def _list(self, number: int) -> bytes:
        rows = "".join(
            f'<tr><td><a href="/bill/{n}">HB {n}</a></td><td class="title">{title(n)}</td>'
            f'<td class="last">{1 + (n in self.server.moved)} actions</td></tr>'
            for n in range(number * PER_PAGE + 1, (number + 1) * PER_PAGE + 1)
        )
        return f"<html><h1>Bills</h1><table>{rows}</table></html>".encode()

    def _bill(self, number: int) -> bytes:
        steps = range(1, 2 + (number in self.server.moved))
        actions = "".join(
            f'<li class="action" data-day="2027-01-{step:02}">First Reading {step}</li>'
            for step in steps
        )
        versions = "".join(
            f'<a class="version" href="/text/{number}/{step}">Version {step}</a>' for step in steps
        )
        return (
            f"<html><h1>Bill HB {number}</h1><h2>{title(number)}</h2>{actions}{versions}</html>"
        ).encode()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


def title(number: int) -> str:
    if number % EVERY == 0:
        return f"Sheriffs shall honor immigration detainers (fictional bill {number})"
    return f"Revise laws on the width of bridges (fictional bill {number})"


def crawl(job: Job, port: int) -> None:
    Simulated.port = port
    run(job)


def one_day(server: Legislature, root: Path, number: int) -> int:
    """Crawl and keep as a day's run does; how many requests the server saw."""
    db = open_store(root / "store.db", create=True)
    known, folder = root / f"known-{number}.json", root / "runs" / "simulated" / str(number)
    write_known(db, known, source="simulated", jurisdiction="us-mt")
    job = Job(
        source="simulated",
        folder=str(folder),
        started_at=dt.datetime(2027, 1, number, 12, tzinfo=dt.UTC),
        known=str(known),
        contact="benchmark",
        delay=0,
        allow_loopback=True,
    )
    before = server.requests
    child = multiprocessing.get_context("spawn").Process(
        target=crawl, args=(job, server.server_port)
    )
    child.start()
    child.join(300)
    outcome = ingest(db, folder, Knowledge.shipped())
    if outcome.verdict != "ok":
        raise SystemExit(f"day {number}: {outcome.verdict}: {outcome.reason}")
    db.close()
    return server.requests - before


def main() -> None:
    with Legislature() as server, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = Path(folder)
        first = one_day(server, root, 1)
        quiet = one_day(server, root, 2)
        server.moved = {EVERY * n for n in range(1, MOVED + 1)}
        busy = one_day(server, root, 3)
        server.shutdown()
    print(
        json.dumps(
            {
                "measures": MEASURES,
                "on_topic": ON_TOPIC,
                "moved": MOVED,
                "first": first,
                "quiet": quiet,
                "busy": busy,
            }
        )
    )


if __name__ == "__main__":
    main()
