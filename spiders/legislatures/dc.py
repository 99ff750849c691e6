"""Council of the District of Columbia, by LIMS, its legislation system: https://lims.dccouncil.gov

What it is: the public API (https://lims.dccouncil.gov/api/help/index.html), whose bulk list of a
category and Council Period is every bill or resolution with its whole history; details of wanted
ones; the calendar of hearings; texts as PDF, and laws as XML from the Council's own repository. The
API asks for a key, given to who registers as a developer, as DC_API_KEY; it is sent as a bearer's.

robots.txt refuses /api/, so the documented API itself. The key is the Council's permission to read
it all the same; the operator who holds one says so in `tracker.toml`, with who gave it and when:

    [permissions]
    dc = "Council of the District of Columbia, developer key of 2026-03-02"

Without that line the run is `blocked`, without the key it fails, and both say why.

What it is not: the measures of other categories (reprogrammings, notices); texts that are scans, as
signed acts and some introductions are; links between the emergency, temporary and permanent forms
of one text, which have numbers of their own.

Requests: robots.txt, two lists and two months of the calendar on every day; one more for each
measure on topic that moved and one for each new text: with 40 of them on topic 5 on a quiet day, 15
when five moved, 85 the first time. Of a new period's first half the last one's lists are read too,
for acts before the Mayor or Congress.

Quirks: a permanent act goes to Congress after the Mayor, and is law from the day that its law
number's line states; emergency acts are not sent there and end after 90 days; "Other" is glued to
words of a history ("OtherAmendment"); rows without words hold papers only; an empty list is `null`;
the details of a single bill may answer 500 for weeks; papers may be no PDF.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import msgspec
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures.dc_rows import (
    JURISDICTION,
    SITE,
    TIMEZONE,
    Details,
    Record,
    Sitting,
    about,
    actions,
    committees,
    documents,
    effective_on,
    expires_on,
    kind,
    law_text,
    lims_number,
    said,
    sponsors,
    versions,
    votes,
)
from spiders.reading import PageChanged, match
from tracker.model import Hearing, Listing, Measure, VersionText
from tracker.runs import Requests, SourceFacts

API = f"{SITE}/api/v2/PublicData"
CALENDAR = f"{SITE}/Hearings/API/Public/GetHearingsCalendar"
_BILLS, _RESOLUTIONS = 1, 6
_NONE = r"\A\s*(?:null|\[\s*\])\s*\Z"
_REVIEWED_MONTH = 7
_FILE = re.compile(r".*/([A-Z]+\d+-\d+)[^/]*\.pdf", re.IGNORECASE)


class DistrictOfColumbia(LegislatureSpider):
    facts = SourceFacts(
        code="dc",
        jurisdiction=JURISDICTION,
        name="Council of the District of Columbia",
        kind="legislature",
        home=SITE,
        key="DC_API_KEY",
        robots="refuses /api/, the documented API itself: read by the permission that its key is",
        requests=Requests(first=85, quiet=5, busy=15),
    )
    hosts = ("lims.dccouncil.gov", "raw.githubusercontent.com")
    timezone = TIMEZONE
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A Council Period is two years from 2 January of the odd one; the 26th began in 2025.

        In the first half of one, acts of the last are still before the Mayor and Congress.
        """
        began = today.year - (today.year + 1) % 2
        if today == dt.date(began, 1, 1):
            began -= 2
        period = 26 + (began - 2025) // 2
        under_review = began == today.year and today.month < _REVIEWED_MONTH
        return [*([str(period - 1)] if under_review else []), str(period)]

    def begin(self) -> Iterator[Request]:
        self.require_key()
        for session in self.sessions(self.today):
            for category in (_BILLS, _RESOLUTIONS):
                path = f"/BulkData/{category}/{session}"
                yield self._call(path, method="POST", body=b"{}")
        following = self.today.replace(day=1) + dt.timedelta(days=31)
        for month in (self.today, following):
            asked = {"month": month.month, "year": month.year, "committeeId": 0, "searchText": ""}
            yield self.post(CALENDAR, asked)

    def _call(self, path: str, **more: Any) -> Request:
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        return self.ask(f"{API}{path}", {}, headers=headers, **more)

    # -- lists ---------------------------------------------------------------------------------

    @page(r"/PublicData/BulkData/\d+/\d+$", landmark='"legislationNumber"', empty=_NONE)
    def measures(self, answer: Answer) -> Things:
        period = match(r".*/BulkData/\d+/(\d+)", answer.url)[1]
        for record in answer.json(list[Record]):
            told = about(record.legislation_number)
            if told["session"] != period:
                raise PageChanged(f"a measure of period {period}", record.legislation_number)
            yield from self._measure(record, told)

    def _measure(self, record: Record, told: dict[str, Any]) -> Things:
        """The list says nearly all; a listing of each tells whether to ask for the rest."""
        if not said(record.title):
            raise PageChanged("a title", f"none of {record.legislation_number}")
        history = actions(record)
        last = history[-1] if history else None
        described = {
            **told,
            "kind": kind(told),
            "title": said(record.title),
            "url": f"{SITE}/Legislation/{record.legislation_number.strip()}",
        }
        listing = Listing(
            **described,
            last_action=last.text if last else "",
            last_action_on=last.on if last else None,
        )
        yield self.screen(listing, "")
        if self.is_wanted(listing.key):
            yield Measure(
                **described,
                chamber="legislature",
                actions=history,
                versions=versions(record),
                effective_on=effective_on(history),
                expires_on=expires_on(history),
            )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self._call(f"/LegislationDetails/{lims_number(listing.session, listing.identifier)}")

    # -- one measure ---------------------------------------------------------------------------

    @page(r"/PublicData/LegislationDetails/[A-Z]+\d+-\d+$", landmark='"introducers"', beside=True)
    def details(self, answer: Answer) -> Things:
        """Beside the list, which has the history: a single bill's can answer 500 for weeks."""
        asked = match(r".*/([A-Z]+\d+-\d+)", answer.url)[1]
        found = answer.json(Details)
        if about(found.legislation_number) != about(asked):
            raise PageChanged(f"details of {asked}", found.legislation_number)
        yield Measure(
            **about(asked),
            kind=kind(about(asked)),
            abstract=said(found.short_description) or None,
            committees=committees(found),
            sponsors=sponsors(found),
            votes=list(votes(found)),
            documents=list(documents(found)),
        )

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """Texts that can be read: PDF and XML, and no signed act, a scan of the enrollment."""
        readable = [
            version
            for version in measure.versions or ()
            if urlsplit(version.url).path.lower().endswith((".pdf", ".xml"))
            and not version.note.startswith("Signed Act")
        ]
        yield from super().version_requests(msgspec.structs.replace(measure, versions=readable))

    @page(r"/downloads/LIMS/.+\.(?i:pdf)(?:\?|$)", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        path = unquote(urlsplit(answer.url).path)
        told = about(match(_FILE, path)[1])
        context = {"note": path.split("/")[-2].replace("_", " "), **told, **answer.context}
        try:
            named = replace(answer, context=context)
            yield self.version_text(named, media_type="application/pdf")
        except PageChanged as error:
            if "a scanned image" not in error.found:
                raise
            self.reject("text that is a scan, without words")

    @page(r"/periods/\d+/(?:laws|acts)/\d+-\d+\.xml$", landmark="schemas/dc-library")
    def law(self, answer: Answer) -> Things:
        """Its bill is told as `26-351`, without letter and zeros."""
        root = answer.xml()
        numbers = {one.get("type"): one.text or "" for one in root.findall("{*}num")}
        bill = match(r"\d+-\d+", numbers.get("bill", ""))[0]
        told = about(f"B{bill}")
        if answer.context and told != answer.named():
            raise PageChanged(f"the law of {answer.carried('identifier')}", f"that of B{bill}")
        yield VersionText(**told, note=root.get("id") or "", url=answer.url, text=law_text(root))

    # -- hearings ------------------------------------------------------------------------------

    @page(
        r"/Hearings/API/Public/GetHearingsCalendar$",
        landmark='"hearingId"',
        empty=_NONE,
        beside=True,
    )
    def calendar(self, answer: Answer) -> Things:
        for sitting in answer.json(list[Sitting]):
            on = _hour(sitting.hearing_date_time)
            if on.date() >= self.today:
                yield from self._hearings(sitting, on)

    def _hearings(self, sitting: Sitting, starts_at: dt.datetime) -> Iterator[Hearing]:
        called_off = "cancel" in f"{sitting.hearing_title} {sitting.hearing_type}".lower()
        for topic in sitting.topics:
            number = said(topic.legislation_number)
            if not re.match(r"(?:B|PR|CER)\d", number):
                self.reject("topic of a hearing that is no bill or resolution")
                continue
            yield Hearing(
                **about(number),
                on=starts_at.date(),
                starts_at=starts_at,
                timezone=TIMEZONE,
                committee=said(sitting.hearing_title),
                place=said(f"{sitting.location or ''} {sitting.location_address or ''}"),
                note=said(sitting.hearing_type),
                status="cancelled" if called_off else "scheduled",
                url=f"{SITE}/Hearings/hearings/{sitting.hearing_id}",
            )


def _hour(printed: str) -> dt.datetime:
    match(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?", printed)
    try:
        return dt.datetime.fromisoformat(printed).replace(tzinfo=ZoneInfo(TIMEZONE))
    except ValueError as error:
        raise PageChanged("a day and an hour", printed) from error
