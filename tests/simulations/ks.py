"""Kansas: fragments of a list by 20 and of histories, a page for each measure, texts in PDF."""

from __future__ import annotations

import re
from itertools import islice

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_pdf
from tests.simulations.world import Bill

_PAGE = 20
_LIST = "/b2025_26/measures/fragment/"
_BILL = re.compile(r"/b2025_26/bills/([HS])B(\d+)/(history/)?")
_DOWNLOAD = "/b2025_26/bills/download/"
_TEXT = re.compile(r"b2025_26/year2/ready_for_publication/([hs])b_(\d+)/\1b\2_(00|01)_0000\.pdf")
_SENTENCES = (
    "Introduced",
    "Committee Report recommending bill be passed as amended by {} Committee on Judiciary",
)
_TEXTS = ("As Introduced", "As Amended by {} Committee")
# Bills of the House are numbered from 2001 on.
_HOUSE = 2000


class Simulated(Site):
    """The list's column of status stays empty: it does not tell of a first report."""

    def answer(self, asked: Asked) -> Reply:
        if asked.path == _LIST and "per_page" in asked.query:
            return Reply(self._list(int(asked.query["page"])))
        if asked.path == _DOWNLOAD and (text := _TEXT.fullmatch(asked.query["apn"])):
            return as_pdf(self._bill(text).words(int(text[3]) + 1))
        if found := _BILL.fullmatch(asked.path):
            bill = self._bill(found)
            return Reply(_history(bill) if found[3] else _page(bill))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        upper = found[1].upper() == "S"
        return self.world.bill(int(found[2]) - (0 if upper else _HOUSE), upper=upper)

    def _list(self, page: int) -> str:
        first, total = (page - 1) * _PAGE, self.world.listed
        shown = list(islice(self.world.bills(), first, first + _PAGE))
        last = first + len(shown)
        following = f"{_LIST}?per_page=20&amp;types=bill&amp;page={page + 1}"
        link = f'<a class="page-link" hx-get="{following}">Next</a>' if last < total else ""
        return (
            f'<div class="site-table-count">Showing {first + 1:,}–{last:,} of {total:,} measures'
            f'</div><table class="site-table"><tbody>{"".join(map(_row, shown))}</tbody></table>'
            f'<nav aria-label="Pagination"><span class="page-link active">{page}</span>{link}</nav>'
        )


def _name(bill: Bill) -> str:
    return f"SB{bill.number}" if bill.upper else f"HB{bill.number + _HOUSE}"


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "House"


def _cells(**named: str) -> str:
    return "".join(f'<td data-label="{name}">{value}</td>' for name, value in named.items())


def _row(bill: Bill) -> str:
    cells = _cells(Number=_name(bill), Title=bill.title, Status="—", Type="Bill")
    return f'<tr data-href="/b2025_26/bills/{_name(bill)}/">{cells}</tr>'


def _history(bill: Bill) -> str:
    house = _house(bill)
    rows = "".join(
        '<tr class="history-row">'
        + _cells(
            Date=f"{day:%a, %b %d, %Y}",
            Chamber=f'<span class="history-chamber">{house}</span>',
        )
        + f'<td class="col-primary" data-label="Action">{_SENTENCES[nth].format(house)}</td></tr>'
        for nth, day in reversed(list(enumerate(bill.steps)))
    )
    return (
        f'<div class="history-count">Showing 1–{len(bill.steps)} of {len(bill.steps)} entries</div>'
        f'<table class="site-table"><tbody>{rows}</tbody></table><nav aria-label="Pagination"></nav>'
    )


def _page(bill: Bill) -> str:
    name, house = _name(bill), _house(bill)
    folder = f"b2025_26/year2/ready_for_publication/{name[:2].lower()}_{name[2:]}"
    papers = "".join(
        f'<details class="version-row"><summary><span class="label">{label.format(house)}</span>'
        f'</summary><a class="version-pdf-link" href="{_DOWNLOAD}?apn={folder}/{name.lower()}'
        f'_{nth:02}_0000.pdf" aria-label="Download PDF">PDF</a></details>'
        for nth, label in reversed(list(enumerate(_TEXTS[: len(bill.steps)])))
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><title>{name} | Kansas Legislature</title></head>'
        f'<body><header class="bill-hero"><span class="bill-number-chip">{name}</span>'
        f'<p class="bill-hero-sub">{bill.title}</p></header><div class="bill-section">'
        '<h3>Original Sponsor</h3><div><a class="sponsor-link" href="#">Representative Nobody</a>'
        f"</div><h3>Current Sponsor</h3></div><div>{papers}</div></body></html>"
    )
