"""Titles and digests taken apart: into clauses, and into the subject that a caption names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.classify_rules import Span

# A title up to this length is read in one; its parts explain each other.
AS_ONE = 500

# A new sentence, or the next clause of a digest; not the dots of "U.S. Immigration".
_VERB = (
    r"(?:require|prohibit|authoriz|allow|permit|provid|creat|establish|limit|restrict|repeal|"
    r"declar|expand|specify|eliminat|prevent|impos|mak|defin|direct)[a-z]{0,4}"
)
_CLAUSE_END = re.compile(
    rf"(?<!\b[A-Z])[.;]\s+(?=\S)|;|\n\s*\n|,\s+(?:and\s+)?(?=(?:to\s+)?{_VERB}\b(?!,| or\b))",
    re.IGNORECASE,
)
_LEADS = ("relating to ", "relates to ", "related to ", "concerning ", "relative to ", "revise ")
_TAIL = re.compile(
    r"(?:[;,] (?:and )?(?:declaring|prescribing|providing|creating|making|to declare)\b.*|"
    r" laws?|\s*\((?:FE|SE)\)|[.;: ]+)+$",
    re.IGNORECASE | re.DOTALL,
)


class Captions:
    """Subjects so wide that a title naming one decides nothing."""

    def __init__(self, subjects: Iterable[str]) -> None:
        self._subjects = frozenset(subjects)
        self._starts = tuple(self._subjects)

    def names(self, title: str) -> bool:
        """Whether the title only names such a subject."""
        if len(title) > AS_ONE:
            return False
        subject = _subject(title)
        if not subject.startswith(self._starts):  # spares most titles the pattern below
            return False
        return not self._subjects.isdisjoint({subject.strip(" .;:"), _TAIL.sub("", subject)})


def clauses(text: str) -> list[Span]:
    """Where each non-empty clause of the text begins and ends."""
    spans, start = [], 0
    for match in _CLAUSE_END.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _subject(title: str) -> str:
    """What an official caption names: the words after the last "relating to" or its like."""
    low = title.strip().lower()
    for lead in _LEADS:
        _, found, after = low.rpartition(lead)
        low = after if found else low
    return low.removeprefix("the ")
