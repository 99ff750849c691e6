"""What happened between two dated 287(g) lists, and how many agreements and agencies there are.

An agreement is one row: one memorandum of one agency under one model. It is known by list, state,
agency and model, and by its SIGNED day where one agency holds several. Between two lists ICE
respells agencies and re-dates memoranda, so rows are paired first, and only what finds no pair has
come or gone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import count as numbers

from tracker.agreement_rows import (
    TERRITORIES,
    AgreementChange,
    Comparison,
    Count,
    Identity,
    Known,
    Name,
    Row,
    agency_key,
    by_day,
    count,
    identity,
    name_of,
    place,
)
from tracker.model import Agreement, AgreementListName
from tracker.pairing import Pairs, alike

__all__ = [
    "TERRITORIES",
    "AgreementChange",
    "Comparison",
    "Count",
    "Known",
    "agency_key",
    "compare",
    "count",
    "match",
    "plausible",
]

_MOST_GONE = 0.2
# ICE has linked one agency's memorandum from another's row: the names must agree somewhat.
_SAME_PAPER_WITHIN = 0.5
# Without a SIGNED day to tell rows by, only a slip of the pen in the name makes a pair.
_UNDATED_WITHIN = 0.1
# With one, a new name is nearly always the same agency's, however unlike; but not in two counties.
_ELSEWHERE_ALIKE = 0.5


def plausible(old_count: int, new_count: int) -> str | None:
    """Why `new_count` participating agreements can't follow `old_count`; None where they can.

    Best given how many of the old agreements are still listed, since additions hide losses. Not
    meant for the pending list, which empties by itself.
    """
    gone = old_count - new_count
    if gone <= _MOST_GONE * old_count:
        return None
    return f"{gone} of {old_count} agreements gone at once ({gone / old_count:.0%})"


def compare(
    old: Sequence[Known],
    new: Sequence[Agreement],
    *,
    lists: Collection[AgreementListName] | None = None,
) -> Iterator[AgreementChange]:
    """The changes of `match`."""
    yield from match(old, new, lists=lists).changes


def match(
    old: Sequence[Known],
    new: Sequence[Agreement],
    *,
    lists: Collection[AgreementListName] | None = None,
) -> Comparison:
    """Pair every known agreement with its row of today, and tell the rest.

    `lists` are those that were read whole, by default the ones with a row in `new`: an agreement
    of another list is not missed. Ended agreements in `old` are known again when they come back.
    The order of `old` and `new` does not matter.
    """
    read = {agreement.list for agreement in new} if lists is None else set(lists)
    kept = sorted(old, key=by_day)
    live = [known for known in kept if known.ended_on is None and known.list in read]
    pairs: Pairs[Known, Agreement] = Pairs(live, sorted(new, key=by_day))
    pairs.take(_same)
    again = Pairs((known for known in kept if known.ended_on is not None), pairs.come)
    again.take(_same)
    pairs.come = again.come
    pairs.take(identity, apart=_days_apart)
    pairs.take(lambda row: row.signed_on and (place(row), row.signed_on), apart=_unlike)
    pairs.take(
        lambda row: row.moa_url and (place(row), row.moa_url),
        apart=_unlike,
        within=_SAME_PAPER_WITHIN,
        alone=True,
    )
    pairs.take(lambda row: not row.signed_on and place(row), apart=_unlike, within=_UNDATED_WITHIN)
    return _Telling(kept, pairs, again.found, read).comparison()


def _same(row: Row) -> tuple[object, ...]:
    return *identity(row), row.signed_on


def _days_apart(known: Known, agreement: Agreement) -> float:
    """A day that can't be read is as near as any."""
    if known.signed_on is None or agreement.signed_on is None:
        return 0
    return abs((known.signed_on - agreement.signed_on).days)


