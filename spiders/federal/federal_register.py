"""The President's orders as published: Federal Register, https://www.federalregister.gov

What it is: executive orders, proclamations and memoranda since 20 January 2017, from the
Register's API (no key). An order appears two to seven days after its signature, with its number,
and takes over the measure of the White House's post where that was read before. Determinations are
not here; rules and notices of agencies are another source.

Requests: one search for documents that speak of immigration, then the whole list, newest first
(about 2,200 documents in three pages of 1,000), on every day: the editors add disposition notes to
orders published long ago. Texts are read once, of orders whose title is on topic, that the search
names, or that such an order acts on: about 300 on a first crawl, one or two on a busy day.

Quirks: `results` is missing where nothing matches; `executive_order_number` is text; memoranda
have no number but the document's; the API sends no validators. Pages for people stand behind a
wall for programs (a redirect to unblock.federalregister.gov); the yearly list of executive orders
is read here only where someone saved it.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from scrapy import Request

from spiders.answer import Answer
from spiders.base import OrdersSpider, Things, page, text_context
from spiders.federal.presidential import (
    FIELDS,
    SITE,
    Published,
    listed_order,
    measure_of,
    order_text,
)
from spiders.governors.order_names import FEDERAL
from spiders.governors.relations import statements
from spiders.reading import PageChanged, match, one, some, text
from tracker.model import Measure
from tracker.runs import Requests, SourceFacts

API = f"{SITE}/api/v1/documents.json?"
FIRST_DAY = "2017-01-20"
TERM = "immigration"
_PER_PAGE = 1_000
_TYPES = ("executive_order", "proclamation", "memorandum")


def search_url(fields: tuple[str, ...], term: str = "") -> str:
    """A search of the API: executive orders, proclamations and memoranda, newest first."""
    asked = [
        ("conditions[correction]", "0"),
        *(("conditions[presidential_document_type][]", kind) for kind in _TYPES),
        ("conditions[publication_date][gte]", FIRST_DAY),
        ("conditions[type][]", "PRESDOCU"),
        *([("conditions[term]", term)] if term else []),
        *(("fields[]", name) for name in fields),
        ("order", "newest"),
        ("per_page", str(_PER_PAGE)),
    ]
    return API + urlencode(asked)


class _Numbered(Struct):
    document_number: str


class _Matching(Struct):
    count: int
    results: list[_Numbered] = []
    next_page_url: str | None = None


class _Orders(Struct):
    count: int
    results: list[Published]
    next_page_url: str | None = None


class FederalRegister(OrdersSpider):
    facts = SourceFacts(
        code="federal-register",
        jurisdiction="us",
        name="Federal Register: presidential documents",
        kind="federal",
        home=f"{SITE}/presidential-documents",
        requests=Requests(first=304, quiet=4, busy=6),
    )
    hosts = ("www.federalregister.gov",)
    complete_list = True

    def begin(self) -> Iterator[Request]:
        yield self.get(search_url(("document_number",), TERM))

    @page(r"/api/v1/documents\.json\?(?=.*conditions(?:\[|%5B)term)", landmark=r'"count":\s*\d')
    def matching(self, answer: Answer) -> Things:
        """Numbers of the documents that speak of immigration: whose texts are worth reading."""
        found = answer.json(_Matching)
        numbers = [*answer.context.get("on_topic", ()), *(r.document_number for r in found.results)]
        if found.next_page_url:
            yield self.get(_of_api(found.next_page_url), on_topic=numbers)
        else:
            yield self.get(search_url(FIELDS), on_topic=numbers, named=[], seen=0)

    @page(
        r"/api/v1/documents\.json\?(?!.*conditions(?:\[|%5B)term)",
        landmark=r'"results":\s*\[',
        empty=r'"count":\s*0\b',
    )
    def orders(self, answer: Answer) -> Things:
        found = answer.json(_Orders)
        named = set(answer.context.get("named", ()))
        on_topic = frozenset(answer.context.get("on_topic", ()))
        for document in found.results:
            yield from self._order(document, on_topic, named)
        seen = answer.context.get("seen", 0) + len(found.results)
        if found.next_page_url:
            carried = {**answer.context, "named": sorted(named), "seen": seen}
            yield self.get(_of_api(found.next_page_url), **carried)
        elif "seen" in answer.context and seen < found.count:
            raise PageChanged(f"{found.count} documents, as counted", f"{seen} of them")

    def _order(self, document: Published, on_topic: frozenset[str], named: set[str]) -> Things:
        """The order, and a request for its text. `named` grows by the orders it acts on: newest
        first, an order is always named before it is read."""
        measure = measure_of(document, self.reject)
        if measure is None:
            return
        yield measure
        wanted = (
            measure.identifier in named
            or document.document_number in on_topic
            or self.topics.screen(measure.title or "", measure.abstract or "") != "no"
        )
        if wanted:
            named.update(relation.identifier for relation in measure.relations or ())
            yield from self._text_requests(measure, noted=bool(document.notes))

    def _text_requests(self, measure: Measure, *, noted: bool) -> Iterator[Request]:
        for version in measure.versions or ():
            if self.is_new_text(measure.key, version):
                yield self.get(version.url, noted=noted, **text_context(measure, version))

    @page(r"/documents/full_text/text/", landmark=r"\[FR Doc\. [\w-]+\s+Filed")
    def text(self, answer: Answer) -> Things:
        is_page = answer.body.lstrip().startswith(b"<")  # plain text stands in a <pre>
        whole = self.version_text(answer, media_type="text/html" if is_page else "text/plain")
        said = order_text(whole.text)
        yield msgspec.structs.replace(whole, text=said)
        relations = [statement.relation() for statement in statements(said, FEDERAL)]
        others = [r for r in relations if r.identifier != whole.identifier]
        if others and not answer.context.get("noted"):
            yield Measure(
                jurisdiction=whole.jurisdiction,
                session=whole.session,
                identifier=whole.identifier,
                relations=others,
            )

    @page(
        r"/presidential-documents/executive-orders/[\w-]+/\d{4}$",
        landmark="presidential-document-wrapper",
    )
    def yearly_list(self, answer: Answer) -> Things:
        """One president's executive orders of a year, as shown to people; see the quirks."""
        soup = answer.soup()
        heading = text(one(soup, ".agency-header h1")).removesuffix(
            "view all Presidential Documents"
        )
        president = match(r"\d{4} (.+?) Executive Orders ?", heading)[1]
        for row in some(soup, "div.presidential-document-wrapper"):
            yield listed_order(row, president)


def _of_api(url: str) -> str:
    """The next page's address, which must be the API's own."""
    if not url.startswith(API):
        raise PageChanged(f"a next page below {API}", url)
    return url
