"""The steps of a measure in words, and how much each of them matters."""

from __future__ import annotations

from typing import NamedTuple

from tracker.digest.parts import Group
from tracker.model import ORDER_KINDS
from tracker.words import GOVERNOR_ACTIONS, STAGES, label

DECISIVE = frozenset(
    {
        "enacted",
        "adopted",
        "vetoed",
        "in_force",
        "rescinded",
        "superseded",
        "expired",
        "enjoined",
        "struck_down",
    }
)
_STOPPED = frozenset({"enjoined", "struck_down"})
_STANDING = frozenset({"enacted", "in_force", "in_court"})
# Rungs of the ladder: a step down is told as a step back.
_RUNGS = (
    "introduced",
    "in_committee",
    "passed_committee",
    "passed_chamber",
    "passed_legislature",
    "to_governor",
)
_PASSED = frozenset(_RUNGS[3:])
_ENDED = frozenset({"dead", "carried_over"})
_SHORT = {
    "enacted": "enacted",
    "adopted": "adopted",
    "vetoed": "vetoed",
    "in_force": "in force",
    "rescinded": "rescinded",
    "superseded": "superseded",
    "expired": "expired",
    "enjoined": "blocked by a court",
    "struck_down": "struck down",
    "passed_chamber": "passed one chamber",
    "passed_legislature": "passed the legislature",
    "to_governor": "sent to the governor",
}
_SHORT_BY_GOVERNOR = {
    "signed": "signed",
    "unsigned": "law without signature",
    "overridden": "enacted over veto",
    "pocket_vetoed": "pocket-vetoed",
}
_BY_GOVERNOR = {"enacted": {"signed", "unsigned", "overridden"}, "vetoed": {"pocket_vetoed"}}


class Step(NamedTuple):
    """`headline` for the entry, `short` for a subject line, empty where it is not worth one."""

    group: Group
    headline: str
    short: str = ""


def step(old: str, new: str, governor_action: str, kind: str) -> Step:
    """The step from stage `old` ("" for a measure not known before) to `new`.

    `governor_action` is that of today and counts only where it agrees with `new`.
    """
    back = _step_back(old, new)
    if back:
        return back
    if new in DECISIVE or (new == "in_court" and old in _STOPPED):
        return Step("decisive", *_decided(old, new, governor_action, kind))
    if new in _PASSED:
        return Step("passed", label(STAGES, new), _SHORT[new])
    return Step("movement", label(STAGES, new))


def _decided(old: str, new: str, governor_action: str, kind: str) -> tuple[str, str]:
    if old in _STOPPED and new in _STANDING:
        return "In force again", "in force again"
    if governor_action in _BY_GOVERNOR.get(new, ()):
        return label(GOVERNOR_ACTIONS, governor_action), _SHORT_BY_GOVERNOR[governor_action]
    if new == "in_force" and kind in ORDER_KINDS and old in {"", "unknown"}:
        return "Issued", "issued"
    return label(STAGES, new), _SHORT[new]


def _step_back(old: str, new: str) -> Step | None:
    """What was decided and is no longer is a correction of what was told before."""
    if not old or old == "unknown":
        return None
    told = (
        f"{label(STAGES, old)} before, now {label(STAGES, new)[0].lower()}{label(STAGES, new)[1:]}"
    )
    if new == "unknown":
        return Step("record", f"Stage no longer clear from the record; {label(STAGES, old)} before")
    if old in DECISIVE and (new in _RUNGS or (new in _ENDED and old != "vetoed")):
        return Step("record", f"Correction: {told}")
    if old in _RUNGS and new in _RUNGS and _RUNGS.index(new) < _RUNGS.index(old):
        return Step("movement", f"Moved back: {told}")
    return None
