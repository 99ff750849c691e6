"""How Wisconsin writes a history: dated lines by house, votes' totals in them, authors in the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, attribute, day, match, one, text
from tracker.model import Action, Chamber, Sponsor, Vote

_CHAMBERS: dict[str, Chamber] = {"Assembly": "lower", "Senate": "upper"}
_VOTE = re.compile(
    r"(?P<motion>.+?)[,.] Ayes (?P<yes>\d+)[,.] Noes (?P<no>\d+)(?:, Paired \d+)?\.?"
)
_REFERRED = re.compile(
    r".*\breferred to (?:committee on )?(?!calendar)(.+?)(?: pursuant to .+)?", re.IGNORECASE
)
# Names are links, so that a space comes between a name and the comma after it.
_BEFORE_MARKS = re.compile(r"\s+(?=[,;.])")
# A committee and a member, or members of both houses.
_BESIDES = re.compile(r" and (?=(?:Representative|Senator)s? )")
_MEMBERS = re.compile(r"(?:Representative|Senator)s? (.+)")


class Row(NamedTuple):
    action: Action
    vote: Vote | None


def history(soup: BeautifulSoup, url: str) -> Iterator[Row]:
    """The table under "History", oldest first; another above it holds the important lines only."""
    heads = [head for head in soup.find_all("h2") if head.get_text(" ").strip() == "History"]
    if len(heads) != 1:
        raise PageChanged("one heading `History`", f"{len(heads)} of them")
    table = heads[0].find_next("table", class_="history")
    if not isinstance(table, Tag):
        raise PageChanged("a table below `History`", "none")
    for row in table.find_all("tr"):
        cells = row.find_all("td", recursive=False)
        if not cells and row.find("th"):
            continue
        if len(cells) != 3:
            raise PageChanged("day, entry and page of the journal", str(row)[:300])
        yield _row(cells[0], cells[1], url)


def _row(printed: Tag, entry: Tag, url: str) -> Row:
    house = one(printed, "abbr")
    chamber = _CHAMBERS.get(attribute(house, "title"))
    if chamber is None:
        raise PageChanged("Assembly or Senate", str(house))
    on = day(text(printed).removesuffix(text(house)), "%m/%d/%Y")
    action = Action(on=on, text=_BEFORE_MARKS.sub("", text(entry)), chamber=chamber)
    tally = _VOTE.fullmatch(action.text)
    if tally is None:
        return Row(action, None)
    links = [urljoin(url, attribute(a, "href")) for a in entry.find_all("a") if "Ayes" in a.text]
    vote = Vote(
        on=on,
        chamber=chamber,
        motion=tally["motion"],
        yes=int(tally["yes"]),
        no=int(tally["no"]),
        url=links[0] if links else "",
    )
    return Row(action, vote)


def committees(actions: list[Action]) -> list[str]:
    found = (_REFERRED.fullmatch(action.text) for action in actions)
    return list(dict.fromkeys(one[1] for one in found if one))


def sponsors(introduced: str) -> list[Sponsor]:
    """`Introduced by Representatives Vos and Allen; cosponsored by Senator Nass`; the author may be
    a committee, whose name holds commas."""
    authors, _, others = introduced.partition("; cosponsored by ")
    who = match(r"(?:Introduced|Offered) (?:privately )?by (.+?)(?:, by request of .+)?", authors)[
        1
    ]
    found = [Sponsor(name=name, role="primary") for name in _names(who)]
    return found + [Sponsor(name=name) for name in _names(others)]


def _names(printed: str) -> list[str]:
    parts = _BESIDES.split(printed.rstrip(".")) if printed else []
    found = ((part, _MEMBERS.fullmatch(part)) for part in parts)
    return [
        name
        for part, members in found
        for name in (re.split(r", (?:and )?| and ", members[1]) if members else [part])
    ]
