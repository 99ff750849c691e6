"""Pairing two lists of rows, surest sign first; and how alike two agencies' names are."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

Old = TypeVar("Old")
New = TypeVar("New")


class Pairs(Generic[Old, New]):
    """`found` grows as signs are taken; `gone` and `come` are what no sign has paired yet."""

    def __init__(self, old: Iterable[Old], new: Iterable[New]) -> None:
        self.gone = list(old)
        self.come = list(new)
        self.found: list[tuple[Old, New]] = []

    def take(
        self,
        sign: Callable[[Old | New], Hashable],
        *,
        apart: Callable[[Old, New], float] | None = None,
        within: float = sys.float_info.max,
        alone: bool = False,
    ) -> None:
        """Pair rows of equal sign; a falsy sign pairs nothing.

        Among several of one sign the least `apart` are paired first, and none further than
        `within`; without `apart` rows pair in their order. With `alone` a sign that several rows
        of one side bear says nothing.
        """
        groups: dict[Hashable, tuple[list[Old], list[New]]] = defaultdict(lambda: ([], []))
        for was in self.gone:
            groups[sign(was)][0].append(was)
        for now in self.come:
            groups[sign(now)][1].append(now)
        for key, (olds, news) in groups.items():
            if not key or (alone and (len(olds) > 1 or len(news) > 1)):
                continue
            self.found += (
                _nearest(olds, news, apart, within) if apart else zip(olds, news, strict=False)
            )
        paired = {id(row) for pair in self.found for row in pair}
        self.gone = [row for row in self.gone if id(row) not in paired]
        self.come = [row for row in self.come if id(row) not in paired]


def _nearest(
    olds: list[Old], news: list[New], apart: Callable[[Old, New], float], within: float
) -> Iterator[tuple[Old, New]]:
    left, right = set(range(len(olds))), set(range(len(news)))
    distances = ((apart(olds[i], news[j]), i, j) for i in left for j in right)
    for _, i, j in sorted(each for each in distances if each[0] <= within):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            yield olds[i], news[j]


_GENERIC = re.compile(
    r"\b(AND|BOROUGH|CITY|COUNTY|DEPARTMENT|DEPT|OF|OFFICE|PARISH|PD|POLICE|SHERIFF('S|S)?|SO|STATE"
    r"|THE|TOWN|TOWNSHIP|VILLAGE)\b|[-/.,&]"
)


@lru_cache(maxsize=4096)
def distinctive(name: str) -> str:
    """What tells an upper-case agency name from others: `CLAY COUNTY SHERIFF'S OFFICE` is `CLAY`.

    Without it all sheriffs of a state are alike. The whole name where nothing is left.
    """
    return " ".join(_GENERIC.sub(" ", name).split()) or name


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> float:
    """From 0 to 1, by the distinctive words of two upper-case names."""
    return SequenceMatcher(None, distinctive(one), distinctive(other), autojunk=False).ratio()
