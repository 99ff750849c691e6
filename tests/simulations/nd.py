"""North Dakota: one JSON file of an assembly's bills, a CSV of hearings, texts in PDF."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from tests.simulations.site import CSV, NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_REGULAR = "/assembly/69-2025/regular"
_TEXT = re.compile(rf"{_REGULAR}/documents/25-(\d{{4}})-0([12])000\.pdf")
_SENTENCES = (
    "Introduced, first reading, referred Judiciary Committee",
    "Reported back amended, do pass, amendment placed on calendar 6 1 6",
)
_NOTES = ("INTRODUCED", "FIRST ENGROSSMENT")
_COLUMNS = "Hearing Date/Time,Bill,Agenda Time,Committee,Subcommittee,Room,Description\r\n"


class Simulated(Site):
    today = dt.date(2025, 2, 10)

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/api/assembly/69-2025/data/bills.json":
            return as_json(self._assembly())
        if asked.path == "/legend/committee/hearings/public-schedule/":
            return Reply(_COLUMNS, CSV)
        if found := _TEXT.fullmatch(asked.path):
            thousand, number = divmod(int(found[1]), 5000)
            return as_pdf(self.world.bill(number, upper=bool(thousand)).words(int(found[2])))
        return NOTHING

    def _assembly(self) -> dict[str, Any]:
        return {
            "assembly": 69,
            "assembly_name": "69th Legislative Assembly",
            "biennium_start": 2025,
            "biennium_end": 2027,
            "bills": {
                _name(bill).lower().replace(" ", ""): _row(bill) for bill in self.world.bills()
            },
        }


def _row(bill: Bill) -> dict[str, Any]:
    chamber = "Senate" if bill.upper else "House"
    number = _name(bill).partition(" ")[2]
    return {
        "name": _name(bill),
        "number": number,
        "title": bill.title,
        "summary": "Relating to a fiction.",
        "chamber": chamber,
        "url": f"https://ndlegis.gov{_REGULAR}/bill-overview/bo{number}.html",
        "sponsors": [
            {
                "name": "Rep. Fictional",
                "type": "legislator",
                "primary": True,
                "chamber": chamber,
            }
        ],
        "actions": [
            {
                "description": _SENTENCES[nth],
                "date": f"{day.isoformat()}T23:59:59",
                "chamber": chamber,
            }
            for nth, day in enumerate(bill.steps)
        ],
        "versions": [_paper(bill, nth) for nth in range(len(bill.steps))],
    }


def _paper(bill: Bill, nth: int) -> dict[str, str]:
    """The number of a text is that of its draft, which is not the bill's own."""
    draft = f"25.{bill.number + 5000 * bill.upper:04}.0{nth + 1}000"
    return {
        "lc_number": draft,
        "description": _NOTES[nth],
        "document_url": f"https://ndlegis.gov{_REGULAR}/documents/{draft.replace('.', '-')}.pdf",
    }


def _name(bill: Bill) -> str:
    return f"SB {2000 + bill.number}" if bill.upper else f"HB {1000 + bill.number}"
