"""Wyoming Legislature, by the services behind https://wyoleg.gov/ (Legislative Service Office).

Two services answer JSON without a key. https://api.wyoleg.gov/v1/odata/ has the bills and is the
one the site itself uses; https://lsoservice.wyoleg.gov/api/, the older one, has the calendar (its
list of bills was seen to leave out the budget bills and is not read).

Quirks: a time ends in `Z` but is Mountain time, as the older service says of the same times, so
the printed day is the day; effective dates are printed as `7/1/2026`; the options of a question
carry no `$`; names are written `BillNum` in a question and `billNum` in the answer; titles are
catch titles that end in a full stop and a blank, the long one is the abstract; "COW:Passed" and
"2nd Reading:Passed" are no passage. A bill of a special session is listed, but its page can't be
told from that of the regular bill of the same number, so only its title and last action are read.

A crawl asks for `BillInformations` of the year (in December of the next, too), for the calendar of
two months, for `BillReferences` of each wanted bill that moved, and for the PDF of each new text:
with 40 bills on topic 86 requests the first time, 5 on a quiet day, 16 on a busy one (a year has some
400 bills).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote_plus, urlencode, urljoin
from zoneinfo import ZoneInfo

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures.wy_rows import (
    KINDS,
    NOTES,
    SITE,
    Bill,
    Meeting,
    Row,
    Rows,
    actions,
    committees,
    documents,
    effective_on,
    sponsors,
    versions,
    votes,
)
from spiders.reading import PageChanged, match, measure_number
from tracker.model import Hearing, Listing, Measure, fold
from tracker.runs import Requests, SourceFacts

SERVICE = "https://api.wyoleg.gov/v1/odata"
CALENDAR = "https://lsoservice.wyoleg.gov/api/Calendar/Events"
_FIELDS = "BillNum,ShortTitle,Year,LastActionDate,LastAction,SpecialSessionValue"
_WITH = "substituteBills,vetoes,amendments($expand=amendmentBudgetSections)"
_OF_A_COMMITTEE = 2


class Wyoming(LegislatureSpider):
    facts = SourceFacts(
        code="wy",
        jurisdiction="us-wy",
        name="Wyoming Legislature",
        kind="legislature",
        home=f"{SITE}/",
        requests=Requests(first=86, quiet=5, busy=16),
    )
    hosts = ("api.wyoleg.gov", "lsoservice.wyoleg.gov", "wyoleg.gov")
    timezone = "America/Denver"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The year: a general session from January of odd years, a budget session from February of
        even ones. Numbers are given from December on, so that the next year is read then too."""
        return [str(today.year), *([str(today.year + 1)] if today.month == 12 else [])]

    def begin(self) -> Iterator[Request]:
        for year in self.sessions(self.today):
            asked = {"select": _FIELDS, "filter": f"Year eq {year}", "orderby": "BillNum"}
            yield self.get(_address("BillInformations", asked))

    def unmodified(
        self,
        url: str,
        context: Mapping[str, Any],  # noqa: ARG002 - the address says all
    ) -> Iterator[Request]:
        if "/BillInformations?" in url:
            yield from self._after_bills(url)

    def _after_bills(self, url: str) -> Iterator[Request]:
        """Calendars of this month and the next, read once, when the wanted bills are known."""
        if re.search(rf"\bYear eq {self.today.year}\b", unquote_plus(url)):
            following = (self.today.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
            for month in (self.today, following):
                yield self.get(f"{CALENDAR}/{month:%Y%m}01")

    # -- bills ---------------------------------------------------------------------------------

    @page(
        r"/BillInformations\?",
        landmark='"value"',
        empty=r'"value"\s*:\s*\[\s*\]',
    )
    def bills(self, answer: Answer) -> Things:
        found = answer.json(Rows)
        for row in found.value:
            if row.short_title and row.short_title.strip():
                yield self._listing(row, row.short_title)
            else:
                self.reject("number without a bill")
        if found.following:
            yield self.get(urljoin(answer.url, found.following))
        else:
            yield from self._after_bills(answer.url)

    def _listing(self, row: Row, title: str) -> Listing:
        identifier = measure_number(row.bill_num)
        letters = _letters(identifier)
        nth = row.special_session_value
        special = f"?specialSessionValue={nth}" if nth else ""
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=f"{row.year}S{nth}" if nth else str(row.year),
            identifier=identifier,
            kind=KINDS[letters],
            title=fold(title),
            last_action=fold(row.last_action or ""),
            last_action_on=row.last_action_date.date() if row.last_action_date else None,
            url=f"{SITE}/Legislation/{row.year}/{row.bill_num}{special}",
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        if "S" in listing.session:
            self.reject("page of a bill of a special session")
            return
        number = listing.url.rpartition("/")[2]
        asked = {"year": listing.session, "billNumber": number, "expand": _WITH}
        yield self.get(_address("BillReferences", asked))

    @page(r"/BillReferences\?", landmark='"catchTitle"')
    def bill(self, answer: Answer) -> Things:
        found = answer.json(Bill)
        year = match(r"\d{4}", answer.asked("year")).group()
        if found.bill != answer.asked("billNumber"):
            raise PageChanged(f"the bill {answer.asked('billNumber')}", found.bill)
        identifier = measure_number(found.bill)
        letters = _letters(identifier)
        told = actions(found)
        yield Measure(
            jurisdiction=self.facts.jurisdiction,
            session=year,
            identifier=identifier,
            kind=KINDS[letters],
            chamber="lower" if letters.startswith("H") else "upper",
            title=fold(found.catch_title),
            abstract=fold(found.bill_title) if found.bill_title else None,
            url=f"{SITE}/Legislation/{year}/{found.bill}",
            effective_on=effective_on(found),
            committees=committees(told),
            sponsors=sponsors(found),
            actions=told,
            versions=versions(found),
            documents=list(documents(found)),
            votes=votes(found),
        )

    @page(rf"^{SITE}/\d{{4}}/\w+/[\w%.-]+\.pdf$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        year, folder, number = match(r".*/(\d{4})/(\w+)/([A-Z]{2}\d+).*\.pdf", answer.url).groups()
        about = {
            "jurisdiction": self.facts.jurisdiction,
            "session": year,
            "identifier": measure_number(number),
            **({"note": NOTES[folder]} if folder in NOTES else {}),
        }
        yield self.version_text(answer, about, media_type="application/pdf")

    # -- hearings ------------------------------------------------------------------------------

    @page(
        r"/Calendar/Events/\d{8}$",
        landmark='"meetingKind"',
        empty=r"\A\s*\[\s*\]\s*\Z",
        beside=True,
    )
    def calendar(self, answer: Answer) -> Things:
        for meeting in answer.json(list[Meeting]):
            heard = meeting.session_meeting_bills or []
            if meeting.meeting_kind == _OF_A_COMMITTEE and heard:
                for bill in heard:
                    yield self._hearing(meeting, bill.bill_number)
            else:
                self.reject("event on no bill")

    def _hearing(self, meeting: Meeting, number: str) -> Hearing:
        starts_at = meeting.start_date.replace(tzinfo=ZoneInfo(self.timezone))
        committee = (meeting.committee and meeting.committee.full_name) or ""
        purpose = fold(meeting.purpose or "")
        return Hearing(
            jurisdiction=self.facts.jurisdiction,
            session=str(starts_at.year),
            identifier=measure_number(number),
            on=starts_at.date(),
            starts_at=starts_at,
            timezone=self.timezone,
            committee=fold(committee) or fold(meeting.meeting_type or ""),
            place=fold(meeting.address1 or ""),
            note=purpose,
            status="cancelled" if "cancel" in purpose.lower() else "scheduled",
            url=f"{SITE}/Calendar/{starts_at:%Y%m}01",
        )


def _letters(identifier: str) -> str:
    letters = identifier.partition(" ")[0]
    if letters not in KINDS:
        raise PageChanged(f"one of {', '.join(KINDS)}", identifier)
    return letters


def _address(entities: str, asked: dict[str, str]) -> str:
    return f"{SERVICE}/{entities}?{urlencode(asked, safe='$,()', quote_via=quote)}"
