"""Where each state stands on a day, derived from what is decided and not ended.

The first rule that fits decides:

1. `ban`: a `bans_agreements` measure forbids local agencies 287(g) agreements.
2. `mandate`: a `mandates_cooperation` measure binds local agencies.
3. `limited`: a `limits_cooperation` measure binds local agencies, or a ban reaches only detention
   contracts or state agencies.
4. `permissive`: only measures that permit or fund, or that send only state agencies into
   agreements.
5. `no_statewide_policy`: none of these.

Where rules 1 and 2 both fit the posture is `undecided`: a person decides. A governor's order
reaches rule 3 or 4 at most. A measure whose reach is not known, or whose machine reading is not
sure, decides nothing and is named. Pending bills, vetoes and dead measures never count; neither do
local policies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from tracker.baseline import Standing
from tracker.model import Posture
from tracker.places import states
from tracker.standing import ORDERS, of_day, standing

_POSTURES: dict[int, Posture] = {1: "ban", 2: "mandate", 3: "limited", 4: "permissive"}
# A law whose effective day nobody stated is taken to be in effect after this long: where a statute
# names no day, the constitutions' own rules bring it into effect within months of the session.
_SURELY_IN_EFFECT = dt.timedelta(days=365)
_NOTICE_TOPICS = frozenset({"detainers", "jail_access_notification", "information_sharing"})
UNKNOWN_REACH, UNSURE = "reach-unknown", "reading-unsure"
# Under this, a reading that no person confirmed may be wrong nearly as often as right: it is shown
# as not counted, and moves no state.
_SURE = 0.6


class Reason(NamedTuple):
    """One measure behind a posture. `rule` is its number, with the sub-level of a mandate.

    `decided_on` is as exact as it is known; `path` is the measure's page, empty where it has none.
    """

    measure: str
    rule: str
    title: str
    decided_on: str
    source_url: str
    certainty: str
    note: str
    path: str


class StatePosture(NamedTuple):
    """`takes_effect` is empty once in effect, else an ISO day or `unknown`; `until_then` is the
    posture of what is in effect meanwhile. `since` is None where nothing was ever decided."""

    jurisdiction: str
    posture: Posture
    level: str
    contested: bool
    takes_effect: str
    until_then: Posture
    since: str | None
    reasons: list[Reason]
    not_counted: list[Reason]


class _Judged(NamedTuple):
    posture: Posture
    deciding: list[Standing]


def posture(db: Database, as_of: dt.date) -> list[StatePosture]:
    """The fifty states, DC and Puerto Rico, by name."""
    found = standing(db.conn)
    return [posture_of(place.code, found.get(place.code, []), as_of) for place in states()]


def rule_of(one: Standing) -> int | None:
    """The rule that a measure meets by itself; None where none, or where its reach is unknown."""
    local, order = one.binds == "local_agencies", one.kind in ORDERS
    match one.stance:
        case "bans_agreements" if local and not order and "agreements_287g" in one.topics:
            return 1
        case "bans_agreements" if local or one.binds == "state_agencies":
            return 3
        case "mandates_cooperation" if local and not order:
            return 2
        case "mandates_cooperation" if order or one.binds == "state_agencies":
            return 4
        case "limits_cooperation" if local:
            return 3
        case "permits_or_funds_cooperation":
            return 4
    return None


def level_of(one: Standing) -> str:
    """How far a mandate goes: to sign, to honor detainers or give notice, or not to forbid."""
    if "agreements_287g" in one.topics:
        return "join_287g"
    return "detainers_or_notice" if one.topics & _NOTICE_TOPICS else "preemption_only"


_LEVELS = ("join_287g", "detainers_or_notice", "preemption_only")


def _judge(measures: Iterable[Standing]) -> _Judged:
    groups: dict[int, list[Standing]] = {}
    for one in measures:
        if (rule := rule_of(one)) is not None:
            groups.setdefault(rule, []).append(one)
    if 1 in groups and 2 in groups:
        return _Judged("undecided", groups[1] + groups[2])
    if not groups:
        return _Judged("no_statewide_policy", [])
    first = min(groups)
    return _Judged(_POSTURES[first], groups[first])


def _blocked(one: Standing, day: dt.date) -> bool:
    return one.court == "enjoined_whole" and _ruled(one, day)


def _ruled(one: Standing, day: dt.date) -> bool:
    """A court has ruled on it, by that day."""
    return bool(one.court) and (one.court_on is None or one.court_on <= day)


def _in_effect(one: Standing, day: dt.date) -> bool:
    if one.effective_on:
        return one.effective_on <= day
    return one.decided_on + _SURELY_IN_EFFECT <= day


def _counted(measures: Iterable[Standing], day: dt.date) -> list[Standing]:
    return [
        one for one in of_day(measures, day) if one.confidence >= _SURE and not _blocked(one, day)
    ]


def posture_of(code: str, measures: Sequence[Standing], day: dt.date) -> StatePosture:
    """The posture of one jurisdiction, from every measure it ever decided."""
    decided = list(of_day(measures, day))
    counted = _counted(measures, day)
    judged = _judge(counted)
    now = _judge(one for one in counted if _in_effect(one, day))
    coming = now.posture != judged.posture
    return StatePosture(
        code,
        judged.posture,
        _level(judged),
        _contested(decided, judged, day),
        _takes_effect(judged, day) if coming else "",
        now.posture,
        _since(measures, judged.posture, day),
        [_reason(one) for one in sorted(judged.deciding, key=_order)],
        [_reason(one, why) for one in decided if (why := _not_counted(one))],
    )


def _level(judged: _Judged) -> str:
    if judged.posture != "mandate":
        return ""
    return min((level_of(one) for one in judged.deciding), key=_LEVELS.index)


def _contested(decided: Sequence[Standing], judged: _Judged, day: dt.date) -> bool:
    """A deciding measure is before a court, or one blocked in whole would have decided."""
    sure = (one for one in decided if one.confidence >= _SURE)
    would = _judge(sure).deciding + judged.deciding
    return any(_ruled(one, day) for one in would)


def _takes_effect(judged: _Judged, day: dt.date) -> str:
    ahead = [one.effective_on for one in judged.deciding if not _in_effect(one, day)]
    known = [effective for effective in ahead if effective]
    return min(known).isoformat() if known else "unknown"


def _since(measures: Sequence[Standing], posture: Posture, day: dt.date) -> str | None:
    """The first day of the unbroken time in this posture, as exact as it is known."""
    known = {one.decided_on: one.decided_as_known for one in measures}
    events = {*known, *(d for one in measures for d in (one.ended_on, one.court_on) if d)}
    since = None
    for event in sorted((event for event in events if event <= day), reverse=True):
        if _judge(_counted(measures, event)).posture != posture:
            return since
        since = known.get(event, event.isoformat())
    return since if posture != "no_statewide_policy" else None


def _not_counted(one: Standing) -> str:
    """Why a measure that does something about cooperation decides nothing; "" where it may."""
    if one.stance in _NO_COLOR:
        return ""
    if one.confidence < _SURE:
        return UNSURE
    return UNKNOWN_REACH if rule_of(one) is None and one.binds == "unknown" else ""


_NO_COLOR = frozenset({"related_other", "unknown"})


def _order(one: Standing) -> tuple[int, dt.date, str]:
    return (rule_of(one) or 9, one.decided_on, one.key)


def _reason(one: Standing, rule: str = "") -> Reason:
    number = rule_of(one)
    told = f"{number}/{level_of(one)}" if number == 2 else str(number)
    return Reason(
        one.key,
        rule or told,
        one.title,
        one.decided_as_known,
        one.source_url,
        one.certainty,
        one.note,
        one.path,
    )
