"""The facts of one bill in Utah, from its file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import quote, urljoin
from zoneinfo import ZoneInfo

from spiders.legislatures.ut_file import (
    JURISDICTION,
    SITE,
    Bill,
    Entry,
    File,
    kind_of,
    moment,
    session_name,
)
from spiders.reading import PageChanged, measure_number
from tracker.model import Action, Chamber, Document, Hearing, Measure, Sponsor, Version, Vote, fold

_TEXTS = frozenset({"introduced", "pubsub", "amended", "enrolled", "public"})
_FIRST, _LAST = "introduced", "enrolled"
_STAFF = "LFA/"
_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_TALLY = re.compile(r"(\d+)\s+(\d+)\s+\d+")


def measure_of(bill: Bill, reject: Callable[[str], None]) -> Measure:
    identifier = measure_number(bill.bill_number)
    session = session_name(bill.session_id)
    entries = list(_history(bill, reject))
    files = [file for version in bill.bill_version_list for file in version.bill_docs]
    return Measure(
        jurisdiction=JURISDICTION,
        session=session,
        identifier=identifier,
        kind=kind_of(identifier),
        chamber="lower" if identifier.startswith("H") else "upper",
        title=_title(bill),
        abstract=_abstract(bill),
        url=_page(bill),
        subjects=_subjects(bill),
        committees=_committees(entries),
        sponsors=_sponsors(bill),
        actions=[_action(entry) for entry in entries],
        versions=_versions(files),
        documents=_documents(files),
        votes=list(_votes(entries, bill.session_id, reject)),
    )


def _title(bill: Bill) -> str:
    if not fold(bill.short_title):
        raise PageChanged("a short title", f"none of {bill.bill_number}")
    return fold(bill.short_title)


def _abstract(bill: Bill) -> str | None:
    """Marks such as `<hr>` and `<ltbullet>` stand for line breaks and bullets."""
    parts = (bill.general_provisions or "", bill.highlighted_provisions or "")
    return fold(" ".join(re.sub(r"<[^<>]{0,200}>", " ", part) for part in parts)) or None


def _subjects(bill: Bill) -> list[str]:
    subjects = (one for version in bill.bill_version_list for one in version.subject_list)
    return list(dict.fromkeys(fold(subject.description) for subject in subjects))


def _sponsors(bill: Bill) -> list[Sponsor]:
    """The floor sponsor leads the bill in the other house; co-sponsors are the live version's."""
    sponsors = []
    if bill.prime_sponsor_name:
        sponsors.append(Sponsor(name=_name(bill.prime_sponsor_name), role="primary"))
    if bill.floor_sponsor_name:
        sponsors.append(Sponsor(name=_name(bill.floor_sponsor_name)))
    active = (version for version in bill.bill_version_list if version.active_version)
    for one in (one for version in active for one in version.co_sponsor_list):
        sponsors.append(Sponsor(name=_name(one.name or one.sponsor_name or "")))
    return sponsors


def _name(printed: str) -> str:
    name = re.sub(r"^(?:Rep|Sen)\.\s+", "", fold(printed))
    if not name:
        raise PageChanged("the name of a sponsor", "nothing")
    return name


def _history(bill: Bill, reject: Callable[[str], None]) -> Iterator[Entry]:
    """Oldest first, whichever way the file has it."""
    entries = bill.action_history_list
    moments = [moment(entry.action_date) for entry in entries]
    if entries and moments[0] > moments[-1]:
        entries = entries[::-1]
    for entry in sorted(entries, key=lambda entry: moment(entry.action_date)):
        if fold(entry.description).startswith(_STAFF):
            reject("step of the fiscal analyst")
        else:
            yield entry


def _action(entry: Entry) -> Action:
    """A committee that the line itself does not name stands after it."""
    words, owner = fold(entry.description), fold(entry.owner or "")
    if not words:
        raise PageChanged("words in a line of the history", entry.action_date)
    named = f"{words} [{owner}]" if owner.endswith("Committee") else words
    return Action(on=moment(entry.action_date).date(), text=named, chamber=_chamber(words))


