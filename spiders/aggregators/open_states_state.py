"""A legislature whose site refuses programs, read from Open States (API v3, key by environment).

Discovery is a search of the whole texts of a session's measures, limited to the words of the topic;
a page of the search has twenty measures with all that is known of them, so that nothing else is
asked for but texts, where the legislature's own host lets programs read them. The action sentences
are those of the legislature, as Open States copies them; it is a day or two behind at times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar
from urllib.parse import urlsplit

from msgspec import Struct
from scrapy import Request

from spiders.aggregators.open_states_api import (
    KEY,
    NONE_FOUND,
    QUOTA,
    SEARCH,
    SEARCH_LANDMARK,
    OpenStatesReader,
)
from spiders.aggregators.open_states_bill import day_of, jurisdiction_code, jurisdiction_id
from spiders.answer import Answer
from spiders.base import Things, page, text_context
from spiders.reading import PageChanged
from tracker.model import Measure, Version
from tracker.sessions import regular_session

__all__ = ["KEY", "QUOTA", "OpenStatesLegislature"]

# After its last day a session's measures still wait for the governor.
_STILL_READ = dt.timedelta(days=60)


class Session(Struct):
    """Days are ISO text; empty where Open States does not know them."""

    identifier: str
    classification: str = ""
    start_date: str = ""
    end_date: str = ""


class Jurisdiction(Struct):
    id: str
    legislative_sessions: list[Session]


class OpenStatesLegislature(OpenStatesReader):
    """`sessions` names the regular session; special ones are found by their days.

    `text_hosts` are the legislature's own hosts where texts may be asked for.
    """

    hosts: ClassVar[tuple[str, ...]] = ("v3.openstates.org",)
    text_hosts: ClassVar[tuple[str, ...]] = ()

    def regular_session(self, first: int, last: int) -> list[str]:
        """The regular session of those years, by the legislature's own name for it."""
        name = regular_session(self.facts.jurisdiction, first, last)
        return [name] if name else []

    def begin(self) -> Iterator[Request]:
        self.require_key()
        place = jurisdiction_id(self.facts.jurisdiction)
        yield self.call(f"/jurisdictions/{place}", {"include": "legislative_sessions"})

    @page(r"/jurisdictions/ocd-jurisdiction/", landmark='"legislative_sessions"')
    def session_list(self, answer: Answer) -> Things:
        told = answer.json(Jurisdiction)
        place = jurisdiction_code(told.id)
        if place != self.facts.jurisdiction:
            raise PageChanged(self.facts.jurisdiction, told.id)
        wanted = self._wanted(told.legislative_sessions)
        if not wanted:
            named = ", ".join(one.identifier for one in told.legislative_sessions)
            raise PageChanged(f"the session {' or '.join(self.sessions(self.today))}", named)
        for session in wanted:
            yield self.search(jurisdiction=told.id, session=session, sort="latest_action_desc")

    def _wanted(self, known: Sequence[Session]) -> list[str]:
        regular = set(self.sessions(self.today))
        return [one.identifier for one in known if one.identifier in regular or self._runs(one)]

    def _runs(self, session: Session) -> bool:
        if session.classification != "special" or not (session.start_date and session.end_date):
            return False
        first, last = day_of(session.start_date), day_of(session.end_date)
        return first <= self.today <= last + _STILL_READ

    @page(SEARCH, landmark=SEARCH_LANDMARK, empty=NONE_FOUND)
    def bills(self, answer: Answer) -> Things:
        for thing in self.found(answer):
            if isinstance(thing, Measure) and thing.jurisdiction != self.facts.jurisdiction:
                raise PageChanged(f"measures of {self.facts.jurisdiction}", thing.key)
            yield thing

    # -- texts ---------------------------------------------------------------------------------

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """One a text: of the same text as HTML and as PDF, the HTML."""
        readable = [one for one in measure.versions or () if self._may_read(one)]
        chosen = {one.note: one for one in sorted(readable, key=_is_html)}
        for version in readable:
            if version is chosen[version.note] and self.is_new_text(measure.key, version):
                yield self.get(version.url, **text_context(measure, version))

    def _may_read(self, version: Version) -> bool:
        return urlsplit(version.url).hostname in self.text_hosts

    @page(r"(?i)//(?!v3\.openstates\.org/).+\.pdf$", landmark=r"\A\s*%PDF-")
    def paper(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")

    @page(r"(?i)//(?!v3\.openstates\.org/).+\.html?$", landmark=r"class=\"?WordSection")
    def text(self, answer: Answer) -> Things:
        answer.soup()  # a page that was cut off would be a shorter text
        yield self.version_text(answer, media_type="text/html")


def _is_html(version: Version) -> bool:
    return version.media_type == "text/html" or version.url.lower().endswith((".htm", ".html"))
