"""Governors whose orders are WordPress posts that hold no more than a link to the PDF.

Read through the REST interface like `wordpress`; number and title stand in the post, the order in its
PDF. Posts of the category that name no order, or hold no single PDF, are counted as left out.
"""

from __future__ import annotations

import re

from spiders.answer import Answer
from spiders.base import Things
from spiders.governors.entries import Entry
from spiders.governors.families.listed import Listed, ListedOrders, kinds_of_pages
from spiders.governors.families.wordpress import Post, next_page, page_url, pdfs, title_of
from spiders.proof import Page
from spiders.reading import PageChanged

_LANDMARK, _EMPTY = r'"rendered"\s*:', r"\A\s*\[\s*\]\s*\Z"
_NO_TITLE = re.compile(r"\W*(?:download|pdf|read|view|click).*", re.IGNORECASE)


class WordPressPdfs(ListedOrders):
    complete_list = True

    @classmethod
    def pages_of(cls, entry: Entry) -> tuple[Page, ...]:
        return kinds_of_pages(entry, _LANDMARK, _EMPTY)

    def list_urls(self) -> list[str]:
        return [page_url(address, 1) for address in self.entry.addresses]

    def orders(self, answer: Answer) -> Things:
        posts = answer.json(list[Post])
        rows = [row for post in posts if (row := self._listed(post))]
        yield from self.of_list(rows)
        if following := next_page(answer, len(posts)):
            (endpoint,) = self.entry.addresses
            yield self.get(page_url(endpoint, following))

    def _listed(self, post: Post) -> Listed | None:
        title = title_of(post)
        if not title:
            raise PageChanged("the title of a post", "nothing")
        papers = list({paper.url: paper for paper in pdfs(post)}.values())
        order = self.list_form.begins(title)
        if order is None or len(papers) != 1:
            self.reject("a post without an order's number, or without its PDF")
            return None
        said = "" if _NO_TITLE.fullmatch(papers[0].note) else papers[0].note
        full = f"{title}: {said}" if said and said not in title else title
        return Listed(order, full, papers[0].url, post.date.date(), post.link)
