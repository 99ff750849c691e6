"""New York State Legislature, by Open Legislation, the API of the Senate that covers both houses:
https://legislation.nysenate.gov

What it is: a search over titles, summaries, memos and texts of a term's bills and resolutions, the
whole record of each, its prints as plain text, and the Senate's committee agendas. It asks for a key,
free at https://legislation.nysenate.gov and given as NEW_YORK_API_KEY; without it the run fails and
says so. The key is taken in the address only, which is why captures show addresses without it.

What it is not: the Assembly's floor votes and agendas, which the API does not have; and a complete
list: a bill that holds none of the words searched for is not listed, so none is missed by absence.

Requests: one search a term (two where it finds over a thousand), one for the meetings of the next
two weeks, one for each week's agenda in session, `robots.txt`; one more for each wanted bill that
moved, and one for each new print of it: with 40 bills found and wanted, 3 on a quiet day, 13 when
five move, 83 the first time. How many bills a term has makes no difference.

Quirks: a term has two years and is named by the first; bills carry over within it; a print has a
letter from its first amendment on (S4735B), the bill is S 4735; twins in both houses are "same as"
each other, and one is substituted for the other before the vote; what became law unsigned is told by
a milestone only; "TABLED" after "VETOED MEMO" lays the message aside.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.key_in_address import keyed
from spiders.legislatures.ny_bill import (
    listing_of,
    measure_of,
    session_name,
    session_year,
    url_of,
)
from spiders.legislatures.ny_json import (
    Addendum,
    AgendaAnswer,
    BillAnswer,
    Committee,
    Meetings,
    Search,
    TextAnswer,
)
from spiders.reading import PageChanged, match, measure_number, words
from tracker.model import Hearing, Listing, Measure, VersionText, fold
from tracker.runs import Requests, SourceFacts

API = "https://legislation.nysenate.gov/api/3"
_PER_PAGE = 1000
_AHEAD = dt.timedelta(days=14)
# Found in any field of a bill, its text too; what is found is judged by title and summary.
_TERM = (
    'immigration OR immigrant OR immigrants OR noncitizen OR "287(g)" OR "civil arrest"'
    ' OR "customs enforcement" OR deportation OR "federal agents"'
)
_NONE = r'"total"\s*:\s*0\s*,[\s\S]*\}\s*\Z'
# A print numbers its lines in the margin.
_LINE_NUMBER = re.compile(r"^ {0,6}\d{1,2} {2,}", re.MULTILINE)


class NewYork(LegislatureSpider):
    facts = SourceFacts(
        code="ny",
        jurisdiction="us-ny",
        name="New York State Legislature, Open Legislation",
        kind="legislature",
        home="https://www.nysenate.gov",
        key="NEW_YORK_API_KEY",
        requests=Requests(first=83, quiet=3, busy=13),
    )
    hosts = ("legislation.nysenate.gov",)
    timezone = "America/New_York"

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A term begins with the odd year; in its January the governor may still act on what the
        last one passed."""
        year = today.year - (today.year + 1) % 2
        ended = [str(year - 2)] if today.year == year and today.month == 1 else []
        return [*ended, str(year)]

    def begin(self) -> Iterator[Request]:
        self.require_key()
        until = self.today + _AHEAD
        yield self._ask(f"/agendas/meetings/{self.today}/{until}")
        for session in self.sessions(self.today):
            yield self._search(session, 1)

    def _ask(self, path: str, /, query: dict[str, Any] | None = None, **context: Any) -> Request:
        asked = f"?{urlencode(query, quote_via=quote)}" if query else ""
        return keyed(self.get(f"{API}{path}{asked}", **context), "key")

    def _search(self, session: str, offset: int) -> Request:
        query = {"term": _TERM, "sort": "status.actionDate:DESC", "limit": _PER_PAGE}
        return self._ask(f"/bills/{session}/search", {**query, "offset": offset})

    # -- lists ---------------------------------------------------------------------------------

    @page(r"/api/3/bills/\d{4}/search\?", landmark=r'"basePrintNo"\s*:', empty=_NONE)
    def found(self, answer: Answer) -> Things:
        session = match(r".*/bills/(\d{4})/search\?.*", answer.url)[1]
        search = answer.json(Search)
        if search.offset_end - search.offset_start + 1 != len(search.result.items):
            raise PageChanged(
                f"bills {search.offset_start} to {search.offset_end}",
                f"{len(search.result.items)} of them",
            )
        for one in search.result.items:
            if str(one.result.session) != session:
                raise PageChanged(f"bills of the term {session}", str(one.result.session))
            yield self.screen(listing_of(one.result), fold(one.result.summary))
        if search.offset_end < search.total:
            yield self._search(session, search.offset_end + 1)

    def follow(self, listing: Listing) -> Iterator[Request]:
        print_no = listing.identifier.replace(" ", "")
        path = f"/bills/{session_year(listing.session)}/{print_no}"
        yield self._ask(path, {"view": "no_fulltext"})

    # -- one bill ------------------------------------------------------------------------------

    @page(r"/api/3/bills/\d{4}/[A-Z]\d+\?view=no_fulltext", landmark=r'"actions"\s*:')
    def bill(self, answer: Answer) -> Things:
        bill = answer.json(BillAnswer).result
        year, print_no = match(r".*/bills/(\d{4})/([A-Z]\d+)\?.*", answer.url).groups()
        if (str(bill.session), bill.base_print_no) != (year, print_no):
            raise PageChanged(f"{print_no} of {year}", f"{bill.base_print_no} of {bill.session}")
        yield measure_of(bill)

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """The print as plain text; what a person opens is its PDF."""
        for version in measure.versions or ():
            if self.is_new_text(measure.key, version):
                base, letter = match(r"([A-Z]\d+)([A-Z]?)", version.note).groups()
                query = {"view": "only_fulltext", "version": letter, "fullTextFormat": "PLAIN"}
                path = f"/bills/{session_year(measure.session)}/{base}"
                yield self._ask(path, query, note=version.note, url=version.url)

    @page(r"/api/3/bills/\d{4}/[A-Z]\d+\?view=only_fulltext", landmark=r'"fullText"\s*:')
    def text(self, answer: Answer) -> Things:
        found = answer.json(TextAnswer).result
        year, base = match(r".*/bills/(\d{4})/([A-Z]\d+)\?.*", answer.url).groups()
        letter = match(r".*[?&]version=([A-Z]?)(?:&.*)?", answer.url)[1]
        if found.version != letter or not found.full_text.strip():
            raise PageChanged(f"the text of {base}{letter}", f"version {found.version!r}")
        yield VersionText(
            jurisdiction="us-ny",
            session=session_name(int(year)),
            identifier=measure_number(base),
            note=f"{base}{letter}",
            url=f"https://legislation.nysenate.gov/pdf/bills/{year}/{base}{letter}",
            text=words(_LINE_NUMBER.sub("", found.full_text).encode(), "text/plain"),
        )

    # -- hearings ------------------------------------------------------------------------------

    @page(
        r"/api/3/agendas/meetings/[\d-]+/[\d-]+$",
        landmark=r'"agendaId"\s*:',
        empty=_NONE,
        beside=True,
    )
    def meetings(self, answer: Answer) -> Things:
        """Which weeks' agendas hold meetings that are to come."""
        found = answer.json(Meetings)
        if len(found.result.items) != found.total:
            raise PageChanged(f"{found.total} meetings", f"{len(found.result.items)} of them")
        agendas = {(one.agenda_id.year, one.agenda_id.number) for one in found.result.items}
        for year, number in sorted(agendas):
            yield self._ask(f"/agendas/{year}/{number}")

    @page(r"/api/3/agendas/\d{4}/\d+$", landmark=r'"committeeAgendas"\s*:', beside=True)
    def agenda(self, answer: Answer) -> Things:
        for one in answer.json(AgendaAnswer).result.committee_agendas.items:
            for addendum in one.addenda.items:
                yield from self._hearings(one.committee_id, addendum)

    def _hearings(self, committee: Committee, addendum: Addendum) -> Iterator[Hearing]:
        meeting = addendum.meeting
        begins = _hour(meeting.meeting_date_time).replace(tzinfo=ZoneInfo(self.timezone))
        if begins.date() < self.today:
            return
        notes = fold(meeting.notes or "")
        cancelled = "cancelled" in notes.lower() or "canceled" in notes.lower()
        for bill in addendum.bills.items:
            yield Hearing(
                jurisdiction=self.facts.jurisdiction,
                session=session_name(bill.bill_id.session),
                identifier=measure_number(bill.bill_id.base_print_no),
                on=begins.date(),
                starts_at=begins,
                timezone=self.timezone,
                committee=f"{committee.chamber.title()} {committee.name}",
                place=fold(meeting.location or ""),
                note=notes,
                status="cancelled" if cancelled else "scheduled",
                url=url_of(bill.bill_id.base_print_no, bill.bill_id.session),
            )


def _hour(printed: str) -> dt.datetime:
    found = match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::\d\d(?:\.\d+)?)?", printed)
    try:
        return dt.datetime.fromisoformat(found[1])
    except ValueError as error:
        raise PageChanged("a day and an hour", printed) from error
