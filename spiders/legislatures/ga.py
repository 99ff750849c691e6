"""Georgia General Assembly, https://www.legis.ga.gov/, by its SOAP web services.

The services (http://webservices.legis.ga.gov/GGAServices/) need no key and answer on plain http
only. One search lists the measures of a session with caption and last status; one call tells the
whole of a bill.

The JSON behind the site's own pages asks for a token that only the site's script can make. It is
not a published service and is never asked for; its answers, saved by a person, are read
(`tracker parse`). Meetings stand nowhere else, so this source has no hearings.

Quirks: a veto is "Date Signed by Governor" followed by "Veto V1"; amendments and the newspaper's
notice of a local bill stand among the versions; addresses of texts of special sessions are wrong
and are made from library and number; the server is weak and faults under load.

A crawl asks for the list of sessions, a page of the search for each 250 measures, and the detail
and new texts of each wanted measure that moved: for 2,000 measures 10 requests on a quiet day, 21 on
a busy one, 91 the first time. A whole term has some 2,800 or more, thus a few pages more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from spiders.legislatures import ga_json, ga_soap
from spiders.legislatures.ga_bill import JURISDICTION, measure
from spiders.reading import PageChanged, match
from tracker.model import Listing
from tracker.runs import Requests, SourceFacts

_PAGE = 250
_SEARCH, _DETAIL = "GetLegislationSearchResultsPaged", "GetLegislationDetail"
# From this day of an even year bills of the next term may be prefiled.
_PREFILING = (11, 15)


class Georgia(LegislatureSpider):
    facts = SourceFacts(
        code="ga",
        jurisdiction=JURISDICTION,
        name="Georgia General Assembly",
        kind="legislature",
        home="https://www.legis.ga.gov/",
        requests=Requests(first=91, quiet=10, busy=21),
    )
    hosts = ("webservices.legis.ga.gov", "www.legis.ga.gov")
    timezone = "America/New_York"
    complete_list = True

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The term of two years, and from the middle of its last November the next one too.

        Special sessions of the term are found in the service's own list.
        """
        first = today.year - (today.year + 1) % 2
        terms = [first]
        if today.year > first and (today.month, today.day) >= _PREFILING:
            terms.append(first + 2)
        return [f"{year}_{(year + 1) % 100:02}" for year in terms]

    def begin(self) -> Iterator[Request]:
        yield self._call("Session", "SessionFinder", "GetSessions")

    def _call(
        self, service: str, contract: str, call: str, arguments: str = "", **context: object
    ) -> Request:
        return self.ask(
            f"{ga_soap.SERVICES}/{service}/Service.svc",
            context,
            method="POST",
            body=ga_soap.envelope(call, arguments),
            headers=ga_soap.headers(contract, call),
        )

    @page(r"/Session/Service\.svc$", landmark="<GetSessionsResult[ >]")
    def session_list(self, answer: Answer) -> Things:
        listed = list(ga_soap.sessions(answer.xml()))
        current, *next_ones = self.sessions(self.today)
        if current not in {session.name for session in listed}:
            raise PageChanged(f"the session {current}", ", ".join(one.name for one in listed))
        years = {current[:4], str(int(current[:4]) + 1)}
        for session in listed:
            special = "_ss" in session.name and session.name[:4] in years
            if special or session.name in {current, *next_ones}:
                yield self._search(session.id, 0)

    def _search(self, session_id: int, start: int, seen: Sequence[int] = ()) -> Request:
        arguments = ga_soap.search_arguments(session_id, _PAGE, start)
        return self._call(
            "Legislation",
            "LegislationSearch",
            _SEARCH,
            arguments,
            session_id=session_id,
            start=start,
            seen=list(seen),
        )

    def follow(self, listing: Listing) -> Iterator[Request]:
        number = match(r".*/legislation/(\d+)", listing.url)[1]
        arguments = f"<LegislationId>{number}</LegislationId>"
        yield self._call("Legislation", "LegislationSearch", _DETAIL, arguments)

    @page(
        r"/Legislation/Service\.svc$",
        landmark=f"<(?:{_SEARCH}|{_DETAIL})Result[ >]",
        empty=r"(?s)<(?:\w+:)?Page */>\s*<(?:\w+:)?Total>0<.*Envelope>\s*\Z",
    )
    def legislation(self, answer: Answer) -> Things:
        """Answers of one address: which call they answer, their own elements say."""
        root = answer.xml()
        found, one = ga_soap.result(root, _SEARCH), ga_soap.result(root, _DETAIL)
        if found is not None:
            yield from self._listings(answer, ga_soap.rows(found), ga_soap.total(found))
        elif one is not None:
            yield measure(ga_soap.bill(one))
        else:
            raise PageChanged(f"an answer to {_SEARCH} or {_DETAIL}", root.tag)

    def _listings(self, answer: Answer, rows: list[tuple[int, Listing]], total: int) -> Things:
        ids = [bill_id for bill_id, _ in rows]
        again = set(ids).intersection(answer.context.get("seen", ()))
        read = answer.context.get("start", 0) + len(rows)
        if again or not rows or read > total:
            raise PageChanged(
                f"new measures up to {total}", f"{len(rows)}, {len(again)} of them listed before"
            )
        for _, listing in rows:
            yield listing
        if read < total and "session_id" in answer.context:
            yield self._search(answer.context["session_id"], read, ids)

    @page(r"//www\.legis\.ga\.gov/api/legislation/document/\w+/\d+$", landmark=r"\A\s*%PDF-")
    def text(self, answer: Answer) -> Things:
        yield self.version_text(answer, media_type="application/pdf")

    # -- answers that somebody saved -----------------------------------------------------------

    @page(
        r"//www\.legis\.ga\.gov/api/[Ll]egislation/[Ss]earch(?:/\d+/\d+)?$",
        landmark='"resultCount"',
        empty=r'(?s)\A\s*\{.*"results"\s*:\s*\[\s*\].*\}\s*\Z',
    )
    def saved_search(self, answer: Answer) -> Things:
        for found in answer.json(ga_json.Found).results:
            yield ga_json.row(found)

    @page(r"//www\.legis\.ga\.gov/api/[Ll]egislation/detail/\d+$", landmark='"statusHistory"')
    def saved_detail(self, answer: Answer) -> Things:
        yield measure(ga_json.bill(answer.json(ga_json.Detail)))
