"""The words quoted as evidence: the operative sentence, without what the page prints around it."""

from __future__ import annotations

import re

from tracker.classify_rules import Field, Span, Window
from tracker.model import Evidence

MAX_QUOTE = 300
# A deed that is commanded, allowed or forbidden; headings and long titles have no such word.
_MODAL = re.compile(
    r"\b(?:shall|must|may|cannot|can not|will not|(?:is|are|be) (?:hereby )?(?:prohibited|required|"
    r"authorized|ineligible|repealed|void))\b",
    re.IGNORECASE,
)
# What a page prints before the words of a law: its head, the enacting clause.
_HEADS = re.compile(
    r"\b(?i:BE IT (?:FURTHER )?(?:ENACTED|RESOLVED))\b[^:]{0,160}:|(?=\b(?:A BILL|AN ACT)\b)"
)
# The mark of an item; a heading may stand before it.
_ITEM = re.compile(r"(?<!\S)(?=(?:\([a-z0-9]{1,4}\)|[A-Z]\.|\d{1,3}\.)\s+[A-Z][A-Za-z]*\s)")
_PAUSE = re.compile(r",\s+|\)\s+(?=\w)")


def is_operative(quote: str) -> bool:
    return bool(_MODAL.search(quote))


def quoted(window: Window, span: Span, text: str, version: str = "") -> Evidence:
    """The words of the field around `span`, of its passage, as many as stay short."""
    first, last = window.start + window.own, window.start + len(window.text)
    low = max(window.start + span[0], first)
    high = max(window.start + span[1], low)
    start = _start(text, window.field, first, low, high)
    end = last if last - start <= MAX_QUOTE else _whole_word(text, start, last)
    quote = text[start:end]
    lead = len(quote) - len(quote.lstrip())
    return Evidence(quote=quote.strip(), field=window.field, start=start + lead, version=version)


def _start(text: str, field: Field, first: int, low: int, high: int) -> int:
    """Where the sentence begins, or if that is too far away, a pause or word near the span."""
    if field == "text":
        for furniture in (_HEADS, _ITEM):
            ends = (match.end() for match in furniture.finditer(text, first, high))
            first = max((end for end in ends if end <= low), default=first)
    room = max(low - (MAX_QUOTE - (high - low)), 0)
    if first >= room:
        return first
    pause = _PAUSE.search(text, room, low)
    if pause:
        return pause.end()
    word = text.find(" ", room, low)
    return word + 1 if 0 <= word < low else low


def _whole_word(text: str, start: int, last: int) -> int:
    end = start + MAX_QUOTE
    if end >= last or text[end].isspace():
        return min(end, last)
    space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return space if space > start else end
