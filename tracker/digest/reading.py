"""What was not read, so that a digest never takes silence for «nothing happened»."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from tracker.digest.parts import Unread
from tracker.readers.coverage import SourceState
from tracker.words import JURISDICTIONS, label


def unread(
    sources: Iterable[SourceState], jurisdictions: Collection[str], since: dt.datetime | None
) -> list[Unread]:
    """Sources whose last run was not good, or without a good run after `since`.

    Of the jurisdictions asked for, one that no source covers is named too.
    """
    wanted = [source for source in sources if _wanted(source.jurisdiction, jurisdictions)]
    found = [_unread(source) for source in wanted if not source.ok or _is_old(source, since)]
    covered = {source.jurisdiction for source in wanted}
    uncovered = [
        Unread("", label(JURISDICTIONS, code), code, None, "", "no source is read for it")
        for code in sorted(set(jurisdictions) - covered)
    ]
    return found + uncovered


def quiet(
    sources: Sequence[SourceState],
    jurisdictions: Collection[str],
    not_read: Iterable[Unread],
    told: Collection[str],
) -> tuple[str, ...]:
    """Names of jurisdictions that were read in full and have nothing to tell."""
    silent = {one.jurisdiction for one in not_read}
    codes = {
        source.jurisdiction
        for source in sources
        if _wanted(source.jurisdiction, jurisdictions)
        and source.jurisdiction not in silent
        and source.jurisdiction not in told
    }
    return tuple(sorted(label(JURISDICTIONS, code) for code in codes))


def _wanted(jurisdiction: str, asked: Collection[str]) -> bool:
    """Federal sources speak of every state: ICE's lists, presidential orders."""
    return not asked or jurisdiction in asked or jurisdiction == "us"


def _is_old(source: SourceState, since: dt.datetime | None) -> bool:
    if since is None or source.last_success is None:
        return source.last_success is None
    return dt.datetime.fromisoformat(source.last_success) <= since


def _unread(source: SourceState) -> Unread:
    reason = source.reason if not source.ok else "no run since the last digest"
    return Unread(
        source.code, source.name, source.jurisdiction, source.last_success, source.state, reason
    )
