"""How West Virginia prints a history: house, line, day and page of the journal, newest line first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, day, text
from tracker.model import Action, Chamber, fold

CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper", "": ""}
_REFERRED = re.compile(r"To (?:House |Senate )?(?!Governor|.*\bCalendar)(.+)")


def history(soup: BeautifulSoup, reject: Callable[[str], None]) -> list[Action]:
    rows = soup.select("tr.actionrows") or soup.select("#action-table tr")
    found = []
    for row in rows:
        cells = row.find_all("td", recursive=False)
        if len(cells) == 1 or (not cells and row.find("th")):
            reject("note in a history, or its head")
        elif len(cells) not in (3, 4):
            raise PageChanged("house, line, day and page of the journal", str(row)[:300])
        elif action := _action(cells):
            found.append(action)
        else:
            reject("line of a history without a day")
    if not found:
        raise PageChanged("lines of a history", "none")
    return found


def _action(cells: list[Tag]) -> Action | None:
    house, printed = fold(cells[0].get_text(" ")), fold(cells[2].get_text(" "))
    if house not in CHAMBERS:
        raise PageChanged("H, S or nothing", house)
    if not printed:
        return None
    return Action(on=day(printed, "%m/%d/%y"), text=text(cells[1]), chamber=CHAMBERS[house])


def oldest_first(lines: list[Action]) -> list[Action]:
    """The site prints the newest line first; a page of one day begins with the day's last line,
    unless that is how a measure begins."""
    first, last = lines[0], lines[-1]
    begins = first.text.startswith(("Filed for", "Introduced", "Prefiled"))
    newest_first = first.on > last.on or (first.on == last.on and not begins)
    return sorted(reversed(lines) if newest_first else lines, key=_on)


def _on(action: Action) -> dt.date:
    return action.on


def committees(actions: list[Action]) -> list[str]:
    found = (_REFERRED.fullmatch(action.text) for action in actions)
    named = (name for one in found if one for name in one[1].split(" then "))
    return list(dict.fromkeys(named))
