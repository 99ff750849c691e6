"""What the module of each simulated site is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple
from urllib.parse import parse_qs, urlsplit

import msgspec

from tests.simulations.world import World, pdf

HTML, JSON, XML, CSV = "text/html; charset=utf-8", "application/json", "text/xml", "text/csv"


class Asked(NamedTuple):
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, str]:
        """The first value of each name in the address."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}

    @property
    def form(self) -> dict[str, str]:
        """The first value of each name in a form's body."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}

    def json(self) -> Any:
        return msgspec.json.decode(self.body)


class Reply(NamedTuple):
    """`validated` answers carry an ETag, and are answered by 304 where nothing moved."""

    body: bytes | str = b""
    media_type: str = HTML
    status: int = 200
    validated: bool = False
    headers: Mapping[str, str] = {}


NOTHING = Reply(b"Not Found", "text/plain", 404)


def as_json(value: Any) -> Reply:
    return Reply(msgspec.json.encode(value), JSON)


def as_pdf(words: str) -> Reply:
    return Reply(pdf(words), "application/pdf")


class Site:
    """One simulated site. Subclasses, always called `Simulated`, answer as the real one does.

    `today` is the first of the three days, in the course of a session; `environment` holds keys.
    """

    today: ClassVar[dt.date] = dt.date(2026, 2, 10)
    environment: ClassVar[Mapping[str, str]] = {}
    # What the source can know: without texts or without the days of actions it is asked for less.
    has_texts: ClassVar[bool] = True

    def __init__(self, world: World) -> None:
        self.world = world

    def answer(self, asked: Asked) -> Reply:
        """`NOTHING` for an address the real site does not have."""
        raise NotImplementedError
