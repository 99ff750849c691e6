"""Captures: every answer archived as WARC, asked for conditionally, and replayed.

WARC is the web archive's own format, so that any archive tool reads what is kept here. Replay
serves the answers of a WARC, or of a folder of recorded answers, to the real spiders: tests, the
demonstration and `tracker replay` run the code that runs in production.
"""

from __future__ import annotations

import datetime as dt
import gzip
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from spiders.network import Refused
from tracker.errors import DamagedRun
from tracker.runs import CAPTURES, Capture, Validator

# Headers about the transfer, which no longer hold for the decoded body that is archived.
_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length", "set-cookie"})
ANSWERS = "answers.json"


class Recorded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One recorded answer: `file` holds the body beside `answers.json`."""

    url: str
    file: str = ""
    status: int = 200
    method: str = "GET"
    media_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = {}
    body_contains: str = ""
    body_sha256: str = ""
    redirected_from: str = ""

    def answers(self, request: Request) -> bool:
        """Whether this is what the site said to such a request."""
        return (
            request.url in {self.url, self.redirected_from}
            and request.method == self.method
            and self.body_contains.encode() in request.body
            and self.body_sha256 in {"", _body_digest(request)}
        )


class Replayed(msgspec.Struct, frozen=True):
    """`url` is where the answer came from, after redirects."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes


class NotCaptured(Refused):
    """A page that a replayed run had not read."""

    expected = "a captured answer"


def state_of(crawler: Crawler) -> Any:
    """The run that middlewares and pipelines work for: a `spiders.run.SpiderRun`."""
    return crawler.__dict__["spider_run"]


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")


def _body_digest(request: Request) -> str:
    return sha256(request.body).hexdigest() if request.body else ""


def _redirected_from(request: Request, response: Response) -> str:
    """The address that was asked for first, if it is not the one that answered."""
    asked = str(request.meta.get("redirect_urls", [request.url])[0])
    return asked if asked != response.url else ""


def _is_robots(request: Request) -> bool:
    """Scrapy's own request for the rules, which must be read anew in each run."""
    return bool(request.meta.get("dont_obey_robotstxt"))


class CaptureWriter:
    """Writes `captures.warc.gz` of one run and lists what it wrote."""

    def __init__(self, file: BinaryIO, now: dt.datetime | None) -> None:
        self._writer = WARCWriter(file, gzip=True)
        self._fixed_now = now
        self._written: set[tuple[str, ...]] = set()
        self.captures: dict[str, Capture] = {}
        self.validators: dict[str, Validator] = {}

    def keep(self, request: Request, response: Response) -> str:
        """Archive one answer; its SHA-256. The same bytes of one address are kept once."""
        digest = sha256(response.body).hexdigest()
        now = self._fixed_now or dt.datetime.now(dt.UTC)
        asked = (response.url, _redirected_from(request, response), _body_digest(request), digest)
        if asked not in self._written:
            self._written.add(asked)
            self._write(request, response, now)
        if digest not in self.captures:
            media = _header(response, "Content-Type")
            self.captures[digest] = Capture(
                sha256=digest,
                url=response.url,
                fetched_at=now,
                status=response.status,
                media_type=media.partition(";")[0].strip(),
                bytes=len(response.body),
            )
        if request.method == "GET" and response.status == 200 and not _is_robots(request):
            self._remember(response)
        return digest

    def _write(self, request: Request, response: Response, now: dt.datetime) -> None:
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
            if name.decode("latin-1").lower() not in _TRANSFER
        ]
        record = self._writer.create_warc_record(
            response.url,
            "response",
            payload=BytesIO(response.body),
            http_headers=StatusAndHeaders(f"{response.status} ", headers, protocol="HTTP/1.1"),
            warc_headers_dict={
                "WARC-Date": now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "X-Request-Method": request.method,
                "X-Request-Body-SHA256": _body_digest(request),
                "X-Redirected-From": _redirected_from(request, response),
            },
        )
        self._writer.write_record(record)

    def _remember(self, response: Response) -> None:
        etag = _header(response, "ETag")
        modified = _header(response, "Last-Modified")
        if etag or modified:
            self.validators[response.url] = Validator(etag=etag, last_modified=modified)


class Archive:
    """Downloader middleware: archives each answer and notes its SHA-256 for the items read from it."""

    def __init__(self, writer: CaptureWriter) -> None:
        self._writer = writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Archive:
        return cls(state_of(crawler).captures)

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status != 304:
            request.meta["capture"] = self._writer.keep(request, response)
        return response


