"""Kansas Legislature: https://www.kslegislature.gov, the site of May 2026

What it is: the list of all bills and resolutions of a biennium (20 on a page, as the site's script
asks for it), the history of each with the hearings it announces, its page (sponsors, subjects,
texts, notes), and its texts as PDF.

What it is not: the old site below `/li/` and its API, which no longer answer; the HTML of texts,
whose form is not known; votes by member; special sessions, whose addresses are not known. The PDF of
an amending bill shows struck words too, and they are read as text.

Requests: robots.txt and the list's first page, which tells how many measures there are: where that is
more than are known, the list is read on until all are. From January to June some seven other pages of
it have their turn too, for titles and statuses, and about ten histories of watched measures; where one
moved, its page and its new texts. With 2,000 listed and 40 on topic 15 on a quiet day, 27 when
five moved, 221 the first time. (About 1,450 are listed.)

Quirks: a wall stands before the site and resets connections, so three seconds lie between requests,
and where it refuses the run says so; a substitute keeps its number and takes another title
("Substitute for HB 2132 by Committee on …"); a title may change wholly in conference; the history is
newest first, also within a day, and a row carries the day when it was read in, while its words tell
the governor's day; Committee of the Whole is preliminary, Final Action passes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import MONDAY, nth
from spiders.legislatures.ks_history import (
    Rows,
    actions_of,
    committees_told,
    hearings,
    rows_of,
    votes_of,
)
from spiders.legislatures.ks_page import SITE, address_of, kind_of, measure_of, session_of, url_of
from spiders.reading import PageChanged, attribute, match, measure_number, some, text
from spiders.turns import in_turn, since_last_turn
from tracker.model import Listing, Measure, fold
from tracker.runs import Requests, SourceFacts

_LIST = (
    "{}/{}/measures/fragment/?per_page=20&types=bill&types=resolution&chambers=House"
    "&chambers=Senate&page={}"
)
_COUNT = r"Showing ([\d,]+)[–-]([\d,]+) of ([\d,]+) measures?"
_NO_STATUS = {"", "—", "Bill", "Resolution", "House", "Senate"}
_LAST_MONTH = 6
# On one day: histories of watched measures, and pages of the list.
_LOOKS, _PAGES = 10, 7
_PAGE_SIZE, _MOST_PAGES = 20, 200


class Kansas(LegislatureSpider):
    facts = SourceFacts(
        code="ks",
        jurisdiction="us-ks",
        name="Kansas Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=221, quiet=15, busy=27),
    )
    hosts = ("www.kslegislature.gov",)
    timezone = "America/Chicago"
    delay_seconds = 3.0

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A biennium begins on the second Monday of January in the odd year (Constitution, 2, 8);
        bills carry over to its second year."""
        year = today.year - (today.year % 2 == 0)
        year = year if today >= nth(2, MONDAY, 1, year) else year - 2
        return [f"b{year}_{(year + 1) % 100:02}"]

    def begin(self) -> Iterator[Request]:
        (slug,) = self.sessions(self.today)
        yield self._page(slug, 1)
        if self.today.month <= _LAST_MONTH:
            watched = self._of(slug, self.known.watched)
            for key in in_turn(watched, self.today, _LOOKS, self.known.lively):
                yield self._history(url_of(slug, key.split("/")[2]))

    def _of(self, slug: str, keys: Iterable[str]) -> set[str]:
        prefix = f"{self.facts.jurisdiction}/{session_of(slug)}/"
        return {key for key in keys if key.startswith(prefix)}

    def _page(self, slug: str, number: int, *, until: int = 0) -> Request:
        """A page of the list; with `until` those after it, too, till so many measures are known."""
        return self.fresh(_LIST.format(SITE, slug, number), until=until)

    def _history(self, url: str, number: int = 1, rows: Rows = ()) -> Request:
        return self.fresh(f"{url}history/?per_page=20&page={number}", rows=rows)

    @page(
        r"/b\d{4}_\d\d/measures/fragment/\?.*\bpage=\d+$",
        landmark=r"(?s)site-table-count.*</table>",
    )
    def measures(self, answer: Answer) -> Things:
        """Further pages are asked for one by one: a link to the next stands on each but the last.

        What an earlier run read counts as listed, though its page is not read again.
        """
        soup = answer.soup(whole=False)
        slug = match(r".*/(b\d{4}_\d\d)/measures/.*", answer.url)[1]
        rows, number = some(soup, "tr[data-href]"), int(answer.asked("page"))
        printed = match(_COUNT, text(some(soup, ".site-table-count")[0])).groups()
        first, shown, total = (int(one.replace(",", "")) for one in printed)
        if len(rows) != shown - first + 1:
            raise PageChanged(f"rows {first} to {shown}", f"{len(rows)} rows")
        self.listed |= self._of(slug, self.known.prints)
        yield from (one for row in rows if (one := self._listing(row, slug)))
        until = total if number == 1 else answer.context.get("until", 0)
        has_more = self._has_more(soup, number, shown, total)
        if has_more and len(self.listed) < until:
            yield self._page(slug, number + 1, until=until)
        elif number == 1 and self.today.month <= _LAST_MONTH:
            yield from self._others(slug, -(-total // _PAGE_SIZE))

    def _others(self, slug: str, last: int) -> Iterator[Request]:
        numbers = {_LIST.format(SITE, slug, number): number for number in range(2, last + 1)}
        for url in in_turn(numbers, self.today, _PAGES):
            yield self._page(slug, numbers[url])

    def _has_more(self, soup: BeautifulSoup, number: int, shown: int, total: int) -> bool:
        if not self._has_next(soup, number):
            if shown < total:
                raise PageChanged(f"a link to the page after {shown} of {total}", "none")
            return False
        if number >= _MOST_PAGES:
            raise PageChanged(f"at most {_MOST_PAGES} pages", f"a link to page {number + 1}")
        return True

    def _has_next(self, soup: BeautifulSoup, number: int) -> bool:
        links = soup.select('nav[aria-label="Pagination"] a')
        addresses = [str(link.get("hx-get") or link.get("href") or "") for link in links]
        return any(re.search(rf"\bpage={number + 1}\b", address) for address in addresses)

    def _listing(self, row: Tag, slug: str) -> Listing | None:
        """Number, title, and whatever else a row says, which tells whether the measure moved."""
        href = attribute(row, "data-href")
        if "/appointments/" in href:
            self.reject("appointment")
            return None
        found = address_of(urljoin(SITE, href))
        cells = [fold(cell.get_text(" ")) for cell in row.find_all("td", recursive=False)]
        if found.slug != slug or len(cells) < 3:
            raise PageChanged(f"number, title and status of a measure of {slug}", str(row)[:300])
        if measure_number(cells[0]) != found.identifier or not cells[1]:
            raise PageChanged(f"{found.identifier} and its title", f"{cells[:2]}")
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=session_of(slug),
            identifier=found.identifier,
            kind=kind_of(found.identifier),
            title=cells[1],
            last_action="; ".join(cell for cell in cells[2:] if cell not in _NO_STATUS),
            url=url_of(slug, found.identifier),
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self._history(listing.url)

    @page(
        r"/b\d{4}_\d\d/(?:bills|resolutions)/[A-Z]+\d+/history/\?per_page=20&page=\d+$",
        landmark=r"(?s)history-row.*</table>",
    )
    def history(self, answer: Answer) -> Things:
        """Rows of earlier pages are carried along, so that the whole is put in order at its end."""
        soup, number = answer.soup(whole=False), int(answer.asked("page"))
        url = answer.url.partition("history/")[0]
        rows, total = rows_of(soup, answer.context.get("rows", ()))
        if total is not None and len(rows) > total:
            raise PageChanged(f"{total} entries", f"{len(rows)}")
        if self._has_next(soup, number):
            yield self._history(url, number + 1, rows)
        elif total is not None and len(rows) < total:
            raise PageChanged(f"{total} entries", f"{len(rows)} and no next page")
        else:
            yield from self._whole_history(url, rows)

    def _whole_history(self, url: str, rows: Rows) -> Things:
        found, actions = address_of(url), actions_of(rows)
        measure = Measure(
            jurisdiction=self.facts.jurisdiction,
            session=session_of(found.slug),
            identifier=found.identifier,
            kind=kind_of(found.identifier),
            actions=actions,
            committees=committees_told(actions),
            votes=votes_of(actions),
        )
        yield measure
        yield from hearings(measure, url, self.today, self.timezone)
        watched = self._of(found.slug, self.known.watched)
        moved = since_last_turn(actions[-1].on, watched, self.today, _LOOKS)
        if moved or measure.key not in self.known.texts:
            yield self.get(url)

    @page(r"/b\d{4}_\d\d/(?:bills|resolutions)/[A-Z]+\d+/$", landmark="bill-hero-sub")
    def measure(self, answer: Answer) -> Things:
        yield measure_of(answer)

    @page(r"/bills/download/\?apn=[\w./-]+\.pdf$", landmark=r"\A%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")
