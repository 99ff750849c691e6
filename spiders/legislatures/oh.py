"""Ohio General Assembly: https://www.legislature.ohio.gov

What it is: one JSON list of all bills and resolutions of a General Assembly (titles, sponsors,
subjects), from the service that the site itself uses, and for each wanted measure its status page,
which alone has the governor's steps, its votes, its texts as PDF and its papers.

What it is not: hearings (agendas are PDF, and no call tells the bills of a day at once).

Requests: the list does not tell whether a measure moved, so the status page of each wanted one is
asked on every crawl. What moved, or did some days before, costs three more (votes, texts, papers) and
one for each new text. With 40 of them that is 203 requests the first
time, 43 on a quiet day, 63 on a busy one.

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
from typing import Any, ClassVar

import msgspec
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Thing, Things, as_listing, named, page
from spiders.calendars import MONDAY, nth
from spiders.legislatures.movement import is_still
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

_LIST_SECONDS = 300
_TOPIC = "Immigration"


class Ohio(LegislatureSpider):
    facts = SourceFacts(
        code="oh",
        jurisdiction="us-oh",
        name="Ohio General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=203, quiet=43, busy=63),
    )
    hosts = ("search-prod.lis.state.oh.us", "www.legislature.ohio.gov")
    timezone = "America/New_York"
    complete_list = True
    max_bytes: ClassVar[int] = 64 * 1024 * 1024

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.calls: dict[str, str] = {}
        self.told: dict[str, Measure] = {}

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
            request = self.fresh(f"{API}/api/v2/general_assembly_{session}/legislation/")
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

    def sift(self, thing: Thing) -> Things:
        """What is wanted is judged by its status page, and till then what the list says is kept."""
        if isinstance(thing, Measure) and self._is_of_list(thing):
            self.listed.add(thing.key)
            self.wanted.add(thing.key)
            self.told[thing.key] = thing
            yield self.fresh(f"{thing.url}/status", versions=self.calls[thing.key])
        else:
            yield from super().sift(thing)

    def _is_of_list(self, measure: Measure) -> bool:
        if measure.title is None or measure.key in self.told:
            return False
        return self.wants(measure.key, measure.title, measure.abstract or "")

    # -- one measure ---------------------------------------------------------------------------

    @page(r"/legislation/\d+/[a-z]+\d+/status$", landmark="legislation-status-table")
    def status(self, answer: Answer) -> Things:
        soup, about = answer.soup(), named_in(answer.url)
        headed(soup, about["session"], about["identifier"], "Status")
        actions, committees = history(one(soup, "table.legislation-status-table"))
        part = Measure(**about, actions=actions, committees=committees)
        listed = self.told.get(part.key)
        if listed is None:
            yield part
        else:
            whole = msgspec.structs.replace(listed, actions=actions, committees=committees)
            if is_still(as_listing(whole), self.known, self.today):
                return
            yield as_listing(whole)
            yield whole
        if actions:
            yield from self._more(part, answer)
        else:
            self.reject("measure whose status page has no row yet")

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
        about = {**named_in(answer.url), "note": form}
        yield self.version_text(answer, about, media_type="application/pdf")
