"""What the API of the Council's LIMS answers, and what a measure comes to from it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from msgspec import Struct, field

from spiders.reading import PageChanged, day, match, measure_number
from tracker.model import Action, Document, Kind, Sponsor, Version, Vote, fold

JURISDICTION, TIMEZONE = "us-dc", "America/New_York"
SITE = "https://lims.dccouncil.gov"
LAWS = "https://raw.githubusercontent.com/DCCouncil/law-xml/HEAD/us/dc/council/periods"
_KINDS: dict[str, Kind] = {"B": "bill", "PR": "resolution", "CER": "resolution"}
_NUMBER = r"([A-Z]+)(\d+)-(\d+)"
_BY_THE_MAYOR = re.compile(
    r"(?:transmitted to|returned from|signed by|vetoed by|disapproved by|enacted without)"
    r" (?:the )?mayor\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"^Other(?=[A-Z])")
_EFFECTIVE = re.compile(r"Effective from (\w{3} \d\d, \d{4})")
_EXPIRES = re.compile(r"Expires on (\w{3} \d\d, \d{4})")
# Folders of the site's downloads that hold the measure itself.
_TEXTS = {
    "introduction": "Introduction",
    "engrossment": "Engrossment",
    "enrollment": "Enrollment",
    "signed_act": "Signed Act",
}
_VOTES = frozenset({"Yes", "No", "Absent", "Present", "Recused", "Abstain"})
_PAPERS: dict[str, Literal["fiscal_note", "analysis", "memo"]] = {
    "fiscal impact statement": "fiscal_note",
    "committee report": "analysis",
    "memorandum": "memo",
}


class Entry(Struct, rename="camel"):
    action_date: str
    action_description: str | None
    download_url: str | None = field(name="downloadURL")


class Record(Struct, rename="camel"):
    """One measure of the bulk list."""

    legislation_number: str
    title: str
    law_number: str | None
    legislation_history: list[Entry]


class Member(Struct, rename="camel"):
    member_name: str


class MemberVote(Struct):
    vote: str


class VoteDetails(Struct):
    votes: list[MemberVote] | None


class Step(Struct, rename="camel"):
    action: str
    action_date: str
    vote_details: VoteDetails | None


class Paper(Struct, rename="camel"):
    document_type_name: str
    document_title: str | None
    url: str


class MayoralReview(Struct, rename="camel"):
    veto_date: str | None
    signed_act: str | None


class Details(Struct, rename="camel"):
    """Any list can be null."""

    legislation_number: str
    short_description: str | None
    introducers: list[Member] | None
    co_introducers: list[Member] | None
    co_sponsors: list[Member] | None
    committees_referred_to: list[str] | None
    committees_referred_to_with_comments: list[str] | None
    actions: list[Step] | None
    mayoral_review: MayoralReview | None
    other_documents: list[Paper] | None


class Topic(Struct, rename="camel"):
    legislation_number: str | None


class Sitting(Struct, rename="camel"):
    """A hearing, roundtable or meeting, with its hour in the District's time."""

    hearing_id: int
    hearing_date_time: str
    hearing_title: str
    hearing_type: str
    location: str | None
    location_address: str | None
    topics: list[Topic]


def about(printed: str) -> dict[str, Any]:
    """`B26-0400`: bill 400 of Council Period 26."""
    letters, period, number = match(_NUMBER, printed.strip().upper()).groups()
    if letters not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", printed)
    return {
        "jurisdiction": JURISDICTION,
        "session": period,
        "identifier": measure_number(f"{letters} {number}"),
    }


def kind(told: dict[str, Any]) -> Kind:
    return _KINDS[told["identifier"].split()[0]]


def lims_number(session: str, identifier: str) -> str:
    letters, number = identifier.split()
    return f"{letters}{session}-{int(number):04}"


def said(printed: str | None) -> str:
    return fold(printed or "")


def actions(record: Record) -> list[Action]:
    """Oldest first; the rows of one day stay as they stand. Rows without words have papers only."""
    rows = [
        _action(entry) for entry in record.legislation_history if said(entry.action_description)
    ]
    if rows and rows[0].on > rows[-1].on:
        rows.reverse()
    return sorted(rows, key=lambda row: row.on)


def _action(entry: Entry) -> Action:
    text = _OTHER.sub("", said(entry.action_description))
    by_the_mayor = _BY_THE_MAYOR.match(text)
    return Action(
        on=_on(entry.action_date),
        text=text,
        chamber="executive" if by_the_mayor else "legislature",
    )


