"""Bill records of the shared corpora as measures, for the benchmarks."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tracker.canonical import digest
from tracker.keep.measures import Incoming
from tracker.model import (
    Action,
    Chamber,
    Line,
    Measure,
    Paragraphs,
    Sponsor,
    Version,
    measure_key,
)

_BUFFER = 1 << 20
_CHAMBERS = {"lower", "upper", "legislature", "executive"}


class Head(Struct):
    state: str
    session: str
    identifier: str


class RecordAction(Struct):
    date: date
    text: Line
    chamber: str = ""


class RecordVersion(Struct):
    note: Annotated[str, Meta(max_length=300)]
    url: str = ""


class Record(Head):
    """Fields carry the model's own bounds, so that decoding a record validates the measure."""

    type: str
    title: Line
    chamber: str = ""
    description: Paragraphs = ""
    actions: list[RecordAction] = []
    sponsors: list[Annotated[str, Meta(max_length=300)]] = []
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
    record = _RECORD.decode(line)
    return Measure(
        jurisdiction=jurisdiction(record.state),
        session=record.session,
        identifier=record.identifier,
        kind="resolution" if "resolution" in record.type else "bill",
        chamber=_chamber(record.chamber),
        title=record.title,
        abstract=record.description,
        url=_url(record.url),
        actions=[
            Action(on=a.date, text=a.text, chamber=_chamber(a.chamber)) for a in record.actions
        ],
        sponsors=[Sponsor(name=name) for name in record.sponsors if name.strip()],
        versions=[Version(note=v.note or "text", url=_url(v.url)) for v in record.versions],
    )


def _chamber(name: str) -> Chamber:
    return name if name in _CHAMBERS else ""  # type: ignore[return-value]


def _url(printed: str) -> str:
    """As the model's `Url`: http(s) without blanks, or nothing."""
    if not printed.startswith("http"):
        return ""
    return printed if " " not in printed else printed.strip().replace(" ", "%20")


def lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        yield from io.BufferedReader(file, _BUFFER)  # type: ignore[arg-type]
