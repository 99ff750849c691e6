"""A rule, proposed rule or notice of an agency as the Federal Register's API tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from msgspec import Struct

from spiders.reading import PageChanged
from tracker.model import Action, Document, Kind, Measure, Version, fold

FIELDS = (
    "abstract",
    "action",
    "agencies",
    "citation",
    "comments_close_on",
    "docket_ids",
    "document_number",
    "effective_on",
    "html_url",
    "pdf_url",
    "publication_date",
    "raw_text_url",
    "regulation_id_numbers",
    "regulations_dot_gov_info",
    "title",
    "type",
)
KINDS: dict[str, Kind] = {"Rule": "rule", "Proposed Rule": "proposed_rule", "Notice": "notice"}
_DOCKET = "https://www.regulations.gov/docket/"


class Agency(Struct):
    raw_name: str
    name: str | None = None


class Docket(Struct):
    """What regulations.gov knows of a document; an empty object where it knows nothing."""

    docket_id: str | None = None


class Published(Struct):
    """One document by the names of the API's fields; all are asked for, some are null."""

    document_number: str
    title: str
    type: str
    html_url: str
    publication_date: dt.date
    agencies: list[Agency]
    abstract: str | None
    action: str | None
    citation: str | None
    comments_close_on: dt.date | None
    docket_ids: list[str] | None
    effective_on: dt.date | None
    pdf_url: str | None
    raw_text_url: str | None
    regulation_id_numbers: list[str] | None
    regulations_dot_gov_info: Docket | None

    @property
    def identifier(self) -> str:
        return f"FR {self.document_number}"


def measure_of(published: Published, reject: Callable[[str], None]) -> Measure | None:
    """None, and a word to `reject`, for a notice that only renews a form (Paperwork Reduction Act):
    hundreds a year, of which none does anything."""
    kind = KINDS.get(published.type)
    if kind is None:
        raise PageChanged(f"one of {', '.join(KINDS)}", published.type)
    if kind == "notice" and _is_form(published):
        reject("a notice about a form (Paperwork Reduction Act)")
        return None
    return Measure(
        jurisdiction="us",
        session=str(published.publication_date.year),
        identifier=published.identifier,
        kind=kind,
        chamber="executive",
        title=published.title,
        abstract=published.abstract,
        url=published.html_url,
        issuer=_issuer(published.agencies),
        issued_on=published.publication_date if kind != "proposed_rule" else None,
        effective_on=published.effective_on,
        comments_close_on=published.comments_close_on,
        actions=[_action(published)],
        versions=_versions(published),
        documents=list(_documents(published)),
    )


def _is_form(published: Published) -> bool:
    said = f"{published.title} {published.action or ''}".lower()
    return "information collection" in said or "collection of information" in said


def _issuer(agencies: list[Agency]) -> str:
    return "; ".join(dict.fromkeys(fold(one.name or one.raw_name) for one in agencies))


def _action(published: Published) -> Action:
    """In words of ours, which say the stage, and the Register's own line on what is done."""
    done = fold(published.action or "").rstrip(".")
    what = published.type
    if published.type == "Proposed Rule" and "withdraw" in done.lower():
        what = "Withdrawal of a proposed rule"
    place = f", {published.citation}" if published.citation else ""
    text = f"{what.capitalize()} published in the Federal Register{place}"
    return Action(
        on=published.publication_date,
        text=f"{text}: {done}" if done else text,
        chamber="executive",
    )


def _versions(published: Published) -> list[Version]:
    if not published.raw_text_url:
        return []
    return [
        Version(
            note="Federal Register",
            url=published.raw_text_url,
            published_on=published.publication_date,
            media_type="text/plain",
        )
    ]


def _documents(published: Published) -> Iterator[Document]:
    """The printed page, and the files by which one rulemaking's documents are known."""
    if published.pdf_url:
        note = f"{published.citation or 'Federal Register'} (PDF)"
        yield Document(kind="other", note=note, url=published.pdf_url)
    known = published.regulations_dot_gov_info
    docket = (known.docket_id or "") if known else ""
    if docket:
        yield Document(kind="other", note=f"Docket {docket}", url=_DOCKET + docket)
    for printed in published.docket_ids or ():
        if docket not in printed or not docket:
            yield Document(kind="other", note=fold(f"Docket {printed}")[:300], url="")
    for number in published.regulation_id_numbers or ():
        yield Document(kind="other", note=f"RIN {number}", url="")
