"""California: an archive of tables and texts, of which parts are sent by HTTP ranges."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable
from functools import cached_property

from tests.simulations.site import NOTHING, Asked, Reply, Site
from tests.simulations.world import Bill

Row = tuple[str | int | dt.date | None, ...]

_RANGE = re.compile(r"bytes=(\d*)-(\d+)")
_SENTENCES = (
    "Introduced.  Read first time.  To Com. on RLS. for assignment.  To print.",
    "Referred to Com. on  PUB. S.",
)
_VERSIONS = (("99INT", "Introduced", "INTRODUCED"), ("98AMD", "Amended {0}", "AMENDED_{0}"))


class Simulated(Site):
    """The daily archive holds the whole session, as the session's own does."""

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/":
            return Reply(self._listing())
        span = _RANGE.fullmatch(asked.headers.get("range", ""))
        if asked.path != f"/{self._daily}" or span is None:
            return NOTHING
        size = len(self._archive)
        start = int(span[1]) if span[1] else max(size - int(span[2]), 0)
        part = self._archive[start : int(span[2]) + 1 if span[1] else size]
        told = {"Content-Range": f"bytes {start}-{start + len(part) - 1}/{size}"}
        return Reply(part, "application/zip", 206, headers=told)

    @property
    def _daily(self) -> str:
        return f"pubinfo_daily_{self.world.today:%a}.zip"

    def _listing(self) -> str:
        today = self.world.today
        archives = {"pubinfo_2025.zip": today - dt.timedelta(days=7), self._daily: today}
        rows = "".join(
            f'<tr><td><a href="{name}">{name}</a></td><td align="right">{on} 06:10  </td>'
            '<td align="right">1.1G</td></tr>'
            for name, on in archives.items()
        )
        return (
            f"<html><head><title>Index of /</title></head><body><table>{rows}</table></body></html>"
        )

    @cached_property
    def _archive(self) -> bytes:
        bills, packed = list(self.world.bills()), io.BytesIO()
        steps = [(bill, nth) for bill in bills for nth in range(len(bill.steps))]
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, rows in {
                "BILL_VERSION_TBL": (_version(*step) for step in steps),
                "BILL_TBL": (_bill(bill) for bill in bills),
                "BILL_HISTORY_TBL": (_action(*step) for step in steps),
                "BILL_VERSION_AUTHORS_TBL": (_author(*step) for step in steps),
                "VETO_MESSAGE_TBL": [_veto(bills[0])],
                "BILL_ANALYSIS_TBL": [_analysis(bills[0])],
            }.items():
                archive.writestr(f"{name}.dat", _table(rows))
            for step in steps:
                archive.writestr(_lob(*step), _text(*step))
        return packed.getvalue()


def _version(bill: Bill, nth: int) -> Row:
    day, note = bill.steps[nth], _VERSIONS[nth][1].format(_house(bill))
    flags: Row = ("Majority", "No", "Yes", "No", None, "No", "No")
    about: Row = (_version_id(bill, nth), _id(bill), 99 - nth, day, note, None, bill.title)
    return (*about, *flags, _lob(bill, nth), "Y", "LEG_ESI", day)


def _bill(bill: Bill) -> Row:
    last, letters = len(bill.steps) - 1, _letters(bill)
    chapter: Row = (None, None, None, None)
    about: Row = (_id(bill), "20252026", "0", letters, bill.number, "Introduced", *chapter)
    state: Row = (None, "Desk", _house(bill), "In Desk Process", None)
    return (*about, _version_id(bill, last), "Y", "HS_INT", bill.steps[last], *state)


def _action(bill: Bill, nth: int) -> Row:
    day, line = bill.steps[nth], _SENTENCES[nth]
    about: Row = (_id(bill), 118000001 + nth, day, line, "LEG_ESI", day, nth + 1, "441", "Applied")
    return (*about, _house(bill), "Committee", "CS72", "In Committee Process")


def _author(bill: Bill, nth: int) -> Row:
    who: Row = ("Legislator", _house(bill).upper(), "Nobody", "LEAD_AUTHOR", None)
    return (_version_id(bill, nth), *who, "Y", "LEG_ESI", bill.steps[nth], "Y")


def _veto(bill: Bill) -> Row:
    day = bill.steps[0]
    return (_id(bill), day, "VETO_MESSAGE_TBL_1.lob", "LEG_ESI", day)


def _analysis(bill: Bill) -> Row:
    day = bill.steps[0]
    about: Row = (1, _id(bill), "A", "CMTE", "CX07", "Transportation", None, day, day, None, None)
    return (*about, "BILL_ANALYSIS_TBL_1.lob", "Y", "LEG_ESI", day)


def _table(rows: Iterable[Row]) -> str:
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def _cell(value: str | int | dt.date | None) -> str:
    """Texts stand in backquotes, but names of members of the archive bare."""
    match value:
        case None:
            return "NULL"
        case dt.date():
            return f"{value} 00:00:00"
        case str() if not value.endswith(".lob"):
            return f"`{value}`"
        case _:
            return str(value)


def _text(bill: Bill, nth: int) -> str:
    state, _, acted = _VERSIONS[nth]
    return (
        '<?xml version="1.0" encoding="UTF-8"?><caml:MeasureDoc version="1.0"'
        ' xmlns:caml="http://lc.ca.gov/legalservices/schemas/caml.1#"><caml:Description>'
        f"<caml:Id>20250{_letters(bill)}__{bill.number:04}{state}</caml:Id><caml:History>"
        f"<caml:Action><caml:ActionText>{acted.format(_house(bill).upper())}</caml:ActionText>"
        f"</caml:Action></caml:History><caml:Title>{bill.title}</caml:Title><caml:DigestText>"
        f"{bill.title}</caml:DigestText></caml:Description><caml:Bill><caml:Preamble>"
        f"{bill.words(nth + 1)}</caml:Preamble></caml:Bill></caml:MeasureDoc>"
    )


def _house(bill: Bill) -> str:
    return "Senate" if bill.upper else "Assembly"


def _letters(bill: Bill) -> str:
    return "SB" if bill.upper else "AB"


def _id(bill: Bill) -> str:
    return f"202520260{_letters(bill)}{bill.number}"


def _version_id(bill: Bill, nth: int) -> str:
    return f"20250{_letters(bill)}{bill.number}{_VERSIONS[nth][0]}"


def _lob(bill: Bill, nth: int) -> str:
    return f"BILL_VERSION_TBL_{bill.number * 4 + bill.upper * 2 + nth}.lob"