def _unlike(known: Known, agreement: Agreement) -> float:
    """From 0 to 1 by the agencies' names; infinite where they can't be one agency's.

    `Constable District 1` is not `Constable District 6`, and unlike names in two counties are two.
    """
    before, after = agency_key(known.agency), agency_key(agreement.agency)
    if re.findall(r"\d+", before) != re.findall(r"\d+", after):
        return float("inf")
    likeness = alike(before, after)
    counties = {agency_key(known.county), agency_key(agreement.county)} - {""}
    return float("inf") if len(counties) == 2 and likeness < _ELSEWHERE_ALIKE else 1 - likeness


class _Telling:
    """The changes of one comparison, once its rows are paired."""

    def __init__(
        self,
        old: Sequence[Known],
        pairs: Pairs[Known, Agreement],
        again: Sequence[tuple[Known, Agreement]],
        read: Collection[str],
    ) -> None:
        self._old = old
        self._pairs = pairs
        self._again = again
        self._read = read
        self._used: dict[Identity, set[int]] = defaultdict(set)
        for known in old:
            self._used[identity(known)].add(known.occurrence)

    def comparison(self) -> Comparison:
        joined = self._participating()
        gone = self._pairs.gone
        closed = [row for row in gone if row.list == "pending" and name_of(row) in joined]
        ended = set(gone) - set(closed)
        changes = [change for pair in self._pairs.found for change in self._differences(*pair)]
        changes += [
            AgreementChange("agreement_ended", was, None, was.occurrence, old=was.agency)
            for was in sorted(ended, key=by_day)
        ]
        changes += [
            AgreementChange("agreement_new", was, now, was.occurrence, new=now.agency)
            for was, now in self._again
        ]
        return Comparison(changes + list(self._arrivals()), self._pairs.found, closed)

    def _participating(self) -> set[Name]:
        """Who is on the participating list: as read, or where it was not, as last known."""
        read = [now for _, now in (*self._pairs.found, *self._again)] + self._pairs.come
        known = [known for known in self._old if known.ended_on is None]
        rows: Sequence[Row] = read if "participating" in self._read else known
        return {name_of(row) for row in rows if row.list == "participating"}

    def _differences(self, was: Known, now: Agreement) -> Iterator[AgreementChange]:
        occurrence = was.occurrence
        if identity(was) != identity(now):
            occurrence = self._number(now)
            yield AgreementChange(
                "agreement_renamed", was, now, occurrence, "agency", was.agency, now.agency
            )
        for field, before, after in _corrections(was, now):
            yield AgreementChange("agreement_corrected", was, now, occurrence, field, before, after)

    def _arrivals(self) -> Iterator[AgreementChange]:
        waiting = self._waiting()
        for now in self._pairs.come:
            pending = waiting[name_of(now)] if now.list == "participating" else []
            was = pending.pop(0) if pending else None
            number = self._number(now)
            if was is None:
                yield AgreementChange("agreement_new", None, now, number, new=now.agency)
            else:
                yield AgreementChange(
                    "agreement_activated", was, now, number, "list", was.list, now.list
                )

    def _waiting(self) -> dict[Name, list[Known]]:
        """Pending agreements, and those that left that list before they were seen on the other."""
        signed = {name_of(known) for known in self._old if known.list == "participating"}
        waiting: dict[Name, list[Known]] = defaultdict(list)
        for known in self._old:
            gone_by = known.ended_on is not None and name_of(known) in signed
            if known.list == "pending" and not gone_by:
                waiting[name_of(known)].append(known)
        return waiting

    def _number(self, row: Agreement) -> int:
        used = self._used[identity(row)]
        free = next(number for number in numbers() if number not in used)
        used.add(free)
        return free


def _corrections(was: Known, now: Agreement) -> Iterator[tuple[str, str, str]]:
    """What a list does not say corrects nothing; a type first given is no correction either."""
    if now.signed_on is not None and now.signed_on != was.signed_on:
        before = was.signed_on.isoformat() if was.signed_on else was.signed_as_printed
        yield "signed_on", before, now.signed_on.isoformat()
    for field, before, after in (
        ("moa_url", was.moa_url, now.moa_url),
        ("addendum_url", was.addendum_url, now.addendum_url),
        ("agency_type", was.agency_type, was.agency_type and now.agency_type),
    ):
        if after and after != before:
            yield field, before, after
