"""New Mexico Legislature: https://www.nmlegis.gov

What it is: the list of all bills, memorials and resolutions of a session on one page (number, title,
sponsors, the line of abbreviations that tells its whole way), the page of each (history with
calendar days, votes' totals, sponsors, analyses), and its texts, as pages or PDF.

Why the pages: the same facts are offered as a ZIP with a Microsoft Access database, which no Python
library reads; the program that does (mdbtools) would have to be installed beside the tracker, and
its table of actions holds codes and the day of entry, not the day of the act. The pages are complete,
cost one list a day, and print words and days themselves.

What it is not: hearings (calendars are PDF), subjects, members' votes (PDF, linked). Titles are a few
words in capitals: a bill whose subject only its text tells is not found, above all the "dummy" bills
for the "PUBLIC PEACE, HEALTH, SAFETY & WELFARE" that a substitute fills with anything.

Requests: the form with the sessions, the list, and one for each special session of the year; one more
for each wanted measure whose line moved, and one for each new text of it. With 40 of them that is 83
the first time, 3 on a quiet day, 13 on a busy one.

Quirks: the site numbers its sessions without a rule (57 is 2019, 72 is 2026), so the form is asked
for the number; a star before a number marks an emergency clause; even years' sessions of thirty days
take only what is germane to them, and committees report on that; rows of a history without a day are
dated as nm_history.py says; "Signed" by the houses is no signature of the governor; the text at
"Amendments in Context" changes at one address. A firewall turns some programs away ("Attack blocked");
then the run is blocked and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bs4 import Tag
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures.nm_names import (
    SITE,
    address_of,
    kind_of,
    named_in_text_url,
    opening,
    same_measure,
    session_named,
)
from spiders.legislatures.nm_page import measure_of
from spiders.reading import PageChanged, attribute, match, one, some, table, text
from tracker.model import Listing, Version
from tracker.runs import Requests, SourceFacts

_LIST = f"{SITE}/Legislation/Legislation_List"
_PREFILING = (12, 15)


class NewMexico(LegislatureSpider):
    facts = SourceFacts(
        code="nm",
        jurisdiction="us-nm",
        name="New Mexico Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=83, quiet=3, busy=13),
    )
    hosts = ("www.nmlegis.gov",)
    timezone = "America/Denver"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The year whose session opened last, on the third Tuesday of January, with the special
        sessions that the site lists of it; nothing is carried over. Measures are filed before: from
        the middle of December the next year is read too, once the site has it."""
        year = today.year if today >= opening(today.year) else today.year - 1
        ahead = today.year > year or (today.month, today.day) >= _PREFILING
        return [str(year), *([str(year + 1)] if ahead else [])]

    def begin(self) -> Iterator[Request]:
        yield self.fresh(_LIST)

    @page(r"/Legislation/Legislation_List/?$", landmark="MainContent_ddlSessionStart")
    def form(self, answer: Answer) -> Things:
        """Which number the site gave to which session; very old ones are named otherwise."""
        current, *following = self.sessions(self.today)
        options = some(one(answer.soup(), "#MainContent_ddlSessionStart"), "option")
        wanted = [option for option in options if text(option).split()[0] in (current, *following)]
        named = [session_named(text(option)) for option in wanted]
        if current not in named:
            raise PageChanged(f"the session of {current}", ", ".join(map(text, options[:8])))
        for option in wanted:
            yield self.fresh(f"{_LIST}?Session={attribute(option, 'value')}")

    @page(
        r"/Legislation/Legislation_List\?Session=\d+$",
        landmark="MainContent_gridViewLegislation",
        empty="No legislation found",
    )
    def measures(self, answer: Answer) -> Things:
        soup = answer.soup()
        grid = one(soup, "#MainContent_gridViewLegislation")
        rows = list(table(grid, "Bill ID", "Title", "Sponsor", "Actions", "Session"))
        printed = text(one(soup, "#MainContent_lblRecordCount"))
        shown, whole = match(r"Displaying (\d+) of (\d+) result\(s\)", printed).groups()
        if not rows or {shown, whole} != {str(len(rows))}:
            raise PageChanged(f"all rows of the list, {printed}", f"{len(rows)} rows")
        for row in rows:
            yield self._listing(row, answer.url)

    def _listing(self, row: dict[str, Tag], url: str) -> Listing:
        link = one(row["Bill ID"], "a")
        found = address_of(urljoin(url, attribute(link, "href")))
        same_measure(found, text(link))
        if session_named(text(row["Session"])) != found.session:
            raise PageChanged(f"a row of the session {found.session}", text(row["Session"]))
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=found.session,
            identifier=found.identifier,
            kind=kind_of(found.identifier),
            title=text(row["Title"]),
            last_action=" ".join(row["Actions"].get_text(" ").split()),
            url=found.url,
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(
        r"/Legislation/Legislation\?",
        landmark="MainContent_tabContainerLegislation_tabPanelActions",
    )
    def measure(self, answer: Answer) -> Things:
        yield measure_of(answer, self.reject)

    def is_new_text(self, key: str, version: Version) -> bool:
        """What is amended again stands at the same address, so it is asked "has it changed?"."""
        return "/Amendments_In_Context/" in version.url or super().is_new_text(key, version)

    @page(r"/Sessions/.+\.(?i:html)$", landmark=r"(?i)state\s+of\s+new\s+mexico")
    def text_page(self, answer: Answer) -> Things:
        answer.soup()
        yield from self._text(answer, "text/html")

    @page(r"/Sessions/.+\.(?i:pdf)$", landmark="%PDF-")
    def text_file(self, answer: Answer) -> Things:
        yield from self._text(answer, "application/pdf")

    def _text(self, answer: Answer, media_type: str) -> Things:
        yield self.version_text(answer, named_in_text_url(answer.url), media_type=media_type)
