"""Pages of SUTRA: a row of the list by its labels, and the page of one measure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from lxml import etree

from spiders.answer import Answer, parse_xml
from spiders.legislatures.pr_steps import papers, steps_of, vote
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from tracker.model import Chamber, Document, Kind, Measure, Sponsor, Version, fold

SITE = "https://sutra.oslpr.org"
_KINDS: dict[str, Kind] = {
    "PC": "bill",
    "PS": "bill",
    "RCC": "resolution",
    "RCS": "resolution",
    "RKC": "resolution",
    "RKS": "resolution",
    "RC": "resolution",
    "RS": "resolution",
}
APPOINTMENT = "NM"
_CODE = re.compile(r"\b([A-Z]{2,3}) ?(\d{1,4})\b")
_LABEL = re.compile(r"\b(Medida|Radicada|Título|Autor(?:es)?)\s*:\s*")
_TERM = re.compile(r"Cuatrienio:\s*(\d{4})")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Row(NamedTuple):
    identifier: str
    title: str
    url: str


def session_name(year: int) -> str:
    """`2025-2028` for the term that the site names 2025."""
    return f"{year}-{year + 3}"


def kind_of(identifier: str) -> Kind:
    letters = identifier.partition(" ")[0]
    if letters not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", identifier)
    return _KINDS[letters]


def chamber_of(identifier: str) -> Chamber:
    return "lower" if identifier.partition(" ")[0].endswith("C") else "upper"


def row_of(link: Tag, url: str) -> Row:
    """A row is one link; its text has labels (`Medida: PC0205`, `Título: …`) in no promised order."""
    _, *told = _LABEL.split(text(link))
    labels = dict(zip(told[::2], told[1::2], strict=True))
    if not labels.get("Medida") or not labels.get("Título"):
        raise PageChanged("a row with Medida: and Título:", text(link)[:300])
    identifier = _identifier(labels["Medida"])
    address = urljoin(url, attribute(link, "href"))
    return Row(identifier, labels["Título"].strip(), match(rf"{SITE}/medidas/\d+", address).group())


def _identifier(printed: str) -> str:
    found = _CODE.search(printed)
    if not found:
        raise PageChanged("a measure's code, such as PC0205", printed)
    return measure_number("".join(found.groups()))


def last_page(soup: BeautifulSoup) -> int:
    """The pager's last link tells in its label how many pages there are."""
    links = some(soup, 'span[class*="items-baseline"] a[aria-label]')
    return int(match(r"\D*(\d+)\D*", attribute(links[-1], "aria-label"))[1])


# -- one measure -----------------------------------------------------------------------------------


def measure_of(answer: Answer, reject: Callable[[str], None]) -> Measure:
    soup = answer.soup()
    identifier = _identifier(text(one(soup, "main h1")))
    session = _session(soup, answer.context)
    if (carried := answer.context.get("identifier", identifier)) != identifier:
        raise PageChanged(f"the page of {carried}", identifier)
    rows = [item for item in some(soup, 'ul[role="list"] > li') if item.select_one("h2")]
    if not rows:
        raise PageChanged("a step of the measure", "none")
    steps = list(steps_of(rows, chamber_of(identifier), reject))
    files = [paper for step in steps for paper in papers(step, answer.url)]
    return Measure(
        jurisdiction="us-pr",
        session=session,
        identifier=identifier,
        kind=kind_of(identifier),
        chamber=chamber_of(identifier),
        title=_title(soup),
        url=match(rf"{SITE}/medidas/\d+", answer.url).group(),
        committees=list(dict.fromkeys(name for step in steps for name in step.committees)),
        sponsors=_sponsors(soup),
        actions=[step.action for step in steps],
        versions=[paper for paper in files if isinstance(paper, Version)],
        documents=[paper for paper in files if isinstance(paper, Document)],
        votes=[found for step in steps if (found := vote(step, answer.url))],
    )


def _session(soup: BeautifulSoup, context: Any) -> str:
    """The page tells its term; the list that led to it tells it too, and may not say otherwise."""
    told = _TERM.search(fold(soup.get_text(" ")))
    found = session_name(int(told[1])) if told else context.get("session")
    if not found or context.get("session", found) != found:
        raise PageChanged(f"a measure of the term {context.get('session')}", str(found))
    return str(found)


def _title(soup: BeautifulSoup) -> str:
    labels = [strong for strong in soup.select("span > strong") if text(strong) == "Título:"]
    if len(labels) != 1 or not labels[0].parent:
        raise PageChanged("one label Título:", f"{len(labels)} of them")
    told = labels[0].parent.find_next_sibling("span")
    if told is None:
        raise PageChanged("the title beside its label", str(labels[0].parent))
    return text(told)


def _sponsors(soup: BeautifulSoup) -> list[Sponsor] | None:
    """None where the page as sent leaves the tab of authors to a script."""
    names = [text(one(item, "p.font-semibold")) for item in soup.select("li.autor_id_li")]
    return [Sponsor(name=name, role="primary") for name in dict.fromkeys(names)] or None


def word_text(document: bytes) -> str:
    """Paragraphs of a Word file's main part; what is deleted by tracked changes is left out."""
    root = parse_xml(document)
    body = root.find(f"{_WORD}body")
    if body is None:
        raise PageChanged("the body of a Word document", etree.QName(root).localname)
    paragraphs = (
        "".join(part.text or "" for part in paragraph.iter(f"{_WORD}t"))
        for paragraph in body.iter(f"{_WORD}p")
    )
    return "\n\n".join(part for part in map(fold, paragraphs) if part)
