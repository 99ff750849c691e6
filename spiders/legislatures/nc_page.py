"""The page of one bill in North Carolina: heading, fields, editions, history, votes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.nc_votes import DAY, card_below, votes
from spiders.reading import PageChanged, attribute, day, match, one, some, text
from tracker.model import (
    Action,
    Chamber,
    Document,
    Kind,
    Measure,
    Relation,
    Sponsor,
    Version,
    fold,
)

SITE = "https://www.ncleg.gov"

KINDS: dict[str, tuple[Kind, str]] = {
    "B": ("bill", "Bill"),
    "R": ("resolution", "Resolution"),
    "JR": ("resolution", "Joint Resolution"),
}
_LETTERS = {name: letters for letters, (_, name) in KINDS.items()}
_CHAMBERS: dict[str, Chamber] = {"House": "lower", "Senate": "upper"}
_ADDRESS = re.compile(r"https://www\.ncleg\.gov/(?i:BillLookUp)/(\d{4}(?:E\d)?)/([HS])(\d+)")
_HEADING = re.compile(
    r"(House|Senate) (Bill|Resolution|Joint Resolution) (\d+)(?: / (?:SL|Res) \d{4}-\d+)?"
    r"(?: \( ?= ?([HS]\d+(?:, ?[HS]\d+)*) ?\))?"
)
_EDITION = re.compile(r"/Bills/(?:House|Senate)/PDF/[HS]\d+v(\d+)\.pdf$")
_BY_GOVERNOR = re.compile(r"Pres\. To Gov|Signed by Gov|Vetoed|Became Law", re.IGNORECASE)
_REFERRED = re.compile(
    r"(?:(?:Re-)?ref(?: to)?(?: the)? com on|Re-ref to|Assigned To) (.+)", re.IGNORECASE
)
_NEXT = re.compile(r"(?:, if favorable, |\. If fav, re-ref to )(?:re-ref to )?", re.IGNORECASE)
# Keywords that tell where a bill stands, not what it is about.
_PROGRESS = frozenset(
    {"ADOPTED", "CHAPTERED", "PRESENTED", "RATIFIED", "VETOED", "VETO OVERRIDDEN", "NONE"}
)
_NAMES = ("Date", "Chamber", "Action", "Documents", "Votes")


def url_of(session: str, identifier: str) -> str:
    letters, number = identifier.split()
    return f"{SITE}/BillLookUp/{session}/{letters[0]}{number}"


def measure_of(answer: Answer, reject: Callable[[str], None]) -> Measure:
    soup = answer.soup()
    session, letter, number = match(_ADDRESS, answer.url).groups()
    chamber, kind, told, twins = _heading(soup)
    if (chamber[0], told) != (letter, number):
        raise PageChanged(f"{letter}{number}, as its address says", f"{chamber[0]}{told}")
    fields = _fields(soup)
    rows = [_labelled(row) for row in _rows(soup)]
    actions = [_action(row) for row in rows]
    actions.reverse()
    if not actions[0].text.startswith(("Filed", "Introduced")):
        raise PageChanged("a history that begins with the filing", actions[0].text)
    title, versions = _editions(soup, answer.url)
    identifier = f"{letter}{_LETTERS[kind]} {number}"
    return Measure(
        jurisdiction="us-nc",
        session=session,
        identifier=identifier,
        kind=KINDS[_LETTERS[kind]][0],
        chamber=_CHAMBERS[chamber],
        title=title,
        url=url_of(session, identifier),
        subjects=_subjects(fields["Keywords"]),
        committees=committees(actions),
        sponsors=_sponsors(fields["Sponsors"]),
        actions=actions,
        versions=versions,
        documents=list(_documents(rows, answer.url)),
        votes=list(votes(soup, answer.url, reject)),
        relations=[
            Relation(kind="companion", identifier=f"{twin[0]}{_LETTERS[kind]} {twin[1:]}")
            for twin in re.findall(r"[HS]\d+", twins or "")
        ],
    )


def _heading(soup: BeautifulSoup) -> tuple[str, str, str, str | None]:
    found = match(_HEADING, text(one(soup, "div.h2")))
    return found[1], found[2], found[3], found[4]


def _fields(soup: BeautifulSoup) -> dict[str, Tag]:
    found: dict[str, Tag] = {}
    for label in some(soup, "div.misc-info-label"):
        value = label.find_next_sibling("div")
        if isinstance(value, Tag):
            found[fold(label.get_text(" ")).rstrip(":")] = value
    missing = {"Sponsors", "Keywords"} - found.keys()
    if missing:
        raise PageChanged("the fields Sponsors and Keywords", f"only {', '.join(found)}")
    return found


def _subjects(value: Tag) -> list[str]:
    words = (fold(word) for word in value.get_text(" ").split(","))
    return [word for word in words if word and word.upper() not in _PROGRESS]


def _sponsors(value: Tag) -> list[Sponsor]:
    """Names before "(Primary)" are of primary sponsors; without the mark all are."""
    first, _, rest = value.get_text(";").partition("(Primary)")
    primary = [Sponsor(name=name, role="primary") for name in _names(first)]
    return primary + [Sponsor(name=name) for name in _names(rest)]


def _names(printed: str) -> list[str]:
    return [name for part in re.split(r"[;\r\n]", printed) if (name := fold(part))]


def _editions(soup: BeautifulSoup, url: str) -> tuple[str, list[Version]]:
    """The short title, which is the text of the first link to an edition, and the editions."""
    links = [
        a for a in soup.find_all("a", href=_EDITION) if "sr-only" not in (a.get("class") or [])
    ]
    if len(links) < 2:
        raise PageChanged("links to editions below the title", f"{len(links)} links")
    found: dict[int, Version] = {}
    for link in links[1:]:
        address = urljoin(url, attribute(link, "href"))
        number = int(match(r".*v(\d+)\.pdf", address)[1])
        version = Version(note=text(link), url=address, media_type="application/pdf")
        found.setdefault(number, version)
    return text(links[0]), [found[number] for number in sorted(found)]


# -- history -----------------------------------------------------------------------------------


def _rows(soup: BeautifulSoup) -> Iterator[Tag]:
    """Rows of the history, newest first; a row of names only is its head."""
    headings = [h for h in soup.find_all("h6") if fold(h.get_text(" ")).startswith("History")]
    if len(headings) != 1:
        raise PageChanged("one heading `History`", f"{len(headings)} of them")
    rows = card_below(headings[0]).find_all("div", class_="row", recursive=False)
    kept = [row for row in rows if not _is_head(row)]
    if not kept:
        raise PageChanged("actions below `History`", "none")
    yield from kept


def _is_head(row: Tag) -> bool:
    """Names without a colon, and nothing that they name."""
    return all(fold(cell.get_text(" ")) in _NAMES for cell in row.find_all("div"))


def _labelled(row: Tag) -> dict[str, Tag]:
    """Cells stand in pairs: a name ending in a colon, and what it names."""
    cells = row.find_all("div", recursive=False)
    names = [fold(cell.get_text(" ")).rstrip(":") for cell in cells[::2]]
    found = dict(zip(names, cells[1::2], strict=False))
    if len(cells) % 2 or not {"Date", "Chamber", "Action"} <= found.keys() <= set(_NAMES):
        raise PageChanged(f"pairs of {', '.join(_NAMES)}", ", ".join(names))
    return found


def _action(row: dict[str, Tag]) -> Action:
    said, house = text(row["Action"]), fold(row["Chamber"].get_text(" "))
    printed = fold(row["Date"].get_text(" "))
    if not printed and (in_words := DAY.search(said)):
        printed = in_words.group()
    if house and house not in _CHAMBERS:
        raise PageChanged("House or Senate", house)
    chamber: Chamber = "executive" if _BY_GOVERNOR.match(said) else ""
    return Action(on=day(printed, "%m/%d/%Y"), text=said, chamber=_CHAMBERS.get(house, chamber))


def committees(actions: Sequence[Action]) -> list[str]:
    """`Ref to the Com on A, if favorable, B` names both, each in its turn."""
    found = (_REFERRED.fullmatch(action.text) for action in actions)
    return list(dict.fromkeys(name for one in found if one for name in _NEXT.split(one[1])))


_DocumentKind = Literal["fiscal_note", "veto_message", "analysis", "memo", "other"]
_PAPERS: dict[str, _DocumentKind] = {"fiscal": "fiscal_note", "veto": "veto_message"}


def _documents(rows: Sequence[dict[str, Tag]], url: str) -> Iterator[Document]:
    for row in reversed(rows):
        for link in row["Documents"].find_all("a", href=True) if "Documents" in row else ():
            note = text(link)
            told = f"{note} {link.get('title', '')}".lower()
            kinds = [kind for word, kind in _PAPERS.items() if word in told]
            yield Document(
                kind=kinds[0] if kinds else "other",
                note=note,
                url=urljoin(url, attribute(link, "href")),
            )
