"""Arkansas General Assembly: https://www.arkleg.state.ar.us

What it is: two text files, once an FTP area, that hold every measure of the sessions of a general
assembly with its title, and every action on them; the page of each measure, read for sponsors,
amendments, fiscal impacts and the act; texts as PDF.

What it is not: hearings, whose agendas are PDF; roll calls, each of which has a page of its own; the
texts that a bill had before, which are listed on a page that is not read.

Requests: the two files, which carry no day of change to ask by, and `robots.txt`; then, for each
measure on topic that moved, its page, its text and, where it is law, the act: with 2,000 measures, 40
of them on topic, 3 on a quiet day, 19 when five become acts, 84 the first time.

Quirks: the files are UTF-16 without a head, empty cells hold a NUL, rows of other sessions stand
among them, and some rows of actions end early; a title is the whole sentence of what a bill does,
so nothing else needs searching; a bill's text stands at one address and changes there; "Notification
that HB1 is now Act 1" says that a bill is law, signed or not; fiscal sessions of even years take
other bills only by two thirds; texts of special sessions lie elsewhere, so the page's link is
followed, never made.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures import ar_files as files
from spiders.legislatures.ar_page import (
    SITE,
    is_bill_text,
    kind_of,
    measure_of,
    named_in_text_url,
    url_of,
)
from spiders.reading import PageChanged
from tracker.canonical import listing_print
from tracker.model import Action, Listing, Measure, Version, measure_key
from tracker.runs import Requests, SourceFacts

_FILES = "https://arkleg.state.ar.us/Home/FTPDocument?path=%2FSessionInformation%2F"
_PREFILING = (11, 15)


class Arkansas(LegislatureSpider):
    facts = SourceFacts(
        code="ar",
        jurisdiction="us-ar",
        name="Arkansas General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=84, quiet=3, busy=19),
    )
    hosts = ("arkleg.state.ar.us", "www.arkleg.state.ar.us")
    timezone = "America/Chicago"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The regular session of the odd year, the fiscal one of the even year, and the next regular
        one from the 15 November before it, when bills are filed.

        Special sessions (`2026S1`) of the two years are found in the files.
        """
        year = today.year - (today.year % 2 == 0)
        fiscal = [f"{today.year}F"] if today.year > year else []
        filed = fiscal and (today.month, today.day) >= _PREFILING
        return [str(year), *fiscal, *([str(year + 2)] if filed else [])]

    def _is_read(self, session: str) -> bool:
        known = self.sessions(self.today)
        years = {known[0], str(int(known[0]) + 1)}
        return session in known or (session[4:5] == "S" and session[:4] in years)

    def begin(self) -> Iterator[Request]:
        yield self.fresh(f"{_FILES}LegislativeMeasures.txt")

    @page(
        r"/FTPDocument\?path=%2FSessionInformation%2FLegislativeMeasures\.txt$",
        landmark=r"[HS]\x00\|\x00[BRJCM]",
    )
    def measures(self, answer: Answer) -> Things:
        """Those on topic wait for the file of actions, which tells whether they moved."""
        titles: dict[str, str] = {}
        read = 0
        for row in files.measures(answer):
            if not self._is_read(row.session):
                self.reject("measure of another session")
                continue
            read += 1
            key = measure_key(self.facts.jurisdiction, row.session, row.identifier)
            if not row.title:
                self.reject("measure without a title yet")
            elif self.wants(key, row.title, row.more):
                self.wanted.add(key)
                titles[key] = row.title
            else:
                yield self._listing(row.session, row.identifier, row.title, None)
        if not read:
            raise PageChanged(f"measures of {', '.join(self.sessions(self.today))}", "none")
        yield self.fresh(f"{_FILES}ChamberActions.txt", titles=titles)

    def _listing(self, session: str, identifier: str, title: str, last: Action | None) -> Listing:
        return Listing(
            jurisdiction=self.facts.jurisdiction,
            session=session,
            identifier=identifier,
            kind=kind_of(identifier),
            title=title,
            last_action=last.text if last else "",
            last_action_on=last.on if last else None,
            url=url_of(session, identifier),
        )

    @page(
        r"/FTPDocument\?path=%2FSessionInformation%2FChamberActions\.txt$",
        landmark=r"\x00\|\x00[HS]\x00\|\x00[BRJCM][^\n]{0,80}\d\x00:\x00\d",
    )
    def actions(self, answer: Answer) -> Things:
        """Of the measures that wait and moved; of all where the file is read by itself."""
        titles: dict[str, str] = answer.context.get("titles", {})
        histories = self._histories(answer)
        for key in titles or histories:
            _, session, identifier = key.split("/")
            history = histories.get(key, [])
            if key in titles:
                last = history[-1] if history else None
                listing = self._listing(session, identifier, titles[key], last)
                yield listing
                if not self._is_read_again(listing):
                    continue
            yield Measure(
                jurisdiction=self.facts.jurisdiction,
                session=session,
                identifier=identifier,
                kind=kind_of(identifier),
                title=titles.get(key),
                url=url_of(session, identifier),
                committees=files.committees(history) or None,
                actions=history or None,
            )

    def _is_read_again(self, listing: Listing) -> bool:
        """Where its page is: a measure that only has its actions looks as if its page had failed."""
        known = self.known
        same = known.prints.get(listing.key) == listing_print(listing).hex()
        return not same or listing.key in known.asked or listing.key == known.canary

    def _histories(self, answer: Answer) -> dict[str, list[Action]]:
        rows: dict[str, list[files.ActionRow]] = defaultdict(list)
        for row in files.actions(answer):
            if row is None:
                self.reject("action that ends before its session")
            elif not row.text:
                self.reject("action without words")
            elif self._is_read(row.session):
                rows[measure_key(self.facts.jurisdiction, row.session, row.identifier)].append(row)
        return {
            key: [row.action() for row in sorted(found, key=lambda row: row.moment)]
            for key, found in rows.items()
        }

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(
        r"/Bills/Detail\?id=[A-Z]+\d+&ddBienniumSession=\d{4}%2F\w+$",
        landmark="Bill Status History",
    )
    def measure(self, answer: Answer) -> Things:
        yield measure_of(answer)

    def is_new_text(self, key: str, version: Version) -> bool:
        """A bill's text changes at its address, so it is asked "has it changed?" each time."""
        return is_bill_text(version.url) or super().is_new_text(key, version)

    @page(r"/FTPDocument\?path=%2F(?i:bills|acts)%2F", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, named_in_text_url(answer.url), media_type="application/pdf")
