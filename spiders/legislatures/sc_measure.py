"""Measures as South Carolina's bill search tells of them, and the list of their printings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import Tag
from bs4.element import NavigableString

from spiders.answer import Answer
from spiders.legislatures.sc_addresses import (
    JURISDICTION,
    SITE,
    identifier_of,
    named_in_text_url,
    search_url,
    session_name,
    text_url,
)
from spiders.legislatures.sc_history import committees, effective_on, lines_of, votes
from spiders.reading import PageChanged, attribute, day, match, measure_number, one, some, text
from tracker.model import Kind, Measure, Relation, Sponsor, Version, fold

_KINDS: dict[str, Kind] = {
    "General Bill": "bill",
    "Local Bill": "bill",
    "Joint Resolution": "resolution",
    "Concurrent Resolution": "resolution",
    "House Resolution": "resolution",
    "Senate Resolution": "resolution",
}
# "H*3843 General Bill (Rat #0012), By Bannister": a star where the other house has it.
_HEADING = re.compile(
    r"(?P<house>[HS])[ *]*(?P<number>\d+) (?P<kind>[A-Z][a-z]+ [A-Z][a-z]+)\b.*?,? [Bb]y\b.*"
)
_SIMILAR = re.compile(r"Similar(?: to)? ?\(?(?P<numbers>[HS][. ]*\d+(?:, ?[HS][. ]*\d+)*)")
_CAPTION = re.compile(r"(?:A|AN) [A-Z].*")
_RATIFIED = re.compile(r" - ratified title$", re.IGNORECASE)
_PRINTING = re.compile(r"(?P<day>\d{1,2}/\d{1,2}/\d{4})(?:-[A-Z])?")
_SHEET = b"STATUS INFORMATION"
# The budget's parts are pages of their own.
_BUDGET = re.compile(r"/sess\d+_[\d-]+/appropriations\d{4}/gab\d+\.htm")


def measures_of(answer: Answer, session: str) -> Iterator[tuple[Measure, str]]:
    """One block for each number asked for: the measure, and where its printings are listed, empty
    for the budget."""
    asked = [number.lstrip("hs") for number in answer.asked("billnumbers").lower().split(",")]
    blocks = some(answer.soup(), "div.bill-list-item")
    found = [(_measure(block, session), block) for block in blocks]
    told = [measure.identifier.split()[1] for measure, _ in found]
    if sorted(told) != sorted(asked):
        raise PageChanged(f"the measures {', '.join(asked)}", ", ".join(told))
    for measure, block in found:
        yield measure, _printings_url(block, session, measure.identifier)


def _printings_url(block: Tag, session: str, identifier: str) -> str:
    links = [link for link in block.select("a[href]") if text(link) == "View full text"]
    if len(links) != 1:
        raise PageChanged("one link View full text", f"{len(links)} of them")
    address = attribute(links[0], "href")
    if _BUDGET.fullmatch(address):
        return ""
    if urljoin(SITE, address) != text_url(session, identifier):
        raise PageChanged(text_url(session, identifier), address)
    return urljoin(SITE, address)


def _measure(block: Tag, session: str) -> Measure:
    heading = some(block, "span")[0]
    found = match(_HEADING, text(heading))
    identifier = identifier_of(found["number"])
    if not identifier.startswith(found["house"]) or found["kind"] not in _KINDS:
        raise PageChanged(f"{identifier}, one of {', '.join(_KINDS)}", text(heading))
    short, caption = _titles(block)
    lines = lines_of(one(block, "table"))
    return Measure(
        jurisdiction=JURISDICTION,
        session=session_name(session),
        identifier=identifier,
        kind=_KINDS[found["kind"]],
        chamber="lower" if found["house"] == "H" else "upper",
        title=short or caption,
        abstract=caption,
        url=search_url(session, identifier),
        effective_on=effective_on(lines),
        committees=list(dict.fromkeys(committees(lines))),
        sponsors=_sponsors(heading),
        actions=[line.action for line in lines],
        votes=list(votes(lines)),
        relations=list(_companions(block)),
    )


def _titles(block: Tag) -> tuple[str, str]:
    """The short title, which may be missing, and the caption, "A BILL TO AMEND …"."""
    own = [fold(string) for string in block.find_all(string=True, recursive=False)]
    captions = [string for string in own if _CAPTION.fullmatch(string)]
    if len(captions) != 1:
        raise PageChanged("one caption, A BILL or the like", f"{captions or own}")
    caption = _RATIFIED.sub("", captions[0])
    labels = [label for label in block.find_all("b") if text(label) == "Summary:"]
    if not labels:
        return "", caption
    following = labels[0].next_sibling
    short = fold(str(following)) if isinstance(following, NavigableString) else ""
    if not short:
        raise PageChanged("a short title after Summary:", f"{following}"[:200])
    return short, caption


def _sponsors(heading: Tag) -> list[Sponsor]:
    links = some(heading, "a[href*='member.php'], a[href*='committee.php']")
    first, *others = (text(link) for link in links)
    return [Sponsor(name=first, role="primary"), *(Sponsor(name=name) for name in others)]


def _companions(block: Tag) -> Iterator[Relation]:
    if found := _SIMILAR.search(text(block)):
        for number in found["numbers"].split(","):
            yield Relation(kind="companion", identifier=measure_number(number))


def versions_of(answer: Answer) -> list[Version]:
    """The printings that a status sheet names, oldest first; none on a page that is a text."""
    versions: dict[str, Version] = {}
    for link in answer.soup().select("a[href*='prever/']"):
        url = urljoin(answer.url, attribute(link, "href"))
        if url.endswith(".htm"):
            versions[url] = _version(text(link), url)
    if not versions and _SHEET in answer.body:
        raise PageChanged("a printing on the status sheet", "none")
    about = {named_in_text_url(url)["identifier"] for url in versions}
    if versions and about != {named_in_text_url(answer.url)["identifier"]}:
        raise PageChanged("printings of the measure itself", ", ".join(sorted(about)))
    return [versions[url] for url in sorted(versions)]


def _version(printed: str, url: str) -> Version:
    found = match(_PRINTING, printed)
    return Version(
        note=printed,
        url=url,
        published_on=day(found["day"], "%m/%d/%Y"),
        media_type="text/html",
    )
