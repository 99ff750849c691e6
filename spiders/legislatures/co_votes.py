"""Votes on the floor as a Colorado bill's page counts them, those of both chambers in one table.

Votes in committee stand there as lists of surnames behind a link each, without a count.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, attribute, day, match, one, text
from tracker.model import Chamber, Vote

_SITE = "https://leg.colorado.gov"
_WHERE = re.compile(r"\b(House|Senate)\b")


def votes(soup: BeautifulSoup) -> list[Vote] | None:
    """None where the page has no such table."""
    rows = soup.select("div#bill-votes-first-chamber tr")
    found = [_vote(row) for row in rows if row.find("td", recursive=False)]
    return found if rows else None


def _vote(row: Tag) -> Vote:
    cells = row.find_all("td", recursive=False)
    if len(cells) < 5:
        raise PageChanged("day, place, motion, counts and a link", str(row)[:300])
    return Vote(
        on=day(text(cells[0]), "%m/%d/%Y"),
        chamber=_chamber(cells[1]),
        motion=text(cells[2]),
        yes=_count(row, "yes"),
        no=_count(row, "no"),
        url=urljoin(_SITE, attribute(one(cells[4], "a"), "href")),
    )


def _chamber(cell: Tag) -> Chamber:
    """A motion may name either chamber ("concur with Senate amendments"), so it is not asked."""
    told = set(_WHERE.findall(cell.get_text(" ")))
    if told == {"House"}:
        return "lower"
    return "upper" if told == {"Senate"} else ""


def _count(row: Tag, name: str) -> int:
    return int(match(r"\d+", text(one(row, f".bill-votes-count-{name}"))).group())
