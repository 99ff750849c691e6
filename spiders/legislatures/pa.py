"""Pennsylvania General Assembly: https://www.palegis.us

What it is: the Bill History file, one ZIP with one XML of every bill and resolution of a session
(sponsors, printer's numbers, all actions), rebuilt hourly from Monday to Friday. Hearings come
from the feeds of committee meetings, one a chamber.

What it is not: robots.txt refuses /legislation/bills/, where the pages and texts of bills are. They
are read only where an operator holds a permission (`permission` of the source), so without one a
measure has its legal title, which says what it amends and provides for, but no text.

Requests: four on every day (`robots.txt`, the file and two feeds, each asked "has it changed?"), none
per bill; with a permission, one more for each new text of a measure that is on topic.

Quirks: a client that does not look like a browser may be refused (reported September 2025; the run
then says `blocked`); "Laid on the table" and "Removed from table" are everyday steps; the same bill
has another printer's number for each of its texts; committees are in capitals; a sponsor is a
surname. Bills die when the session ends, on 30 November of the even year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar
from zoneinfo import ZoneInfo

from lxml import etree
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, nth
from spiders.legislatures.pa_export import measure_of
from spiders.legislatures.pa_history import SITE, session_name
from spiders.legislatures.pa_page import measure_of_page, named_in_text_url
from spiders.reading import PageChanged, day, said
from spiders.told import told_hour
from tracker.model import Hearing, Measure, fold, tidy_identifier
from tracker.runs import Requests, SourceFacts

_TOTAL = re.compile(rb'<historyExport\b[^>]*\btotalDocuments="([\d,]+)"')
_FEED = "{https://www.legis.state.pa.us/RSS}"
_CALLED_OFF = re.compile(r"\bcancel", re.IGNORECASE)


class Pennsylvania(LegislatureSpider):
    facts = SourceFacts(
        code="pa",
        jurisdiction="us-pa",
        name="Pennsylvania General Assembly",
        kind="legislature",
        home=SITE,
        robots="/legislation/bills/ is refused; the Bill History file and the feeds are read",
        requests=Requests(first=4, quiet=4, busy=4),
    )
    hosts = ("www.palegis.us",)
    complete_list: ClassVar[bool] = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session opens on the first Tuesday of January of the odd year and ends on 30 November
        of the even one; until the next opens its file is read, for the governor's last actions."""
        first = today.year - (today.year % 2 == 0)
        if today < nth(1, TUESDAY, 1, first):
            first -= 2
        return (f"{first}_0",)

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            yield self.get(f"{SITE}/data/file?documentType=BillHistoryData&session={session}")
        for chamber in ("house", "senate"):
            yield self.get(f"{SITE}/{chamber}/rss/committee/schedule")

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """Texts lie where robots.txt refuses: asked for only under a permission."""
        crawler = getattr(self, "crawler", None)
        if crawler is not None and not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            yield from super().version_requests(measure)

    # -- the Bill History file -----------------------------------------------------------------

    @page(r"/data/file\?.*documentType=BillHistoryData", landmark=r"\APK\x03\x04|<historyExport\b")
    def history(self, answer: Answer) -> Things:
        body = answer.zip_member(".xml") if answer.body.startswith(b"PK") else answer.body
        total = _TOTAL.search(body[:4096])
        if total is None:
            raise PageChanged("historyExport with totalDocuments", repr(body[:200]))
        seen = 0
        for bill in replace(answer, body=body).elements("bill"):
            yield measure_of(bill)
            seen += 1
        if seen != int(total[1].replace(b",", b"")):
            raise PageChanged(f"{total[1].decode()} bills, as the file counts them", f"{seen}")
        if not seen:
            self.empty_proof = total.group().decode()

    # -- hearings ------------------------------------------------------------------------------

    @page(r"/(house|senate)/rss/committee/schedule", landmark=r"<rss[\s>]", beside=True)
    def schedule(self, answer: Answer) -> Things:
        for item in answer.xml().iterfind("channel/item"):
            yield from self._hearings(item)

    def _hearings(self, item: etree._Element) -> Iterator[Hearing]:
        bills = [bill for bill in (item.findtext(f"{_FEED}Bills") or "").split(",") if bill.strip()]
        if not bills:
            self.reject("a committee meeting that names no bill")
            return
        on = day(said(item, f"{_FEED}MeetingDate"), "%m/%d/%Y")
        hour = fold(item.findtext(f"{_FEED}MeetingTime") or "")
        told = f"{item.findtext('title')} {item.findtext('description')}"
        (session,) = self.sessions(on)
        for bill in bills:
            yield Hearing(
                jurisdiction=self.facts.jurisdiction,
                session=session_name(*session.split("_")),
                identifier=_identifier(bill),
                on=on,
                starts_at=_at(on, hour),
                timezone=self.timezone,
                committee=said(item, f"{_FEED}Committee"),
                place=fold(item.findtext(f"{_FEED}Location") or ""),
                note="" if _at(on, hour) else hour,
                status="cancelled" if _CALLED_OFF.search(told) else "scheduled",
                url=fold(item.findtext("link") or ""),
            )

    # -- pages of bills, read under a permission or where somebody saved them --------------------

    @page(r"/legislation/bills/\d{4}/(?:\d/)?(?i:[hs][br])\d+/?$", landmark=r'id="billActions"')
    def bill(self, answer: Answer) -> Things:
        yield measure_of_page(answer)

    @page(r"/legislation/bills/text/PDF/", landmark=r"%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, named_in_text_url(answer.url), media_type="application/pdf")


def _identifier(printed_number: str) -> str:
    try:
        return tidy_identifier(printed_number)
    except ValueError as error:
        raise PageChanged("a bill's number as HB 403", printed_number) from error


def _at(on: dt.date, hour: str) -> dt.datetime | None:
    """The moment a meeting begins; None where it is at the call of the chair."""
    if not re.fullmatch(r"\d{1,2}:\d{2} [AP]M", hour):
        return None
    told = told_hour(hour)
    return dt.datetime.combine(on, told, ZoneInfo(Pennsylvania.timezone))
