"""Where states stand, as far as it moved in the window."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.digest.parts import PostureLine
from tracker.digest.wording import wording
from tracker.readers.changes import ChangeRow
from tracker.words import JURISDICTIONS, label


def posture_lines(rows: Iterable[ChangeRow]) -> tuple[PostureLine, ...]:
    """By state, in the order of the log."""
    found = [
        PostureLine(
            row.jurisdiction,
            wording(row)[0],
            row.happened_on,
            row.seen_at,
            row.capture_url,
            row.capture_sha256,
        )
        for row in rows
        if row.kind == "posture_changed"
    ]
    return tuple(sorted(found, key=lambda one: label(JURISDICTIONS, one.jurisdiction)))
