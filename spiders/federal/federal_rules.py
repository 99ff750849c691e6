"""Rules, proposed rules and notices of federal agencies: Federal Register, https://www.federalregister.gov

What it is: documents of Homeland Security (with ICE, USCIS and CBP) and Justice (with the immigration
courts) that speak of immigration, from the Register's API (no key), of this year and the last. A
document is one measure: a proposal and the rule that comes of it are two, and share their docket and
RIN, which stand among the papers. A rule has the day on which it takes effect, whatever takes
comments the last day for them. Presidential documents are another source; corrections and notices
that only renew a form are left out.

Requests: a search for documents that speak of 287(g) agreements, then the whole list, newest first:
the Register corrects days of effect and of comments afterwards. With robots.txt three on a quiet
day, four where the list fills a second page. Texts are read once, of documents whose title or
summary is on topic or that the first search names: about a hundred on a first crawl, an estimate
that no live answer has confirmed.

Quirks: as of the presidential documents, `results` is missing where nothing matches and the API
sends no validators; regulations.gov's own name of a docket often differs from the printed one. How
a `|` or quotes in a term are read is not documented, so each term is a search of its own. The form
of answers is known from public programs that read them, not from the live site.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.federal.agency_document import FIELDS, Published, measure_of
from spiders.federal.presidential import SITE, order_text
from spiders.reading import PageChanged
from tracker.runs import Requests, SourceFacts

API = f"{SITE}/api/v1/documents.json?"
AGENCIES = (
    "executive-office-for-immigration-review",
    "homeland-security-department",
    "justice-department",
    "u-s-citizenship-and-immigration-services",
    "u-s-customs-and-border-protection",
    "u-s-immigration-and-customs-enforcement",
)
SURE, WIDE = '"287(g)"', "immigration"
_TYPES = ("RULE", "PRORULE", "NOTICE")
_PER_PAGE = 1_000


def search_url(term: str, first_day: dt.date, fields: Sequence[str]) -> str:
    """A search of the API, newest first."""
    asked = [
        *(("conditions[agencies][]", agency) for agency in AGENCIES),
        ("conditions[correction]", "0"),
        ("conditions[publication_date][gte]", first_day.isoformat()),
        ("conditions[term]", term),
        *(("conditions[type][]", kind) for kind in _TYPES),
        *(("fields[]", name) for name in fields),
        ("order", "newest"),
        ("per_page", str(_PER_PAGE)),
    ]
    return API + urlencode(asked)


class _Named(Struct):
    document_number: str
    publication_date: dt.date


class _Sure(Struct):
    count: int
    results: list[_Named] = []


class _Found(Struct):
    count: int
    results: list[Published] = []
    next_page_url: str | None = None


class FederalRules(LegislatureSpider):
    facts = SourceFacts(
        code="federal-rules",
        jurisdiction="us",
        name="Federal Register: rules and notices of agencies",
        kind="federal",
        home=f"{SITE}/agencies/homeland-security-department",
        requests=Requests(first=103, quiet=3, busy=8),
        verified=False,
    )
    hosts = ("www.federalregister.gov",)

    def sessions(self, today: dt.date) -> Sequence[str]:
        return [str(today.year), str(today.year - 1)]

    @property
    def _first_day(self) -> dt.date:
        return dt.date(self.today.year - 1, 1, 1)

    def begin(self) -> Iterator[Request]:
        yield self.get(search_url(SURE, self._first_day, ("document_number", "publication_date")))

    @page(
        r"/api/v1/documents\.json\?(?=.*conditions(?:\[|%5B)term(?:\]|%5D)=%22)",
        landmark=r'"count":\s*\d',
    )
    def sure(self, answer: Answer) -> Things:
        """Documents that name the agreements themselves are read whatever their title says."""
        found = answer.json(_Sure)
        if found.count > len(found.results):
            raise PageChanged(
                f"{found.count} documents on one page", f"{len(found.results)} of them"
            )
        named = [
            f"us/{one.publication_date.year}/FR {one.document_number}" for one in found.results
        ]
        yield self.get(search_url(WIDE, self._first_day, FIELDS), named=named, seen=0)

    @page(
        r"/api/v1/documents\.json\?(?!.*conditions(?:\[|%5B)term(?:\]|%5D)=%22)",
        landmark=r'"results":\s*\[',
        empty=r'"count":\s*0\b[^\[\]{}]*\}\s*\Z',
    )
    def documents(self, answer: Answer) -> Things:
        found = answer.json(_Found)
        self.wanted.update(answer.context.get("named", ()))
        for document in found.results:
            if measure := measure_of(document, self.reject):
                yield measure
        seen = answer.context.get("seen", 0) + len(found.results)
        if found.next_page_url:
            if not found.next_page_url.startswith(API):
                raise PageChanged(f"a next page below {API}", found.next_page_url)
            yield self.get(found.next_page_url, **{**answer.context, "seen": seen})
        elif "seen" in answer.context and seen < found.count:
            raise PageChanged(f"{found.count} documents, as counted", f"{seen} of them")

    @page(r"/documents/full_text/text/", landmark=r"\[FR Doc\. [\w-]+\s+Filed")
    def text(self, answer: Answer) -> Things:
        is_page = answer.body.lstrip().startswith(b"<")  # plain text stands in a <pre>
        whole = self.version_text(answer, media_type="text/html" if is_page else "text/plain")
        yield msgspec.structs.replace(whole, text=order_text(whole.text))
