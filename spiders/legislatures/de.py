"""Delaware General Assembly: https://legis.delaware.gov

What it is: the site's public JSON feeds, one for each step (introduced, in committee, out of
committee, passed by a house, signed, stricken), each with number, title, synopsis and day; the
history behind a wanted measure's page, the page itself for the day a law takes effect and fiscal
notes; texts as HTML; agendas of committees.

What it is not: a list of all measures, since how far back a feed goes is not told: the histories of
those watched have their turn though no feed has them, and since some steps (a defeat, a veto, an
amendment) are in no feed. Members' votes are left out, totals stand in the history. A text that the
site replaces under the same address (a sponsor more) is not read again.

The server is moody: requests it does not like answer 403, and it answers 200 with an empty body
where it has nothing or fails. Both are taken as a refusal: a feed that is refused ends the run, a
history that is refused leaves what is known of that measure, and where most are, the run is blocked.

Requests: robots.txt, seven feeds and three lists of meetings on every day, one more for each meeting
to come, about six histories of wanted measures in turn; where the feeds tell that one moved, its
history, its page and its new texts: with 2,000 in the feeds and 40 on topic 19 on a quiet day, 35
when five are replaced by a substitute, 131 the first time.

Quirks: a substitute ("HS 2 for HB 94") replaces the bill: it is told under the bill's number, and
its title and synopsis are the bill's from then on; "w/ HA 1" says that it is amended; amendments
are in the feeds, too; days come as text or as milliseconds; the name of the day in the history is
misspelt; acts of the governor and some lines have no house; nothing says that a bill was sent to
the governor. Measures carry over to the second year of a General Assembly.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, named, page
from spiders.calendars import TUESDAY, nth
from spiders.legislatures.de_page import fiscal_notes, sponsors, stated
from spiders.legislatures.de_rows import (
    JURISDICTION,
    SITE,
    TIMEZONE,
    AgendaItem,
    Data,
    Feed,
    Item,
    Line,
    Meeting,
    Seen,
    about,
    actions,
    code,
    committees,
    kind,
    meets_at,
    merge,
    named_in,
    versions,
    votes,
)
from spiders.reading import PageChanged, match, one
from spiders.turns import in_turn
from tracker.model import Hearing, Listing, Measure, fold, measure_key
from tracker.runs import Requests, SourceFacts

_STEPS = {
    "IntroducedLegislation": "Introduced",
    "CommitteeLegislation": "In committee",
    "OutOfCommitteeLegislation": "Out of committee",
    "HousePassedLegislation": "Passed by the House",
    "SenatePassedLegislation": "Passed by the Senate",
    "GovernorSignedLegislation": "Signed by the Governor",
    "StrickenLegislation": "Stricken",
}
_HISTORY = "/json/BillDetail/GetRecentReportsByLegislationId"
_MEETINGS = "/json/CommitteeMeetings/GetUpcomingCommitteeMeetingsByCommitteeTypeId"
_AGENDA = "/json/MeetingNotice/GetCommitteeMeetingItems"
_COMMITTEE_TYPES = (1, 2, 3)  # Senate, House, joint
_NONE = r'\A\s*\{\s*"Data"\s*:\s*\[\s*\][^{}\[\]]*\}\s*\Z'
_FEW, _LOOKS = 3, 6
_ASSEMBLY = re.compile(r"\b(\d{3})\s*(?:st|nd|rd|th) GENERAL ASSEMBLY")
_TEXT = re.compile(r"legislationId=(\d+)&.*legislationName=(\w+)")


class Delaware(LegislatureSpider):
    facts = SourceFacts(
        code="de",
        jurisdiction=JURISDICTION,
        name="Delaware General Assembly",
        kind="legislature",
        home=SITE,
        requests=Requests(first=131, quiet=19, busy=35),
    )
    hosts = ("legis.delaware.gov",)
    timezone = TIMEZONE

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ids: dict[str, dict[int, int]] = {}
        self.histories: set[int] = set()
        sessions = self.sessions(self.today)
        mine = {key for key in self.known.watched if key.split("/")[1] in sessions}
        self.turn = (self.known.asked & mine).union(
            in_turn(mine, self.today, _LOOKS, self.known.lively)
        )

    def sessions(self, today: dt.date) -> Sequence[str]:
        """A General Assembly opens on the second Tuesday of January in the odd year; the 153rd did
        in 2025. From December before, the next one's measures are filed."""
        year = today.year - (today.year + 1) % 2
        if today < nth(2, TUESDAY, 1, year):
            year -= 2
        assembly = 153 + (year - 2025) // 2
        filed = today >= dt.date(year + 1, 12, 1)
        return [str(assembly), *([str(assembly + 1)] if filed else [])]

    def begin(self) -> Iterator[Request]:
        for number in _COMMITTEE_TYPES:
            yield self._post(f"{_MEETINGS}?committeeTypeId={number}", {})
        yield self._feed(list(_STEPS), {})

    def _post(self, path: str, form: Mapping[str, str], /, **context: Any) -> Request:
        """As the site's own script asks."""
        request = self.submit(
            f"{SITE}{path}", {**form, "sort": "", "group": "", "filter": ""}, **context
        )
        request.headers["Accept"] = "application/json"
        request.headers["X-Requested-With"] = "XMLHttpRequest"
        return request

    def _feed(self, names: list[str], seen: dict[str, Seen]) -> Request:
        told = msgspec.to_builtins(seen, str_keys=True)
        return self.fresh(f"{SITE}/json/JsonFeed/{names[0]}", rest=names[1:], seen=told)

    # -- feeds ---------------------------------------------------------------------------------

    @page(r"/json/JsonFeed/\w+$", landmark=r'"Items"\s*:')
    def feed(self, answer: Answer) -> Things:
        """One after the other: a measure is in several, and only together they say where it is."""
        name = match(r".*/(\w+)", answer.url)[1]
        if name not in _STEPS:
            raise PageChanged(f"one of the feeds {', '.join(_STEPS)}", name)
        told = answer.context.get("seen", {})
        seen = msgspec.convert(told, dict[str, Seen], strict=False)
        for item in answer.json(Feed).items:
            self._see(item, seen, name)
        if rest := answer.context.get("rest"):
            yield self._feed(list(rest), seen)
            return
        if not seen:
            self.empty_proof = '"Items" with nothing in it'
        for identifier, known in seen.items():
            yield from self._measure(identifier, known)
        yield from self._unlisted(seen)

    def _see(self, item: Item, seen: dict[str, Seen], name: str) -> None:
        told = code(item.title)
        if told is None:
            self.reject("amendment")
        elif str(item.general_assembly_session) not in self.sessions(self.today):
            self.reject("measure of another General Assembly")
        elif not fold(item.long_title or ""):
            self.reject("measure without a title yet")
        else:
            merge(seen, item, told, _STEPS[name], list(_STEPS).index(name))

    def _measure(self, identifier: str, seen: Seen) -> Things:
        told = about(seen.session, identifier)
        ids = {**self._read_before(measure_key(**told)), **seen.ids}
        described = {
            **told,
            "kind": kind(identifier),
            "title": seen.title,
            "url": f"{SITE}/BillDetail?LegislationId={ids[max(ids)]}",
        }
        on = seen.rank[1]
        listing = Listing(
            **described,
            last_action=f"{seen.step} ({seen.code})",
            last_action_on=dt.date.fromisoformat(on) if on else None,
        )
        self.ids[listing.key] = ids
        yield self.screen(listing, seen.synopsis)
        if self.is_wanted(listing.key):
            yield Measure(
                **described,
                chamber="lower" if identifier.startswith("H") else "upper",
                abstract=seen.synopsis,
                versions=versions(identifier, ids),
            )
            if listing.key in self.turn:
                yield from self._histories(listing, ids)

    def _histories(self, measure: Measure | Listing, ids: Mapping[int, int]) -> Iterator[Request]:
        """Asked for but once, also where a measure moved on the day of its turn."""
        for number in ids.values():
            yield self._history(measure, number)

    def _history(self, measure: Measure | Listing, number: int) -> Request:
        self.histories.add(number)
        return self._post(_HISTORY, {"legislationId": str(number)}, **named(measure))

    def _read_before(self, key: str) -> dict[int, int]:
        """Ids by the number of the substitute, from the addresses of texts that were read."""
        found = (_TEXT.search(address) for address in self.known.texts.get(key, ()))
        named = ((code(one[2]), int(one[1])) for one in found if one)
        return {told.substitute: number for told, number in named if told}

    def _unlisted(self, seen: Mapping[str, Seen]) -> Things:
        """Watched measures that no feed has any more, in their turn."""
        for key in sorted(self.turn):
            _, session, identifier = key.split("/")
            if identifier not in seen:
                measure = Measure(**about(session, identifier))
                yield from self._histories(measure, self._read_before(key))

    # -- one measure ---------------------------------------------------------------------------

    def follow(self, listing: Listing) -> Iterator[Request]:
        """The page of the newest text, the measure's address; it tells when a law takes effect."""
        yield from self._histories(listing, self.ids[listing.key])
        yield self.get(listing.url, **named(listing))

    @page(_HISTORY + "$", landmark='"ActionDescription"', empty=_NONE, beside=True)
    def history(self, answer: Answer) -> Things:
        told = actions(answer.json(Data[Line]).data)
        yield Measure(
            **answer.named(),
            kind=kind(answer.carried("identifier")),
            committees=committees(told),
            actions=told,
            votes=list(votes(told)),
        )

    def check_texts(self) -> None:
        """An empty history is the server's mood; most of them empty is a refusal."""
        super().check_texts()
        refused = sum(_HISTORY in problem.url for problem in self.missed)
        if refused > _FEW and refused * 2 > len(self.histories):
            found = f"{refused} of {len(self.histories)} refused"
            self.note("blocked", self.facts.home, "histories of the wanted measures", found)

    @page(
        r"/BillDetail\?(?i:legislationId)=\d+$",
        landmark=r"Original Text:|Sponsor\(s\):|Volume:Chapter",
        beside=True,
    )
    def bill(self, answer: Answer) -> Things:
        soup = answer.soup()
        one(soup, "#RecentReports")
        yield Measure(
            **answer.named(),
            kind=kind(answer.carried("identifier")),
            effective_on=stated(soup, "Effective Date"),
            expires_on=stated(soup, "Sunset Date"),
            documents=fiscal_notes(soup, answer.url),
        )

    @page(
        r"/json/BillDetail/GenerateHtmlDocument\?",
        landmark=r"(?s)<title>Legislation Document</title>.*</html>\s*\Z",
    )
    def text(self, answer: Answer) -> Things:
        """The head of a text names the sponsors; its address the measure, its words the assembly."""
        read = self.version_text(self._named(answer), media_type="text/html")
        yield read
        if people := sponsors(answer.soup()):
            told = about(read.session, read.identifier)
            yield Measure(**told, kind=kind(read.identifier), sponsors=people)
        else:
            self.reject("text whose head names no sponsors")

    def _named(self, answer: Answer) -> Answer:
        if answer.context:
            return answer
        found = _TEXT.search(answer.url)
        assembly = _ASSEMBLY.search(answer.soup().get_text(""))
        told = code(found[2]) if found else None
        if told is None or assembly is None:
            raise PageChanged("a text that names its measure and assembly", answer.url)
        context = {**about(assembly[1], told.identifier), "note": told.name, "url": answer.url}
        return replace(answer, context=context)

    # -- hearings ------------------------------------------------------------------------------

    @page(_MEETINGS + r"\?", landmark='"CommitteeMeetingId"', empty=_NONE, beside=True)
    def meetings(self, answer: Answer) -> Things:
        for meeting in answer.json(Data[Meeting]).data:
            at = meets_at(meeting.meeting_date_time)
            if at.date() >= self.today:
                path = f"{_AGENDA}?committeeMeetingId={meeting.committee_meeting_id}"
                yield self._post(
                    path,
                    {},
                    at=at.isoformat(),
                    committee=fold(meeting.committee_name or ""),
                    place=fold(meeting.address_alias_nickname or ""),
                    status=fold(meeting.committee_meeting_status_name or ""),
                )

    @page(_AGENDA + r"\?", landmark='"ItemDescription"', empty=_NONE, beside=True)
    def agenda(self, answer: Answer) -> Things:
        at = dt.datetime.fromisoformat(answer.carried("at"))
        session, *_ = self.sessions(at.date())
        called_off = "cancel" in answer.carried("status").lower()
        for item in answer.json(Data[AgendaItem]).data:
            for identifier in named_in(item.item_description or ""):
                yield Hearing(
                    **about(session, identifier),
                    on=at.date(),
                    starts_at=at,
                    timezone=TIMEZONE,
                    committee=answer.carried("committee"),
                    place=answer.carried("place"),
                    status="cancelled" if called_off else "scheduled",
                )
