"""Rows of the tables in California's archive: tabs between cells, texts in backquotes, no head."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from spiders.answer import Answer
from spiders.reading import PageChanged, day, match
from tracker.model import Action, Chamber, Document, Kind, Sponsor, Version, Vote, fold

SITE = "https://leginfo.legislature.ca.gov/faces"
_BILL = re.compile(r"(?P<years>\d{8})(?P<special>\d)(?P<letters>[A-Z]+?)(?:X\d)?(?P<number>\d+)")
_VERSION = re.compile(
    r"(?P<year>\d{4})(?P<special>\d)(?P<letters>[A-Z]+?)(?:X\d)?(?P<number>\d+)(?P<nth>\d\d)"
    r"(?P<state>[A-Z]+)"
)
_KINDS: dict[str, Kind] = {
    "AB": "bill", "SB": "bill", "ACA": "resolution", "SCA": "resolution", "ACR": "resolution",
    "SCR": "resolution", "AJR": "resolution", "SJR": "resolution", "HR": "resolution",
    "SR": "resolution",
}  # fmt: skip
_PLAN = "GRP"  # a reorganization plan of the governor, numbered among the bills
_PLACES: dict[str, Chamber] = {
    "Assembly": "lower",
    "Senate": "upper",
    "Governor": "executive",
    "Secretary of State": "executive",
}
_BY_GOVERNOR = re.compile(r"(?:Approved|Vetoed) by (?:the )?Governor|Returned by the Governor")
_TALLY = re.compile(
    r"(?P<motion>[^()]*)\(Ayes\s+(?P<yes>\d+)\.\s+Noes\s+(?P<no>\d+)\.[^)]*\)"
    r"(?:\s*\((?P<month>[A-Z][a-z]+)\s+(?P<day>\d+)\))?"
)
_ROLES = {"LEAD_AUTHOR": "primary", "PRINCIPAL_COAUTHOR": "cosponsor", "COAUTHOR": "cosponsor"}
_MAX_CELL = 2_000_000
Reject = Callable[[str], None]


class Bill(NamedTuple):
    """A measure as its `bill_id` names it (`202520260SB275`)."""

    id: str
    letters: str
    session: str
    identifier: str

    @property
    def url(self) -> str:
        return f"{SITE}/billNavClient.xhtml?bill_id={self.id}"

    @property
    def kind(self) -> Kind:
        return _KINDS[self.letters]

    @property
    def chamber(self) -> Chamber:
        return "upper" if self.letters.startswith("S") else "lower"


def rows(answer: Answer, cells: int) -> Iterator[list[str]]:
    """Rows of a table of that many cells; NULL is an empty cell.

    Raises where a row has more or fewer, or the last line has no end.
    """
    if not answer.body.endswith(b"\n"):
        raise PageChanged("a table whose last line is ended", repr(answer.body[-80:]))
    csv.field_size_limit(_MAX_CELL)
    lines = io.StringIO(answer.text("utf-8"), newline="")
    for row in csv.reader(lines, delimiter="\t", quotechar="`"):
        if len(row) != cells:
            raise PageChanged(f"{cells} cells in a row", f"{len(row)}: {row[:4]}")
        yield ["" if cell == "NULL" else fold(cell) for cell in row]


def bill(bill_id: str, reject: Reject) -> Bill | None:
    """The measure of a row; None for a governor's plan, which is no measure of the legislature."""
    found = match(_BILL, bill_id)
    if found["letters"] == _PLAN:
        reject("a governor's reorganization plan")
        return None
    if found["letters"] not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", bill_id)
    special = int(found["special"])
    return Bill(
        id=bill_id,
        letters=found["letters"],
        session=found["years"] + (f" Special Session {special}" if special else ""),
        identifier=f"{found['letters']} {int(found['number'])}",
    )


def bill_of_version(version_id: str) -> str:
    """`202520260SB275` for `20250SB27599INT`."""
    found = match(_VERSION, version_id)
    first = int(found["year"])
    extra = f"X{found['special']}" if f"{found['letters']}X" in version_id else ""
    return f"{first}{first + 1}{found['special']}{found['letters']}{extra}{found['number']}"


def version_number(version_id: str) -> int:
    """99 for the first version of a bill, counting down."""
    return int(match(_VERSION, version_id)["nth"])


def version_url(version_id: str) -> str:
    bill_id = bill_of_version(version_id)
    return f"{SITE}/billTextClient.xhtml?bill_id={bill_id}&version={version_id}"


def read_day(printed: str) -> dt.date:
    return day(printed, "%Y-%m-%d %H:%M:%S")


class VersionRow(NamedTuple):
    """`lob` is the member of the archive that holds the text; empty where there is none."""

    version: Version
    number: int
    subject: str
    lob: str


