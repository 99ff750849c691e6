"""Puerto Rico: pages of a list with the newest number first, a page for each measure, files of steps."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_PAGE = 20
_FIRST = 152_000
_BILL = re.compile(r"/medidas/(\d+)")
_FILE = re.compile(r"/SutraFilesGen/(\d+)/p[cs]\d+-(\w+)\.pdf")
_STEPS = (("Radicado", "25"), ("Entirillado del Informe", "ENT"))


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/medidas" and asked.query["cuatrienio_id"] == "2025":
            return Reply(self._list(int(asked.query["page"])))
        if found := _BILL.fullmatch(asked.path):
            return Reply(_measure(self._at(int(found[1]))))
        if found := _FILE.fullmatch(asked.path):
            names = [name for _, name in _STEPS]
            return as_pdf(self._at(int(found[1])).words(names.index(found[2]) + 1))
        return NOTHING

    def _at(self, place: int) -> Bill:
        """Numbers of pages follow those of both houses together."""
        number, lower = divmod(place - _FIRST, 2)
        return self.world.bill(number + lower, upper=not lower)

    def _list(self, page: int) -> str:
        newest = list(self.world.bills())[::-1]
        shown = newest[(page - 1) * _PAGE : page * _PAGE]
        last = -(-len(newest) // _PAGE)
        rows = "".join(
            f'<a href="/medidas/{_place(bill)}"><li><p><strong>Medida:</strong> {_code(bill)}</p>'
            f"<p><strong>Radicada:</strong> {bill.steps[0]:%m/%d/%Y}</p>"
            f"<p><strong>Título:</strong> {bill.title}</p>"
            "<p><strong>Autor:</strong> Ficticio</p></li></a>"
            for bill in shown
        )
        pager = "".join(
            f'<a href="?page={number}" aria-label="Página {number}">{number}</a>'
            for number in (1, last)
        )
        return _html(
            "Medidas",
            f'<ul class="list-none">{rows}</ul>'
            f'<span class="inline-flex items-baseline">{pager}</span>',
        )


def _measure(bill: Bill) -> str:
    steps = "".join(_step(bill, nth) for nth in range(len(bill.steps)))
    return _html(
        "Medida",
        f'<h1 class="text-2xl">Proyecto ({_code(bill)})</h1><p><span>Cuatrienio: 2025-2028</span></p>'
        "<p><span><strong>Título:</strong></span>"
        f'<span class="text-balance">{bill.title}</span></p><ul role="list">{steps}</ul>',
    )


def _step(bill: Bill, nth: int) -> str:
    words, name = _STEPS[nth]
    file = f"{_code(bill).lower()}-{name}.pdf"
    return (
        f'<li><div><h2><span class="text-sutra-primary">{words}</span></h2>'
        f'<a href="/SutraFilesGen/{_place(bill)}/{file}"><span>{file}</span></a>'
        f"<p><span>Fecha:</span> {bill.steps[nth]:%m/%d/%Y}</p></div></li>"
    )


def _code(bill: Bill) -> str:
    return f"P{'S' if bill.upper else 'C'}{bill.number:04}"


def _place(bill: Bill) -> int:
    return _FIRST + bill.number * 2 - (not bill.upper)


def _html(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"/><title>{title} - Sutra</title>'
        f"</head><body><main>{body}</main></body></html>"
    )
