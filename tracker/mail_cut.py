"""What of a digest fits into one mail: the longest parts are cut first, and say how much was left.

Gmail clips a message beyond about 102 kB, so a mail must be bounded whatever the week brought.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from tracker.digest.parts import (
    AgreementLine,
    AgreementNews,
    AgreementState,
    Ahead,
    Digest,
    Entry,
    Section,
    Sighting,
    Unread,
)

_LINES_OF_ENTRY = 6
_AHEAD = "ahead"
_AGREEMENTS = "agreements"
_RELATED = "related"
_UNREAD = "unread"
_FIRST_CAP = 48
_FIRST_CAPS = {_AGREEMENTS: 12, _UNREAD: 120}


class CutEntry(Struct, frozen=True):
    """`more` is the number of lines left out."""

    entry: Entry
    sightings: tuple[Sighting, ...]
    more: int


class CutState(Struct, frozen=True):
    state: AgreementState
    lines: tuple[AgreementLine, ...]
    more: int


class Block(Struct, frozen=True, kw_only=True):
    """One headed part of the mail, in its order; of `entries`, `ahead` and `states` one is filled.

    `total` counts what there is, `more` what was left out; of agreements each state counts its own,
    and states without news are not in `states`.
    """

    name: str
    title: str
    kind: Literal["entries", "ahead", "agreements"]
    total: int
    more: int = 0
    entries: tuple[CutEntry, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    news: AgreementNews | None = None
    states: tuple[CutState, ...] = ()


class View(Struct, frozen=True):
    """What is shown of a digest under given caps."""

    blocks: tuple[Block, ...]
    unread: tuple[Unread, ...]
    more_unread: int


class Caps:
    """How many of each part are shown; `tighten` takes from the part that shows the most."""

    def __init__(self, digest: Digest) -> None:
        self._caps = {
            name: min(length, _FIRST_CAPS.get(name, _FIRST_CAP))
            for name, length in _lengths(digest).items()
        }

    def view(self, digest: Digest) -> View:
        unread = digest.unread[: self._caps[_UNREAD]]
        return View(_blocks(digest, self._caps), unread, len(digest.unread) - len(unread))

    def tighten(self, share: float) -> bool:
        """Shrink the longest part to `share` of what it shows; False where nothing is left."""
        longest = max(self._caps, key=lambda name: self._caps[name])
        if not self._caps[longest]:
            return False
        self._caps[longest] = int(self._caps[longest] * share)
        return True


def _lengths(digest: Digest) -> dict[str, int]:
    """Of agreements the length is that of the longest state, since each state is cut by itself."""
    states = digest.agreements.states if digest.agreements else ()
    return {
        **{section.name: len(section.entries) for section in digest.sections},
        _AHEAD: len(digest.ahead),
        _AGREEMENTS: max((len(state.lines) for state in states), default=0),
        _RELATED: len(digest.related),
        _UNREAD: len(digest.unread),
    }


def _blocks(digest: Digest, caps: Mapping[str, int]) -> tuple[Block, ...]:
    by_name = {section.name: _section(section, caps) for section in digest.sections}
    related = _entries(_RELATED, "Related subjects", digest.related, caps[_RELATED])
    ordered = [
        by_name.get("decisive"),
        by_name.get("passed"),
        _coming(digest.ahead, caps[_AHEAD]),
        *(by_name.get(name) for name in ("movement", "new", "backlog", "record")),
        _agreements(digest.agreements, caps[_AGREEMENTS]),
        related,
    ]
    return tuple(block for block in ordered if block is not None and block.total)


def _section(section: Section, caps: Mapping[str, int]) -> Block:
    return _entries(section.name, section.title, section.entries, caps[section.name])


def _entries(name: str, title: str, entries: tuple[Entry, ...], cap: int) -> Block:
    return Block(
        name=name,
        title=title,
        kind="entries",
        total=len(entries),
        more=len(entries) - min(cap, len(entries)),
        entries=tuple(_entry(entry) for entry in entries[:cap]),
    )


def _entry(entry: Entry) -> CutEntry:
    free, kept = _LINES_OF_ENTRY, []
    for sighting in entry.sightings:
        lines = sighting.lines[:free]
        free -= len(lines)
        if lines:
            kept.append(Sighting(sighting.seen_at, sighting.url, sighting.sha256, lines))
    total = sum(len(sighting.lines) for sighting in entry.sightings)
    return CutEntry(entry, tuple(kept), total - (_LINES_OF_ENTRY - free))


def _coming(ahead: tuple[Ahead, ...], cap: int) -> Block:
    return Block(
        name=_AHEAD,
        title="Ahead",
        kind="ahead",
        total=len(ahead),
        more=len(ahead) - min(cap, len(ahead)),
        ahead=ahead[:cap],
    )


def _agreements(news: AgreementNews | None, cap: int) -> Block | None:
    if news is None:
        return None
    return Block(
        name=_AGREEMENTS,
        title="287(g) agreements",
        kind="agreements",
        total=len(news.states),
        news=news,
        states=tuple(
            CutState(state, state.lines[:cap], len(state.lines) - min(cap, len(state.lines)))
            for state in news.states
            if state.lines
        ),
    )
