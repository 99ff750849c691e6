"""The General Court's search of all texts: a page of 25 results of one court."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from bs4 import Tag

from spiders.answer import Answer
from spiders.legislatures.ma_rows import SITE, court_name
from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text

_TERMS = "immigration enforcement"
_REFINEMENT = "Refinements[lawsgeneralcourt]"
_CURRENT = " (Current)"
# A refinement is named by the bytes of its label, `194th (Current)`, in hexadecimal.
_TOKEN = re.compile(rf"((?:3\d)+)(?:7374|6e64|7264|7468){_CURRENT.encode().hex()}")
_SUMMARY = re.compile(r"Showing results ([\d,]+) to ([\d,]+) of (?:about )?([\d,]+) results?\.?.*")


class Results(NamedTuple):
    """`numbers` as they stand in addresses; `following` is the next page, "" after the last."""

    court: str
    numbers: list[str]
    appendices: int
    following: str


def search(court: str, number: int) -> str:
    asked = {
        "SearchTerms": _TERMS,
        "Page": str(number),
        _REFINEMENT: f"{court_name(court)}{_CURRENT}".encode().hex(),
    }
    return f"{SITE}/Bills/Search?{urlencode(asked)}"


def results(answer: Answer) -> Results:
    soup = answer.soup()
    court = match(_TOKEN, answer.asked(_REFINEMENT))[1][1::2]
    summary = match(_SUMMARY, text(some(soup, ".searchResultSummary")[0]))
    begin, end, count = (int(number.replace(",", "")) for number in summary.groups())
    rows = some(one(soup, "#searchTable"), "tbody tr")
    if len(rows) != end - begin + 1:
        raise PageChanged(f"results {begin} to {end}", f"{len(rows)} rows")
    numbers = list(_numbers(rows, court))
    following = search(court, int(answer.asked("Page")) + 1) if end < count else ""
    return Results(court, numbers, len(rows) - len(numbers), following)


def _numbers(rows: Sequence[Tag], court: str) -> Iterator[str]:
    """`H.1, Appendix A` is a part of a document, and left out."""
    for row in rows:
        printed = text(some(row, "td", at_least=4)[1])
        if "Appendix" in printed:
            continue
        path = match(r"/Bills/(\d+)/([HS]D?\d+)/?", attribute(some(row, "a")[-1], "href"))
        if path[1] != court or measure_number(path[2]) != measure_number(printed):
            raise PageChanged(f"a link to {printed} of court {court}", path[0])
        yield path[2]
