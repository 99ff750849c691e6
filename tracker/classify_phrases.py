"""The phrase notation of topic files, turned into regular expressions that can't run away.

A phrase is words between single spaces; case is ignored and words may be parted by any white
space, a hyphen or the line number of a printed bill. Beyond plain words there is

* ``cooperat*``     a word that begins so
* ``city/cities``   one of these
* ``federal?``      may be missing
* ``...``           up to six words of any kind; ``....`` up to fourteen
* ``{agency}``      a phrase of that group, which must be defined above
* ``=ICE``          this word exactly in this case
* ``-federal law``  not after this word (only at the beginning)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Between two words of one phrase: white space or a hyphen, and the number of a printed line.
_GAP = r"[\s\-\u2010-\u2015]{1,12}(?:\d{1,2}\s{1,8})?"
_ANY_WORD = rf"(?:[^\s\-\u2010-\u2015;]{{1,40}}{_GAP})"
_ANY_WORDS = {"...": f"{_ANY_WORD}{{0,6}}?", "....": f"{_ANY_WORD}{{0,14}}?"}
_HYPHEN = r"[\s\-\u2010-\u2015]?"
_WORD = re.compile(r"[\w()&.'’§*\-]+")
_GROUP = re.compile(r"\{([a-z0-9_]+)\}")
_MAX_PHRASE = 400


class PhraseError(ValueError):
    """A phrase is not in the notation; the message names the phrase and the part."""


def compile_group(phrases: Iterable[str], groups: Mapping[str, str]) -> tuple[str, re.Pattern[str]]:
    """The source and the pattern that finds any of these phrases as whole words.

    `groups` holds the sources of the groups that `{name}` may refer to.
    """
    source = "|".join(_phrase(phrase, groups) for phrase in phrases)
    return f"(?:{source})", re.compile(rf"(?<!\w)(?:{source})(?!\w)", re.IGNORECASE)


def _phrase(phrase: str, groups: Mapping[str, str]) -> str:
    parts = phrase.split(" ")
    before = ""
    if len(parts) > 1 and parts[0].startswith("-"):
        before = rf"(?<!{re.escape(parts.pop(0)[1:])}[\s\-])"
    if not phrase or "" in parts or len(phrase) > _MAX_PHRASE:
        raise PhraseError(f"{phrase!r}: words parted by single spaces, at most {_MAX_PHRASE} signs")
    if parts[0] in _ANY_WORDS or parts[-1] in _ANY_WORDS:
        raise PhraseError(f"{phrase!r}: '...' stands between words, not at an end")
    if all(part.endswith("?") for part in parts):
        raise PhraseError(f"{phrase!r}: every word may be missing, so it would match anything")
    return before + _joined([_part(part, phrase, groups) for part in parts])


def _joined(parts: list[tuple[str, str]]) -> str:
    """Each part is its pattern and its kind: `word`, `maybe` or `gap`."""
    needed = [index for index, (_, kind) in enumerate(parts) if kind == "word"]
    first = needed[0]
    out: list[str] = []
    for index, (pattern, kind) in enumerate(parts):
        if kind == "gap":
            out.append(_GAP + pattern)
        elif index < first:
            out.append(f"(?:{pattern}{_GAP})?")
        elif kind == "maybe":
            out.append(f"(?:{_GAP}{pattern})?")
        else:
            after_gap = index > 0 and parts[index - 1][1] == "gap"
            out.append(pattern if index == first or after_gap else _GAP + pattern)
    return "".join(out)


def _part(part: str, phrase: str, groups: Mapping[str, str]) -> tuple[str, str]:
    if part in _ANY_WORDS:
        return _ANY_WORDS[part], "gap"
    if part.endswith("?"):
        return _word(part[:-1], phrase, groups), "maybe"
    return _word(part, phrase, groups), "word"


def _word(word: str, phrase: str, groups: Mapping[str, str]) -> str:
    group = _GROUP.fullmatch(word)
    if group:
        if group[1] not in groups:
            raise PhraseError(f"{phrase!r}: no group {group[1]!r} is defined above it")
        return groups[group[1]]
    return "(?:" + "|".join(_one(choice, phrase) for choice in word.split("/")) + ")"


def _one(choice: str, phrase: str) -> str:
    exact = choice.startswith("=")
    letters = choice.removeprefix("=")
    if not _WORD.fullmatch(letters) or letters.strip("*") == "":
        raise PhraseError(f"{phrase!r}: can't read {choice!r}")
    stem = letters.removesuffix("*")
    if "*" in stem:
        raise PhraseError(f"{phrase!r}: '*' stands only at the end of a word")
    pattern = re.escape(stem).replace("'", "['’]").replace(r"\-", _HYPHEN)
    if letters.endswith("*"):
        pattern += r"\w{0,20}"
    return f"(?-i:{pattern})" if exact else pattern
