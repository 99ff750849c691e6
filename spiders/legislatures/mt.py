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
* of each wanted bill that moved in two months, or whose texts were never read:
  `docs/v1/documents/getBillVersions?…`,
  `committees/v1/standingCommitteeMeetingBillHearings/findByBillId?billId=N`, and
  `docs/v1/documents/getContent?documentId=N` of new texts.
12 requests on a quiet day, about 70 on a busy one, 150 the first time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
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
from tracker.model import Chamber, Hearing, Kind, Measure, fold
from tracker.runs import Requests, SourceFacts

_HEARINGS = f"{API}/committees/v1/standingCommitteeMeetingBillHearings/findByBillId"
_PAGE = 500
_STILL_DAYS = 60
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
        requests=Requests(first=150, quiet=12, busy=70),
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
        """From the list: where versions and hearings are told. From there: the new texts."""
        if measure.title is None:
            yield from super().version_requests(measure)
        elif self._is_moving(measure):
            about = {
                "jurisdiction": measure.jurisdiction,
                "session": measure.session,
                "identifier": measure.identifier,
            }
            yield self.get(versions_page(measure))
            yield self.get(f"{_HEARINGS}?billId={self.numbers[measure.key]}", **about)

    def _is_moving(self, measure: Measure) -> bool:
        """Texts and hearings come with actions: a bill that lies still, once read, has no new ones."""
        still = self.today - dt.timedelta(days=_STILL_DAYS)
        read = measure.key in self.known.texts and measure.key not in self.known.asked
        return not read or any(action.on >= still for action in measure.actions or ())

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
