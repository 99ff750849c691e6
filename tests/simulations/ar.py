"""Arkansas: two files of measures and actions in UTF-16, a page for each; a bill and its act in PDF."""

from __future__ import annotations

import datetime as dt
import re

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_NUMBER = re.compile(r"([HS])B(\d+)")
_TEXT = re.compile(r"/Bills/2025R/Public/([HS])B(\d+)\.pdf")
_ACT = re.compile(r"(\d+)([12])\.pdf")
_FILES = "/SessionInformation/"


class Simulated(Site):
    """A bill that moves becomes an act, whose number is the bill's and a digit for its house."""

    today = dt.date(2025, 2, 11)

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/Home/FTPDocument":
            return self._file(asked.query["path"])
        if asked.path == "/Acts/FTPDocument" and (act := _ACT.fullmatch(asked.query["file"])):
            return as_pdf(self.world.bill(int(act[1]), upper=act[2] == "1").words(2))
        found = _NUMBER.fullmatch(asked.query.get("id", ""))
        if asked.path == "/Bills/Detail" and found:
            return Reply(_page(self._bill(found)))
        return NOTHING

    def _file(self, path: str) -> Reply:
        if path == f"{_FILES}LegislativeMeasures.txt":
            return _rows([_measure(bill) for bill in self.world.bills()])
        if path == f"{_FILES}ChamberActions.txt":
            return _rows([row for bill in self.world.bills() for row in _actions(bill)])
        if found := _TEXT.fullmatch(path):
            return as_pdf(self._bill(found).words(1))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")


def _rows(rows: list[str]) -> Reply:
    """Cells that are empty hold a NUL."""
    cells = (row.replace("||", "|\0|").replace("||", "|\0|") for row in rows)
    return Reply("".join(f"{row}\r\n" for row in cells).encode("utf-16"), "text/plain")


def _measure(bill: Bill) -> str:
    filed, name = f"{bill.steps[0]:%Y-%m-%d}", _name(bill)
    return f"{name[0]}|B|{bill.number}|{bill.title}|||||||1|Person||{filed}|{filed}||{name}|2025R"


def _actions(bill: Bill) -> list[str]:
    house = _name(bill)[0]
    return [
        f"1|{house}|B|{bill.number}||{day} 09:00:00.000000|{_sentence(bill, nth)}|{house}|||2025R"
        for nth, day in enumerate(bill.steps)
    ]


def _page(bill: Bill) -> str:
    name, chamber = _name(bill), "Senate" if bill.upper else "House"
    history = "".join(
        _row(chamber, f"{day.month}/{day.day}/{day.year}&nbsp;9:00:00 AM", _sentence(bill, nth), "")
        for nth, day in reversed(list(enumerate(bill.steps)))
    )
    fields = (
        _row(
            "Bill Number:",
            f'<a href="/Home/FTPDocument?path=%2FBills%2F2025R%2FPublic%2F{name}.pdf"'
            f' aria-label="{name}.pdf">PDF</a> {name}',
        )
        + (_row("Act Number:", _act_link(bill)) if len(bill.steps) > 1 else "")
        + _row("Status:", f"{chamber} -- {_sentence(bill, len(bill.steps) - 1)}")
        + _row("Originating Chamber:", chamber)
        + _row("Lead Sponsor:", '<a href="/Legislators/Detail?member=Person">Person</a>')
    )
    return (
        f'<html><body><div id="bodyContent"><h1>{name} - {bill.title}</h1><div role="grid">{fields}'
        f'</div><h3>Bill Status History</h3><div role="grid">{history}</div></div></body></html>'
    )


def _act_link(bill: Bill) -> str:
    act = _act(bill)
    return (
        f'<a href="/Acts/FTPDocument?path=%2FACTS%2F2025R%2FPublic%2F&amp;file={act}.pdf'
        f'&amp;ddBienniumSession=2025%2F2025R" aria-label="Act{act}.PDF">PDF</a> {act}'
    )


def _sentence(bill: Bill, nth: int) -> str:
    return ("Filed", f"Notification that {_name(bill)} is now Act {_act(bill)}")[nth]


def _act(bill: Bill) -> str:
    return f"{bill.number}{1 if bill.upper else 2}"


def _row(*cells: str) -> str:
    inner = "".join(f'<div role="gridcell">{cell}</div>' for cell in cells)
    return f'<div class="row tableRow" role="row">{inner}</div>'


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'H'}B{bill.number}"
