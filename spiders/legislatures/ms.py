"""Mississippi Legislature, https://www.legislature.ms.gov/, by the XML of its bill status system.

https://billstatus.ls.state.ms.us/ keeps one file that lists every measure of a session with short
title and last action, and one history file for each measure. Both are static and need no key.

Quirks: days are printed without year and are of the session's year; the first line of a history is
the referral, introduction has none; stray control bytes stand in the XML, and the marks of
windows-1252 in files that call themselves ISO-8859-1; nominations share the list; a bill that two
committees must pass shows "DR" lines. Votes are PDF files of names and are not read; committee
schedules are notices without numbers of bills, so this source has no hearings. The host has been
seen to send a certificate chain that some clients can't verify: then a run fails and says so.

A crawl asks for `sessions.htm`, `/2026/pdf/all_measures/allmsrs.xml` of the regular and of each
special session of the year (about 1.5 MB for 4,000 measures), and for each wanted measure that
moved `/2026/pdf/history/HB/HB0538.xml` and its new texts: with `robots.txt` 3 requests on a quiet
day, 13 on a day on which five watched measures move, 83 the first time.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, after_first_monday
from spiders.legislatures import ms_files
from spiders.reading import PageChanged, match, said, some
from tracker.model import Kind, Listing, Measure
from tracker.runs import Requests, SourceFacts

_SITE = "https://billstatus.ls.state.ms.us"
_KINDS: dict[str, Kind] = {
    "HB": "bill",
    "SB": "bill",
    **dict.fromkeys(("HC", "SC", "HR", "SR", "JR"), "resolution"),
}
_NOMINATIONS = {"HN", "SN"}
_MENU = re.compile(r"(?:.*/)?(\d{4}(?:\dE)?)/pdf/mainmenu\.htm")


class Mississippi(LegislatureSpider):
    facts = SourceFacts(
        code="ms",
        jurisdiction="us-ms",
        name="Mississippi Legislature",
        kind="legislature",
        home="https://www.legislature.ms.gov/",
        requests=Requests(first=83, quiet=3, busy=13),
    )
    hosts = ("billstatus.ls.state.ms.us",)
    timezone = "America/Chicago"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The year, from the Tuesday after the first Monday of January, when the session begins.

        Extraordinary sessions of the year (`20261E`) are found in the site's own list.
        """
        opening = after_first_monday(TUESDAY, 1, today.year)
        return [str(today.year if today >= opening else today.year - 1)]

    def begin(self) -> Iterator[Request]:
        yield self.fresh(f"{_SITE}/sessions.htm")

    @page(r"//billstatus\.ls\.state\.ms\.us/sessions\.htm$", landmark=r"/pdf/mainmenu\.htm")
    def session_list(self, answer: Answer) -> Things:
        links = some(answer.soup(), 'a[href$="/pdf/mainmenu.htm"]')
        listed = dict.fromkeys(match(_MENU, str(link["href"]))[1] for link in links)
        (regular,) = self.sessions(self.today)
        if regular not in listed:
            raise PageChanged(f"the session {regular}", ", ".join(listed))
        for session in listed:
            if session.startswith(regular):
                yield self.get(f"{_SITE}/{session}/pdf/all_measures/allmsrs.xml")

    @page(
        r"/\d{4}(?:\dE)?/pdf/all_measures/allmsrs\.xml$",
        landmark="<LASTACTION[ >]",
        empty=r"<TITLELINE>[^<]*All Measures[^<]*</TITLELINE>\s*</LASTACTION>\s*\Z",
    )
    def measures(self, answer: Answer) -> Things:
        session = _session(answer)
        rows = ms_files.tree(answer).findall("MSRGROUP")
        if not rows:
            raise PageChanged("measures, each in a <MSRGROUP>", "none")
        for row in rows:
            identifier = ms_files.identifier(row, "MEASURE")
            if identifier.partition(" ")[0] in _NOMINATIONS:
                self.reject("nomination")
            elif not ms_files.told(row, "SHORTTITLE"):
                self.reject("measure without a title yet")
            else:
                last = ms_files.last_action(row, session)
                yield Listing(
                    jurisdiction=self.facts.jurisdiction,
                    session=session,
                    identifier=identifier,
                    kind=_kind(identifier),
                    title=said(row, "SHORTTITLE"),
                    last_action=last.text if last else "",
                    last_action_on=last.on if last else None,
                    url=history_page(session, identifier),
                )

    def follow(self, listing: Listing) -> Iterator[Request]:
        yield self.get(listing.url)

    @page(r"/\d{4}(?:\dE)?/pdf/history/[A-Z]{2}/[A-Z]{2}\d{4}\.xml$", landmark="<HISTORY[ >]")
    def history(self, answer: Answer) -> Things:
        session, root = _session(answer), ms_files.tree(answer)
        identifier = ms_files.identifier(root, "MEASURE/SHORT_MSRID")
        if answer.url != history_page(session, identifier, answer.url.partition("//")[0]):
            raise PageChanged(f"the history at {answer.url}", f"that of {identifier}")
        yield Measure(
            jurisdiction=self.facts.jurisdiction,
            session=session,
            identifier=identifier,
            kind=_kind(identifier),
            chamber=ms_files.origin(identifier),
            title=said(root, "SHORTTITLE"),
            abstract=ms_files.told(root, "LONGTITLE"),
            url=history_page(session, identifier),
            subjects=ms_files.texts(root, "SECTION"),
            committees=ms_files.committees(root),
            sponsors=ms_files.sponsors(root),
            actions=ms_files.actions(root, session),
            versions=ms_files.versions(root, answer.url),
            documents=ms_files.documents(root, answer.url),
        )

    @page(
        r"/documents/\d{4}(?:\dE)?/html/[A-Z]{2}/(?:\d{4}-\d{4}/)?[A-Z]{2}\d{4}[A-Z]+\.htm$",
        landmark=r"(?s)WordSection1.*</html>\s*\Z",
    )
    def text(self, answer: Answer) -> Things:
        """The address of a text tells its measure and version, its head the measure again."""
        session, prefix, number, kind = match(
            r".*/documents/(\w+)/html/.*/([A-Z]{2})(\d{4})([A-Z]+)\.htm", answer.url
        ).groups()
        about = {
            "jurisdiction": self.facts.jurisdiction,
            "session": session,
            "identifier": f"{prefix} {int(number)}",
            "note": ms_files.note(prefix, kind),
        }
        ms_files.same_measure(answer, about["identifier"])
        yield self.version_text(answer, about, media_type="text/html")


def history_page(session: str, identifier: str, scheme: str = "https:") -> str:
    prefix, number = identifier.split()
    site = f"{scheme}{_SITE.removeprefix('https:')}"
    return f"{site}/{session}/pdf/history/{prefix}/{prefix}{int(number):04}.xml"


def _session(answer: Answer) -> str:
    return match(r"[a-z]+://[^/]+/(\w+)/.*", answer.url)[1]


def _kind(identifier: str) -> Kind:
    prefix = identifier.partition(" ")[0]
    if prefix not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", identifier)
    return _KINDS[prefix]
