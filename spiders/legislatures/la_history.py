"""How Louisiana writes a history: days without a year, all of a step in one run of sentences."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from spiders.reading import PageChanged, day, measure_number
from tracker.model import Action, Chamber, Relation, Vote

_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper", "J": "legislature"}
_AUTUMN = 11
_COMMITTEE = re.compile(r"\b(?:referred|recommitted) to the Committee on ([^.;]+)")
_EFFECTIVE = re.compile(r"Effective date:? (\d{1,2}/\d{1,2}/\d{4})\.?")
_COUNT = re.compile(
    r"\byeas (?P<yes>\d+), nays (?P<no>\d+)|\bvote of (?P<yeas>\d+) yeas and (?P<nays>\d+) nays"
)
_LETTERS = {"house": "H", "senate": "S", "bill": "B", "resolution": "R", "concurrent": "C"}
_NUMBER = (
    r"(?P<name>(?:[HS](?:CR|B|R)|(?:House|Senate)(?: Concurrent)? (?:Bill|Resolution)))"
    r" ?(?:No\. ?)?(?P<number>\d+)"
)
_BECOMES = re.compile(rf"\bbecomes {_NUMBER}", re.IGNORECASE)
_SUBSTITUTE = re.compile(rf"\bsubstitute for {_NUMBER}", re.IGNORECASE)


class Line(NamedTuple):
    """A row as printed: `03/09`, `H`, the words."""

    day: str
    chamber: str
    text: str


def dated(lines: Sequence[Line], year: int) -> list[Action]:
    """Actions by day, those of one day as the page has them: newest first, as the stages know.

    The year is the session's; a day of November or December that stands before one of an earlier
    month is of the year before, when bills were filed.
    """
    rows = list(enumerate(lines))
    if not _is_oldest_first(lines):
        rows.reverse()
    months = [int(line.day.partition("/")[0]) for _, line in rows]
    found = []
    for step, (place, line) in enumerate(rows):
        before = months[step] >= _AUTUMN and min(months[step:]) < _AUTUMN
        found.append((day(f"{line.day}/{year - before}", "%m/%d/%Y"), place, line))
    return [_action(on, line) for on, _, line in sorted(found)]


def _action(on: dt.date, line: Line) -> Action:
    if line.chamber not in _CHAMBERS:
        raise PageChanged("H, S or J as the chamber", f"{line}")
    return Action(on=on, text=line.text, chamber=_CHAMBERS[line.chamber])


def _is_oldest_first(lines: Sequence[Line]) -> bool:
    """The site lists the newest first; most steps from row to row tell whether it still does.

    A step into or out of autumn may be one of years, and tells nothing.
    """
    days = [tuple(map(int, line.day.split("/"))) for line in lines]
    steps = [
        (one, next_one)
        for one, next_one in pairwise(days)
        if (one[0] < _AUTUMN) == (next_one[0] < _AUTUMN)
    ]
    rising = sum(one < next_one for one, next_one in steps)
    falling = sum(one > next_one for one, next_one in steps)
    return rising > falling


def committees(actions: list[Action]) -> list[str]:
    found = (one for action in actions for one in _COMMITTEE.findall(action.text))
    return list(dict.fromkeys(one.strip() for one in found))


def effective_on(actions: list[Action]) -> dt.date | None:
    """Where one day is told; "See Act" tells more than a day."""
    for action in actions:
        if found := _EFFECTIVE.fullmatch(action.text):
            return day(found[1], "%m/%d/%Y")
    return None


def votes(actions: list[Action]) -> Iterator[Vote]:
    for action in actions:
        for found in _COUNT.finditer(action.text):
            yield Vote(
                on=action.on,
                chamber=action.chamber,
                motion=action.text,
                yes=int(found["yes"] or found["yeas"]),
                no=int(found["no"] or found["nays"]),
            )


def relations(actions: list[Action]) -> Iterator[Relation]:
    """A bill reported by substitute goes on under a new number, and both say so."""
    for action in actions:
        if found := _BECOMES.search(action.text):
            yield Relation(kind="substituted_by", identifier=_identifier(found))
        elif found := _SUBSTITUTE.search(action.text):
            yield Relation(kind="substitutes", identifier=_identifier(found))


def _identifier(found: re.Match[str]) -> str:
    name = found["name"]
    if " " in name:
        name = "".join(_LETTERS[word] for word in name.lower().split())
    return measure_number(f"{name} {found['number']}")
