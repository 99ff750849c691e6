"""How South Carolina's sessions, measures and printings are numbered and addressed."""

from __future__ import annotations

import re

from spiders.reading import match

SITE = "https://www.scstatehouse.gov"
JURISDICTION = "us-sc"
_TEXT_ADDRESS = re.compile(
    r".*/sess(?P<session>\d+)_[\d-]+/(?:bills|prever)/(?P<number>\d+)"
    r"(?:_(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<part>\w*))?\.htm"
)
_HOUSE_NUMBERS = 3000


def number_of(year: int) -> str:
    """The Assembly of the two years that begin with an odd one: `126` for 2025."""
    return str(126 + (year - 2025) // 2)


def session_name(session: str) -> str:
    """`2025-2026` for `126`."""
    first = 2025 + 2 * (int(session) - 126)
    return f"{first}-{first + 1}"


def search_url(session: str, *identifiers: str) -> str:
    """Of one measure its own address, by the bare number; of many one call, with letters too."""
    if len(identifiers) == 1:
        numbers = identifiers[0].split()[1]
    else:
        numbers = ",".join(one.replace(" ", "").lower() for one in identifiers)
    return f"{SITE}/billsearch.php?billnumbers={numbers}&session={session}&summary=B"


def text_url(session: str, identifier: str) -> str:
    return f"{SITE}/sess{session}_{session_name(session)}/bills/{identifier.split()[1]}.htm"


def identifier_of(number: str) -> str:
    """The House's numbers begin at 3000."""
    return f"{'H' if int(number) >= _HOUSE_NUMBERS else 'S'} {int(number)}"


def named_in_text_url(url: str) -> dict[str, str]:
    """`01/22/2026-A` is the second printing of a day; the undated one is called "Filed"."""
    found = match(_TEXT_ADDRESS, url)
    note = "Filed"
    if found["year"]:
        note = f"{found['month']}/{found['day']}/{found['year']}"
    return {
        "jurisdiction": JURISDICTION,
        "session": session_name(found["session"]),
        "identifier": identifier_of(found["number"]),
        "note": f"{note}-{found['part'].upper()}" if found["part"] else note,
    }
