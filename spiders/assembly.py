"""Joins the parts of a measure that stand on several pages, then writes the run's items.

One page gives the title, another the actions, a third the sponsors; each is an item of its own
(and a test of its own). Here they become one measure, with the capture of each field kept.
"""

from __future__ import annotations

from typing import Any

import msgspec
from scrapy.crawler import Crawler

from spiders.archive import state_of
from spiders.base import Kept, Source
from spiders.reading import PageChanged
from tracker.model import Measure
from tracker.runs import ItemWriter

_NAMES = frozenset({"jurisdiction", "session", "identifier"})


class Assembly:
    """Item pipeline: holds what the pages of a run gave until all are read.

    Pages come in the order of the network, so that two crawls of the same pages differ in it; what
    is written is in the order of the pages themselves, and the same for the same pages.
    """

    def __init__(self, writer: ItemWriter) -> None:
        self._writer = writer
        self._kept: list[Kept] = []
        self._measures: dict[str, dict[str, Any]] = {}
        self._captures: dict[str, dict[str, str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Assembly:
        found: Assembly = state_of(crawler).assembly
        return found

    def process_item(self, item: Kept) -> Kept:
        self._kept.append(item)
        return item

    def write(self, source: Source) -> None:
        """All items: measures, joined, after the others. Contradictions are noted."""
        for kept in sorted(self._kept, key=lambda kept: kept.place):
            if why := source.drops(kept.item):
                source.reject(why)
            elif isinstance(kept.item, Measure):
                self._join(kept.item, kept.capture, source)
            else:
                self._writer.write(kept.item, {"": kept.capture})
        for key, fields in self._measures.items():
            if fields.get("title") is None and key not in source.known.watched:
                source.note("changed", key, "a title for each measure", "none on any page")
            else:
                self._writer.write(Measure(**fields), self._captures[key])

    def _join(self, measure: Measure, capture: str, source: Source) -> None:
        fields = self._measures.setdefault(measure.key, {})
        captures = self._captures.setdefault(measure.key, {"": capture})
        for name, value in _stated(measure).items():
            before = fields.get(name)
            try:
                fields[name] = joined(name, before, value)
            except PageChanged as error:
                source.note(error.kind, measure.key, error.expected, error.found)
                continue
            if capture != captures[""] and fields[name] != before:
                captures[name] = capture


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
