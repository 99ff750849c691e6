"""South Carolina: days of introductions, a search that tells of many numbers, texts as HTML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from spiders.calendars import THURSDAY, TUESDAY, WEDNESDAY
from tests.simulations.site import NOTHING, Asked, Reply, Site
from tests.simulations.world import Bill

_SESSION = "/sess126_2025-2026"
_DAYS = re.compile(r"/sessphp/([hs])intros\.php")
_DAY = re.compile(rf"{_SESSION}/([hs])intro26/(\d{{8}})\.htm")
_BILL = re.compile(rf"{_SESSION}/bills/(\d+)\.htm")
_PRINTING = re.compile(rf"{_SESSION}/prever/(\d+)_(\d{{8}})\.htm")
_HOUSE_BEGINS = 3000
_OPENING = dt.date(2026, 1, 13)
_SENTENCES = ("Introduced and read first time", "Committee report: Favorable Judiciary")


class Simulated(Site):
    """Each house has introductions on Tuesdays, Wednesdays and Thursdays: of a resolution, but all
    bills on one day. A printing has the day of its step."""

    def answer(self, asked: Asked) -> Reply:
        if found := _DAYS.fullmatch(asked.path):
            return Reply(self._days(found[1]))
        if found := _DAY.fullmatch(asked.path):
            return Reply(self._day(found[1], found[2]))
        if asked.path == "/billsearch.php" and asked.query["session"] == "126":
            return Reply(self._search(asked.query["billnumbers"]))
        if found := _BILL.fullmatch(asked.path):
            return Reply(_sheet(self._bill(found[1])))
        if found := _PRINTING.fullmatch(asked.path):
            bill = self._bill(found[1])
            return Reply(_text(bill, _stamps(bill).index(found[2]) + 1))
        if asked.path == "/meetings.php":
            return Reply(_page(f'<a href="{asked.url}&amp;archive=1">Archive</a>'))
        return NOTHING

    def _bill(self, printed: str) -> Bill:
        number = int(printed.lstrip("hs"))
        upper = number < _HOUSE_BEGINS
        return self.world.bill(number if upper else number - _HOUSE_BEGINS + 1, upper=upper)

    def _days(self, house: str) -> str:
        return _page(
            "".join(
                f'<dd><b><a href="{_SESSION}/{house}intro26/{day:%Y%m%d}.htm">{day:%A, %B %d, %Y}'
                "</a></b></dd>"
                for day in self._sitting()
            )
        )

    def _sitting(self) -> Iterator[dt.date]:
        for back in range((self.world.today - _OPENING).days + 1):
            day = self.world.today - dt.timedelta(days=back)
            if day.weekday() in {TUESDAY, WEDNESDAY, THURSDAY}:
                yield day

    def _day(self, house: str, stamp: str) -> str:
        bills = [b for b in self.world.bills() if b.upper == (house == "s")]
        found = [_introduced(bill) for bill in bills if _stamps(bill)[0] == stamp]
        number = int(stamp[4:]) + (2_000 if house == "s" else 8_000)
        resolution = _row(house, number, "A RESOLUTION Fictional, to name a bridge.")
        return _page("".join(found) or resolution)

    def _search(self, numbers: str) -> str:
        return _page("".join(_block(self._bill(number)) for number in numbers.split(",")))


def _introduced(bill: Bill) -> str:
    return _row("s" if bill.upper else "h", _number(bill), f"A BILL {bill.title}")


def _row(house: str, number: int, caption: str) -> str:
    return (
        f'<p><a href="/billsearch.php?billnumbers={number}&amp;session=126&amp;summary=B">'
        f"{house.upper()}. {number}</a>"
        f' (<a href="{_SESSION}/bills/{number}.docx">Word</a> version) -- Rep. Person: {caption}</p>'
    )


def _block(bill: Bill) -> str:
    house = "Senate" if bill.upper else "House"
    rows = "".join(
        f"<tr><td>{day:%m/%d/%y}</td><td>{house}</td><td>{_SENTENCES[nth]} (<a href="
        f'"{_SESSION}/journal.htm">{house} Journal-page 3</a>)</td></tr>'
        for nth, day in enumerate(bill.steps)
    )
    return (
        f'<div class="bill-list-item"><span>{house[0]} {_number(bill)} General Bill, By '
        '<a href="/member.php?code=1">Person</a><br></span>'
        f"<b>Summary:</b> Counties<br>&nbsp;&nbsp;A BILL {bill.title}<br>"
        f'<A class="nodisplay" HREF="{_SESSION}/bills/{_number(bill)}.htm">View full text</A>'
        f"<table>{rows}</table></div>"
    )


def _sheet(bill: Bill) -> str:
    links = "".join(
        f'<a href="../prever/{_number(bill)}_{day:%Y%m%d}.htm">{day:%m/%d/%Y}</a><br>'
        for day in reversed(bill.steps)
    )
    return _page(f"<p>South Carolina General Assembly</p><p>STATUS INFORMATION</p>{links}")


def _text(bill: Bill, version: int) -> str:
    return _page(f"<p>South Carolina General Assembly</p><p>{bill.words(version)}</p>")


def _stamps(bill: Bill) -> list[str]:
    return [f"{day:%Y%m%d}" for day in bill.steps]


def _number(bill: Bill) -> int:
    return bill.number if bill.upper else _HOUSE_BEGINS + bill.number - 1


def _page(body: str) -> str:
    return f"<html><head><title>South Carolina</title></head><body>{body}</body></html>"
