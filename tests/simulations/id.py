"""Idaho: one list of all measures, a page for each, texts in PDF."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_BILL = re.compile(r"/sessioninfo/2026/legislation/([HS])(\d+)/?")
_TEXT = re.compile(r"/wp-content/uploads/sessioninfo/2026/legislation/([HS])(\d+)(E1)?\.pdf")
_SENTENCES = (
    "Introduced, read first time, referred to JRA for Printing",
    "Reported Printed and Referred to Local Government",
)


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/sessioninfo/2026/legislation/":
            return Reply(self._list(), validated=True)
        if found := _BILL.fullmatch(asked.path):
            return Reply(self._page(self._bill(found)))
        if found := _TEXT.fullmatch(asked.path):
            return as_pdf(self._bill(found).words(2 if found[3] else 1))
        if asked.path.startswith("/sessioninfo/agenda/"):
            return Reply(_page("Agendas", '<div id="ai1ec-container"></div>'))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")

    def _list(self) -> str:
        rows = "".join(
            f'<table class="mini-data-table"><tr id="bill{_name(bill)}">'
            f'<td><a href="/sessioninfo/2026/legislation/{_name(bill)}">{_name(bill)}</a></td>'
            f"<td>{bill.title}</td><td></td><td>{'H Print' if len(bill.steps) > 1 else 'Intro'}</td>"
            "<td>+</td></tr></table>"
            for bill in self.world.bills()
        )
        return _page("2026 Legislation", rows)

    def _page(self, bill: Bill) -> str:
        name = _name(bill)
        steps = "".join(
            f"<tr><td></td><td>{day:%m/%d}</td><td>{_SENTENCES[nth]}</td><td></td></tr>"
            for nth, day in enumerate(bill.steps)
        )
        papers = "".join(
            f'<a href="/wp-content/uploads/sessioninfo/2026/legislation/{name}{form}.pdf">{label}</a>'
            for form, label in (("", "Bill Text"), ("E1", "Engrossment 1"))[: len(bill.steps)]
        )
        return _page(
            name,
            f'<div class="insert-page">{papers}</div>'
            f'<table class="bill-table"><tr><td>{name}</td><td></td><td>by JUDICIARY COMMITTEE</td>'
            f'</tr></table><table class="bill-table"><tr><td>{bill.title}</td></tr></table>'
            f'<table class="bill-table">{steps}</table>',
        )


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'H'}{bill.number:04}"


def _page(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"