class Conditional:
    """Downloader middleware: asks with the validators of the last good run."""

    def __init__(self, validators: Mapping[str, Validator]) -> None:
        self._validators = validators

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Conditional:
        return cls(state_of(crawler).known.validators)

    def process_request(self, request: Request) -> None:
        known = self._validators.get(request.url)
        if known is None or request.method != "GET" or request.meta.get("fresh"):
            return
        if _is_robots(request):
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified


class Replay:
    """Downloader middleware: answers from a recording.

    What a folder of answers does not hold is a 404; what a run did not capture it did not read, and
    is refused, as a 404 would say that a measure is gone.
    """

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Replay:
        return cls(state_of(crawler).recording)

    def process_request(self, request: Request) -> Response:
        found = self._recording.find(request) or self._not_recorded(request)
        headers = Headers(found.headers)
        kind = responsetypes.from_args(headers=headers, url=found.url, body=found.body)
        return kind(found.url, status=found.status, headers=headers, body=found.body)

    def _not_recorded(self, request: Request) -> Replayed:
        """A page asked for conditionally and not archived had not moved."""
        if _is_robots(request):
            return Replayed(request.url, 200, {"Content-Type": "text/plain"}, b"")
        if "If-None-Match" in request.headers or "If-Modified-Since" in request.headers:
            return Replayed(request.url, 304, {}, b"")
        if self._recording.is_run:
            raise NotCaptured("not among the captures of the run")
        return Replayed(request.url, 404, {"Content-Type": "text/plain"}, b"not recorded")


class Recording:
    """Answers by address, from `answers.json` with its files or from a run's WARC."""

    def __init__(self, path: Path) -> None:
        self._answers: Sequence[tuple[Recorded, bytes | None]] = []
        self._given: Counter[int] = Counter()
        self._folder = path if path.is_dir() else path.parent
        self.is_run = not (path.is_dir() and (path / ANSWERS).is_file())
        if self.is_run:
            self._answers = list(read_warc(path / CAPTURES if path.is_dir() else path))
        else:
            recorded = msgspec.json.decode((path / ANSWERS).read_bytes(), type=list[Recorded])
            self._answers = [(answer, None) for answer in recorded]

    def find(self, request: Request) -> Replayed | None:
        """The recorded answer to a request of the same method, address and (if told) body.

        Where there are several (a page that was busy first), they are given in turn.
        """
        found = [at for at, (answer, _) in enumerate(self._answers) if answer.answers(request)]
        if not found:
            return None
        turn = min(self._given[found[0]], len(found) - 1)
        self._given[found[0]] += 1
        return self._replayed(*self._answers[found[turn]])

    def _replayed(self, answer: Recorded, body: bytes | None) -> Replayed:
        if body is None:
            body = (self._folder / answer.file).read_bytes() if answer.file else b""
        headers = {"Content-Type": answer.media_type, **answer.headers}
        return Replayed(answer.url, answer.status, headers, body)


def read_warc(path: Path) -> Iterator[tuple[Recorded, bytes]]:
    """Responses of a WARC; raises DamagedRun where it is not one."""
    if not path.is_file():
        raise DamagedRun(f"{path}: no such file.")
    with path.open("rb") as file:
        try:
            if path.suffix == ".gz":
                _check_whole(path)
            for record in ArchiveIterator(file, check_digests="raise"):
                if record.rec_type == "response":
                    yield _recorded(record), record.content_stream().read()
        # warcio takes for granted that a record has headers: AttributeError where it has none.
        except (
            OSError,
            EOFError,
            ValueError,
            AttributeError,
            zlib.error,
            _warc_errors(),
        ) as error:
            raise DamagedRun(f"{path}: not a readable WARC ({error}).") from error


def _check_whole(path: Path) -> None:
    """Raises where the file is cut off, which warcio takes for its end."""
    with gzip.open(path) as file:
        while file.read(1 << 20):
            pass


def _recorded(record: Any) -> Recorded:
    headers = dict(record.http_headers.headers)
    return Recorded(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        method=record.rec_headers.get_header("X-Request-Method") or "GET",
        body_sha256=record.rec_headers.get_header("X-Request-Body-SHA256") or "",
        redirected_from=record.rec_headers.get_header("X-Redirected-From") or "",
        media_type=headers.pop("Content-Type", ""),
        headers=headers,
    )


def _warc_errors() -> type[Exception]:
    from warcio.exceptions import ArchiveLoadFailed

    return ArchiveLoadFailed  # type: ignore[no-any-return]
