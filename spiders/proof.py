"""Proof of page: what shows that an answer is the page that was asked for, and not a wall.

A challenge page answers 200, an error page lists nothing, a redesigned page parses to less. So each
kind of page names a landmark that only the real one has, and its own words for "none found".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from scrapy.http import Request

from spiders.answer import Answer
from spiders.reading import Blocked, PageChanged, SourceError
from tracker.model import AnyItem

Thing = AnyItem | Request
Things = Iterator[Thing]
PageMethod = Callable[[Any, Answer], Things]
M = TypeVar("M", bound=PageMethod)

# Marks of walls met in the wild; looked for at the beginning of the body, whatever the status.
CHALLENGES = tuple(
    mark.encode()
    for mark in (
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "cf-chl-",
        "challenge-platform",
        "_Incapsula_Resource",
        "Request unsuccessful. Incapsula",
        "Access Denied</",
        "Pardon Our Interruption",
        "Please verify you are a human",
        "Enable JavaScript and cookies to continue",
        "Request Rejected",
        "Validation request",
        "User validation required",
        "programmatic access to these sites is limited",
        "g-recaptcha",
        "h-captcha",
    )
)
_LOOKED_AT = 16_384
_REFUSALS = frozenset({401, 403, 407, 429, 451, 503})
_NOTHING_THERE = frozenset({204, 404, 410})


class Page(NamedTuple):
    """How one kind of page is known: by its address, by what must be on it, by its own "none"."""

    address: re.Pattern[str]
    landmark: re.Pattern[bytes]
    empty: re.Pattern[bytes] | None
    absent: bool
    method: str
    beside: bool = False


def page(
    address: str, *, landmark: str, empty: str = "", absent: bool = False, beside: bool = False
) -> Callable[[M], M]:
    """Mark a method as the reader of pages whose address matches (`re.search`).

    `landmark` is a pattern that only the real page has; without it the answer is refused as
    changed or blocked. `empty` is the site's own "none found", the only proof of an empty list.
    `absent` says that 204, 404 and 410 are answers to be read (the method sees `answer.status`).
    `beside` is for pages that no fact of a measure hangs on, such as a calendar of hearings: where
    one fails, the run says so and the rest of it is kept.
    """

    def mark(method: M) -> M:
        known = Page(
            re.compile(address),
            re.compile(landmark.encode()),
            re.compile(empty.encode()) if empty else None,
            absent,
            method.__name__,
            beside,
        )
        method.__dict__["page"] = known
        return method

    return mark


def prove(answer: Answer, known: Page) -> str:
    """ "" where the page is to be read, else the site's own words that there is nothing.

    Raises Blocked for a wall, PageChanged where the landmark is missing, SourceError for an error.
    """
    beginning, mark = answer.body[:_LOOKED_AT], f"the mark {known.landmark.pattern!r}"
    if answer.status in _REFUSALS:
        raise Blocked("an answer", f"HTTP {answer.status}: {beginning[:200]!r}")
    if known.absent and answer.status in _NOTHING_THERE:
        return ""
    none = _none_found(answer, known)
    if not 200 <= answer.status < 300:
        if none:
            return none  # some services tell "none found" as an error
        raise SourceError("HTTP 200", f"HTTP {answer.status}: {beginning[:200]!r}")
    if known.landmark.search(answer.body):
        return none
    if any(challenge in beginning for challenge in CHALLENGES):
        raise Blocked(mark, "a challenge page")
    if none:
        return none
    if not answer.body.strip():
        raise Blocked(mark, "an empty body")
    raise PageChanged(mark, repr(beginning[:200]))


def _none_found(answer: Answer, known: Page) -> str:
    proof = known.empty.search(answer.body) if known.empty else None
    return proof.group().decode(errors="replace") if proof else ""
