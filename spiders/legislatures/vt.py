"""Vermont General Assembly: https://legislature.vermont.gov

What it is: the calls behind the site's own tables, answered in JSON: all bills introduced or released
in a biennium and all its resolutions (number, title, number of the act); the page of each measure
(sponsors, texts as PDF); and its detailed status, the history of both chambers with roll calls.

What it is not: subjects and companions, which nobody keeps; hearings (the table of meetings names
committees, not bills); votes by member.

Requests: robots.txt and three lists, which don't tell that a measure moved before it is an act. So
from January to June the page and status of watched ones are asked too, of about 7 a day in turn: with
40 on topic some 20 on any day, 124 the first time. (About 1,700 are listed.)

Quirks: the internal number of the status call stands in a script of the page, and is missing while
nothing has happened; years in days are mistyped now and then, and then told from the lines before and
after; each chamber repeats what the other did as a "Senate Message" or "House message"; most texts
have an official copy and an unofficial one; the names of links end in "Opens in a new window"; a list
without rows is `"data": ""`. Some programs do not know the issuer of the host's certificate: where
verification fails, the run fails and says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, field
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page
from spiders.calendars import WEDNESDAY, after_first_monday
from spiders.legislatures.vt_page import (
    SITE,
    address_of,
    kind_of,
    measure_of,
    named_in_text_url,
    page_url,
    session_name,
)
from spiders.legislatures.vt_status import Status, history
from spiders.reading import PageChanged, measure_number
from spiders.turns import in_turn
from tracker.model import Listing, fold
from tracker.runs import Requests, SourceFacts

_LISTS = ("loadBillsIntroduced/{}/", "loadBillsReleased/{}/", "loadAllResolutionsByChamber/{}/both")
_NUMBER = r"(?:[HS](?:\.[A-Z])*|J\.R\.[HS]|PR)\.\d+"
_NONE = r'"data"\s*:\s*(?:""|null|\[\s*\])'
# The Assembly sits from January to May or June; from December on the next one's bills are released.
_LAST_MONTH, _RELEASES = 6, 12
_LOOKS = 7


class Row(Struct, rename="pascal"):
    bill_number: str
    title: str
    act_no: str = field(default="", name="ActNo")


class Rows(Struct):
    data: list[Row]


class Vermont(LegislatureSpider):
    facts = SourceFacts(
        code="vt",
        jurisdiction="us-vt",
        name="Vermont General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=124, quiet=20, busy=17),
    )
    hosts = ("legislature.vermont.gov",)
    timezone = "America/New_York"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The biennium by its second year: `2026` from the first Wednesday after the first Monday
        of January 2025 on (Vermont Constitution II 7)."""
        year = today.year + today.year % 2
        if today.year % 2 and today < after_first_monday(WEDNESDAY, 1, today.year):
            return (str(year - 2), str(year))
        coming = today.year % 2 == 0 and today.month == _RELEASES
        return (str(year), *([str(year + 2)] if coming else []))

    def begin(self) -> Iterator[Request]:
        for session in self.sessions(self.today):
            for call in _LISTS:
                yield self.get(f"{SITE}/bill/{call.format(session)}")
            if self.today.month <= _LAST_MONTH:
                yield from self._watched(session)

    def _watched(self, session: str) -> Iterator[Request]:
        """The same page is asked but once, also where its row in a list is new."""
        prefix = f"{self.facts.jurisdiction}/{session_name(session)}/"
        watched = [key for key in self.known.watched if key.startswith(prefix)]
        for key in in_turn(watched, self.today, _LOOKS, self.known.lively):
            yield self.get(page_url(session, key.removeprefix(prefix)))

    @page(
        r"/bill/load(?:BillsIntroduced|BillsReleased|AllResolutionsByChamber)/\d{4}/(?:both)?$",
        landmark='"BillNumber"',
        empty=_NONE,
    )
    def measures(self, answer: Answer) -> Things:
        session = re.findall(r"/(\d{4})/", answer.url)[0]
        for row in answer.json(Rows).data:
            yield self._listing(row, session)

    def _listing(self, row: Row, session: str) -> Listing:
        number, title = row.bill_number.strip(), fold(row.title)
        if not re.fullmatch(_NUMBER, number) or not title:
            raise PageChanged("a measure's number and title", f"{number}: {title}")
        identifier = measure_number(number)
        act = row.act_no.strip().removeprefix("Act").strip()
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=session_name(session),
            identifier=identifier,
            kind=kind_of(identifier),
            title=title,
            last_action=f"Act {act}" if act else "",
            url=page_url(session, identifier),
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(rf"/bill/status/\d{{4}}/{_NUMBER}$", landmark=r"""class=["']bill-title["']""")
    def measure(self, answer: Answer) -> Things:
        found = measure_of(answer)
        yield found
        numbers = set(re.findall(r"bill/loadBillDetailedStatus/(\d{4}/\d+)", answer.text()))
        session = address_of(answer.url).session
        if len(numbers) > 1 or not all(number.startswith(f"{session}/") for number in numbers):
            raise PageChanged(f"one number of {session} for the status", ", ".join(sorted(numbers)))
        for number in numbers:
            yield self.get(f"{SITE}/bill/loadBillDetailedStatus/{number}", **named(found))
        if not numbers:
            self.reject("measure without a history yet")

    @page(r"/bill/loadBillDetailedStatus/\d{4}/\d+$", landmark='"FullStatus"', empty=_NONE)
    def status(self, answer: Answer) -> Things:
        session = re.findall(r"/(\d{4})/", answer.url)[0]
        about: dict[str, Any] = answer.named()
        if about["session"] != session_name(session):
            raise PageChanged(f"a measure of {session_name(session)}", about["session"])
        yield history(answer.json(Status), session, about, self.reject)

    @page(r"/Documents/\d{4}/Docs/[A-Z]+/.+\.pdf$", landmark="%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, named_in_text_url(answer.url), media_type="application/pdf")
