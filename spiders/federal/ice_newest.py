"""Which of several workbooks that a page links is the newest, and the day one was had.

Never by file names: they have borne wrong days and years. What tells is when the server says the
file was changed, then when the workbook says it was saved, then its newest SIGNED day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from spiders.answer import Answer
from spiders.federal.xlsx import saved_at
from spiders.reading import PageChanged
from tracker.model import Agreement

# The web archive's addresses, and the names that collectors gave to files taken from it.
_CAPTURED = re.compile(r"(?:web\.archive\.org/web/|-)(\d{8})\d{6}(?:[a-z_]*/|\.xlsx$)")


class Candidate(NamedTuple):
    """Times as text that can be compared, "" where unknown."""

    url: str
    sha256: str
    changed_at: str
    saved_at: str
    signed_on: str


def candidate(answer: Answer, sha256: str, agreements: Iterable[Agreement]) -> Candidate:
    signed = (one.signed_on.isoformat() for one in agreements if one.signed_on)
    changed = _changed_at(answer.headers.get("last-modified", ""))
    return Candidate(answer.url, sha256, changed, saved_at(answer.body), max(signed, default=""))


def newest(candidates: Sequence[Candidate]) -> Candidate:
    """Raises PageChanged where nothing tells which of different workbooks is the newest."""
    left = list(candidates)
    for name in ("changed_at", "saved_at", "signed_on"):
        if all(getattr(one, name) for one in left):
            last = max(getattr(one, name) for one in left)
            left = [one for one in left if getattr(one, name) == last]
    if len({one.sha256 for one in left}) > 1:
        raise PageChanged("one newest workbook", ", ".join(sorted(one.url for one in left)))
    return left[0]


def day_had(url: str, today: dt.date) -> dt.date:
    """The day of the web archive's capture where the address tells one, else `today`."""
    found = _CAPTURED.search(url)
    if not found:
        return today
    try:
        return min(today, dt.date.fromisoformat(found.group(1)))
    except ValueError:
        return today


def _changed_at(header: str) -> str:
    try:
        return parsedate_to_datetime(header).astimezone(dt.UTC).isoformat()
    except ValueError:
        return ""
