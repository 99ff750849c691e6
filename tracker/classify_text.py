"""The passages of a long text that can matter, found in one pass and bounded.

A bill's text may be a megabyte; what it does to cooperation stands in a few sentences. They are
found by plain search for the topic's anchor words; patterns are only tried inside them. An item
of a list is read together with the words that introduce the list ("No agency shall: ... (3) ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tracker.classify_groups import lowered
from tracker.classify_rules import Span

# The most passages read in one text, and the most characters of a passage and of a list's head.
MAX_PASSAGES = 400
_MAX_ANCHORS = 5_000
_MAX_PASSAGE = 700
_MAX_HEAD = 240
_MAX_LIST = 3_000
# Where a passage ends: a sentence, an item, a paragraph, a note in brackets that is not of the
# text ("[Note: ...]"). "U.S." and "Sec. 5." don't end one.
_END = re.compile(
    r"(?<![A-Z])(?<!Sec)(?<!Art)(?<!No)(?<!sec)\.(?=\s|$)|\[[A-Z][a-z]+: [^\]\n]{1,200}\]|"
    r"[;:\u2014]|\n\n"
)
_ITEM = re.compile(r"\s*(?:\(?[a-zA-Z0-9]{1,4}[.)]|[\u2022\-*])\s")
# A section that only tells why, from its heading to the next heading of a section.
_SECTION = re.compile(r"\b(?:SECTION|SEC\.|Section|Sec\.)\s+\d{1,4}[A-Za-z]?\.")
_FINDINGS = re.compile(
    r"[\s\u2014-]*(?:\(\w{1,3}\)\s*)?(?:findings?\b|legislative findings|(?:the )?(?:legislature|general "
    r"assembly|congress|people)(?:\s+\w+){0,8}?\s+(?:finds?|declares?|recognizes?|believes?)\b)",
    re.IGNORECASE,
)
_NEW_SECTION = re.compile(r"\b(?:SECTION|Section|SEC\.|Sec\.) \d")


# The agency by its letters alone, in a text that names immigration elsewhere.
_BARE_ICE = re.compile(r"(?<!\w)ICE(?!\w)")
_RECITAL = re.compile(r"\bwhereas\b", re.IGNORECASE)
_RESOLVED = re.compile(r"\b(?:be it (?:further )?)?resolved\b", re.IGNORECASE)


class Passage(NamedTuple):
    """Where a passage stands in the text, and the head of the list it is an item of."""

    span: Span
    head: Span | None


def passages(text: str, anchors: tuple[str, ...]) -> Iterator[Passage]:
    """The passages that hold an anchor, in the order of the text, each once."""
    last_end = _operative_from(text) - 1
    given = 0
    findings = _findings(text)
    for at in _positions(text, anchors):
        if at < last_end or any(start <= at < end for start, end in findings):
            continue
        if given == MAX_PASSAGES:
            return
        given += 1
        start, end = _bounds(text, at)
        last_end = end
        yield Passage((start, end), _head(text, start))


def _operative_from(text: str) -> int:
    """Where a resolution begins to resolve; 0 in a text without recitals."""
    if not _RECITAL.search(text):
        return 0
    resolved = _RESOLVED.search(text)
    return resolved.start() if resolved else 0


def _findings(text: str) -> list[Span]:
    """The sections of findings, which do nothing themselves."""
    heads = [match.span() for match in islice(_SECTION.finditer(text), _MAX_ANCHORS)]
    ends = [start for start, _ in heads[1:]] + [len(text)]
    return [
        (start, stop)
        for (start, end), stop in zip(heads, ends, strict=False)
        if _FINDINGS.match(text, end)
    ]


def _positions(text: str, anchors: tuple[str, ...]) -> list[int]:
    low = lowered(text)
    found: list[int] = []
    for anchor in anchors:
        at = low.find(anchor)
        for _ in range(_MAX_ANCHORS):
            if at < 0:
                break
            found.append(at)
            at = low.find(anchor, at + len(anchor))
    if found:
        found += [match.start() for match in islice(_BARE_ICE.finditer(text), _MAX_ANCHORS)]
    return sorted(found)


def _bounds(text: str, at: int) -> Span:
    low = max(0, at - _MAX_PASSAGE)
    start = low
    for match in _END.finditer(text, low, at):
        start = match.end()
    ending = _END.search(text, at, min(len(text), at + _MAX_PASSAGE))
    end = ending.start() if ending else min(len(text), at + _MAX_PASSAGE)
    while start < at and text[start].isspace():
        start += 1
    return start, end


def _head(text: str, start: int) -> Span | None:
    """The words before the colon or dash that introduces the list which `start` is an item of."""
    before = text[:start].rstrip()[-1:]
    if before not in (":", "\u2014", ";") and not _ITEM.match(text, start):
        return None
    low = max(0, start - _MAX_LIST)
    colon = max(text.rfind(":", low, start), text.rfind("\u2014", low, start))
    if colon < 0 or _NEW_SECTION.search(text, colon, start):
        return None
    begin = max(0, colon - _MAX_HEAD)
    for match in _END.finditer(text, begin, colon):
        begin = match.end()
    return (begin, colon) if colon > begin else None
