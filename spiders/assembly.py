"""Joins the parts of a measure that stand on several pages, then writes the run's items.

One page gives the title, another the actions, a third the sponsors; each is an item of its own
(and a test of its own). Here they become one measure, with the capture of each field kept.
"""

from __future__ import annotations

from typing import Any

import msgspec
from scrapy.crawler import Crawler

from spiders.archive import state_of
from spiders.base import Kept
from spiders.reading import PageChanged
from tracker.model import Measure

_NAMES = frozenset({"jurisdiction", "session", "identifier"})


class Assembly:
    """Item pipeline. Texts, hearings and listings are written at once, measures at the end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._writer = state_of(crawler).writer
        self._measures: dict[str, dict[str, Any]] = {}
        self._captures: dict[str, dict[str, str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Assembly:
        return cls(crawler)

    def process_item(self, item: Kept) -> Kept:
        if isinstance(item.item, Measure):
            self._join(item.item, item.capture)
        else:
            self._writer.write(item.item, {"": item.capture})
        return item

    def _join(self, measure: Measure, capture: str) -> None:
        stated = _stated(measure)
        fields = self._measures.setdefault(measure.key, {})
        captures = self._captures.setdefault(measure.key, {"": capture})
        for name, value in stated.items():
            try:
                fields[name] = joined(name, fields.get(name), value)
            except PageChanged as error:
                self._spider.note(error.kind, measure.key, error.expected, error.found)
                continue
            if capture != captures[""]:
                captures[name] = capture

    @property
    def _spider(self) -> Any:
        return self._crawler.spider

    def close_spider(self) -> None:
        for key, fields in self._measures.items():
            if fields.get("title") is None and key not in self._spider.known.watched:
                self._spider.note("changed", key, "a title for each measure", "none on any page")
                continue
            self._writer.write(Measure(**fields), self._captures[key])


def _stated(measure: Measure) -> dict[str, Any]:
    fields = {name: getattr(measure, name) for name in measure.__struct_fields__}
    defaults = {"kind": "bill", "chamber": ""}
    return {
        name: value
        for name, value in fields.items()
        if value is not None and (name in _NAMES or defaults.get(name, msgspec.UNSET) != value)
    }


def joined(name: str, before: Any, now: Any) -> Any:
    """Lists are added up; a single fact told twice must be the same."""
    if before is None:
        return now
    if isinstance(now, list):
        return before + [part for part in now if part not in before]
    if before != now:
        raise PageChanged(f"one {name}", f"{before!r} on one page and {now!r} on another")
    return before
