"""Sessions and addresses of Missouri: the two chambers name and number the same session otherwise."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

from spiders.reading import PageChanged, match, measure_number
from tracker.model import Chamber, Kind

HOUSE = "https://house.mo.gov"
FILES = "https://documents.house.mo.gov"
SENATE = "https://www.senate.mo.gov"
# House code, digit of the House's files, Senate code.
_CODES = {"R": ("1", "R"), "S1": ("3", "E1"), "S2": ("4", "E2")}
_FILE = re.compile(r".*/xml/(\d\d)(\d)-(?:([A-Z]+\d+)|UpcomingHearingList)\.(?i:xml)")


class Link(NamedTuple):
    session: str
    identifier: str


def session_name(year: str, code: str) -> str:
    """`2026` for the regular session, `2025S2` for the second extraordinary one.

    `code` is the House's (`S2`) or the Senate's (`E2`).
    """
    for house, (_, senate) in _CODES.items():
        if code in (house, senate):
            return year if house == "R" else f"{year}{house}"
    raise PageChanged("R, S1, S2, E1 or E2 as the code of a session", code or "nothing")


def _parts(session: str) -> tuple[str, str, str, str]:
    """Year, House code, digit of files, Senate code."""
    year, house = session[:4], session[4:] or "R"
    digit, senate = _CODES[house]
    return year, house, digit, senate


def file_url(session: str, name: str) -> str:
    """A file of the House: `261-HB1607.xml`."""
    year, _, digit, _ = _parts(session)
    return f"{FILES}/xml/{year[2:]}{digit}-{name}"


def session_of_file(url: str) -> str:
    year, digit, _ = match(_FILE, url).groups()
    for house, (its, _) in _CODES.items():
        if digit == its:
            return session_name(f"20{year}", house)
    raise PageChanged("a file of a known session", url)


def measure_of_file(url: str) -> Link:
    number = match(_FILE, url)[3]
    return Link(session_of_file(url), measure_number(number or ""))


def senate_list_url(session: str) -> str:
    year, _, _, code = _parts(session)
    return f"{SENATE}/BillTracking/Bills/BillList?year={year}&session={code}"


def house_page(session: str, identifier: str) -> str:
    year, house, *_ = _parts(session)
    return f"{HOUSE}/Bill.aspx?bill={identifier.replace(' ', '')}&year={year}&code={house}"


def linked(base: str, href: str) -> Link:
    """What a link of the House's lists names, to a page of its own or of the Senate."""
    query = {
        name: values[0].strip()
        for name, values in parse_qs(urlsplit(urljoin(base, href)).query).items()
    }
    if "bill" in query:
        return Link(
            session_name(query.get("year", ""), query.get("code", "")),
            measure_number(query["bill"]),
        )
    number = query.get("billPrefix", "") + query.get("billSuffix", "")
    return Link(
        session_name(query.get("year", ""), query.get("session", "")), measure_number(number)
    )


def kind_of(identifier: str) -> Kind:
    return "bill" if identifier[1:3] == "B " else "resolution"


def chamber_of(identifier: str) -> Chamber:
    return "lower" if identifier.startswith("H") else "upper"
