"""Rows of the files of Virginia's Legislative Information System, in their old and new forms.

Since 2025 days are `1/11/2024`, cells are padded and the governor's lines carry no letter; before,
days were `01/11/24` and every line began with H, S, G (governor) or C (conference).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from spiders.answer import Answer
from spiders.legislatures.va_addresses import text_page
from spiders.reading import PageChanged, day, match, words
from tracker.model import Action, Chamber, Kind, Relation, Sponsor, Version, Vote

Row = Mapping[str, str]

_TEXTS = range(1, 7)
_KINDS: dict[str, Kind] = {
    "HB": "bill",
    "SB": "bill",
    "HJ": "resolution",
    "SJ": "resolution",
    "HR": "resolution",
    "SR": "resolution",
}
_LETTERS: dict[str, Chamber] = {
    "H": "lower",
    "S": "upper",
    "G": "executive",
    "C": "legislature",
}
_LINE = re.compile(r"(?:(?P<letter>[HSGC])(?:\s+|$))?(?P<text>.*)", re.DOTALL)
_TALLY = re.compile(r"(?:BLOCK |VOTE:|\s)*(?P<motion>.*?)\s*\((?P<yes>\d+)-Y (?P<no>\d+)-N\b.*\)")
_INCORPORATED = re.compile(r"Incorporated by .*\((?P<kind>[HS][BJR]) ?(?P<number>\d+)[-)]")
_EFFECTIVE = re.compile(r"(?:Approved|Enacted)\b.*\(effective (?P<day>\d+/\d+/\d+)\)")
_PATRON = re.compile(r"(?P<nth>\d+) - (?P<role>(?:\w[\w-]* )*(?:Patron|Co-Patron)|Offered)")
# From the first to the last a bill can have; one told later replaces those before.
_SUMMARIES = {
    "SUMMARY AS INTRODUCED": 0,
    "SUMMARY AS PASSED HOUSE": 1,
    "SUMMARY AS PASSED SENATE": 1,
    "SUMMARY AS PASSED": 2,
    "SUMMARY AS ENACTED WITH GOVERNOR'S RECOMMENDATION": 3,
}


def rows(answer: Answer, required: Sequence[str]) -> Iterator[dict[str, str]]:
    """Rows of a file that was not cut off: each quote is closed (and a row misses no cell)."""
    if answer.body.count(b'"') % 2:
        raise PageChanged("a file whose last quote is closed", repr(answer.body[-80:]))
    return answer.rows(required, encoding=_encoding(answer.body))


def _encoding(body: bytes) -> str:
    """UTF-8, or Windows-1252, in which older files write dashes and section signs."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def read_day(printed: str) -> dt.date:
    return day(printed, "%m/%d/%y", "%m/%d/%Y")


def kind_of(identifier: str) -> Kind:
    letters = identifier.partition(" ")[0]
    if letters not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", identifier)
    return _KINDS[letters]


def chamber_of(identifier: str) -> Chamber:
    return _LETTERS[identifier[0]]


def text_columns() -> list[str]:
    return [f"Full_text_{part}{nth}" for nth in _TEXTS for part in ("doc", "date")]


def versions(row: Row, code: str, identifier: str) -> list[Version]:
    return [
        Version(
            note=document,
            url=text_page(code, identifier, document),
            published_on=read_day(printed) if (printed := row[f"Full_text_date{nth}"]) else None,
            media_type="text/html",
        )
        for nth in _TEXTS
        if (document := row[f"Full_text_doc{nth}"])
    ]


def action(row: Row) -> Action | None:
    """One line of history; None where it is only a letter.

    Of lines without a letter those that name the governor are the executive's.
    """
    line = match(_LINE, row["History_description"])
    if not line["text"]:
        return None
    letterless: Chamber = "executive" if "governor" in line["text"].lower() else "legislature"
    return Action(
        on=read_day(row["History_date"]),
        text=line["text"],
        chamber=_LETTERS[line["letter"]] if line["letter"] else letterless,
    )


def vote(row: Row, acted: Action) -> Vote | None:
    """The tally of a line that refers to a recorded vote; lines without reference repeat one."""
    tally = _TALLY.fullmatch(acted.text) if row["History_refid"] else None
    if tally is None:
        return None
    return Vote(
        on=acted.on,
        chamber=acted.chamber,
        motion=tally["motion"] or "Vote",
        yes=int(tally["yes"]),
        no=int(tally["no"]),
    )


def relation(acted: Action) -> Relation | None:
    into = _INCORPORATED.match(acted.text)
    if into is None:
        return None
    return Relation(kind="incorporated_into", identifier=f"{into['kind']} {int(into['number'])}")


def effective_on(actions: Sequence[Action]) -> dt.date | None:
    """The day in the line that made it law; none for "effective - see bill"."""
    days = [found["day"] for acted in actions if (found := _EFFECTIVE.match(acted.text))]
    return read_day(days[-1]) if days else None


def sponsor(row: Row) -> tuple[int, Sponsor]:
    """The patron and the place on the bill; the chief patron is the primary sponsor."""
    patron = match(_PATRON, row["PATRON_TYPE"])
    role: str = "primary" if patron["role"] == "Chief Patron" else "cosponsor"
    return int(patron["nth"]), Sponsor(name=row["MEMBER_NAME"], role=role)  # type: ignore[arg-type]


def summary_rank(row: Row) -> int | None:
    """How far along the summary is; None for a kind that is not known."""
    return _SUMMARIES.get(row["SUMMARY_TYPE"].upper())


def summary_text(row: Row) -> str:
    return " ".join(words(row["SUMMARY_TEXT"].encode(), "text/html").split())
