"""Minnesota: the Revisor's search by chamber, a page for each file, texts as pages of their own."""

from __future__ import annotations

import re

from tests.simulations.site import JSON, NOTHING, Asked, Reply, Site
from tests.simulations.world import Bill

_BILL = re.compile(r"/bills/94/2026/0/([HS])F/(\d+)/")
_TEXT = re.compile(r"/bills/94/2026/0/([HS])F/(\d+)/versions/([01])/")
_SENTENCES = (
    "Introduction and first reading, referred to Judiciary",
    "Committee report, to adopt as amended",
)
_NOTES = ("Introduction", "1st Engrossment")
_LEGISLATURE = "94th Legislature (2025 - 2026)"
_CELLS = ("", "File", "Actions", "Last Action", "Text", "Companion", "Author", "Short Description")


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        if asked.host == "www.senate.mn" and asked.path == "/api/schedule/upcoming":
            return Reply('{"events": []}', JSON)
        if asked.path == "/bills/status_result.php" and asked.query["session"] == "0942025":
            return Reply(self._list(asked.query))
        if found := _BILL.fullmatch(asked.path):
            return Reply(_status(self._bill(found)))
        if found := _TEXT.fullmatch(asked.path):
            return Reply(_text(self._bill(found), int(found[3])))
        return NOTHING

    def _bill(self, found: re.Match[str]) -> Bill:
        return self.world.bill(int(found[2]), upper=found[1] == "S")

    def _list(self, query: dict[str, str]) -> str:
        """The files of a chamber, so many rows a page, each page leading to the next."""
        body, size, page = query["body"], int(query["size"]), int(query.get("page", "1"))
        bills = [bill for bill in self.world.bills() if bill.upper == (body == "Senate")]
        last = min(page * size, len(bills))
        shown = bills[(page - 1) * size : last]
        extent = "" if len(shown) == len(bills) else f"{(page - 1) * size + 1} to {last} of "
        following = (
            f'<a class="next" href="status_result.php?body={body}&amp;search=advanced'
            f'&amp;session=0942025&amp;size={size}&amp;page={page + 1}">Next</a>'
            if last < len(bills)
            else ""
        )
        head = "".join(f"<th>{name}</th>" for name in _CELLS)
        return _page(
            f"<h3>{extent}{len(bills)} {body} Documents Found Legislative Session 94 (2025-2026)</h3>"
            f'{following}<table class="table table-sm table-responsive"><thead><tr>{head}</tr></thead>'
            f"<tbody>{''.join(_row(bill, body) for bill in shown)}</tbody></table>"
        )


def _row(bill: Bill, body: str) -> str:
    at = f"{_address(bill)}?body={body}"
    return (
        f'<tr><td></td><td><a href="{at}">{_name(bill, "04")}</a></td><td>{len(bill.steps)}</td>'
        f'<td><a href="{at}#actions">{bill.steps[-1]:%m/%d/%Y}</a></td><td></td><td></td>'
        f"<td>Fictional</td><td>{bill.title}</td></tr>"
    )


def _status(bill: Bill) -> str:
    house = "senate" if bill.upper else "house"
    steps = "".join(
        f'<tr><td>{day:%m/%d/%Y}</td><td><div class="row"><div class="col">{_SENTENCES[nth]}</div>'
        '<div class="col-4 action_item"></div></div></td></tr>'
        for nth, day in enumerate(bill.steps)
    )
    texts = "".join(
        f'<tr><td><a href="{_address(bill)}versions/{nth}/">{_NOTES[nth]}</a></td>'
        f"<td>Posted on {day:%m/%d/%Y}</td></tr>"
        for nth, day in enumerate(bill.steps)
    )
    return _page(
        f"{_header(bill, 'Status')}<h2>Description</h2><p>{bill.title}</p><h2>Authors (1)</h2>"
        f'<div class="author"><ul><li><a href="/">Fictional</a>;</li></ul></div>'
        f'<div id="versions"><h2>Bill Text Versions</h2><table>{texts}</table></div>'
        f'<h2>Actions</h2><div id="separated-tab-pane"><div class="{house}">'
        f'<table class="actions table table-sm">{steps}</table></div></div>'
    )


def _text(bill: Bill, nth: int) -> str:
    return _page(
        f'<div id="breadcrumb"><ul><li>Bills</li><li>{_NOTES[nth]}</li></ul></div>'
        f'{_header(bill, _NOTES[nth])}<div id="document" class="col"><div class="bill_title">'
        f"<p>{bill.words(nth + 1)}</p></div></div>"
    )


def _header(bill: Bill, about: str) -> str:
    return (
        f'<div class="card-header"><h1 class="card-title float-left mr-4">{_name(bill)}</h1>'
        f'<p class="mb-0">{about} - {_LEGISLATURE}</p></div>'
    )


def _name(bill: Bill, width: str = "") -> str:
    return f"{'S' if bill.upper else 'H'}F{'' if width else ' '}{bill.number:{width}}"


def _address(bill: Bill) -> str:
    return f"/bills/94/2026/0/{'S' if bill.upper else 'H'}F/{bill.number}/"


def _page(body: str) -> str:
    return f"<!DOCTYPE html><html lang='en'><body><main>{body}</main></body></html>"
