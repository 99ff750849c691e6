"""New York: Open Legislation's search, bills with their actions, prints as plain text, no meetings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from tests.simulations.site import NOTHING, Asked, Reply, Site, as_json
from tests.simulations.world import Bill

_API = "/api/3"
_BILL = re.compile(rf"{_API}/bills/2025/([AS])(\d+)")
_MEETINGS = re.compile(rf"{_API}/agendas/meetings/([\d-]+)/([\d-]+)")
_SENTENCES = ("REFERRED TO CODES", "AMEND AND RECOMMIT TO CODES")
_LETTERS = ("", "A")
_NONE: dict[str, Any] = {"items": [], "size": 0}


class Simulated(Site):
    environment: ClassVar[Mapping[str, str]] = {"NEW_YORK_API_KEY": "fictional"}

    def answer(self, asked: Asked) -> Reply:
        if asked.path == f"{_API}/bills/2025/search":
            return as_json(self._search(asked.query))
        if found := _BILL.fullmatch(asked.path):
            bill = self.world.bill(int(found[2]), upper=found[1] == "S")
            full = asked.query["view"] == "only_fulltext"
            return as_json(_text(bill, asked.query.get("version", "")) if full else _answer(bill))
        if _MEETINGS.fullmatch(asked.path):
            return as_json(_page([], "empty list", 0, 1, 0))
        return NOTHING

    def _search(self, query: dict[str, str]) -> dict[str, Any]:
        """The bills that hold a word searched for, those that moved last first."""
        words = query["term"].replace('"', "").split(" OR ")
        found = [bill for bill in self.world.bills() if any(word in bill.title for word in words)]
        found.sort(key=lambda bill: bill.steps[-1], reverse=True)
        begin = int(query["offset"])
        shown = found[begin - 1 : begin - 1 + int(query["limit"])]
        rows = [{"result": _info(bill), "rank": 1.5} for bill in shown]
        return _page(rows, "search-results list", len(found), begin, int(query["limit"]))


def _page(rows: list[Any], kind: str, total: int, begin: int, limit: int) -> dict[str, Any]:
    return {
        "success": True,
        "message": "",
        "responseType": kind,
        "total": total,
        "offsetStart": begin,
        "offsetEnd": begin - 1 + len(rows),
        "limit": limit,
        "result": {"items": rows, "size": len(rows)},
    }


def _info(bill: Bill) -> dict[str, Any]:
    letter = _LETTERS[len(bill.steps) - 1]
    house = _house(bill)
    return {
        "basePrintNo": _name(bill),
        "session": 2025,
        "printNo": f"{_name(bill)}{letter}",
        "billType": {"chamber": house, "desc": house.title(), "resolution": False},
        "title": bill.title,
        "activeVersion": letter,
        "sponsor": {"member": {"shortName": "PERSON", "fullName": "A Person"}},
        "summary": bill.title,
        "status": {
            "statusType": f"IN_{house}_COMM",
            "statusDesc": f"In {house.title()} Committee",
            "actionDate": bill.steps[-1],
            "committeeName": "CODES",
            "billCalNo": None,
        },
        "milestones": _NONE,
    }


def _answer(bill: Bill) -> dict[str, Any]:
    letters = _LETTERS[: len(bill.steps)]
    prints = {letter: _print(bill, nth) for nth, letter in enumerate(letters)}
    actions = [
        {
            "date": day,
            "chamber": _house(bill),
            "sequenceNo": nth + 1,
            "text": _SENTENCES[nth],
        }
        for nth, day in enumerate(bill.steps)
    ]
    found = {
        **_info(bill),
        "amendments": {"items": prints, "size": len(prints)},
        "actions": {"items": actions, "size": len(actions)},
        **dict.fromkeys(("votes", "vetoMessages", "pastCommittees"), _NONE),
    }
    return {"success": True, "message": "", "responseType": "bill", "result": found}


def _print(bill: Bill, nth: int) -> dict[str, Any]:
    return {
        "printNo": f"{_name(bill)}{_LETTERS[nth]}",
        "version": _LETTERS[nth],
        "publishDate": bill.steps[nth],
        "lawSection": "County Law",
        "fullText": None,
        **dict.fromkeys(("sameAs", "coSponsors", "multiSponsors"), _NONE),
    }


def _text(bill: Bill, letter: str) -> dict[str, Any]:
    found = {"version": letter, "fullText": bill.words(_LETTERS.index(letter) + 1)}
    return {"success": True, "message": "", "responseType": "bill-fulltext-view", "result": found}


def _house(bill: Bill) -> str:
    return "SENATE" if bill.upper else "ASSEMBLY"


def _name(bill: Bill) -> str:
    return f"{'S' if bill.upper else 'A'}{bill.number}"
