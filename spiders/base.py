"""What every source shares: pages found by address, proof of page, discovery, politeness.

A source is a small class. Its facts come first, then one method for each kind of page it reads:

    class Virginia(LegislatureSpider):
        facts = SourceFacts(code="va", jurisdiction="us-va", ...)
        hosts = ("lis.blob.core.windows.net",)

        def begin(self):
            for session in self.sessions(self.today):
                yield self.get(f"https://lis.blob.core.windows.net/lisfiles/{session}/BILLS.CSV")

        @page(r"/BILLS\\.CSV$", landmark="Bill_id")
        def bills(self, answer):
            for row in answer.rows(("Bill_id", "Bill_description")):
                yield Measure(...)

A page method is a generator of items and requests. It gets an `Answer` whose proof has been
checked, reads strictly (`spiders.reading`), and knows nothing of the store, of Scrapy, or of which
measures matter: `tracker parse` runs the very same method on a saved file.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import urlencode

import msgspec
import scrapy
from scrapy.http import Request, Response

from spiders.answer import Answer
from spiders.known import Known
from spiders.network import Refused, RefusedByRobots
from spiders.proof import Page, Thing, Things, page, prove
from spiders.reading import PageChanged, SourceError, words
from tracker.canonical import listing_print
from tracker.model import (
    Absence,
    AnyItem,
    Hearing,
    Listing,
    Measure,
    Version,
    VersionText,
    item_from_json,
    to_json,
)
from tracker.runs import Problem, SourceFacts
from tracker.topics import TopicFile, shipped_topics

__all__ = ["Kept", "LegislatureSpider", "OrdersSpider", "Source", "Thing", "Things", "page"]

# Why a crawl ends before its time with all that it found told as problems.
AT_A_WALL, TOO_MANY_PROBLEMS = "at a wall", "too many problems"
_MAX_PROBLEMS, _MOST_KEPT = 20, 100
_GONE = frozenset({404, 410})
_FEW_TEXTS = 5


@dataclass(frozen=True)
class Kept:
    """An item to keep, the SHA-256 of the capture it was read from, and its place.

    The place is that of its page (the first request, the third that its page gave, …) and its own
    on the page: the order in which one reader of all pages would meet it.
    """

    item: AnyItem
    capture: str
    place: tuple[int, ...]


class Source(scrapy.Spider):
    """One watched site. Subclasses give `facts`, `hosts`, `begin` and page methods."""

    facts: ClassVar[SourceFacts]
    hosts: ClassVar[tuple[str, ...]]
    timezone: ClassVar[str] = "America/New_York"
    complete_list: ClassVar[bool] = False
    delay_seconds: ClassVar[float] = 0.0  # where a service asks for more than the usual wait
    pages: ClassVar[tuple[Page, ...]] = ()
    max_bytes: ClassVar[int] = 32 * 1024 * 1024

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "facts" in cls.__dict__:
            cls.name = cls.facts.code
        found = (getattr(getattr(cls, name, None), "page", None) for name in dir(cls))
        cls.pages = tuple(known for known in found if isinstance(known, Page))

    def __init__(
        self,
        *,
        today: dt.date | None = None,
        known: Known | None = None,
        topics: TopicFile | None = None,
        only: str = "",
        since: dt.date | None = None,
        replayed: bool = False,
    ) -> None:
        super().__init__()
        self.only = only
        self.since = since
        self.replayed = replayed
        self.today = today or dt.datetime.now(dt.UTC).date()
        self.known = known or Known()
        self.topics = topics or shipped_topics()
        self.problems: list[Problem] = []
        self.missed: list[Problem] = []
        self.listed: set[str] = set()
        self.rejected: dict[str, int] = {}
        self.not_modified = 0
        self.empty_proof = ""
        self.texts_asked = self.texts_missing = 0

    # -- what a source writes ------------------------------------------------------------------

    def begin(self) -> Iterator[Request]:
        """The first requests of a run."""
        raise NotImplementedError

    def get(self, url: str, /, **context: Any) -> Request:
        """A GET whose answer goes to the page method of its address, carrying `context`."""
        return self.ask(url, context)

    def fresh(self, url: str, /, **context: Any) -> Request:
        """A GET that is never conditional: for a page whose content other pages can't do without."""
        request = self.get(url, **context)
        request.meta["fresh"] = True
        return request

    def post(self, url: str, /, body: Any, **context: Any) -> Request:
        """A POST of JSON. Never conditional: only a GET can be asked "has it changed?"."""
        return self.ask(
            url,
            context,
            method="POST",
            body=msgspec.json.encode(body),
            headers={"Content-Type": "application/json"},
        )

    def submit(self, url: str, form: Mapping[str, str], /, **context: Any) -> Request:
        """A POST of a form, as a browser submits it; never conditional."""
        return self.ask(
            url,
            context,
            method="POST",
            body=urlencode(form).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )

    def ask(self, url: str, context: Mapping[str, Any], **more: Any) -> Request:
        """A request of any other form: `method`, `body`, `headers` as Scrapy takes them."""
        return Request(
            url,
            callback=self.handle,
            errback=self.unreachable,
            cb_kwargs={"context": dict(context)},
            meta={"download_maxsize": self.max_bytes},
            **more,
        )

    @property
    def key(self) -> str:
        """The operator's key of the source's service; "" where there is none."""
        return os.environ.get(self.facts.key, "").strip()

    def require_key(self) -> None:
        """Raises SourceError where the service answers nobody without a key, and none is given."""
        if not self.key and not self.replayed:
            raise SourceError(f"a key in the environment variable {self.facts.key}", "none")

    def sessions_read(self) -> list[str]:
        """The sessions this run reads; counts of one session say nothing of the next."""
        return []

    def reject(self, why: str) -> None:
        """Count a row that is left out on purpose; the run says how many and why."""
        self.rejected[why] = self.rejected.get(why, 0) + 1

    def drops(self, item: AnyItem) -> str:  # noqa: ARG002 - for subclasses
        """Why an item is left out when a run ends; "" where it is kept."""
        return ""

    def is_new_text(self, key: str, version: Version) -> bool:
        return version.url not in self.known.texts.get(key, ())

    def version_text(
        self, answer: Answer, about: Mapping[str, str] | None = None, *, media_type: str = ""
    ) -> VersionText:
        """The text of the version that `text_context` named, from HTML, XML, PDF or plain text.

        `about` names it where the request carried less, such as for a saved page.
        """
        if about:
            answer = replace(answer, context={**about, **answer.context})
        return VersionText(
            url=answer.context.get("url", answer.url),
            text=words(answer.body, media_type or answer.media_type),
            note=answer.carried("note"),
            **answer.named(),
        )

    # -- reading -------------------------------------------------------------------------------

    def read(self, answer: Answer, kind: Page | None = None) -> Things:
        """Items and requests of one answer, exactly as the page method gives them.

        `kind` is the kind of page where the address does not tell it (a saved file). Raises
        Blocked, PageChanged or Implausible with the address, and what was expected.
        """
        try:
            known = kind or self.page_of(answer.url)
            if none := prove(answer, known):
                self.empty_proof = none
                return
            for thing in getattr(self, known.method)(answer):
                yield thing if isinstance(thing, Request) else _checked(thing)
        except SourceError as error:
            error.url = error.url or answer.url
            raise

    def page_of(self, url: str) -> Page:
        found = [known for known in self.pages if known.address.search(url)]
        if len(found) != 1:
            raise PageChanged("an address that one page of this source reads", url, url)
        return found[0]

    # -- Scrapy --------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        try:
            first = [self.get(self.only)] if self.only else self.begin()
            for number, request in enumerate(first):
                yield _placed(request, (number,))
        except SourceError as error:
            self.note(error.kind, error.url or self.facts.home, error.expected, error.found)
        except Exception as error:
            # Scrapy would go on with the requests so far, and call the crawl finished.
            self.note("changed", self.facts.home, "the first requests of a run", repr(error))
            raise

    def handle(self, response: Response, context: Mapping[str, Any]) -> Iterator[Kept | Request]:
        if response.status == 304 and _was_conditional(response.request):
            self.not_modified += 1
            things: Things = iter(self.unmodified(response.url, context))
        else:
            things = self._things(response, context)
        place = response.meta.get("place", ())
        for number, thing in enumerate(things):
            if isinstance(thing, Request):
                yield _placed(thing, (*place, number))
            else:
                yield Kept(thing, str(response.meta.get("capture", "")), (*place, number))
        self._stop_if_pointless()

    def _things(self, response: Response, context: Mapping[str, Any]) -> Things:
        answer = Answer(response.url, response.body, response.status, _headers(response), context)
        try:
            self._check_redirect(response)
            if self._is_missing_text(answer):
                return
            for thing in self.read(answer):
                yield from self.sift(thing)
        except SourceError as error:
            self.note(error.kind, error.url, error.expected, error.found)

    def _is_missing_text(self, answer: Answer) -> bool:
        """One text that is not there is the site's slip, and no reason to keep nothing of a run;
        `check_texts` tells whether it was more."""
        if "note" not in answer.context:
            return False
        self.texts_asked += 1
        if answer.status not in _GONE or self.page_of(answer.url).absent:
            return False
        self.texts_missing += 1
        self.reject("text that the site does not have")
        return True

    def check_texts(self) -> None:
        """Most texts missing at once: their addresses are made otherwise now."""
        if self.texts_missing > _FEW_TEXTS and self.texts_missing * 2 > self.texts_asked:
            found = f"{self.texts_missing} of {self.texts_asked} missing"
            self.note("changed", self.facts.home, "texts where they were", found)

    def _check_redirect(self, response: Response) -> None:
        """A bill's page that leads to the list of bills is not the page that was asked for."""
        asked = response.meta.get("redirect_urls", [response.url])[0]
        kinds = {known for known in self.pages if known.address.search(asked)}
        if kinds and self.page_of(response.url) not in kinds:
            raise PageChanged("the page asked for", f"a redirect to {response.url}", asked)

    def unmodified(
        self,
        url: str,  # noqa: ARG002 - for subclasses
        context: Mapping[str, Any],  # noqa: ARG002 - for subclasses
    ) -> Iterator[Request]:
        """What to ask for next where a page is as it was in the last run; by default nothing."""
        return iter(())

    def unreachable(self, failure: Any) -> None:
        """What could not be asked, or was not answered, with the reason in words."""
        url, why = failure.request.url, failure.value
        asked = failure.request.meta.get("redirect_urls", [url])[0]
        if isinstance(why, RefusedByRobots) and "note" in failure.request.cb_kwargs["context"]:
            self.reject("text that robots.txt refuses")
        elif isinstance(why, Refused):
            self.note(why.kind, url, why.expected, str(why), asked)
        else:
            self.note("failed", url, "an answer", f"{failure.type.__name__}: {why}", asked)
        self._stop_if_pointless()

    def note(self, kind: str, url: str, expected: str, found: str, asked: str = "") -> None:
        """Keep what went wrong at an address, to which another one `asked` for had led.

        A message can quote an address, and an address hold the key.
        """
        if self.key:
            found = found.replace(self.key, "[key]")
        told = {"kind": kind, "url": url, "expected": expected, "found": found[:500]}
        kept = self.missed if self._is_beside(asked or url) else self.problems
        if len(kept) < _MOST_KEPT:
            kept.append(msgspec.convert(told, Problem))

    def _is_beside(self, url: str) -> bool:
        kinds = [known for known in self.pages if known.address.search(url)]
        return bool(kinds) and all(known.beside for known in kinds)

    def _stop_if_pointless(self) -> None:
        """At a wall nothing more is asked; of other problems some are kept, to be looked at."""
        if self.problems and self.problems[-1].kind == "blocked":
            raise scrapy.exceptions.CloseSpider(AT_A_WALL)
        if len(self.problems) > _MAX_PROBLEMS:
            raise scrapy.exceptions.CloseSpider(TOO_MANY_PROBLEMS)

    def sift(self, thing: Thing) -> Things:
        """What of a page's yield is kept or followed; everything, unless a subclass is choosier."""
        yield thing


