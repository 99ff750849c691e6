"""Montana Legislature, https://www.legmt.gov/, by the API behind https://bills.legmt.gov/.

The API (https://api.legmt.gov/) answers JSON and needs no key. One search returns every bill of a
session with its whole history, so no page of a bill is read; only versions and hearings are.

Quirks: the same session has three names (2, 20251, 69th); a draft (`LC3071`) is a row of the same
list until it gets a bill number and is left out on purpose, because it may never become a bill;
`offset` counts pages; a bill without documents answers 404; texts exist as PDF only. The progress
category of the API is not read: it calls bills that await a vote "Probably Dead".

A crawl asks for
* `legislators/v1/sessions`, `legislators/v1/legislators` and
  `committees/v1/standingCommittees/findBySessionId?sessionId=2`, always afresh, as the search
  can't be read without their names;
* `bills/v1/bills/search?limit=500&offset=N…` (POST), some 9 pages;
* of each wanted bill whose texts were never read, on the day of an action and on a few days after:
  `docs/v1/documents/getBillVersions?…`, and `docs/v1/documents/getContent?documentId=N` of new texts;
* of each wanted bill that moved in two months, on the day it moves and then every third day, as a
  hearing is announced three days before:
  `committees/v1/standingCommitteeMeetingBillHearings/findByBillId?billId=N`.
With 2,000 bills listed, 40 of them wanted, and `robots.txt`: 22 requests on a quiet day of a session,
8 where none is sitting, 35 when five bills move, 128 the first time. A session lists some 4,500.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Thing, Things, as_listing, named, page
from spiders.legislatures.mt_addresses import API, versions_page
from spiders.legislatures.mt_rows import (
    Bill,
    BillHearing,
    Committee,
    File,
    Found,
    Legislator,
    Meeting,
    Session,
    actions,
    committee_name,
    sponsors,
    versions,
)
from spiders.legislatures.numbered_sessions import session_name
from spiders.reading import PageChanged
from tracker.canonical import listing_print
from tracker.model import Chamber, Hearing, Kind, Measure, fold
from tracker.runs import Requests, SourceFacts

_HEARINGS = f"{API}/committees/v1/standingCommitteeMeetingBillHearings/findByBillId"
_PAGE = 500
# Texts come with actions, or some days after.
_TEXT_AFTER_DAYS = frozenset({0, 1, 2, 4, 8, 16, 32})
_STILL_DAYS, _TURN_DAYS = 60, 3
# For a page read by itself; a crawl asks the API for the numbers of its sessions.
_SESSION_NUMBERS = {2: "20251"}
_CHAMBERS: dict[str, Chamber] = {"HOUSE": "lower", "SENATE": "upper"}
_KINDS: dict[str, Kind] = {
    "HB": "bill",
    "SB": "bill",
    "HJ": "resolution",
    "SJ": "resolution",
    "HR": "resolution",
    "SR": "resolution",
}
_MEETINGS: dict[str, Literal["scheduled", "cancelled"]] = {
    "SCHEDULED": "scheduled",
    "CANCELLED": "cancelled",
    "CANCELED": "cancelled",
}


class Montana(LegislatureSpider):
    facts = SourceFacts(
        code="mt",
        jurisdiction="us-mt",
        name="Montana Legislature",
        kind="legislature",
        home="https://www.legmt.gov/",
        requests=Requests(first=128, quiet=22, busy=35),
    )
    hosts = ("api.legmt.gov",)
    timezone = "America/Denver"
    complete_list = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.numbers: dict[str, int] = {}

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The regular session of the legislature; that of the next odd year from December.

        A session of ninety days in the odd years; special sessions of the same legislature are
        found in the API's own list.
        """
        year = today.year + (today.month == 12)
        return [f"{year if year % 2 else year - 1}1"]

    def begin(self) -> Iterator[Request]:
        yield self.fresh(f"{API}/legislators/v1/sessions")

    # -- names ---------------------------------------------------------------------------------

    @page(r"/legislators/v1/sessions$", landmark='"ordinals"')
    def session_list(self, answer: Answer) -> Things:
        known = answer.json(list[Session])
        wanted = self.sessions(self.today)
        legislatures = {s.legislature.ordinals for s in known if s.ordinals in wanted}
        if not legislatures:
            raise PageChanged(f"the session {', '.join(wanted)}", f"{[s.ordinals for s in known]}")
        of_them = {s.id: s.ordinals for s in known if s.legislature.ordinals in legislatures}
        yield self.fresh(f"{API}/legislators/v1/legislators", sessions=of_them)

    @page(r"/legislators/v1/legislators$", landmark='"lastName"')
    def legislators(self, answer: Answer) -> Things:
        names = {
            str(one.id): fold(f"{one.first_name} {one.last_name}")
            for one in answer.json(list[Legislator])
        }
        for session_id, ordinals in answer.context.get("sessions", {}).items():
            yield self.fresh(
                f"{API}/committees/v1/standingCommittees/findBySessionId?sessionId={session_id}",
                legislators=names,
                ordinals=ordinals,
            )

    @page(r"/standingCommittees/findBySessionId\?", landmark='"committeeCode"')
    def committees(self, answer: Answer) -> Things:
        names = {str(committee.id): committee.name for committee in answer.json(list[Committee])}
        session_id = int(answer.asked("sessionId"))
        yield self._search(0, {**answer.context, "committees": names, "session_id": session_id})

    # -- bills ---------------------------------------------------------------------------------

    def _search(self, offset: int, context: dict[str, Any]) -> Request:
        query = [
            ("limit", _PAGE),
            ("offset", offset),
            ("includeCounts", "true"),
            ("sort", "billType.code,desc"),
            ("sort", "billNumber,asc"),
            ("sort", "draft.draftNumber,asc"),
        ]
        return self.post(
            f"{API}/bills/v1/bills/search?{urlencode(query)}",
            {"sessionIds": [context["session_id"]]},
            **context,
        )

    @page(
        r"/bills/v1/bills/search\?",
        landmark='"totalPages"',
        empty=r'(?s)\A\s*\{.*"content"\s*:\s*\[\s*\].*\}\s*\Z',
    )
    def bills(self, answer: Answer) -> Things:
        found = answer.json(Found)
        ids = {bill.id for bill in found.content}
        again = ids.intersection(answer.context.get("before", ()))
        if again:
            raise PageChanged(
                "bills that the page before does not hold", f"again {sorted(again)[:5]}"
            )
        drafts = [bill for bill in found.content if bill.bill_number is None]
        for _ in drafts:
            self.reject("draft without a bill number")
        if len(drafts) == len(found.content):
            self.empty_proof = f"{len(drafts)} drafts, none with a bill number"
        for bill in found.content:
            if bill.bill_number is not None:
                measure = self._measure(bill, answer)
                self.numbers[measure.key] = bill.id
                yield measure
        offset = int(answer.asked("offset")) + 1
        if offset < found.total_pages:
            yield self._search(offset, {**answer.context, "before": sorted(ids)})

    def _measure(self, bill: Bill, answer: Answer) -> Measure:
        context, code = answer.context, bill.bill_type.code
        committees = context.get("committees")
        if code not in _KINDS or bill.bill_type.chamber not in _CHAMBERS:
            raise PageChanged(f"one of {', '.join(_KINDS)}", f"{code} {bill.bill_type.chamber}")
        acted = (committee_name(status, committees) for status in bill.draft.bill_statuses)
        return Measure(
            jurisdiction=self.facts.jurisdiction,
            session=session_name(self._ordinals(bill, answer)),
            identifier=f"{code} {bill.bill_number}",
            kind=_KINDS[code],
            chamber=_CHAMBERS[bill.bill_type.chamber],
            title=fold(bill.draft.short_title),
            abstract=bill.draft.description,
            url=f"https://bills.legmt.gov/#/laws/bill/{bill.session_id}/{bill.draft.draft_number}",
            subjects=[fold(one.subject_code.description) for one in bill.draft.subjects],
            committees=list(dict.fromkeys(filter(None, acted))) if committees else None,
            sponsors=sponsors(bill, context.get("legislators")),
            actions=actions(bill.draft, committees),
        )

    @page(r"/bills/v1/bills(?:/\d+|/findBySessionIdAndDraftNumber\?.+)?$", landmark='"draftNumber"')
    def bill(self, answer: Answer) -> Things:
        """One bill by itself, as it stands in the list."""
        yield self._measure(answer.json(Bill), answer)

    def _ordinals(self, bill: Bill, answer: Answer) -> str:
        ordinals = answer.context.get("ordinals") or _SESSION_NUMBERS.get(bill.session_id)
        if ordinals is None:
            raise PageChanged("a session known by its number", str(bill.session_id))
        return str(ordinals)

    # -- one bill ------------------------------------------------------------------------------

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """From the list: where versions are told. From there: the new texts."""
        if measure.title is None:
            yield from super().version_requests(measure)
        else:
            yield self.get(versions_page(measure))

    def sift(self, thing: Thing) -> Things:
        """Of the bills on topic in the list those that moved are read; the others may be heard."""
        if not isinstance(thing, Measure) or thing.title is None:
            yield from super().sift(thing)
            return
        row = as_listing(thing)
        moved = self.known.prints.get(row.key) != listing_print(row).hex()
        if moved or self._may_have_texts(thing):
            yield from super().sift(thing)
            if moved and self.is_wanted(row.key):
                yield row
        self.listed.add(row.key)
        if self.is_wanted(row.key) and (moved or self._may_be_heard(thing)):
            yield self.get(f"{_HEARINGS}?billId={self.numbers[row.key]}", **named(row))

    def _may_have_texts(self, measure: Measure) -> bool:
        unread = measure.key not in self.known.texts
        asked = measure.key in self.known.asked or measure.key == self.known.canary
        return unread or asked or bool(self._ages(measure) & _TEXT_AFTER_DAYS)

    def _may_be_heard(self, measure: Measure) -> bool:
        """A bill that lies still is heard no more; of the others each has its days."""
        its_turn = (self.numbers[measure.key] + self.today.toordinal()) % _TURN_DAYS == 0
        return its_turn and any(age <= _STILL_DAYS for age in self._ages(measure))

    def _ages(self, measure: Measure) -> set[int]:
        return {(self.today - action.on).days for action in measure.actions or ()}

    @page(r"/documents/getBillVersions\?", landmark='"fileName"', absent=True)
    def version_list(self, answer: Answer) -> Things:
        if answer.status != 200:
            self.reject("bill without a printed version")
            return
        yield Measure(
            jurisdiction=self.facts.jurisdiction,
            session=session_name(answer.asked("sessionOrdinal")),
            identifier=f"{answer.asked('billType')} {answer.asked('billNumber')}",
            versions=list(versions(answer.json(list[File]))),
        )

    @page(r"/documents/getContent\?documentId=\d+$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")

    @page(
        r"/standingCommitteeMeetingBillHearings/findByBillId\?",
        landmark='"meetingTime"',
        empty=r"\A\s*\[\s*\]\s*\Z",
        absent=True,
    )
    def hearings(self, answer: Answer) -> Things:
        if answer.status != 200:
            self.reject("bill without a hearing")
            return
        if "identifier" not in answer.context:
            raise PageChanged("hearings asked for as of a bill", "nothing about the bill")
        for one in answer.json(list[BillHearing]):
            yield from self._hearing(one.committee_meeting, answer)

    def _hearing(self, meeting: Meeting, answer: Answer) -> Iterator[Hearing]:
        starts_at = meeting.meeting_time
        status = _MEETINGS.get(meeting.status)
        if status is None and starts_at.date() >= self.today:
            raise PageChanged(f"one of {', '.join(_MEETINGS)}", meeting.status)
        if status is None:
            self.reject("hearing that is over")
            return
        yield Hearing(
            jurisdiction=self.facts.jurisdiction,
            session=answer.context["session"],
            identifier=answer.context["identifier"],
            on=starts_at.date(),
            starts_at=starts_at.replace(tzinfo=ZoneInfo(self.timezone)),
            timezone=self.timezone,
            committee=meeting.standing_committee.name,
            place=fold(meeting.location or ""),
            status=status,
        )
