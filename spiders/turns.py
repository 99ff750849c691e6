"""Whose turn it is: looks at measures whose lists don't tell that they moved, spread over days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from zlib import crc32


def in_turn(keys: Collection[str], today: dt.date, about: int) -> list[str]:
    """About so many of these keys, sorted: each has its turn once in as few days as that allows.

    All of them where they are no more than that. A key's day is told by the key alone, so that it
    waits no longer because others come or go.
    """
    days = -(-len(keys) // about)
    return [key for key in sorted(keys) if crc32(key.encode()) % days == today.toordinal() % days]
