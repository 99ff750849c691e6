"""Ohio General Assembly: https://www.legislature.ohio.gov

What it is: one JSON list of all bills and resolutions of a General Assembly (titles, sponsors,
subjects), from the service that the site itself uses, and for each wanted measure its status page,
which alone has the governor's steps, its votes, its texts as PDF and its papers.

What it is not: hearings (agendas are PDF, and no call tells the bills of a day at once).

Requests: the list does not tell whether a measure moved, so the status page of each wanted one is
asked on every crawl: about 40 on a quiet day. What moved in the last month, or was never read, costs
three more (votes, texts, papers) and one for each new text: about 60 on a busy day, 240 at first.

Quirks: the service is not documented; its certificate chain has failed in strict clients, and where
it does the run fails and says so, for certificates are verified; the list may repeat a measure; the
status page has the newest row above, and no chamber beside the governor's steps; "Informally
passed" puts a bill off; nothing is carried over into the next General Assembly, but what was passed
in the last days of December is signed in January, so in January both are read. A special session
has lists of its own (135_special_1 in 2024), and would be added here when one is called.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page, text_context
from spiders.calendars import MONDAY, nth
from spiders.legislatures.oh_rows import (
    API,
    SITE,
    Row,
    Step,
    Text,
    documents,
    headed,
    history,
    measure_of,
    named_in,
    page_of,
    version,
    votes,
)
from spiders.reading import PageChanged, match, one
from tracker.model import Measure
from tracker.runs import Requests, SourceFacts

_STILL_DAYS = 30
_LIST_SECONDS = 300
_TOPIC = "Immigration"


class Ohio(LegislatureSpider):
    facts = SourceFacts(
        code="oh",
        jurisdiction="us-oh",
        name="Ohio General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=240, quiet=40, busy=60),
    )
    hosts = ("search-prod.lis.state.oh.us", "www.legislature.ohio.gov")
    timezone = "America/New_York"
    complete_list = True
    max_bytes: ClassVar[int] = 64 * 1024 * 1024

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.calls: dict[str, str] = {}

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A General Assembly opens on the first Monday of January of the odd year (constitution,
        article II, section 8); the 136th did in 2025."""
        year = today.year - (today.year + 1) % 2
        if today < nth(1, MONDAY, 1, year):
            year -= 2
        number = 136 + (year - 2025) // 2
        ended = [str(number - 1)] if today.year == year and today.month == 1 else []
        return [*ended, str(number)]

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            request = self.get(f"{API}/api/v2/general_assembly_{session}/legislation/")
            request.meta["download_timeout"] = _LIST_SECONDS
            yield request

    @page(
        r"/api/v2/general_assembly_\d+/legislation/$",
        landmark='"short_title"',
        empty=r"\A\s*\[\s*\]\s*\Z",
    )
    def measures(self, answer: Answer) -> Things:
        session = match(r".*/general_assembly_(\d+)/legislation/", answer.url)[1]
        seen: set[str] = set()
        for row in answer.json(list[Row]):
            if row.number in seen:
                self.reject("measure that the list repeats")
                continue
            seen.add(row.number)
            measure = measure_of(row, session)
            self.calls[measure.key] = row.versions
            if _TOPIC in (measure.subjects or ()):
                self.wanted.add(measure.key)
            yield measure

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """From the list: the status. From the versions: the new texts."""
        if measure.title is not None:
            versions = self.calls[measure.key]
            yield self.get(f"{measure.url}/status", versions=versions)
            return
        for found in measure.versions or ():
            if self.is_new_text(measure.key, found):
                yield self.get(found.url, **text_context(measure, found))

    # -- one measure ---------------------------------------------------------------------------

    @page(r"/legislation/\d+/[a-z]+\d+/status$", landmark="legislation-status-table")
    def status(self, answer: Answer) -> Things:
        soup, about = answer.soup(), named_in(answer.url)
        headed(soup, about["session"], about["identifier"], "Status")
        actions, committees = history(one(soup, "table.legislation-status-table"))
        if not actions:
            self.reject("measure whose status page has no row yet")
            return
        measure = Measure(**about, actions=actions, committees=committees)
        yield measure
        if self._is_moving(measure):
            yield from self._more(measure, answer)

    def _is_moving(self, measure: Measure) -> bool:
        """Votes, texts and papers come with actions: what lies still has no new ones."""
        still = self.today - dt.timedelta(days=_STILL_DAYS)
        read = measure.key in self.known.texts and measure.key not in self.known.asked
        return not read or any(action.on >= still for action in measure.actions or ())

    def _more(self, measure: Measure, answer: Answer) -> Iterator[Request]:
        number = measure.identifier.replace(" ", "").lower()
        of_measure = f"{API}/api/v2/general_assembly_{measure.session}/legislation/{number}/"
        versions = f"{API}{answer.context['versions']}" if answer.context else of_measure
        if not versions.startswith(of_measure):
            raise PageChanged(f"texts under {of_measure}", versions)
        yield self.get(f"{of_measure}actions/", **named(measure))
        yield self.get(versions, **named(measure))
        yield self.get(f"{SITE}/legislation/{measure.session}/{number}/documents")

    @page(r"/legislation/[a-z]+\d+/actions/?$", landmark='"occurred"', empty=r"\A\s*\[\s*\]\s*\Z")
    def votes(self, answer: Answer) -> Things:
        about = named_in(answer.url)
        number = about["identifier"].replace(" ", "").lower()
        url = page_of(about["session"], number)
        yield Measure(**about, votes=list(votes(answer.json(list[Step]), url)))

    @page(r"/legislation/[a-z]+\d+/(?:versions/?)?$", landmark='"download"')
    def versions(self, answer: Answer) -> Things:
        """Oldest first: a text's address holds its place (00_IN, 01_RH, …)."""
        texts = sorted(answer.json(list[Text]), key=lambda told: told.download)
        yield Measure(**named_in(answer.url), versions=[version(told) for told in texts])

    @page(r"/legislation/\d+/[a-z]+\d+/documents$", landmark="legislation-section")
    def documents(self, answer: Answer) -> Things:
        found = list(documents(answer.soup(), answer.url))
        yield Measure(**named_in(answer.url), documents=found)

    @page(r"/legislation/[a-z]+\d+/\w+/pdf/$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        form = match(r".*/(\w+)/pdf/", answer.url)[1]
        about = {**named_in(answer.url), "note": form, **answer.context}
        yield self.version_text(replace(answer, context=about), media_type="application/pdf")
