"""What the store already knows, handed to a spider as a file when it starts.

A spider needs no database: it asks this whether a row of a list has moved, whether a measure is
watched, and which texts need no second reading.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from tracker.runs import Validator


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`prints` are listing fingerprints (hex) by measure key; `texts` are addresses of texts by key.

    `watched` measures are read whatever their title says; `asked` are keys to read whether or not
    they moved.
    """

    prints: dict[str, str] = {}
    watched: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    texts: dict[str, list[str]] = {}
    validators: dict[str, Validator] = {}

    @classmethod
    def load(cls, path: Path | None) -> Known:
        return msgspec.json.decode(path.read_bytes(), type=cls) if path else cls()
