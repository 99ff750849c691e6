"""Alaska State Legislature, https://www.akleg.gov/, by its list of bills and its bill pages.

The list is one answer of the BASIS service (https://www.akleg.gov/publicservice/basis/, no key):
every measure of a legislature with short and full title and status, about 220 kB without the full
titles. Of the measures that matter the page of the bill is read: history, sponsors, subjects,
versions, and the committee meetings to come, which stand among the actions of their day.

Quirks: a legislature of two years is one session, special sessions included; numbers are padded
with blanks; numbers that were never used stay listed as NOT INTRODUCED; a legislature that has not
begun is an "Invalid Session Number"; texts have a number before each line; capitals tell who is a
prime sponsor.

A crawl asks for `bills?session=34&minifyresult=false&json=true`, and for each wanted measure that
moved `/basis/Bill/Detail/34?Root=HB250` and the pages of new texts: 2 requests on a quiet day, 12 on
a busy one, 82 the first time, however many measures are listed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures import ak_list, ak_page
from spiders.reading import PageChanged, day, match, measure_number
from tracker.model import Chamber, Hearing, Kind, Listing, Measure
from tracker.runs import Requests, SourceFacts

_SITE = "https://www.akleg.gov"
_KINDS: dict[str, Kind] = {
    "HB": "bill",
    "SB": "bill",
    **dict.fromkeys(
        ("HJR", "SJR", "HCR", "SCR", "HR", "SR", "HSCR", "SSCR"),
        "resolution",
    ),
}
_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_NEVER_USED = "NOT INTRODUCED"
# The 34th legislature is that of 2025 and 2026.
_YEAR_BEFORE_FIRST = 1957


class Alaska(LegislatureSpider):
    facts = SourceFacts(
        code="ak",
        jurisdiction="us-ak",
        name="Alaska State Legislature",
        kind="legislature",
        home="https://www.akleg.gov/",
        requests=Requests(first=82, quiet=2, busy=12),
    )
    hosts = ("www.akleg.gov",)
    timezone = "America/Anchorage"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The number of the legislature; a new one every odd January."""
        return [str((today.year - _YEAR_BEFORE_FIRST) // 2)]

    def begin(self) -> Iterator[Request]:
        for legislature in self.sessions(self.today):
            query = f"session={legislature}&minifyresult=false&json=true"
            request = self.get(f"{_SITE}/publicservice/basis/bills?{query}")
            # Older versions of the service know no JSON.
            request.headers["X-Alaska-Legislature-Basis-Version"] = "1.4"
            yield request

    @page(
        r"/publicservice/basis/bills\?",
        landmark='"BillNumber"|<Bill billnumber=',
        empty=r'(?s)\A\s*\{.*"Bills"\s*:\s*\[\s*\].*\}\s*\Z|Invalid Session Number',
    )
    def bills(self, answer: Answer) -> Things:
        legislature = answer.asked("session")
        for row in ak_list.rows(answer):
            if row.short_title.upper() == _NEVER_USED:
                self.reject("number that was never used")
            else:
                yield self._listing(legislature, row)

    def _listing(self, legislature: str, row: ak_list.Row) -> Listing:
        identifier = measure_number(row.number)
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=legislature,
            identifier=identifier,
            kind=_kind(identifier),
            title=row.full_title or row.short_title,
            last_action=row.status,
            last_action_on=day(row.status_day, "%Y-%m-%d") if row.status_day else None,
            url=human_page(legislature, identifier),
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(human_page(listing.session, listing.identifier))

    @page(r"(?i)/basis/Bill/Detail/\d+\?Root=", landmark=r'class="information')
    def bill(self, answer: Answer) -> Things:
        soup = answer.soup()
        facts = ak_page.information(soup)
        identifier = measure_number(answer.asked("Root"))
        if measure_number(facts["Bill"]) != identifier:
            raise PageChanged(f"the page of {identifier}", facts["Bill"])
        about: dict[str, Any] = {
            "jurisdiction": self.facts.jurisdiction,
            "session": match(r".*/(\d+)\?.*", answer.url)[1],
            "identifier": identifier,
        }
        rows = ak_page.rows(soup)
        actions = [row.action for row in rows if row.action.on <= self.today]
        yield Measure(
            **about,
            kind=_kind(identifier),
            chamber=_CHAMBERS[identifier[0]],
            title=ak_list.unquoted(facts["Title"]),
            url=human_page(about["session"], identifier),
            effective_on=ak_page.effective_on(actions),
            subjects=ak_page.subjects(soup),
            sponsors=ak_page.sponsors(soup),
            actions=actions,
            versions=ak_page.versions(soup),
            votes=list(ak_page.votes(actions)),
        )
        yield from self._hearings(rows, about)

    def _hearings(self, rows: Sequence[ak_page.Row], about: dict[str, Any]) -> Iterator[Hearing]:
        """Committee meetings to come; other lines of days to come say nothing that has happened."""
        for row in rows:
            if row.meeting is not None and row.action.on >= self.today:
                yield ak_page.hearing(row.meeting, row.action, rows, self.timezone, about)
            elif row.action.on > self.today:
                self.reject("line of a day to come that is no meeting")

    @page(r"(?i)/basis/Bill/Text/\d+\?Hsid=\w+$", landmark='id="draftOverlay"')
    def text(self, answer: Answer) -> Things:
        text = ak_page.running_text(answer.soup())
        yield self.version_text(
            dataclasses.replace(answer, body=text.encode()), media_type="text/plain"
        )


def human_page(legislature: str, identifier: str) -> str:
    return f"{_SITE}/basis/Bill/Detail/{legislature}?Root={identifier.replace(' ', '')}"


def _kind(identifier: str) -> Kind:
    prefix = identifier.partition(" ")[0]
    if prefix not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", identifier)
    return _KINDS[prefix]
