"""Wisconsin Legislature: https://docs.legis.wisconsin.gov

What it is: the lists of a session's proposals by house and kind, with full titles, the page of each
proposal (history with totals of votes, sponsors, papers), its texts as PDF, and the schedule of
committees, which holds a whole biennium on one page.

What it is not: amendments, which have pages of their own; twins of the other house (nearly every
bill has one), which the page does not name in a known form; subjects, which have an index of their
own. The site's feeds tell what moved, but not in a form that is known, so they are not read. A
special session is read once it is named below.

Requests: two indexes, the schedule, a list for each house and kind, which are asked "has it changed?".
The lists don't tell that a proposal moved, so the page of each watched one is asked too until June of
the even year: with 40 of them and lists of bills only, 87 requests the first time, 47 on a quiet day,
52 on a busy one.

Quirks: the day a session ends, every proposal left "failed to pass pursuant to Senate Joint
Resolution 1"; "Attempted to present to the Governor" is not yet presented; special sessions count
their bills from 1 and link in capitals; the schedule shows a waiting page ("Please wait") while it
fetches, which is no answer and is refused; of its items only numbers of proposals are read, and not
those that the regular and a special session both have, since it does not say which is meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import MONDAY, nth
from spiders.legislatures.wi_page import (
    SITE,
    address_of,
    kind_of,
    measure_of,
    named_in_text_url,
    relating_to,
    same_measure,
    session_name,
    url_of,
)
from spiders.legislatures.wi_schedule import hearings
from spiders.reading import Blocked, PageChanged, attribute, match, one, some, text
from tracker.model import AnyItem, Hearing, Listing
from tracker.runs import Requests, SourceFacts

_SCHEDULE = (
    "https://committeeschedule.legis.wisconsin.gov/?StartDate={:%Y-%m-%d}&CommitteeID=-1"
    "&CommItemVisibleName=-1&TopicID=-1&ViewType=listBiennium&ReloadCache=True"
)
_KINDS = ("bill", "joint_resolution", "resolution")
# A special session is read until the governor has acted on what it passed.
_SPECIAL = {"2025/my6": (dt.date(2026, 5, 12), dt.date(2026, 7, 31))}
_LAST_MONTH = 6


class Wisconsin(LegislatureSpider):
    facts = SourceFacts(
        code="wi",
        jurisdiction="us-wi",
        name="Wisconsin Legislature",
        kind="legislature",
        home=SITE,
        robots="/scroll/ and /search/results are refused; lists and pages of proposals are read",
        requests=Requests(first=87, quiet=47, busy=52),
    )
    hosts = ("docs.legis.wisconsin.gov", "committeeschedule.legis.wisconsin.gov")
    timezone = "America/Chicago"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A biennium begins on the first Monday of January in the odd year, or on the 3rd where
        that Monday is the 1st or 2nd (Wis. Stat. 13.02)."""
        special = (code for code, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return (f"{_biennium(today)}/reg", *special)

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            year, slug = session.split("/")
            for house in ("asm", "sen"):
                yield self.fresh(f"{SITE}/{year}/proposals/{slug}/{house}")
        yield self.fresh(_SCHEDULE.format(self.today))
        if self.today.year % 2 or self.today.month <= _LAST_MONTH:
            yield from self._watched()

    def _watched(self) -> Iterator[Request]:
        """The same page is asked but once, also where its row in a list is new."""
        for session in self.sessions(self.today):
            prefix = f"{self.facts.jurisdiction}/{session_name(session)}/"
            for key in sorted(self.known.watched):
                if key.startswith(prefix):
                    yield self.get(url_of(session, key.removeprefix(prefix)))

    @page(r"/\d{4}/proposals/\w+/(?:asm|sen)/?$", landmark='class="[^"]*(?:docLinks|infoLinks)')
    def kinds(self, answer: Answer) -> Things:
        """The kinds of proposal that a house has: a list of one it has none of is not asked for."""
        links = some(answer.soup(), "ul.docLinks a[href], ul.infoLinks a[href]")
        found = [attribute(link, "href").lower().rstrip("/").rpartition("/")[2] for link in links]
        if "bill" not in found or not set(found) <= set(_KINDS):
            raise PageChanged(f"bill and others of {', '.join(_KINDS)}", ", ".join(found))
        for kind in dict.fromkeys(found):
            yield self.get(f"{answer.url.rstrip('/')}/{kind}")

    @page(
        r"/\d{4}/proposals/\w+/(?:asm|sen)/(?:bill|joint_resolution|resolution)/?$",
        landmark='class="[^"]*infoLinks',
    )
    def proposals(self, answer: Answer) -> Things:
        for row in some(one(answer.soup(), "ul.infoLinks"), "li > div"):
            yield self._listing(row, answer)

    def _listing(self, row: Tag, answer: Answer) -> Listing:
        link = one(row, "div.span3 a[href]")
        found = address_of(urljoin(answer.url, attribute(link, "href")))
        same_measure(found, text(link))
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=found.session,
            identifier=found.identifier,
            kind=kind_of(found.identifier),
            title=relating_to(match(r"- (.+)", text(one(row, "div.span6")))[1]),
            url=found.url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(
        r"(?i)/\d{4}/proposals/\w+/(?:asm|sen)/(?:bill|joint_resolution|resolution)/[a-z]+\d+$",
        landmark='class="[^"]*propStatus',
    )
    def proposal(self, answer: Answer) -> Things:
        yield measure_of(answer)

    @page(r"/document/\w+/\d{4}/\w+/[A-Z]+\d+\.pdf$", landmark="%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, named_in_text_url(answer.url), media_type="application/pdf")

    @page(
        r"//committeeschedule\.legis\.wisconsin\.gov/\?",
        landmark=r"(?s)(?:successCallback\(\[|Fetching the latest).*</html>\s*\Z",
        beside=True,
    )
    def schedule(self, answer: Answer) -> Things:
        if b"successCallback([" not in answer.body:
            raise Blocked("the schedule of committees", "a page that says 'Please wait'")
        session = str(_biennium(self.today))
        for hearing in hearings(answer.text(), session, self.timezone):
            if hearing.on >= self.today:
                yield hearing
            else:
                self.reject("meeting that has been")

    def drops(self, item: AnyItem) -> str:
        if isinstance(item, Hearing) and any(
            f"{self.facts.jurisdiction}/{session_name(session)}/{item.identifier}" in self.listed
            for session in self.sessions(self.today)[1:]
        ):
            return "hearing of a number that two sessions have"
        return super().drops(item)


def _biennium(today: dt.date) -> int:
    year = today.year if today.year % 2 else today.year - 1
    opening = max(nth(1, MONDAY, 1, year), dt.date(year, 1, 3))
    return year if today >= opening else year - 2
