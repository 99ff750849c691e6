"""Governors who announce orders in a feed, RSS or Atom, and publish each as the PDF of a post.

The feed tells the post, the post its PDF, and only the PDF the number. A feed holds the newest
entries only, so what it no longer names is no news. Entries whose title is not as the table says
are other news; posts without a single PDF, and PDFs without a number, are counted as left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from lxml import etree

from spiders.answer import Answer
from spiders.base import Things
from spiders.governors.entries import Entry, Text
from spiders.governors.families.listed import NOTE, ListedOrders, kinds_of_pages
from spiders.governors.order_names import Named
from spiders.governors.orders import EXECUTIVE
from spiders.proof import Page
from spiders.reading import PageChanged, attribute, said
from tracker.model import Measure, Version, fold

_ATOM = "{http://www.w3.org/2005/Atom}"
_ROOTS = frozenset({"rss", f"{_ATOM}feed"})
_HEADING = 1_000


class FeedOfOrders(ListedOrders):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.key_of = {url: key for key, urls in self.known.texts.items() for url in urls}
        self.told: set[str] = set()

    @classmethod
    def pages_of(cls, entry: Entry) -> tuple[Page, ...]:
        return kinds_of_pages(entry, r"<(?:rss|feed)\b", "")

    def orders(self, answer: Answer) -> Things:
        entries = list(_entries(answer.xml()))
        if not entries:
            raise PageChanged("entries in the feed", "none")
        for title, url in entries:
            if re.search(self.entry.announces, title):
                yield self.get(url, title=title)
            else:
                self.reject("news that announces no order")

    def order_page(self, answer: Answer) -> Things:
        """The post of an order: the way to its PDF, which is asked for once."""
        links = answer.soup().select(self._text.pdf)
        urls = {urljoin(answer.url, attribute(link, "href")) for link in links}
        if len(urls) != 1:
            self.reject("a post without one PDF of its order")
            return
        (url,) = urls
        if url in self.told or not self._is_read(url, self._text.pdfs):
            return
        self.told.add(url)
        told = {"title": answer.carried("title"), "post": answer.url}
        if key := self.key_of.get(url):
            yield self._order(Named(key.rpartition("/")[2], key.split("/")[1]), url, told)
        else:
            yield self.get(url, **told)

    @property
    def _text(self) -> Text:
        assert self.entry.text is not None
        return self.entry.text

    def document(self, answer: Answer) -> Things:
        found = self.readable(answer.body, "application/pdf")
        order = self._number(found)
        if order is None:
            self.reject("a PDF without an order's number above its recitals")
            return
        told = {name: answer.carried(name) for name in ("title", "post")}
        measure = self._order(order, answer.url, told)
        yield measure
        named = {"jurisdiction": measure.jurisdiction, "session": measure.session}
        context = {**named, "identifier": measure.identifier, "note": NOTE, "url": answer.url}
        context["kind"] = measure.kind
        yield from self.stated(replace(answer, context=context), found)

    def _number(self, words: str) -> Named | None:
        """The number above the recitals: further down another order may be named."""
        heading = re.split(r"\bWHEREAS\b", words, maxsplit=1)[0][:_HEADING]
        found = re.search(rf"(?:{self.form.prefix})\s*{self.form.number}", heading, re.IGNORECASE)
        return self.form.begins(found.group()) if found else None

    def _order(self, order: Named, url: str, told: dict[str, str]) -> Measure:
        return Measure(
            jurisdiction=self.facts.jurisdiction,
            session=order.session,
            identifier=order.identifier,
            kind=self.entry.kind_of(order.identifier),
            chamber=EXECUTIVE,
            title=told["title"],
            url=told["post"],
            versions=[Version(note=NOTE, url=url, media_type="application/pdf")],
        )


def _entries(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Title and address of each entry. Raises PageChanged where it is no feed."""
    if root.tag not in _ROOTS:
        raise PageChanged("an RSS or Atom feed", str(root.tag))
    for item in root.iter("item"):
        yield _plain(said(item, "title")), said(item, "link")
    for entry in root.iter(f"{_ATOM}entry"):
        links = [href for one in entry.iter(f"{_ATOM}link") if (href := one.get("href"))]
        if not links:
            raise PageChanged("a link of the entry", etree.tostring(entry)[:300].decode())
        yield _plain(said(entry, f"{_ATOM}title")), links[0]


def _plain(printed: str) -> str:
    """Feeds escape titles twice."""
    return fold(BeautifulSoup(f"<p>{printed}</p>", "lxml").get_text(" "))
