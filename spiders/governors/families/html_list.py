"""Governors whose orders stand in an HTML list: rows, columns and paging as the table selects them.

Static pages, Drupal, Sitecore and WordPress themes alike. A list goes on at the link that the table
names as the next page, so that a page number past the end is never asked for. Every row is read or
counted as left out for a reason of the table; a row that is neither raises.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.base import Things
from spiders.governors.entries import Entry, Field
from spiders.governors.families.listed import Listed, ListedOrders, kinds_of_pages
from spiders.proof import Page
from spiders.reading import Implausible, PageChanged, attribute, some
from spiders.reading import day as printed_day
from tracker.model import fold

_ABSENT = frozenset({404, 410})
_AHEAD = dt.timedelta(days=7)  # orders are posted before the day they are signed on, at times


class HtmlList(ListedOrders):
    @classmethod
    def pages_of(cls, entry: Entry) -> tuple[Page, ...]:
        assert entry.row is not None
        return kinds_of_pages(entry, entry.row.landmark, entry.row.empty)

    def orders(self, answer: Answer) -> Things:
        if answer.status in _ABSENT:
            self._not_begun(answer)
            return
        row = self.row
        soup = answer.soup()
        found = [node for node in some(soup, row.each) if re.search(row.only, _words(node))]
        if not found:
            raise PageChanged(f"rows with {row.only}", "none")
        yield from self.of_list([self._listed(node, answer.url) for node in self._kept(found)])
        if (read := answer.context.get("pages_read", 1)) < row.most:
            for url in self._next_page(soup, answer.url):
                yield self.get(url, pages_read=read + 1)

    def _not_begun(self, answer: Answer) -> None:
        if not re.search(rf"\b{self.today.year}\b", answer.url):
            raise PageChanged("the page of a year that is over", f"HTTP {answer.status}")
        self.reject("the page of this year, which is not there yet")

    def _kept(self, nodes: list[Tag]) -> Iterator[Tag]:
        for node in nodes:
            links = [str(link["href"]) for link in node.select("a[href]")]
            said = " ".join([_words(node), *links])
            if not self.left_out(said):
                yield node

    def _listed(self, node: Tag, page: str) -> Listed:
        row = self.row
        printed = value(node, row.number)
        day = self._day(node)
        return Listed(
            order=self.order_in(printed, day),
            title=value(node, row.title),
            url=urldefrag(urljoin(page, value(node, row.link)).replace(" ", "%20")).url,
            day=day,
        )

    def _day(self, node: Tag) -> dt.date | None:
        if not self.row.day:
            return None
        found = printed_day(value(node, self.row.day), *self.row.days)
        if found > self.today + _AHEAD:
            raise Implausible(f"an order not later than {self.today}", f"one of {found}")
        return found

    def _next_page(self, soup: BeautifulSoup, page: str) -> set[str]:
        """Pagers above and below a list name the same page twice."""
        row = self.row
        if row.pages:
            return _counted_page(page, row.parameter, int(value(soup, row.pages)))
        links = soup.select(row.next or "a[href]") if row.next or row.parameter else []
        urls = {urljoin(page, attribute(link, "href")) for link in links}
        if row.parameter:
            following = _number(page, row.parameter, first=0) + 1
            urls = {url for url in urls if _number(url, row.parameter, first=0) == following}
        if len(urls) > 1:
            raise PageChanged("one next page", ", ".join(sorted(urls)))
        return urls - {page}


def _number(page: str, parameter: str, *, first: int) -> int:
    """The number of a page of a list; that of the first may not stand in its address."""
    found = dict(parse_qsl(urlsplit(page).query)).get(parameter, "")
    return int(found) if found.isdecimal() else first


def _counted_page(page: str, parameter: str, last: int) -> set[str]:
    following = _number(page, parameter, first=1) + 1
    parts = urlsplit(page)
    query = urlencode({**dict(parse_qsl(parts.query)), parameter: following})
    return {urlunsplit(parts._replace(query=query))} if following <= last else set()


def value(row: Tag | BeautifulSoup, field: Field) -> str:
    """What a field of the table is in a row. Raises PageChanged where it is not there, or where two
    elements say two things (a title and a "read more" lead to the same page)."""
    nodes = row.select(field.at) if field.at else [row]
    found = {said for node in nodes if (said := _said(node, field))}
    if len(found) != 1:
        shown = f"{len(found)} in {_words(row)[:200] or 'an empty row'}"
        raise PageChanged(f"one value like {field}", shown)
    return found.pop()


def _said(node: Tag | BeautifulSoup, field: Field) -> str:
    said = fold(str(node.get(field.of, ""))) if field.of else _words(node)
    if not field.like:
        return said
    found = re.search(field.like, said, re.IGNORECASE)
    return fold(found.group(1)) if found else ""


def _words(node: Tag | BeautifulSoup) -> str:
    return fold(node.get_text(" "))
