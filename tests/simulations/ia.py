"""Iowa: a table of all bills, their actions as a script's answer, texts with each word at its place."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site
from tests.simulations.world import Bill

_NUMBER = re.compile(r"([HS])F ?(\d+)")
_TEXT = re.compile(r"/docs/publications/LG([IR])/91/attachments/([HS])F(\d+)\.html")
_SENTENCES = (
    "Introduced, referred to Judiciary.",
    "Committee report, recommending amendment and passage.",
)
_COLUMNS = ("Bill_prefix", "Bill", "Bill Title", "Companion", "Similar", "Sponsor")


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        by_script = asked.headers.get("x-requested-with") == "XMLHttpRequest"
        match asked.method, asked.path:
            case "GET", "/legislation/findLegislation/allbills" if asked.query["ga"] == "91":
                return Reply(self._list()) if by_script else NOTHING
            case "POST", "/legislation/BillBook" if asked.form["action"] == "getBillAction":
                return Reply(_actions(self._named(asked.form["billName"])))
            case "GET", "/legislation/BillBook":
                return Reply(_page(self._named(asked.query["ba"])))
            case "GET", path if found := _TEXT.fullmatch(path):
                bill = self.world.bill(int(found[3]), upper=found[2] == "S")
                return Reply(_text(bill, "IR".index(found[1])))
        return NOTHING

    def _named(self, name: str) -> Bill:
        letter, number = _NUMBER.fullmatch(name).groups()  # type: ignore[union-attr]
        return self.world.bill(int(number), upper=letter == "S")

    def _list(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
        rows = "".join(map(_row, self.world.bills()))
        return (
            '<div id="allBills"><table id="sortableTable" class="sortable">'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'H'}F {bill.number}"


def _row(bill: Bill) -> str:
    link = f'<a href="/legislation/BillBook?ga=91&amp;ba={_name(bill)}">{_name(bill)}</a>'
    cells = (_name(bill)[:2], link, f"A bill for an act: {bill.title}.", "", "", "NOBODY")
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _actions(bill: Bill) -> str:
    letter = "S" if bill.upper else "H"
    rows = "".join(
        f"<tr><td>{day:%m/%d/%Y}</td><td>{_SENTENCES[nth]} "
        f'<a href="/docs/publications/{letter}JNL/{day:%Y%m%d}_{letter}JNL.pdf#page=3">'
        f"{letter}.J. 100.</a></td></tr>"
        for nth, day in reversed(list(enumerate(bill.steps)))
    )
    return (
        '<div class="billAction"><table class="billActionTable widgetTable"><thead><tr><th>Date</th>'
        f"<th>Action</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _page(bill: Bill) -> str:
    """There is no choice where there is but one text."""
    name, moved = _name(bill), len(bill.steps) > 1
    options = '<option value="r">Reprinted</option><option value="i">Introduced</option>'
    choice = f'<select id="billVersions" name="billVersions">{options}</select>' if moved else ""
    shown = f"/docs/publications/LG{'R' if moved else 'I'}/91/attachments/{name.replace(' ', '')}"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><title>BillBook - Iowa Legislature</title></head>'
        '<body><form id="billBook" action="/legislation/BillBook" method="get">'
        f'<input type="hidden" name="selectedBill" value="{name}">{choice}</form><h1>{name}</h1>'
        f'<iframe id="bbContextDoc" src="{shown}.html?layout=false"></iframe></body></html>'
    )


def _text(bill: Bill, nth: int) -> str:
    house, form = "Senate" if bill.upper else "House", ("Introduced", "Reprinted")[nth]
    lines = (f"{house} File {bill.number} - {form}", bill.words(nth + 1))
    told = "".join(_line(words, 57 + 17 * number) for number, words in enumerate(lines))
    return f"<html><head><style></style></head><body><div class='p'>{told}</div></body></html>"


def _line(words: str, top: int) -> str:
    spans = "".join(
        f"<span class='t' style='left:{100 + 40 * place}px;'>{word}</span>"
        for place, word in enumerate(words.split())
    )
    return f"<span class='t' style='top:{top}px;'>{spans}</span>"
