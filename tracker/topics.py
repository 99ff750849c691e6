"""What a topic file says, and the cheap test it gives on a title and abstract.

A topic file is YAML that an editor can read (`db/topics/*.yaml`). Everything in it is checked when
it is loaded: an unknown key, a phrase or condition that is not in the notation, a group that is
not defined are errors that name the file and the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tracker.classify_data import (
    Screen,
    TopicData,
    TopicFileError,
    read_topic_data,
)
from tracker.classify_phrases import PhraseError, compile_group
from tracker.classify_rules import (
    Condition,
    ConditionError,
    Field,
    Span,
    Window,
    evidence_span,
    parse_condition,
)
from tracker.classify_titles import AS_ONE, Captions, clauses
from tracker.model import Direction, Scope
from tracker.paths import shipped

TELLING_ABSTRACT = 120
_RANK = {"core": 3, "related": 2, "text": 1, "none": 0}


class Verdict(NamedTuple):
    """What one passage says: `span` is the deciding stretch, counted within the window."""

    scope: Scope
    sure: float
    rule: str
    window: Window
    span: Span
    direction: Direction = "unknown"
    local: bool = False


Conditions = tuple[Condition, ...]


_BARE_ICE = re.compile(r"(?<!\w)ICE(?!\w)")


class TopicFile:
    """One topic, ready to be asked. `groups` are the compiled phrase groups by name."""

    def __init__(self, data: TopicData) -> None:
        self.name = data.name
        self.version = data.version
        self.examples = data.examples
        exact = [text[1:] for text in data.prefilter if text.startswith("=")]
        self._letters = tuple(text for text in data.prefilter if not text.startswith("="))
        self._title_letters = tuple(data.prefilter_titles)
        self._exact = tuple(
            (text, re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")) for text in exact
        )
        self.anchors = tuple(data.anchors)
        self._captions = Captions(data.captions)
        self.groups = _compile_groups(data.groups)
        self._verbs = _known(data.verbs, self.groups)
        self._traps = compile_group(data.traps, {})[1]
        self._capitals = compile_group(data.capitals, {})[1]
        self.scope_rules = tuple((rule, self._when(rule.rule, rule.when)) for rule in data.scope)
        self.stance_rules = tuple((rule, self._when(rule.rule, rule.when)) for rule in data.stance)
        self.topic_rules = {
            topic: tuple(self._when(topic, text.split(" & ")) for text in texts)
            for topic, texts in data.topics.items()
        }

    @classmethod
    def load(cls, path: Path) -> TopicFile:
        """Raises TopicFileError where the file is missing, not YAML or not a topic file."""
        data = read_topic_data(path)
        try:
            return cls(data)
        except (PhraseError, ConditionError) as error:
            raise TopicFileError(f"{path}: {error}. Correct it and load the file again.") from error

    def _when(self, name: str, texts: Iterable[str]) -> Conditions:
        try:
            return tuple(parse_condition(text, self.groups, self._verbs) for text in texts)
        except ConditionError as error:
            raise ConditionError(f"{name}: {error}") from error

    def screen(self, title: str, abstract: str = "") -> Screen:
        """Whether a listed measure is on topic, off it, or has to be read first."""
        if not (self._may_match(f"{title} {abstract}") or self._title_may_match(title)):
            telling = len(abstract) >= TELLING_ABSTRACT
            return "text" if not telling and self._captions.names(title) else "no"
        verdict = self.judge_listing(title, abstract)
        if verdict is None:
            return "no"
        return "text" if verdict.scope == "text" else "yes"

    def _may_match(self, text: str) -> bool:
        if _holds(text.lower(), self._letters):
            return True
        return any(word in text and bool(found.search(text)) for word, found in self._exact)

    def _title_may_match(self, title: str) -> bool:
        return _holds(title.lower(), self._title_letters)

    def judge_listing(self, title: str, abstract: str = "") -> Verdict | None:
        """The strongest verdict of title and abstract; None where neither says anything."""
        abstract = "" if abstract == title else abstract
        best = strongest(
            [self.judge(window) for window in self.windows(title, "title")]
            + [self.judge(window) for window in self.abstract_windows(abstract)]
        )
        telling = len(abstract) >= TELLING_ABSTRACT
        if best is not None and not (best.scope == "text" and telling):
            return best
        if not telling and self._captions.names(title):
            return Verdict(
                "text", 0.5, "caption", Window(title, self.groups, "title"), (0, len(title))
            )
        return None

    def abstract_windows(self, abstract: str) -> list[Window]:
        """The passages of a digest that say what the measure does, not what the law is today."""
        windows = self.windows(abstract, "abstract")
        if self.groups["existing_law"].search(abstract) and "bill would" in abstract:
            return [window for window in windows if window.hits("this_bill")]
        return [window for window in windows if not self._is_existing_law(window)]

    def _is_existing_law(self, window: Window) -> bool:
        hits = window.hits("existing_law")
        return bool(hits) and not window.text[: hits[0][0]].strip(" ()0123456789")

    def judge(self, window: Window) -> Verdict | None:
        """The first scope rule that fits the window."""
        for rule, conditions in self.scope_rules:
            span = evidence_span(conditions, window)
            if span is not None:
                return Verdict(
                    rule.gives, rule.sure, rule.rule, window, span, rule.direction, rule.local
                )
        return None

    def windows(self, text: str, field: Field) -> list[Window]:
        """The passages of a field, traps blanked; a title of usual length is kept in one."""
        masked = self.mask(text)
        one = field == "title" and len(text) <= AS_ONE
        spans = [(0, len(masked))] if one else clauses(masked)
        return [
            Window(masked[a:b], self.groups, field, a)
            for a, b in spans
            if self._may_match(masked[a:b])
            or (field == "title" and self._title_may_match(masked[a:b]))
        ]

    def mask(self, text: str) -> str:
        """The text with traps blanked out; its length stays, so offsets stay true."""
        masked = self._traps.sub(_blank, text)
        if "ICE" in masked and masked.isupper():
            named = [match.span() for match in self._capitals.finditer(masked)]
            masked = _BARE_ICE.sub(
                lambda m: m[0] if any(a <= m.start() < b for a, b in named) else "   ", masked
            )
        return masked


def _holds(low: str, some: tuple[str, ...]) -> bool:
    # Faster than any(): this runs on every listing of every state.
    for letters in some:  # noqa: SIM110
        if letters in low:
            return True
    return False


def strongest(verdicts: list[Verdict | None]) -> Verdict | None:
    found = [verdict for verdict in verdicts if verdict is not None]
    return max(found, key=lambda verdict: (_RANK[verdict.scope], verdict.sure), default=None)


def _known(verbs: list[str], groups: Mapping[str, re.Pattern[str]]) -> tuple[str, ...]:
    unknown = set(verbs) - set(groups)
    if unknown:
        raise ConditionError(f"verbs: no group is named {min(unknown)!r}")
    return tuple(verbs)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _compile_groups(groups: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    sources: dict[str, str] = {}
    patterns: dict[str, re.Pattern[str]] = {}
    for name, phrases in groups.items():
        try:
            sources[name], patterns[name] = compile_group(phrases, sources)
        except PhraseError as error:
            raise PhraseError(f"groups.{name}: {error}") from error
    return patterns


@cache
def shipped_topics() -> TopicFile:
    """The topic file that comes with the product."""
    return TopicFile.load(shipped("db") / "topics" / "ice-cooperation.yaml")
