"""The page of one bill in Florida: a head, and tabs of history, texts, analyses, related bills."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.legislatures.fl_history import actions_of, relations_told, votes_of
from spiders.reading import PageChanged, attribute, day, match, one, some, text
from tracker.model import Document, Kind, Measure, Relation, Sponsor, Version, fold

SITE = "https://www.flsenate.gov"

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("HB", "SB", "HPB", "SPB"), "bill"),
    **dict.fromkeys(("HJR", "SJR", "HCR", "SCR", "HM", "SM", "HR", "SR"), "resolution"),
}
_ADDRESS = re.compile(
    r"https?://(?:www\.)?flsenate\.gov/Session/Bill/(?P<session>\d{4}[A-Z]?)/0*(?P<number>\d+[A-Z]?)"
    r"(?:/ByCategory)?/?"
)
_HEAD = re.compile(r"(?:CS/)*([A-Z]+) (\d+)(?:-?([A-Z]))?: (.+)")
_BY = re.compile(r"(?:[A-Z/]+ )+by (.+)")
_CO_INTRODUCERS = "(CO-INTRODUCERS)"
_TWINS = {"Identical", "Similar"}
_POSTED = r"(\d{1,2}/\d{1,2}/\d{4})(?: (\d{1,2}):(\d\d) ([AP])M)?"


class Address(NamedTuple):
    """`number` has the letter of a special session: `4F`."""

    session: str
    number: str


def address_of(url: str) -> Address:
    found = match(_ADDRESS, url)
    return Address(found["session"], found["number"])


def url_of(found: Address) -> str:
    return f"{SITE}/Session/Bill/{found.session}/{found.number}"


def kind_of(identifier: str) -> Kind:
    letters = identifier.partition(" ")[0]
    if letters not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", identifier)
    return _KINDS[letters]


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    found = address_of(answer.url)
    letters, title = _head(soup, found)
    identifier = f"{letters} {found.number}"
    actions = actions_of(one(soup, "#tabBodyBillHistory table"))
    return Measure(
        jurisdiction="us-fl",
        session=found.session,
        identifier=identifier,
        kind=kind_of(identifier),
        chamber="lower" if letters.startswith("H") else "upper",
        title=title,
        abstract=_summary(soup, title),
        url=url_of(found),
        sponsors=_sponsors(soup),
        actions=actions,
        versions=_versions(one(soup, "#tabBodyBillText"), answer.url),
        documents=list(_analyses(soup, answer.url)),
        votes=votes_of(actions),
        relations=[*_twins(soup, answer.url), *relations_told(actions)],
    )


def _head(soup: BeautifulSoup, found: Address) -> tuple[str, str]:
    """Letters and title of `CS/SB 4-F: Property Tax Administration`."""
    heads = [
        head for node in soup.select("h2") if (head := _HEAD.fullmatch(fold(node.get_text(" "))))
    ]
    if len(heads) != 1:
        raise PageChanged("one heading with the bill's number and title", f"{len(heads)} of them")
    letters, number, session, title = heads[0].groups()
    if number + (session or "") != found.number:
        raise PageChanged(f"{found.number}, as its address says", heads[0][0])
    return letters, title


def _summary(soup: BeautifulSoup, title: str) -> str:
    """Begins with the title and a semicolon."""
    summary = text(one(soup, "#main p.width80"))
    return summary.removeprefix(title).lstrip(" ;")


def _sponsors(soup: BeautifulSoup) -> list[Sponsor]:
    """`GENERAL BILL by Transportation ; Gaetz ; (CO-INTRODUCERS) Yarborough`: the committee of a
    substitute stands before who filed the bill."""
    lines = (_BY.fullmatch(fold(node.get_text(" "))) for node in soup.select("#main p:has(span)"))
    found = [line[1] for line in lines if line]
    if len(found) != 1:
        raise PageChanged("one line of who the bill is by", f"{len(found)} of them")
    first, _, others = found[0].partition(_CO_INTRODUCERS)
    return [
        *(Sponsor(name=name, role="primary") for name in _names(first)),
        *(Sponsor(name=name) for name in _names(others)),
    ]


def _names(printed: str) -> list[str]:
    return [name.strip() for name in printed.split(";") if name.strip()]


def _versions(tab: Tag, url: str) -> list[Version]:
    """Texts, oldest first; as a page where there is one, else as PDF."""
    rows = [row.find_all("td", recursive=False) for row in some(tab, "table tr")]
    found = [(_posted(cells), _version(cells, url)) for cells in rows if cells]
    if not found:
        raise PageChanged("texts of the bill", "none")
    return [version for _, version in sorted(found, key=lambda one: one[0])]


def _posted(cells: list[Tag]) -> tuple[dt.date, int]:
    """The day and minute of `6/1/2026 6:01 PM`; the hour may be missing."""
    if len(cells) < 3:
        raise PageChanged("name, day and links of a text", f"{len(cells)} cells")
    on, hour, minute, half = match(_POSTED, text(cells[1])).groups()
    minutes = (int(hour) % 12 + 12 * (half == "P")) * 60 + int(minute) if hour else 0
    return day(on, "%m/%d/%Y"), minutes


def _version(cells: list[Tag], url: str) -> Version:
    name, _, *rest = cells
    links = [
        urljoin(url, attribute(link, "href")) for cell in rest for link in cell.select("a[href]")
    ]
    papers = {link.rpartition("/")[2]: link for link in links if "/BillText/" in link}
    if not {"HTML", "PDF"} & set(papers):
        raise PageChanged("a text as HTML or PDF", ", ".join(links) or "no link")
    is_page = "HTML" in papers
    return Version(
        note=text(name),
        url=papers["HTML" if is_page else "PDF"],
        published_on=_posted(cells)[0],
        media_type="text/html" if is_page else "application/pdf",
    )


def _analyses(soup: BeautifulSoup, url: str) -> Iterator[Document]:
    """A bill that no committee took up has none."""
    for row in soup.select("#tabBodyAnalyses table tr:has(> td)"):
        cells = [fold(cell.get_text(" ")) for cell in row.find_all("td", recursive=False)]
        link = row.select("a[href]")
        if len(cells) < 4 or not link:
            raise PageChanged("name, committee, day and link of an analysis", str(row)[:300])
        note = f"{cells[0]}, {cells[2]} ({cells[3]})"
        yield Document(kind="analysis", note=note, url=urljoin(url, attribute(link[0], "href")))


def _twins(soup: BeautifulSoup, url: str) -> Iterator[Relation]:
    """Identical and similar bills of the other house; those only to compare with are others."""
    for row in soup.select('[id*="RelatedBills"] tr:has(a[href*="/Session/Bill/"])'):
        words = {fold(cell.get_text(" ")) for cell in row.find_all(["th", "td"])}
        if words & _TWINS:
            link = row.select('a[href*="/Session/Bill/"]')[0]
            printed = match(r"(?:CS/)*([A-Z]+) (\d+)(?:-?([A-Z]))?(?: .*)?", text(link))
            number = f"{printed[2]}{printed[3] or ''}"
            if address_of(urljoin(url, attribute(link, "href"))).number != number:
                raise PageChanged(f"{number}, as its address says", printed[0])
            yield Relation(kind="companion", identifier=f"{printed[1]} {number}")
