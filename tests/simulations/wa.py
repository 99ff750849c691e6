"""Washington: XML of the web services, all measures in one list, four calls for each, texts in HTML."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from tests.simulations.site import NOTHING, XML, Asked, Reply, Site
from tests.simulations.world import Bill

_TEXT = re.compile(r"/biennium/2025-26/Htm/Bills/(?:House|Senate)%20Bills/(\d+)(-S)?\.htm")
_SENTENCES = (
    "First reading, referred to Law & Justice.",
    "LAW - Majority; 1st substitute bill be substituted, do pass.",
)
_HOUSE, _SENATE = 1000, 5000


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.host == "lawfilesext.leg.wa.gov":
            return self._text(asked.path)
        match asked.path.rpartition("/")[2]:
            case "GetLegislationIntroducedSince":
                return _array("Legislation", [_legislation(bill) for bill in self.world.bills()])
            case "GetCommitteeMeetings":
                return _array("CommitteeMeeting", [])
            case "GetLegislation":
                bill = self._bill(asked.query["billNumber"])
                return _array("Legislation", [_legislation(bill)])
            case "GetLegislativeStatusChangesByBillNumber":
                return _array("LegislativeStatus", _lines(self._bill(asked.query["billNumber"])))
            case "GetSponsors":
                name = "<Name>A Member (fictional)</Name><Type>Primary</Type>"
                return _array("Sponsor", [f"<Sponsor>{name}</Sponsor>"])
            case "GetDocuments":
                return _array(
                    "LegislativeDocument", _documents(self._bill(asked.query["namedLike"]))
                )
        return NOTHING

    def _bill(self, printed: str) -> Bill:
        upper = int(printed) > _SENATE
        return self.world.bill(int(printed) - (_SENATE if upper else _HOUSE), upper=upper)

    def _text(self, path: str) -> Reply:
        found = _TEXT.fullmatch(path)
        if not found:
            return NOTHING
        words = self._bill(found[1]).words(2 if found[2] else 1)
        return Reply(f"<html><div>{words}</div><div>--- END ---</div></html>")


def _array(name: str, rows: list[str]) -> Reply:
    space = 'xmlns="http://WSLWebServices.leg.wa.gov/"'
    body = f"{space}>{''.join(rows)}</ArrayOf{name}>" if rows else f"{space} />"
    return Reply(f'<?xml version="1.0" encoding="utf-8"?><ArrayOf{name} {body}', XML)


def _number(bill: Bill) -> int:
    return bill.number + (_SENATE if bill.upper else _HOUSE)


def _name(bill: Bill) -> str:
    return f"{'SB' if bill.upper else 'HB'} {_number(bill)}"


def _line(bill: Bill, nth: int) -> str:
    return (
        f"<BillId>{_name(bill)}</BillId><HistoryLine>{escape(_SENTENCES[nth])}</HistoryLine>"
        f"<ActionDate>{bill.steps[nth]}T00:00:00</ActionDate>"
    )


def _lines(bill: Bill) -> list[str]:
    told = (_line(bill, nth) for nth in range(len(bill.steps)))
    return [f"<LegislativeStatus>{line}</LegislativeStatus>" for line in told]


def _legislation(bill: Bill) -> str:
    return (
        f"<Legislation><Biennium>2025-26</Biennium><BillId>{_name(bill)}</BillId>"
        "<SubstituteVersion>0</SubstituteVersion><EngrossedVersion>0</EngrossedVersion>"
        "<ShortLegislationType><ShortLegislationType>B</ShortLegislationType></ShortLegislationType>"
        f"<OriginalAgency>{'Senate' if bill.upper else 'House'}</OriginalAgency><Active>true</Active>"
        f"<ShortDescription /><CurrentStatus>{_line(bill, len(bill.steps) - 1)}</CurrentStatus>"
        f"<LongDescription>{bill.title}.</LongDescription><LegalTitle>AN ACT of a test;</LegalTitle>"
        "<Companions /></Legislation>"
    )


def _documents(bill: Bill) -> list[str]:
    folder = f"{'Senate' if bill.upper else 'House'} Bills"
    at = f"http://lawfilesext.leg.wa.gov/biennium/2025-26/Htm/Bills/{folder}"
    return [
        f"<LegislativeDocument><ShortFriendlyName>{note}</ShortFriendlyName><Class>Bills</Class>"
        f"<HtmUrl>{at}/{_number(bill)}{form}.htm</HtmUrl></LegislativeDocument>"
        for note, form in (("Original Bill", ""), ("Substitute Bill", "-S"))[: len(bill.steps)]
    ]
