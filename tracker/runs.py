"""Run folders: `runs/<source>/<UTC time>/` with `items.jsonl`, `captures.warc.gz`, `run.json`.

A run folder is the unit of everything: made by a spider on any machine, ingested once, replayed,
rebuilt from. `run.json` is written last, so a crash leaves a half run that is never ingested.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from tracker.errors import DamagedRun
from tracker.model import AnyItem, Measure, item_from_json, to_json

Verdict = Literal["ok", "ok-empty", "suspect", "blocked", "changed", "failed", "skipped"]
GOOD: frozenset[str] = frozenset({"ok", "ok-empty"})

ITEMS, CAPTURES, RECORD = "items.jsonl", "captures.warc.gz", "run.json"
KNOWN = "known.json.gz"
_STAMP = "%Y%m%dT%H%M%SZ"
_MAX_RECORD_BYTES = 64 * 1024 * 1024


Moment = Annotated[dt.datetime, Meta(tz=True)]


class _Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Written by one version of the tracker and read by another, so strict."""


class Requests(_Record, frozen=True):
    """How many requests a first crawl, a day without news and a busy day cost."""

    first: int
    quiet: int
    busy: int


class Quota(_Record, frozen=True):
    """How many requests a service allows to one key, in a day or a calendar month of UTC."""

    requests: int
    per: Literal["day", "month"]

    def began(self, now: dt.datetime) -> dt.datetime:
        """The first moment of the day or month that counts now."""
        day = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return day if self.per == "day" else day.replace(day=1)


class Hours(_Record, frozen=True):
    """When a site asks programs to come, in its own zone: from 21 to 6 is by night."""

    begin: int
    end: int
    timezone: str

    def allow(self, moment: dt.datetime) -> bool:
        hour = moment.astimezone(ZoneInfo(self.timezone)).hour
        if self.begin < self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end


class SourceFacts(_Record, frozen=True):
    """What a source is: written into each run, so that a run explains itself on any machine.

    `permission` says who allowed reading what robots.txt refuses, and when; mostly empty. `key` is
    the environment variable that holds the key of its service, `robots` what its robots.txt
    refuses and what is read instead, `hours` when the site may be asked, `quota` what its service
    allows to a key in all. `verified` is False where the form of its pages is known at second hand
    only.
    """

    code: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*\Z")]
    jurisdiction: str
    name: str
    kind: Literal[
        "legislature", "orders", "federal", "agreements", "aggregator", "courts", "editors"
    ]
    home: str
    permission: str = ""
    key: str = ""
    robots: str = ""
    verified: bool = True
    hours: Hours | None = None
    requests: Requests | None = None
    quota: Quota | None = None


class Capture(_Record, frozen=True):
    """One archived response. `sha256` is of the body as decoded; the WARC holds the whole."""

    sha256: str
    url: str
    fetched_at: Moment
    status: int
    media_type: str
    bytes: int


class Problem(_Record, frozen=True):
    """One thing that went wrong: what was expected at the address, and what was found."""

    kind: Literal["blocked", "changed", "failed", "suspect"]
    url: str
    expected: str
    found: str


class Validator(_Record, frozen=True):
    """What the server gave to ask "has it changed since?" with."""

    etag: str = ""
    last_modified: str = ""


class RunRecord(_Record, frozen=True):
    """`run.json`. `empty_proof` quotes the site's own "none found", where it was seen.

    `sessions` are those that a legislature's run was to read, in the site's own names. `stated`
    counts, field by field, the measures whose pages say something of it, `filled` those where that is
    not "none". `missed` are pages beside the facts, such
    as a calendar, that could not be read: they cost the run nothing but themselves.
    """

    source: SourceFacts
    started_at: Moment
    finished_at: Moment
    verdict: Verdict
    reason: str
    requests: int
    listed: int
    kept: int
    rejected: dict[str, int]
    items: dict[str, int]
    items_sha256: str
    not_modified: int = 0
    empty_proof: str = ""
    complete_list: bool = False
    sessions: list[str] = []
    stated: dict[str, int] = {}
    filled: dict[str, int] = {}
    canary: str = ""
    captures: list[Capture] = []
    problems: list[Problem] = []
    missed: list[Problem] = []
    validators: dict[str, Validator] = {}
    tracker_version: str = ""

    @property
    def good(self) -> bool:
        return self.verdict in GOOD

    @property
    def began(self) -> str:
        """When it began, as the store keeps it: in UTC, whatever the clock of the machine."""
        return utc(self.started_at)

    @property
    def seen_at(self) -> str:
        """The moment the facts of this run were seen, as the change log keeps it."""
        return self.finished_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Seen(Struct, frozen=True):
    """One line of `items.jsonl`: an item and the captures it was read from.

    `captures` names a SHA-256 for each field read from a page of its own; "" is for the rest.
    """

    captures: dict[str, str]
    item: msgspec.Raw

    def read(self) -> AnyItem:
        return item_from_json(self.item)


