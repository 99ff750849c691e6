"""Alabama: one GraphQL service for the session, lists, instruments and meetings; texts in PDF."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_PAGE = 500
_FILES = "https://alison.legislature.state.al.us/files/pdf/SearchableInstruments/2026RS/"
_TEXT = re.compile(r"/files/pdf/SearchableInstruments/2026RS/([HS])B(\d+)-(int|eng)\.pdf")
_NUMBER = re.compile(r"([HS])B(\d+)")
_INTRODUCED = "Read for the first time and referred to the {0} Committee on Judiciary"
_STATUSES = ("Pending Committee Action in House of Origin", "Engrossed")


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(found).words(1 if found[3] == "int" else 2))
        if asked.path != "/graphql" or asked.method != "POST":
            return NOTHING
        question = asked.json()
        data = self._data(question["query"], question["variables"])
        return as_json({"data": data}) if data else NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")

    def _data(self, query: str, given: dict[str, Any]) -> dict[str, Any] | None:
        if "currentSession" in query:
            return {"currentSession": {"abbreviation": "2026RS"}}
        if "meetings(" in query:
            return {"meetings": {"count": 0, "data": []}}
        if given["session"] != "2026RS":
            return None
        if "instruments(" in query:
            return {"instruments": self._list(given["type"], given["offset"])}
        found = _NUMBER.fullmatch(given["number"])
        return _detail(self._bill(found)) if found else None

    def _list(self, kind: str, offset: int) -> dict[str, Any]:
        """No resolutions."""
        if kind == "R":
            return {"count": 0, "data": []}
        shown = islice(self.world.bills(), offset, offset + _PAGE)
        return {"count": self.world.listed, "data": [_instrument(bill) for bill in shown]}


def _instrument(bill: Bill) -> dict[str, Any]:
    last = len(bill.steps) - 1
    return {
        "sessionAbbreviation": "2026RS",
        "instrumentNbr": _name(bill),
        "instrumentType": "B",
        "body": _house(bill),
        "shortTitle": bill.title,
        "subject": "Counties",
        "sponsor": "Person",
        "assignedCommittee": "Judiciary",
        "prefiledDate": None,
        "currentStatus": _STATUSES[last],
        "lastAction": _STATUSES[last],
        "lastActionDate": bill.steps[last].isoformat(),
        "actSummary": None,
    }


def _detail(bill: Bill) -> dict[str, Any]:
    texts = [f"{_FILES}{_name(bill)}-{form}.pdf" for form in ("int", "eng")[: len(bill.steps)]]
    papers = dict.fromkeys(
        ("viewEnacted", "actNbr", "companionInstrumentNbr", "effectiveDateCertain")
    )
    files = ("introducedFileUrl", "engrossedFileUrl", "enrolledFileUrl", "reenrolledFileUrl")
    return {
        "instrument": _instrument(bill)
        | papers
        | dict.fromkeys(files)
        | dict(zip(files, texts, strict=False)),
        "fiscalNotes": {"data": []},
        "histories": {"data": [_line(bill, nth) for nth in reversed(range(len(bill.steps)))]},
    }


def _line(bill: Bill, nth: int) -> dict[str, Any]:
    return {
        "instrumentNbr": _name(bill),
        "calendarDate": bill.steps[nth].isoformat(),
        "body": _house(bill),
        "matter": (_INTRODUCED.format(_house(bill)), "Engrossed")[nth],
        **dict.fromkeys(("committee", "amdSubFileUrl", "rollCallNbr", "yeas", "nays")),
    }


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'H'}B{bill.number}"
