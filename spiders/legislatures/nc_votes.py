"""Totals of roll calls on the page of a bill in North Carolina."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, attribute, day
from tracker.model import Chamber, Vote, fold

DAY = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
_HOUSE_OF: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_ROLL_CALL = re.compile(r"\W*([HS])\W+\d+")


def card_below(heading: Tag) -> Tag:
    body = heading.find_next("div", class_="card-body")
    if not isinstance(body, Tag):
        raise PageChanged("a card below its heading", str(heading))
    return body


def votes(soup: BeautifulSoup, url: str, reject: Callable[[str], None]) -> Iterator[Vote]:
    """Date, subject, roll call, ayes, noes, three sorts of absence and the total, each after its
    name; the last cell links the roll call. Votes are beside the point: one of another form is
    left out and counted."""
    for heading in soup.select("h6#vote-header"):
        for row in card_below(heading).find_all("div", class_="row"):
            vote = _vote(row, url)
            if vote:
                yield vote
            else:
                reject("vote of a form not known")


def _vote(row: Tag, url: str) -> Vote | None:
    cells = [fold(cell.get_text(" ")) for cell in row.find_all("div", recursive=False)[1:-1:2]]
    links = row.select(":scope > div > a[href]")
    if len(cells) != 9 or len(links) != 1:
        return None
    on, subject, roll_call, *counts = cells
    house, moment = _ROLL_CALL.fullmatch(roll_call), DAY.match(on)
    if not (house and moment and all(count.isdecimal() for count in counts)):
        return None
    yes, no, *absent, total = map(int, counts)
    if yes + no + sum(absent) < total or yes + no > total:
        return None
    return Vote(
        on=day(moment.group(), "%m/%d/%Y"),
        chamber=_HOUSE_OF[house[1]],
        motion=subject,
        yes=yes,
        no=no,
        url=urljoin(url, attribute(links[0], "href")),
    )
