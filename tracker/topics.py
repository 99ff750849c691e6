"""What a topic file says, and the cheap test it gives on a title and abstract.

A topic file is YAML that an editor can read (`db/topics/*.yaml`). Everything in it is checked when
it is loaded: an unknown key, a phrase or condition that is not in the notation, a group that is
not defined are errors that name the file and the place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tracker.classify_data import (
    Screen,
    TopicData,
    TopicFileError,
    read_topic_data,
)
from tracker.classify_groups import Groups, automaton, lowered
from tracker.classify_phrases import PhraseError
from tracker.classify_rules import (
    ConditionError,
    Field,
    Span,
    When,
    Window,
    first_fitting,
    parse_when,
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


class Judged(NamedTuple):
    """A passage and what it says of scope; None where it says nothing."""

    window: Window
    verdict: Verdict | None


# What letters tell: that a text is worth reading, that a title is, that a title may be a caption.
_TELLING, _TELLING_TITLE, _CAPTION = 1, 2, 4
_BARE_ICE = re.compile(r"(?<!\w)ICE(?!\w)")


class TopicFile:
    """One topic, ready to be asked. `groups` are the compiled phrase groups by name."""

    def __init__(self, data: TopicData) -> None:
        self.name = data.name
        self.version = data.version
        self.examples = data.examples
        exact = [text[1:] for text in data.prefilter if text.startswith("=")]
        self._letters = automaton(_letters(data))
        self._exact = tuple(
            (text, re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")) for text in exact
        )
        self.anchors = tuple(data.anchors)
        self._captions = Captions(data.captions)
        self.groups = Groups(data.groups, data.absorbed)
        self._verbs = _known(data.verbs, self.groups)
        self._traps = Groups({trap: [trap] for trap in data.traps})
        self._capitals = Groups({"capitals": data.capitals})
        self.scope_rules = tuple((rule, self._when(rule.rule, rule.when)) for rule in data.scope)
        self.stance_rules = tuple((rule, self._when(rule.rule, rule.when)) for rule in data.stance)
        self.topic_rules = {
            topic: tuple((topic, self._when(topic, text.split(" & "))) for text in texts)
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

    def _when(self, name: str, texts: Iterable[str]) -> When:
        try:
            return parse_when(texts, self.groups, self._verbs)
        except ConditionError as error:
            raise ConditionError(f"{name}: {error}") from error

    def screen(self, title: str, abstract: str = "") -> Screen:
        """Whether a listed measure is on topic, off it, or has to be read first."""
        seen = self._look(f"{title} {abstract}", len(title))
        if seen != _TELLING:
            wide = seen == _CAPTION and len(abstract) < TELLING_ABSTRACT
            return "text" if wide and self._captions.names(title) else "no"
        verdict = self.judge_listing(title, abstract)
        if verdict is None:
            return "no"
        return "text" if verdict.scope == "text" else "yes"

    def _look(self, text: str, title: int = 0) -> int:
        """The most telling letters of a text whose first `title` characters are a title."""
        seen = 0
        for end, kind in self._letters.iter(lowered(text)):
            if kind & _TELLING or (kind & _TELLING_TITLE and end < title):
                return _TELLING
            if end < title:
                seen = _CAPTION
        # Faster than any(): this runs on every listing of every state.
        for word, found in self._exact:
            if word in text and found.search(text):
                return _TELLING
        return seen

    def judge_listing(self, title: str, abstract: str = "") -> Verdict | None:
        """The strongest verdict of title and abstract; None where neither says anything."""
        return self.verdict(self.judged(title, abstract), title, abstract)

    def judged(self, title: str, abstract: str = "") -> list[Judged]:
        """The passages of title and abstract, each with what it says of scope."""
        windows = self.windows(title, "title")
        if abstract != title:
            windows += self._abstract_windows(abstract)
        return [Judged(window, self.judge(window)) for window in windows]

    def verdict(self, judged: Sequence[Judged], title: str, abstract: str) -> Verdict | None:
        """The strongest of the verdicts on a title and abstract, or that of a wide caption."""
        found = [verdict for _, verdict in judged if verdict is not None]
        best = max(found, key=lambda one: (_RANK[one.scope], one.sure), default=None)
        telling = abstract != title and len(abstract) >= TELLING_ABSTRACT
        if best is not None and not (best.scope == "text" and telling):
            return best
        if not telling and self._captions.names(title):
            return Verdict(
                "text", 0.5, "caption", Window(title, self.groups, "title"), (0, len(title))
            )
        return None

    def _abstract_windows(self, abstract: str) -> list[Window]:
        """The passages of a digest that say what the measure does, not what the law is today."""
        windows = self.windows(abstract, "abstract")
        if "bill would" in abstract and self.groups.search("existing_law", abstract):
            return [window for window in windows if window.hits("this_bill")]
        return [window for window in windows if not self._is_existing_law(window)]

    def _is_existing_law(self, window: Window) -> bool:
        hits = window.hits("existing_law")
        return bool(hits) and not window.text[: hits[0][0]].strip(" ()0123456789")

    def judge(self, window: Window) -> Verdict | None:
        """The first scope rule that fits the window."""
        found = first_fitting(self.scope_rules, window)
        if found is None:
            return None
        rule, span = found
        return Verdict(rule.gives, rule.sure, rule.rule, window, span, rule.direction, rule.local)

    def windows(self, text: str, field: Field) -> list[Window]:
        """The passages of a field, traps blanked; a title of usual length is kept in one."""
        masked = self.mask(text)
        one = field == "title" and len(text) <= AS_ONE
        spans = [(0, len(masked))] if one else clauses(masked)
        return [
            Window(masked[a:b], self.groups, field, a)
            for a, b in spans
            if self._look(masked[a:b], b - a if field == "title" else 0) == _TELLING
        ]

    def mask(self, text: str) -> str:
        """The text with traps blanked out; its length stays, so offsets stay true."""
        low = lowered(text)
        spans = [
            match.span()
            for trap in self._traps.among(low)
            for match in self._traps.patterns[trap].finditer(low)
        ]
        text = _blanked(text, spans)
        if "ICE" in text and text.isupper():
            named = self._capitals.patterns["capitals"].finditer(self._capitals.fold(text))
            kept = [match.span() for match in named]
            bare = [match.span() for match in _BARE_ICE.finditer(text)]
            text = _blanked(text, [s for s in bare if not any(a <= s[0] < b for a, b in kept)])
        return text


def _blanked(text: str, spans: Iterable[Span]) -> str:
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            parts += [text[at:start], " " * (end - max(start, at))]
            at = end
    return "".join(parts) + text[at:]


def _letters(data: TopicData) -> dict[str, int]:
    """The strings that are looked for in a listing, in lower case, and what each tells."""
    kinds: dict[str, int] = defaultdict(int)
    for kind, texts in (
        (_TELLING, [text for text in data.prefilter if not text.startswith("=")]),
        (_TELLING_TITLE, data.prefilter_titles),
        (_CAPTION, data.captions),
    ):
        for text in texts:
            kinds[text] |= kind
    return kinds


def _known(verbs: list[str], groups: Groups) -> tuple[str, ...]:
    unknown = set(verbs) - set(groups.bits)
    if unknown:
        raise ConditionError(f"verbs: no group is named {min(unknown)!r}")
    return tuple(verbs)


@cache
def shipped_topics() -> TopicFile:
    """The topic file that comes with the product."""
    return TopicFile.load(shipped("db") / "topics" / "ice-cooperation.yaml")
