"""Connecticut General Assembly: https://www.cga.ct.gov

What it is: the data files of the Assembly (`bill_history.csv`, `subject.csv`, `bill_info.csv`),
which tell every measure of the year's session and its last action; the page of a bill; its texts
in PDF. The files lie on the Assembly's FTP server and, by the same names, under /ftp/ of its site,
where they are asked for. Where the site has no such file the search of all numbers is read.

What it is not: roll calls and their tallies (scanned sheets), amendments, committee calendars
(public hearings are read from a bill's history).

Requests: the three files, each some megabytes (the first alone where the site says that it has not
changed); then one for each measure on topic whose last action moved, and one for each new text: 4 on
a quiet day, 14 on a busy one, 84 the first time. Where the files are missing: two searches and every
measure on topic.

Quirks: the site's certificate has failed the checks of several clients, then the run fails and says
so; "Tabled for the calendar" is progress; the history names no chamber; a public act's number is
given before the governor acts; a committee's bill replaces a proposed one under a new number; a
word in the files is in capitals and shortened where the page spells it out; the files' encoding
is UTF-8 or Windows-1252.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import WEDNESDAY, after_first_monday
from spiders.legislatures.ct_page import SITE, Number, measure_of, number_in
from spiders.reading import PageChanged, attribute, day, match, measure_number, one, some, text
from tracker.model import Hearing, Listing, Measure, fold
from tracker.runs import Requests, SourceFacts

DATA = f"{SITE}/ftp/pub/data"
_SEARCH = f"{SITE}/asp/CGABillInfo/CGABillInfoDisplay.asp"
_RANGES = (("1", "4999"), ("5001", "9999"))  # of the Senate, of the House
_TEXT = re.compile(
    r".*/(?P<year>\d{4})/(?:TOB|FC|ACT)/.*?(?P<letters>[HS][BJR])-(?P<number>\d{5})[^/]*\.pdf",
    re.IGNORECASE,
)
_HEARING = re.compile(r"Public Hearing (?P<month>\d\d)/?(?P<day>\d\d)\b", re.IGNORECASE)
_REFERRED = re.compile(r"Ref(?:erred|\.) to Joint Comm(?:ittee|\.) on (?P<name>.+)", re.IGNORECASE)


class Connecticut(LegislatureSpider):
    facts = SourceFacts(
        code="ct",
        jurisdiction="us-ct",
        name="Connecticut General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=84, quiet=4, busy=14),
    )
    hosts = ("www.cga.ct.gov",)
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A session a year, from the Wednesday after the first Monday of January in odd years, of
        February in even ones; until then the last one is read."""
        return (str(today.year if today >= _opening(today.year) else today.year - 1),)

    def begin(self) -> Iterator[Request]:
        yield self.get(f"{DATA}/bill_history.csv")

    # -- the data files ------------------------------------------------------------------------

    @page(r"/bill_history\.csv$", landmark="act_desc", absent=True)
    def history(self, answer: Answer) -> Things:
        """Only the last action of each measure: what tells that it has moved."""
        (year,) = self.sessions(self.today)
        if answer.status != 200:
            for low, high in _RANGES:
                yield self._search(year, low, high)
            return
        told: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
        for row in _rows(answer, ("bill_num", "act_date", "act_desc", "qual1", "qual2")):
            on = day(row["act_date"], "%Y-%m-%d %H:%M:%S")
            if str(on.year) != year:
                self.reject("an action of another year")
                continue
            words = fold(f"{row['act_desc']} {row['qual1']} {row['qual2']}")
            told[measure_number(row["bill_num"])].append((on, words))
        last = {identifier: _last(lines) for identifier, lines in told.items()}
        yield self.fresh(f"{DATA}/subject.csv", last=last)

    @page(r"/subject\.csv$", landmark="subj_desc", absent=True)
    def subjects(self, answer: Answer) -> Things:
        told: dict[str, list[str]] = defaultdict(list)
        if answer.status == 200:
            for row in _rows(answer, ("bill_num", "subj_desc")):
                told[measure_number(row["bill_num"])].append(row["subj_desc"])
        yield self.fresh(f"{DATA}/bill_info.csv", subjects=told, **answer.context)

    @page(r"/bill_info\.csv$", landmark="bill_title")
    def bills(self, answer: Answer) -> Things:
        sessions = self.sessions(self.today)
        last, subjects = answer.context.get("last", {}), answer.context.get("subjects", {})
        for row in _rows(answer, ("bill_num", "bill_title", "sess_year")):
            if row["sess_year"] not in sessions:
                self.reject("a measure of another session")
                continue
            found = Number(measure_number(row["bill_num"]), row["sess_year"])
            on, words = last.get(found.identifier, (None, ""))
            listing = self._listing(found, row["bill_title"], on, words)
            yield self.screen(listing, "; ".join(subjects.get(found.identifier, [])))

    def _listing(
        self, found: Number, title: str, on: dt.date | None = None, words: str = ""
    ) -> Listing:
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=found.year,
            identifier=found.identifier,
            kind=found.kind,
            title=fold(title),
            last_action=words,
            last_action_on=on,
            url=found.url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    # -- the search, where there are no files --------------------------------------------------

    def _search(self, year: str, low: str, high: str) -> Request:
        form = {"cboSessYr": year, "optFindM": "range", "txtLowBill": low, "txtHiBill": high}
        return self.submit(_SEARCH, form)

    @page(r"/asp/CGABillInfo/CGABillInfoDisplay\.asp", landmark=r"(?i)cgabillstatus\.asp\?")
    def found(self, answer: Answer) -> Things:
        """Numbers and titles, no actions: each measure on topic has to be looked at."""
        soup = answer.soup()
        for row in some(one(soup, "table"), "tbody tr"):
            listing = self._found(row)
            yield listing
            if self.wants(listing.key, listing.title):
                yield self.get(listing.url)

    def _found(self, row: Tag) -> Listing:
        cells = row.find_all("td", recursive=False)
        if len(cells) < 2:
            raise PageChanged("a number and a title in a row", f"{row}"[:300])
        link = one(cells[0], "a")
        found = number_in(urljoin(SITE, attribute(link, "href")))
        if measure_number(text(link)) != found.identifier:
            raise PageChanged(f"{found.identifier}, as its address says", text(link))
        return self._listing(found, text(cells[1]))

    # -- a bill and its texts ------------------------------------------------------------------

    @page(
        r"(?i)/asp/cgabillstatus/cgabillstatus\.asp\?",
        landmark=r"Session Year \d{4}",
        empty=r"not found in Database",
    )
    def bill(self, answer: Answer) -> Things:
        measure = measure_of(answer)
        yield measure
        yield from self._hearings(measure)

    def _hearings(self, measure: Measure) -> Iterator[Hearing]:
        """`Public Hearing 0331` is of the session's year, before the committee referred to last."""
        committee = ""
        for action in measure.actions or ():
            if referred := _REFERRED.match(action.text):
                committee = referred["name"]
            if heard := _HEARING.match(action.text):
                yield Hearing(
                    jurisdiction=measure.jurisdiction,
                    session=measure.session,
                    identifier=measure.identifier,
                    on=day(f"{heard['month']}/{heard['day']}/{measure.session}", "%m/%d/%Y"),
                    timezone=self.timezone,
                    committee=committee,
                    note="public hearing",
                    url=measure.url or "",
                )

    @page(r"(?i)/\d{4}/(?:TOB|FC|ACT)/.*\.pdf$", landmark=r"%PDF-")
    def text(self, answer: Answer) -> Things:
        found = match(_TEXT, answer.url)
        about: dict[str, Any] = {
            "jurisdiction": self.facts.jurisdiction,
            "session": found["year"],
            "identifier": measure_number(found["letters"] + found["number"]),
            "note": answer.url.rpartition("/")[2].rpartition(".")[0],
        }
        yield self.version_text(answer, about, media_type="application/pdf")


def _last(lines: Sequence[tuple[dt.date, str]]) -> tuple[dt.date, str]:
    """The last action with the number of all: of one day the order is not told."""
    on, words = max(lines)
    return on, f"{words} (of {len(lines)})"


def _opening(year: int) -> dt.date:
    return after_first_monday(WEDNESDAY, 1 if year % 2 else 2, year)


def _rows(answer: Answer, required: Sequence[str]) -> Iterator[dict[str, str]]:
    """Rows of a file whose last line has its end."""
    if not answer.body.endswith(b"\n"):
        raise PageChanged("a file whose last line is ended", repr(answer.body[-80:]))
    try:
        answer.body.decode("utf-8")
    except UnicodeDecodeError:
        return answer.rows(required, encoding="cp1252")
    return answer.rows(required, encoding="utf-8")
