"""West Virginia: all bills on one page with where each stands, a page for each, texts as HTML."""

from __future__ import annotations

import re

from tests.simulations.site import NOTHING, Asked, Reply, Site
from tests.simulations.world import Bill

_TEXT = re.compile(r"([hs])b(\d+) (intr|sub1)\.htm")
_SENTENCES = ("Introduced in {house}", "To Judiciary")
_TEXTS = (("intr", "Introduced Version"), ("sub1", "Committee Substitute"))
_RESOLUTION = (
    '<tr><td><a href="Resolution_History.cfm?year=2026&amp;sessiontype=RS&amp;input4=1'
    '&amp;billtype=cr&amp;houseorig=h&amp;btype=res">HCR 1</a></td>'
    "<td>Raising a Joint Assembly (fictional)</td><td>Adopted</td></tr>"
)
# A number is given once, whatever the house: Senate bills from 1, House bills from 4001.
_HOUSE = 4000


class Simulated(Site):
    def answer(self, asked: Asked) -> Reply:
        match asked.path.rpartition("/")[2], asked.query.get("sessiontype", "RS"):
            case "Bills_all_bills.cfm", "RS":
                rows = "".join(_row(bill) for bill in self.world.bills())
                return _page(_table(("Bill", "Title", "Status"), rows))
            case "Bills_all_bills.cfm", "1X":
                return _page("<p>The 2026 1st Special Session does not exist.</p>")
            case "res_list.cfm", "RS":
                return _page(_table(("Resolution", "Title", "Status"), _RESOLUTION))
            case "Bills_history.cfm", "RS":
                number = int(asked.query["input"])
                upper = number < _HOUSE
                return _page(
                    _history(self.world.bill(number - (0 if upper else _HOUSE), upper=upper))
                )
            case "bills_text.cfm", _ if found := _TEXT.fullmatch(asked.query["billdoc"]):
                return self._text(found)
        return NOTHING

    def _text(self, found: re.Match[str]) -> Reply:
        letter, number, form = found.groups()
        upper = letter == "s"
        bill = self.world.bill(int(number) - (0 if upper else _HOUSE), upper=upper)
        words = bill.words(1 if form == "intr" else 2)
        body = f'<ul class="menu"><li>Home</li></ul><div class="textcontainer"><p>{words}</p></div>'
        head = f"<head><title>{_prefix(bill)}B {number} Text</title></head>"
        return Reply(f"<!doctype html><html>{head}<body>{body}</body></html>")


def _prefix(bill: Bill) -> str:
    return "S" if bill.upper else "H"


def _number(bill: Bill) -> int:
    return bill.number + (0 if bill.upper else _HOUSE)


def _table(names: tuple[str, ...], rows: str) -> str:
    head = "".join(f"<th>{name}</th>" for name in names)
    return f'<table id="results"><tr>{head}</tr>{rows}</table>'


def _row(bill: Bill) -> str:
    number, cells = _number(bill), ("", "Committee", f"{bill.steps[-1]:%m/%d/%y}")
    return (
        f'<tr><td><a href="Bills_history.cfm?input={number}&amp;year=2026&amp;sessiontype=RS'
        f'&amp;btype=bill">{_prefix(bill)}B {number}</a></td><td>{bill.title}</td>'
        f"<td>Pending</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    )


def _history(bill: Bill) -> str:
    house = "Senate" if bill.upper else "House"
    name, number = f"{house} Bill {_number(bill)}", _number(bill)
    papers = "".join(
        f'{note} - <a href="bills_text.cfm?billdoc={house[0].lower()}b{number}%20{form}.htm'
        f'&amp;yr=2026&amp;sesstype=RS&amp;i={number}" title="HTML - {note} - {name}">html</a><br>'
        for form, note in _TEXTS[: len(bill.steps)][::-1]
    )
    labels = {
        "SUMMARY": bill.title,
        "LEAD SPONSOR": '<a href="#">A Member</a>',
        "SPONSORS": "",
        "BILL TEXT": papers,
        "SUBJECTS": "",
    }
    rows = "".join(
        f'<tr><td class="nums"><strong>{label}:</strong></td><td>{value}</td></tr>'
        for label, value in labels.items()
    )
    told = list(zip(bill.steps, _SENTENCES, strict=False))[::-1]
    lines = "".join(
        f'<tr class="actionrows"><td>{house[0]}</td><td>{words.format(house=house)}</td>'
        f"<td>{day:%m/%d/%y}</td><td></td></tr>"
        for day, words in told
    )
    tables = f'<table class="bstat">{rows}</table><table id="action-table">{lines}</table>'
    return f"<h2>{name}</h2>{tables}"


def _page(body: str) -> Reply:
    head = '<head><meta charset="utf-8"><title>Bill Status</title></head>'
    title = "<h1>Bill Status - 2026 Regular Session</h1>"
    return Reply(f"<!DOCTYPE html>\n<html>{head}<body>{title}{body}</body></html>\n")
