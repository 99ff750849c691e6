"""Governors whose list of orders is JSON: the answer of the search behind a page drawn by script.

The table's `row` is read so: `each` is the path to the rows ("d.results", "." where the answer is the
list itself), a field's `at` the path to its value in a row; several paths have their words joined. A
value with tags is read as its words. `only` and `leave_out` are matched with the words that the
number stands in. Names of a path must be there; null says nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from scrapy import Request

from spiders.answer import Answer
from spiders.base import Things
from spiders.governors.entries import Entry, Field
from spiders.governors.families.listed import Listed, ListedOrders, kinds_of_pages
from spiders.proof import Page
from spiders.reading import PageChanged
from spiders.reading import day as printed_day
from tracker.model import fold

_SHOWN = 200


class JsonList(ListedOrders):
    @classmethod
    def pages_of(cls, entry: Entry) -> tuple[Page, ...]:
        assert entry.row is not None
        return kinds_of_pages(entry, entry.row.landmark, entry.row.empty)

    def begin(self) -> Iterator[Request]:
        for request in super().begin():
            yield request.replace(headers={"Accept": self.entry.accept})

    def orders(self, answer: Answer) -> Things:
        rows = _inside(answer.json(object), self.row.each)
        if not isinstance(rows, list) or not rows:
            raise PageChanged(f"a list at `{self.row.each}`", _shown(rows))
        yield from self.of_list([self._listed(row, answer.url) for row in self._kept(rows)])

    def _kept(self, rows: list[Any]) -> Iterator[Any]:
        for row in rows:
            said = _said(row, self.row.number.at)
            if not self.left_out(said) and re.search(self.row.only, said):
                yield row

    def _listed(self, row: Any, page: str) -> Listed:
        day = self._day(row)
        printed = _value(row, self.row.number)
        order = self.order_in(printed, day)
        title, link = _value(row, self.row.title), _value(row, self.row.link)
        return Listed(order=order, title=title, url=urljoin(page, link), day=day)

    def _day(self, row: Any) -> dt.date | None:
        field = self.row.day
        return printed_day(_value(row, field), *self.row.days) if field else None


def _value(row: Any, field: Field) -> str:
    """What a field of the table is in a row. Raises PageChanged where it is not there."""
    found = re.search(field.like or "(.*)", _said(row, field.at), re.IGNORECASE)
    if found and (value := fold(found.group(1))):
        return value
    raise PageChanged(f"a value like {field}", _shown(row))


def _said(row: Any, paths: str) -> str:
    """The words at the paths, each once."""
    values = [_inside(row, path) for path in paths.split()]
    return fold(" ".join(dict.fromkeys(_words(value) for value in values)))


def _words(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int):
        raise PageChanged("a text or a number", _shown(value))
    said = str(value)
    return fold(BeautifulSoup(said, "lxml").get_text(" ") if "<" in said else said)


def _inside(value: Any, path: str) -> Any:
    for name in filter(None, path.split(".")):
        if value is None:
            return None
        if not isinstance(value, dict) or name not in value:
            raise PageChanged(f"`{name}` of `{path}`", _shown(value))
        value = value[name]
    return value


def _shown(value: Any) -> str:
    return str(value)[:_SHOWN]
