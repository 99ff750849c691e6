"""How New Mexico names sessions, measures and texts in its addresses."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from spiders.calendars import TUESDAY, nth
from spiders.reading import PageChanged, match, measure_number
from tracker.model import Chamber, Kind

SITE = "https://www.nmlegis.gov"
# Last days of special sessions, whose length no law fixes.
_SPECIAL = {"2025S1": dt.date(2025, 10, 10), "2025S2": dt.date(2025, 11, 17)}
_GOVERNOR = dt.timedelta(days=20)
_LABEL = re.compile(
    r"(?P<year>\d{4}) (?:(?P<regular>Regular)|(?:(?P<nth>\d)(?:st|nd|rd|th) )?Special)"
)
_BILL = re.compile(
    r"https://www\.nmlegis\.gov/Legislation/Legislation\?chamber=(?P<chamber>[HS])"
    r"&legType=(?P<type>B|M|JM|R|JR|CR)&legNo=(?P<number>\d+)&year=(?P<year>\d\ds?\d?)",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"https://www\.nmlegis\.gov/Sessions/(?P<year>\d\d)(?:%20| )(?P<form>Regular|Special(?P<nth>\d?))"
    r"/(?P<folder>final|Amendments_In_Context|(?:bills|memorials|resolutions)/(?:house|senate))"
    r"/(?P<letters>[HS](?:B|M|JM|R|JR|CR))(?P<number>\d+)(?P<suffix>[A-Z]{2}S)?\.(?:html|pdf)",
    re.IGNORECASE,
)
_NOTES = {"final": "Final Version", "amendments_in_context": "Amendments in Context"}


class Address(NamedTuple):
    session: str
    identifier: str
    url: str


def session_named(label: str) -> str:
    """`2026` for `2026 Regular`, `2025S2` for `2025 2nd Special`, `2021S1` for `2021 Special`."""
    found = match(_LABEL, label)
    return found["year"] if found["regular"] else f"{found['year']}S{found['nth'] or 1}"


def session_coded(code: str) -> str:
    """`2026` for `26`, `2025S1` for `25s`, `2025S2` for `25s2`."""
    year, special, number = match(r"(\d\d)([sS]?)(\d?)", code).groups()
    return f"20{year}S{number or 1}" if special else f"20{year}"


def opening(year: int) -> dt.date:
    """The third Tuesday of January (constitution, article IV, section 5)."""
    return nth(3, TUESDAY, 1, year)


def adjournment(session: str) -> dt.date | None:
    """The last day: sixty days from the opening in odd years, thirty in even ones (the same
    section); None of a special session whose days are not known here."""
    if not session.isdecimal():
        return _SPECIAL.get(session)
    year = int(session)
    return opening(year) + dt.timedelta(days=60 if year % 2 else 30)


def last_day_to_sign(session: str) -> dt.date | None:
    """Twenty days after adjournment; what is not signed by then is vetoed (article IV, section 22)."""
    ended = adjournment(session)
    return ended + _GOVERNOR if ended else None


def address_of(url: str) -> Address:
    found = match(_BILL, url)
    chamber, letters = found["chamber"].upper(), found["type"].upper()
    year = found["year"].lower()
    return Address(
        session_coded(year),
        f"{chamber}{letters} {int(found['number'])}",
        f"{SITE}/Legislation/Legislation?chamber={chamber}&legType={letters}"
        f"&legNo={int(found['number'])}&year={year}",
    )


def same_measure(found: Address, printed: str) -> None:
    """Raises where a page or a link names another measure than its address; a star is a bill that
    is law at once when signed."""
    if measure_number(printed.lstrip("*")) != found.identifier:
        raise PageChanged(f"{found.identifier}, as its address says", printed)


def named_in_text_url(url: str) -> dict[str, str]:
    found = match(_TEXT, url)
    special = f"S{found['nth'] or 1}" if found["nth"] is not None else ""
    substitute = f"{(found['suffix'] or '')[:-1].upper()} Substitute"
    note = _NOTES.get(found["folder"].lower())
    return {
        "jurisdiction": "us-nm",
        "session": f"20{found['year']}{special}",
        "identifier": measure_number(found["letters"] + found["number"]),
        "note": note or (substitute if found["suffix"] else "Introduced"),
    }


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier.partition(" ")[0][1:] == "B" else "resolution"


def chamber_of(code: str) -> Chamber:
    """Of a measure's number or a committee's code, by its first letter."""
    return "lower" if code.startswith("H") else "upper"