def _chamber(words: str) -> Chamber:
    if words.startswith(("Governor", "Became Law")) or words.endswith("to Governor"):
        return "executive"
    found = re.match(r"(?:Bill \w+ (?:by Sponsor )?in )?(House|Senate)\b", words)
    if found is None:
        return "legislature"
    return "lower" if found[1] == "House" else "upper"


def _committees(entries: list[Entry]) -> list[str]:
    referred = (entry for entry in entries if "to standing committee" in entry.description)
    return list(dict.fromkeys(fold(entry.owner) for entry in referred if entry.owner))


def _votes(entries: list[Entry], session: str, reject: Callable[[str], None]) -> Iterator[Vote]:
    for entry in entries:
        tally = _TALLY.fullmatch(fold(entry.vote_str or ""))
        if tally and entry.vote_house in _CHAMBERS:
            yield Vote(
                on=moment(entry.action_date).date(),
                chamber=_CHAMBERS[entry.vote_house],
                motion=_action(entry).text,
                yes=int(tally[1]),
                no=int(tally[2]),
                url=f"{SITE}/DynaBill/svotes.jsp?sessionid={session}&voteid={entry.vote_id}"
                f"&house={entry.vote_house}",
            )
        elif fold(entry.vote_str or ""):
            reject("vote without a tally of a house")


def _is_text(file: File) -> bool:
    return file.file_type.lower() in _TEXTS


def _versions(files: list[File]) -> list[Version]:
    """Oldest first: as introduced, substitutes and amended texts as listed, as enrolled."""
    ranks = {_FIRST: 0, _LAST: 2}
    ordered = sorted(filter(_is_text, files), key=lambda file: ranks.get(file.file_type.lower(), 1))
    versions = {_url(file): _version(file) for file in ordered}
    return [version for url, version in versions.items() if not _is_printed_twice(url, versions)]


def _is_printed_twice(url: str, versions: dict[str, Version]) -> bool:
    return url.endswith(".pdf") and f"{url.removesuffix('.pdf')}.xml" in versions


def _version(file: File) -> Version:
    url = _url(file)
    return Version(
        note=fold(file.short_desc),
        url=url,
        published_on=moment(file.file_date).date() if file.file_date else None,
        media_type="application/pdf" if url.endswith(".pdf") else "text/xml",
    )


def _documents(files: list[File]) -> list[Document]:
    others = {_url(file): file for file in files if not _is_text(file)}
    return [
        Document(kind=_document_kind(file), note=fold(file.short_desc), url=url)
        for url, file in others.items()
    ]


def _document_kind(file: File) -> Literal["fiscal_note", "veto_message", "other"]:
    if file.file_type.lower() == "pubfn":
        return "fiscal_note"
    return "veto_message" if "veto" in file.short_desc.lower() else "other"


def _url(file: File) -> str:
    return _address(file.url)


def _address(printed: str) -> str:
    """Names of files hold blanks; most addresses leave out the host."""
    return urljoin(SITE, quote(printed.strip(), safe=":/?&=%#~+"))


def _page(bill: Bill) -> str:
    return f"{SITE}/~{session_name(bill.session_id)}/bills/static/{bill.bill_number}.html"


def hearings(bill: Bill, today: dt.date, zone: str) -> Iterator[Hearing]:
    for meeting in bill.agenda_list:
        if not meeting.upcomming or not meeting.mtg_date:
            continue
        starts = moment(meeting.mtg_date)
        if starts.date() >= today:
            yield Hearing(
                jurisdiction=JURISDICTION,
                session=session_name(bill.session_id),
                identifier=measure_number(bill.bill_number),
                on=starts.date(),
                starts_at=starts.replace(tzinfo=ZoneInfo(zone))
                if starts.time() != dt.time()
                else None,
                timezone=zone,
                committee=fold(meeting.committee_name or ""),
                place=fold(meeting.mtg_place or ""),
                url=_address(meeting.agenda_url) if meeting.agenda_url else _page(bill),
            )
