"""Arkansas's two files of a session's measures and actions: UTF-16, `|` between cells, no head.

Cells of a measure: chamber letter, type, number, title, its continuations, …, session last. Cells of
an action: (unused), chamber letter, type, number, (unused), moment, words, acting chamber's letter,
(two unused), session.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from spiders.answer import Answer
from spiders.reading import PageChanged, day, match
from tracker.model import Action, Chamber, Kind, fold

KINDS: dict[str, Kind] = {
    "B": "bill",
    **dict.fromkeys(("R", "JR", "CR", "MR", "CMR"), "resolution"),
}
CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_SESSION = re.compile(r"\d{4}(?:R|F|S\d)")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d(?:\.\d+)?")
_TITLE, _AFTER_TITLE = 3, slice(4, 10)
_SHORTEST = 6
_SESSION_OF_ACTION = 10
_REFERRED = re.compile(r".*\breferred to the Committee on (.+?)\.?", re.IGNORECASE)


class MeasureRow(NamedTuple):
    session: str
    identifier: str
    kind: Kind
    title: str
    more: str


class ActionRow(NamedTuple):
    session: str
    identifier: str
    moment: str
    text: str
    chamber: Chamber

    def action(self) -> Action:
        return Action(on=on(self.moment), text=self.text, chamber=self.chamber)


def on(moment: str) -> dt.date:
    return day(match(_MOMENT, moment)[1], "%Y-%m-%d")


def session_name(slug: str) -> str:
    """A regular session is known by its year: `2025` for `2025R`."""
    return slug.removesuffix("R")


def slug_of(session: str) -> str:
    return session if session[4:] else f"{session}R"


def measures(answer: Answer) -> Iterator[MeasureRow]:
    for cells in _rows(answer):
        if len(cells) < _SHORTEST:
            raise PageChanged(f"at least {_SHORTEST} cells of a measure", "|".join(cells))
        number, kind = _identifier(cells[:3])
        slug = match(_SESSION, cells[-1])[0]
        more = fold(" ".join(cells[_AFTER_TITLE]))
        yield MeasureRow(session_name(slug), number, kind, fold(cells[_TITLE]), more)


def actions(answer: Answer) -> Iterator[ActionRow | None]:
    """None stands for a row that ends before its session: such rows are, but not at the end."""
    cells: list[str] = []
    for cells in _rows(answer):
        if len(cells) <= _SESSION_OF_ACTION:
            yield None
            continue
        number, _ = _identifier(cells[1:4])
        slug = match(_SESSION, cells[_SESSION_OF_ACTION])[0]
        letter = cells[7].upper()
        if letter not in CHAMBERS:
            raise PageChanged("H or S as the acting chamber", "|".join(cells))
        match(_MOMENT, cells[5])
        yield ActionRow(session_name(slug), number, cells[5], fold(cells[6]), CHAMBERS[letter])
    if len(cells) <= _SESSION_OF_ACTION:
        raise PageChanged("a whole last row", "|".join(cells))


def _identifier(cells: list[str]) -> tuple[str, Kind]:
    chamber, letters, number = cells
    if chamber not in CHAMBERS or letters not in KINDS or not number.isdecimal():
        raise PageChanged("chamber, type and number of a measure", " ".join(cells))
    return f"{chamber}{letters} {int(number)}", KINDS[letters]


def _rows(answer: Answer) -> Iterator[list[str]]:
    """Cells without the NUL that stands in empty ones."""
    plain = answer.text("utf-16").replace("\x00", "")
    for cells in csv.reader(io.StringIO(plain, newline=""), delimiter="|"):
        if cells:
            yield [cell.strip() for cell in cells]


def committees(history: list[Action]) -> list[str]:
    found = (_REFERRED.fullmatch(action.text) for action in history)
    return list(dict.fromkeys(one[1] for one in found if one))
