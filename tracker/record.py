"""A live page as a test case: the body, what it is, and what is read from it today."""

from __future__ import annotations

import datetime as dt
import mimetypes
import tempfile
from pathlib import Path

from tracker.config import Settings
from tracker.crawl import run_job
from tracker.errors import TrackerError
from tracker.model import to_json
from tracker.runs import CAPTURES, SourceFacts


def record_case(
    facts: SourceFacts, url: str, folder: Path, settings: Settings, *, replay: Path | None = None
) -> tuple[Path, int]:
    """Fetch `url` politely as the source would, and write `folder` with `case.json`, the body and
    `expected.jsonl`. Returns the folder and the number of items. Raises TrackerError where the case
    exists or the page can't be fetched."""
    if folder.exists():
        raise TrackerError(f"{folder}: is there already; choose another name.")
    with tempfile.TemporaryDirectory(prefix="tracker-record-") as scratch:
        crawled = run_job(facts, settings, runs=Path(scratch), known=None, replay=replay, only=url)
        answer = _answer(crawled.folder / CAPTURES, url)
    if answer is None:
        raise TrackerError(f"{url}: {crawled.record.verdict}: {crawled.record.reason}.")
    return folder, _write(facts.code, folder, url, *answer)


def _answer(warc: Path, url: str) -> tuple[bytes, int, str] | None:
    from spiders.archive import read_warc

    for recorded, body in read_warc(warc):
        if url in {recorded.url, recorded.redirected_from}:
            return body, recorded.status, recorded.media_type
    return None


def _write(source: str, folder: Path, url: str, body: bytes, status: int, media_type: str) -> int:
    from scrapy import Request

    from spiders.answer import Answer
    from spiders.reading import SourceError
    from spiders.registry import source_class

    today = dt.datetime.now(dt.UTC).date()
    spider = source_class(source)(today=today)
    suffix = mimetypes.guess_extension(media_type.partition(";")[0].strip()) or ".bin"
    case: dict[str, object] = {
        "url": url,
        "file": f"body{suffix}",
        "status": status,
        "media_type": media_type,
        "today": today,
    }
    lines: list[bytes] = []
    try:
        for thing in spider.read(Answer(url, body, status, {"content-type": media_type})):
            told = {"request": thing.url} if isinstance(thing, Request) else thing
            lines.append(to_json(told))
    except SourceError as error:
        case |= {"raises": error.kind, "says": error.expected}
    folder.mkdir(parents=True)
    (folder / f"body{suffix}").write_bytes(body)
    (folder / "case.json").write_bytes(to_json(case) + b"\n")
    if "raises" not in case:
        (folder / "expected.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    return len(lines)
