"""The page of one document at the Revisor of Statutes: authors, histories of both chambers, texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, day, match, one, some, text
from tracker.model import (
    Action,
    Chamber,
    Kind,
    Measure,
    Relation,
    Sponsor,
    Version,
    Vote,
    fold,
    tidy_identifier,
)

_ADDRESS = re.compile(
    r"https://www\.revisor\.mn\.gov/bills/(?P<number>\d+)/(?P<year>\d{4})/(?P<special>\d)"
    r"/(?P<letters>[HS][FRC])/(?P<bill>\d+)/?(?:\?.*)?"
)
_CHAMBERS: dict[str, Chamber] = {"House": "lower", "Senate": "upper"}
_INLINE_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b")
_TALLY = re.compile(r"vote:\s*(\d+)\s*-\s*(\d+)")
_OF_GOVERNOR = re.compile(r"(?:Presented to )?Governor", re.IGNORECASE)
# Pointers to other papers, which stand among the actions without being any.
_POINTERS = frozenset({"See", "See also", "Chapter number"})
_EFFECTIVE = re.compile(r"Effective date (\d{1,2}/\d{1,2}/\d{2,4})")


class Address(NamedTuple):
    """`first` is the odd year of the biennium; a document of 2026 belongs to that of 2025."""

    first: int
    special: int
    year: int
    letters: str
    identifier: str
    url: str

    @property
    def session(self) -> str:
        return f"{self.year}s{self.special}" if self.special else f"{self.first}-{self.first + 1}"


class _Row(NamedTuple):
    action: Action
    vote: Vote | None


def address_of(url: str) -> Address:
    """The 94th legislature is that of 2025-2026; each has two years."""
    found = match(_ADDRESS, url)
    letters, number = found["letters"], int(found["bill"])
    return Address(
        first=2025 + 2 * (int(found["number"]) - 94),
        special=int(found["special"]),
        year=int(found["year"]),
        letters=letters,
        identifier=f"{letters} {number}",
        url=f"{url.partition('/bills/')[0]}/bills/{found['number']}/{found['year']}"
        f"/{found['special']}/{letters}/{number}/",
    )


def same_document(found: Address, printed: str) -> None:
    """Raises where a page or link names another document than its address."""
    try:
        same = tidy_identifier(printed) == found.identifier
    except ValueError:
        same = False
    if not same:
        raise PageChanged(f"{found.identifier}, as its address says", printed)


def kind_of(letters: str) -> Kind:
    return "bill" if letters.endswith("F") else "resolution"


def measure_of(answer: Answer, reject: Callable[[str], None]) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    heading = one(soup, "h1.card-title")
    same_document(found, text(heading))
    _check_session(found, heading)
    rows = sorted(_rows(soup, found, reject), key=lambda row: row.action.on)
    return Measure(
        jurisdiction="us-mn",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.letters),
        chamber="lower" if found.letters.startswith("H") else "upper",
        title=_described(soup),
        url=found.url,
        effective_on=_effective_on(rows),
        sponsors=list(_sponsors(soup)),
        actions=[row.action for row in rows],
        versions=_versions(soup, answer.url),
        votes=[row.vote for row in rows if row.vote],
        relations=_companions(soup),
    )


def _check_session(found: Address, heading: Tag) -> None:
    header = fold(heading.parent.get_text(" ")) if heading.parent else ""
    said = "Special Session" if found.special else f"({found.first} - {found.first + 1})"
    if said not in header:
        raise PageChanged(f"{said} beside the number", header)


def _described(soup: BeautifulSoup) -> str:
    for heading in soup.select("h2"):
        if fold(heading.get_text(" ")) == "Description":
            described = heading.find_next_sibling()
            if isinstance(described, Tag) and described.name == "p":
                return text(described)
    raise PageChanged("a paragraph under the heading Description", "none")


def _sponsors(soup: BeautifulSoup) -> Iterator[Sponsor]:
    """The first author of the chamber a bill began in is its chief author."""
    for place, item in enumerate(some(soup, "div.author li")):
        yield Sponsor(name=text(item).rstrip("; "), role="cosponsor" if place else "primary")


def _companions(soup: BeautifulSoup) -> list[Relation] | None:
    """The same bill in the other chamber; None where a page has no line for it."""
    label = soup.find(string=re.compile("Companion:"))
    if label is None or label.parent is None:
        return None
    names = [text(link) for link in label.parent.select("a[href]")]
    return [
        Relation(kind="companion", identifier=tidy_identifier(name))
        for name in names
        if re.fullmatch(r"[HS][FRC]\s*\d+", name)
    ]


def _rows(soup: BeautifulSoup, found: Address, reject: Callable[[str], None]) -> Iterator[_Row]:
    """Of the chamber where a bill began, then of the other, each oldest first."""
    pane = one(soup, "#separated-tab-pane")
    names = ("House", "Senate") if found.letters.startswith("H") else ("Senate", "House")
    for name in names:
        before: dt.date | None = None
        for row in pane.select(f"div.{name.lower()} table.actions tr"):
            read = _row(row, _CHAMBERS[name], before)
            if read is None:
                reject("a pointer to another paper among the actions")
            elif abs(read.action.on.year - found.year) > 2:
                reject("an action dated years away from its session, a typing error of the site")
            else:
                before = read.action.on
                yield read


def _row(row: Tag, chamber: Chamber, before: dt.date | None) -> _Row | None:
    cells = row.find_all("td", recursive=False)
    if len(cells) != 2:
        raise PageChanged("two cells in a row of the history", f"{len(cells)}: {row}"[:300])
    words = text(one(cells[1], ".row > .col:not(.action_item)"))
    if words in _POINTERS:
        return None
    on = _day(fold(cells[0].get_text(" ")), words, before)
    acting: Chamber = "executive" if _OF_GOVERNOR.match(words) else chamber
    tally = _TALLY.search(
        fold(" ".join(note.get_text(" ") for note in cells[1].select(".action_item")))
    )
    vote = tally and Vote(on=on, chamber=acting, motion=words, yes=int(tally[1]), no=int(tally[2]))
    return _Row(Action(on=on, text=words, chamber=acting), vote)


def _day(printed: str, words: str, before: dt.date | None) -> dt.date:
    """The cell's; else the last one in the words; else that of the row above."""
    inline = _INLINE_DAY.findall(words)
    if printed or inline:
        return day(printed or inline[-1], "%m/%d/%Y", "%m/%d/%y")
    if before is None:
        raise PageChanged("a day in the first row of a history", words)
    return before


def _effective_on(rows: list[_Row]) -> dt.date | None:
    """Where the history states one day; "various dates" state none."""
    days = {found[1] for row in rows if (found := _EFFECTIVE.fullmatch(row.action.text))}
    return day(days.pop(), "%m/%d/%y", "%m/%d/%Y") if len(days) == 1 else None


def _versions(soup: BeautifulSoup, url: str) -> list[Version] | None:
    """In the order they were posted; None where a document has no list of texts."""
    if not soup.select("#versions"):
        return None
    rows = [row for row in soup.select("#versions tr") if row.find("td", recursive=False)]
    return sorted(
        (_version(row, url) for row in rows), key=lambda one: one.published_on or dt.date.max
    )


def _version(row: Tag, url: str) -> Version:
    link = some(row, "a[href]")[0]
    return Version(
        note=text(link),
        url=urljoin(url, attribute(link, "href")),
        published_on=day(match(r".*Posted on (\S+).*", text(row))[1], "%m/%d/%Y"),
        media_type="text/html",
    )
