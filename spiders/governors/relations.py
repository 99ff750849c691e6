"""What an order says it does to earlier orders: rescinds, amends, extends, supersedes, implements.

Pure functions over the order's plain text, shared by governors and the Federal Register. Only
sentences of known form count, and only where the order's number stands in them: a sentence that
tells of the past (WHEREAS), sets a condition or names a later day says nothing here. An order
wrongly shown as ended is worse than one shown too long, which the next order or an editor mends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spiders.governors.order_names import Named, OrderForm
from tracker.model import Relation, RelationKind

_KINDS: dict[str, RelationKind] = {
    "revoke": "rescinds",
    "rescind": "rescinds",
    "repeal": "rescinds",
    "terminate": "rescinds",
    "supersede": "supersedes",
    "replace": "supersedes",
    "amend": "amends",
    "modify": "amends",
    "extend": "extends",
    "renew": "extends",
    "continue": "extends",
    "implement": "implements",
}
_ENDING = frozenset({"rescinds", "supersedes"})


class Statement(NamedTuple):
    """One relation and the words it is read from: `quote` begins at `start` of the text."""

    kind: RelationKind
    order: Named
    quote: str
    start: int

    def relation(self) -> Relation:
        return Relation(
            kind=self.kind, identifier=self.order.identifier, session=self.order.session
        )


_PARTICIPLE = (
    r"(?P<verb>revoke|rescind|repeal|terminate|supersede|replace|amend|modifi|extend|renew|continue)"
    r"(?:e?d)\b"
)
_ACTIVE = (
    r"(?P<verb>revoke|rescind|repeal|terminate|supersede|replace|amend|modif(?:y|ie)|extend|renew|"
    r"continue|implement)s?"
)
# What may stand between the beginning of a sentence and the orders it speaks of. Possessive, so
# that no text can make it try its alternatives in every combination.
_LEAD = re.compile(
    r"(?:\s|Sec(?:tion|\.)?\s*\d*[.:]?\s|\(?[0-9A-Za-z]{1,4}[.)]\s|and\s|that\s|accordingly,|"
    r"therefore,|further,|furthermore,|effective\s+immediately,|"
    r"it\s+is\s+(?:hereby\s+)?ordered\s+that)*+",
    re.IGNORECASE,
)
_ORDERING = re.compile(
    r"\bhereby\s+order(?:ed)?(?:\s+(?:that|the\s+following|as\s+follows))?[:,]?\s*(?:that\s+)?$",
    re.IGNORECASE,
)
_LONGEST_LEAD = 800
_SECTION_OF = re.compile(
    r"(?:sub)?(?:section|paragraph|part|clause)s?\s+[\w(),. and–-]{1,60}\s+of\s*$", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:this\s+(?:executive\s+)?(?:order|proclamation|directive)|I)"
    r"(?:,\s+[^.;]{1,200},)?\s+(?:do\s+)?(?:hereby\s+)?$",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"[\s,]*(?:in\s+part\b|to\s+the\s+extent\b|insofar\b|only\b|except\b|with\s+respect\s+to\b|as\s+to\b)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"[\s,]*(?:if\b|unless\b|when\b|upon\b|once\b|on\b|as\s+of\b|"
    r"(?:and\s+)?(?:shall\s+be\s+)?effective\b(?!\s+immediately))",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?<!\bNo)(?<!\bNos)(?<!\bSec)(?<!\bE\.O)(?<!\bE)\.(?=\s+[A-Z(“\"])|;|\n\s*\n"
    r"|:(?=\s+\(\w{1,4}\)\s)"
)
_RECITAL = re.compile(r"\s*(?:\W\s*)?whereas\b", re.IGNORECASE)


def statements(text: str, form: OrderForm) -> list[Statement]:
    """Every relation that sentences of known form state, in the order of the text."""
    found: dict[tuple[RelationKind, Named], Statement] = {}
    for start, sentence in _sentences(text):
        for statement in (*_passive(sentence, start, form), *_direct(sentence, start, form)):
            found.setdefault((statement.kind, statement.order), statement)
    return list(found.values())


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences with their offset; recitals are left out, semicolons and paragraphs part too.

    A full stop ends a sentence only before white space and a capital or a bracket, and not after
    the abbreviations that stand in orders' numbers and headings; a colon before "(a)" ends one.
    """
    begin = 0
    for end in [match.end() for match in _ENDS.finditer(text)] + [len(text)]:
        sentence = text[begin:end]
        if sentence.strip() and not _RECITAL.match(sentence):
            yield begin, sentence
        begin = end


def _passive(sentence: str, start: int, form: OrderForm) -> Iterator[Statement]:
    """`Executive Order 13768 of January 25, 2017 (…), is hereby revoked`."""
    pattern = rf"(?P<orders>{form.list}),?\s+(?:is|are)\s+(?:hereby\s+)?{_PARTICIPLE}"
    for found in re.finditer(pattern, sentence, re.IGNORECASE):
        lead = _lead(sentence, found)
        part = _SECTION_OF.search(lead)
        before = lead[: part.start()] if part else lead
        if _LEAD.fullmatch(before) or _ORDERING.search(before):
            yield from _stated(found, start, form, sentence, partly=part is not None)


def _direct(sentence: str, start: int, form: OrderForm) -> Iterator[Statement]:
    """`This order supersedes Executive Order 12`, `I hereby rescind Executive Order 12`."""
    for found in re.finditer(rf"{_ACTIVE}\s+(?P<orders>{form.list})", sentence, re.IGNORECASE):
        if _SUBJECT.search(_lead(sentence, found)):
            yield from _stated(found, start, form, sentence, partly=False)


def _lead(sentence: str, found: re.Match[str]) -> str:
    """The words before; of a very long sentence the last, after a mark no lead begins with."""
    begin = found.start() - _LONGEST_LEAD
    return sentence[: found.start()] if begin <= 0 else "…" + sentence[begin : found.start()]


def _stated(
    found: re.Match[str], start: int, form: OrderForm, sentence: str, *, partly: bool
) -> Iterator[Statement]:
    kind = _KINDS[_infinitive(found["verb"])]
    if _NOT_YET.match(sentence, found.end()) and kind in _ENDING:
        return
    if (partly or _PARTLY.match(sentence, found.end())) and kind in _ENDING:
        kind = "amends"
    for order in form.orders(found["orders"]):
        yield Statement(kind, order, found.group(), start + found.start())


def _infinitive(stem: str) -> str:
    low = stem.lower()
    return "modify" if low.startswith("modif") else low
