"""LegiScan, a second source for every state and Congress: https://legiscan.com, key by environment

What it is: what LegiScan says of measures that its search of whole texts finds (`getSearch`) and
that moved in two weeks, one by one (`getBill`). It decides nothing: what it says is kept beside what
the legislature's own source says, and where they disagree an editor is shown both (`tracker
disagreements`).

With `--since` it fills in the past of the current sessions: what moved since that day.

Requests: one for each fifty measures that the search finds and one for each that moved and is on
topic by its title or watched: about 60 a day in session, 1,800 a month of the 30,000 that the free
key allows. `getMasterListRaw`, which tells by a hash what moved, would cost one for each of 52
sessions a day and tell no more than the day of the last action does here.

Quirks: the key goes in the address, where captures and messages don't show it; the search answers
an object whose numbered members are the results; bills of Congress are called like a state's (its
`HR` is a simple resolution); special sessions are told by a title only and are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from scrapy import Request

from spiders.aggregators.legiscan_bill import BillAnswer, day_of, jurisdiction_of, measure_of
from spiders.answer import Answer, from_json
from spiders.base import LegislatureSpider, Things, page
from spiders.key_in_address import keyed
from spiders.reading import PageChanged
from tracker.identifiers import official_identifier
from tracker.model import Measure
from tracker.runs import Quota, Requests, SourceFacts

_API = "https://api.legiscan.com/"
_WORDS = (
    '"immigration enforcement" OR "customs enforcement" OR "civil immigration" OR "287(g)"'
    ' OR "immigration authorities" OR "immigration detainer" OR "federal immigration"'
)
_CURRENT_SESSIONS = "2"
_MOVED_WITHIN = dt.timedelta(days=14)
_MOST_PAGES = 100


class Result(Struct):
    state: str
    bill_number: str
    bill_id: int
    title: str
    last_action_date: str = ""


class Summary(Struct):
    page_current: int
    page_total: int
    count: int


class Found(Struct):
    """`searchresult` holds `summary` and a member for each result, named "0", "1", …"""

    searchresult: dict[str, msgspec.Raw]


class LegiScan(LegislatureSpider):
    facts = SourceFacts(
        code="legiscan",
        jurisdiction="us",
        name="LegiScan",
        kind="aggregator",
        home="https://legiscan.com",
        key="LEGISCAN_API_KEY",
        requests=Requests(first=60, quiet=30, busy=90),
        quota=Quota(requests=30_000, per="month"),
    )
    hosts = ("api.legiscan.com",)
    timezone = "UTC"

    def sessions(self, today: dt.date) -> Sequence[str]:  # noqa: ARG002
        """None of its own: it is asked for what moved, whatever the session."""
        return []

    def begin(self) -> Iterator[Request]:
        self.require_key()
        yield self._search(1)

    def _search(self, number: int) -> Request:
        return self._call(
            "getSearch", state="ALL", query=_WORDS, year=_CURRENT_SESSIONS, page=str(number)
        )

    def _call(self, operation: str, **query: str) -> Request:
        return keyed(self.get(f"{_API}?{urlencode({'op': operation, **query})}"), "key")

    @page(
        r"/\?op=getSearch&",
        landmark='"searchresult"',
        empty=r'"count"\s*:\s*0\b',
    )
    def found(self, answer: Answer) -> Things:
        told = answer.json(Found).searchresult
        if "summary" not in told:
            raise PageChanged("a summary of the results", "none")
        summary = from_json(told.pop("summary"), Summary)
        if not told:
            raise PageChanged(f"some of {summary.count} results", "none")
        for raw in told.values():
            result = from_json(raw, Result)
            if self._is_to_read(result):
                yield self._call("getBill", id=str(result.bill_id))
        if summary.page_total > _MOST_PAGES:
            raise PageChanged(f"at most {_MOST_PAGES} pages of results", str(summary.page_total))
        if summary.page_current < summary.page_total:
            yield self._search(summary.page_current + 1)

    def _is_to_read(self, result: Result) -> bool:
        since = self.since or self.today - _MOVED_WITHIN
        if not result.last_action_date or day_of(result.last_action_date) < since:
            self.reject("did not move lately")
            return False
        if self._is_watched(result) or self.topics.screen(result.title) != "no":
            return True
        self.reject("off topic by its title")
        return False

    def _is_watched(self, result: Result) -> bool:
        """By state and number: a result does not say of which session it is."""
        place = jurisdiction_of(result.state)
        try:
            number = official_identifier(place, result.bill_number, by="legiscan")
        except ValueError:
            return False
        return (place, number) in self._watched_numbers

    @property
    def _watched_numbers(self) -> set[tuple[str, str]]:
        if not hasattr(self, "_numbers"):
            split = (key.split("/", 2) for key in self.known.watched)
            self._numbers = {(place, number) for place, _, number in split}
        return self._numbers

    @page(r"/\?op=getBill&", landmark=r'"bill"\s*:\s*\{')
    def bill(self, answer: Answer) -> Things:
        found = measure_of(answer.json(BillAnswer).bill)
        if isinstance(found, str):
            self.reject(found)
        else:
            yield found

    def version_requests(self, measure: Measure) -> Iterator[Request]:  # noqa: ARG002
        """Texts are read at the legislatures."""
        return iter(())

    def sift(self, thing: Measure | Request) -> Things:  # type: ignore[override]
        if isinstance(thing, Measure):
            self.listed.add(thing.key)
        yield thing
