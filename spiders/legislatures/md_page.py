"""The page of one measure in Maryland: title, note, history and texts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, day, match, measure_number, one, some, text
from tracker.model import Action, Chamber, Document, Kind, Measure, Version, Vote, fold

SITE = "https://mgaleg.maryland.gov"

_ADDRESS = re.compile(
    r"https://mgaleg\.maryland\.gov/mgawebsite/Legislation/Details/(?P<number>[a-z]{2}\d+)"
    r"\?ys=(?P<code>\d{4}(?:RS|S\d))",
    re.IGNORECASE,
)
_TEXT_ADDRESS = re.compile(
    r"https://mgaleg\.maryland\.gov/(?P<code>\d{4}(?:RS|S\d))"
    r"/(?:bills/[a-z]{2}|(?P<chapter>Chapters_noln))"
    r"/(?:CH_\d+_)?(?P<number>[a-z]{2}\d+)(?P<form>[fte])\.pdf",
    re.IGNORECASE,
)
_NOTES = {"f": "First", "t": "Third", "e": "Enrolled"}
_NUMBER = re.compile(r"(?:HB|SB|HJ|SJ|HR|SR) ?\d{1,4}")
_CHAMBERS: dict[str, Chamber] = {"House": "lower", "Senate": "upper", "Post Passage": "executive"}
_LABELS = ("Chamber", "Calendar Date", "Legislative Date", "Action")
_TALLY = re.compile(r"(?P<motion>.+?) ?\((?P<yes>\d+)-(?P<no>\d+)\).*")
_EFFECTIVE = re.compile(r"Effective Date\(s\): ?(.*)")


class _Row(NamedTuple):
    """A row of the history; documents stand in rows of their own, without chamber and day."""

    chamber: str
    printed: str
    cell: Tag


def session_name(code: str) -> str:
    """`2026` for `2026RS`; a special session keeps its code, `2025S1`."""
    return code.upper().removesuffix("RS")


def details_url(code: str, number: str) -> str:
    """`number` as the file pads it, `HB0085`."""
    return f"{SITE}/mgawebsite/Legislation/Details/{number.strip().lower()}?ys={code.upper()}"


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier[1] == "B" else "resolution"


def chamber_of(identifier: str) -> Chamber:
    return "lower" if identifier.startswith("H") else "upper"


def named_in_text_url(url: str) -> dict[str, str]:
    found = match(_TEXT_ADDRESS, url)
    return {
        "jurisdiction": "us-md",
        "session": session_name(found["code"]),
        "identifier": measure_number(found["number"]),
        "note": "Chapter" if found["chapter"] else _NOTES[found["form"].lower()],
    }


def measure_of(answer: Answer, reject: Callable[[str], None]) -> Measure:
    soup = answer.soup()
    found = match(_ADDRESS, answer.url)
    identifier = measure_number(found["number"])
    _check_heading(soup, identifier)
    rows = list(_rows(soup))
    actions = sorted((_action(row) for row in rows if row.chamber), key=lambda one: one.on)
    versions, documents = _papers(rows, answer.url, reject)
    return Measure(
        jurisdiction="us-md",
        session=session_name(found["code"]),
        identifier=identifier,
        kind=kind_of(identifier),
        chamber=chamber_of(identifier),
        title=text(_value(soup, "Title")),
        url=details_url(found["code"], found["number"]),
        effective_on=_effective_on(soup),
        actions=actions,
        versions=versions,
        documents=[*_notes(soup, answer.url), *documents],
        votes=[vote for action in actions for vote in _votes(action)],
    )


def _check_heading(soup: BeautifulSoup, identifier: str) -> None:
    headings = (fold(heading.get_text(" ")) for heading in soup.select("h2"))
    numbers = [heading for heading in headings if _NUMBER.fullmatch(heading)]
    if len(numbers) != 1 or measure_number(numbers[0]) != identifier:
        raise PageChanged(f"{identifier}, as the address says", ", ".join(numbers) or "no number")


def _value(within: Tag, label: str) -> Tag:
    """The value beside a label in a list of terms."""
    found = [term for term in within.select("dt") if fold(term.get_text(" ")).rstrip(":") == label]
    value = found[0].find_next_sibling("dd") if len(found) == 1 else None
    if not isinstance(value, Tag):
        raise PageChanged(f"one {label} with its value", f"{len(found)} of them")
    return value


def _rows(soup: BeautifulSoup) -> Iterator[_Row]:
    """The history is printed twice, as a table and, for small screens, with a label to each value."""
    for block in some(one(soup, "#detailsHistoryMobile"), "dl"):
        chamber, calendar, legislative, action = (_value(block, label) for label in _LABELS)
        printed = fold(calendar.get_text(" ")) or fold(legislative.get_text(" "))
        yield _Row(fold(chamber.get_text(" ")), printed, action)


def _action(row: _Row) -> Action:
    """Of its two days the calendar's: a legislative day can last longer than one."""
    if row.chamber not in _CHAMBERS:
        raise PageChanged(f"one of {', '.join(_CHAMBERS)}", row.chamber)
    on = day(row.printed, "%m/%d/%Y")
    return Action(on=on, text=text(row.cell), chamber=_CHAMBERS[row.chamber])


def _votes(action: Action) -> Iterator[Vote]:
    if found := _TALLY.fullmatch(action.text):
        yes, no = int(found["yes"]), int(found["no"])
        yield Vote(on=action.on, chamber=action.chamber, motion=found["motion"], yes=yes, no=no)


def _papers(
    rows: list[_Row], url: str, reject: Callable[[str], None]
) -> tuple[list[Version], list[Document]]:
    """Texts oldest first, as the history has them, and notes on their effects."""
    versions, documents = {}, {}
    for row in rows:
        for link in row.cell.select("a[href]"):
            name, address = text(link), urljoin(url, attribute(link, "href"))
            if _TEXT_ADDRESS.fullmatch(address):
                versions[address] = _version(address)
            elif name.endswith("Impact Note"):
                note = name.removeprefix("Text - ")
                documents[address] = Document(kind="analysis", note=note, url=address)
            elif "veto" in name.lower():
                documents[address] = Document(kind="veto_message", note=name, url=address)
            else:
                reject("a paper of a history, which is not read")
    return list(versions.values()), list(documents.values())


def _version(address: str) -> Version:
    note = named_in_text_url(address)["note"]
    return Version(note=note, url=address, media_type="application/pdf")


def _notes(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    """A resolution of one chamber has no fiscal note."""
    terms = [fold(term.get_text(" ")) for term in soup.select("dt")]
    if "Analysis" in terms:
        for link in _value(soup, "Analysis").select("a[href]"):
            address = urljoin(url, attribute(link, "href"))
            yield Document(kind="fiscal_note", note=text(link), url=address)


def _effective_on(soup: BeautifulSoup) -> dt.date | None:
    """Where the page tells one day; some acts take effect part by part."""
    for block in soup.select("div"):
        own = fold("".join(block.find_all(string=True, recursive=False)))
        if (found := _EFFECTIVE.fullmatch(own)) and re.fullmatch(r"\w+ \d+, \d{4}", found[1]):
            return day(found[1], "%B %d, %Y")
    return None
