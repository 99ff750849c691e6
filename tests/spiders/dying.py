"""Sources whose reading ends the process in every way a process can end."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

from scrapy import Request

from spiders.answer import Answer
from spiders.base import LegislatureSpider, Things, page
from tracker.model import Listing
from tracker.runs import SourceFacts

HOME = "http://fictional.example/"


def facts_of(code: str) -> SourceFacts:
    return SourceFacts(
        code=code, jurisdiction="us-mt", name="Fictional", kind="legislature", home=HOME
    )


class Dying(LegislatureSpider):
    """`begin` asks for the page named as the source is."""

    hosts = ("fictional.example",)

    def sessions(self, today: object) -> list[str]:
        return ["2027"]

    def begin(self) -> Iterator[Request]:
        yield self.get(f"{HOME}{self.name}")

    @page(r"/well$", landmark="here")
    def well(self, answer: Answer) -> Things:
        yield Listing(jurisdiction="us-mt", session="2027", identifier="HB 1", title="Fictional")

    @page(r"/killed$", landmark="here")
    def killed(self, answer: Answer) -> Things:
        yield from self.well(answer)
        os.kill(os.getpid(), signal.SIGKILL)

    @page(r"/exits$", landmark="here")
    def exits(self, answer: Answer) -> Things:
        yield from self.well(answer)
        os._exit(7)

    @page(r"/endless$", landmark="here")
    def endless(self, answer: Answer) -> Things:
        """Deaf to a polite request to stop, as a parser in a C library is."""
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        yield from self.well(answer)
        signal.pause()

    @page(r"/greedy$", landmark="here")
    def greedy(self, answer: Answer) -> Things:
        yield from self.well(answer)
        self.kept = [bytearray(64 * 1024 * 1024) for _ in range(64)]


class Broken(Dying):
    """Fails before Scrapy begins."""

    def __init__(self, **kwargs: object) -> None:
        raise RuntimeError("an error of ours, before the first request")


# Python forgets classes that nobody holds.
_REGISTERED: list[type[Dying]] = []
CODES = ("well", "killed", "exits", "endless", "greedy", "broken")


def register() -> None:
    """Make them sources of this process, one class for each code."""
    for code in CODES:
        base = Broken if code == "broken" else Dying
        _REGISTERED.append(type(code, (base,), {"facts": facts_of(code)}))
