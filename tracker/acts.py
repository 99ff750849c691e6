"""The stage of what no legislature passes: guidance, local acts, ballot questions, court cases.

Their actions are either sentences of the editors' own file, from the short list here, or entries
of a court's docket (`tracker.docket_rules`). Any other sentence says nothing of a stage.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.docket_rules import standing_after
from tracker.model import Stage
from tracker.stage_core import ActionLike, Derived

# What an editor's file says of a measure, as an action of it. "Reported" stands before a sentence
# whose own day nobody stated: then its day is that of the source that told of it.
SENTENCES: dict[Stage, str] = {
    "introduced": "Introduced",
    "in_force": "In force",
    "enacted": "Adopted by voters",
    "dead": "Ended without effect",
    "rescinded": "Rescinded",
    "superseded": "Superseded",
    "expired": "Expired",
    "in_court": "Challenged in court",
    "enjoined": "Blocked by a court",
    "struck_down": "Struck down by a court",
}
ISSUED, FILED, DECIDED, REPORTED = "Issued", "Suit filed", "Decided", "Reported: "
_STAGES: dict[str, Stage] = {
    ISSUED: "in_force",
    FILED: "in_court",
    **{sentence: stage for stage, sentence in SENTENCES.items()},
    **{REPORTED + sentence.lower(): stage for stage, sentence in SENTENCES.items()},
}
LOCAL_KINDS = frozenset({"ordinance", "local_policy"})
ACT_KINDS = LOCAL_KINDS | {"guidance", "directive", "ballot_question", "court_ruling"}


def is_own_sentence(sentence: str) -> bool:
    """Whether a stage decided by this sentence was stated for the measure itself, and so may be
    corrected; else another measure brought it about."""
    return sentence in _STAGES


def stage_of_act(kind: str, actions: Sequence[ActionLike]) -> Derived | None:
    """The stage that the actions, oldest first, come to; None where none of them decides."""
    if kind not in ACT_KINDS:
        return None
    for action in reversed(actions):
        if action.text in _STAGES and action.text != FILED:
            return Derived(_STAGES[action.text], action.on, "n/a", action.text, 0)
    # That a suit was filed says little beside what its docket says of it.
    found = standing_after(one.text for one in actions) if kind == "court_ruling" else None
    if found is None:
        return None
    decided = actions[found.entry]
    return Derived(found.stage, decided.on, "n/a", decided.text, 0)
