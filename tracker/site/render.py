"""Rendering: one environment, links relative to the page, strings from one place."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import yaml
from jinja2 import Environment

from tracker import words
from tracker.digest.wording import clock
from tracker.paths import shipped
from tracker.templating import html_environment

CSP = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
MISSING = "404"
ASSETS = ("style.css", "app.js")
_VOCABULARIES = [
    "STAGES",
    "GOVERNOR_ACTIONS",
    "STANCES",
    "STANCE_MEANINGS",
    "DIRECTIONS",
    "BINDS",
    "SCOPES",
    "KINDS",
    "POSTURES",
    "POSTURE_MEANINGS",
    "RELATIONS",
    "AGREEMENT_LISTS",
    "AGREEMENT_MODELS",
    "VERDICTS",
    "SOURCE_KINDS",
    "CHANGE_KINDS",
    "JURISDICTIONS",
]


class Page(NamedTuple):
    """`path` is its folder on the site: "" for the first page, `va/2026/hb-1441` for a measure."""

    path: str
    template: str
    title: str
    context: dict[str, Any]
    description: str = ""


class Renderer:
    """`base_url` is where the site will be served; without it links name `index.html`, so that the
    pages can be opened from a folder."""

    def __init__(self, *, base_url: str, shared: dict[str, Any]) -> None:
        self._base = base_url.rstrip("/")
        self._environment = environment()
        self._shared = {**shared, "csp": CSP, "assets": asset_names()}

    def render(self, page: Page) -> str:
        root = self._root(page.path)
        return self._environment.get_template(page.template).render(
            **self._shared,
            **page.context,
            page=page,
            root=root,
            to=self._link(root),
            canonical=self._canonical(page.path),
        )

    def _root(self, path: str) -> str:
        """From a page to the first one. The page for wrong addresses is shown at any depth."""
        if path == MISSING:
            return f"{self._base}/"
        return "../" * (path.count("/") + 1 if path else 0)

    def _canonical(self, path: str) -> str:
        if not self._base:
            return ""
        return f"{self._base}/{path}/" if path else f"{self._base}/"

    def _link(self, root: str) -> Callable[..., str]:
        tail = "" if self._base else "index.html"

        def to(path: str, fragment: str = "") -> str:
            folder = root + (f"{path}/" if path else "")
            link = folder + tail or "./"
            return f"{link}#{fragment}" if fragment else link

        return to


def environment() -> Environment:
    made = html_environment("site")
    made.globals |= {
        "t": text,
        "label": words.label,
        "topic": topic,
        "number": number,
        "many": many,
    }
    made.globals |= {name: getattr(words, name) for name in _VOCABULARIES}
    made.filters |= {"known_day": known_day, "number": number, "topic": topic, "clock": hour}
    return made


def text(key: str, /, **values: object) -> str:
    """A sentence of the interface. Raises KeyError where there is none, or a value is missing."""
    return sentences()[key].format(**values)


@lru_cache(maxsize=1)
def sentences() -> dict[str, str]:
    """Every sentence of the interface, by key."""
    path = shipped("templates") / "site" / "en.yaml"
    found: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def many(noun: str, count: int) -> str:
    """`1 agreement`, `1,425 agreements`."""
    form = "one" if count == 1 else "other"
    return text(f"many.{noun}.{form}", n=number(count))


def topic(name: str) -> str:
    """Topics are defined in data, so one may be newer than its label."""
    return words.TOPICS.get(name, name.replace("_", " ").capitalize())


def number(value: float) -> str:
    return f"{value:,g}" if value != int(value) else f"{int(value):,}"


class Timed(Protocol):
    """A hearing: `starts_at` is ISO with its offset."""

    starts_at: str | None
    timezone: str


def hour(row: Timed) -> str:
    """The hour a hearing begins, in its own time zone."""
    assert row.starts_at is not None
    return clock(dt.datetime.fromisoformat(row.starts_at), row.timezone)


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def known_day(known: str) -> str:
    """`2026`, `Jan 2026` or `Feb 5, 2026`: no more exact than it is known."""
    year, *rest = known.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{month} {year}" if len(rest) == 1 else f"{month} {int(rest[1])}, {year}"


def asset_bytes(name: str) -> bytes:
    return (shipped("templates") / "site" / name).read_bytes()


def asset_names() -> dict[str, str]:
    """`style.css` as `style.1a2b3c4d.css`: a changed file has a new name, so caches never mix."""
    named = {}
    for name in ASSETS:
        stem, _, kind = name.rpartition(".")
        named[name] = f"{stem}.{hashlib.sha256(asset_bytes(name)).hexdigest()[:8]}.{kind}"
    return named
