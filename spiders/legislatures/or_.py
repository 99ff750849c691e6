"""Oregon Legislative Assembly: the official OData service behind https://olis.oregonlegislature.gov/.

The service (https://api.oregonlegislature.gov/odata/odataservice.svc/) answers JSON, where asked
for it, needs no key and is the way the legislature asks programs to take; its terms of use allow
incremental reading at any time and a full refresh once a day between 17:00 and 06:00 Pacific. A
crawl is no full refresh: it lists a session's measures by six fields and reads whole only those
that are wanted, so that it may run at any hour, best at night.

Quirks: a title says little ("Relating to immigration."), so the summary is read as the
abstract; a summary keeps, in brackets, what was taken away from the measure; a measure's
`ModifiedDate` does not move with its history, so whether a wanted one moved is seen only by
reading it; sessions `I` are interims, `Mock` ones are rehearsals; `LegislatoreCode` and
`CommitteCode` are spelled so; days carry the hour of Pacific time without a zone. "Carried over to
09-01 by unanimous consent" is a step of the floor's calendar.

A crawl asks, for each session of the year, for `LegislativeSessions`, `Committees`, `Measures` (one
page for each 1,000) and, until ninety days after its end, for the wanted measures, ten by each
request, with all that is filed with them, and for the PDF of each new text: with 2,000 measures, 40
of them wanted, 9 requests on a quiet day of a session, 15 when five have a new text, 50 the first
time; 4 on a day after it. A session of an even year has some 300 measures, of an odd one 3,500.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Thing, Things, page
from spiders.legislatures.or_rows import (
    KINDS,
    AgendaItem,
    Committees,
    Row,
    Rows,
    Sessions,
    Whole,
    Wholes,
    actions,
    documents,
    identifier,
    sponsors,
    summary,
    versions,
    votes,
)
from spiders.reading import PageChanged, match, measure_number
from tracker.model import Hearing, Measure, fold
from tracker.runs import Requests, SourceFacts

SERVICE = "https://api.oregonlegislature.gov/odata/odataservice.svc"
OLIS = "https://olis.oregonlegislature.gov/liz"
_PAGE = 1000
_TOGETHER = 10  # a filter of more may be too long for the service
_FIELDS = "SessionKey,MeasurePrefix,MeasureNumber,RelatingTo,CatchLine,MeasureSummary"
_FILED_WITH_IT = ",".join(
    (
        "MeasureHistoryActions/MeasureVotes",
        "MeasureSponsors",
        "MeasureDocuments",
        "MeasureAnalysisDocuments",
        "CommitteeAgendaItems/CommitteeMeeting",
    )
)
_ASKED_FOR = re.compile(r"MeasurePrefix eq '([A-Z]+)' and MeasureNumber eq (\d+)")
_SESSION = re.compile(r"SessionKey eq '(\d{4}[RS]\d)'.*")
_TEXT = r".*/liz/(\d{4}[RS]\d)/Downloads/MeasureDocument/([A-Z]+\d+)/([A-Za-z-]+)"
_WATCHED_AFTER = dt.timedelta(days=90)


class Oregon(LegislatureSpider):
    facts = SourceFacts(
        code="or",
        jurisdiction="us-or",
        name="Oregon Legislative Assembly",
        kind="legislature",
        home="https://olis.oregonlegislature.gov/",
        requests=Requests(first=50, quiet=9, busy=15),
    )
    hosts = ("api.oregonlegislature.gov", "olis.oregonlegislature.gov")
    timezone = "America/Los_Angeles"
    complete_list = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.committees_of: dict[str, dict[str, str]] = {}
        self.over: set[str] = set()
        self.due: list[Measure] = []

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The regular session of the year; the service lists the special ones beside it.

        Every year has one, long in odd years and five weeks in even ones; nothing is carried over.
        """
        return [f"{today.year}R1"]

    def begin(self) -> Iterator[Request]:
        yield self.fresh(_address("LegislativeSessions"))

    # -- lists ---------------------------------------------------------------------------------

    @page(r"/LegislativeSessions\?", landmark='"SessionKey"')
    def session_list(self, answer: Answer) -> Things:
        ends = {row.session_key: row.end_date for row in answer.json(Sessions).value}
        for key in self._wanted_sessions(set(ends)):
            end = ends[key]
            if end and self.today > end.date() + _WATCHED_AFTER:
                self.over.add(key)
            yield self.fresh(_address("Committees", filter=f"SessionKey eq '{key}'"))

    def _wanted_sessions(self, listed: set[str]) -> list[str]:
        """Of this year; in January, before its session is set up, still of the last."""
        years = [self.today.year, *([self.today.year - 1] if self.today.month == 1 else [])]
        for year in years:
            if f"{year}R1" in listed:
                return sorted(key for key in listed if re.fullmatch(rf"{year}[RS]\d", key))
        raise PageChanged(f"the session {years[0]}R1", ", ".join(sorted(listed)[-5:]))

    @page(r"/Committees\?", landmark='"CommitteeCode"', empty=r'"value"\s*:\s*\[\s*\]')
    def committees(self, answer: Answer) -> Things:
        session = match(_SESSION, answer.asked("$filter"))[1]
        self.committees_of[session] = {
            row.committee_code: fold(row.committee_name)
            for row in answer.json(Committees).value
            if row.session_key == session
        }
        yield self._list(session, 0)

    def _list(self, session: str, skip: int) -> Request:
        return self.fresh(
            _address(
                "Measures",
                filter=f"SessionKey eq '{session}'",
                select=_FIELDS,
                orderby="MeasurePrefix,MeasureNumber",
                inlinecount="allpages",
                top=_PAGE,
                skip=skip,
            )
        )

    @page(
        r"/Measures\?(?!.*\$expand=)",
        landmark=r'"odata\.count"',
        empty=r'"odata\.count"\s*:\s*"?0"?\s*[,}]',
    )
    def measures(self, answer: Answer) -> Things:
        session = match(_SESSION, answer.asked("$filter"))[1]
        found = answer.json(Rows)
        read = int(answer.asked("$skip")) + len(found.value)
        for row in found.value:
            yield self._measure(row, session)
        if read < int(found.count):
            if not found.value:
                raise PageChanged(f"{found.count} measures", f"{read} and then none")
            yield self._list(session, read)
        else:
            yield from self._wholes(session)

    def _measure(self, row: Row, session: str) -> Measure:
        if row.session_key != session:
            raise PageChanged(f"a measure of {session}", row.session_key)
        title = fold(row.relating_to or "") or fold(row.catch_line or "")
        if not title:
            raise PageChanged("a title", f"none of {identifier(row)}")
        return Measure(**self._about(row), title=title, abstract=summary(row))

    def _about(self, row: Row) -> dict[str, Any]:
        name = identifier(row)
        return {
            "jurisdiction": self.facts.jurisdiction,
            "session": row.session_key,
            "identifier": name,
            "kind": KINDS[row.measure_prefix],
            "chamber": "lower" if name.startswith("H") else "upper",
            "url": f"{OLIS}/{row.session_key}/Measures/Overview/{name.replace(' ', '')}",
        }

    # -- one measure ---------------------------------------------------------------------------

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """The new texts; a measure of the list tells none, and is read whole after its last page."""
        if measure.title is None:
            yield from super().version_requests(measure)
        else:
            self.due.append(measure)

    def _wholes(self, session: str) -> Iterator[Request]:
        """The measures that are due, a few by each request, with all that is filed with them."""
        names = [one.identifier.split() for one in self.due if one.session == session]
        for start in range(0, len(names), _TOGETHER):
            either = " or ".join(
                f"MeasurePrefix eq '{letters}' and MeasureNumber eq {number}"
                for letters, number in names[start : start + _TOGETHER]
            )
            only = f"SessionKey eq '{session}' and ({either})"
            yield self.get(_address("Measures", filter=only, expand=_FILED_WITH_IT))

    def sift(self, thing: Thing) -> Things:
        if isinstance(thing, Measure) and thing.title is not None and self._is_settled(thing):
            self.listed.add(thing.key)
        else:
            yield from super().sift(thing)

    def _is_settled(self, measure: Measure) -> bool:
        """Nothing happens to a measure once its session is over and the governor's days are."""
        asked = measure.key in self.known.asked or measure.key == self.known.canary
        return measure.session in self.over and measure.key in self.known.texts and not asked

    @page(r"/Measures\?.*\$expand=", landmark='"MeasureHistoryActions"')
    def wholes(self, answer: Answer) -> Things:
        found = {identifier(whole): whole for whole in answer.json(Wholes).value}
        asked = [" ".join(name) for name in _ASKED_FOR.findall(answer.asked("$filter"))]
        if sorted(found) != sorted(asked):
            raise PageChanged(f"the measures {', '.join(asked)}", ", ".join(found) or "none")
        for whole in found.values():
            yield from self._whole(whole)

    def _whole(self, whole: Whole) -> Things:
        told = list(actions(whole))
        names = self.committees_of.get(whole.session_key, {})
        heard = (item.committe_code for item in whole.committee_agenda_items)
        yield Measure(
            **self._about(whole),
            effective_on=whole.effective_date.date() if whole.effective_date else None,
            committees=list(dict.fromkeys(names.get(code, code) for code in heard)),
            sponsors=sponsors(whole, names),
            actions=[action for action, _ in told],
            votes=votes(told),
            versions=versions(whole),
            documents=list(documents(whole)),
        )
        for item in whole.committee_agenda_items:
            if item.meeting_date.date() >= self.today:
                yield self._hearing(whole, item)

    def _hearing(self, whole: Whole, item: AgendaItem) -> Hearing:
        meeting = item.committee_meeting
        status = meeting.meeting_status if meeting else ""
        names = self.committees_of.get(whole.session_key, {})
        return Hearing(
            jurisdiction=self.facts.jurisdiction,
            session=whole.session_key,
            identifier=identifier(whole),
            on=item.meeting_date.date(),
            starts_at=item.meeting_date.replace(tzinfo=ZoneInfo(self.timezone)),
            timezone=self.timezone,
            committee=names.get(item.committe_code, item.committe_code),
            place=fold(meeting.location if meeting else ""),
            note=fold(item.meeting_type or ""),
            status="cancelled" if "cancel" in status.lower() else "scheduled",
            url=(meeting and meeting.agenda_url) or "",
        )

    @page(r"/Downloads/MeasureDocument/", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        session, name, note = match(_TEXT, answer.url).groups()
        about = {
            "jurisdiction": self.facts.jurisdiction,
            "session": session,
            "identifier": measure_number(name),
            "note": note,
        }
        yield self.version_text(answer, about, media_type="application/pdf")


def _address(entities: str, **options: Any) -> str:
    """An address of the service; without `$format` it answers Atom."""
    asked = {"format": "json", **options}
    query = urlencode(
        {f"${name}": value for name, value in asked.items()}, safe="$,/", quote_via=quote
    )
    return f"{SERVICE}/{entities}?{query}"
