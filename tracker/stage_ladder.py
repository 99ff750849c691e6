"""What each meaning does to the stage reached so far: the governor, stops, the table of steps.

The rules are those of the status ladder in docs/method.md: the newest deciding action wins, a
veto stands until it is overridden, a line that only proves law never overwrites how it became
law.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tracker.model import GovernorAction, Stage
from tracker.stage_climb import Climb, Mark, later
from tracker.stage_rules import Meaning


class Ladder(Climb):
    def step(self, meaning: Meaning, on: dt.date, text: str, chamber: str) -> None:
        handler = _STEPS.get(meaning.name)
        if self._sent_back and meaning.name in _FROM_THE_START:
            self._start_again(Mark("in_committee", on, text))
        if handler:
            handler(self, meaning, Mark(self.live.stage, on, text), meaning.by or chamber)

    def _start_again(self, at: Mark) -> None:
        """A bill sent back to its own chamber must pass it once more."""
        self._sent_back = False
        self.halt = None
        self.passed.clear()
        self.live = at

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
        if self._sustained and self.final and self.final.stage == "vetoed":
            return  # what is filed then is the vetoed bill
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
        self.final, self._sustained = None, False
        self._law(meaning, at, "overridden")

    def chamber_overrides(self, meaning: Meaning, at: Mark, chamber: str) -> None:
        self._overrides.add(chamber)
        vetoed = self.final is not None and self.final.stage == "vetoed"
        if vetoed and (len(self._overrides) > 1 or self.unicameral):
            self.overridden(meaning, at, chamber)

    def sustained(self, meaning: Meaning, at: Mark, chamber: str) -> None:
        """Proves the veto where the record has no line of its own for it."""
        self._overrides.clear()
        self._sustained = True
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
        if self.final is None and (dead is None or later(at, dead)):
            self.halt = at._replace(stage="dead")

    def lapsed(self, meaning: Meaning, at: Mark, chamber: str) -> None:
        self.stopped(meaning, at, chamber)
        self._sent_back = self.final is None

    def returned(self, _meaning: Meaning, _at: Mark, _chamber: str) -> None:
        self._sent_back = self.final is None

    def carried(self, _meaning: Meaning, at: Mark, _chamber: str) -> None:
        if self.final is None:
            self.halt = at._replace(stage="carried_over")

    def revived(self, _meaning: Meaning, _at: Mark, _chamber: str) -> None:
        self.halt = None


_FROM_THE_START = frozenset({"referred", "committee_hearing", "reported", "floor"}) | frozenset(
    {"passed_chamber", "passed_amended", "resolution_adopted"}
)

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
    "returned": Ladder.returned,
    "carried_over": Ladder.carried,
    "revived": Ladder.revived,
}
"""Meanings that move nothing have no step: tabled, committee_failed, effective, ignore, unknown."""
