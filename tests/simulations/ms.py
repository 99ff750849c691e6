"""Mississippi: one XML file of all measures, a history for each, texts as Word writes HTML."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, XML, Asked, Reply, Site
from tests.simulations.world import Bill

_HISTORY = re.compile(r"/2026/pdf/history/([HS])B/\1B(\d{4})\.xml")
_TEXT = re.compile(r"/documents/2026/html/([HS])B/\d{4}-\d{4}/\1B(\d{4})(IN|CS)\.htm")
_SENTENCES = ("Referred To Judiciary B", "Title Suff Do Pass Comm Sub")
_TEXTS = (("INTRO", "IN", "As Introduced"), ("CMTESUB", "CS", "Committee Substitute"))
_FIRST_OF_SENATE = 2001
_SESSION = '<a href="/2026/pdf/mainmenu.htm">2026 Regular Session</a>'
_DECLARED = '<?xml version="1.0" encoding="ISO-8859-1"?>'


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/sessions.htm":
            return Reply(f"<html><body>{_SESSION}</body></html>")
        if asked.path == "/2026/pdf/all_measures/allmsrs.xml":
            return Reply(self._list(), XML)
        if found := _HISTORY.fullmatch(asked.path):
            return Reply(_history(self._bill(found)), XML)
        if found := _TEXT.fullmatch(asked.path):
            return Reply(_text(self._bill(found), found[3]), "text/html")
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        upper = found[1] == "S"
        return self.world.bill(int(found[2]) - (_FIRST_OF_SENATE - 1) * upper, upper=upper)

    def _list(self) -> str:
        rows = "".join(
            f"<MSRGROUP><MEASURE>{_house(bill)}B {_number(bill):4}</MEASURE>"
            f"<SHORTTITLE>{bill.title}</SHORTTITLE><AUTHOR>FICTIONAL</AUTHOR>"
            f"<ACTION>{_lines(bill)[-1]}</ACTION>"
            f"<ACTIONLINK>../history/{_house(bill)}B/{_name(bill)}.xml</ACTIONLINK></MSRGROUP>"
            for bill in self.world.bills()
        )
        return (
            f"{_DECLARED}<LASTACTION><FORMATSESSION>2026 Regular Session</FORMATSESSION>"
            f"<TITLELINE>Report of All Measures</TITLELINE>{rows}</LASTACTION>"
        )


def _history(bill: Bill) -> str:
    actions = "".join(
        f"<ACTION><ACT_NUMBER>{nth}</ACT_NUMBER><ACT_DESC>{line}</ACT_DESC><ACT_VOTE></ACT_VOTE>"
        "</ACTION>"
        for nth, line in enumerate(_lines(bill), start=1)
    )
    hundred = _number(bill) // 100
    folder = f"../../../../documents/2026/html/{_house(bill)}B/{hundred:02}00-{hundred:02}99"
    slots = [*_TEXTS[: len(bill.steps)], ("CURRENT", _TEXTS[len(bill.steps) - 1][1], "")]
    papers = "".join(
        f"<{slot}><{slot}_OTHER>{folder}/{_name(bill)}{kind}.htm</{slot}_OTHER></{slot}>"
        for slot, kind, _ in slots
    )
    return (
        f"{_DECLARED}<HISTORY><YEAR>2026</YEAR><SESSION>Regular Session</SESSION>"
        f"<MEASURE><SHORT_MSRID>{_house(bill)}B {_number(bill):4}</SHORT_MSRID></MEASURE>"
        f"<SHORTTITLE>{bill.title}</SHORTTITLE><LONGTITLE>AN ACT; FICTIONAL.</LONGTITLE>"
        "<AUTHORS><PRINCIPAL><P_NAME>FICTIONAL</P_NAME></PRINCIPAL></AUTHORS>"
        f"{actions}<CODESECTIONS></CODESECTIONS><DOCUMENTS>{papers}</DOCUMENTS></HISTORY>"
    )


def _text(bill: Bill, kind: str) -> str:
    nth, name = next((nth, note) for nth, (_, end, note) in enumerate(_TEXTS, 1) if end == kind)
    return (
        f"<html>\n<head><title>{_house(bill)}B {_number(bill)} ({name}) - 2026 Regular Session"
        f"</title></head>\n<body lang=EN-US><div class=WordSection1><p class=MsoNormal>"
        f"{bill.words(nth)}</p></div></body>\n</html>\n"
    )


def _lines(bill: Bill) -> list[str]:
    return [f"{day:%m/%d} ({_house(bill)}) {_SENTENCES[nth]}" for nth, day in enumerate(bill.steps)]


def _house(bill: Bill) -> str:
    return "S" if bill.upper else "H"


def _number(bill: Bill) -> int:
    return bill.number + (_FIRST_OF_SENATE - 1) * bill.upper


def _name(bill: Bill) -> str:
    return f"{_house(bill)}B{_number(bill):04}"
