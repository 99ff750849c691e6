"""Georgia: SOAP services for sessions, searches and details of bills; texts in PDF on the site."""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice

from tests.simulations.site import NOTHING, XML, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_CALL = re.compile(r"<s:Body><(\w+) ")
_TEXT = re.compile(r"/api/legislation/document/20252026/(\d+)")
_SESSION = (
    "<a:Session><a:Description>2025-2026 Regular Session</a:Description><a:Id>1033</a:Id>"
    "<a:IsDefault>false</a:IsDefault>"
    "<a:Library>http://www.legis.ga.gov/Legislation/20252026/</a:Library></a:Session>"
)
_SENTENCES = {
    False: ("House Hopper", "House First Readers"),
    True: ("Senate Hopper", "Senate Read and Referred"),
}


class Simulated(Site):
    """A bill's id counts both houses together; a text's id is that, then the text's own digit."""

    def answer(self, asked: Asked) -> Reply:
        if asked.host == "www.legis.ga.gov" and (found := _TEXT.fullmatch(asked.path)):
            bill_id, version = divmod(int(found[1]), 10)
            return as_pdf(self._bill(bill_id).words(version))
        call, body = _CALL.search(asked.body.decode()), asked.body.decode()
        if call is None or asked.host != "webservices.legis.ga.gov":
            return NOTHING
        match asked.path, call[1]:
            case "/GGAServices/Session/Service.svc", "GetSessions":
                return _answer(call[1], _SESSION)
            case "/GGAServices/Legislation/Service.svc", "GetLegislationSearchResultsPaged":
                return _answer(call[1], self._found(_number("StartIndex", body), body))
            case "/GGAServices/Legislation/Service.svc", "GetLegislationDetail":
                return _answer(call[1], _detail(self._bill(_number("LegislationId", body))))
        return NOTHING

    def _bill(self, bill_id: int) -> Bill:
        return self.world.bill((bill_id + 1) // 2, upper=bill_id % 2 == 0)

    def _found(self, start: int, body: str) -> str:
        shown = islice(self.world.bills(), start, start + _number("PageSize", body))
        rows = "".join(
            f"<a:LegislationSearchResult>{_head(b)}</a:LegislationSearchResult>" for b in shown
        )
        return f"<a:Page>{rows}</a:Page><a:Total>{self.world.listed}</a:Total>"


def _detail(bill: Bill) -> str:
    history = "".join(
        f"<a:StatusListing>{_status(bill, nth)}</a:StatusListing>"
        for nth in reversed(range(len(bill.steps)))
    )
    papers = "".join(
        f"<a:DocumentDescription><a:Description>LC 9 000{nth}</a:Description>"
        f"<a:Id>{_id(bill)}{nth}</a:Id><a:Version>{nth}</a:Version></a:DocumentDescription>"
        for nth in range(len(bill.steps), 0, -1)
    )
    return (
        f"{_head(bill)}<a:Committees/><a:Sponsor/><a:StatusHistory>{history}</a:StatusHistory>"
        f"<a:Summary>A BILL, {bill.title}</a:Summary><a:Versions>{papers}</a:Versions><a:Votes/>"
    )


def _head(bill: Bill) -> str:
    return (
        f"<a:Authors/><a:Caption>{bill.title}</a:Caption>"
        f"<a:DocumentType>{'SB' if bill.upper else 'HB'}</a:DocumentType><a:Id>{_id(bill)}</a:Id>"
        f"<a:Number>{bill.number}</a:Number>{_SESSION}"
        f"<a:Status>{_status(bill, len(bill.steps) - 1)}</a:Status><a:Suffix></a:Suffix>"
    )


def _status(bill: Bill, nth: int) -> str:
    at = dt.datetime.combine(bill.steps[nth], dt.time(10, 20, 30))
    return (
        f"<a:Code></a:Code><a:Date>{at.isoformat()}</a:Date>"
        f"<a:Description>{_SENTENCES[bill.upper][nth]}</a:Description><a:Id>0</a:Id>"
    )


def _id(bill: Bill) -> int:
    return bill.number * 2 - (not bill.upper)


def _number(name: str, body: str) -> int:
    return int(body.partition(f"<{name}>")[2].partition("<")[0])


def _answer(call: str, result: str) -> Reply:
    return Reply(
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        f'<{call}Response xmlns="http://www.legis.ga.gov/2009/01/01/services/">'
        f'<{call}Result xmlns:a="http://www.legis.ga.gov/2009/01/01/data/"'
        f' xmlns:i="http://www.w3.org/2001/XMLSchema-instance">{result}</{call}Result>'
        f"</{call}Response></s:Body></s:Envelope>",
        XML,
    )
