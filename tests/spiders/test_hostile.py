"""Hostile answers: whatever a body is made into, it is refused in words or read as valid items.

Every recorded case of every source is cut, its bytes are turned over, its encoding and its type are
swapped. A reader may then raise `SourceError`, or still read (a flipped letter in a title is a
title); it may never raise anything else, yield what the model refuses, or take long.
"""

from __future__ import annotations

import gzip
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scrapy import Request

from spiders.answer import Answer
from spiders.base import Source
from spiders.reading import SourceError
from tests.test_recordings import READ, load, name
from tracker.model import item_from_json, to_json

SEED, TIMES, SECONDS = 287, 20, 1.0


def cuts(body: bytes, chance: random.Random) -> Iterator[bytes]:
    for _ in range(TIMES):
        yield body[: chance.randrange(len(body) or 1)]


def flips(body: bytes, chance: random.Random) -> Iterator[bytes]:
    for _ in range(TIMES if body else 0):
        flipped = bytearray(body)
        for _ in range(chance.randint(1, 8)):
            flipped[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)


def moves(body: bytes, chance: random.Random) -> Iterator[bytes]:
    """A stretch of the body is lost, told twice, or turned into noise."""
    for _ in range(TIMES // 4):
        begin, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
        yield body[:begin] + body[end:]
        yield body[:end] + body[begin:]
        yield body[:begin] + chance.randbytes(min(end - begin, 4096)) + body[end:]


def encodings(body: bytes, chance: random.Random) -> Iterator[bytes]:
    text = body.decode("latin-1")
    yield text.encode("utf-16")
    yield text.encode("utf-32")
    yield body.replace(b"a", b"\xff")
    yield body.replace(b"e", b"\x00")
    yield gzip.compress(body)


def types(body: bytes, chance: random.Random) -> Iterator[bytes]:
    yield b"%PDF-1.7\n" + body
    yield b"PK\x03\x04" + body
    yield b"{}"
    yield b"[]"
    yield b"null"
    yield b'{"a":' * 5_000 + body
    yield b"<html>" + b"<div>" * 5_000 + body + b"</html>"
    yield b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + body
    yield body + body


DAMAGES: list[Callable[[bytes, random.Random], Iterator[bytes]]] = [
    cuts,
    flips,
    moves,
    encodings,
    types,
]


@pytest.mark.parametrize("folder", READ, ids=name)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_answer_is_refused_or_valid(
    folder: Path, damage: Callable[[bytes, random.Random], Iterator[bytes]]
) -> None:
    source, answer, _ = load(folder)
    for body in damage(answer.body, random.Random(SEED)):
        broken = Answer(answer.url, body, answer.status, answer.headers, answer.context)
        began = time.process_time()
        assert read_or_refused(source, broken) in {"read", answer.url}
        assert time.process_time() - began < SECONDS


def read_or_refused(source: Source, answer: Answer) -> str:
    """`read`, or the address that the refusal names."""
    try:
        for thing in source.read(answer):
            if not isinstance(thing, Request):
                item_from_json(to_json(thing))
    except SourceError as error:
        return error.url
    return "read"
