"""The history of a matter in the General Court: what it tells of votes, drafts and hearings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import msgspec
from bs4 import BeautifulSoup
from msgspec import Struct, field

from spiders.legislatures.ma_rows import SITE
from spiders.reading import PageChanged, day, measure_number
from spiders.told import told_hour
from tracker.model import Action, Chamber, Hearing, Measure, Relation, RelationKind, Vote, fold

_BRANCHES: dict[str, Chamber] = {
    "House": "lower",
    "Senate": "upper",
    "Joint": "legislature",
    "Executive": "executive",
}
_NUMBER = r"[HS]\d+"
_SAME = r"(?:,? as (?:amended,?|a new (?:draft|text)))?"
_NUMBERS = rf"(?P<numbers>{_NUMBER}(?:(?:, | and |, and ){_NUMBER})*)"
_RELATIONS: tuple[tuple[RelationKind, re.Pattern[str]], ...] = (
    ("substituted_by", re.compile(rf"Accompanied a new draft, see {_NUMBERS}")),
    ("substituted_by", re.compile(rf"New draft (?:\([^)]+\) )?substituted, see {_NUMBERS}")),
    ("substituted_by", re.compile(rf".*\bsubstituting .*, see {_NUMBERS}")),
    ("substituted_by", re.compile(rf"Amended by substitution of .*, see {_NUMBERS}")),
    ("substituted_by", re.compile(rf"(?:Rep|P)(?:rinted|ublished),? as amended, see {_NUMBERS}")),
    ("substitutes", re.compile(rf"New draft of {_NUMBERS}")),
    ("substitutes", re.compile(rf"Substituted{_SAME} for {_NUMBERS}")),
    ("substitutes", re.compile(rf"{_NUMBERS},? (?:published|printed) as amended")),
    ("incorporated_into", re.compile(rf"Accompanied {_NUMBERS}")),
)  # fmt: skip
_COUNT = re.compile(
    r"(?P<motion>.+?) ?--? ?(?:"
    r"see Roll Call # ?\d+ \(Yeas (?P<yeas>\d+) to Nays (?P<nays>\d+)\)"
    r"|(?P<yes>\d+) YEAS to (?P<no>\d+) NAYS .*)"
)
_REFERRED = re.compile(
    r".*\b(?:[Rr]eferred,?.*?|Discharged) to the committee on (?P<name>.+?)(?: with .*)?"
)
_HEARING = re.compile(
    r"Hearing (?:re)?scheduled (?:for|to) (?P<on>\d\d/\d\d/\d{4})"
    r" from (?P<from>\d{1,2}:\d\d [AP]M) ?- ?(?P<to>\d{1,2}:\d\d [AP]M) in (?P<place>.+?)"
    r"(?: Hearing (?:updated|location|date) .*)?"
)
_VIRTUAL = re.compile(r"(.+ and Virtual) .*")
_CANCELLED = re.compile(r"Hearing cancell?ed\b.*", re.IGNORECASE)


class Entry(Struct):
    """`date` has no zone; `action` may hold links."""

    date: dt.datetime = field(name="Date")
    branch: str = field(name="Branch")
    action: str = field(name="Action")
    is_stricken: bool = field(name="IsStricken")


def actions(entries: Sequence[Entry]) -> list[Action]:
    """What was not struck, oldest first."""
    kept = sorted((one for one in entries if not one.is_stricken), key=lambda one: one.date)
    return [_action(entry) for entry in kept]


def _action(entry: Entry) -> Action:
    if entry.branch not in _BRANCHES:
        raise PageChanged(f"one of {', '.join(_BRANCHES)}", entry.branch)
    words = fold(BeautifulSoup(entry.action, "lxml").get_text(""))
    if not words:
        raise PageChanged("words of an action", "none")
    return Action(on=entry.date.date(), text=words, chamber=_BRANCHES[entry.branch])


def committees(history: Sequence[Action]) -> list[str]:
    found = (_REFERRED.fullmatch(action.text) for action in history)
    return list(dict.fromkeys(one["name"] for one in found if one))


def votes(history: Sequence[Action]) -> Iterator[Vote]:
    """Floor votes by call of the roll; "Yeas 5 to Yeas 34" is a slip of the site and tells none."""
    for action in history:
        if found := _COUNT.fullmatch(action.text):
            yield Vote(
                on=action.on,
                chamber=action.chamber,
                motion=found["motion"],
                yes=int(found["yeas"] or found["yes"]),
                no=int(found["nays"] or found["no"]),
            )


def relations(history: Sequence[Action]) -> Iterator[Relation]:
    """Drafts that took the place of others. A study order takes no policy further."""
    told = set()
    for action in history:
        for kind, form in _RELATIONS:
            found = form.fullmatch(action.text)
            for number in re.findall(_NUMBER, found["numbers"]) if found else ():
                if (kind, number) not in told:
                    told.add((kind, number))
                    yield Relation(kind=kind, identifier=measure_number(number))


def hearings(measure: Measure, timezone: str, today: dt.date) -> Iterator[Hearing]:
    """Those to come. One that is set anew takes the place of the one before on the same day."""
    found: dict[dt.date, Hearing] = {}
    last: dt.date | None = None
    for action in measure.actions or ():
        if _CANCELLED.fullmatch(action.text) and last:
            found[last] = _cancelled(found[last])
        elif announced := _HEARING.fullmatch(action.text):
            hearing = _hearing(measure, announced, timezone)
            if last and last != hearing.on and "rescheduled" in action.text:
                found[last] = _cancelled(found[last])
            last = hearing.on
            found[last] = hearing
    yield from (found[on] for on in sorted(found) if on >= today)


def _cancelled(hearing: Hearing) -> Hearing:
    return msgspec.structs.replace(hearing, status="cancelled")


def _hearing(measure: Measure, found: re.Match[str], timezone: str) -> Hearing:
    on = day(found["on"], "%m/%d/%Y")
    hour = told_hour(found["from"])
    virtual = _VIRTUAL.fullmatch(found["place"])
    return Hearing(
        jurisdiction=measure.jurisdiction,
        session=measure.session,
        identifier=measure.identifier,
        on=on,
        starts_at=dt.datetime.combine(on, hour, ZoneInfo(timezone)),
        timezone=timezone,
        committee=(measure.committees or [""])[-1],
        place=virtual[1] if virtual else found["place"],
        note=f"until {found['to']}",
        url=f"{SITE}/Bills/{measure.session[:-2]}/{measure.identifier.replace(' ', '')}",
    )
