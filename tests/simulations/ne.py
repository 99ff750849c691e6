"""Nebraska, of one chamber: a list for each year, a page for each bill, texts in PDF."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from tests.simulations.site import CSV, NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_TEXT = re.compile(r"/FloorDocs/109/PDF/(Intro|Engrossed)/LB(\d+)\.pdf")
_HEAD = ("Document", "Primary Introducer", "Status", "Description", "Document ID")
# A list of the first year comes before, with bills of its own.
_EARLIER = ("LB9001", "Fictional", "IPP (Killed)", "Fictional bill of the first year", "59999")
_FIRST_DOCUMENT = 60_000
_SENTENCES = "Date of introduction", "Referred to Judiciary Committee"


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        match asked.path:
            case "/bills/search_by_date.php":
                is_first_year = asked.query["SessionDay"] == "2025"
                return Reply(_csv([_EARLIER] if is_first_year else self._rows()), CSV)
            case "/bills/view_bill.php":
                number = int(asked.query["DocumentID"]) - _FIRST_DOCUMENT
                return Reply(_bill_page(self._bill(number)))
            case "/calendar/hearings_range.php":
                none = "There are no hearings for the date range you have chosen."
                return Reply(_page("Hearings", f"<h3>{none}</h3>"))
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(int(found[2])).words(1 if found[1] == "Intro" else 2))
        return NOTHING

    def _bill(self, number: int) -> Bill:
        return self.world.bill((number + 1) // 2, upper=number % 2 == 0)

    def _rows(self) -> list[tuple[str, ...]]:
        """The status is coarse: here what a referral makes of a bill."""
        return [
            (
                f"LB{_number(bill)}",
                "Fictional",
                "Referral" if len(bill.steps) > 1 else "Introduced",
                bill.title,
                f"{_FIRST_DOCUMENT + _number(bill)}",
            )
            for bill in self.world.bills()
        ]


def _number(bill: Bill) -> int:
    return bill.number * 2 - (not bill.upper)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    """As the site writes it: a mark, blank lines, and every cell quoted."""
    body = io.StringIO()
    csv.writer(body, quoting=csv.QUOTE_ALL).writerows([_HEAD, *rows])
    return f"\ufeff\r\n\r\n{body.getvalue()}"


def _bill_page(bill: Bill) -> str:
    name = f"LB{_number(bill)}"
    papers = "".join(
        f'<li><a href="../FloorDocs/Current/PDF/{folder}/{name}.pdf">{label}</a></li>'
        for label, folder in (("Introduced", "Intro"), ("Engrossed", "Engrossed"))[
            : len(bill.steps)
        ]
    )
    history = "".join(
        f'<tr><td class="py-1">{day:%b %d, %Y}</td><td class="py-1">{_SENTENCES[nth]}</td>'
        '<td class="py-1"></td><td class="py-1"></td></tr>'
        for nth, day in reversed(list(enumerate(bill.steps)))
    )
    return _page(
        name,
        f'<h2>{name} - {bill.title}</h2><ul class="list-unstyled"><li>Introduced By: <a href="#">'
        f"Fictional</a></li><li>Date of Introduction: {bill.steps[0]:%B %d, %Y}</li></ul>"
        f'<ul class="list-unstyled">{papers}</ul><table class="table table-condensed history">'
        "<thead><tr><th>Date</th><th>Action</th><th>Journal Page</th><th></th></tr></thead>"
        f"<tbody>{history}</tbody></table>",
    )


def _page(title: str, body: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Nebraska Legislature - {title}</title></head>"
        f'<body><div class="main-content">{body}</div></body></html>'
    )
