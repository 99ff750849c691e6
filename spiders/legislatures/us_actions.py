"""The history of a federal bill, told by several systems at once.

The clerks of both chambers and the Library of Congress each write what happened, so one event can
stand three times. Lines of one day and the same words are one action; the file has the newest first.
"""

from __future__ import annotations

import datetime as dt
import re

from lxml import etree

from spiders.reading import PageChanged, day, said
from tracker.model import Action, Chamber, Vote, fold

_PRESIDENT = re.compile(
    r"(?:Presented to|Signed by|Vetoed by|Pocket Vetoed by) (?:the )?President"
    r"|Became (?:Public|Private) Law|Sent to Archivist",
    re.IGNORECASE,
)
_HOUSE_OR_SENATE = re.compile(r"\b(?<!White )(House|Senate)\b")
_CHAMBERS: dict[str, Chamber] = {"House": "lower", "Senate": "upper"}
_SYSTEMS = re.compile(r"(House|Senate)\b.*|Library of Congress|")
# Yeas and nays as both clerks write them: by the Yeas and Nays: 263 - 156 (Roll no. 23).
_TALLY = re.compile(r"\b(\d{1,3}) - (\d{1,3})\b")


def actions_of(bill: etree._Element) -> list[Action]:
    """Oldest first."""
    found: dict[tuple[dt.date, str], Action] = {}
    for item in reversed(bill.findall("actions/item")):
        action = _action(item)
        if action:
            found.setdefault((action.on, action.text), action)
    return sorted(found.values(), key=lambda action: action.on)


def votes_of(bill: etree._Element) -> list[Vote]:
    """Recorded votes whose tally is in the words of the action; each roll call once, in the words
    of the clerk, which stand above those of the Library."""
    found: dict[str, Vote] = {}
    for item in reversed(bill.findall("actions/item")):
        action = _action(item)
        tally = _TALLY.search(action.text) if action else None
        for record in item.iterfind("recordedVotes/recordedVote"):
            if action and tally:
                found[said(record, "url")] = _vote(action, record, tally)
    return sorted(found.values(), key=lambda vote: vote.on)


def _vote(action: Action, record: etree._Element, tally: re.Match[str]) -> Vote:
    chamber = said(record, "chamber")
    if chamber not in _CHAMBERS:
        raise PageChanged("a vote of the House or the Senate", chamber)
    return Vote(
        on=action.on,
        chamber=_CHAMBERS[chamber],
        motion=action.text,
        yes=int(tally[1]),
        no=int(tally[2]),
        url=said(record, "url"),
    )


def _action(item: etree._Element) -> Action | None:
    """None for lines without words, which say nothing."""
    text = fold(item.findtext("text") or "")
    if not text:
        return None
    on = day(said(item, "actionDate"), "%Y-%m-%d")
    return Action(on=on, text=text, chamber=_chamber(item, text))


def _chamber(item: etree._Element, text: str) -> Chamber:
    """The clerk's chamber; of lines by the Library, the chamber they name first."""
    if _PRESIDENT.match(text):
        return "executive"
    system = fold(item.findtext("sourceSystem/name") or "")
    known = _SYSTEMS.fullmatch(system)
    if known is None:
        raise PageChanged("House, Senate or Library of Congress as the source", system)
    named = known[1] or _named(text, fold(item.findtext("actionCode") or ""))
    return _CHAMBERS.get(named, "")


def _named(text: str, code: str) -> str:
    """The Library's codes up to 8000 are of the House, from 10000 to 17000 of the Senate."""
    found = _HOUSE_OR_SENATE.search(text)
    if found:
        return found[1]
    if not code.isdigit() or int(code) > 17_000:
        return ""
    return "House" if int(code) < 10_000 else "Senate"
