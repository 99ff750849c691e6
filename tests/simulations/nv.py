"""Nevada: a list of short titles, a search over long ones, parts of a page for each bill, PDF texts."""

from __future__ import annotations

import datetime as dt
import re

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_SESSION = "/App/NELIS/REL/83rd2025"
_TEXT = re.compile(r"/Session/83rd2025/Bills/([AS])B/[AS]B(\d+)(_R1)?\.pdf")
_SENTENCES = (
    "Prefiled. Referred to Committee on Judiciary. To printer.",
    "From committee: Amend, and do pass as amended.",
)
_PAPERS = (("As Introduced", ""), ("Reprint 1", "_R1"))


class Simulated(Site):
    """A bill has its short title's subject in the list, and what it does in its long title only."""

    today = dt.date(2025, 3, 11)

    def answer(self, asked: Asked) -> Reply:
        if asked.path == f"{_SESSION}/HomeBill/BillsTab":
            return Reply(self._bills(asked.query.get("Filters.SearchText", "")))
        if asked.path == f"{_SESSION}/Bill/FillSelectedBillTab":
            number, upper = divmod(int(asked.query["billKey"]), 2)
            bill = self.world.bill(number, upper=upper == 1)
            return Reply(
                _overview(bill) if asked.query["selectedTab"] == "Overview" else _texts(bill)
            )
        if found := _TEXT.fullmatch(asked.path):
            bill = self.world.bill(int(found[2]), upper=found[1] == "S")
            return as_pdf(bill.words(2 if found[3] else 1))
        return NOTHING

    def _bills(self, word: str) -> str:
        """All bills; with a word those whose short or long title has it."""
        bills = [b for b in self.world.bills() if word in f"{_summary(b)} {b.title}".lower()]
        rows = "".join(
            f'<input name="ListItems[{nth}].ContentKey" type="hidden" value="{_key(bill)}"/>'
            f'<div class="row"><div class="col-md-1 text-center"><a id="{_name(bill)}"'
            f' href="{_SESSION}/Bill/{_key(bill)}/Overview">{_name(bill)}</a></div>'
            f'<div class="col-md-10">{_summary(bill)}</div></div>'
            for nth, bill in enumerate(bills)
        )
        count = f"1-{len(bills)} of {len(bills)} results" if bills else ""
        return (
            f'<form action="{_SESSION}/HomeBill/BillsTab" id="form0" method="get">'
            f'<div class="row mt-2"><div class="col">{count}</div></div>'
            f'<div id="billList">{rows}</div></form>'
        )


def _overview(bill: Bill) -> str:
    facts = {
        "Summary": _summary(bill),
        "Primary Sponsor": '<a href="/App/NELIS/REL/83rd2025/Legislator/A/1">Fictional</a>',
    }
    history = "".join(
        f'<tr class="row"><td data-th="Date">{day:%b %d, %Y}</td>'
        f'<td data-th="Action">{_SENTENCES[nth]}</td><td data-th="Journal"></td></tr>'
        for nth, day in enumerate(bill.steps)
    )
    return (
        "<div>"
        + "".join(
            f'<div class="row mt-2"><div class="col-md-2 font-weight-bold">{label}</div>'
            f'<div class="col">{value}</div></div>'
            for label, value in facts.items()
        )
        + '<div class="row mt-2"><div class="col-md-2 font-weight-bold">Title</div>'
        f'<div class="col" id="title">AN ACT relating to fictional matters; {bill.title}</div></div>'
        '<table class="table"><caption class="sr-only">Bill History</caption><thead><tr><th>Date</th>'
        f"<th>Action</th><th>Journal</th></tr></thead><tbody>{history}</tbody></table></div>"
    )


def _texts(bill: Bill) -> str:
    links = "".join(
        '<div class="d-md-none"><a href="https://www.leg.state.nv.us/Session/83rd2025/Bills/'
        f'{_name(bill)[:2]}/{_name(bill)}{ending}.pdf">{label}</a></div>'
        for label, ending in _PAPERS[: len(bill.steps)]
    )
    return f"<div>{links}</div>"


def _summary(bill: Bill) -> str:
    subject = "county jails" if bill.on_topic else "highways"
    return f"Revises provisions relating to {subject}. (BDR&nbsp;16-{_key(bill)})"


def _key(bill: Bill) -> int:
    return bill.number * 2 + bill.upper


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'A'}B{bill.number}"
