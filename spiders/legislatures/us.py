"""United States Congress: https://www.congress.gov, read from GPO's bulk data and the Library's API

What it is: BILLSTATUS, the Library of Congress's record of every bill and resolution, published by
the Government Publishing Office every four hours (https://www.govinfo.gov/bulkdata/BILLSTATUS), and
the texts of bills as XML. Pages of congress.gov stand behind a wall for programs and are not read.
Committee meetings are read with a key only; members' votes are not read.

Without a key: one ZIP for each of the eight kinds, each asked "has it changed?". They hold all
that the single files hold, about 18,000 of them at the end of a Congress. So a first crawl, a quiet
day and a busy one are 8 requests, and one for each new text of a measure on topic (about 400 on a
first crawl, under 20 on a busy day). The price is size: about 55 MB where all eight changed. The
sitemaps would cost nine requests to learn which files moved, and then as many as moved; they name
no titles, so a first crawl would be 18,000 requests, five hours at one a second.

With a key (CONGRESS_GOV_API_KEY, free at https://api.congress.gov/sign-up/): the API's list, 250
rows a page, whole each time because its `updateDate` moves when nothing legislative does (74
requests for 18,400 measures, 11 MB), and the summaries of the last two weeks (one or two requests;
on a first crawl all, about 50), since a title like "Laken Riley Act" says nothing; then the file of
each measure on topic that moved (about 300 on a first crawl). A bill on topic by neither title nor
summary is found only without a key. Committee meetings that the Library touched since the day before
yesterday (a list of at most 250, then one request for each, some 30 on a day of session) tell their
bills and hour. The key goes in a header, never into an address. If 2,000 measures are listed and 40 are
on topic, 92 requests the first time, 11 on a quiet day, 22 on a busy one (without a key 49, 9 and 14);
the 18,400 measures of a Congress are 66 pages more.

Quirks: one event stands up to three times, by several systems; a reserved number has no title; all
measures die with the Congress, on 3 January of the odd year, but the President may sign for ten
days more, so in January both Congresses are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from scrapy import Request

from spiders.answer import Answer, parse_xml
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures.us_api import Bills, Summaries, listing_of
from spiders.legislatures.us_api_meetings import MeetingAnswer, Meetings, hearings
from spiders.legislatures.us_billstatus import SITE, SLUGS, measure_of, without_markup
from spiders.legislatures.us_texts import named_in_address
from spiders.reading import PageChanged, match
from tracker.model import Listing, Measure, measure_key
from tracker.runs import Requests, SourceFacts

KEY = "CONGRESS_GOV_API_KEY"
_API = "https://api.congress.gov/v3"
_BULK = "https://www.govinfo.gov/bulkdata/BILLSTATUS"
_BULK_SECONDS = 600
_PER_PAGE = 250
_SUMMARY_DAYS, _MEETING_DAYS = 14, 2


class Congress(LegislatureSpider):
    facts = SourceFacts(
        code="us",
        jurisdiction="us",
        name="United States Congress",
        kind="legislature",
        home=SITE,
        key=KEY,
        requests=Requests(first=92, quiet=11, busy=22),
    )
    hosts = ("www.govinfo.gov", "api.congress.gov")
    complete_list = True
    # The ZIP of House bills grows to 36 MB in two years.
    max_bytes: ClassVar[int] = 64 * 1024 * 1024

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The first Congress met in 1789; each has two years from 3 January of the odd one."""
        current = (today.year - 1789) // 2 + 1
        if today.year % 2 == 0 or today.month > 1:
            return (str(current),)
        ended = (str(current - 1),)
        return ended if today.day < 3 else (*ended, str(current))

    def begin(self) -> Iterator[Request]:
        for congress in self.sessions(self.today):
            if self.key:
                yield self._ask(f"/bill/{congress}", sort="updateDate desc")
                yield self._ask(f"/summaries/{congress}", fromDateTime=self._since(congress))
                touched = self.today - dt.timedelta(days=_MEETING_DAYS)
                yield self._ask(
                    f"/committee-meeting/{congress}", fromDateTime=f"{touched}T00:00:00Z"
                )
            else:
                yield from self._bulk(congress)

    def _bulk(self, congress: str) -> Iterator[Request]:
        for kind in map(str.lower, SLUGS):
            request = self.get(f"{_BULK}/{congress}/{kind}/BILLSTATUS-{congress}-{kind}.zip")
            request.meta["download_timeout"] = _BULK_SECONDS
            yield request

    # -- bulk data -----------------------------------------------------------------------------

    @page(r"/BILLSTATUS-\d+-[a-z]+\.zip$", landmark=r"\APK\x03\x04", absent=True)
    def files(self, answer: Answer) -> Things:
        if answer.status != 200:
            self._not_yet(answer)
            return
        for name, body in answer.zip_members(".xml"):
            measure = self._measure(body, name)
            if measure.title is None:
                self.reject("a reserved number, without a title yet")
            else:
                yield measure

    def _not_yet(self, answer: Answer) -> None:
        """In its first weeks a Congress has no file of the kinds that nobody introduced yet."""
        congress = match(r".*BILLSTATUS-(\d+)-.*", answer.url)[1]
        if self.today >= _first_day(congress) + dt.timedelta(days=60):
            raise PageChanged("the file of a Congress in its course", f"HTTP {answer.status}")
        self.reject("no file yet of one kind in a new Congress")

    @page(r"/BILLSTATUS-\d+[a-z]+\d+\.xml$", landmark=r"<billStatus[\s>]")
    def file(self, answer: Answer) -> Things:
        yield self._measure(answer.body, answer.url)

    def _measure(self, body: bytes, name: str) -> Measure:
        """Raises PageChanged where a file tells of another bill than its name."""
        named = match(r"(?:.*/)?BILLSTATUS-(\d+)([a-z]+)(\d+)\.xml", name)
        measure = measure_of(parse_xml(body))
        key = measure_key("us", named[1], f"{named[2].upper()} {named[3]}")
        if measure.key != key:
            raise PageChanged(f"{key}, as the name says", measure.key)
        return measure

    # -- the API -------------------------------------------------------------------------------

    def _ask(self, path: str, offset: int = 0, **more: str) -> Request:
        asked = {"format": "json", "limit": _PER_PAGE, "offset": offset, **more}
        return self.ask(
            f"{_API}{path}?{urlencode(asked)}",
            {},
            headers={"X-Api-Key": self.key},
        )

    def _since(self, congress: str) -> str:
        """Two weeks ago; where nothing is known yet, the first day of the Congress."""
        recent = self.today - dt.timedelta(days=_SUMMARY_DAYS)
        return f"{recent if self.known.prints else _first_day(congress)}T00:00:00Z"

    @page(
        r"/v3/bill/\d+\?",
        landmark=r'"bills":\s*\[',
        empty=r'"bills":\s*\[\s*\][\s\S]*"count":\s*0\b[\s\S]*\}\s*\Z',
    )
    def bills(self, answer: Answer) -> Things:
        found = answer.json(Bills)
        for bill in found.bills:
            if bill.title.strip():
                yield listing_of(bill)
            else:
                self.reject("a reserved number, without a title yet")
        yield from self._next_page(answer, found.pagination.count)

    @page(r"/v3/summaries/\d+\?", landmark=r'"summaries":\s*\[')
    def summaries(self, answer: Answer) -> Things:
        """Leads to the file of a bill whose title alone does not say what it is about."""
        found = answer.json(Summaries)
        for summary in found.summaries:
            listing = listing_of(summary.bill)
            if self.wants(listing.key, listing.title, without_markup(summary.text)):
                yield from self.follow(listing)
        yield from self._next_page(answer, found.pagination.count)

    @page(
        r"/v3/committee-meeting/\d+\?",
        landmark=r'"committeeMeetings":\s*\[',
        empty=r'"committeeMeetings":\s*\[\s*\][\s\S]*\}\s*\Z',
        beside=True,
    )
    def meetings(self, answer: Answer) -> Things:
        """One page of them: more than that at once are old records that were touched."""
        found = answer.json(Meetings)
        for meeting in found.meetings:
            yield self._ask(
                f"/committee-meeting/{meeting.congress}/{meeting.chamber.lower()}/{meeting.event_id}"
            )
        for _ in range(len(found.meetings), found.pagination.count):
            self.reject("meeting beyond the first page of those touched")

    @page(
        r"/v3/committee-meeting/\d+/[a-z]+/\d+\?", landmark=r'"committeeMeeting":\s*\{', beside=True
    )
    def meeting(self, answer: Answer) -> Things:
        found = answer.json(MeetingAnswer).meeting
        if f"/{found.event_id}?" not in answer.url:
            raise PageChanged(f"the meeting at {answer.url}", found.event_id)
        for hearing in hearings(found, self.timezone):
            if hearing.on >= self.today:
                yield hearing
            else:
                self.reject("meeting that has been")

    def _next_page(self, answer: Answer, count: int) -> Iterator[Request]:
        parts = urlsplit(answer.url)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        offset = int(asked.pop("offset", "0")) + int(asked.pop("limit", "20"))
        if offset < count:
            asked.pop("format", None)
            yield self._ask(parts.path.removeprefix("/v3"), offset, **asked)

    def follow(self, listing: Listing) -> Iterator[Request]:
        congress, (letters, number) = listing.session, listing.identifier.lower().split()
        yield self.get(f"{_BULK}/{congress}/{letters}/BILLSTATUS-{congress}{letters}{number}.xml")

    # -- texts ---------------------------------------------------------------------------------

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        for request in super().version_requests(measure):
            if request.url.endswith(".xml"):
                yield request

    @page(
        r"/content/pkg/(?:BILLS|PLAW)-\w+/(?:xml|uslm)/\w+-\w+\.xml$",
        landmark=r"<(?:\w+:)?(?:bill|resolution|amendment-doc|engrossedAmendment|pLaw)[\s>]",
    )
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, named_in_address(answer.url), media_type="text/xml")


def _first_day(congress: str) -> dt.date:
    return dt.date(1789 + 2 * (int(congress) - 1), 1, 3)
