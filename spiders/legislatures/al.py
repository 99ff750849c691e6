"""Alabama Legislature: https://alison.legislature.state.al.us

What it is: the GraphQL service behind the site's own pages (ALISON), which asks for no key. Lists of
a session's bills and resolutions with title, status and last action; one answer for each measure
with history, votes, fiscal notes and the addresses of its texts; meetings to come with the
instruments on their agenda; texts as PDF.

What it is not: members' votes, and co-sponsors, who stand in the text only. Substitutes and
amendments are papers beside the text, since no field says which of them became the text.

Requests: `robots.txt`, the current session, lists of 500 bills and of resolutions, meetings; then
one for each measure on topic that moved and one for each new text: with 2,000 bills, 40 of them on
topic, 8 on a quiet day, 18 when five move, 88 the first time. A session has about 1,000 bills; from
June on there are two lists more, of the next session.

Quirks: the schema changed four times from January 2025 to May 2026, and an answer with `errors`
raises; `Authorization: Bearer undefined`, which the site's script sends, is refused, so none is
sent; no line says that the governor signed ("Enacted" only says that it is law); votes on budget
isolation resolutions look like votes on the bill; lines without chamber or words are left out; rows
come twice at the seam of two lists; appointments share the list of instruments, but not ours.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from msgspec import UNSET
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.calendars import TUESDAY, nth
from spiders.legislatures import al_query
from spiders.legislatures.al_reply import (
    JURISDICTION,
    KINDS,
    SITE,
    TIMEZONE,
    Instrument,
    Instruments,
    Reply,
    on,
    page_of,
    said,
)
from spiders.legislatures.al_rows import measure
from spiders.reading import PageChanged, match, measure_number
from tracker.model import Listing
from tracker.runs import Requests, SourceFacts

_FILING_MONTH = 6
# In a year of the term, whose first follows the election of a governor: month and which Tuesday.
_OPENINGS = {1: (3, 1), 2: (2, 1), 3: (2, 1), 0: (1, 2)}
_NOTES = {"int": "Introduced", "eng": "Engrossed", "enr": "Enrolled"}
_TEXT = re.compile(r".*/SearchableInstruments/(?P<session>\w+)/(?P<name>[\w-]+)\.pdf")
_NAME = re.compile(r"(?P<number>[HS][JB]?R?\d+)-(?P<form>int|eng|enr)")


class Alabama(LegislatureSpider):
    facts = SourceFacts(
        code="al",
        jurisdiction=JURISDICTION,
        name="Alabama Legislature",
        kind="legislature",
        home=SITE,
        requests=Requests(first=88, quiet=8, busy=18),
    )
    hosts = ("alison.legislature.state.al.us",)
    timezone = TIMEZONE
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The session that opened last, and the next one from June before it, when bills are filed.

        A special session is read while the service calls it current, and to the end of the year
        where a measure of it is watched.
        """
        year = today.year if today >= opening(today.year) else today.year - 1
        coming = year + 1
        filed = today >= dt.date(coming - 1, _FILING_MONTH, 1)
        watched = {key.split("/")[1] for key in self.known.watched}
        special = sorted(name for name in watched if re.fullmatch(rf"{today.year}s\d", name))
        return [f"{year}rs", *([f"{coming}rs"] if filed else []), *special]

    def begin(self) -> Iterator[Request]:
        yield self._ask(al_query.current_session())

    def _ask(self, body: dict[str, Any], **context: Any) -> Request:
        return self.ask(
            f"{SITE}/graphql",
            context,
            method="POST",
            body=msgspec.json.encode(body),
            headers={
                "Content-Type": "application/json",
                "Accept": "*/*",
                "Origin": SITE,
                "Referer": f"{SITE}/",
            },
        )

    @page(
        r"//alison\.legislature\.state\.al\.us/graphql$",
        landmark=r'"(?:currentSession|instruments|histories|meetings)"\s*:',
        empty=r'\A\s*\{\s*"data"\s*:\s*\{\s*"(?:instruments|meetings)"\s*:\s*\{\s*"count"\s*:\s*0'
        r'\s*,\s*"data"\s*:\s*\[\s*\]\s*\}\s*\}\s*\}\s*\Z',
    )
    def reply(self, answer: Answer) -> Things:
        """Answers of one address: which question they answer, their own fields say."""
        found = answer.json(Reply)
        if found.errors or found.data is None:
            raise PageChanged("data", "; ".join(one.message for one in found.errors) or "none")
        data = found.data
        if data.current_session is not UNSET:
            current = data.current_session
            yield from self._after_session(current.abbreviation if current else None)
        elif data.instruments is not UNSET:
            yield from self._listings(answer, data.instruments)
        elif data.meetings is not UNSET:
            for meeting in data.meetings.data:
                yield from meeting.hearings(answer.carried("session"))
        elif data.instrument is UNSET or data.fiscal_notes is UNSET or data.histories is UNSET:
            raise PageChanged("instrument, fiscalNotes and histories", f"{data}")
        else:
            yield measure(data.instrument, data.fiscal_notes.data, data.histories.data, self.reject)

    def _after_session(self, current: str | None) -> Things:
        names = list(self.sessions(self.today))
        if current:
            names.append(match(r"(\d{4}(?:RS|S\d))", current)[1].lower())
        for session in dict.fromkeys(names):
            for kind in KINDS:
                yield self._list(session, kind, 0, [])
        yield self._ask(al_query.meetings(self.today), session=names[-1] if current else names[0])

    def _list(self, session: str, kind: str, offset: int, seen: list[str]) -> Request:
        body = al_query.instruments(session.upper(), kind, offset)
        return self._ask(body, session=session, kind=kind, offset=offset, seen=seen)

    def _listings(self, answer: Answer, found: Instruments) -> Things:
        seen = set(answer.context.get("seen", ()))
        read = answer.context.get("offset", 0) + len(found.data)
        if not found.data or read > found.count:
            raise PageChanged(f"rows up to {found.count}", f"{len(found.data)}, in all {read}")
        for row in found.data:
            if row.instrument_nbr in seen:
                self.reject("row that was listed before")
            elif not row.title:
                self.reject("instrument without title and subject yet")
            else:
                yield self._listing(row)
            seen.add(row.instrument_nbr)
        if read < found.count and "kind" in answer.context:
            yield self._list(answer.carried("session"), answer.carried("kind"), read, sorted(seen))

    def _listing(self, row: Instrument) -> Listing:
        if row.instrument_type not in KINDS:
            raise PageChanged("a bill or resolution", f"{row.instrument_type} {row.instrument_nbr}")
        last = said(row.last_action_date)
        listing = Listing(
            jurisdiction=JURISDICTION,
            session=row.session,
            identifier=row.identifier,
            kind=KINDS[row.instrument_type],
            title=row.title,
            last_action=said(row.last_action) or said(row.current_status),
            last_action_on=on(last) if last else None,
            url=page_of(row.instrument_nbr),
        )
        return self.screen(listing, f"{said(row.subject)} {said(row.act_summary)}")

    def follow(self, listing: Listing) -> Iterator[Request]:
        number, kind = listing.identifier.replace(" ", ""), listing.kind[0].upper()
        yield self._ask(al_query.detail(listing.session.upper(), number, kind))

    @page(r"/files/pdf/SearchableInstruments/\w+/[\w-]+\.pdf$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        """`HB348-int.pdf` names measure and version; a substitute's code (`TBLBZ19-1`) neither."""
        found = match(_TEXT, answer.url)
        about = dict(answer.context)
        if told := _NAME.fullmatch(found["name"]):
            about = {
                "jurisdiction": JURISDICTION,
                "session": found["session"].lower(),
                "identifier": measure_number(told["number"]),
                "note": _NOTES[told["form"]],
                **about,
            }
        yield self.version_text(replace(answer, context=about), media_type="application/pdf")


def opening(year: int) -> dt.date:
    """Code of Alabama 29-1-4: March in the first year of a term, then February, February, January."""
    month, number = _OPENINGS[(year - 2022) % 4]
    return nth(number, TUESDAY, month, year)