def _on(printed: str) -> dt.date:
    return day(printed, "%b %d, %Y")


def effective_on(told: Sequence[Action]) -> dt.date | None:
    return _stated(_EFFECTIVE, told)


def expires_on(told: Sequence[Action]) -> dt.date | None:
    return _stated(_EXPIRES, told)


def _stated(pattern: re.Pattern[str], told: Sequence[Action]) -> dt.date | None:
    """The day that the last line with one states: a law's term replaces that of the act."""
    found = [one[1] for action in told if (one := pattern.search(action.text))]
    return _on(found[-1]) if found else None


def versions(record: Record) -> list[Version]:
    found = [one for entry in record.legislation_history if (one := _version(entry))]
    found = list({one.url: one for one in sorted(found, key=_published)}.values())
    seen: Counter[str] = Counter()
    numbered = []
    for one in found:
        seen[one.note] += 1
        note = f"{one.note} {seen[one.note]}" if seen[one.note] > 1 else one.note
        numbered.append(Version(note=note, url=one.url, published_on=one.published_on))
    return [*numbered, *_law(record)]


def _published(version: Version) -> dt.date:
    return version.published_on or dt.date.min


def _version(entry: Entry) -> Version | None:
    """None for a row without a paper, or with one beside the text."""
    url = urljoin(f"{SITE}/", said(entry.download_url)) if said(entry.download_url) else ""
    folder = unquote(urlsplit(url).path).rpartition("/")[0].rpartition("/")[2].lower()
    if folder not in _TEXTS:
        return None
    return Version(note=_TEXTS[folder], url=url, published_on=_on(entry.action_date))


def _law(record: Record) -> Iterator[Version]:
    """The Council keeps its laws as XML: the text in force, where the signed act is a scan."""
    if number := said(record.law_number):
        period, law = match(r"(?:D\.C\. Law |L)?(\d+)-0*(\d+)", number).groups()
        url = f"{LAWS}/{period}/laws/{period}-{law}.xml"
        yield Version(note=f"D.C. Law {period}-{law}", url=url, media_type="text/xml")


def sponsors(details: Details) -> list[Sponsor]:
    first = _names(details.introducers)
    further = [*_names(details.co_introducers), *_names(details.co_sponsors)]
    return [
        *(Sponsor(name=name, role="primary") for name in first),
        *(Sponsor(name=name) for name in dict.fromkeys(further) if name not in first),
    ]


def _names(members: Sequence[Member] | None) -> list[str]:
    return [name for one in members or () if (name := said(one.member_name))]


def committees(details: Details) -> list[str]:
    referred = details.committees_referred_to or []
    return [*referred, *(details.committees_referred_to_with_comments or [])]


def votes(details: Details) -> Iterator[Vote]:
    """Votes on the measure; those on amendments to it are left to the history."""
    for step in details.actions or ():
        cast = [one.vote for one in (step.vote_details and step.vote_details.votes) or ()]
        if unknown := set(cast) - _VOTES:
            raise PageChanged(f"votes {', '.join(sorted(_VOTES))}", ", ".join(sorted(unknown)))
        if cast and "amendment" not in step.action.lower():
            yield Vote(
                on=day(step.action_date.partition("T")[0], "%Y-%m-%d"),
                chamber="legislature",
                motion=_OTHER.sub("", said(step.action)),
                yes=cast.count("Yes"),
                no=cast.count("No"),
            )


def documents(details: Details) -> Iterator[Document]:
    for paper in details.other_documents or ():
        name = said(paper.document_type_name)
        yield Document(
            kind=_PAPERS.get(name.lower(), "other"),
            note=said(paper.document_title) or name,
            url=urljoin(f"{SITE}/", paper.url),
        )
    review = details.mayoral_review
    if review and review.veto_date and review.signed_act:
        url = urljoin(f"{SITE}/", review.signed_act)
        yield Document(kind="veto_message", note="Veto of the Mayor", url=url)


def law_text(root: etree._Element) -> str:
    """The words of a law or act: headings, and each number with what it numbers."""
    parts: list[str] = []
    number = ""
    for element in root.iter("{*}num", "{*}heading", "{*}text"):
        words = fold("".join(element.itertext()))
        if etree.QName(element).localname == "num":
            if element.getparent() is root:  # of the law itself
                continue
            number = f"{number} {words}".strip()
        elif words:
            parts.append(f"{number} {words}".strip())
            number = ""
    return "\n\n".join(parts)
