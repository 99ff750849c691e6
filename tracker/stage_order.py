"""The order of the actions of one day.

Sources date actions by the day; some list a day oldest first, others newest first (Congress,
Alabama, Kansas). The history tells itself which: a bill is not enrolled before it passes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Protocol, TypeVar

from tracker.stage_rules import Meaning

# Steps whose order within a day is sure; the others say nothing.
_RANK = {
    "introduced": 0,
    "referred": 1,
    "reported": 2,
    "passed_chamber": 4,
    "passed_amended": 4,
    "resolution_adopted": 4,
    "concurred": 5,
    "enrolled": 6,
    "to_governor": 7,
    "signed": 8,
    "vetoed": 8,
    "partial_veto": 8,
    "became_law_unsigned": 8,
    "chamber_overrides": 9,
    "veto_overridden": 9,
    "became_law": 9,
}
_BOTH_CHAMBERS = _RANK["concurred"]


class Dated(Protocol):
    @property
    def on(self) -> dt.date: ...
    @property
    def chamber(self) -> str: ...


AnAction = TypeVar("AnAction", bound=Dated)


def oldest_first(
    read: Sequence[tuple[AnAction, Meaning]], *, reversed_days: bool
) -> Iterator[tuple[AnAction, Meaning]]:
    """A day that tells its own order keeps it; a silent one follows the rest of the history.

    `reversed_days` is what the source is known to do where the whole history is silent.
    """
    days = [list(group) for _, group in groupby(read, key=lambda one: one[0].on)]
    if len(days) == len(read):
        return iter(read)
    rises = [_rises(day) if len(day) > 1 else 0 for day in days]
    usual = sum(rises) or (-1 if reversed_days else 1)
    return (
        one
        for day, rise in zip(days, rises, strict=True)
        for one in (reversed(day) if (rise or usual) < 0 else day)
    )


def _rises(day: Sequence[tuple[AnAction, Meaning]]) -> int:
    """Steps forward less steps back, among neighbours whose order is sure."""
    ranked = [(_RANK[meaning.name], a.chamber) for a, meaning in day if meaning.name in _RANK]
    return sum(_direction(*earlier, *later) for earlier, later in pairwise(ranked))


def _direction(rank: int, chamber: str, next_rank: int, next_chamber: str) -> int:
    if {rank, next_rank} == {1, 2}:  # reported by one committee, referred to the next
        return 0
    if chamber != next_chamber and min(rank, next_rank) < _BOTH_CHAMBERS:
        return 0
    return (next_rank > rank) - (next_rank < rank)
