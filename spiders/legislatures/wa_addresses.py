"""Addresses of Washington's web services and documents, and the two years they speak of."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import quote, urlencode

from lxml import etree

from spiders.legislatures.wa_rows import Bill, field
from spiders.reading import PageChanged, match

_SERVICES = "https://wslwebservices.leg.wa.gov"
_VERSION_FILE = re.compile(r"\d+(?:-S(?P<sub>\d?))?(?:\.E(?P<eng>\d?))?(?:\.(?P<law>PL|SL))?\.\w+")


def biennium_of(day: dt.date) -> str:
    """`2025-26`; December belongs to the session that follows it."""
    year = day.year + (day.month == 12)
    first = year if year % 2 else year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def session_name(biennium: str) -> str:
    """`2025-2026`, as people call it, for `2025-26`."""
    first = int(match(r"(\d{4})-(\d\d)", biennium)[1])
    return f"{first}-{first + 1}"


def call(operation: str, service: str = "Legislation", **query: str) -> str:
    query_part = f"?{urlencode(query, quote_via=quote)}" if query else ""
    return f"{_SERVICES}/{service}Service.asmx/{operation}{query_part}"


def human_page(bill: Bill) -> str:
    number, year = bill.identifier.split()[1], bill.biennium[:4]
    return f"https://app.leg.wa.gov/billsummary/?BillNumber={number}&Year={year}&Initiative=false"


def address(row: etree._Element) -> str:
    """The document's address, HTML before PDF, by https and without blanks."""
    printed = row.findtext("{*}HtmUrl") or row.findtext("{*}PdfUrl")
    if not printed:
        raise PageChanged("an address", f"none of {field(row, 'ShortFriendlyName')}")
    return quote(printed.strip().replace("http://", "https://", 1), safe=":/%")


def rank(url: str) -> tuple[str, int, int]:
    """Where a version stands: 5714, 5714-S, 5714-S.E, 5714-S2, then passed (PL), then law (SL).

    Files of resolutions are named by their subject and stand alone.
    """
    name = _VERSION_FILE.fullmatch(url.rpartition("/")[2])
    if not name:
        return ("", 0, 0)
    return (name["law"] or "", _nth(name["sub"]), _nth(name["eng"]))


def _nth(printed: str | None) -> int:
    """`-S` is the first substitute, `-S2` the second."""
    return 0 if printed is None else int(printed or 1)


def media_type(url: str) -> str:
    return "application/pdf" if url.endswith(".pdf") else "text/html"
