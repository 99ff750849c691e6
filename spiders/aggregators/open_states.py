"""Open States, a second source for every state: https://openstates.org, API v3, key by environment

What it is: what Open States says of measures that are watched here, and of those that its search of
whole texts finds to have moved in two weeks. It decides nothing: what it says is kept beside what the
legislature's own source says, and where they disagree an editor is shown both (`tracker
disagreements`). A measure that only Open States has is kept with it as its source.

With `--since` it fills in the past: everything that its search finds with an action since that day.
Files of whole sessions (CSV or JSON, to be had with a free account) are read by `tracker import
open-states`.

Requests: about 60 a day for what moved and up to 120 for what is watched, of the 500 a day that the
free key allows (10 a minute: a day's run takes twenty minutes); a first fill of two years about 300.

Quirks: a measure is asked for as of its two-letter state, session and number; the sessions of both
are named alike, since the sources here use Open States' names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from scrapy import Request

from spiders.aggregators.open_states_api import (
    KEY,
    NONE_FOUND,
    QUOTA,
    SEARCH,
    SEARCH_LANDMARK,
    OpenStatesReader,
)
from spiders.aggregators.open_states_bill import PARTS, Bill
from spiders.aggregators.open_states_bulk import bills_of
from spiders.answer import Answer
from spiders.base import Things, page
from spiders.reading import PageChanged
from tracker.model import Measure
from tracker.runs import Requests, SourceFacts

_MOVED_WITHIN = dt.timedelta(days=14)
_LOOKED_AT = 120
# Read from Open States in the first place: to ask it again would confirm nothing.
_ITS_OWN = frozenset({"us-az", "us-ok", "us-ri", "us-tn", "us-tx"})


class OpenStates(OpenStatesReader):
    facts = SourceFacts(
        code="open-states",
        jurisdiction="us",
        name="Open States",
        kind="aggregator",
        home="https://openstates.org",
        key=KEY,
        requests=Requests(first=60, quiet=130, busy=180),
        quota=QUOTA,
    )
    hosts = ("v3.openstates.org", "data.openstates.org")
    timezone = "UTC"
    max_bytes = 256 * 1024 * 1024

    def sessions(self, today: dt.date) -> Sequence[str]:  # noqa: ARG002
        """None of its own: it is asked for what moved, whatever the session."""
        return []

    def begin(self) -> Iterator[Request]:
        self.require_key()
        since = self.since or self.today - _MOVED_WITHIN
        yield self.search(action_since=since.isoformat(), sort="latest_action_desc")
        if self.since is None:
            for key in self._looked_at_today():
                yield self._look(key)

    def _looked_at_today(self) -> list[str]:
        """Of the watched measures so many a day that each has its turn."""
        watched = sorted(key for key in self.known.watched if key.partition("/")[0] not in _ITS_OWN)
        turns = -(-len(watched) // _LOOKED_AT) or 1
        return watched[self.today.toordinal() % turns :: turns]

    def _look(self, key: str) -> Request:
        place, session, identifier = key.split("/", 2)
        path = "/".join(quote(part) for part in (place[-2:], session, identifier))
        return self.call(f"/bills/{path}", {"include": PARTS}, key=key)

    @page(SEARCH, landmark=SEARCH_LANDMARK, empty=NONE_FOUND)
    def bills(self, answer: Answer) -> Things:
        yield from self.found(answer)

    @page(
        r"/bills/\w\w/",
        landmark='"openstates_url"',
        empty=r'"detail"\s*:\s*"No such Bill',
    )
    def bill(self, answer: Answer) -> Things:
        """One that it does not have is no news: `tracker disagreements` tells of what it lacks."""
        measure = self.measure(answer.json(Bill))
        asked = answer.context.get("key")
        if measure and asked and measure.key != asked:
            raise PageChanged(f"{asked}, as asked for", measure.key)
        if measure:
            yield measure

    @page(r"//data\.openstates\.org/.+\.zip$", landmark=r"\APK\x03\x04")
    def bulk(self, answer: Answer) -> Things:
        """A file of a session that a person has fetched: `tracker import open-states FILE`."""
        for bill in bills_of(answer):
            if measure := self.measure(bill):
                yield measure

    def sift(self, thing: Measure | Request) -> Things:  # type: ignore[override]
        """A measure whose words are off topic is not kept, not even as a row of a list."""
        if isinstance(thing, Measure):
            if self.since is None and thing.jurisdiction in _ITS_OWN:
                self.reject("a measure of a state that is read from Open States already")
                return
            self.listed.add(thing.key)
            if not self.wants(thing.key, thing.title or "", thing.abstract or ""):
                self.reject("off topic by its title and abstract")
                return
        yield thing
