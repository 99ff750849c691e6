"""What the store already knows, handed to a spider as a file when it starts.

A spider needs no database: it asks this whether a row of a list has moved, whether a measure is
watched, and which texts need no second reading.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec

from tracker.runs import Validator


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`prints` are listing fingerprints (hex) by measure key; `texts` are addresses of texts by key.

    `watched` measures are read whatever their title says; `asked` are keys to read whether or not
    they moved. `canary` is one settled measure that is read again though nothing moved: what it says
    is known, so it tells when a page is no longer read as it should be. `pages` are addresses of
    watched measures by key, for sites where only a list tells them. `lively` are those of the watched
    that moved within days: they are likeliest to move again.
    """

    prints: dict[str, str] = {}
    watched: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    canary: str = ""
    texts: dict[str, list[str]] = {}
    pages: dict[str, str] = {}
    lively: frozenset[str] = frozenset()
    validators: dict[str, Validator] = {}

    @classmethod
    def load(cls, path: Path | None) -> Known:
        if path is None:
            return cls()
        packed = path.read_bytes()
        return msgspec.json.decode(
            gzip.decompress(packed) if path.suffix == ".gz" else packed, type=cls
        )

    def save(self, path: Path) -> None:
        """Packed: a run keeps what it knew, so that it can be replayed exactly."""
        path.write_bytes(gzip.compress(msgspec.json.encode(self, order="deterministic"), mtime=0))
