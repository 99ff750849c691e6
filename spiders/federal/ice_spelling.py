"""Words that a person typed, of which only a few are possible."""

from __future__ import annotations

from collections.abc import Iterable

# Of three letters, most others are within a slip.
_SHORTEST = 4


def meant(typed: str, possible: Iterable[str]) -> str | None:
    """The one word that `typed` is, or is one slip of the pen away from.

    A slip is a letter left out, added, put for another, or changed with its neighbour. None where
    no word is that near, or two are: what fits neither is not guessed.
    """
    words = set(possible)
    if typed in words:
        return typed
    near = [word for word in words if len(typed) >= _SHORTEST and _one_slip(typed, word)]
    return near[0] if len(near) == 1 else None


def _one_slip(one: str, other: str) -> bool:
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == 2 and one == other[::-1])
