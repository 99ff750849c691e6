"""Passages read by the stance rules, and the verdict their weights give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.classify_data import StanceRule
from tracker.classify_quotes import is_operative, quoted
from tracker.classify_rules import Window, first_fitting
from tracker.classify_text import passages
from tracker.model import Direction, Evidence, Stance
from tracker.topics import Judged, TopicFile

# Where several stances have weight, the first in this order is kept (method.md, "Several at once").
ORDER: tuple[Stance, ...] = (
    "bans_agreements",
    "mandates_cooperation",
    "limits_cooperation",
    "permits_or_funds_cooperation",
)
_TITLE_WEIGHT = 1.5
# A stance counts if it has this share of the weight of the heaviest of its direction.
_SHARE = 0.34
_MIXED_SHARE = 0.35


class Signal(NamedTuple):
    """One passage that a stance rule fits; `is_local` if it speaks of states and localities."""

    rule: StanceRule
    weight: float
    is_local: bool
    window: Window
    evidence: Evidence

    @property
    def is_verbal(self) -> bool:
        """Whether a verb and its object were read, not only what the passage is about."""
        return not self.rule.rule.startswith("about-")

    @property
    def is_deed(self) -> bool:
        """Whether its words are a sentence of law and no heading, or say what a measure does."""
        operative = self.window.field != "text" or is_operative(self.evidence.quote)
        return self.is_verbal and operative


class Reading(NamedTuple):
    """What all signals of a measure (or of one of its fields) say together."""

    stance: Stance
    direction: Direction
    mixed: bool
    sure: float
    weight: float
    leading: Signal | None
    signals: tuple[Signal, ...]


NOTHING = Reading(
    stance="unknown",
    direction="unknown",
    mixed=False,
    sure=0.0,
    weight=0.0,
    leading=None,
    signals=(),
)


def listing_signals(
    topic: TopicFile, judged: Iterable[Judged], title: str, abstract: str
) -> list[Signal]:
    found = []
    for one in judged:
        if one.window.field == "title":
            found += _signals(topic, one, title, factor=_TITLE_WEIGHT)
        else:
            found += _signals(topic, one, abstract)
    return found


def text_signals(topic: TopicFile, text: str, version: str) -> list[Signal]:
    found = []
    for window in text_windows(topic, text):
        found += _signals(topic, Judged(window, topic.judge(window)), text, version)
    return found


def text_windows(topic: TopicFile, text: str) -> Iterator[Window]:
    """The operative passages; definitions, findings and recitals are passed over."""
    masked = topic.mask(text)
    for passage in passages(masked, topic.anchors):
        start, end = passage.span
        head = masked[passage.head[0] : passage.head[1]] + " : " if passage.head else ""
        words = head + masked[start:end]
        window = Window(words, topic.groups, "text", start - len(head), len(head))
        if not window.hits("not_operative"):
            yield window


def _signals(
    topic: TopicFile, judged: Judged, text: str, version: str = "", factor: float = 1.0
) -> list[Signal]:
    window, verdict = judged
    if verdict is None or verdict.scope != "core":
        return []
    found = first_fitting(topic.stance_rules, window)
    if found is None:
        return []
    rule, span = found
    is_local = verdict.local or bool(window.hits("local"))
    return [
        Signal(rule, factor * rule.weight, is_local, window, quoted(window, span, text, version))
    ]


def weigh(signals: Sequence[Signal]) -> Reading:
    sided = [signal for signal in signals if signal.rule.stance != "unknown"]
    if not sided:
        return _undecided(signals)
    weights: dict[Stance, float] = defaultdict(float)
    by_direction: dict[Direction, float] = defaultdict(float)
    for signal in sided:
        weights[signal.rule.stance] += signal.weight
        by_direction[signal.rule.direction] += signal.weight
    direction = max(by_direction, key=lambda name: (by_direction[name], name))
    side = {s.rule.stance: weights[s.rule.stance] for s in sided if s.rule.direction == direction}
    counting = [s for s in ORDER if side.get(s, 0) >= _SHARE * max(side.values())]
    leading = max(
        (s for s in sided if s.rule.stance == counting[0]), key=lambda s: (s.weight, s.rule.sure)
    )
    total = sum(by_direction.values())
    share = by_direction[direction] / total
    mixed = len(counting) > 1 or 1 - share >= _MIXED_SHARE * share
    sure = leading.rule.sure * share
    return Reading(counting[0], direction, mixed, sure, total, leading, tuple(signals))


def _undecided(signals: Sequence[Signal]) -> Reading:
    """Passages that tell what the measure is about, and not what it does."""
    if not signals:
        return NOTHING
    leading = max(signals, key=lambda signal: signal.rule.sure)
    return NOTHING._replace(sure=leading.rule.sure, leading=leading, signals=tuple(signals))
