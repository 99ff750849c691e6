"""Utah State Legislature: https://le.utah.gov, kept by the Office of Legislative Research

What it is: the list of a session's bills and resolutions on one page (number, short title, sponsor)
and, of each, the file that the site's own pages are drawn from: general description and highlighted
provisions, sponsors, subjects, history, committees' agendas, and all documents; texts as XML.

What it is not: votes by member, which have pages of their own (totals stand in the history). The
service at glen.le.utah.gov, which tells what moved, asks for a token and is not read.

Requests: robots.txt and the list, which does not tell that a bill moved. So from December to April the
files of watched bills are asked too, about 14 a day in turn: with 40 on topic 14 on a quiet day, 21
with new texts on a busy one, 82 the first time. (Of about 1,000 listed fewer are on topic: each of
some 14 is looked at every day.)

Quirks: short titles are a few words ("Immigration Amendments"), so that a bill whose subject only its
text tells is not found; most lines of a history are steps of the staff, of which those of the fiscal
analyst are left out; moments are printed in three ways; a substitute is a version of the same bill
(`HB0386S01`); a final "House/ filed" closes what did not become law; special sessions stand under
codes of their own (2025S2) and number their bills from 1001 or 2001; a list without any bill has no
words for it, and is never believed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, nth
from spiders.legislatures.ut_bill import hearings, measure_of
from spiders.legislatures.ut_file import (
    SITE,
    Bill,
    address_of,
    code_of,
    data_url,
    kind_of,
    named_in_text_url,
    session_name,
    without_info,
)
from spiders.reading import PageChanged, attribute, measure_number, one, some, text
from spiders.turns import in_turn
from tracker.model import Listing
from tracker.runs import Requests, SourceFacts

# Committees' bills are numbered from autumn on, most others in January.
_FIRST_MONTH = 11
_MOVING = frozenset({12, 1, 2, 3, 4})
_LOOKS = 14
# A special session is read until the governor has acted on what it passed.
_SPECIAL = {
    "2025S1": (dt.date(2025, 10, 6), dt.date(2025, 11, 5)),
    "2025S2": (dt.date(2025, 12, 9), dt.date(2026, 1, 10)),
}


class Utah(LegislatureSpider):
    facts = SourceFacts(
        code="ut",
        jurisdiction="us-ut",
        name="Utah State Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=82, quiet=14, busy=21),
    )
    hosts = ("le.utah.gov",)
    timezone = "America/Denver"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The general session opens on the third Tuesday of January (Utah Constitution VI 2)."""
        year = today.year if today >= nth(3, TUESDAY, 1, today.year) else today.year - 1
        coming = today.month >= _FIRST_MONTH or today.year > year
        special = (code for code, (begin, end) in _SPECIAL.items() if begin <= today <= end)
        return (f"{year}GS", *([f"{year + 1}GS"] if coming else []), *special)

    def begin(self) -> Iterator[Request]:
        for code in self.sessions(self.today):
            yield self.get(f"{SITE}/billlist.jsp?session={code}")
            if self.today.month in _MOVING or code in _SPECIAL:
                yield from self._watched(code)

    def _watched(self, code: str) -> Iterator[Request]:
        """The same file is asked but once, also where its row in a list is new."""
        prefix = f"{self.facts.jurisdiction}/{session_name(code)}/"
        watched = [key for key in self.known.watched if key.startswith(prefix)]
        for key in in_turn(watched, self.today, _LOOKS, self.known.lively):
            yield self.get(data_url(code, key.removeprefix(prefix)))

    @page(r"/billlist\.jsp\?session=\d{4}(?:GS|[SXY]\w)$", landmark=r"""class=["']billlink["']""")
    def bills(self, answer: Answer) -> Things:
        code = answer.asked("session")
        soup = answer.soup()
        links = some(soup, "a.billlink")
        others = [link for link in soup.select("li a[href*='/bills/static/']") if link not in links]
        if others:
            raise PageChanged("each bill as a link of class billlink", f"{others[0]}")
        for link in links:
            yield self._listing(link, code, answer.url)

    def _listing(self, link: Tag, code: str, url: str) -> Listing:
        found = address_of(urljoin(url, attribute(link, "href")))
        if found.session != session_name(code) or measure_number(text(link)) != found.identifier:
            raise PageChanged(
                f"{found.identifier} of {found.session}, as its link says", text(link)
            )
        row = link.find_parent("li")
        if row is None or len(row.select("a.billlink")) != 1:
            raise PageChanged("one bill in an item of the list", f"{row}"[:300])
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=found.session,
            identifier=found.identifier,
            kind=kind_of(found.identifier),
            title=text(one(row, "b")),
            url=found.url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(data_url(code_of(listing.session), listing.identifier))

    @page(r"/data/\d{4}(?:GS|[SXY]\w)/[HS](?:B|R|JR|CR)\d+\.json$", landmark='"actionHistoryList"')
    def bill(self, answer: Answer) -> Things:
        bill = answer.json(Bill)
        if f"/{bill.session_id}/{bill.bill_number}." not in answer.url:
            raise PageChanged("the bill of the address", f"{bill.session_id} {bill.bill_number}")
        yield measure_of(bill, self.reject)
        yield from hearings(bill, self.today, self.timezone)

    @page(
        r"/Session/\w+/bills/\w+/[^/]+\.xml$",
        landmark=r"<leg[ >]|<\x00l\x00e\x00g\x00",
    )
    def text(self, answer: Answer) -> Things:
        about = {**named_in_text_url(answer.url), **answer.context}
        bill = replace(answer, body=without_info(answer.body), context=about)
        yield self.version_text(bill, media_type="text/xml")

    @page(r"/Session/\w+/bills/\w+/[^/]+\.pdf$", landmark="%PDF-")
    def printed_text(self, answer: Answer) -> Things:
        yield self.version_text(answer, named_in_text_url(answer.url), media_type="application/pdf")
