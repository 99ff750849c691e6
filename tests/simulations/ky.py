"""Kentucky: a list for each chamber's bills and for its resolutions, a page for each, texts in PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_LIST = re.compile(r"/record/26rs/(house|senate)_(bills|resolutions)_title\.html")
_BILL = re.compile(r"/record/26rs/([hs])b(\d+)\.html")
_TEXT = re.compile(r"/recorddocuments/bill/26RS/([hs])b(\d+)/(orig_bill|bill)\.pdf")
_SENTENCES = ("introduced in {0}", "to Judiciary ({0[0]})")
_VERSIONS = (("orig_bill", "Introduced"), ("bill", "Current/Final"))


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if found := _LIST.fullmatch(asked.path):
            return Reply(self._list(found[1].title(), found[2]))
        if found := _BILL.fullmatch(asked.path):
            return Reply(_measure(self._bill(found)))
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(found).words(1 if found[3] == "orig_bill" else 2))
        if asked.path == "/legislativecalendar":
            return Reply(self._calendar())
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "s")

    def _list(self, house: str, kind: str) -> str:
        bills = [bill for bill in self.world.bills() if _house(bill) == house]
        rows = [(f"{_file(bill)}.html", _name(bill), bill.title) for bill in bills]
        if kind == "resolutions":
            resolution = f"{house} Resolution 1"
            rows = [(f"{house[0].lower()}r1.html", resolution, f"Fictional {resolution}: a bridge")]
        table = "".join(
            f'<tr><td><a href="{file}">{name}</a></td><td>A. Member</td><td>{title}</td></tr>'
            for file, name, title in rows
        )
        return _page(
            f"26RS {house} {kind.title()}",
            '<table class="table table-hover table-bordered"><tr><th>Bill</th><th>Prime Sponsor</th>'
            f"<th>Title</th></tr>{table}</table>",
        )

    def _calendar(self) -> str:
        return _page(
            "Legislative Calendar",
            "<h2>Weekly Legislative Calendar</h2>"
            f'<div class="DateHeading">{self.world.today:%A, %B %d, %Y} <br /></div>'
            '<div class="CommitteeName">No Meetings Scheduled<br /></div>',
        )


def _measure(bill: Bill) -> str:
    steps = [(f"{day:%m/%d/%y}", _sentence(bill, nth)) for nth, day in enumerate(bill.steps)]
    papers = "".join(
        f'<a href="https://apps.legislature.ky.gov/recorddocuments/bill/26RS/{_file(bill)}'
        f'/{file}.pdf">{label}</a> '
        for file, label in reversed(_VERSIONS[: len(bill.steps)])
    )
    rows = {
        "Last Action": ": ".join(steps[-1]),
        "Title": bill.title,
        "Bill Documents": papers,
        "Sponsors": "A. Member",
        "Summary of Original Version": bill.title,
    }
    actions = "".join(_row(day, f"<ul><li>{line}</li></ul>") for day, line in steps)
    return _page(
        f"26RS {_file(bill).upper()}",
        f'<h3>{_name(bill)}</h3><div class="bill-table">{_table(map(_row, rows, rows.values()))}'
        f'</div><div class="bill-table"><h4>Actions</h4>{_table([actions])}</div>',
    )


def _sentence(bill: Bill, nth: int) -> str:
    return _SENTENCES[nth].format(_house(bill))


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"


def _name(bill: Bill) -> str:
    return f"{_house(bill)} Bill {bill.number}"


def _file(bill: Bill) -> str:
    return f"{'s' if bill.upper else 'h'}b{bill.number}"


def _row(label: str, cell: str) -> str:
    return f'<tr><th scope="row">{label}</th><td>{cell}</td></tr>'


def _table(rows: Iterable[str]) -> str:
    return f'<table class="table table-striped table-bordered">{"".join(rows)}</table>'


def _page(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"
