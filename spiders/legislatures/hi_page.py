"""The page of one measure in Hawaii: a table of facts, a table of status, its drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import BeautifulSoup

from spiders.answer import Answer
from spiders.legislatures.hi_status import actions_of, vote_of
from spiders.reading import PageChanged, attribute, columns, match, one, some, text
from tracker.model import (
    Document,
    Kind,
    Measure,
    Relation,
    Sponsor,
    Version,
    fold,
    tidy_identifier,
)

SITE = "https://data.capitol.hawaii.gov"

_FACTS = ("Measure Title", "Report Title", "Description", "Current Referral", "Introducer(s)")
_LETTERS = {"HB", "SB", "HCR", "SCR", "HR", "SR"}
_PAPER = re.compile(
    r".*/sessions/session(?P<session>\d{4}[a-z]?)/bills/"
    r"(?P<number>[A-Z]+\d+)_(?P<draft>[\w-]*?)_?\.(?P<form>HTM|PDF)",
    re.IGNORECASE,
)
_NO_DRAFTS = re.compile("No other versions|You may search in our Document Directories")
_BY_REQUEST = re.compile(r"\s*\(Introduced by request of another party\)")
_INITIAL = re.compile(r"[A-Z]\.")


class Address(NamedTuple):
    session: str
    identifier: str
    url: str


def address_of(url: str) -> Address:
    """The measure an address is of, and its page at the host that answers programs."""
    asked = parse_qs(urlsplit(url).query)
    if not urlsplit(url).path.endswith("/session/measure_indiv.aspx"):
        raise PageChanged("the page of a measure", url)
    values = [asked.get(name, []) for name in ("billtype", "billnumber", "year")]
    if [len(value) for value in values] != [1, 1, 1]:
        raise PageChanged("kind, number and year of a measure in its address", url)
    (kind,), (number,), (year,) = values
    match(r"\d{4}[a-z]?", year)
    kind, number = match("[A-Za-z]+", kind)[0].upper(), match(r"\d+", number)[0]
    return Address(
        year,
        f"{kind} {int(number)}",
        f"{SITE}/session/measure_indiv.aspx?billtype={kind}&billnumber={number}&year={year}",
    )


def kind_of(identifier: str) -> Kind:
    letters = identifier.partition(" ")[0]
    if letters not in _LETTERS:
        raise PageChanged(f"one of {', '.join(sorted(_LETTERS))}", identifier)
    return "bill" if letters.endswith("B") else "resolution"


def same_number(found: Address, printed: str) -> None:
    """Raises where a page or link names another measure than its address: `HB1839 HD1`."""
    number = match(r"([A-Z]+ ?\d+)(?: .*)?", fold(printed))[1]
    if tidy_identifier(number) != found.identifier:
        raise PageChanged(f"{found.identifier}, as its address says", printed)


def named_in_text_url(url: str) -> dict[str, str]:
    found = match(_PAPER, url)
    return {
        "jurisdiction": "us-hi",
        "session": found["session"].lower(),
        "identifier": tidy_identifier(found["number"]),
        "note": _note(found),
    }


def _note(paper: re.Match[str]) -> str:
    """`HB1839 HD1`, as the text itself is titled."""
    return f"{paper['number'].upper()} {paper['draft'].replace('_', ' ')}".strip()


def same_text(answer: Answer, note: str) -> None:
    """Raises where a text calls itself by another number than its address."""
    printed, number = text(one(answer.soup(), "title")), note.partition(" ")[0]
    if not re.match(rf"{number}\b", printed.replace("_", " ")):
        raise PageChanged(f"the text of {number}", printed)


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    same_number(found, text(one(soup, "a.measure-header")))
    facts = _facts(soup)
    actions = actions_of(one(soup, "table[id$=GridViewStatus]"))
    return Measure(
        jurisdiction="us-hi",
        session=found.session,
        identifier=found.identifier,
        kind=kind_of(found.identifier),
        chamber="lower" if found.identifier.startswith("H") else "upper",
        title=match(r"(.+)", facts["Measure Title"])[1],
        abstract=facts["Description"],
        url=found.url,
        subjects=_parts(facts["Report Title"], ";"),
        committees=_parts(facts["Current Referral"], "[,/]"),
        sponsors=_sponsors(facts["Introducer(s)"]),
        actions=actions,
        versions=_versions(soup, found, answer.url),
        documents=list(_documents(soup, answer.url)),
        votes=[vote for action in actions if (vote := vote_of(action))],
        relations=_relations(facts.get("Companion", "")),
    )


def _facts(soup: BeautifulSoup) -> dict[str, str]:
    """What each label says; "" where it says nothing. Labels beside ours are left out."""
    rows = (row.find_all(["th", "td"], recursive=False) for row in some(soup, "#measure-info tr"))
    found = {
        text(cells[0]).rstrip(": "): fold(cells[1].get_text(" "))
        for cells in rows
        if len(cells) == 2
    }
    columns(list(found), _FACTS)
    return found


def _parts(printed: str, separator: str) -> list[str]:
    return [part.strip() for part in re.split(separator, printed) if part.strip()]


def _sponsors(printed: str) -> list[Sponsor]:
    """Introducers in capitals, who joined them in small letters. `LEE, C.` is one of them."""
    names: list[str] = []
    for part in _parts(_BY_REQUEST.sub("", printed), ","):
        if names and _INITIAL.fullmatch(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    if not names:
        raise PageChanged("who introduced the measure", "nobody")
    return [
        Sponsor(name=name, role="primary" if name.upper() == name else "cosponsor")
        for name in names
    ]


def _versions(soup: BeautifulSoup, found: Address, url: str) -> list[Version]:
    """Drafts, oldest first: the measure, those of its own chamber, of the other, of a conference."""
    number = found.identifier.replace(" ", "")
    papers: dict[str, re.Match[str]] = {}
    for link in soup.select("a[href]"):
        paper = _PAPER.fullmatch(urljoin(url, attribute(link, "href")))
        if paper and paper["number"].upper() == number and paper["session"] == found.session:
            note = _note(paper)
            if note not in papers or paper["form"].upper() == "HTM":
                papers[note] = paper
    if not papers and not _NO_DRAFTS.search(soup.get_text(" ")):
        raise PageChanged("drafts, or that there are none", "neither")
    return [_version(note, papers[note]) for note in sorted(papers, key=_age)]


def _version(note: str, paper: re.Match[str]) -> Version:
    is_page = paper["form"].upper() == "HTM"
    return Version(
        note=note,
        url=SITE + urlsplit(paper[0]).path,
        media_type="text/html" if is_page else "application/pdf",
    )


def _age(note: str) -> tuple[int, int, int, str]:
    """Proposed drafts come before those adopted, floor amendments (`SFA`, `HFA`) after."""
    number, _, draft = note.partition(" ")
    known = re.match(r"([HSC])D(\d+)", draft)
    if not known:
        return (9 if draft else 0, 0, 0, draft)
    own, rest = number[0], draft[known.end() :].strip()
    order = {own: 1, "C": 3}.get(known[1], 2)
    return (order, int(known[2]), -1 if "PROPOSED" in rest else bool(rest), rest)


def _documents(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    """Reports of committees; a second link of the same address shows a picture only."""
    seen = set()
    for link in soup.select("table[id$=GridViewCommRpt] a[href]"):
        address = SITE + urlsplit(urljoin(url, attribute(link, "href"))).path
        name = fold(link.get_text(" "))
        if name and address not in seen:
            seen.add(address)
            yield Document(kind="other", note=f"Committee Report {name}", url=address)


def _relations(companion: str) -> list[Relation]:
    """Empty, or a number, of which a year may stand behind: `SB2057`."""
    numbers = re.findall(r"\b[HS]C?[BR] ?\d+\b", companion)
    if companion and not numbers:
        raise PageChanged("the number of a companion", companion)
    return [Relation(kind="companion", identifier=tidy_identifier(number)) for number in numbers]