class LegislatureSpider(Source):
    """Discovery: lists first; details only for what is on topic, watched or asked for, and moved.

    Page methods yield a `Listing` for each row of a list, or a `Measure` where the list has full
    facts (bulk files). Measures that are not wanted are kept as light listings. Parts of a measure
    that stand on other pages are yielded as further `Measure`s of the same key without a title;
    those of measures that are not wanted are dropped.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.wanted: set[str] = set()

    # -- what a legislature writes -------------------------------------------------------------

    def sessions(self, today: dt.date) -> Sequence[str]:
        """The sessions to read on a day, as the site names them."""
        raise NotImplementedError

    def sessions_read(self) -> list[str]:
        return list(self.sessions(self.today))

    def follow(self, listing: Listing) -> Iterator[Request]:  # noqa: ARG002
        """Requests for the details of a measure; none where the list says everything."""
        return iter(())

    def version_requests(self, measure: Measure) -> Iterator[Request]:
        """Requests for texts of versions not read before: by default each version's own address.

        The page method of that address yields `self.version_text(answer)`.
        """
        for version in measure.versions or ():
            if version.url and self.is_new_text(measure.key, version):
                yield self.get(version.url, **text_context(measure, version))

    # -- discovery -----------------------------------------------------------------------------

    def sift(self, thing: Thing) -> Things:
        match thing:
            case Listing():
                yield from self._consider(thing)
            case Measure():
                yield from self._consider_measure(thing)
            case _:
                yield thing

    def drops(self, item: AnyItem) -> str:
        """A calendar may be read before the bills it names: only at the end is it known whose."""
        if isinstance(item, Hearing) and not self.is_wanted(item.key):
            return "hearing of a measure that is not watched"
        return ""

    def _consider(self, listing: Listing) -> Things:
        self.listed.add(listing.key)
        moved = self.known.prints.get(listing.key) != listing_print(listing).hex()
        if self.wants(listing.key, listing.title):
            self.wanted.add(listing.key)
            again = listing.key in self.known.asked or listing.key == self.known.canary
            if moved or again:
                yield from self.follow(listing)
        if moved:
            yield listing

    def _consider_measure(self, measure: Measure) -> Things:
        if measure.title is not None:
            self.listed.add(measure.key)
            if self.wants(measure.key, measure.title, measure.abstract or ""):
                self.wanted.add(measure.key)
        if self.is_wanted(measure.key):
            yield measure
            yield from self.version_requests(measure)
        elif measure.title is not None:
            listing = as_listing(measure)
            if self.known.prints.get(listing.key) != listing_print(listing).hex():
                yield listing

    def screen(self, listing: Listing, abstract: str) -> Listing:
        """The listing, wanted also where what the list says beside its title is on topic."""
        if self.wants(listing.key, listing.title, abstract):
            self.wanted.add(listing.key)
        return listing

    def wants(self, key: str, title: str, abstract: str = "") -> bool:
        return self.is_wanted(key) or self.topics.screen(title, abstract) != "no"

    def is_wanted(self, key: str) -> bool:
        return key in self.wanted or key in self.known.watched or key in self.known.asked

    def absent(self, answer: Answer) -> Absence:
        """For a detail page that answers 404: the measure its request was about is gone."""
        return Absence(url=answer.url, status=answer.status, **answer.named())


class OrdersSpider(Source):
    """Orders of a governor or president: every one is listed, all are kept.

    There are tens a year, their titles seldom tell, and an order that rescinds another must be
    known together with the one it ends.
    """

    def sift(self, thing: Thing) -> Things:
        if isinstance(thing, Measure) and thing.title is not None:
            self.listed.add(thing.key)
        yield thing


def _checked(item: AnyItem) -> AnyItem:
    """The item itself, if the model takes it: building one checks nothing, reading one does."""
    try:
        item_from_json(to_json(item))
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise PageChanged("a value as the model has it", str(error)) from error
    return item


def named(measure: Measure | Listing) -> dict[str, Any]:
    """What a request must carry so that an answer that does not say so can name its measure."""
    return {
        "jurisdiction": measure.jurisdiction,
        "session": measure.session,
        "identifier": measure.identifier,
    }


def text_context(measure: Measure, version: Version) -> dict[str, Any]:
    """What a request for a text must carry so that the answer can name its version."""
    return {**named(measure), "note": version.note, "url": version.url}


def as_listing(measure: Measure) -> Listing:
    """The light form of a measure whose title is known."""
    last = measure.actions[-1] if measure.actions else None
    return Listing(
        jurisdiction=measure.jurisdiction,
        session=measure.session,
        identifier=measure.identifier,
        kind=measure.kind,
        title=measure.title or "",
        last_action=last.text if last else "",
        last_action_on=last.on if last else None,
        url=measure.url or "",
    )


def _headers(response: Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def _placed(request: Request, place: tuple[int, ...]) -> Request:
    request.meta["place"] = place
    return request


def _was_conditional(request: Request | None) -> bool:
    return request is not None and (
        "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
    )
