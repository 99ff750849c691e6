"""The status of a measure in Hawaii: who acted when, and the votes and meetings that its words tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from bs4 import Tag

from spiders.reading import PageChanged, day, table, text
from spiders.told import told_moment
from tracker.model import Action, Chamber, Hearing, Measure, Vote, fold

# $ and CONAM mark money bills and changes of the constitution, not who acted.
_CHAMBERS: dict[str, Chamber] = {
    "H": "lower",
    "S": "upper",
    "D": "legislature",
    "$": "",
    "CONAM": "",
}
_MEETING = re.compile(
    r"(?P<what>.*?(?:schedul|will hold|reconvene).*?)(?P<day>\d\d-\d\d-\d\d) "
    r"(?P<hour>\d{1,2}:\d\d[AP]M)(?:;| in)? (?P<place>.+?)\.?"
)
_MEETS = re.compile(r"\b(?:by|on) ([A-Z]{3}(?:[/,& ]+[A-Z]{3})*)\b")
# Members that had reservations voted yes, and are counted among them.
_TALLIES = (
    re.compile(r"(?P<motion>.*?)\.? *Ayes, (?P<yes>\d+);.*?Noes, (?P<no>\d+)\b"),
    re.compile(r"(?P<motion>.*?)\.? *Ayes, (?P<yes>\d+);.*?(?P<no>\d+) No\(?es\)?:"),
    re.compile(r"(?P<motion>.*?)\. The votes .*?: (?P<yes>\d+) Aye.*?(?P<no>\d+) No\(?es\)?:"),
    re.compile(r"(?P<motion>.*?)\. The votes .*?: (?P<yes>\d+) Aye.*?;\s*(?P<no>)Noes: none"),
)


def actions_of(status: Tag) -> list[Action]:
    """The table is newest first, also within a day."""
    rows = table(status, "Date", "Chamber", "Status Text")
    actions = [
        Action(
            on=day(text(row["Date"]), "%m/%d/%Y"),
            text=text(row["Status Text"]),
            chamber=_chamber(fold(row["Chamber"].get_text())),
        )
        for row in rows
    ]
    if not actions:
        raise PageChanged("rows of a status", "none")
    newest_first = actions[0].on >= actions[-1].on
    return sorted(actions[::-1] if newest_first else actions, key=lambda action: action.on)


def _chamber(letter: str) -> Chamber:
    if letter not in _CHAMBERS:
        raise PageChanged(f"one of {', '.join(_CHAMBERS)}", letter or "nothing")
    return _CHAMBERS[letter]


def vote_of(action: Action) -> Vote | None:
    """Totals; a vote of the House floor names only who did not vote yes, and has none."""
    for form in _TALLIES:
        if found := form.match(action.text):
            return Vote(
                on=action.on,
                chamber=action.chamber,
                motion=found["motion"].strip(),
                yes=int(found["yes"]),
                no=int(found["no"] or 0),
            )
    return None


def hearings(measure: Measure, today: dt.date, timezone: str) -> Iterator[Hearing]:
    """Meetings to come that the status announces; the last line on an hour decides."""
    announced: dict[str, Hearing] = {}
    for action in measure.actions or ():
        meeting = _MEETING.fullmatch(action.text)
        if meeting and day(meeting["day"], "%m-%d-%y") >= today:
            announced[f"{meeting['day']} {meeting['hour']}"] = _hearing(measure, meeting, timezone)
    yield from announced.values()


def _hearing(measure: Measure, meeting: re.Match[str], timezone: str) -> Hearing:
    moment = told_moment(f"{meeting['day']} {meeting['hour']}", "%m-%d-%y %I:%M%p", timezone)
    committee = _MEETS.search(meeting["what"])
    return Hearing(
        jurisdiction=measure.jurisdiction,
        session=measure.session,
        identifier=measure.identifier,
        on=moment.date(),
        starts_at=moment,
        timezone=timezone,
        committee=committee[1] if committee else "",
        place=meeting["place"],
        note=meeting[0],
        status="cancelled" if "deleted" in meeting["what"] else "scheduled",
        url=measure.url or "",
    )
