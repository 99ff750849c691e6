"""Florida Legislature: https://www.flsenate.gov, which keeps the bills of both houses

What it is: the site's search for bills whose text speaks of immigration, the whole list of each
special session, the page of each bill (history, texts, analyses, related bills), its texts, and the
Senate hearings that the history announces.

What it is not: the House's own site (a wall refuses programs there), so House hearings, whose hour
the history leaves out; votes by member, which are PDF; amendments, which are papers of their own.

Requests: two on a quiet day while no special session was called in the year (robots.txt and a page of
the search), one more for each further page and each special session; for each bill that moved its
page and each new text. Where the search finds 40 bills, 82 on a first crawl and 12 on a day on which
five of them moved; in a whole session it finds more. All bills stand on 40 pages, which the search
saves; every bill that it finds is read, since titles are few words ("Fee Waivers") and the text is
what told.

Quirks: both houses count in one row of numbers; a committee substitute keeps the number and is called
`CS/SB 86`; in a special session its letter joins the number (`SB 4F`, printed `SB 4-F` too); a bill
laid on the table for its companion is dead, the companion goes on; one row of a history holds several
actions, each after a bullet; bills are filed from August on, months before a session; HTTP 429 is
answered soon, so four seconds lie between requests; the host offers old TLS parameters, and where a
client refuses them the run fails and says so; what the search says when it finds nothing is not
known, so an empty one is never believed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, after_first_monday, nth
from spiders.legislatures.fl_history import hearings
from spiders.legislatures.fl_list import (
    is_first_page,
    is_search,
    last_page,
    next_page,
    special_sessions,
)
from spiders.legislatures.fl_page import SITE, address_of, kind_of, measure_of, url_of
from spiders.reading import (
    Implausible,
    PageChanged,
    attribute,
    day,
    match,
    measure_number,
    one,
    some,
    text,
)
from tracker.model import Listing, tidy_identifier
from tracker.runs import Requests, SourceFacts

_SEARCH = (
    "{}/Session/Bills/{}?chamber=both&searchText=immigration&searchOnlyCurrentVersion=False"
    "&isIncludeAmendments=False&isFirstReference=True&pageNumber=1"
)
_ALL = (
    "{}/Session/Bills/{}?chamber=both&searchOnlyCurrentVersion=True&isIncludeAmendments=False"
    "&isFirstReference=True&pageNumber=1"
)
# A page has 50 rows; a search that finds more than this is no search any more.
_MOST_PAGES = 8
_FILED_BEFORE = dt.timedelta(days=60)
_LINE_NUMBER = re.compile(rb"(?m)^ {0,4}\d{1,5}(?= {2}|\r?$)")
_LAST = r"(?:Last Action: ?)?(\d{1,2}/\d{1,2}/\d{4}) ?(?:[SH] )?(.+)"


class Florida(LegislatureSpider):
    facts = SourceFacts(
        code="fl",
        jurisdiction="us-fl",
        name="Florida Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=82, quiet=2, busy=12),
    )
    hosts = ("www.flsenate.gov", "flsenate.gov")
    timezone = "America/New_York"
    delay_seconds = 4.0

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The regular session, from 60 days before it opens; special ones stand on its list."""
        years = (today.year + 1, today.year, today.year - 1)
        return [str(next(year for year in years if today >= _opening(year) - _FILED_BEFORE))]

    def begin(self) -> Iterator[Request]:
        (session,) = self.sessions(self.today)
        yield self.fresh(_SEARCH.format(SITE, session))

    @page(r"/Session/Bills/\d{4}[A-Z]?\?", landmark='id="billListDiv"')
    def bills(self, answer: Answer) -> Things:
        """The search of a regular session leads to the special sessions of its year."""
        soup = answer.soup()
        session = match(r".*/Session/Bills/(\d{4}[A-Z]?)\?.*", answer.url)[1]
        searched = is_search(answer.url)
        special = special_sessions(soup, session, self.today.year)
        if searched and last_page(soup) > _MOST_PAGES:
            raise Implausible(f"a search of at most {_MOST_PAGES} pages", f"{last_page(soup)}")
        for row in self._rows(soup, session):
            listing = self._listing(row, answer.url, session)
            if searched:
                self.wanted.add(listing.key)
            yield listing
        if following := next_page(soup, answer.url):
            yield self.fresh(following)
        if searched and is_first_page(answer.url):
            for found in special:
                yield self.fresh(_ALL.format(SITE, found))

    def _rows(self, soup: BeautifulSoup, session: str) -> Sequence[Tag]:
        """A special session that is called, but has no bill yet, has no row."""
        found = one(soup, "#billListDiv")
        links = soup.select(f'a[href*="/Session/Bill/{session}/"]')
        known = f"{self.facts.jurisdiction}/{session}/"
        is_called = session[-1].isalpha() and not any(
            key.startswith(known) for key in self.known.prints
        )
        if is_called and not links:
            self.reject("special session without bills yet")
            return ()
        return some(found, "tr:has(> th[scope=row])")

    def _listing(self, row: Tag, url: str, session: str) -> Listing:
        link = one(row, "th[scope=row] a")
        cells = row.find_all("td", recursive=False)
        if len(cells) < 3:
            raise PageChanged("title, sponsor and last action in a row", str(row)[:300])
        on, last = match(_LAST, text(cells[2])).groups()
        found = address_of(urljoin(url, attribute(link, "href")))
        identifier = measure_number(text(link).rpartition("/")[2])
        if (found.session, found.number) != (session, identifier.partition(" ")[2]):
            raise PageChanged(f"{identifier} of {session}", attribute(link, "href"))
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=session,
            identifier=identifier,
            kind=kind_of(identifier),
            title=text(cells[0]),
            last_action=last,
            last_action_on=day(on, "%m/%d/%Y"),
            url=url_of(found),
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(f"{listing.url}/ByCategory")

    @page(
        r"/Session/Bill/\d{4}[A-Z]?/\d+[A-Z]?(?:/ByCategory)?/?$",
        landmark='id="tabBodyBillHistory"',
    )
    def bill(self, answer: Answer) -> Things:
        measure = measure_of(answer)
        yield measure
        yield from hearings(measure, self.today, self.timezone)

    @page(r"/BillText/\w+/HTML$", landmark=r"(?s)<pre\b.*</pre>")
    def text(self, answer: Answer) -> Things:
        """Each line begins with its number, which would stand amid sentences."""
        _same_number(answer)
        answer.soup()
        bare = replace(answer, body=_LINE_NUMBER.sub(b"", answer.body))
        yield self.version_text(bare, media_type="text/html")

    @page(r"/BillText/\w+/PDF$", landmark=r"\A%PDF-")
    def text_as_pdf(self, answer: Answer) -> Things:
        """House bills have no other form."""
        _same_number(answer)
        yield self.version_text(answer, media_type="application/pdf")


def _opening(year: int) -> dt.date:
    """In odd years the first Tuesday after the first Monday of March (Constitution, III, 3), in even
    ones, by law each time since 2016, the second Tuesday of January."""
    return after_first_monday(TUESDAY, 3, year) if year % 2 else nth(2, TUESDAY, 1, year)


def _same_number(answer: Answer) -> None:
    """A text's address tells session and number, but not the house."""
    found = address_of(answer.url.partition("/BillText/")[0])
    about = answer.named()
    number = tidy_identifier(about["identifier"]).partition(" ")[2]
    if (about["session"], number) != (found.session, found.number):
        raise PageChanged(f"the text of {about['identifier']}", answer.url)
