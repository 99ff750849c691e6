"""The history of a bill in Florida: rows of several actions, and what their words tell beside."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from bs4 import Tag

from spiders.reading import PageChanged, day, some, text
from spiders.told import told_moment, told_votes
from tracker.model import Action, Chamber, Hearing, Measure, Relation, Vote, fold

_CHAMBERS: dict[str, Chamber] = {"Senate": "upper", "House": "lower", "": ""}
_JOURNAL = re.compile(r"\s*-[SH]J \d+(?:; ?-?[SH]J \d+)*$")
_COUNT = re.compile(r"(?P<motion>.+?); YEAS (?P<yes>\d+),? NAYS (?P<no>\d+)\b.*")
_AGENDA = re.compile(
    r"On Committee agenda-- ?(?P<committee>.+?), (?P<day>\d\d/\d\d/\d\d), "
    r"(?P<hour>\d{1,2}:\d\d [ap]m), (?P<place>[^-]+?)"
)
_NUMBER = re.compile(r"\b(?:CS/)*([HS](?:B|JR|CR|M|R|PB)) (\d+)(?:-?([A-Z]))?\b")
# Only whole sentences: "Laid on Table under Rule 7.18(a)" makes way for the bill's own substitute.
_REPLACED = re.compile(r"Laid on Table, (?:refer to|companion bill\(s\) passed, see|see) ")
_REPLACES = re.compile(r"Substituted for ")


def actions_of(table: Tag) -> list[Action]:
    """Oldest first; the page has them so, and a page that does not is turned."""
    rows = [row.find_all("td", recursive=False) for row in some(table, "tr")]
    found = [action for cells in rows if cells for action in _row(cells)]
    if not found:
        raise PageChanged("actions in a history", "none")
    if found[0].on > found[-1].on:
        found.reverse()
    return sorted(found, key=lambda action: action.on)


def _row(cells: Sequence[Tag]) -> Iterator[Action]:
    if len(cells) != 3:
        raise PageChanged("day, chamber and actions in a row", f"{len(cells)} cells")
    on = day(text(cells[0]), "%m/%d/%Y", "%m/%d/%y")
    chamber = fold(cells[1].get_text(" "))
    if chamber not in _CHAMBERS:
        raise PageChanged("Senate, House or nothing", chamber)
    for sentence in text(cells[2]).split("•"):
        if sentence.strip():
            words = _JOURNAL.sub("", sentence.strip())
            yield Action(on=on, text=words, chamber=_CHAMBERS[chamber])


def votes_of(actions: Sequence[Action]) -> list[Vote]:
    """Totals, of floor and Senate committees; House committees tell theirs elsewhere."""
    return list(told_votes(actions, _COUNT))


def relations_told(actions: Sequence[Action]) -> Iterator[Relation]:
    """The bill that goes on in this one's place, or that this one takes the place of."""
    found: dict[Relation, None] = {}
    for action in actions:
        for letters, number, session in _NUMBER.findall(action.text):
            identifier = f"{letters} {number}{session}"
            if _REPLACED.match(action.text):
                found[Relation(kind="substituted_by", identifier=identifier)] = None
            elif _REPLACES.match(action.text):
                found[Relation(kind="substitutes", identifier=identifier)] = None
    yield from found


def hearings(measure: Measure, today: dt.date, timezone: str) -> Iterator[Hearing]:
    """Senate agendas to come; one that ends in "--Temporarily Postponed" is over."""
    for action in measure.actions or ():
        agenda = _AGENDA.fullmatch(action.text)
        if agenda and day(agenda["day"], "%m/%d/%y") >= today:
            yield _hearing(measure, agenda, timezone)


def _hearing(measure: Measure, agenda: re.Match[str], timezone: str) -> Hearing:
    moment = told_moment(f"{agenda['day']} {agenda['hour']}", "%m/%d/%y %I:%M %p", timezone)
    return Hearing(
        jurisdiction=measure.jurisdiction,
        session=measure.session,
        identifier=measure.identifier,
        on=moment.date(),
        starts_at=moment,
        timezone=timezone,
        committee=f"Senate {agenda['committee']}",
        place=agenda["place"],
        note=agenda[0],
        url=measure.url or "",
    )
