"""Federal suits over cooperation: CourtListener, https://www.courtlistener.com, API v4, key by environment

What it is: dockets of federal courts from the RECAP archive, which holds what users of the courts'
own system have bought and shared: a docket may lack its latest rows. Read are the suits named in
`db/dockets.yaml`, and new ones between the United States and a state or locality whose papers the
search finds to speak of sanctuary policies. Their complaints, motions, orders and appeals are kept
as actions; rulings are read by strict rules. What a ruling does to a law is proposed to an editor
(`tracker disagreements`) and never decided here.

Requests: the free token of an account (header `Authorization: Token …`) allows 5 a minute, 50 an
hour and 125 a day, by the service's own settings; a run makes 45 at most. A quiet day: one search on
the topic, one for each named suit without its number, and a look at twelve dockets in turn. Rows are
read, twenty a page, only of dockets that moved.

Quirks: `count` of docket entries is an address; of rows that nobody bought the words are missing;
since May 2026 every account may read dockets' rows (before, by invitation). The form of answers is
known from the service's documentation, not from a live answer; what its robots.txt says of the API
is not known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from scrapy import Request

from spiders.answer import Answer
from spiders.base import Source, Things, page
from spiders.federal.court_dockets import (
    SITE,
    Docket,
    Entry,
    Found,
    Suit,
    is_between_governments,
    judgement_of,
    measure_of,
    named,
    named_suits,
    place_of,
    steps,
)
from spiders.reading import PageChanged
from tracker.canonical import listing_print
from tracker.model import Action, Listing
from tracker.runs import Requests, SourceFacts

API = f"{SITE}/api/rest/v4"
_TOPIC = (
    '"sanctuary" AND ("immigration enforcement" OR "immigration detainer" OR "287(g)"'
    ' OR "civil immigration")'
)
_FILED_WITHIN = dt.timedelta(days=120)
_LOOKED_AT, _MOST_REQUESTS, _MOST_PAGES = 12, 45, 3
_ENTRY_FIELDS = "date_filed,description,recap_documents__description"
_DOCKET = re.compile(rf"{re.escape(SITE)}/docket/(\d+)/")


class _Search(Struct):
    results: list[Found]
    next: str | None = None


class _Entries(Struct):
    results: list[Entry]
    next: str | None = None


class CourtListener(Source):
    facts = SourceFacts(
        code="court-listener",
        jurisdiction="us",
        name="CourtListener: federal suits",
        kind="courts",
        home=SITE,
        key="COURTLISTENER_TOKEN",
        requests=Requests(first=45, quiet=15, busy=45),
        verified=False,
    )
    hosts = ("www.courtlistener.com",)
    delay_seconds = 12.5

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._left = _MOST_REQUESTS
        self._asked: set[int] = set()

    def begin(self) -> Iterator[Request]:
        self.require_key()
        for suit in named_suits():
            yield from self._look(suit.id) if suit.id else self._search_for(suit)
        for docket in self._looked_at_today():
            yield from self._look(docket)
        since = (self.today - _FILED_WITHIN).isoformat()
        yield from self._search(q=_TOPIC, filed_after=since, order_by="dateFiled desc")

    def _search_for(self, suit: Suit) -> Iterator[Request]:
        parties = " AND ".join(suit.case_name.split(" v. "))
        yield from self._search(q=f"caseName:({parties})", court=suit.court)

    def _search(self, **query: str) -> Iterator[Request]:
        yield from self._call(f"{API}/search/?{urlencode({'type': 'r', **query})}", pages=1)

    def _looked_at_today(self) -> list[int]:
        """Of the suits found before so many a day that each has its turn."""
        found = (_DOCKET.match(url) for _, url in sorted(self.known.pages.items()))
        dockets = [int(match[1]) for match in found if match]
        turns = -(-len(dockets) // _LOOKED_AT) or 1
        return dockets[self.today.toordinal() % turns :: turns]

    def _look(self, docket: int) -> Iterator[Request]:
        if docket not in self._asked:
            self._asked.add(docket)
            yield from self._call(f"{API}/dockets/{docket}/")

    def _call(self, url: str, **context: Any) -> Iterator[Request]:
        """Nothing, and counted, where the run has made the requests that an hour allows."""
        if not url.startswith(API):
            raise PageChanged(f"a next page below {API}", url)
        if self._left:
            self._left -= 1
            yield self.ask(url, context, headers={"Authorization": f"Token {self.key}"})
        else:
            self.reject("request left for another run")

    @page(
        r"/api/rest/v4/search/\?",
        landmark=r'"results"\s*:\s*\[',
        empty=r'"count"\s*:\s*0\s*,[^\[\]]*"results"\s*:\s*\[\s*\]\s*\}\s*\Z',
    )
    def found(self, answer: Answer) -> Things:
        """Suits named in our list, and those between governments; the next page of the latter."""
        told = answer.json(_Search)
        for one in told.results:
            if self._is_wanted(one):
                yield from self._look(one.docket_id)
            else:
                self.reject("suit that its caption does not show to be between governments")
        pages = int(answer.context.get("pages", 1))
        if told.next and pages < _MOST_PAGES and "court=" not in answer.url:
            yield from self._call(told.next, pages=pages + 1)

    def _is_wanted(self, one: Found) -> bool:
        if any(s.is_this(one.court_id, one.docketNumber, one.caseName) for s in named_suits()):
            return True
        return is_between_governments(one.caseName, one.docketNumber)

    @page(r"/api/rest/v4/dockets/\d+/$", landmark=r'"docket_number"\s*:')
    def docket(self, answer: Answer) -> Things:
        """Its rows are asked for only where it moved since it was read last."""
        docket = answer.json(Docket)
        if docket.blocked:
            self.reject("docket that CourtListener keeps from search engines")
            return
        listing = _listing(docket)
        self.listed.add(listing.key)
        if self.known.prints.get(listing.key) != listing_print(listing).hex():
            query = {
                "docket": docket.id,
                "order_by": "recap_sequence_number,entry_number",
                "fields": _ENTRY_FIELDS,
            }
            told = msgspec.to_builtins(docket)
            yield from self._call(f"{API}/docket-entries/?{urlencode(query)}", docket=told, rows=[])

    @page(r"/api/rest/v4/docket-entries/\?", landmark=r'"results"\s*:\s*\[')
    def entries(self, answer: Answer) -> Things:
        """A docket is kept when all its rows are read: part of a history would lose the rest."""
        told = answer.json(_Entries)
        if "docket" not in answer.context:
            raise PageChanged("rows asked for as of a docket", "nothing about the docket")
        docket = msgspec.convert(answer.context["docket"], Docket)
        for entry in told.results:
            if not (entry.date_filed and entry.text):
                self.reject("docket row without its day or its words")
        rows = [*answer.context["rows"], *msgspec.to_builtins(steps(told.results))]
        if told.next:
            yield from self._call(told.next, docket=answer.context["docket"], rows=rows)
            return
        suit, listing = named(docket), _listing(docket)
        place = place_of(docket, suit)
        yield listing
        yield measure_of(docket, place, suit, msgspec.convert(rows, list[Action]))
        if suit:
            yield judgement_of(place, suit)


def _listing(docket: Docket) -> Listing:
    """What must move before its rows are read again."""
    return Listing(
        **place_of(docket, named(docket))._asdict(),
        kind="court_ruling",
        title=docket.case_name,
        last_action=docket.date_modified,
        last_action_on=docket.date_last_filing or docket.date_filed,
        url=SITE + docket.absolute_url,
    )
