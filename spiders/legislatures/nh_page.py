"""The page of one bill in New Hampshire: sponsors and versions, which the dumps do not have."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from tracker.model import Measure, Sponsor, Version

_NUMBER = re.compile(r"([A-Z]+ ?\d+)(?:-[A-Z]+)*")
_MEMBER = re.compile(r"(?:Rep\.|Sen\.) (.+?)(?: \([A-Za-z]\))?")


def measure_of(answer: Answer) -> Measure:
    soup = answer.soup()
    about = answer.named()
    number = measure_number(match(_NUMBER, text(one(soup, "#dvBillNo")))[1])
    if number != about["identifier"]:
        raise PageChanged(f"the page of {about['identifier']}", number)
    links = some(soup, "#dvSponosrs a[class*=Member]")
    return Measure(
        **about,
        sponsors=[_sponsor(link) for link in links],
        versions=_versions(soup, answer.url),
    )


def _sponsor(link: Tag) -> Sponsor:
    """The title has the whole name, the words of the link the mark of the prime sponsor."""
    name = match(_MEMBER, attribute(link, "title"))[1]
    return Sponsor(name=name, role="primary" if "(Prime)" in text(link) else "cosponsor")


def _versions(soup: BeautifulSoup, url: str) -> list[Version]:
    """Oldest first, as listed; the first option only says what to do."""
    options = some(one(soup, "select#pageBody_ddlBillVersions"), "option")
    return [
        Version(
            note=text(option),
            url=urljoin(url, f"pdf.aspx?id={number}&q=billVersion"),
            media_type="application/pdf",
        )
        for option in options
        if (number := attribute(option, "value")).isdecimal()
    ]
