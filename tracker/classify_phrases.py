"""The phrase notation of topic files, turned into regular expressions that can't run away.

A phrase is words between single spaces; case is ignored and words may be parted by any white
space, a hyphen or the line number of a printed bill. Patterns are in lower case and are tried on
text in lower case (`Groups.fold`), which is several times faster than ignoring case. Beyond plain
words there is

* ``cooperat*``     a word that begins so
* ``city/cities``   one of these
* ``federal?``      may be missing
* ``...``           up to six words of any kind; ``....`` up to fourteen; ``.....`` up to thirty,
                      in one sentence and without another "shall", "may" or "must"
* ``{agency}``      a phrase of that group, which must be defined above
* ``=ICE``          this word exactly in this case (then it is never found by ``ice``)
* ``-federal law``  not after this word (only at the beginning, and once for each such word)
* ``no ^later/more`` none of these comes next
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

# Between two words of one phrase: white space or a hyphen, and the number of a printed line.
_GAP = r"[\s\-\u2010-\u2015]{1,12}(?:\d{1,2}\s{1,8})?"
_ANY_WORD = rf"(?:[^\s\-\u2010-\u2015;]{{1,40}}{_GAP})"
# A word of the same clause: no other modal verb, and no end of a sentence ("U.S." is none).
_CLAUSE_WORD = (
    r"(?:(?!(?:shall|may|must)\b)(?:[^\s\-\u2010-\u2015;:]{0,39}[^\s\-\u2010-\u2015;:.]|\w\.\w\.)"
    rf"{_GAP})"
)
_ANY_WORDS = {
    "...": f"{_ANY_WORD}{{0,6}}?",
    "....": f"{_ANY_WORD}{{0,14}}?",
    ".....": f"{_CLAUSE_WORD}{{0,30}}?",
}
_HYPHEN = r"[\s\-\u2010-\u2015]?"
_WORD = re.compile(r"[\w()&.'’§*\-]+")
# The marks within a word that may be written otherwise, or not at all.
_LOOSE = re.compile(r"[-'’]")
_GROUP = re.compile(r"\{([a-z0-9_]+)\}")
_MAX_PHRASE = 400
_EVERYWHERE = frozenset({"immigration", "enforcement", "federal", "state"})


class PhraseError(ValueError):
    """A phrase is not in the notation; the message names the phrase and the part."""


class Compiled(NamedTuple):
    """A group of phrases. A folded text with any of them has one of `telling`."""

    source: str
    pattern: re.Pattern[str]
    telling: frozenset[str]


class _Part(NamedTuple):
    """Of a phrase: its pattern, the strings of which one must be there, and what it is."""

    pattern: str
    kind: Literal["word", "maybe", "gap", "guard"]
    telling: frozenset[str] = frozenset()


def compile_group(phrases: Iterable[str], groups: Mapping[str, Compiled]) -> Compiled:
    """What finds any of these phrases as whole words; `groups` are those `{name}` may refer to."""
    found = [_phrase(phrase, groups) for phrase in phrases]
    source = "|".join(pattern for pattern, _ in found)
    return Compiled(
        f"(?:{source})",
        re.compile(rf"(?<!\w)(?:{source})(?!\w)"),
        frozenset().union(*(telling for _, telling in found)),
    )


def _phrase(phrase: str, groups: Mapping[str, Compiled]) -> tuple[str, frozenset[str]]:
    words = phrase.split(" ")
    before = ""
    while len(words) > 1 and words[0].startswith("-"):
        before += rf"(?<!\b{re.escape(words.pop(0)[1:])}[\s\-])"
    if not phrase or "" in words or len(phrase) > _MAX_PHRASE:
        raise PhraseError(f"{phrase!r}: words parted by single spaces, at most {_MAX_PHRASE} signs")
    if words[0] in _ANY_WORDS or words[-1] in _ANY_WORDS:
        raise PhraseError(f"{phrase!r}: '...' stands between words, not at an end")
    parts = [_part(word, phrase, groups) for word in words]
    needed = [part for part in parts if part.kind == "word"]
    if not needed:
        raise PhraseError(f"{phrase!r}: every word may be missing, so it would match anything")
    return before + _joined(parts), max(needed, key=_rarity).telling


def _rarity(part: _Part) -> int:
    """Long words are rare, except those of which every passage that is read has one."""
    return min(0 if word in _EVERYWHERE else len(word) for word in part.telling)


def _joined(parts: list[_Part]) -> str:
    first = next(index for index, part in enumerate(parts) if part.kind == "word")
    out: list[str] = []
    for index, (pattern, kind, _) in enumerate(parts):
        if kind == "gap":
            out.append(",?" + _GAP + pattern)
        elif kind == "guard":
            out.append(f"(?!{_GAP}{pattern}(?!\\w))")
        elif index < first:
            out.append(f"(?:{pattern}{_GAP})?")
        elif kind == "maybe":
            out.append(f"(?:{_GAP}{pattern})?")
        else:
            after_gap = index > 0 and parts[index - 1].kind == "gap"
            out.append(pattern if index == first or after_gap else _GAP + pattern)
    return "".join(out)


def _part(part: str, phrase: str, groups: Mapping[str, Compiled]) -> _Part:
    if part in _ANY_WORDS:
        return _Part(_ANY_WORDS[part], "gap")
    if part.startswith("^"):
        return _Part(_word(part[1:], phrase, groups)[0], "guard")
    if part.endswith("?"):
        return _Part(_word(part[:-1], phrase, groups)[0], "maybe")
    pattern, telling = _word(part, phrase, groups)
    return _Part(pattern, "word", telling)


def _word(word: str, phrase: str, groups: Mapping[str, Compiled]) -> tuple[str, frozenset[str]]:
    group = _GROUP.fullmatch(word)
    if group:
        if group[1] not in groups:
            raise PhraseError(f"{phrase!r}: no group {group[1]!r} is defined above it")
        return groups[group[1]].source, groups[group[1]].telling
    choices = word.split("/")
    pattern = "(?:" + "|".join(_one(choice, phrase) for choice in choices) + ")"
    return pattern, frozenset(_longest_piece(choice) for choice in choices)


def _longest_piece(choice: str) -> str:
    """The longest stretch of a word that is written in one way only."""
    if choice.startswith("="):
        return choice[1:].removesuffix("*")
    return max(_LOOSE.split(choice.removesuffix("*").lower()), key=len)


def _one(choice: str, phrase: str) -> str:
    exact = choice.startswith("=")
    letters = choice.removeprefix("=")
    if not _WORD.fullmatch(letters) or letters.strip("*") == "":
        raise PhraseError(f"{phrase!r}: can't read {choice!r}")
    stem = letters.removesuffix("*") if exact else letters.removesuffix("*").lower()
    if "*" in stem:
        raise PhraseError(f"{phrase!r}: '*' stands only at the end of a word")
    pattern = re.escape(stem).replace("'", "['’]").replace(r"\-", _HYPHEN)
    return pattern + r"\w{0,20}" if letters.endswith("*") else pattern


def exact_words(phrases: Iterable[str]) -> set[str]:
    """The words of these phrases that count only as they are written."""
    choices = (
        choice for phrase in phrases for word in phrase.split() for choice in word.split("/")
    )
    return {choice[1:] for choice in choices if choice.startswith("=")}
