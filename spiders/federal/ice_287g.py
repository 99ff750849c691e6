"""ICE's 287(g) programme: which agencies have signed, and which are pending.

The programme page links two workbooks, the participating and (until 2026) the pending list. ICE
replaces them up to three times a working day and overwrites what they said; the page keeps no
history. Links are of two forms: `/doclib/…/participatingAgencies<date>.xlsx` and, since September
2026, `/file-download/download/public/<number>`. Dates in file names have been wrong by a year, so a
list is of the day it was had. Contact: ICE's Office of Enforcement and Removal Operations,
ERO287g@ice.dhs.gov.

Requests: the page, and each workbook it links: two or three on a first or busy day, one where the
page is as it was.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from email.message import Message
from pathlib import PurePosixPath
from typing import get_args
from urllib.parse import unquote, urljoin, urlsplit

from scrapy.http import Request

from spiders.answer import Answer
from spiders.base import Source, Thing, Things, page
from spiders.federal.ice_workbook import read_workbook
from spiders.reading import PageChanged
from tracker.model import Agreement, AgreementListName
from tracker.runs import Requests, SourceFacts

_HOME = "https://www.ice.gov/identify-and-arrest/287g"
_WORKBOOK = r"(?i)\.xlsx(\?|$)|/file-download/download/public/\d+"
_LISTS: tuple[AgreementListName, ...] = get_args(AgreementListName)
_MAX_NAME = 200


class Ice287g(Source):
    facts = SourceFacts(
        code="ice-287g",
        jurisdiction="us",
        name="ICE, 287(g) participating and pending agencies",
        kind="agreements",
        home=_HOME,
        requests=Requests(first=3, quiet=1, busy=3),
    )
    hosts = ("www.ice.gov",)

    def begin(self) -> Iterator[Request]:
        yield self.get(_HOME)

    # The end of the page is part of its mark: a page cut off may have lost a link.
    @page(r"/identify-and-arrest/287g/?$", landmark=r"(?s)287\(g\).*</html\s*>")
    def programme(self, answer: Answer) -> Things:
        for name, urls in self._linked(answer).items():
            yield self.get(_the_only(name, urls), list=name)

    @page(_WORKBOOK, landmark=r"\APK\x03\x04")
    def workbook(self, answer: Answer) -> Things:
        about, agreements = read_workbook(
            answer.body,
            list_name=answer.context.get("list"),
            as_of=self.today,
            file_name=_file_name(answer),
        )
        yield about
        yield from agreements

    def sift(self, thing: Thing) -> Things:
        """A run is measured by the participating list; the pending one empties by itself."""
        if isinstance(thing, Agreement) and thing.list == "participating":
            self.listed.add(f"{thing.state}/{thing.agency}/{thing.model}/{thing.signed_on}")
        yield thing

    def _linked(self, answer: Answer) -> dict[AgreementListName, set[str]]:
        """Addresses of the workbooks by list; the text of a link decides, then its address."""
        found: dict[AgreementListName, set[str]] = defaultdict(set)
        for link in answer.soup().select("a[href]"):
            url = urljoin(answer.url, str(link["href"]).strip())
            if not re.search(_WORKBOOK, url) or urlsplit(url).hostname not in self.hosts:
                continue
            name = _called(link.get_text(" ")) or _called(urlsplit(url).path)
            if name:
                found[name].add(url)
            else:
                self.reject("a link to another file")
        if "participating" not in found:
            raise PageChanged("a link to the workbook of participating agencies", "none")
        return found


def _the_only(name: str, urls: set[str]) -> str:
    if len(urls) > 1:
        raise PageChanged(f"one workbook of {name} agencies", ", ".join(sorted(urls)))
    return next(iter(urls))


def _called(text: str) -> AgreementListName | None:
    """The list that a text names; None where it names neither or both."""
    named = [name for name in _LISTS if name in text.lower()]
    return named[0] if len(named) == 1 else None


def _file_name(answer: Answer) -> str:
    """As the answer names its file, or as its address does."""
    header = Message()
    header["Content-Disposition"] = answer.headers.get("content-disposition", "")
    named = header.get_filename("") or unquote(urlsplit(answer.url).path)
    return PurePosixPath(named.replace("\\", "/")).name[:_MAX_NAME]
