"""The page of one Connecticut bill: introducers, papers and history, which has no chamber column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, day, match, measure_number, one, some, text
from tracker.model import Action, Chamber, Document, Kind, Measure, Sponsor, Version, fold

SITE = "https://www.cga.ct.gov"
_HEAD = re.compile(
    r"(?:.*?\s)?(?P<letters>[HS]\. ?[BJR]\.) ?No\. (?P<number>\d+)\s+Session Year (?P<year>\d{4})"
)
_KINDS: dict[str, Kind] = {
    "HB": "bill", "SB": "bill",
    "HJ": "resolution", "SJ": "resolution", "HR": "resolution", "SR": "resolution",
}  # fmt: skip
_MEMBER = re.compile(r"^(?:Rep|Sen)\.\s+|,\s*\d+(?:st|nd|rd|th) Dist\.?$")
_VERSIONS, _FISCAL_NOTES, _ANALYSES = "Text of Bill", "Fiscal Notes", "Bill Analyses"
_OF_GOVERNOR = re.compile(r"(?:signed|vetoed) by (?:the )?governor|to (?:the )?governor", re.I)
_OF_BOTH = re.compile(r"\b(?:joint|in concurrence|public hearing)\b", re.I)
_OF_ONE = re.compile(r"\b(?P<chamber>House|Ho\.|Senate|Sen\.)", re.I)


class Number(NamedTuple):
    """A measure and the year of its session."""

    identifier: str
    year: str

    @property
    def kind(self) -> Kind:
        letters = self.identifier.partition(" ")[0]
        if letters not in _KINDS:
            raise PageChanged(f"one of {', '.join(_KINDS)}", self.identifier)
        return _KINDS[letters]

    @property
    def chamber(self) -> Chamber:
        return "lower" if self.identifier.startswith("H") else "upper"

    @property
    def url(self) -> str:
        number = self.identifier.replace(" ", "")
        return (
            f"{SITE}/asp/cgabillstatus/cgabillstatus.asp?selBillType=Bill"
            f"&bill_num={number}&which_year={self.year}"
        )


def number_in(url: str) -> Number:
    """The measure that an address of a bill's page asks for."""
    query = parse_qs(urlsplit(url).query)
    numbers, years = query.get("bill_num", []), query.get("which_year", [])
    if len(numbers) != 1 or len(years) != 1:
        raise PageChanged("one bill_num and one which_year", url)
    return Number(measure_number(numbers[0]), years[0])


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    found = number_in(answer.url)
    head = match(_HEAD, text(one(soup, "h3.text-center")))
    if (measure_number(head["letters"] + head["number"]), head["year"]) != found:
        raise PageChanged(f"{found.identifier} of {found.year}", head.group())
    described = one(soup, "div.large-12.columns:has(> h5)")
    papers = dict(_papers(soup))
    return Measure(
        jurisdiction="us-ct",
        session=found.year,
        identifier=found.identifier,
        kind=found.kind,
        chamber=found.chamber,
        title=text(one(described, "h4")),
        abstract=" ".join(
            fold(purpose.get_text(" ")) for purpose in described.select("p.text-justify")
        ),
        url=found.url,
        sponsors=_sponsors(described),
        actions=_actions(soup, found.chamber),
        versions=[
            Version(note=note, url=url, media_type="application/pdf")
            for note, url in papers.get(_VERSIONS, [])
        ],
        documents=[
            *(
                Document(kind="fiscal_note", note=n, url=u)
                for n, u in papers.get(_FISCAL_NOTES, [])
            ),
            *(Document(kind="analysis", note=n, url=u) for n, u in papers.get(_ANALYSES, [])),
        ],
    )


# -- who ---------------------------------------------------------------------------------------


def _sponsors(described: Tag) -> list[Sponsor]:
    """Introducers, then co-sponsors, each under a heading of its own; a committee is no link."""
    found: list[Sponsor] = []
    for heading in some(described, "h5"):
        introduced = text(heading).lower().startswith("introduced by")
        for name in _names_under(heading):
            one_more = Sponsor(name=name, role="primary" if introduced else "cosponsor")
            if one_more not in found:
                found.append(one_more)
    return found


def _names_under(heading: Tag) -> Iterator[str]:
    for node in heading.next_siblings:
        if not isinstance(node, Tag):
            names = [fold(str(node))]
        elif node.name in {"h4", "h5"}:
            return
        else:
            links = [node] if node.name == "a" else node.select("a")
            names = [fold(link.get_text(" ")) for link in links]
        yield from (_MEMBER.sub("", name) for name in names if re.search(r"\w", name))


# -- papers ------------------------------------------------------------------------------------


def _papers(soup: BeautifulSoup) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Name and address of each paper, oldest first, by the label of its table.

    Amendments, tallies and testimony have tables of their own, which are left alone.
    """
    for table in some(soup, 'table[summary="Status of bills"]'):
        links = [row.find("a", href=True) for row in table.select("tbody tr")]
        found = [
            (text(link), urljoin(SITE, attribute(link, "href")))
            for link in links
            if isinstance(link, Tag)
        ]
        yield text(one(table, "thead")), found[::-1]


# -- history -----------------------------------------------------------------------------------


def _actions(soup: BeautifulSoup, began: Chamber) -> list[Action]:
    """The site lists the newest first."""
    table = one(soup, 'table[summary="Bill history"]')
    heads = [fold(head.get_text(" ")) for head in table.select("thead th")]
    if heads != ["", "Date", "", "Action Taken"]:
        raise PageChanged("columns Date and Action Taken", f"{heads}")
    rows = [_cells(row) for row in some(table, "tbody tr")][::-1]
    return list(_with_chambers(sorted(rows, key=lambda row: row.on), began))


def _cells(row: Tag) -> Action:
    cells = row.find_all("td", recursive=False)
    if len(cells) != 4:
        raise PageChanged("four cells in a row of the history", f"{len(cells)}: {row}"[:300])
    note = fold(cells[2].get_text(" "))
    return Action(on=day(text(cells[1]), "%m/%d/%Y"), text=f"{text(cells[3])} {note}".strip())


def _with_chambers(rows: Sequence[Action], began: Chamber) -> Iterator[Action]:
    """The words name the chamber; where they don't, it is the one that acted last."""
    acting = began
    for row in rows:
        named = _named_chamber(row.text)
        if named in {"lower", "upper"}:
            acting = named
        yield Action(on=row.on, text=row.text, chamber=named or acting)


def _named_chamber(words: str) -> Chamber:
    if _OF_GOVERNOR.search(words):
        return "executive"
    if _OF_BOTH.search(words):
        return "legislature"
    named = _OF_ONE.search(words)
    if named is None:
        return ""
    return "lower" if named["chamber"].lower().startswith("h") else "upper"
