"""What an order says it does to earlier orders: rescinds, amends, extends, supersedes, implements.

Pure functions over the order's plain text, shared by governors and the Federal Register. Only
sentences of known form count, and only where the order's number stands in them: a sentence that
tells of the past (WHEREAS), sets a condition or names a later day says nothing here. An order
wrongly shown as ended is worse than one shown too long, which the next order or an editor mends.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tracker.model import Relation, RelationKind, fold

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = rf"(?:{_MONTHS})\s+\d{{1,2}},\s+\d{{4}}"

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


class Named(NamedTuple):
    """An order as another names it; `session` is empty where the text tells no year."""

    identifier: str
    session: str


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


@dataclass(frozen=True)
class OrderForm:
    """How a jurisdiction's orders are named in running text.

    `prefix` and `number` are patterns, the number with a group; a number may stand without prefix
    only inside a list that began with one. `name` gives the identifier and session from prefix,
    number and the day printed after "of" (or "").
    """

    prefix: str
    number: str
    name: Callable[[str, str, str], Named]

    @property
    def item(self) -> str:
        dated = rf"(?:\s+(?:of|dated)\s+{DAY})?"
        titled = r"(?:\s+\([^()]{1,400}\))?"
        return rf"{self.number}{dated}{titled}(?:,?\s+as\s+amended)?"

    @property
    def list(self) -> str:
        """One order or several: `Executive Order 1 of … (…), Executive Order 2, and …`."""
        between = r"(?:,?\s+and\s+|,\s+|;\s+(?:and\s+)?)"
        item = _ungrouped(self.item)
        return rf"{self.prefix}\s*{item}(?:{between}(?:{self.prefix}\s*)?{item}){{0,60}}"

    def orders(self, listed: str) -> Iterator[Named]:
        prefix = ""
        for found in re.finditer(rf"(?P<prefix>{self.prefix})?\s*(?P<item>{self.item})", listed):
            prefix = found["prefix"] or prefix
            day = re.search(rf"(?:of|dated)\s+({DAY})", found["item"])
            yield self.name(prefix, found.group(3), fold(day.group(1)) if day else "")


def _ungrouped(pattern: str) -> str:
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def _federal(_: str, number: str, day: str) -> Named:
    return Named(f"EO {number}", day[-4:])


FEDERAL = OrderForm(
    prefix=r"(?:Executive\s+Orders?|E\.\s?O\.)(?:\s+No\.|\s+Nos\.)?",
    number=r"(\d{4,5}(?:-[A-Z])?)(?![\d-])",
    name=_federal,
)


def _yearly(prefix: str, number: str, _: str) -> Named:
    """`EO 23-02`: two digits of the year, two of the count, as the states that number so print."""
    year, count = re.split("[-–]", number)
    letters = "DR" if prefix.upper().startswith("DR") else "EO"
    return Named(f"{letters} {year}-{int(count):02d}", f"20{year}")


YEARLY = OrderForm(
    prefix=r"(?:Executive\s+Orders?|E\.\s?O\.|EO|DR)(?:\s+Number|\s+Nos?\.?)?",
    number=r"(\d{2}[-–]\d{1,3})(?![\d-])",
    name=_yearly,
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


# -- days ------------------------------------------------------------------------------------------

_ATTESTED = re.compile(
    rf"this\s+(?:the\s+)?(\d{{1,2}})\s?(?:st|nd|rd|th)?\s+day\s+of\s+({_MONTHS}),?"
    r"(?:\s+in\s+the\s+year\s+of\s+our\s+Lord,?)?\s+(\d{4})\b",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\bthis\s+(?:executive\s+)?(?:order|declaration|proclamation|directive)\s+"
    r"(?:shall\s+expire|expires|will\s+expire|"
    r"(?:shall|will)\s+(?:remain|be|continue)\s+in\s+(?:full\s+force\s+and\s+)?effect\s+(?:until|through))"
    rf"\s+(?:on\s+)?({DAY})",
    re.IGNORECASE,
)


def attested_on(text: str) -> dt.date | None:
    """The day an order is signed on, from its last "this 12th day of March, 2025"."""
    found = _ATTESTED.findall(text)
    if not found:
        return None
    day, month, year = found[-1]
    return _day(f"{month.title()} {day}, {year}")


def expires_on(text: str) -> dt.date | None:
    """The day an order says it ends; None where it says none, or several."""
    days = {_day(printed) for printed in _TERM.findall(text)}
    return days.pop() if len(days) == 1 else None


def _day(printed: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(fold(printed), "%B %d, %Y").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None
