"""BILLSTATUS: one XML file a bill, made by the Library of Congress, version 3 (since November 2022).

User guide: https://github.com/usgpo/bill-status/blob/main/BILLSTATUS-XML_User_User-Guide.md
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from spiders.legislatures.us_actions import actions_of, votes_of
from spiders.reading import PageChanged, day, match, said
from tracker.model import (
    Chamber,
    Document,
    Kind,
    Measure,
    Relation,
    Sponsor,
    Version,
    fold,
)
from tracker.plain_text import UnreadableText, plain_text

SITE = "https://www.congress.gov"
# Names of a kind in identifiers (and in addresses, in small letters) and in addresses for people.
SLUGS = {
    "HR": "house-bill",
    "S": "senate-bill",
    "HJRES": "house-joint-resolution",
    "SJRES": "senate-joint-resolution",
    "HCONRES": "house-concurrent-resolution",
    "SCONRES": "senate-concurrent-resolution",
    "HRES": "house-resolution",
    "SRES": "senate-resolution",
}
_CHAMBERS: dict[str, Chamber] = {"House": "lower", "Senate": "upper"}


def kind_of(letters: str) -> Kind:
    if letters not in SLUGS:
        raise PageChanged(f"one of {', '.join(SLUGS)}", letters or "nothing")
    return "bill" if letters in {"HR", "S"} else "resolution"


def human_page(congress: str, letters: str, number: str) -> str:
    """`https://www.congress.gov/bill/119th-congress/house-bill/32`"""
    rest = int(congress) % 100
    ending = "th" if rest in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(rest % 10, "th")
    return f"{SITE}/bill/{congress}{ending}-congress/{SLUGS[letters]}/{number}"


def measure_of(root: etree._Element) -> Measure:
    """A reserved number has no title yet; then `title` is None.

    Raises PageChanged on the format before November 2022, which has no version.
    """
    if not re.fullmatch(r"3\.\d+\.\d+", fold(root.findtext("version") or "")):
        told = fold(root.findtext("version") or "") or "none (the format before November 2022)"
        raise PageChanged("BILLSTATUS version 3", told)
    bill = root.find("bill")
    if bill is None:
        raise PageChanged("an element bill", ", ".join(str(child.tag) for child in root))
    congress, letters, number = said(bill, "congress"), said(bill, "type"), said(bill, "number")
    return Measure(
        jurisdiction="us",
        session=match(r"\d+", congress).group(),
        identifier=f"{letters} {match(r'[1-9][0-9]*', number).group()}",
        kind=kind_of(letters),
        chamber=_chamber(said(bill, "originChamber")),
        title=fold(bill.findtext("title") or "") or None,
        abstract=_abstract(bill),
        url=human_page(congress, letters, number),
        subjects=list(_subjects(bill)),
        committees=list(_committees(bill)),
        sponsors=list(_sponsors(bill)),
        actions=actions_of(bill),
        versions=_versions(bill),
        documents=_estimates(bill),
        votes=votes_of(bill),
        relations=list(_relations(bill, congress)),
    )


def _chamber(name: str) -> Chamber:
    if name not in _CHAMBERS:
        raise PageChanged("House or Senate", name)
    return _CHAMBERS[name]


def without_markup(html: str) -> str:
    """The words of a summary; empty where it has none. Its HTML is not always valid."""
    try:
        return plain_text(html.encode(), "text/html")
    except UnreadableText:
        return ""


def _abstract(bill: etree._Element) -> str:
    """The newest summary of the Congressional Research Service; without one, the official title.

    The text moved into `cdata` between 2022 and 2025.
    """
    summaries = sorted(
        bill.iterfind("summaries/summary"),
        key=lambda one: (one.findtext("actionDate") or "", one.findtext("updateDate") or ""),
    )
    if summaries:
        newest = summaries[-1]
        return without_markup(newest.findtext("cdata/text") or newest.findtext("text") or "")
    official = [
        said(item, "title")
        for item in bill.iterfind("titles/item")
        if (item.findtext("titleType") or "").startswith("Official Title")
    ]
    return official[0] if official else ""


def _subjects(bill: etree._Element) -> Iterator[str]:
    area = bill.find("policyArea")
    if area is not None:
        yield said(area, "name")
    for item in bill.iterfind("subjects/legislativeSubjects/item"):
        yield said(item, "name")


def _committees(bill: etree._Element) -> Iterator[str]:
    """With the chamber, as both have a "Judiciary Committee"."""
    for item in bill.iterfind("committees/item"):
        name, chamber = said(item, "name"), fold(item.findtext("chamber") or "")
        yield f"{chamber} {name}" if chamber in _CHAMBERS and chamber not in name else name


def _sponsors(bill: etree._Element) -> Iterator[Sponsor]:
    """Those who withdrew are no sponsors any more."""
    for item in bill.iterfind("sponsors/item"):
        yield Sponsor(name=said(item, "fullName"), role="primary")
    for item in bill.iterfind("cosponsors/item"):
        if not fold(item.findtext("sponsorshipWithdrawnDate") or ""):
            yield Sponsor(name=said(item, "fullName"))


def _versions(bill: etree._Element) -> list[Version]:
    """Oldest first; those without a day, as public laws are, last. Some items are empty."""
    found = [
        version
        for item in bill.iterfind("textVersions/item")
        if fold(item.findtext("type") or "") and (version := _version(item))
    ]
    found.reverse()
    return sorted(found, key=lambda version: version.published_on or dt.date.max)


def _version(item: etree._Element) -> Version | None:
    """Of its formats the XML of bills, else another XML, else the first; without any, none."""
    urls = [said(one, "url") for one in item.iterfind("formats/item")]
    urls.sort(key=lambda url: (not url.endswith(".xml"), "/uslm/" in url))
    if not urls:
        return None
    printed = fold(item.findtext("date") or "")
    return Version(
        note=said(item, "type"),
        url=urls[0],
        published_on=day(printed[:10], "%Y-%m-%d") if printed else None,
        media_type="text/xml" if urls[0].endswith(".xml") else "",
    )


def _estimates(bill: etree._Element) -> list[Document]:
    """Cost estimates of the Congressional Budget Office; some are told twice."""
    found = {
        said(item, "url"): said(item, "title") for item in bill.iterfind("cboCostEstimates/item")
    }
    return [Document(kind="fiscal_note", note=title[:300], url=url) for url, title in found.items()]


def _relations(bill: etree._Element, congress: str) -> Iterator[Relation]:
    """Only identical bills; "Related bill" says no more than that the subjects touch."""
    for item in bill.iterfind("relatedBills/item"):
        kinds = [fold(one.text or "") for one in item.iterfind("relationshipDetails/item/type")]
        if "Identical bill" in kinds:
            other = said(item, "congress")
            yield Relation(
                kind="companion",
                identifier=f"{said(item, 'type')} {said(item, 'number')}",
                session="" if other == congress else other,
            )
