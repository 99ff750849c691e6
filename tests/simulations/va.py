"""Virginia: files of a session in public storage, texts told by an API to holders of a key."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from tests.simulations.site import CSV, NOTHING, XML, Asked, Reply, Site, as_json
from tests.simulations.world import Bill

_FOLDER = re.compile(r"/lisfiles/(\d+)/([\w.]+)")
_DOCUMENT = re.compile(r"([HS])B(\d+)(H1|S1)?")
_SENTENCES = (
    ("Referred to Committee for Courts of Justice", "08"),
    ("Reported from Courts of Justice with substitute (22-Y 0-N)", "08V2610001"),
)
_TEXTS = [f"Full_text_{part}{nth}" for nth in range(1, 7) for part in ("doc", "date")]
_COLUMNS = ("Bill_id", "Bill_description", "Patron_id", "Patron_name", *_TEXTS, "Last_actid")
_NO_BLOB = Reply(
    '<?xml version="1.0" encoding="utf-8"?><Error><Code>BlobNotFound</Code>'
    "<Message>The specified blob does not exist.</Message></Error>",
    XML,
    404,
)


class Simulated(Site):
    environment: ClassVar[Mapping[str, str]] = {"VA_API_KEY": "fictional"}

    def answer(self, asked: Asked) -> Reply:
        if found := _FOLDER.fullmatch(asked.path):
            return self._file(found[2]) if found[1] == "20261" else _NO_BLOB
        if asked.path == "/LegislationText/api/GetLegislationTextByIDAsync":
            if asked.headers.get("webapikey") != "fictional":
                return Reply("Unauthorized", "text/plain", 401)
            return self._text(asked.query["documentNumber"])
        return NOTHING

    def _file(self, name: str) -> Reply:
        bills = list(self.world.bills())
        match name:
            case "Summaries.csv":
                summaries = (
                    (_name(bill), _name(bill), "SUMMARY AS INTRODUCED", "<p>A fiction.</p>")
                    for bill in bills
                )
                head = ("SUM_BILNO", "SUMMARY_DOCID", "SUMMARY_TYPE", "SUMMARY_TEXT")
                return _csv(head, summaries)
            case "BILLS.CSV":
                return _csv(_COLUMNS, map(_row, bills))
            case "HISTORY.CSV":
                head = ("Bill_id", "History_date", "History_description", "History_refid")
                return _csv(head, (line for bill in bills for line in _history(bill)))
            case "Sponsors.csv":
                patrons = (
                    ("Fictional", "H0001", _name(bill), "1 - Chief Patron") for bill in bills
                )
                return _csv(("MEMBER_NAME", "MEMBER_ID", "BILL_NUMBER", "PATRON_TYPE"), patrons)
            case "FiscalImpactStatements.csv":
                return _csv(("HST_BILNO", "HST_REFID", "HST_URL"), ())
            case "Committees.csv":
                courts = (("H", "Courts of Justice", "H08"), ("S", "Courts of Justice", "S08"))
                return _csv(("CHAMBER", "COM_NAME", "COM_COMNO"), courts)
            case "DOCKET.CSV":
                return _csv(("Com_no", "Doc_date", "Doc_no", "Bill_no"), ())
        return _NO_BLOB

    def _text(self, document: str) -> Reply:
        found = _DOCUMENT.fullmatch(document)
        if found is None:
            return NOTHING
        bill = self.world.bill(int(found[2]), upper=found[1] == "S")
        words = bill.words(2 if found[3] else 1)
        text = {
            "LegislationVersion": "Committee Substitute" if found[3] else "Introduced",
            "LegislationNumber": _name(bill),
            "SessionCode": "20261",
            "DocumentCode": document,
            "DraftText": f'<p class="ldtitle">{words}</p>',
        }
        return as_json({"TextsList": [text], "Success": True, "FailureMessage": ""})


def _row(bill: Bill) -> list[str]:
    cells = dict.fromkeys(_COLUMNS, "")
    cells |= {"Bill_id": _name(bill), "Bill_description": bill.title, "Patron_name": "Fictional"}
    for nth, on in enumerate(bill.steps, start=1):
        document = f"{_name(bill)}{f'{_house(bill)}1' if nth > 1 else ''}"
        cells |= {f"Full_text_doc{nth}": document, f"Full_text_date{nth}": f"{on:%m/%d/%Y}"}
    return list(cells.values())


def _history(bill: Bill) -> Iterable[list[str]]:
    for on, (words, reference) in zip(bill.steps, _SENTENCES, strict=False):
        house = _house(bill)
        yield [_name(bill), f"{on:%m/%d/%Y}", f"{house} {words}", f"{house}{reference}"]


def _house(bill: Bill) -> str:
    return "S" if bill.upper else "H"


def _name(bill: Bill) -> str:
    return f"{_house(bill)}B{bill.number}"


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Reply:
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows(rows)
    return Reply(written.getvalue(), CSV, validated=True)
