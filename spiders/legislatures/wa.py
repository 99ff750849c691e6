"""Washington State Legislature, https://leg.wa.gov/, by its web services.

The services (https://wslwebservices.leg.wa.gov/, free, no key, support WebRequest@leg.wa.gov)
answer a plain GET with XML. One list holds every measure introduced since a day, with its title
and last line of history; four short calls tell the rest of the few that matter.

Quirks: "none found" is a fault with status 500; a bill has a row for each version, its number
changed by prefixes (`ESSB 5714`); lines of history name no house and repeat; documents are named
with `http` and blanks.

A crawl asks for
* `GetLegislationIntroducedSince?sinceDate=2024-12-01` (all measures of two years, about 10 MB) and,
  in December and January, `GetPrefiledLegislation`;
* of each wanted measure that moved: `GetLegislation`, `GetLegislativeStatusChangesByBillNumber`,
  `GetSponsors`, `LegislativeDocumentService/GetDocuments`, then each new text on lawfilesext;
* `CommitteeMeetingService/GetCommitteeMeetings` for two weeks, and `GetCommitteeMeetingItems` of
  each meeting of a house.
With 40 measures on topic and no meetings that is 204 requests the first time, 3 on a quiet day, 29 on a
busy one; each day of a session adds the agendas of two weeks, some 100.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree
from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures.wa_addresses import (
    address,
    biennium_of,
    call,
    human_page,
    media_type,
    rank,
    session_name,
)
from spiders.legislatures.wa_history import effective_on, history, votes
from spiders.legislatures.wa_rows import (
    Bill,
    bill_identifier,
    day_of,
    field,
    identifier_of_number,
    newest,
    not_a_measure,
    read_bill,
)
from spiders.reading import PageChanged
from tracker.model import Document, Hearing, Listing, Measure, Sponsor, Version
from tracker.runs import Requests, SourceFacts

_NONE = r"No legislation data found|<ArrayOf\w+(?: [^<>]*)?/>"
_ROLES = {"Primary": "primary", "Secondary": "cosponsor"}
_HEARING_DAYS = 14
# Other bodies ("Joint", "Agency", "Other") meet between sessions and hear no bills.
_HOUSES = {"House", "Senate"}
_AGENCIES = _HOUSES | {"Joint", "Agency", "Other"}


class Washington(LegislatureSpider):
    facts = SourceFacts(
        code="wa",
        jurisdiction="us-wa",
        name="Washington State Legislature",
        kind="legislature",
        home="https://leg.wa.gov/",
        requests=Requests(first=204, quiet=3, busy=29),
    )
    hosts = ("wslwebservices.leg.wa.gov", "lawfilesext.leg.wa.gov")
    timezone = "America/Los_Angeles"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The biennium; the next one from December, when its bills may be filed."""
        return [biennium_of(today)]

    def begin(self) -> Iterator[Request]:
        for biennium in self.sessions(self.today):
            since = f"{int(biennium[:4]) - 1}-12-01"
            yield self.get(call("GetLegislationIntroducedSince", sinceDate=since))
        if self.today.month in {12, 1}:
            yield self.get(call("GetPrefiledLegislation"))

    # -- lists ---------------------------------------------------------------------------------

    @page(
        r"/GetLegislationIntroducedSince\?|/GetPrefiledLegislation$",
        landmark="<Legislation>",
        empty=_NONE,
    )
    def bills(self, answer: Answer) -> Things:
        for bill in newest(self._bills(answer)):
            yield Listing(
                jurisdiction=self.facts.jurisdiction,
                session=session_name(bill.biennium),
                identifier=bill.identifier,
                kind=bill.kind,
                title=bill.title,
                last_action=bill.last_line,
                last_action_on=bill.last_on,
                url=human_page(bill),
            )
        if "sinceDate" in answer.url:
            yield self.get(self._meetings())

    def unmodified(
        self,
        url: str,
        context: Mapping[str, Any],  # noqa: ARG002 - the address says all
    ) -> Iterator[Request]:
        if "sinceDate" in url:
            yield self.get(self._meetings())

    def _bills(self, answer: Answer) -> Iterator[Bill]:
        for row in answer.elements("Legislation"):
            if why := not_a_measure(row):
                self.reject(why)
            else:
                yield read_bill(row)

    def follow(self, listing: Listing) -> Iterator[Request]:
        biennium = f"{listing.session[:5]}{listing.session[-2:]}"
        number = listing.identifier.split()[1]
        one: dict[str, str] = {"biennium": biennium, "billNumber": number}
        whole = {
            "beginDate": f"{int(biennium[:4]) - 1}-12-01",
            "endDate": f"20{biennium[5:]}-12-31",
        }
        yield self.get(call("GetLegislation", **one))
        yield self.get(call("GetLegislativeStatusChangesByBillNumber", **one, **whole))
        yield self.get(call("GetSponsors", biennium=biennium, billId=listing.identifier))
        yield self.get(
            call("GetDocuments", "LegislativeDocument", biennium=biennium, namedLike=number)
        )

    # -- one measure ---------------------------------------------------------------------------

    @page(r"/GetLegislation\?", landmark="<Legislation>", empty=_NONE)
    def legislation(self, answer: Answer) -> Things:
        for bill in newest(self._bills(answer)):
            yield Measure(
                jurisdiction=self.facts.jurisdiction,
                session=session_name(bill.biennium),
                identifier=bill.identifier,
                kind=bill.kind,
                chamber=bill.chamber,
                title=bill.title,
                abstract=bill.legal_title,
                url=human_page(bill),
                relations=bill.relations,
            )

    @page(
        r"/GetLegislativeStatusChangesByBillNumber\?", landmark="<LegislativeStatus>", empty=_NONE
    )
    def status_changes(self, answer: Answer) -> Things:
        identifier = identifier_of_number(answer.asked("billNumber"))
        lines: dict[tuple[dt.date, str], None] = {}
        for row in answer.elements("LegislativeStatus"):
            self._same_bill(field(row, "BillId"), identifier)
            on, line = day_of(field(row, "ActionDate")), field(row, "HistoryLine")
            if on is None or (on, line) in lines:
                self.reject("line of history without a day, or told twice")
            else:
                lines[on, line] = None
        actions = history(sorted(lines, key=lambda line: line[0]), identifier)
        yield self._part(
            answer,
            identifier,
            actions=actions,
            votes=votes(actions),
            effective_on=effective_on(actions),
        )

    @page(r"/GetSponsors\?", landmark="<Sponsor>", empty=_NONE)
    def sponsors(self, answer: Answer) -> Things:
        sponsors = []
        for row in answer.elements("Sponsor"):
            role = _ROLES.get(field(row, "Type"))
            if role is None:
                raise PageChanged(f"one of {', '.join(_ROLES)}", field(row, "Type"))
            sponsors.append(Sponsor(name=field(row, "Name"), role=role))  # type: ignore[arg-type]
        yield self._part(answer, bill_identifier(answer.asked("billId")), sponsors=sponsors)

    @page(r"/GetDocuments\?", landmark="<LegislativeDocument>", empty=_NONE)
    def documents(self, answer: Answer) -> Things:
        number = answer.asked("namedLike")
        versions: list[tuple[tuple[str, int, int], Version]] = []
        documents: list[Document] = []
        for row in answer.elements("LegislativeDocument"):
            note, kind, url = field(row, "ShortFriendlyName"), field(row, "Class"), address(row)
            if not re.match(rf"{number}(?!\d)", url.rpartition("/")[2]):
                self.reject("document of another number")
            elif kind == "Bills":
                versions.append(
                    (rank(url), Version(note=note, url=url, media_type=media_type(url)))
                )
            elif kind == "Bill Reports":
                documents.append(Document(kind="analysis", note=note, url=url))
            else:
                self.reject(f"document of the class {kind}")
        ordered = [version for _, version in sorted(versions, key=lambda ranked: ranked[0])]
        identifier = identifier_of_number(number)
        yield self._part(answer, identifier, versions=ordered, documents=documents)

    @page(r"//lawfilesext\.leg\.wa\.gov/.*\.(?:htm|pdf)$", landmark="--- END ---|%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type=media_type(answer.url))

    # -- hearings ------------------------------------------------------------------------------

    def _meetings(self) -> str:
        days = {
            "beginDate": self.today.isoformat(),
            "endDate": (self.today + dt.timedelta(days=_HEARING_DAYS)).isoformat(),
        }
        return call("GetCommitteeMeetings", "CommitteeMeeting", **days)

    @page(r"/GetCommitteeMeetings\?", landmark="<CommitteeMeeting>", empty=_NONE, beside=True)
    def meetings(self, answer: Answer) -> Things:
        for row in answer.elements("CommitteeMeeting"):
            agency = field(row, "Agency")
            if agency in _HOUSES:
                agenda = call(
                    "GetCommitteeMeetingItems", "CommitteeMeeting", agendaId=field(row, "AgendaId")
                )
                yield self.get(agenda, **meeting(row))
            elif agency in _AGENCIES:
                self.reject("meeting of a body that hears no bills")
            else:
                raise PageChanged(f"one of {', '.join(sorted(_AGENCIES))}", agency or "nothing")

    @page(
        r"/GetCommitteeMeetingItems\?", landmark="<CommitteeMeetingItem>", empty=_NONE, beside=True
    )
    def agenda(self, answer: Answer) -> Things:
        if "starts_at" not in answer.context:
            raise PageChanged("an agenda asked for as of a meeting", "nothing about its day")
        for row in answer.elements("CommitteeMeetingItem"):
            if printed := field(row, "BillId"):
                yield self._hearing(bill_identifier(printed), row, answer)
            else:
                self.reject("item of an agenda that is no bill")

    def _hearing(self, identifier: str, row: etree._Element, answer: Answer) -> Hearing:
        context = answer.context
        starts_at = dt.datetime.fromisoformat(context["starts_at"])
        hour_known = starts_at.time() != dt.time()
        return Hearing(
            jurisdiction=self.facts.jurisdiction,
            session=session_name(biennium_of(starts_at.date())),
            identifier=identifier,
            on=starts_at.date(),
            starts_at=starts_at.replace(tzinfo=ZoneInfo(self.timezone)) if hour_known else None,
            timezone=self.timezone,
            committee=context["committee"],
            place=context["place"],
            note=field(row, "HearingTypeDescription"),
            status="cancelled" if context["cancelled"] else "scheduled",
            url=f"https://app.leg.wa.gov/committeeschedules/Home/Agenda/{answer.asked('agendaId')}",
        )

    # -- small parts ---------------------------------------------------------------------------

    def _part(self, answer: Answer, identifier: str, **fields: Any) -> Measure:
        return Measure(
            jurisdiction=self.facts.jurisdiction,
            session=session_name(answer.asked("biennium")),
            identifier=identifier,
            **fields,
        )

    def _same_bill(self, printed: str, identifier: str) -> None:
        if bill_identifier(printed) != identifier:
            raise PageChanged(f"lines of {identifier}", printed)


def meeting(row: etree._Element) -> dict[str, Any]:
    committees = [field(one, "LongName") for one in row.iterfind("{*}Committees/{*}Committee")]
    place = (field(row, part) for part in ("Room", "Building", "City"))
    return {
        "starts_at": field(row, "Date"),
        "committee": f"{field(row, 'Agency')} {'; '.join(committees)}".strip(),
        "place": ", ".join(part for part in place if part),
        "cancelled": field(row, "Cancelled") == "true",
    }
