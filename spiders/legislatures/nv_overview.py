"""The part "Overview" of a bill's page in NELIS: titles, sponsors, history."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.nv_list import kind_of
from spiders.legislatures.nv_page import address_of, closed, page_of_tab, session_name
from spiders.reading import PageChanged, attribute, day, match, one, some, text
from tracker.model import Action, Chamber, Measure, Sponsor, Vote, fold

_HOUSES: dict[str, Chamber] = {"Assembly": "lower", "Senate": "upper"}
_ORIGIN: dict[str, Chamber] = {"A": "lower", "S": "upper", "I": "lower"}
_OFFICE = re.compile(r"(?:Assembly(?:wo)?man|Assemblymember|Senator) ")
_ENTERS = re.compile(r"(?:^|(?<=[.)] ))In (Assembly|Senate)\b")
_BY_GOVERNOR = re.compile(r"\bGovernor\b|Chapter \d+")
_REFERRED = re.compile(
    r"[Rr](?:er)?eferred to (?:the )?(?P<which>Select )?Committees? on (?P<name>[^.]+?)"
    r"(?: and the (?=Committee)|\.)"
)
_TALLY = re.compile(r"\(Yeas: (?P<yes>\d+|None), Nays: (?P<no>\d+|None)[^)]*\)")
_FORMER = re.compile(r".*/REL/(\w+)/Bill/\d+(?:/.*)?")


class Step(NamedTuple):
    action: Action
    votes: list[Vote]


def measure_of(answer: Answer) -> Measure:
    closed(answer, "table", "tr", "td")
    soup, about = answer.soup(whole=False), answer.named()
    url = page_of_tab(answer.url)
    if about["session"] != session_name(address_of(url)[0]):
        raise PageChanged(f"a bill of the session {about['session']}", url)
    fields = _fields(soup)
    _same_origin(about["identifier"], fields)
    steps = list(_steps(soup, _ORIGIN[about["identifier"][0]]))
    actions = [step.action for step in steps]
    titles = soup.select("#title")
    return Measure(
        **about,
        kind=kind_of(about["identifier"]),
        chamber=_ORIGIN[about["identifier"][0]],
        title=text(fields["Summary"]),
        abstract=text(titles[0]) if titles else None,
        url=url,
        committees=_committees(actions),
        sponsors=list(_sponsors(fields)),
        actions=actions,
        votes=[vote for step in steps for vote in step.votes],
    )


def _fields(soup: BeautifulSoup) -> dict[str, Tag]:
    found: dict[str, Tag] = {}
    for label in some(soup, "div.font-weight-bold"):
        value = label.find_next_sibling("div")
        if isinstance(value, Tag):
            found[fold(label.get_text(" ")).rstrip(":")] = value
    if "Summary" not in found:
        raise PageChanged("the field Summary", ", ".join(found))
    return found


def _same_origin(identifier: str, fields: dict[str, Tag]) -> None:
    """Raises where a bill with stars links another session than its stars were taken for."""
    _, _, former = identifier.partition("-")
    link = fields.get("Previous Session Overview")
    if not former or link is None:
        return
    found = session_name(match(_FORMER, attribute(one(link, "a"), "href"))[1])
    if found != former:
        raise PageChanged(f"a bill of the session {former}", found)


def _sponsors(fields: dict[str, Tag]) -> Iterator[Sponsor]:
    """Members without their office, committees with their whole name."""
    seen: set[str] = set()
    for label, value in fields.items():
        primary = label.startswith("Primary Sponsor")
        if not primary and not label.startswith("Co-Sponsor"):
            continue
        for link in value.select("a"):
            name = _OFFICE.sub("", fold(link.get_text(" ")), count=1)
            if name and "Sponsors" not in name and name not in seen:
                seen.add(name)
                yield Sponsor(name=name, role="primary" if primary else "cosponsor")


# -- history -----------------------------------------------------------------------------------


def _steps(soup: BeautifulSoup, house: Chamber) -> Iterator[Step]:
    """Oldest first, as the table has them. The house is the one that the steps before led to."""
    tables = [
        caption.find_parent("table")
        for caption in soup.find_all("caption")
        if fold(caption.get_text(" ")) == "Bill History"
    ]
    if len(tables) != 1 or not isinstance(tables[0], Tag):
        raise PageChanged("one table `Bill History`", f"{len(tables)} of them")
    for row in some(tables[0], "tbody > tr"):
        cells = {cell.get("data-th"): cell for cell in row.find_all("td", recursive=False)}
        if not {"Date", "Action"} <= cells.keys():
            raise PageChanged("cells Date and Action", str(row)[:300])
        on, said = day(text(cells["Date"]), "%b %d, %Y"), text(cells["Action"])
        entered = [_HOUSES[found[1]] for found in _ENTERS.finditer(said)]
        if _ENTERS.match(said):
            house = entered[0]
        by = "executive" if _BY_GOVERNOR.search(said) and not _TALLY.search(said) else house
        yield Step(Action(on=on, text=said, chamber=by), list(_votes(said, on, house)))
        house = entered[-1] if entered else house


def _votes(said: str, on: dt.date, house: Chamber) -> Iterator[Vote]:
    """Each total, with the steps since the last one; within a line a bill may go on to the other
    house."""
    begin = 0
    for found in _TALLY.finditer(said):
        entered = list(_ENTERS.finditer(said, 0, found.start()))
        yield Vote(
            on=on,
            chamber=_HOUSES[entered[-1][1]] if entered else house,
            motion=said[begin : found.start()].strip(),
            yes=_count(found["yes"]),
            no=_count(found["no"]),
        )
        begin = found.end()


def _count(printed: str) -> int:
    return 0 if printed == "None" else int(printed)


def _committees(actions: list[Action]) -> list[str]:
    """The subject of a standing committee, the whole name of another one."""
    found = (one for action in actions for one in _REFERRED.finditer(action.text))
    named = (
        f"Select Committee on {one['name']}" if one["which"] else str(one["name"]) for one in found
    )
    return list(dict.fromkeys(named))
