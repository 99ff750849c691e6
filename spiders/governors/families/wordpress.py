"""Governors whose orders are posts of a WordPress site, read through its REST interface.

A source of this family gives its facts, the address of its orders' post type, the form of its
numbers and who governed when. Pages of 100 are read until the total that WordPress itself tells
(`X-WP-TotalPages`) is reached, so a page past the end (400 `rest_post_invalid_page_number`) is
never asked for; if it comes all the same the list shrank meanwhile, and the run is not believed.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from msgspec import Struct
from scrapy import Request

from spiders.answer import Answer
from spiders.base import Things, page
from spiders.governors.order_days import attested_on, expires_on
from spiders.governors.orders import GovernorOrders
from spiders.governors.relations import statements
from spiders.reading import PageChanged
from tracker.model import Document, Measure, Version, VersionText, fold
from tracker.plain_text import UnreadableText, plain_text

_PER_PAGE = 100
_FIELDS = "id,date,link,title,content"


class Rendered(Struct):
    rendered: str


class Post(Struct):
    id: int
    date: dt.datetime
    link: str
    title: Rendered
    content: Rendered


class WordPressOrders(GovernorOrders):
    """`endpoint` is the address of the post type."""

    endpoint: ClassVar[str]
    complete_list = True

    def begin(self) -> Iterator[Request]:
        yield self.get(self._page_url(1))

    def _page_url(self, number: int) -> str:
        return page_url(self.endpoint, number)

    @page(r"/wp-json/wp/v2/[\w-]+\?", landmark=r'"rendered"\s*:', empty=r"\A\s*\[\s*\]\s*\Z")
    def orders(self, answer: Answer) -> Things:
        posts = answer.json(list[Post])
        for post in posts:
            yield from self._order(post)
        if following := next_page(answer, len(posts)):
            yield self.get(self._page_url(following))

    def _order(self, post: Post) -> Iterator[Measure | VersionText]:
        title = title_of(post)
        words = _words(post.content.rendered)
        signed = attested_on(words) or post.date.date()
        measure = Measure(
            jurisdiction=self.facts.jurisdiction,
            session=str(signed.year),
            identifier=self._identifier(post, title, words),
            kind="executive_order",
            chamber="executive",
            title=title,
            url=post.link,
            issuer=self.governor_on(signed),
            issued_on=signed,
            expires_on=expires_on(words),
            actions=self.signed(signed),
            versions=[_version(post)] if words else [],
            documents=list(pdfs(post)),
            relations=[s.relation() for s in statements(words, self.form)],
        )
        yield measure
        if words:
            yield VersionText(
                jurisdiction=measure.jurisdiction,
                session=measure.session,
                identifier=measure.identifier,
                note=_version(post).note,
                url=post.link,
                text=words,
            )

    def _identifier(self, post: Post, title: str, words: str) -> str:
        """The number that begins the title, or stands alone above the recitals; a post without
        any is named by its own, since every number inside an order may be another's."""
        numbered = rf"(?:{self.form.prefix})\s*{self.form.number}"
        begun = re.match(numbered, title, re.IGNORECASE)
        heading = re.split(r"\bWHEREAS\b", words, maxsplit=1)[0][:400]
        above = list(re.finditer(rf"{numbered}\s*:", heading, re.IGNORECASE))
        found = begun or (above[0] if len(above) == 1 else None)
        if found is None:
            return f"Order {post.id}"
        return next(self.form.orders(found.group().rstrip(": "))).identifier


def page_url(endpoint: str, number: int) -> str:
    """A page of posts, oldest first; `endpoint` may choose a category (`?categories=11`)."""
    asked = {"_fields": _FIELDS, "order": "asc", "orderby": "date", "per_page": _PER_PAGE}
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode({**asked, 'page': number})}"


def next_page(answer: Answer, posts: int) -> int:
    """The number of the page after this one of so many posts; 0 after the last."""
    number = int(dict(parse_qsl(urlsplit(answer.url).query)).get("page", "1"))
    return number + 1 if number < _total_pages(answer, posts) else 0


def _total_pages(answer: Answer, posts: int) -> int:
    """What WordPress tells; a saved page may come without, but never a full one in a crawl."""
    told = answer.headers.get("x-wp-totalpages", "")
    if told.isdecimal():
        return int(told)
    if told or posts >= _PER_PAGE:
        raise PageChanged("a number in X-WP-TotalPages", told or "no such header")
    return 1


def title_of(post: Post) -> str:
    return fold(html.unescape(BeautifulSoup(post.title.rendered, "lxml").get_text(" ")))


def _words(rendered: str) -> str:
    """The text of a post; empty where it holds only a link to a PDF."""
    try:
        return plain_text(rendered.encode(), "text/html") if rendered.strip() else ""
    except UnreadableText:
        return ""


def _version(post: Post) -> Version:
    return Version(
        note="As posted", url=post.link, published_on=post.date.date(), media_type="text/html"
    )


def pdfs(post: Post) -> Iterator[Document]:
    for link in BeautifulSoup(post.content.rendered, "lxml").select("a[href]"):
        url = urljoin(post.link, str(link["href"]))
        if urlsplit(url).path.lower().endswith(".pdf"):
            note = fold(link.get_text(" "))[:300] or "PDF"
            yield Document(kind="other", note=note, url=url)
