"""The phrase groups of a topic file, and a quick look at which of them a passage can hold.

Trying every pattern on every passage is slow. Each phrase has a word without which it can't be
there; one pass over the passage finds all such words, and only the groups they belong to are
searched with their patterns.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

import ahocorasick  # type: ignore[import-not-found,unused-ignore]

from tracker.classify_phrases import Compiled, PhraseError, compile_group, exact_words


def lowered(text: str) -> str:
    """Lower case of the same length: the one letter that would grow is replaced first."""
    return text.replace("\u0130", "I").lower()


def automaton(words: Mapping[str, int]) -> ahocorasick.Automaton:
    """Finds all of these words in one pass and gives the value of each."""
    made = ahocorasick.Automaton()
    for word, value in words.items():
        made.add_word(word, value)
    made.make_automaton()
    return made


class Groups:
    """Phrase groups by name. `absorbed` maps a group to those whose phrases it may be a part of.

    Of "shall not be required to" the "shall" is no duty: a hit that lies within a hit of an
    absorbing group doesn't count. Raises PhraseError where a phrase is not in the notation, or
    `absorbed` names a group that is not defined or comes round to itself.
    """

    def __init__(
        self, groups: Mapping[str, list[str]], absorbed: Mapping[str, list[str]] | None = None
    ) -> None:
        compiled: dict[str, Compiled] = {}
        for name, phrases in groups.items():
            try:
                compiled[name] = compile_group(phrases, compiled)
            except PhraseError as error:
                raise PhraseError(f"groups.{name}: {error}") from error
        self.patterns: dict[str, re.Pattern[str]] = {n: c.pattern for n, c in compiled.items()}
        self.bits = {name: 1 << number for number, name in enumerate(compiled)}
        self.absorbers = _absorbers(absorbed or {}, compiled)
        masks: dict[str, int] = defaultdict(int)
        for name, group in compiled.items():
            for word in group.telling:
                masks[word] |= self.bits[name]
        self._automaton = automaton(masks)
        exact = exact_words(phrase for phrases in groups.values() for phrase in phrases)
        self._exact = sorted(exact)
        self._exact_word = re.compile(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, self._exact))})(?!\w)" if exact else r"(?!)"
        )

    def fold(self, text: str) -> str:
        """Lower case of the same length, save for the words that count only as written."""
        low = lowered(text)
        if not any(word in text for word in self._exact):
            return low
        parts, at = [], 0
        for match in self._exact_word.finditer(text):
            parts += [low[at : match.start()], match[0]]
            at = match.end()
        return "".join(parts) + low[at:]

    def search(self, group: str, text: str) -> re.Match[str] | None:
        return self.patterns[group].search(self.fold(text))

    def possible(self, folded: str) -> int:
        """The bits of the groups that a folded text can hold."""
        mask = 0
        for _, bits in self._automaton.iter(folded):
            mask |= bits
        return mask

    def among(self, folded: str) -> list[str]:
        """The names of the groups that a folded text can hold."""
        mask = self.possible(folded)
        return [name for name, bit in self.bits.items() if mask & bit] if mask else []


def _absorbers(
    absorbed: Mapping[str, list[str]], groups: Mapping[str, Compiled]
) -> dict[str, tuple[str, ...]]:
    order = list(groups)
    for name, absorbers in absorbed.items():
        unknown = {name, *absorbers} - set(order)
        if unknown:
            raise PhraseError(f"absorbed.{name}: no group is named {min(unknown)!r}")
        if any(order.index(one) >= order.index(name) for one in absorbers):
            raise PhraseError(f"absorbed.{name}: what absorbs it must be defined above it")
    return {name: tuple(absorbers) for name, absorbers in absorbed.items()}
