"""A bill of Georgia's General Assembly, as both of its services tell it, and its facts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spiders.reading import PageChanged, match
from tracker.model import (
    Action,
    Chamber,
    Document,
    Kind,
    Listing,
    Measure,
    Sponsor,
    Version,
    Vote,
    fold,
)

JURISDICTION = "us-ga"
_SITE = "https://www.legis.ga.gov"
_KINDS: dict[str, Kind] = {"HB": "bill", "SB": "bill", "HR": "resolution", "SR": "resolution"}
_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper", "House": "lower", "Senate": "upper"}
_REGULAR = re.compile(r"(\d{4})-\d\d(\d\d) Regular Session")
_SPECIAL = re.compile(r"(\d{4}) (?:(?P<nth>\d)(?:st|nd|rd|th) )?Special Session")
# Among the versions stand papers that are no text of the bill.
_NO_TEXT = re.compile(r"\bamend|\b[HS]FA\b|\blocal ad\b", re.IGNORECASE)
_SIGNER = re.compile(r"(?P<last>[^,]+), (?P<first>.+?)(?: \d+(?:st|nd|rd|th))?")


class Status(NamedTuple):
    """One line of the history; only its day is known, whatever hour is printed."""

    on: dt.date
    words: str


class Paper(NamedTuple):
    id: int
    name: str
    nth: int


class Tally(NamedTuple):
    on: dt.date
    branch: str
    caption: str
    yeas: int
    nays: int


class Bill(NamedTuple):
    """`signers` are in the order of signing, `papers` and `history` in any."""

    id: int
    session: str
    library: str
    identifier: str
    title: str
    summary: str
    signers: Sequence[str]
    committees: Sequence[str]
    papers: Sequence[Paper]
    history: Sequence[Status]
    tallies: Sequence[Tally]


def session_name(description: str) -> str:
    """`2025_26` for `2025-2026 Regular Session`, `2026_ss` for `2026 Special Session`."""
    if regular := _REGULAR.fullmatch(description):
        return f"{regular[1]}_{regular[2]}"
    special = match(_SPECIAL, description)
    nth = special["nth"] or "1"
    return f"{special[1]}_ss{'' if nth == '1' else nth}"


def identifier(doc_type: str, number: str, suffix: str) -> str:
    """`HB 1105`. Special sessions mark type or suffix with `EX`; here the session tells them."""
    prefix = doc_type.replace("EX", "")
    if prefix not in _KINDS or not number.isdecimal():
        raise PageChanged(f"the number of one of {', '.join(_KINDS)}", f"{doc_type} {number}")
    return f"{prefix} {int(number)}{fold(suffix).replace('EX', '')}"


def human_page(bill_id: int) -> str:
    return f"{_SITE}/legislation/{bill_id}"


def listing(
    bill_id: int, session: str, identifier_: str, title: str, last: Status | None
) -> Listing:
    return Listing(
        jurisdiction=JURISDICTION,
        session=session,
        identifier=identifier_,
        kind=_KINDS[identifier_[:2]],
        title=fold(title),
        last_action=last.words if last else "",
        last_action_on=last.on if last else None,
        url=human_page(bill_id),
    )


def measure(bill: Bill) -> Measure:
    history = _oldest_first(bill.history)
    if not history:
        raise PageChanged(f"a history of {bill.identifier}", "none")
    effective = [status.on for status in history if status.words == "Effective Date"]
    return Measure(
        jurisdiction=JURISDICTION,
        session=bill.session,
        identifier=bill.identifier,
        kind=_KINDS[bill.identifier[:2]],
        chamber=_CHAMBERS[bill.identifier[0]],
        title=fold(bill.title),
        abstract=fold(bill.summary),
        url=human_page(bill.id),
        effective_on=effective[-1] if effective else None,
        committees=list(bill.committees),
        sponsors=list(_sponsors(bill.signers)),
        actions=[Action(on=s.on, text=s.words, chamber=_chamber(s.words)) for s in history],
        versions=[
            Version(note=paper.name, url=_address(bill, paper), media_type="application/pdf")
            for paper in _papers(bill, texts=True)
        ],
        documents=[
            Document(kind="other", note=paper.name, url=_address(bill, paper))
            for paper in _papers(bill, texts=False)
        ],
        votes=[_vote(tally) for tally in sorted(bill.tallies, key=lambda tally: tally.on)],
    )


def _oldest_first(history: Sequence[Status]) -> list[Status]:
    """The site lists the newest first; lines of one day keep that order, turned round."""
    turned = history[::-1]
    return sorted(turned, key=lambda status: status.on)


def _chamber(words: str) -> Chamber:
    if re.search(r"by Governor\b|\bVeto", words):
        return "executive"
    return _CHAMBERS.get(words.partition(" ")[0], "legislature")


def _sponsors(signers: Sequence[str]) -> Iterator[Sponsor]:
    """The first to sign is the author; the others sign on."""
    for nth, printed in enumerate(signers):
        found = _SIGNER.fullmatch(fold(printed))
        name = f"{found['first']} {found['last']}" if found else fold(printed)
        yield Sponsor(name=name, role="cosponsor" if nth else "primary")


def _papers(bill: Bill, *, texts: bool) -> list[Paper]:
    found = [paper for paper in bill.papers if texts != bool(_NO_TEXT.search(paper.name))]
    return sorted(found, key=lambda paper: (paper.nth, paper.id))


def _address(bill: Bill, paper: Paper) -> str:
    return f"{_SITE}/api/legislation/document/{bill.library}/{paper.id}"


def _vote(tally: Tally) -> Vote:
    if tally.branch not in _CHAMBERS:
        raise PageChanged("a vote of House or Senate", tally.branch)
    return Vote(
        on=tally.on,
        chamber=_CHAMBERS[tally.branch],
        motion=fold(tally.caption),
        yes=tally.yeas,
        no=tally.nays,
    )
