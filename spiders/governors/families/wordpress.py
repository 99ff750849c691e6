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
from typing import ClassVar, NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from msgspec import Struct
from scrapy import Request

from spiders.answer import Answer
from spiders.base import OrdersSpider, Things, page
from spiders.governors.order_days import attested_on, expires_on
from spiders.governors.order_names import OrderForm
from spiders.governors.relations import statements
from spiders.reading import PageChanged
from tracker.model import Action, Document, Measure, Version, VersionText, fold
from tracker.plain_text import UnreadableText, plain_text

_PER_PAGE = 100
_FIELDS = "id,date,link,title,content"


class Term(NamedTuple):
    """One governor's time in office: from `begin` to the day before `end`."""

    governor: str
    begin: dt.date
    end: dt.date


class _Rendered(Struct):
    rendered: str


class _Post(Struct):
    id: int
    date: dt.datetime
    link: str
    title: _Rendered
    content: _Rendered


class WordPressOrders(OrdersSpider):
    """`endpoint` is the address of the post type; `terms` the governors, one after the other."""

    endpoint: ClassVar[str]
    form: ClassVar[OrderForm]
    terms: ClassVar[tuple[Term, ...]]
    complete_list = True

    def begin(self) -> Iterator[Request]:
        yield self.get(self._page_url(1))

    def _page_url(self, number: int) -> str:
        asked = {"_fields": _FIELDS, "order": "asc", "orderby": "date", "per_page": _PER_PAGE}
        return f"{self.endpoint}?{urlencode({**asked, 'page': number})}"

    @page(r"/wp-json/wp/v2/[\w-]+\?", landmark=r'"rendered"\s*:', empty=r"\A\s*\[\s*\]\s*\Z")
    def orders(self, answer: Answer) -> Things:
        posts = answer.json(list[_Post])
        for post in posts:
            yield from self._order(post)
        number = int(dict(parse_qsl(urlsplit(answer.url).query)).get("page", "1"))
        if number < _total_pages(answer, len(posts)):
            yield self.get(self._page_url(number + 1))

    def _order(self, post: _Post) -> Iterator[Measure | VersionText]:
        title = fold(html.unescape(BeautifulSoup(post.title.rendered, "lxml").get_text(" ")))
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
            issuer=self._governor_on(signed),
            issued_on=signed,
            expires_on=expires_on(words),
            actions=[Action(on=signed, text="Signed by the governor", chamber="executive")],
            versions=[_version(post)] if words else [],
            documents=list(_pdfs(post)),
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

    def _identifier(self, post: _Post, title: str, words: str) -> str:
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

    def _governor_on(self, day: dt.date) -> str | None:
        """None on a day the table does not cover: a governor is never guessed."""
        for term in self.terms:
            if term.begin <= day < term.end:
                return term.governor
        self.reject("an order of a day for which no governor is known (its order is kept)")
        return None


def _total_pages(answer: Answer, posts: int) -> int:
    """What WordPress tells; a saved page may come without, but never a full one in a crawl."""
    told = answer.headers.get("x-wp-totalpages", "")
    if told.isdecimal():
        return int(told)
    if told or posts >= _PER_PAGE:
        raise PageChanged("a number in X-WP-TotalPages", told or "no such header")
    return 1


def _words(rendered: str) -> str:
    """The text of a post; empty where it holds only a link to a PDF."""
    try:
        return plain_text(rendered.encode(), "text/html") if rendered.strip() else ""
    except UnreadableText:
        return ""


def _version(post: _Post) -> Version:
    return Version(
        note="As posted", url=post.link, published_on=post.date.date(), media_type="text/html"
    )


def _pdfs(post: _Post) -> Iterator[Document]:
    for link in BeautifulSoup(post.content.rendered, "lxml").select("a[href]"):
        url = urljoin(post.link, str(link["href"]))
        if urlsplit(url).path.lower().endswith(".pdf"):
            note = fold(link.get_text(" "))[:300] or "PDF"
            yield Document(kind="other", note=note, url=url)
