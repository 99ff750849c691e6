"""A presidential document as the Federal Register tells it: as JSON, as a list row, as a text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from urllib.parse import urljoin

from bs4 import Tag
from msgspec import Struct

from spiders.federal.disposition import noted_relations
from spiders.governors.order_days import DAY
from spiders.reading import PageChanged, attribute, day, match, one, some, text
from tracker.model import Action, Document, Kind, Measure, Version

SITE = "https://www.federalregister.gov"
KINDS: dict[str, Kind] = {
    "Executive Order": "executive_order",
    "Proclamation": "proclamation",
    "Memorandum": "directive",
}
FIELDS = (
    "abstract",
    "citation",
    "disposition_notes",
    "document_number",
    "executive_order_notes",
    "executive_order_number",
    "html_url",
    "pdf_url",
    "president",
    "proclamation_number",
    "publication_date",
    "raw_text_url",
    "signing_date",
    "subtype",
    "title",
)
_HEADING = re.compile(
    rf"(?:(?:Executive Order|Proclamation) \d+|(?:Presidential )?Memorandum) of {DAY}"
)
_TRAILER = re.compile(r"\[FR Doc\. [\w-]+\s+Filed")
_PAGE_BREAK = re.compile(r"\s*\[\[Page \w+\]\]\s*")
_PRINTED_DAY = "%B %d, %Y"


class President(Struct):
    name: str


class Published(Struct):
    """One document of the API, by the names of its fields; all are asked for, some are null."""

    document_number: str
    title: str
    subtype: str
    html_url: str
    publication_date: dt.date
    signing_date: dt.date | None
    executive_order_number: str | int | None
    proclamation_number: str | int | None
    president: President | None
    raw_text_url: str | None
    pdf_url: str | None
    citation: str | None
    abstract: str | None
    disposition_notes: str | None
    executive_order_notes: str | None

    @property
    def notes(self) -> str:
        return self.disposition_notes or self.executive_order_notes or ""

    @property
    def identifier(self) -> str:
        """`EO 14159`, `Proclamation 10888`, `Memorandum 2025-06840`; "" without a number."""
        if self.subtype == "Executive Order":
            return f"EO {self.executive_order_number}" if self.executive_order_number else ""
        if self.subtype == "Proclamation":
            number = self.proclamation_number
            return f"Proclamation {number}" if number else ""
        return f"Memorandum {self.document_number}"


def measure_of(published: Published, reject: Callable[[str], None]) -> Measure | None:
    """None, and a word to `reject`, for a document without its number or day of signature.

    Disposition notes are the editors' last word on what the order does to others; while there are
    none `relations` is None, and the text itself is read for them.
    """
    kind = KINDS.get(published.subtype)
    if kind is None:
        raise PageChanged(f"one of {', '.join(KINDS)}", published.subtype)
    if not published.identifier or published.signing_date is None:
        reject(f"{published.subtype} without a number or a day of signature")
        return None
    return Measure(
        jurisdiction="us",
        session=str(published.signing_date.year),
        identifier=published.identifier,
        kind=kind,
        chamber="executive",
        title=published.title,
        abstract=published.abstract,
        url=published.html_url,
        issuer=published.president.name if published.president else None,
        issued_on=published.signing_date,
        actions=_actions(published.signing_date, published.publication_date, published.citation),
        versions=_versions(published),
        documents=_printed(published.pdf_url, published.citation),
        relations=noted_relations(published.notes, reject) if published.notes else None,
    )


def _actions(signed: dt.date, published: dt.date, citation: str | None) -> list[Action]:
    place = f", {citation}" if citation else ""
    return [
        Action(on=signed, text="Signed by the President", chamber="executive"),
        Action(on=published, text=f"Published in the Federal Register{place}", chamber="executive"),
    ]


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


def _printed(pdf_url: str | None, citation: str | None) -> list[Document]:
    note = citation or "Federal Register"
    return [Document(kind="other", note=f"{note} (PDF)", url=pdf_url)] if pdf_url else []


def order_text(printed: str) -> str:
    """The order without what the Register prints around it and at its page breaks."""
    heading = _HEADING.search(printed)
    trailer = _TRAILER.search(printed)
    if trailer is None:
        raise PageChanged("the Register's last line, [FR Doc. … Filed …]", printed[-200:])
    begin = heading.start() if heading and heading.start() < trailer.start() else 0
    return _PAGE_BREAK.sub(" ", printed[begin : trailer.start()]).strip()


def listed_order(row: Tag, president: str) -> Measure:
    """One executive order of the yearly list that is shown to people."""
    number = match(r"EO (\d{4,5}(?:-[A-Z])?):", text(one(row, ".eo-number h5")))[1]
    link = one(row, ".col-md-10 > h5 > a")
    facts = _described(row)
    signed = day(facts["Signed:"], _PRINTED_DAY)
    published = day(facts["Published:"], _PRINTED_DAY)
    citation = facts["FR Citation:"]
    return Measure(
        jurisdiction="us",
        session=str(signed.year),
        identifier=f"EO {number}",
        kind="executive_order",
        chamber="executive",
        title=text(link),
        url=urljoin(SITE, attribute(link, "href")),
        issuer=president,
        issued_on=signed,
        actions=_actions(signed, published, citation),
        documents=_printed(attribute(one(row, ".toc-pdf a"), "href"), citation),
    )


def _described(row: Tag) -> dict[str, str]:
    """The first description list of a row: terms and what stands beside them."""
    names = [text(name) for name in some(row, ".metadata_wrapper dl:first-of-type > dt")]
    values = [text(value) for value in some(row, ".metadata_wrapper dl:first-of-type > dd")]
    wanted = ["Signed:", "Published:", "FR Citation:", "FR Doc. Number:"]
    if names != wanted or len(values) != len(wanted):
        raise PageChanged(f"the terms {', '.join(wanted)}", ", ".join(names))
    return dict(zip(names, values, strict=True))
