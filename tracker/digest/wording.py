"""One change of a measure in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from tracker.readers.changes import ON_TOPIC, ChangeRow
from tracker.templating import day
from tracker.words import BINDS, CHANGE_KINDS, POSTURES, RELATIONS, SCOPES, STANCES, label

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ZONES = {
    "America/New_York": "Eastern",
    "America/Detroit": "Eastern",
    "America/Indiana/Indianapolis": "Eastern",
    "America/Kentucky/Louisville": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Boise": "Mountain",
    "America/Phoenix": "Arizona time",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska time",
    "Pacific/Honolulu": "Hawaii time",
    "America/Puerto_Rico": "Atlantic",
}
Words = tuple[str, str]  # our words, the official ones


def _plain(row: ChangeRow) -> Words:
    return label(CHANGE_KINDS, row.kind), ""


def _named(row: ChangeRow) -> Words:
    return f"{label(CHANGE_KINDS, row.kind)}: {row.new or row.old}", ""


def _action(row: ChangeRow) -> Words:
    return "", row.new


def _action_corrected(row: ChangeRow) -> Words:
    was, now = _on(row.was_on), _on(row.happened_on)
    if row.old == row.new:
        return f"Action corrected by the source: dated {was} before, now {now}", row.new
    return f"Action corrected by the source: “{row.old}” ({was}) now reads ({now})", row.new


def _action_withdrawn(row: ChangeRow) -> Words:
    return "Action withdrawn by the source", row.old


def _title(row: ChangeRow) -> Words:
    return f"Title changed from “{row.old}” to", row.new


def _day_or_issuer(row: ChangeRow) -> Words:
    show = _on if row.field.endswith("_on") else _text
    if not row.old:
        return f"{_FIELDS[row.field]}: {show(row.new)}", ""
    return f"{_FIELDS[row.field]} changed from {show(row.old)} to {show(row.new)}", ""


_FIELDS = {
    "issuer": "Issuer",
    "issued_on": "Day of issue",
    "effective_on": "Effective day",
    "expires_on": "Last day",
    "comments_close_on": "Last day for comments",
}


def _document(row: ChangeRow) -> Words:
    kind, _, note = (row.new or row.old).partition(" ")
    return f"{label(CHANGE_KINDS, row.kind)}: {kind.replace('_', ' ')} {note}".rstrip(), ""


def _relation(row: ChangeRow) -> Words:
    kind, _, other = (row.new or row.old).partition(" ")
    return f"{label(CHANGE_KINDS, row.kind)}: {label(RELATIONS, kind).lower()} {other}", ""


def _stance(row: ChangeRow) -> Words:
    was, now = label(STANCES, row.old), label(STANCES, row.new)
    return f"Stance proposed by the machine: “{now}”; “{was}” before", ""


def _judged(row: ChangeRow) -> Words:
    """What a person entered, told as theirs."""
    labels = {"stance": STANCES, "binds": BINDS}.get(row.field, {})
    was, now = labels.get(row.old, row.old), labels.get(row.new, row.new)
    told = f"{label(CHANGE_KINDS, row.kind)}: {row.field.replace('_', ' ')} “{_text(now)}”"
    return (f"{told}; “{was}” before" if was else told), ""


def _scope(row: ChangeRow) -> Words:
    if row.new in ON_TOPIC:
        return f"Now counted under “{label(SCOPES, row.new)}”", ""
    return "No longer followed: read again, it is not on topic", ""


def _hearing(row: ChangeRow) -> Words:
    return f"{label(CHANGE_KINDS, row.kind)}: {_hearing_told(row.new)}", ""


def _hearing_told(text: str) -> str:
    when, *rest = text.split(" · ")
    known = (
        weekday(dt.date.fromisoformat(when))
        if len(when) == 10
        else clock(dt.datetime.fromisoformat(when), "")
    )
    return ", ".join([known, *rest])


def _numbered(row: ChangeRow) -> Words:
    was, now = (key.rpartition("/")[2] for key in (row.old, row.new))
    return f"{label(CHANGE_KINDS, row.kind)}: {now}; listed as “{was}” before", ""


def _posture(row: ChangeRow) -> Words:
    match row.field, row.new:
        case "posture", _:
            was, now = label(POSTURES, row.old), label(POSTURES, row.new)
            return f"Where it stands: {now} (before: {was})", ""
        case "contested", "":
            return "What decides where it stands is no longer before a court", ""
        case "contested", _:
            return "What decides where it stands is contested in court", ""
        case _, "":
            return "What decides where it stands is in effect", ""
        case _, "unknown":
            return "What decides where it stands is not yet in effect; the day is not stated", ""
    return f"What decides where it stands takes effect on {day(row.new)}", ""


def _withdrawn(row: ChangeRow) -> Words:
    return f"{label(CHANGE_KINDS, row.kind)} ({row.new})", ""


def _text(value: str) -> str:
    return value or "nothing"


def _on(value: str | None) -> str:
    return day(value) if value else "no day"


_WORDS: dict[str, Callable[[ChangeRow], Words]] = {
    "action_added": _action,
    "action_changed": _action_corrected,
    "action_removed": _action_withdrawn,
    "title_changed": _title,
    **dict.fromkeys(
        (
            "issuer_changed",
            "issued_on_changed",
            "effective_on_changed",
            "expires_on_changed",
            "comments_close_on_changed",
        ),
        _day_or_issuer,
    ),
    **dict.fromkeys(
        (
            "text_changed",
            "version_added",
            "version_changed",
            "version_removed",
            "sponsor_added",
            "sponsor_removed",
        ),
        _named,
    ),
    **dict.fromkeys(("document_added", "document_removed"), _document),
    **dict.fromkeys(("relation_added", "relation_removed"), _relation),
    "stance_changed": _stance,
    "identifier_changed": _numbered,
    "posture_changed": _posture,
    "scope_changed": _scope,
    "judgement_changed": _judged,
    **dict.fromkeys(("hearing_added", "hearing_changed", "hearing_cancelled"), _hearing),
    "withdrawn_from_site": _withdrawn,
}


def wording(row: ChangeRow) -> Words:
    """Raises KeyError where the kind of change, or a value of it, has no words."""
    return _WORDS.get(row.kind, _plain)(row)


def clock(at: dt.datetime, zone: str) -> str:
    """`Mon, Feb 9, 2026, 9:00 AM Eastern`; in a zone without a name here, with its offset from UTC."""
    if zone in _ZONES:
        at, named = at.astimezone(ZoneInfo(zone)), _ZONES[zone]
    else:
        offset = at.isoformat()[-6:]
        named = "UTC" if offset == "+00:00" else f"UTC{offset}"
    noon = "AM" if at.hour < 12 else "PM"
    return f"{weekday(at.date())}, {at.hour % 12 or 12}:{at:%M} {noon} {named}"


def weekday(date: dt.date) -> str:
    """`Mon, Feb 9, 2026`."""
    return f"{_WEEKDAYS[date.weekday()]}, {day(date)}"
