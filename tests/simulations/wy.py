"""Wyoming: one list of the year with each bill's last action, an object for each bill."""

from __future__ import annotations

import re
from typing import Any

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_NUMBER = re.compile(r"(HB|SF)(\d{4})")
_TEXT = re.compile(r"/2026/(Introduced|Engross)/([HS][BF]\d{4})\.pdf")
_SENTENCES = ("Bill Number Assigned", "{letter} Introduced and Referred to {letter}01 - Judiciary")


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path.startswith("/api/Calendar/Events/"):
            return as_json([])
        if asked.path == "/v1/odata/BillInformations":
            return as_json({"value": [_row(bill) for bill in self.world.bills()]})
        if asked.path == "/v1/odata/BillReferences":
            return as_json(_details(self._bill(asked.query["billNumber"])))
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(found[2]).words(1 if found[1] == "Introduced" else 2))
        return NOTHING

    def _bill(self, name: str) -> Bill:
        letters, number = _NUMBER.fullmatch(name).groups()  # type: ignore[union-attr]
        return self.world.bill(int(number), upper=letters == "SF")


def _name(bill: Bill) -> str:
    return f"{'SF' if bill.upper else 'HB'}{bill.number:04}"


def _actions(bill: Bill) -> list[tuple[str, str]]:
    """Newest first."""
    letter = "S" if bill.upper else "H"
    words = (sentence.format(letter=letter) for sentence in _SENTENCES)
    told = zip(bill.steps, words, strict=False)
    return [(f"{day}T00:00:00Z", words) for day, words in told][::-1]


def _row(bill: Bill) -> dict[str, Any]:
    day, words = _actions(bill)[0]
    return {
        "billNum": _name(bill),
        "shortTitle": f"{bill.title}. ",
        "year": 2026,
        "lastActionDate": day,
        "lastAction": words,
        "specialSessionValue": None,
    }


def _details(bill: Bill) -> dict[str, Any]:
    house = "Senate" if bill.upper else "House"
    return {
        "bill": _name(bill),
        "catchTitle": f"{bill.title}.",
        "billTitle": "AN ACT relating to a test.",
        "effectiveDate": None,
        "introduced": f"2026/Introduced/{_name(bill)}.pdf",
        "engrossedVersion": f"2026/Engross/{_name(bill)}.pdf" if len(bill.steps) > 1 else None,
        "enrolledAct": None,
        "digest": None,
        "summary": None,
        "fiscalNote": None,
        "sponsors": [{"name": "A Member", "primarySponsor": True, "sponsorTitle": None}],
        "billActions": [
            {"statusDate": day, "statusMessage": words, "location": house}
            for day, words in _actions(bill)
        ],
        "vetoes": [],
        "substituteBills": [],
        "rollCalls": [],
    }
