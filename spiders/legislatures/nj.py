"""New Jersey Legislature, by the data files of https://www.njleg.state.nj.us/legislative-downloads

What it is: the bill tracking database of a session, one ZIP of tables as text, with every bill
(synopsis, sponsors, subjects, all actions, papers, agendas of committees), and the texts as HTML.

What it is not: the site's pages, which are an empty script without data, nor the JSON behind them,
which would be a call for each bill; members' votes (totals stand in the actions).

Requests: two on a quiet day, robots.txt and the ZIP, which is asked "has it changed?" (three in January
of an even year). It is rewritten each night; what is kept changes only where a bill moved. Then one
for each new text of a bill on topic: 42 on a first crawl with 40 of them, 7 on a day on which five
moved. About 10,700 bills are listed; how many makes no difference.

Quirks: actions are codes (`INT 1RA REF AJU`), printed here in the site's own words, and a code that is
not known as it stands; nearly every bill has a twin in the other house, and one is substituted for
the other; a conditional veto sends a bill back to be passed again; laws of the old session are
approved in January of the new one, and bills prefiled for it then withdrawn ("WITHDRAWN APP P.L.…");
the host was seen to leave out an intermediate certificate (July 2025): where it cannot be verified,
the run fails and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, nth
from spiders.legislatures.nj_agendas import hearings
from spiders.legislatures.nj_tables import FILES, Tables, session_name
from spiders.reading import match
from tracker.runs import Requests, SourceFacts

_OLD_SESSION_UNTIL = 31  # of January: the governor's last acts are entered after the session


class NewJersey(LegislatureSpider):
    facts = SourceFacts(
        code="nj",
        jurisdiction="us-nj",
        name="New Jersey Legislature",
        kind="legislature",
        home="https://www.njleg.state.nj.us",
        requests=Requests(first=42, quiet=2, busy=7),
    )
    hosts = ("pub.njleg.state.nj.us",)
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A legislature meets from noon of the second Tuesday of January of the even year."""
        year = today.year - today.year % 2
        opening = nth(2, TUESDAY, 1, year)
        if today < opening:
            return (str(year - 2),)
        if today <= opening.replace(day=_OLD_SESSION_UNTIL):
            return (str(year), str(year - 2))
        return (str(year),)

    def begin(self) -> Iterator[Request]:
        for year in self.sessions(self.today):
            yield self.get(f"{FILES}/leg-databases/{year}data/DB{year}_TEXT.zip")

    @page(r"/leg-databases/\d{4}data/DB\d{4}_TEXT\.zip$", landmark=r"\APK\x03\x04")
    def database(self, answer: Answer) -> Things:
        year = match(r".*/DB(\d{4})_TEXT\.zip", answer.url)[1]
        tables = Tables(answer, year, self.reject)
        for measure in tables.measures():
            subjects = "; ".join(measure.subjects or ())
            if self.wants(measure.key, measure.title or "", subjects):
                self.wanted.add(measure.key)
            yield measure
        for hearing in hearings(tables, session_name(year), self.timezone):
            if hearing.on >= self.today:
                yield hearing
            else:
                self.reject("meeting that has been")

    @page(
        r"/Bills/\d{4}/[A-Z]+\d*/\w+\.(?i:htm)$", landmark=r"class=[\"']?(?:WordSection|Section)\d"
    )
    def text(self, answer: Answer) -> Things:
        answer.soup()
        yield self.version_text(answer)
