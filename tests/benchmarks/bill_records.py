"""Bill records of the shared corpora as measures, for the benchmarks."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from tracker.canonical import digest
from tracker.keep.measures import Incoming
from tracker.model import Action, Measure, Sponsor, Version, measure_key

_CHAMBERS = {"lower", "upper", "legislature", "executive"}


class Head(Struct):
    state: str
    session: str
    identifier: str


class RecordAction(Struct):
    date: date
    text: str
    chamber: str = ""


class RecordVersion(Struct):
    note: str
    url: str = ""


class Record(Head):
    type: str
    title: str
    chamber: str = ""
    description: str = ""
    actions: list[RecordAction] = []
    sponsors: list[str] = []
    versions: list[RecordVersion] = []
    url: str = ""


_HEAD = msgspec.json.Decoder(Head)
_RECORD = msgspec.json.Decoder(Record)


def jurisdiction(state: str) -> str:
    return "us" if state == "US" else f"us-{state.lower()}"


def incoming(line: bytes) -> Incoming:
    head = _HEAD.decode(line)
    key = measure_key(jurisdiction(head.state), head.session, head.identifier)
    return Incoming(key, digest(line), partial(measure, line), {})


def measure(line: bytes) -> Measure:
    """Validated as every item is: built, written as JSON and decoded by the model."""
    record = _RECORD.decode(line)
    built = Measure(
        jurisdiction=jurisdiction(record.state),
        session=record.session,
        identifier=record.identifier,
        kind="resolution" if "resolution" in record.type else "bill",
        chamber=_chamber(record.chamber),
        title=record.title,
        abstract=record.description,
        url=_url(record.url),
        actions=[Action(on=a.date, text=a.text, chamber=_chamber(a.chamber)) for a in record.actions],
        sponsors=[Sponsor(name=name) for name in record.sponsors if name.strip()],
        versions=[Version(note=v.note or "text", url=_url(v.url)) for v in record.versions],
    )
    return msgspec.json.decode(msgspec.json.encode(built), type=Measure)


def _chamber(name: str) -> str:
    return name if name in _CHAMBERS else ""


def _url(printed: str) -> str:
    url = re.sub(r"\s", "%20", printed.strip())
    return url if url.startswith("http") else ""


def lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        yield from file
