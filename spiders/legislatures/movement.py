"""Where a list does not tell that a measure moved, its history is read, and tells whether more must be."""

from __future__ import annotations

import datetime as dt

from spiders.known import Known
from tracker.canonical import listing_print
from tracker.model import Listing

# Texts come with actions, or some days after: then it is worth a second look.
_TEXT_AFTER_DAYS = (1, 2, 4, 8, 16)


def is_still(row: Listing, known: Known, today: dt.date) -> bool:
    """Whether a measure is as it was, by its last action; `row` is as an earlier run may have kept it.

    A last action of today or later may hide others: a hearing to come stays the last one. What is
    asked for, and the canary, is read whole.
    """
    if row.key in known.asked or row.key == known.canary:
        return False
    days = (today - row.last_action_on).days if row.last_action_on else None
    due = days is not None and (days <= 0 or days in _TEXT_AFTER_DAYS)
    return not due and known.prints.get(row.key) == listing_print(row).hex()
