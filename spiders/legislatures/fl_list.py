"""What stands around Florida's lists of bills: the menu of sessions, the links to other pages."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from spiders.reading import PageChanged, attribute


def is_search(url: str) -> bool:
    """The site does not mind capitals in names of parameters."""
    return "searchtext=" in url.lower()


def is_first_page(url: str) -> bool:
    return re.search(r"[?&]pagenumber=1(?:&|$)", url, re.IGNORECASE) is not None


def special_sessions(soup: BeautifulSoup, session: str, this_year: int) -> list[str]:
    """Those of the session's year and of this one, by the site's own menu; raises where the menu
    does not have the session asked for."""
    options = soup.select(
        "select#session-name option, select[name=SessionYear] option,"
        " select[name=LegislativeSessionTitle] option"
    )
    values = dict.fromkeys(str(option.get("value", "")).strip() for option in options)
    if session not in values:
        raise PageChanged(f"the session {session} in the menu", ", ".join(values) or "no menu")
    return [
        value for value in values if re.fullmatch(rf"(?:{session[:4]}|{this_year})[A-Z]", value)
    ]


def last_page(soup: BeautifulSoup) -> int:
    links = (str(link["href"]) for link in soup.select(".ListPagination a[href]"))
    found = (re.search(r"pageNumber=(\d+)", link, re.IGNORECASE) for link in links)
    return max((int(one[1]) for one in found if one), default=1)


def next_page(soup: BeautifulSoup, url: str) -> str:
    """The link to the next page, which stands above and below the list, of the same search."""
    links = {urljoin(url, attribute(link, "href")) for link in soup.select("a.next[href]")}
    if len(links) > 1:
        raise PageChanged("one next page", ", ".join(sorted(links)))
    if links and is_search(url) != is_search(min(links)):
        raise PageChanged("a next page of the same search", min(links))
    return links.pop() if links else ""
