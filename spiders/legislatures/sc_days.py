"""A day's introductions in South Carolina: a link for each number, then sponsors and caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import Tag
from bs4.element import NavigableString

from spiders.answer import Answer
from spiders.legislatures.sc_addresses import (
    JURISDICTION,
    identifier_of,
    search_url,
    session_name,
)
from spiders.reading import PageChanged, attribute, match, measure_number, some, text
from tracker.model import Kind, Listing, fold

_SEARCH = "a[href*='billsearch.php'][href*='billnumbers=']"
_ENDS = frozenset({"p", "div", "hr", "center", "table", "ul", "ol", "h1", "h2", "h3", "h4"})
_ROW = re.compile(r"(?:\( ?Word version ?\) ?)?-- ?(?P<sponsors>[^:]+): ?(?P<caption>(?:A|AN) .+)")
_BILL = re.compile(r"(?:A|AN) (?:BILL|ACT)\b")


def introductions(answer: Answer, session: str) -> Iterator[Listing]:
    for link in some(answer.soup(), _SEARCH):
        number, found_session = _asked(urljoin(answer.url, attribute(link, "href")))
        identifier = measure_number(text(link))
        if identifier != identifier_of(number) or found_session != session:
            raise PageChanged(f"{identifier_of(number)} of {session}", f"{text(link)}: {link}")
        caption = match(_ROW, _after(link))["caption"]
        yield Listing(
            jurisdiction=JURISDICTION,
            session=session_name(session),
            identifier=identifier,
            kind=_kind(caption),
            title=caption,
            url=search_url(session, identifier),
        )


def _asked(url: str) -> tuple[str, str]:
    asked = parse_qs(urlsplit(url).query)
    number, session = asked.get("billnumbers", [""])[0], asked.get("session", [""])[0]
    return match(r"\d+", number).group(), session


def _kind(caption: str) -> Kind:
    return "bill" if _BILL.match(caption) else "resolution"


def _after(link: Tag) -> str:
    """The text from a link to the next number or the end of its paragraph."""
    words: list[str] = []
    for node in link.next_elements:
        if isinstance(node, Tag):
            if node.name in _ENDS or "billnumbers=" in str(node.get("href", "")):
                break
        elif isinstance(node, NavigableString) and link not in node.parents:
            words.append(node)
    return fold(" ".join(words))
