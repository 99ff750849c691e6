"""Rows of lists, kept light: no row in the log unless one becomes a measure that is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from tracker.canonical import PARTS, SCALARS, Facts, iso, listing_print
from tracker.keep.buffer import Buffer, Known, Prints
from tracker.keep.facts import reindex, search_entry
from tracker.model import Listing, fold

Screen = Callable[[int, str, str], None]


class ListingKeeper:
    """Keeps the listings of one run; `screen` has a measure judged if its title may be on topic."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        buffer: Buffer,
        screen: Screen,
        *,
        source: str,
        outranked_by: Callable[[str], bool],
    ) -> None:
        self._db = connection
        self._buffer = buffer
        self._screen = screen
        self._source = source
        self._outranked_by = outranked_by

    def keep(self, listing: Listing) -> None:
        print_ = listing_print(listing)
        known = self._buffer.known([listing.key]).get(listing.key)
        if known is None:
            self._insert(listing, print_)
        elif known.listing_print != print_ and not self._outranked_by(known.source):
            self._update(known, listing, print_)
        self._buffer.flush_if_full()

    def _insert(self, listing: Listing, print_: bytes) -> None:
        measure = self._buffer.add(
            _facts(listing),
            Prints(print_),
            listed_only=True,
            last=(fold(listing.last_action), iso(listing.last_action_on)),
        )
        self._screen(measure, fold(listing.title), "")

    def _update(self, known: Known, listing: Listing, print_: bytes) -> None:
        """A measure that is read has its facts from its own page; a list adds none to them."""
        self._db.execute("UPDATE measures SET listing_print = ? WHERE id = ?", (print_, known.id))
        if not known.listed_only:
            return
        entry = search_entry(self._db, known.id)
        title, day = fold(listing.title), iso(listing.last_action_on)
        self._db.execute(
            "UPDATE measures SET title = ?, url = ?, last_action = ?, last_action_on = ?,"
            " source = ? WHERE id = ?",
            (title, listing.url, fold(listing.last_action), day, self._source, known.id),
        )
        if title != entry[2]:
            reindex(self._db, entry)
            self._screen(known.id, title, "")


def _facts(listing: Listing) -> Facts:
    stated = {"kind": listing.kind, "title": fold(listing.title), "url": listing.url}
    return Facts(
        listing.key,
        listing.jurisdiction,
        listing.session,
        listing.identifier,
        {name: stated.get(name) for name in SCALARS},
        {part.name: None for part in PARTS},
    )
