"""The page of one Colorado bill: sponsors, history, texts, fiscal notes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.co_votes import votes
from spiders.reading import PageChanged, attribute, day, match, one, some, text
from tracker.model import Action, Chamber, Document, Kind, Measure, Sponsor, Version, fold

SITE = "https://leg.colorado.gov"
_NUMBER = re.compile(
    r"(?P<letters>[HS](?:B|CR|JR|JM|R|M))(?P<year>\d\d)(?P<session>[A-Z]?)-(?P<number>\d+)"
)
_ADDRESS = re.compile(r".*/bills/(?P<number>[\w-]+)/?(?:[?#].*)?")
_LABELS = {"A": "Regular Session", "": "Extraordinary Session"}
_CHAMBERS: dict[str, Chamber] = {
    "House": "lower",
    "Senate": "upper",
    "Governor": "executive",
    "Joint": "legislature",
    "ConfComm": "legislature",
}
_INTRODUCED = re.compile(r"Introduced In (House|Senate) - Assigned to (.+)")
_TITLE_PREFIX = re.compile(r"^(?:Rep|Sen|Representative|Senator)\b\.?\s*")
_ROLES = {
    "div.bill-detail-prime": "primary",
    "div.bill-detail-additional-sponsor": "cosponsor",
    "div.bill-detail-co-sponsor": "cosponsor",
}


class Number(NamedTuple):
    """A measure as the site numbers it: `HB26-1362`, in a special session `SB25B-001`."""

    letters: str
    identifier: str
    session: str
    label: str

    @property
    def kind(self) -> Kind:
        return "bill" if self.letters.endswith("B") else "resolution"

    @property
    def chamber(self) -> Chamber:
        return "lower" if self.letters.startswith("H") else "upper"


def number(printed: str) -> Number:
    found = match(_NUMBER, printed.strip().upper())
    year, letter = f"20{found['year']}", found["session"] or "A"
    return Number(
        letters=found["letters"],
        identifier=f"{found['letters']} {int(found['number'])}",
        session=f"{year}{letter}",
        label=f"{year} {_LABELS.get(letter, _LABELS[''])}",
    )


def number_in(url: str) -> Number:
    return number(match(_ADDRESS, url)["number"])


def same_number(found: Number, printed: str) -> None:
    """Raises where a page or link names another measure than its address."""
    if number(printed)[:3] != found[:3]:
        raise PageChanged(f"{found.identifier} of {found.session}, as its address says", printed)


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    found = number_in(answer.url)
    same_number(found, text(one(soup, "span.bill-detail-bill-number-tag")))
    specs = _specs(soup)
    if "Session" in specs and specs["Session"] != found.label:
        raise PageChanged(f"a bill of the {found.label}", specs["Session"])
    actions = _actions(soup)
    return Measure(
        jurisdiction="us-co",
        session=found.session,
        identifier=found.identifier,
        kind=found.kind,
        chamber=found.chamber,
        title=text(one(soup, "div.full-bill-topic h1")),
        abstract=_abstract(soup),
        url=answer.url,
        subjects=[text(tag) for tag in soup.select("table.bill-specs-table span.subject-tag")],
        committees=_committees(actions),
        sponsors=list(_sponsors(soup)),
        actions=actions,
        versions=_versions(soup),
        documents=_fiscal_notes(soup),
        votes=votes(soup),
    )


def _specs(soup: BeautifulSoup) -> dict[str, str]:
    rows = some(soup, "table.bill-specs-table tr")
    return {text(one(row, "th")).rstrip(":"): fold(one(row, "td").get_text(" ")) for row in rows}


def _abstract(soup: BeautifulSoup) -> str:
    """The long title, then the summary; a page may lack either."""
    told = soup.select("p.bill-long-title, div.bill-detail-bill-summary, div.bill-summary-content")
    parts = [fold(part.get_text(" ")) for part in told]
    return " ".join(dict.fromkeys(part for part in parts if part))


def _sponsors(soup: BeautifulSoup) -> Iterator[Sponsor]:
    block = one(soup, "div#bill-sponsors")
    some(block, "div.sponsor-link a")
    for selector, role in _ROLES.items():
        for link in block.select(f"{selector} div.sponsor-link a"):
            yield Sponsor(name=_TITLE_PREFIX.sub("", text(link)), role=role)  # type: ignore[arg-type]


def _table(soup: BeautifulSoup, *ids: str) -> Tag | None:
    """The block under one of the ids the site has given it; None where there is none."""
    found = [block for name in ids for block in soup.select(f"div#{name}")]
    if len(found) > 1:
        raise PageChanged(f"one of {', '.join(ids)}", f"{len(found)} of them")
    return found[0] if found else None


def _cells(block: Tag, count: int) -> Iterator[Sequence[Tag]]:
    for row in block.select("tr"):
        cells = row.find_all("td", recursive=False)
        if not cells:
            continue  # the head
        if len(cells) != count:
            raise PageChanged(f"{count} cells in a row", f"{len(cells)}: {row}"[:300])
        yield cells


def _actions(soup: BeautifulSoup) -> list[Action]:
    """The site lists the newest first."""
    block = _table(soup, "bill-histories", "bill-activity-bill-history")
    if block is None:
        raise PageChanged("div#bill-histories", "none")
    found = []
    for on, actor, words in _cells(block, 3):
        if text(actor) not in _CHAMBERS:
            raise PageChanged(f"one of {', '.join(_CHAMBERS)}", text(actor))
        acting = _CHAMBERS[text(actor)]
        found.append(Action(on=day(text(on), "%m/%d/%Y"), text=text(words), chamber=acting))
    if not found:
        raise PageChanged("at least one row of history", "none")
    found.reverse()
    return sorted(found, key=lambda action: action.on)


def _committees(actions: Sequence[Action]) -> list[str]:
    """Those a measure is assigned to on its introduction, which stand in these words alone."""
    told = (_INTRODUCED.fullmatch(action.text) for action in actions)
    return [f"{found[1]} {name}" for found in told if found for name in found[2].split(" + ")]


def _versions(soup: BeautifulSoup) -> list[Version] | None:
    """Oldest first. A version in HTML is preferred to the PDF: it tells what is struck."""
    block = _table(soup, "bill-files-all-versions", "bill-activity-bill-text")
    if block is None:
        return None
    found = [
        Version(
            note=text(name),
            url=url,
            published_on=day(text(on), "%m/%d/%Y"),
            media_type="application/pdf" if _is_pdf(url) else "text/html",
        )
        for on, name, link in _cells(block, 3)
        for url in [_address(name, link)]
    ]
    found.reverse()
    return sorted(found, key=lambda version: version.published_on or dt.date.min)


def _is_pdf(url: str) -> bool:
    return url.endswith(("/download", ".pdf"))


def _address(name: Tag, link: Tag) -> str:
    links = [*name.select("a[href]"), *link.select("a[href]")]
    if not links:
        raise PageChanged("a link to a version", str(name)[:200])
    return urljoin(SITE, attribute(links[0], "href"))


def _fiscal_notes(soup: BeautifulSoup) -> list[Document] | None:
    block = _table(soup, "bill-files-fiscal")
    if block is None:
        return None
    return [
        Document(kind="fiscal_note", note=f"{text(name)}, {text(on)}", url=_address(name, link))
        for on, name, link in _cells(block, 3)
    ]
