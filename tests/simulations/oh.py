"""Ohio: JSON for the list of all measures, which tells no movement, and for texts; a status page."""

from __future__ import annotations

import re
from typing import Any

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json, as_pdf
from tests.simulations.world import Bill

_LIST = "/api/v2/general_assembly_136/legislation/"
_CALL = re.compile(rf"{_LIST}([hs])b(\d+)/(actions/|)")
_TEXT = re.compile(rf"{_LIST}([hs])b(\d+)/(00_I[NS]|01_R[HS])/pdf/")
_PAGE = re.compile(r"/legislation/136/([hs])b(\d+)/(status|documents)")
_SENTENCES = ("Introduced", "Referred to committee")


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == _LIST:
            return as_json([_row(bill) for bill in self.world.bills()])
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(found).words(1 if found[3].startswith("00") else 2))
        if found := _CALL.fullmatch(asked.path):
            bill = self._bill(found)
            return as_json(_steps(bill) if found[3] else _versions(bill))
        if found := _PAGE.fullmatch(asked.path):
            bill = self._bill(found)
            return _status(bill) if found[3] == "status" else _documents(bill)
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "s")


def _number(bill: Bill) -> str:
    return f"{'s' if bill.upper else 'h'}b{bill.number}"


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"


def _row(bill: Bill) -> dict[str, Any]:
    return {
        "name": f"{_house(bill)[0]}. B. No. {bill.number}",
        "number": _number(bill),
        "short_title": bill.title,
        "long_title": f"To enact a test: {bill.title}.",
        "effective_date": None,
        "sponsors": [{"full_name": "A Member (fictional)"}],
        "cosponsors": [],
        "subjects": [{"primary": "A subject", "secondary": ""}],
        "versions": f"{_LIST}{_number(bill)}/",
    }


def _steps(bill: Bill) -> list[dict[str, Any]]:
    return [
        {"chamber": _house(bill), "occurred": f"{day}T19:21:36-05:00", "description": words}
        for day, words in zip(bill.steps, _SENTENCES, strict=False)
    ]


def _versions(bill: Bill) -> list[dict[str, Any]]:
    house = _house(bill)
    kinds = (("00_IN", "As Introduced"), (f"01_R{house[0]}", f"As Reported by the {house}"))
    return [
        {"version": note, "download": f"{_LIST}{_number(bill)}/{form}/pdf/"}
        for form, note in kinds[: len(bill.steps)][::-1]
    ]


def _status(bill: Bill) -> Reply:
    told = list(zip(bill.steps, _SENTENCES, strict=False))[::-1]
    rows = "".join(
        f'<tr><th class="date-cell" scope="row"><span>{day:%m-%d-%Y}</span></th>'
        f'<td class="chamber-cell"><span>{_house(bill)}</span></td>'
        f'<td class="action-cell"><span>{words}</span></td>'
        '<td class="committee-cell"><span></span></td></tr>'
        for day, words in told
    )
    names = ("Date", "Chamber", "Action", "Committee")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return _page(
        bill, "Status", f'<table class="data-grid legislation-status-table">{table}</table>'
    )


def _documents(bill: Bill) -> Reply:
    heading = "<h2>Legislation Text</h2>"
    return _page(bill, "Documents", f'<section class="legislation-section">{heading}</section>')


def _page(bill: Bill, what: str, body: str) -> Reply:
    name = f"{_house(bill)} Bill {bill.number} {what}"
    head = f"<head><title>{name} | 136th General Assembly | Ohio Legislature</title></head>"
    return Reply(f"<!DOCTYPE html>\n<html>{head}<body><h1>{name}</h1>{body}</body></html>\n")
