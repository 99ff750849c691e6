"""South Carolina General Assembly: https://www.scstatehouse.gov, kept by the Legislative Services
Agency

What it is: one page for each day of introductions in each house (number, sponsors, the whole title),
the bill search that tells of many numbers at once (short title, sponsors, history), the page that
lists a measure's printings, the printings as HTML, and the week's meetings with the bills they take up.

What it is not: votes by member, which are PDF (totals stand in the history); subjects and fiscal
notes. The full text search is not used.

Requests: the lists of days, the days of introductions of the last five days, two older ones in their
turn, the meetings, all watched measures in calls of 40, `robots.txt`; the printings of those that
moved in the last five days and of about four others. With 2,000 measures of a session that is a
month old, 40 of them on topic, 15 on a quiet day, 27 when five move, 151 the first time. A first
crawl reads every day of the two years: up to 260 requests more.

Quirks: bills, joint, concurrent and simple resolutions share the letters H and S, and only words tell
them apart; a number has no leading letter in addresses, since the House's begin at 3000; a star
stands after the letter where the other house has the bill; bills filed before a session are listed
elsewhere; years have two digits; lines of the governor and of ratification name no house; the list of
printings is a status sheet, or, before the first one, the text itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page
from spiders.calendars import TUESDAY, nth
from spiders.legislatures.sc_addresses import (
    SITE,
    named_in_text_url,
    number_of,
    search_url,
    session_name,
)
from spiders.legislatures.sc_days import introductions
from spiders.legislatures.sc_measure import measures_of, versions_of
from spiders.legislatures.sc_meetings import hearings
from spiders.reading import attribute, day, match, some
from spiders.turns import in_turn
from tracker.model import Listing, Measure, Version, VersionText
from tracker.runs import Requests, SourceFacts

# Younger days of introductions and actions are looked at on every run.
_NEW_DAYS, _DAYS_READ, _STILL_DAYS = 5, 21, 30
_LOOKS = 4
_MOST_NUMBERS = 40
# Bills are filed before a session from November or December on.
_FILING = frozenset({11, 12, 1})
_DAY = re.compile(r"/sess(\d+)_[\d-]+/[hs]intro\d\d/(\d{8})\.htm$")
_FILED = re.compile(r"/sess(\d+)_[\d-]+/[hs]pref\d\d/\w+\.htm$")


class SouthCarolina(LegislatureSpider):
    facts = SourceFacts(
        code="sc",
        jurisdiction="us-sc",
        name="South Carolina General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=151, quiet=15, busy=27),
    )
    hosts = ("www.scstatehouse.gov",)
    timezone = "America/New_York"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        terms = {session_name(number) for number in self.sessions(self.today)}
        read = [key for key in self.known.texts if key.split("/")[1] in terms]
        self.turn = frozenset(in_turn(read, self.today, _LOOKS, self.known.lively))

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The Assembly by its number: the 126th from the second Tuesday of January 2025 on (Code of
        Laws 2-1-180); from December before on, the bills filed for the next are read too."""
        year = today.year if today.year % 2 else today.year - 1
        opening = nth(2, TUESDAY, 1, today.year)
        if today.year % 2 and today < opening:
            return (number_of(year - 2), number_of(year))
        coming = today.year % 2 == 0 and today.month == 12
        return (number_of(year), *([number_of(year + 2)] if coming else []))

    def begin(self) -> Iterator[Request]:
        for house in "hs":
            yield self.get(f"{SITE}/sessphp/{house}intros.php")
        if self.today.month in _FILING:
            year = self.today.year + (self.today.month > 1)
            yield self.get(f"{SITE}/sessphp/prefil{year % 100:02}.php")
        for session in self.sessions(self.today):
            yield from self._watched(session)
        for house in "HS":
            yield self.get(f"{SITE}/meetings.php?chamber={house}")

    def _watched(self, session: str) -> Iterator[Request]:
        """Days once read are not read again, so that no list leads to what is asked for."""
        prefix = f"{self.facts.jurisdiction}/{session_name(session)}/"
        known = self.known.watched | self.known.asked | {self.known.canary}
        numbers = [key.removeprefix(prefix) for key in sorted(known) if key.startswith(prefix)]
        for first in range(0, len(numbers), _MOST_NUMBERS):
            yield self.get(search_url(session, *numbers[first : first + _MOST_NUMBERS]))

    # -- introductions -------------------------------------------------------------------------

    @page(r"/sessphp/[hs]intros\.php$", landmark=r"/[hs]intro\d\d/\d{8}\.htm")
    def days(self, answer: Answer) -> Things:
        """On a first crawl all days of the Assembly are read; then the last ones, and those of three
        weeks each in its turn, so that a day on which no run succeeded is not lost."""
        links = (attribute(link, "href") for link in some(answer.soup(), "a[href*='intro']"))
        days = {f"{SITE}{found.group()}": found for href in links if (found := _DAY.search(href))}
        ages = {url: (self.today - _on(found[2])).days for url, found in days.items()}
        older = [url for url, age in ages.items() if _NEW_DAYS <= age <= _DAYS_READ]
        turn = frozenset(in_turn(older, self.today, 1))
        read = {found[1] for found in days.values() if self._was_read(found[1])}
        for url, found in days.items():
            if ages[url] < _NEW_DAYS or url in turn or found[1] not in read:
                yield self.get(url)

    def _was_read(self, session: str) -> bool:
        """What an earlier run read there counts as listed, though its day is not read again."""
        prefix = f"{self.facts.jurisdiction}/{session_name(session)}/"
        known = {key for key in self.known.prints if key.startswith(prefix)}
        self.listed |= known
        return bool(known)

    @page(r"/sessphp/prefil\d\d\.php$", landmark=r"/[hs]pref\d\d/\w+\.htm", absent=True)
    def filings(self, answer: Answer) -> Things:
        """Not there until the first bill is filed."""
        if answer.status in {204, 404, 410}:
            self.reject("list of bills filed before a session, not there yet")
            return
        for link in some(answer.soup(), "a[href*='pref']"):
            if found := _FILED.search(attribute(link, "href")):
                yield self.get(f"{SITE}{found.group()}")

    @page(
        r"/sess\d+_[\d-]+/[hs](?:intro\d\d/\d{8}|pref\d\d/\w+)\.htm$",
        landmark=r"billsearch\.php\?billnumbers=",
    )
    def introduced(self, answer: Answer) -> Things:
        session = match(r".*/sess(\d+)_.*", answer.url)[1]
        yield from introductions(answer, session)

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    # -- measures ------------------------------------------------------------------------------

    @page(r"/billsearch\.php\?billnumbers=", landmark=r"""class=["']bill-list-item["']""")
    def measures(self, answer: Answer) -> Things:
        session = answer.asked("session")
        for measure, printings in measures_of(answer, session):
            yield measure
            if not printings:
                self.reject("text of the budget, which is many pages")
            elif self._is_moving(measure):
                yield self.get(printings, **named(measure))

    def _is_moving(self, measure: Measure) -> bool:
        """Printings follow actions within days: a bill that lies still, once read, has no new ones.
        Those of a month are looked at in turn, as a printing may come late."""
        if measure.key not in self.known.texts or measure.key in self.known.asked:
            return True
        days = _STILL_DAYS if measure.key in self.turn else _NEW_DAYS
        return any((self.today - one.on).days < days for one in measure.actions or ())

    @page(r"/sess\d+_[\d-]+/bills/\d+\.htm$", landmark="South Carolina General Assembly")
    def printings(self, answer: Answer) -> Things:
        """A status sheet that lists the printings; before the first one, the text itself."""
        versions = versions_of(answer)
        about: dict[str, Any] = named_in_text_url(answer.url)
        filed = Version(note=about.pop("note"), url=answer.url, media_type="text/html")
        yield Measure(**about, versions=versions or [filed])
        if not versions:
            yield self._text(answer)

    @page(r"/sess\d+_[\d-]+/prever/\d+_\d{8}\w*\.htm$", landmark="South Carolina General Assembly")
    def text(self, answer: Answer) -> Things:
        yield self._text(answer)

    def _text(self, answer: Answer) -> VersionText:
        answer.soup()  # raises where the page was cut off
        return self.version_text(answer, named_in_text_url(answer.url), media_type="text/html")

    # -- hearings ------------------------------------------------------------------------------

    @page(
        r"/meetings\.php\?chamber=[HS]$",
        landmark=r"meetings\.php\?chamber=[HS]&(?:amp;)?archive",
        beside=True,
    )
    def meetings(self, answer: Answer) -> Things:
        yield from hearings(answer, self.today, self.timezone)


def _on(stamp: str) -> dt.date:
    return day(stamp, "%Y%m%d")
