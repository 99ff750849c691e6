"""Asking API v3 of Open States, whoever asks: the search, its pages, and what its limits need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from scrapy import Request

from spiders.aggregators.open_states_bill import PARTS, Bill, Bills, kind_of, measure_of
from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things
from spiders.reading import PageChanged
from tracker.model import Measure
from tracker.runs import Quota

API = "https://v3.openstates.org"
KEY = "OPENSTATES_API_KEY"
QUOTA = Quota(requests=500, per="day")
SEARCH = r"/bills\?"
SEARCH_LANDMARK = r'"results"\s*:\s*\['
NONE_FOUND = r'"total_items"\s*:\s*0\b'
_PER_PAGE = 20
# The whole text of bills is searched, so that these find far more than what is on topic: what is
# found is judged like what any legislature lists.
_WORDS = (
    'immigration OR "customs enforcement" OR deportation OR "287(g)" OR noncitizen'
    ' OR "unauthorized alien" OR "illegal alien" OR "civil arrest" OR undocumented'
)


class OpenStatesReader(LegislatureSpider):
    """What sources have in common that read Open States. The free key allows 10 requests a minute
    and 500 a day, shared by all of them."""

    delay_seconds = 6.5

    def call(self, path: str, query: dict[str, Any], /, **context: Any) -> Request:
        asked = f"{API}{path}?{urlencode(query, doseq=True)}"
        return self.ask(asked, context, headers={"X-API-KEY": self.key})

    def search(self, page: int = 1, **query: str) -> Request:
        asked = {"q": _WORDS, **query, "include": PARTS, "per_page": _PER_PAGE, "page": page}
        return self.call("/bills", asked, query=query)

    def found(self, answer: Answer) -> Things:
        """The measures of a page of the search, and the next page."""
        told = answer.json(Bills)
        if not told.results:
            raise PageChanged(f"some of {told.pagination.total_items} results", "none")
        for bill in told.results:
            if measure := self.measure(bill):
                yield measure
        if told.pagination.page < told.pagination.max_page:
            yield self.search(told.pagination.page + 1, **self.query_of(answer))

    def query_of(self, answer: Answer) -> dict[str, str]:
        """What the search was limited by: told by the request, or by the address of a saved page."""
        given = answer.context.get("query")
        if given is not None:
            return dict(given)
        names = ("jurisdiction", "session", "action_since", "sort")
        return {name: answer.asked(name) for name in names if f"{name}=" in answer.url}

    def measure(self, bill: Bill) -> Measure | None:
        """None, and counted, for what is no measure or has a number of its own kind."""
        kind = kind_of(bill)
        if kind is None:
            self.reject(f"no measure: {', '.join(bill.classification) or 'of no class'}")
            return None
        return measure_of(bill, kind)

    def version_requests(self, measure: Measure) -> Iterator[Request]:  # noqa: ARG002
        """Texts lie at the legislatures; a source that may read them there says so."""
        return iter(())
