"""ICE's 287(g) programme: which agencies have signed, and which are pending.

The programme page links two workbooks, the participating and (until 2026) the pending list. ICE
replaces them up to three times a working day and overwrites what they said; the page keeps no
history. Links are of two forms: `/doclib/…/participatingAgencies<date>.xlsx` and, since September
2026, `/file-download/download/public/<number>`; until February 2025 the list was a table on the
page. Dates in file names have been wrong by a year, so a list is of the day it was had. Contact:
ICE's Office of Enforcement and Removal Operations, ERO287g@ice.dhs.gov.

Requests: the page, and each workbook it links, which is sent only where it is new: two or three a
day. Where the page links several of one list, all are asked for and the newest is kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from email.message import Message
from pathlib import PurePosixPath
from typing import Any, get_args
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import Tag
from scrapy.http import Request

from spiders.answer import Answer
from spiders.base import Source, Thing, Things, page
from spiders.federal.ice_address import ice_address
from spiders.federal.ice_newest import Candidate, candidate, day_had, newest
from spiders.federal.ice_table import list_tables, read_table
from spiders.federal.ice_workbook import read_workbook
from spiders.reading import PageChanged
from tracker.model import Agreement, AgreementListName
from tracker.runs import Requests, SourceFacts

_HOME = "https://www.ice.gov/identify-and-arrest/287g"
_WORKBOOK = r"(?i)\.xlsx(\?|$)|/file-download/download/public/\d+"
_PROGRAMME = re.compile(r"287\s*\(?g\)?", re.IGNORECASE)
_LISTS: tuple[AgreementListName, ...] = get_args(AgreementListName)
_MAX_NAME = 200


class Ice287g(Source):
    facts = SourceFacts(
        code="ice-287g",
        jurisdiction="us",
        name="ICE, 287(g) participating and pending agencies",
        kind="agreements",
        home=_HOME,
        requests=Requests(first=3, quiet=3, busy=3),
    )
    hosts = ("www.ice.gov",)

    def begin(self) -> Iterator[Request]:
        # A workbook can be replaced under its address while the page stays as it is.
        yield self.fresh(_HOME)

    # The end of the page is part of its mark: a page cut off may have lost a link.
    @page(r"/identify-and-arrest/287g/?$", landmark=r"(?s)287\(g\).*</html\s*>")
    def programme(self, answer: Answer) -> Things:
        tables = list_tables(answer.soup())
        linked = self._linked(answer)
        if tables and not linked:
            yield from self._table(answer, tables)
            return
        if "participating" not in linked:
            raise PageChanged("a link to the workbook of participating agencies", "none")
        for name, (first, *others) in linked.items():
            if others:
                yield self.fresh(first, list=name, others=others)
            else:
                yield self.get(first, list=name)

    def _table(self, answer: Answer, tables: Sequence[Tag]) -> Things:
        if len(tables) > 1:
            raise PageChanged("one table of participating agencies", f"{len(tables)}")
        about, agreements = read_table(
            tables[0],
            body=answer.body,
            url=answer.url,
            as_of=day_had(answer.url, self.today),
            file_name=_file_name(answer),
        )
        yield about
        yield from agreements

    @page(_WORKBOOK, landmark=r"\APK\x03\x04")
    def workbook(self, answer: Answer) -> Things:
        about, agreements = read_workbook(
            answer.body,
            list_name=answer.context.get("list"),
            as_of=day_had(answer.url, self.today),
            file_name=_file_name(answer),
        )
        if "others" in answer.context:
            seen = [*answer.context.get("seen", ()), candidate(answer, about.sha256, agreements)]
            another = self._another(answer.context, seen)
            if another is not None:
                yield another
                return
        yield about
        yield from agreements

    def _another(self, context: Mapping[str, Any], seen: Sequence[Candidate]) -> Request | None:
        """The next of several workbooks, or again the newest; None where it is the one at hand."""
        name, others = context["list"], context["others"]
        if others:
            return self.fresh(others[0], list=name, others=others[1:], seen=seen)
        best = newest(seen)
        if best.sha256 == seen[-1].sha256:
            return None
        self.reject("a workbook that is not the newest of its list")
        again = self.fresh(best.url, list=name)
        return again.replace(dont_filter=True)

    def sift(self, thing: Thing) -> Things:
        """A run is measured by the participating list; the pending one empties by itself."""
        if isinstance(thing, Agreement) and thing.list == "participating":
            self.listed.add(f"{thing.state}/{thing.agency}/{thing.model}/{thing.signed_on}")
        yield thing

    def _linked(self, answer: Answer) -> dict[AgreementListName, list[str]]:
        """Addresses of the workbooks by list; the text of a link decides, then its address.

        Where neither names a list, a file of the programme is taken for the participating one,
        which is always there; its content tells when it is not.
        """
        found: dict[AgreementListName, set[str]] = defaultdict(set)
        unnamed: set[str] = set()
        for link in answer.soup().select("a[href]"):
            url = ice_address(urljoin(answer.url, str(link["href"]).strip()))
            if not re.search(_WORKBOOK, url):
                continue
            text = link.get_text(" ")
            name = _called(text) or _called(urlsplit(url).path)
            if name:
                found[name].add(url)
            elif _PROGRAMME.search(f"{text} {url}"):
                unnamed.add(url)
            else:
                self.reject("a link to another file")
        if "participating" not in found and unnamed:
            found["participating"] = unnamed
        return {name: sorted(urls) for name, urls in sorted(found.items())}


def _called(text: str) -> AgreementListName | None:
    """The list that a text names; None where it names neither or both."""
    named = [name for name in _LISTS if name in unquote(text).lower()]
    return named[0] if len(named) == 1 else None


def _file_name(answer: Answer) -> str:
    """As the answer names its file, or as its address does."""
    header = Message()
    header["Content-Disposition"] = answer.headers.get("content-disposition", "")
    named = header.get_filename("") or unquote(urlsplit(answer.url).path)
    return PurePosixPath(named.replace("\\", "/")).name[:_MAX_NAME]