def versions(answer: Answer, reject: Reject) -> dict[str, list[VersionRow]]:
    """BILL_VERSION_TBL by `bill_id`, oldest first."""
    found: dict[str, list[VersionRow]] = defaultdict(list)
    for row in rows(answer, 18):
        version_id, bill_id, nth, on, note, _, subject, *_, lob, active, _, _ = row
        if active != "Y":
            reject("a version that is withdrawn")
            continue
        version = Version(
            note=note,
            url=version_url(version_id),
            published_on=read_day(on),
            media_type="application/xml",
        )
        found[bill_id].append(VersionRow(version, int(match(r"\d+", nth)[0]), subject, lob))
    for texts in found.values():
        texts.sort(key=lambda text: -text.number)
    return found


def actions(answer: Answer, reject: Reject) -> dict[str, list[Action]]:
    """BILL_HISTORY_TBL by `bill_id`, oldest first."""
    found: dict[str, list[tuple[dt.date, int, int, Action]]] = defaultdict(list)
    for row in rows(answer, 13):
        bill_id, line, on, text, _, _, sequence, _, status, place, *_ = row
        if status != "Applied" or not text:
            reject("a line of history that is empty, or not applied")
            continue
        acted = Action(on=read_day(on), text=text, chamber=_chamber(text, place))
        order = int(match(r"\d+", sequence)[0]), int(match(r"\d+", line)[0])
        found[bill_id].append((acted.on, *order, acted))
    return {bill_id: [line[3] for line in sorted(lines)] for bill_id, lines in found.items()}


def _chamber(text: str, place: str) -> Chamber:
    """Where a measure lies after the action; a veto's line names the house it returns to.

    A place that is none of the four known ones is no chamber.
    """
    return "executive" if _BY_GOVERNOR.match(text) else _PLACES.get(place, "")


def votes(lines: Sequence[Action]) -> list[Vote]:
    """Tallies in the words of actions; a committee's carries its own day, without a year."""
    return [
        Vote(
            on=_voted_on(found, acted.on),
            chamber=acted.chamber,
            motion=fold(found["motion"]).strip(". ") or acted.text,
            yes=int(found["yes"]),
            no=int(found["no"]),
        )
        for acted in lines
        for found in _TALLY.finditer(acted.text)
    ]


def _voted_on(found: re.Match[str], acted_on: dt.date) -> dt.date:
    """The last such day not after the action's own."""
    if not found["month"]:
        return acted_on
    on = day(f"{found['month']} {found['day']} {acted_on.year}", "%B %d %Y")
    return on if on <= acted_on else on.replace(year=on.year - 1)


def sponsors(answer: Answer, reject: Reject) -> dict[str, list[Sponsor]]:
    """BILL_VERSION_AUTHORS_TBL by `bill_id`: the authors of each bill's latest version."""
    found: dict[str, dict[int, list[Sponsor]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(answer, 10):
        version_id, _, _, name, role, _, active, *_ = row
        if active != "Y":
            reject("an author of a version that is withdrawn")
            continue
        if role not in _ROLES:
            raise PageChanged(f"one of {', '.join(_ROLES)}", role)
        one = Sponsor(name=name, role=_ROLES[role])  # type: ignore[arg-type]
        by_version = found[bill_of_version(version_id)][version_number(version_id)]
        if one not in by_version:
            by_version.append(one)
    return {bill_id: by_version[min(by_version)] for bill_id, by_version in found.items()}


def veto_messages(answer: Answer, _: Reject) -> dict[str, list[Document]]:
    """VETO_MESSAGE_TBL by `bill_id`; the site shows the message with the bill's status."""
    return {
        bill_id: [
            Document(
                kind="veto_message",
                note=f"Veto message, {read_day(on)}",
                url=f"{SITE}/billStatusClient.xhtml?bill_id={bill_id}",
            )
        ]
        for bill_id, on, *_ in rows(answer, 5)
    }


def analyses(answer: Answer, reject: Reject) -> dict[str, list[Document]]:
    """BILL_ANALYSIS_TBL by `bill_id`, oldest first."""
    found: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for row in rows(answer, 15):
        _, bill_id, _, _, _, committee, _, on, *_, active, _, _ = row
        if active == "Y":
            found[bill_id].append((read_day(on), committee))
        else:
            reject("an analysis that is withdrawn")
    return {
        bill_id: [
            Document(
                kind="analysis",
                note=f"{committee or 'Analysis'}, {on}",
                url=f"{SITE}/billAnalysisClient.xhtml?bill_id={bill_id}",
            )
            for on, committee in sorted(papers)
        ]
        for bill_id, papers in found.items()
    }
