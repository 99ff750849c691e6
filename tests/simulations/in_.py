"""Indiana: an API that lists numbers by 50, a bill, its history, and prints in PDF from the site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, ClassVar

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_PAGE = 50
_BILL = re.compile(r"/2026/bills/([hs])b(\d{4})(/actions)?")
_TEXT = re.compile(
    r"/pdf-documents/124/2026/(?:house|senate)/bills/([HS])B(\d{4})"
    r"/\1B\2\.(01\.INTR|02\.COM\1)\.pdf"
)
_SENTENCES = ("Authored by Senator Bray", "Committee report: amend do pass, adopted")
# Bills of the House are numbered from 1001 on.
_HOUSE = 1000


class Simulated(Site):
    environment: ClassVar[Mapping[str, str]] = {"INDIANA_API_KEY": "fictional"}

    def answer(self, asked: Asked) -> Reply:
        if asked.host == "iga.in.gov":
            found = _TEXT.fullmatch(asked.path)
            return as_pdf(self._bill(found).words(int(found[3][:2]))) if found else NOTHING
        if asked.headers.get("x-api-key") != "fictional":
            return NOTHING
        if asked.path == "/2026/bills":
            return as_json(self._list(int(asked.query.get("page", "1"))))
        if asked.path == "/2026/meetings":
            return as_json({"items": []})
        if found := _BILL.fullmatch(asked.path):
            bill = self._bill(found)
            return as_json(_history(bill) if found[3] else _details(bill))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        upper = found[1].upper() == "S"
        return self.world.bill(int(found[2]) - (0 if upper else _HOUSE), upper=upper)

    def _list(self, page: int) -> dict[str, Any]:
        shown = islice(self.world.bills(), (page - 1) * _PAGE, page * _PAGE)
        more = page * _PAGE < self.world.listed
        return {"items": [_row(bill) for bill in shown]} | (
            {"nextLink": f"/2026/bills?page={page + 1}&per_page=50"} if more else {}
        )


def _name(bill: Bill) -> str:
    return f"SB{bill.number:04}" if bill.upper else f"HB{bill.number + _HOUSE:04}"


def _link(bill: Bill) -> str:
    return f"/2026/bills/{_name(bill).lower()}"


def _row(bill: Bill) -> dict[str, Any]:
    name = _name(bill)
    shown = f"{name[:2]} {int(name[2:])}"
    return {"billName": name, "displayName": shown, "link": _link(bill), "type": "BILL"}


def _details(bill: Bill) -> dict[str, Any]:
    prints = ("01.INTR", "02.COMS" if bill.upper else "02.COMH")[: len(bill.steps)]
    nobody = {"firstName": "A", "lastName": "Member"}
    return _row(bill) | {
        "year": "2026",
        "originChamber": _house(bill),
        "description": bill.title,
        "authors": [nobody],
        "coauthors": [],
        "sponsors": [],
        "cosponsors": [],
        "latestVersion": {
            "billName": _name(bill),
            "digest": f"{bill.title}.",
            "shortDescription": bill.title,
            "subjects": [],
        },
        "versions": [
            {"billName": _name(bill), "printVersionName": f"{_name(bill)}.{form}"}
            for form in reversed(prints)
        ],
        "actions": {"link": f"{_link(bill)}/actions"},
        "all_rollcalls": [],
    }


def _history(bill: Bill) -> dict[str, Any]:
    lines = [
        {
            "description": words,
            "date": f"{day}T00:00:00",
            "chamber": {"name": _house(bill)},
            "link": f"{_link(bill)}/actions/{nth}",
        }
        for nth, (day, words) in enumerate(zip(bill.steps, _SENTENCES, strict=False), start=1)
    ]
    return {"items": lines}


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"
