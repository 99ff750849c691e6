"""Conditions over one window of text: which groups of phrases it holds, and in which order.

A condition is written ``prohibit > agreement`` (the first before the second, near it, and where
the first is one of the topic file's verbs, no other of its verbs between them),
``prohibit ~ agreement`` (either way round), ``agreement`` (somewhere in the window) or
``!exception`` (nowhere in it).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Literal, NamedTuple, TypeVar

from tracker.classify_groups import Groups

Field = Literal["title", "abstract", "text"]
Span = tuple[int, int]
Hits = tuple[Span, ...]

# How far apart, in characters, two groups may stand to be read together.
NEAR = 220
_MAX_HITS = 24
_CONDITION = re.compile(r"(!?)([a-z0-9_]+)(?: ([>~]) ([a-z0-9_]+))?")


class ConditionError(ValueError):
    """A condition is not in the notation, or names a group that is not defined."""


class Window:
    """A stretch of one field. Groups are searched once, when a condition first asks for them.

    `possible` are the bits of the groups it may hold, as far as is known. `start` is the offset of
    the window in its field. The first `own` characters were put before
    it (the head of a list) and are not of the field at that offset.
    """

    __slots__ = ("_folded", "_groups", "_hits", "field", "own", "possible", "start", "text")

    def __init__(
        self, text: str, groups: Groups, field: Field, start: int = 0, own: int = 0
    ) -> None:
        self.text = text
        self.field = field
        self.start = start
        self.own = own
        self._groups = groups
        self._folded = groups.fold(text)
        self.possible = groups.possible(self._folded)
        self._hits: dict[str, Hits] = {}

    def hits(self, group: str) -> Hits:
        found = self._hits.get(group)
        if found is None:
            found = self._hits[group] = self._search(group)
            if not found:
                self.possible &= ~self._groups.bits[group]
        return found

    def _search(self, group: str) -> Hits:
        if not self.possible & self._groups.bits[group]:
            return ()
        matches = islice(self._groups.patterns[group].finditer(self._folded), _MAX_HITS)
        spans = tuple(match.span() for match in matches)
        wider = [hit for name in self._groups.absorbers.get(group, ()) for hit in self.hits(name)]
        if not spans or not wider:
            return spans
        return tuple((a, b) for a, b in spans if not any(c <= a and b <= d for c, d in wider))


class Condition(NamedTuple):
    first: str
    second: str = ""
    order: str = ""
    absent: bool = False
    # Verb groups that, standing between the two, govern the second instead of the first.
    rivals: tuple[str, ...] = ()

    def found(self, window: Window) -> Span | None:
        """Where the condition holds (the stretch from one group to the other), else None."""
        hits = window.hits(self.first)
        if not hits or not self.second:
            return hits[0] if hits else None
        others = window.hits(self.second)
        return self._nearest(hits, others, window) if others else None

    def _nearest(self, hits: Hits, others: Hits, window: Window) -> Span | None:
        best: Span | None = None
        for start, end in hits:
            for start_2, end_2 in others:
                after = start_2 - end
                gap = after if after >= 0 else start - end_2
                if gap < 0 or gap > NEAR or (self.order == ">" and after < 0):
                    continue
                stretch = (min(start, start_2), max(end, end_2))
                if self._governed_by_another(end, start_2, window):
                    continue
                if best is None or stretch[1] - stretch[0] < best[1] - best[0]:
                    best = stretch
        return best

    def _governed_by_another(self, end: int, start: int, window: Window) -> bool:
        return any(end <= a and b <= start for rival in self.rivals for a, b in window.hits(rival))


class When(NamedTuple):
    """Conditions that hold together; `needs` are the bits of the groups they can't do without."""

    conditions: tuple[Condition, ...]
    needs: int

    def span(self, window: Window) -> Span | None:
        """The stretch of the window that satisfies all conditions, or None where one fails."""
        low, high = len(window.text), 0
        for condition in self.conditions:
            span = condition.found(window)
            if condition.absent:
                if span is not None:
                    return None
                continue
            if span is None:
                return None
            low, high = min(low, span[0]), max(high, span[1])
        return (low, high) if high else None


Rule = TypeVar("Rule")


def first_fitting(rules: Iterable[tuple[Rule, When]], window: Window) -> tuple[Rule, Span] | None:
    """The first rule that holds in the window, and where."""
    for rule, when in rules:
        if when.needs & ~window.possible:
            continue
        span = when.span(window)
        if span is not None:
            return rule, span
    return None


def parse_when(texts: Iterable[str], groups: Groups, verbs: Collection[str] = ()) -> When:
    conditions = tuple(parse_condition(text, groups.bits, verbs) for text in texts)
    needs = 0
    for condition in conditions:
        if not condition.absent:
            needs |= groups.bits[condition.first]
            needs |= groups.bits[condition.second] if condition.second else 0
    return When(conditions, needs)


def parse_condition(text: str, groups: Iterable[str], verbs: Collection[str] = ()) -> Condition:
    parsed = _CONDITION.fullmatch(text)
    if not parsed:
        raise ConditionError(f"{text!r}: write 'a', '!a', 'a > b' or 'a ~ b'")
    absent, first, order, second = parsed.groups()
    known = set(groups)
    for name in (first, second):
        if name and name not in known:
            raise ConditionError(f"{text!r}: no group is named {name!r}")
    if absent and second:
        raise ConditionError(f"{text!r}: only a single group can be absent")
    ordered_verb = order == ">" and first in verbs and second not in verbs
    rivals = tuple(verb for verb in verbs if verb != first) if ordered_verb else ()
    return Condition(first, second or "", order or "", bool(absent), rivals)
