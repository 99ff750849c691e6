"""What a measure's page shows beside the stored facts: its track, and evidence in its context."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from tracker.acts import LOCAL_KINDS
from tracker.model import ORDER_KINDS, STAGES, Evidence
from tracker.readers.measures import MeasureRow
from tracker.words import GOVERNOR_ACTIONS
from tracker.words import STAGES as LABELS

_LADDER = STAGES[: STAGES.index("enacted") + 1]
_RESOLVED = ("introduced", "in_committee", "passed_committee", "passed_chamber", "adopted")
_AFTER_LAW = frozenset(
    {"in_court", "enjoined", "struck_down", "rescinded", "superseded", "expired"}
)
# What no legislature passes has no ladder: it begins so, and then is what it is now.
_BEGUN = {
    **dict.fromkeys(ORDER_KINDS | LOCAL_KINDS, "in_force"),
    "court_ruling": "in_court",
    "ballot_question": "introduced",
}
_CONTEXT = 240


class Step(NamedTuple):
    """`state` is `done`, `now` (the stage it has reached), or `ahead`."""

    label: str
    state: Literal["done", "now", "ahead"]


class Quote(NamedTuple):
    """Evidence within its surroundings; `before` and `after` are empty where the text is not kept."""

    before: str
    quote: str
    after: str
    field: str
    version: str


def track(kind: str, stage: str, been: Collection[str] = ()) -> list[Step]:
    """The way a measure goes and how far it is; empty while the stage is unknown.

    `been` are stages it is known to have had, for those that died or rest.
    """
    if stage == "unknown":
        return []
    if begun := _BEGUN.get(kind):
        return _steps([begun] if stage == begun else [begun, stage], stage)
    if stage in _LADDER:
        return _steps(_LADDER, stage)
    if stage == "adopted":
        return _steps(_RESOLVED, stage)
    if stage in _AFTER_LAW:
        return _steps([*_LADDER, stage], stage)
    if stage == "vetoed":
        return _steps([*_LADDER[:-1], stage], stage)
    reached = [step for step in _LADDER if step in been] or ["introduced"]
    return _steps([*_LADDER[: _LADDER.index(reached[-1]) + 1], stage], stage)


def _steps(ladder: Collection[str], stage: str) -> list[Step]:
    order = list(ladder)
    at = order.index(stage)
    return [
        Step(LABELS[step], "done" if number < at else "now" if number == at else "ahead")
        for number, step in enumerate(order)
    ]


def governor(one: MeasureRow) -> str:
    """What the governor did, in words; "" where there is nothing to say."""
    return (
        "" if one.governor_action in {"n/a", "unknown"} else GOVERNOR_ACTIONS[one.governor_action]
    )


def quotes(one: MeasureRow, texts: Mapping[str, str]) -> list[Quote]:
    return [_quote(evidence, _source(one, evidence, texts)) for evidence in one.evidence]


def _source(one: MeasureRow, evidence: Evidence, texts: Mapping[str, str]) -> str:
    if evidence.field == "text":
        return texts.get(evidence.version, "")
    return one.title if evidence.field == "title" else one.abstract


def _quote(evidence: Evidence, text: str) -> Quote:
    end = evidence.start + len(evidence.quote)
    if text[evidence.start : end] != evidence.quote:
        return Quote("", evidence.quote, "", evidence.field, evidence.version)
    before, after = text[max(0, evidence.start - _CONTEXT) : evidence.start], text[end:]
    return Quote(
        _from_word(before, cut=evidence.start > _CONTEXT),
        evidence.quote,
        _to_word(after[:_CONTEXT], cut=len(after) > _CONTEXT),
        evidence.field,
        evidence.version,
    )


def _from_word(text: str, *, cut: bool) -> str:
    return "… " + text.partition(" ")[2] if cut else text


def _to_word(text: str, *, cut: bool) -> str:
    return text.rpartition(" ")[0] + " …" if cut else text
