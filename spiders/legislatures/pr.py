"""Asamblea Legislativa de Puerto Rico, by SUTRA (Sistema Único de Trámite Legislativo):
https://sutra.oslpr.org/medidas

What it is: pages of all measures of a four-year term, in Spanish (code, title, authors), and the
page of each with its steps, days and files. Titles are whole sentences, so
what is on topic is known by them (the topic files have Spanish terms).

What it is not: hearings; old Word files (.doc, .rtf), which are listed but not read; appointments
(NM), which are no measures and are counted out.

Requests: the list has no search and does not tell that a measure moved. So on Mondays, and the
first time, all pages of the list are read and the page of each measure on topic; on other days the
pages from the newest on, as long as they hold something new, what of them is on topic, and about
eight of the watched measures in their turn, so that each is looked at twice a week. With 2,000
measures, put at twenty a page, 40 of them on topic, 181 the first time, some 140 on Mondays, 11 on
a quiet day; 8 on a busy one, which sees only those of the movers whose turn it is.

Quirks: the site is drawn by scripts, but sends its pages whole; a page that comes without its list
or its title is refused, never taken for an empty one; the addresses of its own calls change every few
weeks and are not used; a measure may stand at two numbers (PC0205 at 152982 and 152909), the newer
is read; one heading of a law lacks the element that others have; letters tell the chamber
(PC and PS, RC and RS, RCC and RCS with the force of law, RKC and RKS concurrent); certificates are
verified, and where the chain is broken the run fails and says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page, text_context
from spiders.calendars import MONDAY, nth
from spiders.legislatures.pr_page import (
    APPOINTMENT,
    SITE,
    Row,
    kind_of,
    last_page,
    measure_of,
    row_of,
    session_name,
    word_text,
)
from spiders.legislatures.pr_steps import READABLE, suffix_of
from spiders.reading import PageChanged, some, words
from spiders.turns import in_turn
from tracker.model import Listing, Measure, VersionText
from tracker.runs import Requests, SourceFacts

_PAGE = re.compile(rf"{SITE}/medidas/\d+")
_LOOKS = 8


class PuertoRico(LegislatureSpider):
    facts = SourceFacts(
        code="pr",
        jurisdiction="us-pr",
        name="Asamblea Legislativa de Puerto Rico, SUTRA",
        kind="legislature",
        home=f"{SITE}/medidas",
        requests=Requests(first=181, quiet=11, busy=8),
    )
    hosts = ("sutra.oslpr.org",)
    timezone = "America/Puerto_Rico"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.places: dict[tuple[str, str], str] = {}

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A term has four years and opens on the second Monday of January after the election; in
        that January the governor may still act on what the last one passed."""
        year = today.year - (today.year - 2025) % 4
        if today < nth(2, MONDAY, 1, year):
            year -= 4
        ended = [str(year - 4)] if today.year == year and today.month == 1 else []
        return [*ended, str(year)]

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            yield self._list(session, 1)
        if self.today.weekday() != MONDAY:
            yield from self._looks()

    def _looks(self) -> Iterator[Request]:
        """Some watched measures each day, and those asked for, where the last list had them."""
        terms = {session_name(int(session)) for session in self.sessions(self.today)}
        pages = {
            key: url
            for key, url in self.known.pages.items()
            if key.split("/")[1] in terms and _PAGE.fullmatch(url)
        }
        again = {
            *in_turn(pages, self.today, _LOOKS, self.known.lively),
            *self.known.asked,
            self.known.canary,
        }
        for key in sorted(again & pages.keys()):
            jurisdiction, session, identifier = key.split("/")
            yield self.get(
                pages[key], jurisdiction=jurisdiction, session=session, identifier=identifier
            )

    def _list(self, session: str, number: int) -> Request:
        asked = {"cuatrienio_id": session, "autores": "", "comision_id": "", "page": number}
        return self.fresh(f"{SITE}/medidas?{urlencode(asked)}")

    @page(r"/medidas\?", landmark=r'href="/medidas/\d+"')
    def measures(self, answer: Answer) -> Things:
        session, number = answer.asked("cuatrienio_id"), int(answer.asked("page"))
        soup = answer.soup()
        rows = [
            row_of(link, answer.url) for link in some(soup, "ul.list-none > a[href^='/medidas/']")
        ]
        term = session_name(int(session))
        found = [self._listing(row, term) for row in rows if self._is_measure(row, term)]
        for listing in found:
            yield listing
            if self.is_wanted(listing.key):
                yield from self.follow(listing)
        if number < last_page(soup) and self._goes_on(rows, found):
            yield self._list(session, number + 1)
        else:
            known = self.known.prints
            self.listed.update(key for key in known if key.split("/")[1] == term)

    def _is_measure(self, row: Row, term: str) -> bool:
        """Not appointments, nor what stood at a newer number on this page or one before."""
        if row.identifier.partition(" ")[0] == APPOINTMENT:
            self.reject("appointment, which is no measure")
            return False
        if self.places.setdefault((term, row.identifier), row.url) != row.url:
            self.reject("measure that stands at two numbers")
            return False
        return True

    def _listing(self, row: Row, session: str) -> Listing:
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=session,
            identifier=row.identifier,
            kind=kind_of(row.identifier),
            title=row.title,
            url=row.url,
        )

    def _goes_on(self, rows: list[Row], found: list[Listing]) -> bool:
        """All pages on Mondays, or where numbers don't fall; else as long as something is new."""
        numbers = [int(row.url.rpartition("/")[2]) for row in rows]
        newest_first = numbers == sorted(numbers, reverse=True)
        new = any(listing.key not in self.known.prints for listing in found)
        return self.today.weekday() == MONDAY or new or not newest_first

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url, **named(listing))

    @page(r"/medidas/\d+$", landmark="Título:")
    def measure(self, answer: Answer) -> Things:
        yield measure_of(answer, self.reject)

    # -- texts ---------------------------------------------------------------------------------

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        for version in measure.versions or ():
            if not self.is_new_text(measure.key, version):
                continue
            if suffix_of(version.url) in READABLE:
                yield self.get(version.url, **text_context(measure, version))
            else:
                self.reject("text in an old form of Word")

    @page(r"\.(?i:docx)$", landmark=r"\APK\x03\x04")
    def word_file(self, answer: Answer) -> Things:
        told = word_text(answer.zip_member("word/document.xml"))
        if not told:
            raise PageChanged("a Word file with words", "none")
        yield VersionText(
            **answer.named(),
            note=answer.carried("note"),
            url=answer.carried("url"),
            text=words(told.encode(), "text/plain"),
        )

    @page(r"\.(?i:pdf)$", landmark=r"\A\s*%PDF-")
    def pdf_file(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")
