"""North Dakota Legislative Assembly, https://ndlegis.gov/.

One JSON file holds every bill and resolution of an assembly with its whole history and the
addresses of its papers (https://ndlegis.gov/api/assembly/69-2025/data/bills.json, no key); a CSV
lists the hearings to come. No page of a bill is read. Members' single votes are on pages of their
own and are not read; the count of a vote stands in the words of its action.

Quirks: an assembly sits in January to April of the odd year, its special sessions go on counting
and stand in the same file; a title begins `A BILL for an Act to` until it is law and `AN ACT to`
after; days carry the hour 23:59:59 of no zone; a paper's name may be empty, then its number is its
name; the hearing schedule leaves out the year, and sometimes the letters of a bill (the thousands
tell them: 1000s are House bills, 2000s Senate bills, and so on).

Requests: 4 on a quiet day, `robots.txt` of two hosts included (5 in the December before an assembly,
which reads the old one and the new), and one PDF for each new text: 9 on a day with five of them, 44
the first time. An assembly has about 1,100 measures.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures.nd_rows import KINDS, Assembly, Bill, actions, documents, votes
from spiders.reading import PageChanged, SourceError, match, measure_number
from spiders.told import told_hour
from tracker.model import Hearing, Measure, Sponsor, fold
from tracker.runs import Requests, SourceFacts

SITE = "https://ndlegis.gov"
_SCHEDULE = "https://www.ndlegis.gov/legend/committee/hearings/public-schedule/?export=csv"
_MOMENT = re.compile(
    r"(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])\s+((?:0?[1-9]|1[0-2]):[0-5]\d):?\s*([AP]M)"
)
_LETTERS = {"1": "HB", "2": "SB", "3": "HCR", "4": "SCR", "5": "HR", "7": "HMR", "8": "SMR"}


class NorthDakota(LegislatureSpider):
    facts = SourceFacts(
        code="nd",
        jurisdiction="us-nd",
        name="North Dakota Legislative Assembly",
        kind="legislature",
        home=f"{SITE}/",
        requests=Requests(first=44, quiet=4, busy=9),
    )
    hosts = ("ndlegis.gov", "www.ndlegis.gov")
    timezone = "America/Chicago"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The assembly that began last; in the December before, when bills are filed, the next too."""
        year = today.year - (today.year % 2 == 0)
        following = [_assembly(year + 2)] if today.month == 12 and today.year > year else []
        return [_assembly(year), *following]

    def begin(self) -> Iterator[Request]:
        for assembly in self.sessions(self.today):
            yield self.get(f"{SITE}/api/assembly/{assembly}/data/bills.json")

    def unmodified(
        self,
        url: str,
        context: Mapping[str, Any],  # noqa: ARG002 - the address says all
    ) -> Iterator[Request]:
        yield from self._after_bills(url)

    def _after_bills(self, url: str) -> Iterator[Request]:
        """The schedule is read when it is known which bills are wanted, and once."""
        if f"/assembly/{self.sessions(self.today)[-1]}/data/" in url:
            yield self.get(_SCHEDULE)

    @page(
        r"/api/assembly/\d+-\d{4}/data/bills\.json$",
        landmark='"assembly_name"',
        empty=r'"bills"\s*:\s*(?:\{\s*\}|\[\s*\])',
        absent=True,
    )
    def bills(self, answer: Answer) -> Things:
        number, year = match(r".*/assembly/(\d+)-(\d{4})/data/bills\.json", answer.url).groups()
        if answer.status != 200:
            if self.today.year >= int(year):
                raise SourceError("the bills of the assembly", f"HTTP {answer.status}")
            self.reject("assembly without bills yet")
            yield from self._after_bills(answer.url)
            return
        found = answer.json(Assembly)
        if found.assembly != int(number):
            raise PageChanged(f"the {number}th assembly", str(found.assembly))
        for bill in found.bills.values():
            yield self._measure(bill, number)
        yield from self._after_bills(answer.url)

    def _measure(self, bill: Bill, assembly: str) -> Measure:
        identifier = measure_number(bill.name)
        letters = identifier.partition(" ")[0]
        if letters not in KINDS:
            raise PageChanged(f"one of {', '.join(KINDS)}", bill.name)
        versions, papers = documents(bill)
        history = actions(bill)
        return Measure(
            jurisdiction=self.facts.jurisdiction,
            session=assembly,
            identifier=identifier,
            kind=KINDS[letters],
            chamber="lower" if bill.chamber == "House" else "upper",
            title=fold(bill.title),
            abstract=fold(bill.summary) if bill.summary else None,
            url=bill.url,
            sponsors=[
                Sponsor(name=fold(one.name), role="primary" if one.primary else "cosponsor")
                for one in bill.sponsors
            ],
            actions=history,
            versions=versions,
            documents=papers,
            votes=list(votes(history)),
        )

    @page(
        r"/assembly/\d+-\d{4}/[\w-]+/documents/[\w-]+\.pdf$",
        landmark=r"\A\s*%PDF-",
    )
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")

    # -- hearings ------------------------------------------------------------------------------

    @page(
        r"/hearings/public-schedule/\?export=csv$",
        landmark="Hearing Date/Time",
        empty=r'\A(?:\xef\xbb\xbf)?"?Hearing Date/Time"?,[^\r\n]*"?Description"?\s*\Z',
        beside=True,
    )
    def hearings(self, answer: Answer) -> Things:
        required = ("Hearing Date/Time", "Bill", "Agenda Time", "Committee", "Room", "Description")
        for row in answer.rows((*required, "Subcommittee")):
            identifier = _bill_heard(row["Bill"], row["Description"])
            if identifier:
                yield self._hearing(identifier, row)
            else:
                self.reject("meeting on no bill")

    def _hearing(self, identifier: str, row: dict[str, str]) -> Hearing:
        on, hour = self._moment(row["Hearing Date/Time"])
        committee = " - ".join(filter(None, (row["Committee"], row["Subcommittee"])))
        at = row["Agenda Time"] and f"on the agenda at {row['Agenda Time']}"
        year = on.year - (on.year % 2 == 0)
        assembly = _assembly(year + 2 if on.month == 12 and on.year > year else year)
        return Hearing(
            jurisdiction=self.facts.jurisdiction,
            session=assembly.partition("-")[0],
            identifier=identifier,
            on=on,
            starts_at=dt.datetime.combine(on, hour, ZoneInfo(self.timezone)),
            timezone=self.timezone,
            committee=committee,
            place=row["Room"],
            note="; ".join(filter(None, (row["Description"], at))),
            status="cancelled" if "cancel" in row["Description"].lower() else "scheduled",
            url=_SCHEDULE,
        )

    def _moment(self, printed: str) -> tuple[dt.date, dt.time]:
        """`12/08 2:00 PM` (or `2:00:PM`) of the year that brings it nearest to the day of reading."""
        month, of_month, clock, half = match(_MOMENT, printed).groups()
        hour = told_hour(f"{clock} {half}")
        days = [
            dt.date(year, int(month), int(of_month))
            for year in range(self.today.year - 1, self.today.year + 2)
            if int(of_month) <= monthrange(year, int(month))[1]
        ]
        if not days:
            raise PageChanged("a day of this year or one beside it", printed)
        return min(days, key=lambda one: abs(one - self.today)), hour


def _assembly(year: int) -> str:
    """`69-2025`: the 69th assembly met in 2025."""
    return f"{69 + (year - 2025) // 2}-{year}"


def _bill_heard(printed: str, description: str) -> str:
    """The bill of a hearing; empty where the row is about none."""
    if not re.search(r"\d", printed):
        return ""
    if re.fullmatch(r"\d{4}", printed):
        if printed[0] not in _LETTERS:
            raise PageChanged(
                f"a bill number of {', '.join(_LETTERS)}000", f"{printed} {description}"
            )
        return f"{_LETTERS[printed[0]]} {printed}"
    return measure_number(printed)
