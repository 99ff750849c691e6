"""Captures: every answer archived as WARC, asked for conditionally, and replayed.

WARC is the web archive's own format, so that any archive tool reads what is kept here. Replay
serves the answers of a WARC, or of a folder of recorded answers, to the real spiders: tests, the
demonstration and `tracker replay` run the code that runs in production.
"""

from __future__ import annotations

import datetime as dt
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
    status: int
    headers: dict[str, str]
    body: bytes


def state_of(crawler: Crawler) -> Any:
    """The run that middlewares and pipelines work for: a `spiders.run.SpiderRun`."""
    return crawler.__dict__["spider_run"]


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1")


def _body_digest(request: Request) -> str:
    return sha256(request.body).hexdigest() if request.body else ""


class CaptureWriter:
    """Writes `captures.warc.gz` of one run and lists what it wrote."""

    def __init__(self, file: BinaryIO, now: dt.datetime | None) -> None:
        self._writer = WARCWriter(file, gzip=True)
        self._fixed_now = now
        self._written: set[tuple[str, str, str]] = set()
        self.captures: dict[str, Capture] = {}
        self.validators: dict[str, Validator] = {}

    def keep(self, request: Request, response: Response) -> str:
        """Archive one answer; its SHA-256. The same bytes of one address are kept once."""
        digest = sha256(response.body).hexdigest()
        now = self._fixed_now or dt.datetime.now(dt.UTC)
        asked = (response.url, _body_digest(request), digest)
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
        if request.method == "GET" and response.status == 200:
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
                "X-Redirected-From": next(iter(request.meta.get("redirect_urls", ())), ""),
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
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified


class Replay:
    """Downloader middleware: answers from a recording; what is not recorded is a 404."""

    def __init__(self, recording: Recording, validators: Mapping[str, Validator]) -> None:
        self._recording = recording
        self._validators = validators

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Replay:
        state = state_of(crawler)
        return cls(state.recording, state.known.validators)

    def process_request(self, request: Request) -> Response:
        found = self._recording.find(request) or self._not_recorded(request)
        headers = Headers(found.headers)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=found.body)
        return kind(request.url, status=found.status, headers=headers, body=found.body)

    def _not_recorded(self, request: Request) -> Replayed:
        """A page asked for conditionally and not archived had not moved."""
        if request.url.endswith("/robots.txt"):
            return _ROBOTS_ALLOW_ALL
        return _NOT_MODIFIED if request.url in self._validators else _NOT_RECORDED


_NOT_MODIFIED = Replayed(304, {}, b"")
_NOT_RECORDED = Replayed(404, {"Content-Type": "text/plain"}, b"not recorded")
_ROBOTS_ALLOW_ALL = Replayed(200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow:\n")


class Recording:
    """Answers by address, from `answers.json` with its files or from a run's WARC."""

    def __init__(self, path: Path) -> None:
        self._answers: Sequence[tuple[Recorded, bytes | None]] = []
        self._folder = path if path.is_dir() else path.parent
        if path.is_dir() and (path / ANSWERS).is_file():
            recorded = msgspec.json.decode((path / ANSWERS).read_bytes(), type=list[Recorded])
            self._answers = [(answer, None) for answer in recorded]
        else:
            self._answers = list(read_warc(path / CAPTURES if path.is_dir() else path))

    def find(self, request: Request) -> Replayed | None:
        """The recorded answer to a request of the same method, address and (if told) body."""
        for answer, body in self._answers:
            if answer.answers(request):
                return self._replayed(answer, body)
        return None

    def _replayed(self, answer: Recorded, body: bytes | None) -> Replayed:
        if body is None:
            body = (self._folder / answer.file).read_bytes() if answer.file else b""
        headers = {"Content-Type": answer.media_type, **answer.headers}
        return Replayed(answer.status, headers, body)


def read_warc(path: Path) -> Iterator[tuple[Recorded, bytes]]:
    """Responses of a WARC; raises DamagedRun where it is not one."""
    if not path.is_file():
        raise DamagedRun(f"{path}: no such file.")
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                if record.rec_type == "response":
                    yield _recorded(record), record.content_stream().read()
        except (OSError, EOFError, ValueError, _warc_errors()) as error:
            raise DamagedRun(f"{path}: not a readable WARC ({error}).") from error


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
