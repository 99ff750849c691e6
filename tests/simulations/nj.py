"""New Jersey: one ZIP of tables with all bills and what became of them, texts as HTML."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence

from tests.simulations.site import NOTHING, Asked, Reply, Site
from tests.simulations.world import Bill

_DATABASE = "/leg-databases/2026data/DB2026_TEXT.zip"
_TEXT = re.compile(r"/Bills/2026/([AS])\d{4}/(\d+)_([IR])1\.HTM")
_KEY = ("BillType", "BillNumber")
# For each step its code, without the letter of the house, and what stands for its text.
_STEPS = (("INT 1R{0} REF {0}JU", "I"), ("REP 2R{0}", "R"))
_COMMITTEES = (("AJU", "A", "Judiciary"), ("SJU", "S", "Judiciary"))

Row = Sequence[str | int]


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == _DATABASE:
            return Reply(self._database(), "application/zip")
        if found := _TEXT.fullmatch(asked.path):
            bill = self.world.bill(int(found[2]), upper=found[1] == "S")
            return Reply(_text(bill, 2 if found[3] == "R" else 1))
        return NOTHING

    def _database(self) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, rows in _tables(list(self.world.bills())).items():
                archive.writestr(zipfile.ZipInfo(name), _packed(rows), zipfile.ZIP_DEFLATED)
        return packed.getvalue()


def _tables(bills: list[Bill]) -> dict[str, list[Row]]:
    """Each with its head. No committee has a meeting ahead."""
    steps = [
        (bill, nth, on, *_STEPS[nth - 1]) for bill in bills for nth, on in enumerate(bill.steps, 1)
    ]
    return {
        "MAINBILL.TXT": [
            (*_KEY, "ActualBillNumber", "Synopsis", "IdenticalBillNumber"),
            *((*_key(bill), _name(bill), bill.title, "") for bill in bills),
        ],
        "BILLHIST.TXT": [
            (*_KEY, "Sequence", "Action", "Comment", "DateAction", "House"),
            *(
                (
                    *_key(bill),
                    nth,
                    code.format(_house(bill)),
                    "",
                    f"{on:%-m/%-d/%Y} 0:00:00",
                    _house(bill),
                )
                for bill, nth, on, code, _ in steps
            ),
        ],
        "BILLWP.TXT": [
            (*_KEY, "Sequence", "Comment", "Document", "DocType"),
            *(
                (*_key(bill), nth, "", _document(bill, kind), kind)
                for bill, nth, _, _, kind in steps
            ),
        ],
        "BILLSPON.TXT": [
            (*_KEY, "Sequence", "Sponsor", "Type"),
            *((*_key(bill), 1, "[Fictional] Doe, Jan", "P") for bill in bills),
        ],
        "BILLSUBJ.TXT": [
            (*_KEY, "SubjectKey"),
            *((*_key(bill), "LAW" if bill.on_topic else "TRANSPORTATION") for bill in bills),
        ],
        "COMMITTEE.TXT": [("Code", "House", "Description"), *_COMMITTEES],
        "AGENDAS.TXT": [("CommHouse", "Date", "Time", "Type", "Location", "Status")],
        "BAGENDA.TXT": [("CommHouse", "Date", "Time", *_KEY)],
    }


def _packed(rows: list[Row]) -> bytes:
    """Text in quotes, numbers bare."""
    lines = io.StringIO()
    csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return lines.getvalue().encode("cp1252")


def _text(bill: Bill, version: int) -> str:
    return (
        f"<html><head><title>{_name(bill)}</title></head><body lang=EN-US><div class=WordSection3>"
        f"<p class=HangingAnAct>{bill.words(version)}</p></div></body></html>"
    )


def _document(bill: Bill, kind: str) -> str:
    """The folder's name has the last number of each five hundred."""
    folder = f"{_house(bill)}{-(-bill.number // 500) * 500:04}"
    return f"O:\\2026\\{folder}\\{bill.number}_{kind}1.DOC"


def _key(bill: Bill) -> tuple[str, int]:
    return f"{_house(bill)}  ", bill.number


def _house(bill: Bill) -> str:
    return "S" if bill.upper else "A"


def _name(bill: Bill) -> str:
    return f"{_house(bill)}{bill.number}"
