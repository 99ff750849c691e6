"""The climb of one measure: what each meaning does to the stage reached so far.

`live` is the step reached among those that lead to the governor. `halt` is a stop (dead,
carried over) that any later step forward lifts. `final` is law, adoption or veto. The rules are
those of the status ladder in docs/method.md: the newest deciding action wins, a veto stands
until it is overridden, a line that only proves law never overwrites how it became law.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
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


def _later(one: Mark, other: Mark) -> bool:
    return (one.on or dt.date.min) > (other.on or dt.date.min)


class _Vote(NamedTuple):
    """What stood before a vote, to go back to when it is reconsidered."""

    live: Mark
    halt: Mark | None
    final: Mark | None
    passed: dict[str, Mark]


class Ladder:
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
        self._before_vote: _Vote | None = None

    @property
    def mark(self) -> Mark:
        return self.final or self.halt or self.live

    def step(self, meaning: Meaning, on: dt.date, text: str, chamber: str) -> None:
        handler = _STEPS.get(meaning.name)
        if handler:
            handler(self, meaning, Mark(self.live.stage, on, text), meaning.by or chamber)

    # Steps before the governor

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
        if self.final or (self.halt and not _later(at, self.halt)):
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
        elif self.way != "bill":  # what a bill's history adopts is an amendment or a report
            self.passage(meaning, at, chamber)

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

    # The governor

    def to_governor(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        if not self._settled() and self.governor not in ("signed", "unsigned", "vetoed"):
            self._go("to_governor", at)
            self.governor = "pending"

    def amended(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        if not self._settled():
            self._go("to_governor", at)
            self.governor = "amended"

    def signed(self, meaning: Meaning, at: Mark, _chamber: str) -> None:
        self._law(meaning, at, "signed")

    def unsigned(self, meaning: Meaning, at: Mark, _chamber: str) -> None:
        self._law(meaning, at, "unsigned")

    def became_law(self, meaning: Meaning, at: Mark, _chamber: str) -> None:
        """Weak by nature: a chapter number of an amendment that the voters must still adopt."""
        if self.way == "constitutional":
            return
        how = self.governor
        if how not in ("signed", "unsigned", "overridden"):
            presented = "unknown" if how == "pending" else meaning.governor or "unknown"
            how = "overridden" if self._overrides else presented
        self._law(meaning._replace(weak=True, governor=""), at, how)

    def review(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        """An act of the District that Congress may still undo is not law yet."""
        if self.final and self.final.stage == "enacted":
            self.final = None
            self.live = at._replace(stage="to_governor")

    def partial_veto(self, meaning: Meaning, at: Mark, _chamber: str) -> None:
        """The rest is law; a line of its own for the signature gives the day."""
        self._law(meaning._replace(weak=True), at, "signed")

    def overridden(self, meaning: Meaning, at: Mark, _chamber: str) -> None:
        self.final = None
        self._law(meaning, at, "overridden")

    def chamber_overrides(self, meaning: Meaning, at: Mark, chamber: str) -> None:
        self._overrides.add(chamber)
        vetoed = self.final is not None and self.final.stage == "vetoed"
        if vetoed and (len(self._overrides) > 1 or self.unicameral):
            self.overridden(meaning, at, chamber)

    def sustained(self, meaning: Meaning, at: Mark, chamber: str) -> None:
        """Proves the veto where the record has no line of its own for it."""
        self._overrides.clear()
        if self.final is None:
            self.vetoed(meaning, at, chamber)

    def vetoed(self, meaning: Meaning, at: Mark, _chamber: str) -> None:
        """Georgia dates the governor's act on the same day with the words of a signature."""
        if self.final and (self.final.stage == "vetoed" or self.governor == "overridden"):
            return
        self.halt = None
        self.final = at._replace(stage="vetoed")
        self.governor = meaning.governor or "vetoed"

    def _law(self, meaning: Meaning, at: Mark, how: GovernorAction) -> None:
        """A stronger line replaces a weaker one; of two strong ones the first stands.

        A resolution that the governor signs is adopted; where the letters of its number do not
        tell it from an act (South Carolina), enacted.
        """
        stage: Stage = "enacted" if self.way in ("bill", "resolution") else "adopted"
        known = self.final is not None and self.final.stage == stage
        if known and (meaning.weak or not (self._weak_law or stage == "adopted")):
            return
        if self.final and self.final.stage == "vetoed" and self.final.on == at.on:
            return
        self.halt = None
        self.final = Mark(stage, at.on, at.text)
        self.governor = meaning.governor or how
        self._weak_law = meaning.weak

    # Stops

    def stopped(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        """The latest line decides: a cut-off first, the clerk's return of the bill after it."""
        dead = self.halt if self.halt and self.halt.stage == "dead" else None
        if self.final is None and (dead is None or _later(at, dead)):
            self.halt = at._replace(stage="dead")

    def lapsed(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        if self.final is None:
            self.halt = Mark("dead", at.on, at.text)
            self.passed.clear()
            self.live = Mark("introduced", at.on, at.text)

    def carried(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        if self.final is None:
            self.halt = at._replace(stage="carried_over")

    def revived(self, _meaning: Meaning, _at: Mark, _chamber: str) -> None:
        self.halt = None


_STEPS: dict[str, Callable[[Ladder, Meaning, Mark, str], None]] = {
    "introduced": Ladder.introduced,
    "referred": Ladder.referred,
    "recommitted": Ladder.recommitted,
    "committee_hearing": Ladder.hearing,
    "reported": Ladder.reported,
    "floor": Ladder.floor,
    "passed_chamber": Ladder.passage,
    "passed_amended": Ladder.passage,
    "failed_chamber": Ladder.failed,
    "reconsidered": Ladder.reconsidered,
    "concurred": Ladder.concurred,
    "conference": Ladder.conference,
    "conference_adopted": Ladder.conference_adopted,
    "enrolled": Ladder.enrolled,
    "to_governor": Ladder.to_governor,
    "signed": Ladder.signed,
    "amended": Ladder.amended,
    "vetoed": Ladder.vetoed,
    "partial_veto": Ladder.partial_veto,
    "chamber_overrides": Ladder.chamber_overrides,
    "veto_overridden": Ladder.overridden,
    "veto_sustained": Ladder.sustained,
    "became_law_unsigned": Ladder.unsigned,
    "became_law": Ladder.became_law,
    "congressional_review": Ladder.review,
    "resolution_adopted": Ladder.resolution,
    "died": Ladder.stopped,
    "withdrawn": Ladder.stopped,
    "substituted": Ladder.stopped,
    "lapsed": Ladder.lapsed,
    "carried_over": Ladder.carried,
    "revived": Ladder.revived,
}
"""Meanings that move nothing have no step: tabled, committee_failed, effective, ignore, unknown."""
