"""Measures entered by hand: attorney general guidance, local policies, ordinances, court cases

What it is: files that an editor writes, as CSV or YAML, one row a measure with its source link and
the day on which that was read (`tracker import measures FILE`; docs/importing.md says what each
column holds). It is how measures come in that no site lists: a sheriff who refuses, a city's
ordinance, an attorney general's directive.

A file is archived as a capture and kept as a run, so that each fact has its proof and `tracker
rebuild` keeps it. One fault in a file, and nothing of it is taken. A row that is gone from a later
file says nothing; what another source reads is never overwritten.

Requests: none. It has no site, and a crawl leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from scrapy import Request

from spiders.answer import Answer
from spiders.base import OrdersSpider, Things, page
from spiders.reading import PageChanged, SourceError
from tracker.measures_file import read_measures
from tracker.runs import Requests, SourceFacts
from tracker.table_file import BadTable


class Editors(OrdersSpider):
    facts = SourceFacts(
        code="editors",
        jurisdiction="us",
        name="Entered by editors",
        kind="editors",
        home="",
        requests=Requests(first=0, quiet=0, busy=0),
    )
    # A name that never resolves (RFC 2606): the address of a file in its archived copy.
    hosts = ("editors.invalid",)
    timezone = "UTC"
    max_bytes = 8 * 1024 * 1024

    def begin(self) -> Iterator[Request]:
        raise SourceError("a file: `tracker import measures FILE`", "a crawl of nothing")

    @page(r"^https://editors\.invalid/[^/]+$", landmark=r"\bentered_by\b")
    def measures(self, answer: Answer) -> Things:
        name = unquote(urlsplit(answer.url).path.removeprefix("/"))
        try:
            rows = read_measures(name, answer.body, self.today)
        except BadTable as bad:
            raise PageChanged("rows as docs/importing.md has them", str(bad.faults[0])) from bad
        for row in rows:
            yield row.measure
            yield row.judgement
