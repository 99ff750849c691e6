"""The subject line and the sentence under it: what matters first, in bounded length."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from tracker.agreement_rows import TERRITORIES
from tracker.digest.parts import (
    AgreementNews,
    Ahead,
    Earlier,
    Entry,
    Group,
    PostureLine,
    Section,
    Unread,
)
from tracker.model import fold
from tracker.templating import shown
from tracker.words import JURISDICTIONS, label

_LONGEST = 120
_LONGEST_IDENTIFIER = 30
_MOST_NAMED = 12


class Counted(NamedTuple):
    """What is told, and where; what is only new to our records counts for nothing."""

    changes: int
    jurisdictions: frozenset[str]


def count(
    entries: Sequence[Entry],
    ahead: Sequence[Ahead],
    agreements: AgreementNews | None,
    postures: Sequence[PostureLine],
) -> Counted:
    told = [entry for entry in entries if entry.group != "backlog"]
    coming = [one for one in ahead if one.news]
    states = [state for state in agreements.states if state.lines] if agreements else []
    return Counted(
        sum(entry.changes for entry in told)
        + len(coming)
        + sum(len(state.lines) for state in states)
        + len(postures),
        frozenset(entry.about.jurisdiction for entry in told)
        | frozenset(one.about.jurisdiction for one in coming)
        | frozenset(state.jurisdiction for state in states)
        | frozenset(one.jurisdiction for one in postures),
    )


def only_new_to_us(entries: Sequence[Entry], agreements: AgreementNews | None) -> Earlier:
    states = agreements.states if agreements else ()
    return Earlier(
        sum(entry.group == "backlog" for entry in entries), sum(state.earlier for state in states)
    )


def subject(
    sections: Sequence[Section],
    agreements: AgreementNews | None,
    counted: Counted,
    unread: Sequence[Unread],
    earlier: Earlier,
) -> str:
    """`Virginia: SB 783 signed, HB 650 vetoed; 12 changes in 5 states`, one line, no controls."""
    if not counted.changes:
        return _nothing(unread, earlier)
    tail = _totals(counted)
    for group, noun in (("decisive", "decided"), ("passed", "passed")):
        steps = _steps(sections, group)  # type: ignore[arg-type]
        if steps:
            return _one_line(_fitted(steps, noun, tail))
    lead = _agreements(agreements)
    return _one_line(f"{lead}; {tail}" if lead else _capital(tail))


def _one_line(text: str) -> str:
    return fold(str(shown(text)))


class _Named(NamedTuple):
    place: str
    words: str


def _steps(sections: Sequence[Section], group: Group) -> list[_Named]:
    return [
        _Named(entry.about.place, f"{_short(entry.about.identifier)} {entry.short}")
        for section in sections
        if section.name == group
        for entry in section.entries
        if entry.recent and entry.short
    ]


def _short(identifier: str) -> str:
    if len(identifier) <= _LONGEST_IDENTIFIER:
        return identifier
    return identifier[: _LONGEST_IDENTIFIER - 1] + "…"


def _fitted(steps: list[_Named], noun: str, tail: str) -> str:
    """As many steps as fit; the others are counted."""
    for named in range(min(len(steps), _MOST_NAMED), 1, -1):
        line = f"{_clauses(steps[:named], len(steps) - named, noun)}; {tail}"
        if len(line) <= _LONGEST:
            return line
    return f"{_clauses(steps[:1], len(steps) - 1, noun)}; {tail}"


def _clauses(steps: list[_Named], more: int, noun: str) -> str:
    by_place: dict[str, list[str]] = {}
    for step in steps:
        by_place.setdefault(step.place, []).append(step.words)
    named = "; ".join(f"{place}: {', '.join(words)}" for place, words in by_place.items())
    return f"{named} and {more} more {noun}" if more else named


def _agreements(news: AgreementNews | None) -> str:
    if news is None:
        return ""
    new = sum(len(state.new) for state in news.states)
    ended = sum(len(state.ended) for state in news.states)
    parts = [f"{number} {word}" for number, word in ((new, "new"), (ended, "ended")) if number]
    return f"287(g) agreements: {', '.join(parts)}" if parts else ""


def _totals(counted: Counted) -> str:
    changes = plural(counted.changes, "change")
    if counted.jurisdictions == {"us"}:
        return f"{changes} at the federal level"
    if len(counted.jurisdictions) == 1:
        return f"{changes} in {label(JURISDICTIONS, next(iter(counted.jurisdictions)))}"
    noun = "states" if all(map(_is_state, counted.jurisdictions)) else "jurisdictions"
    return f"{changes} in {len(counted.jurisdictions)} {noun}"


def _is_state(jurisdiction: str) -> bool:
    code = jurisdiction.removeprefix("us-")
    return code not in TERRITORIES | {"us", "dc"}


def _nothing(unread: Collection[Unread], earlier: Earlier) -> str:
    """Silence is only told of what was read."""
    new = " and ".join(
        plural(number, noun)
        for number, noun in ((earlier.measures, "measure"), (earlier.agreements, "agreement"))
        if number
    )
    parts = [
        f"{new} new to our records" if new else "No change in the sources that were read",
        f"{plural(len(unread), 'source')} not read" if unread else "",
    ]
    return "; ".join(part for part in parts if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary(
    sections: Sequence[Section], ahead: Sequence[Ahead], agreements: AgreementNews | None
) -> str:
    """`2 decided · 1 passed · 3 hearings ahead · 287(g): 3 new agreements`; "" where nothing is."""
    counts = {section.name: len(section.entries) for section in sections}
    hearings = sum(1 for one in ahead if one.kind == "hearing" and one.news != "cancelled")
    parts = [
        f"{counts[name]:,} {noun}" for name, noun in _NOUNS if name in counts and name != "backlog"
    ]
    if hearings:
        parts.insert(min(2, len(parts)), f"{plural(hearings, 'hearing')} ahead")
    lead = _agreements(agreements)
    return " · ".join([*parts, lead] if lead else parts)


_NOUNS: tuple[tuple[Group, str], ...] = (
    ("decisive", "decided"),
    ("passed", "passed"),
    ("movement", "moved"),
    ("new", "new"),
    ("record", "with changes of text or record"),
)