_SEEN_DECODER = msgspec.json.Decoder(Seen)
_RECORD_DECODER = msgspec.json.Decoder(RunRecord)


def utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()


def run_folder(root: Path, source: str, started_at: dt.datetime) -> Path:
    """Where the run of a source that began then is kept: `root/<source>/<UTC time>`."""
    return root / source / started_at.astimezone(dt.UTC).strftime(_STAMP)


# Fields whose loss on a page that else reads well shows that the page has changed.
FILLED = ("title", "abstract", "sponsors", "actions", "versions", "url")


class ItemWriter:
    """Writes `items.jsonl` line by line and knows its hash; `close` makes it durable."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / ITEMS).open("xb")
        self._hash = sha256()
        self.counts: dict[str, int] = {}
        self.filled: dict[str, int] = {}
        self.stated: dict[str, int] = {}

    def write(self, item: AnyItem, captures: dict[str, str]) -> None:
        line = to_json(Seen(captures, msgspec.Raw(to_json(item)))) + b"\n"
        self._file.write(line)
        self._hash.update(line)
        kind = str(item.__struct_config__.tag)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if isinstance(item, Measure):
            for name in FILLED:
                value = getattr(item, name)
                self.stated[name] = self.stated.get(name, 0) + (value is not None)
                self.filled[name] = self.filled.get(name, 0) + bool(value)

    def close(self) -> str:
        """The SHA-256 of what was written."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._hash.hexdigest()


def write_record(folder: Path, record: RunRecord) -> None:
    """Atomically: a reader sees the whole record or none."""
    part = folder / (RECORD + ".part")
    with part.open("wb") as file:
        file.write(msgspec.json.format(to_json(record), indent=1))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / RECORD)


def read_record(folder: Path) -> RunRecord:
    """Raises DamagedRun where the folder holds no finished run."""
    path = folder / RECORD
    if not path.is_file():
        raise DamagedRun(
            f"{folder}: no {RECORD}: the crawl did not finish. Crawl the source again."
        )
    if path.stat().st_size > _MAX_RECORD_BYTES:
        raise DamagedRun(f"{path}: larger than {_MAX_RECORD_BYTES} bytes.")
    try:
        return _RECORD_DECODER.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        raise DamagedRun(f"{path}: {error}.") from error


def check_items(folder: Path, record: RunRecord) -> None:
    """Raises DamagedRun where `items.jsonl` is not byte for byte what the spider wrote."""
    path = folder / ITEMS
    if not path.is_file():
        raise DamagedRun(f"{path}: missing, though {RECORD} names it.")
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    if found.hexdigest() != record.items_sha256:
        raise DamagedRun(
            f"{path}: truncated or altered (SHA-256 {found.hexdigest()[:12]}…, "
            f"{RECORD} says {record.items_sha256[:12]}…). Crawl again, or restore the folder."
        )


def read_items(folder: Path) -> Iterator[Seen]:
    """Streams the lines; raises DamagedRun, naming the line, where one is not an item."""
    path = folder / ITEMS
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield _SEEN_DECODER.decode(line)
            except msgspec.DecodeError as error:
                raise DamagedRun(f"{path}, line {number}: {error}.") from error


def run_folders(root: Path) -> Iterator[Path]:
    """Finished runs below `root`, oldest first (by the time in their names)."""
    yield from sorted(
        (path.parent for path in root.glob(f"*/*/{RECORD}")),
        key=lambda folder: (folder.name, folder),
    )
