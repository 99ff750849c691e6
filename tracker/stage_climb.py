"""The way of a measure through the legislature, from filing to the last vote.

`live` is the step reached among those that lead to the governor. `halt` is a stop (dead,
carried over) that any later step forward lifts. `final` is law, adoption or veto.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from tracker.model import GovernorAction, Stage
from tracker.stage_rules import Meaning

Way = Literal["bill", "one_chamber", "both_chambers", "constitutional", "resolution"]

_RANK: dict[Stage, int] = {
    "unknown": -1,
    "introduced": 0,
    "in_committee": 1,
    "passed_committee": 2,
    "passed_chamber": 3,
    "passed_legislature": 4,
    "to_governor": 5,
}


class Mark(NamedTuple):
    """A stage and the action that brought it."""

    stage: Stage
    on: dt.date | None
    text: str


def later(one: Mark, other: Mark) -> bool:
    return (one.on or dt.date.min) > (other.on or dt.date.min)


class _Vote(NamedTuple):
    """What stood before a vote, to go back to when it is reconsidered."""

    live: Mark
    halt: Mark | None
    final: Mark | None
    passed: dict[str, Mark]


class Climb:
    def __init__(self, way: Way, *, unicameral: bool = False) -> None:
        self.way = way
        self.unicameral = unicameral
        self.live = Mark("unknown", None, "")
        self.halt: Mark | None = None
        self.final: Mark | None = None
        self.governor: GovernorAction = "n/a"
        self.passed: dict[str, Mark] = {}
        self._reports: set[str] = set()
        self._overrides: set[str] = set()
        self._weak_law = False
        self._sustained = False
        self._sent_back = False
        self._before_vote: _Vote | None = None

    @property
    def mark(self) -> Mark:
        return self.final or self.halt or self.live

    def _rank(self) -> int:
        return _RANK[self.live.stage]

    def _go(self, stage: Stage, at: Mark) -> None:
        """Forward or sideways: a step lifts any stop, and undoes an adoption that was not final."""
        self.halt = None
        if self.final and self.final.stage == "adopted":
            self.final = None
        self.live = Mark(stage, at.on, at.text)

    def introduced(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        if self.live.stage == "unknown":
            self._go("introduced", at)

    def _reopen(self, chamber: str) -> bool:
        """Whether the measure can still move; one that another chamber takes up was not final."""
        if self.final and self.final.stage == "adopted" and chamber not in self.passed:
            passage = self._latest_passage()
            if passage:
                self._go("passed_chamber", passage)
        return self.final is None

    def referred(self, _meaning: Meaning, at: Mark, chamber: str) -> None:
        if not self._reopen(chamber):
            return
        if self._rank() <= _RANK["passed_committee"]:
            self._go("in_committee", at)
        else:
            self.halt = None

    def recommitted(self, meaning: Meaning, at: Mark, chamber: str) -> None:
        """A chamber that sends what it has passed to one more committee has not passed it yet."""
        undone = self.passed.pop(chamber, None)
        left = self._latest_passage()
        if undone and not self._settled():
            self.final = None
            self._go("passed_chamber" if left else "passed_committee", left or undone)
        self.referred(meaning, at, chamber)

    def hearing(self, _meaning: Meaning, at: Mark, chamber: str) -> None:
        if not self._reopen(chamber):
            return
        if self._rank() <= _RANK["introduced"]:
            self._go("in_committee", at)
        elif self.halt and self.halt.stage == "carried_over":
            self.halt = None

    def reported(self, _meaning: Meaning, at: Mark, chamber: str) -> None:
        if not self._reopen(chamber):
            return
        if self._rank() <= _RANK["passed_committee"]:
            self._go("passed_committee", at)
        else:
            self.halt = None

    def floor(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        """Out of committee by being on the floor; a bill never in committee is still introduced.

        On the day a bill dies the calendars it is taken from are printed too, in any order.
        """
        if self.final or (self.halt and not later(at, self.halt)):
            return
        if self.live.stage == "in_committee":
            self._go("passed_committee", at)
        elif self.live.stage == "unknown":
            self._go("introduced", at)
        else:
            self.halt = None

    def passage(self, meaning: Meaning, at: Mark, chamber: str) -> None:
        if self._settled():
            return
        self._remember()
        before = self.passed.get(chamber)
        repassed = before is not None and before.on != at.on
        others = [one for one in self.passed if one != chamber]
        self.passed[chamber] = at
        if self.governor == "amended":
            self.halt = None
        elif self.way == "one_chamber" or (self.way == "resolution" and others):
            self._adopt(at)
        elif (others or self.unicameral) and (meaning.name != "passed_amended" or repassed):
            self._legislature(at)
        else:
            self._go("passed_chamber", at)

    def resolution(self, meaning: Meaning, at: Mark, chamber: str) -> None:
        if self.way in ("resolution", "one_chamber"):
            if not self._settled():
                self._remember()
                self._adopt(at)
        elif self.way != "bill":
            self.passage(meaning, at, chamber)
        elif self.live.stage == "unknown":  # an order that goes by a bill's letters
            self._adopt(at)
        # whatever else a bill's history adopts is an amendment or a report

    def failed(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        if self._settled():
            return
        self._remember()
        self.halt = Mark("dead", at.on, at.text)

    def reconsidered(self, _meaning: Meaning, _at: Mark, _chamber: str) -> None:
        before, self._before_vote = self._before_vote, None
        if before and not self._settled():
            self.live, self.halt, self.final, self.passed = before

    def concurred(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        if self._settled() or self.governor == "amended":
            return
        self._remember()
        self._legislature(at)

    def conference(self, _meaning: Meaning, _at: Mark, _chamber: str) -> None:
        if self._settled():
            return
        latest = self._latest_passage()
        if latest and self._rank() == _RANK["passed_legislature"]:
            self._go("passed_chamber", latest)
        elif latest and self.final and self.final.stage == "adopted":
            self.final = None
        self._reports.clear()

    def conference_adopted(self, _meaning: Meaning, at: Mark, chamber: str) -> None:
        if self._settled():
            return
        self._reports.add(chamber)
        if len(self._reports) > 1 or self.unicameral:
            self._legislature(at)

    def enrolled(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        """Enrolling follows the last vote, which is the action that decided."""
        if self._settled() or self._rank() >= _RANK["passed_legislature"]:
            return
        if self.final is None:
            self._legislature(self._latest_passage() or at)

    def _legislature(self, at: Mark) -> None:
        if self.way in ("resolution", "both_chambers", "one_chamber"):
            self._adopt(at)
        else:
            self._go("passed_legislature", at)

    def _latest_passage(self) -> Mark | None:
        return max(self.passed.values(), key=lambda mark: mark.on or dt.date.min, default=None)

    def _remember(self) -> None:
        self._before_vote = _Vote(self.live, self.halt, self.final, dict(self.passed))

    def _settled(self) -> bool:
        return self.final is not None and self.final.stage != "adopted"

    def _adopt(self, at: Mark) -> None:
        self.halt = None
        self.live = Mark("passed_legislature", at.on, at.text)
        self.final = Mark("adopted", at.on, at.text)
