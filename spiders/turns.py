"""Whose turn it is: looks at measures whose lists don't tell that they moved, spread over days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from zlib import crc32


def in_turn(
    keys: Collection[str], today: dt.date, about: int, lively: Collection[str] = frozenset()
) -> list[str]:
    """The lively of these keys every day, of the others about so many, sorted.

    Each has its turn once in as few days as that allows; all of them where they are no more. A
    key's day is told by the key alone, so that it waits no longer because others come or go.
    """
    still = [key for key in keys if key not in lively]
    days = -(-len(still) // about)
    turn = [key for key in still if crc32(key.encode()) % days == today.toordinal() % days]
    return sorted([*turn, *(key for key in keys if key in lively)])


def since_last_turn(on: dt.date, keys: Collection[str], today: dt.date, about: int) -> bool:
    """Whether what is of that day is newer than the last look at one of these keys, or than the
    texts that come with it a day later; `keys` and `about` are as for `in_turn`."""
    return (today - on).days <= -(-len(keys) // about) + 1
