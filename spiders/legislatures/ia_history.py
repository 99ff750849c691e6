"""The actions of a bill in Iowa: the chamber told by a journal's page, and what the words tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import urljoin

from bs4 import Tag

from spiders.legislatures.ia_rows import NUMBER
from spiders.reading import PageChanged, attribute, day, some, text
from spiders.told import told_moment, told_votes
from tracker.model import Action, Chamber, Document, Hearing, Measure, Relation, Vote, fold

_DECORATION = re.compile(r"\*\*\*|END OF \d+ ACTIONS|\$history")
_JOURNAL = re.compile(r"\s*(?:[HS]\.J\. \d+|[HS]CS)\.?$")
_BEFORE_MARK = re.compile(r" (?=[.,;])")  # a link ends before its full stop
_HOUSES: tuple[tuple[re.Pattern[str], Chamber], ...] = (
    (re.compile(r"\bH\.J\. \d+|\bHCS\b|^Passed House"), "lower"),
    (re.compile(r"\bS\.J\. \d+|\bSCS\b|^Passed Senate"), "upper"),
)
_COUNT = re.compile(
    r"(?P<motion>.+?)[:,] ?yeas,? ?(?P<yes>\d+)[,.] ?nays,? ?(?P<no>\d+)\b.*", re.IGNORECASE
)
_MEETING = re.compile(
    r"Subcommittee Meeting: (?P<day>\d\d/\d\d/\d{4}) (?P<hour>\d{1,2}:\d\d[AP]M)"
    r"(?: (?P<place>.+?))??(?P<cancelled> \(Cancell?ed\))?\.?"
)


def actions_of(table: Tag) -> list[Action]:
    """Oldest first; the table is newest first. Rows without a day name papers, and are not actions."""
    rows = (row.find_all("td", recursive=False) for row in some(table, "tr"))
    found = [_action(cells) for cells in rows if cells and _is_action(cells)]
    if not found:
        raise PageChanged("actions of a bill", "none")
    if found[0].on >= found[-1].on:
        found.reverse()
    return sorted(found, key=lambda action: action.on)


def _is_action(cells: Sequence[Tag]) -> bool:
    if len(cells) not in (2, 3):
        raise PageChanged("a day and an action in a row", f"{len(cells)} cells")
    words = " ".join(fold(cell.get_text(" ")) for cell in cells)
    return bool(fold(cells[0].get_text(" "))) and not _DECORATION.search(words)


def _action(cells: Sequence[Tag]) -> Action:
    words = _BEFORE_MARK.sub("", text(cells[-1]))
    return Action(
        on=day(text(cells[0]), "%m/%d/%Y", "%B %d, %Y"),
        text=_JOURNAL.sub("", words) or words,
        chamber=next((house for mark, house in _HOUSES if mark.search(words)), ""),
    )


def papers(table: Tag, url: str) -> Iterator[Document]:
    """Fiscal notes, letters of the governor, and acts, which stand in rows of their own."""
    seen = set()
    for row in some(table, "tr"):
        cells = [fold(cell.get_text(" ")) for cell in row.find_all(["td", "th"])]
        if not cells:
            raise PageChanged("cells in a row", str(row)[:300])
        words, is_fiscal = cells[-1], "fiscal note" in cells[-1].lower()
        for link in row.select("a[href]"):
            address = urljoin(url, attribute(link, "href"))
            if address not in seen and (is_fiscal or not cells[0]) and "JNL/" not in address:
                seen.add(address)
                note = fold(link.get_text(" ")) or words
                yield Document(kind=_kind(words, is_fiscal=is_fiscal), note=note, url=address)


def _kind(words: str, *, is_fiscal: bool) -> Literal["fiscal_note", "veto_message", "other"]:
    if is_fiscal:
        return "fiscal_note"
    return "veto_message" if "veto" in words.lower() else "other"


def votes_of(actions: Sequence[Action]) -> list[Vote]:
    """Totals of the floor and of committees."""
    return list(told_votes(actions, _COUNT))


def relations_told(actions: Sequence[Action]) -> Iterator[Relation]:
    for action in actions:
        for letters, number in NUMBER.findall(action.text):
            identifier = f"{letters} {int(number)}"
            if "renumbered as" in action.text or action.text.startswith(
                f"{identifier} substituted"
            ):
                yield Relation(kind="substituted_by", identifier=identifier)
            elif action.text.startswith("Substituted for"):
                yield Relation(kind="substitutes", identifier=identifier)


def hearings(measure: Measure, today: dt.date, timezone: str) -> Iterator[Hearing]:
    """Subcommittee meetings to come: the first time that a bill is heard."""
    for action in measure.actions or ():
        meeting = _MEETING.fullmatch(action.text)
        if meeting and day(meeting["day"], "%m/%d/%Y") >= today:
            yield _hearing(measure, meeting, timezone)


def _hearing(measure: Measure, meeting: re.Match[str], timezone: str) -> Hearing:
    moment = told_moment(f"{meeting['day']} {meeting['hour']}", "%m/%d/%Y %I:%M%p", timezone)
    return Hearing(
        jurisdiction=measure.jurisdiction,
        session=measure.session,
        identifier=measure.identifier,
        on=moment.date(),
        starts_at=moment,
        timezone=timezone,
        committee="Subcommittee",
        place=meeting["place"] or "",
        note=meeting[0],
        status="cancelled" if meeting["cancelled"] else "scheduled",
    )
