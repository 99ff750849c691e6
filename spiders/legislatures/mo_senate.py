"""Pages of the Missouri Senate: its list in cards, a measure, and the parts that open beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.mo_addresses import kind_of
from spiders.reading import PageChanged, attribute, day, measure_number, one, some, table, text
from tracker.model import Action, Chamber, Measure, Sponsor, Version, fold

_NONE = "N/A"
_REFERRED = re.compile(r".*\breferred (?:to )?[SH] (.+?) Committee\b.*", re.IGNORECASE)
_JUNK = re.compile(r"X+")


class Card(NamedTuple):
    """`url` is of the measure's page; of a withdrawn measure, which has none, of its actions."""

    identifier: str
    title: str
    url: str


def cards(answer: Answer) -> Iterator[Card | None]:
    """None stands for the row without a measure (`XXXXXX`) that the list is known to hold."""
    for node in some(answer.soup(), ".bill-number"):
        number = fold(node.get_text(" "))
        card = node.find_parent(class_="card__body")
        if is_junk(number):
            yield None
            continue
        if card is None:
            raise PageChanged("a card of each measure", number)
        link = node.select_one("a[href]")
        href = attribute(link, "href") if link else _part(card, "Actions")
        title = text(one(card, ".bill-title"))
        yield Card(measure_number(number), title, urljoin(answer.url, href))


def is_junk(number: str) -> bool:
    return _JUNK.fullmatch(number) is not None


def _part(node: Tag | BeautifulSoup, handler: str) -> str:
    """The address of what a button opens."""
    for button in node.select("[data-modal-url]"):
        address = attribute(button, "data-modal-url")
        if parse_qs(urlsplit(address).query).get("handler") == [handler]:
            return address
    raise PageChanged(f"a button that opens {handler}", str(node)[:200])


def parts(soup: BeautifulSoup, url: str) -> Iterator[str]:
    for handler in ("Actions", "BillText"):
        yield urljoin(url, _part(soup, handler))


def measure(soup: BeautifulSoup, answer: Answer) -> Measure:
    printed = text(one(soup, ".main-header-text"))
    identifier = measure_number(printed.partition(" - ")[0])
    _same(identifier, answer)
    fields = _fields(soup)
    summary = soup.select_one(".text-content--preformatted")
    committee = _value(fields, "Committee")
    return Measure(
        jurisdiction="us-mo",
        session=answer.carried("session"),
        identifier=identifier,
        kind=kind_of(identifier),
        chamber="upper",
        title=text(one(soup, ".main-header-description")),
        abstract=text(summary) if summary else None,
        url=answer.url,
        committees=[committee] if committee else None,
        sponsors=list(_sponsors(fields)),
    )


def _same(identifier: str, answer: Answer) -> None:
    if identifier != answer.carried("identifier"):
        raise PageChanged(f"{answer.carried('identifier')}, as was asked for", identifier)


def _fields(soup: BeautifulSoup) -> dict[str, Tag]:
    rows = some(soup, ".detail-grid__item", at_least=3)
    fields = {
        text(one(row, ".detail-grid__label")): one(row, ".detail-grid__value") for row in rows
    }
    for name in ("Sponsor", "LR Number", "Title"):
        if name not in fields:
            raise PageChanged(f"a row {name}", ", ".join(fields))
    return fields


def _value(fields: dict[str, Tag], name: str) -> str:
    found = fold(fields[name].get_text(" ")) if name in fields else ""
    return "" if found == _NONE else found


def _sponsors(fields: dict[str, Tag]) -> Iterator[Sponsor]:
    yield Sponsor(name=text(fields["Sponsor"]), role="primary")
    if _value(fields, "Co-Sponsors"):
        for link in some(fields["Co-Sponsors"], "a"):
            yield Sponsor(name=text(link), role="cosponsor")


def actions(answer: Answer) -> Measure:
    soup = answer.soup(whole=False)
    identifier = measure_number(
        attribute(one(soup, "[data-bill-identifier]"), "data-bill-identifier")
    )
    _same(identifier, answer)
    history = [
        _action(row) for row in table(one(soup, "#actionsTable"), "Date", "Action", "Journal")
    ]
    if not history:
        raise PageChanged("actions of a measure", "none")
    return Measure(
        jurisdiction="us-mo",
        session=answer.carried("session"),
        identifier=identifier,
        kind=kind_of(identifier),
        committees=committees(history) or None,
        actions=sorted(history, key=lambda action: action.on),
    )


def _action(row: dict[str, Tag]) -> Action:
    line = text(row["Action"])
    return Action(
        on=day(text(row["Date"]), "%m/%d/%Y"),
        text=line,
        chamber=acting(line, fold(row["Journal"].get_text(" "))),
    )


def acting(line: str, journal: str) -> Chamber:
    """The letter that a line begins with, or the journal's; the Senate where neither is there."""
    if re.search(r"\bGovernor\b", line):
        return "executive"
    found = re.match(r"([SH])\b", line) or re.match(r"([SH])\d", journal)
    return "lower" if found and found[1] == "H" else "upper"


def committees(history: list[Action]) -> list[str]:
    found = (_REFERRED.match(action.text) for action in history)
    return list(dict.fromkeys(one[1] for one in found if one))


def texts(answer: Answer) -> Measure:
    """Links `4600S.01I - Introduced`, the newest first."""
    links = some(answer.soup(whole=False), 'a[href$=".pdf"]')
    oldest_first = [_version(link, answer.url) for link in reversed(links)]
    return Measure(
        **answer.named(),
        kind=kind_of(answer.carried("identifier")),
        versions=sorted(oldest_first, key=lambda version: version.note != "Introduced"),
    )


def _version(link: Tag, url: str) -> Version:
    _, dash, label = text(link).partition(" - ")
    if not dash:
        raise PageChanged("a number and a name of a text", text(link))
    return Version(
        note=label, url=urljoin(url, attribute(link, "href")), media_type="application/pdf"
    )
