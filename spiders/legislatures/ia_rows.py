"""The rows of Iowa's table of all bills, and the page that names a bill's texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag

from spiders.reading import PageChanged, attribute, match, measure_number, one, some, text
from tracker.model import Kind, Measure, Relation, Sponsor, Version, fold, tidy_identifier

SITE = "https://www.legis.iowa.gov"

_FIRST_YEAR, _FIRST_ASSEMBLY = 2025, 91
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("HF", "SF", "HSB", "SSB"), "bill"),
    **dict.fromkeys(("HJR", "SJR", "HCR", "SCR", "HR", "SR"), "resolution"),
}
NUMBER = re.compile(r"\b([HS](?:F|SB|JR|CR|R)) (\d+)\b")
# Notes after a title: "(Formerly HSB 285.)", "(See HF 946.)".
_NOTE = re.compile(r"\s*\(((?:Formerly|See) [^()]*)\)\.?$")
# What an assembly prints of a bill, oldest first.
_AGES = ("Introduced", "Reprinted", "Enrolled", "Enrolled with Governor's Action")
_PAPER = re.compile(r".*/docs/publications/LG(?P<form>[A-Z]+)/\d+/attachments/\w+\.html(?:\?.*)?")
_FORMS = dict(zip(("I", "R", "E", "EG"), _AGES, strict=True))


def session_of(year_or_assembly: int | str) -> str:
    """`2025-2026` for the year 2025 or, as text, the 91st General Assembly."""
    if isinstance(year_or_assembly, str):
        number = int(match(r"\d{2,3}", year_or_assembly)[0])
        year_or_assembly = _FIRST_YEAR + 2 * (number - _FIRST_ASSEMBLY)
    return f"{year_or_assembly}-{year_or_assembly + 1}"


def assembly_of(session: str) -> str:
    year = int(match(r"(\d{4})-\d{4}", session)[1])
    return str(_FIRST_ASSEMBLY + (year - _FIRST_YEAR) // 2)


def kind_of(identifier: str) -> Kind:
    letters = identifier.partition(" ")[0]
    if letters not in _KINDS:
        raise PageChanged(f"one of {', '.join(_KINDS)}", identifier)
    return _KINDS[letters]


def measure_of(row: dict[str, Tag], session: str) -> Measure:
    link = one(row["Bill"], "a")
    identifier = measure_number(text(link))
    asked = parse_qs(urlsplit(attribute(link, "href")).query)
    ga, ba = (" ".join(asked.get(name, [])) for name in ("ga", "ba"))
    if (ga, tidy_identifier(ba) if ba else "") != (assembly_of(session), identifier):
        raise PageChanged(f"{identifier} of assembly {assembly_of(session)}", str(link))
    title, notes = _without_notes(text(row["Bill Title"]))
    return Measure(
        jurisdiction="us-ia",
        session=session,
        identifier=identifier,
        kind=kind_of(identifier),
        chamber="lower" if identifier.startswith("H") else "upper",
        title=title,
        url=f"{SITE}/legislation/BillBook?ga={ga}&ba={identifier.replace(' ', '%20')}",
        sponsors=_sponsors(fold(row["Sponsor"].get_text(" "))),
        relations=[*_companions(row["Companion"]), *_renumbered(notes)],
    )


def _without_notes(printed: str) -> tuple[str, list[str]]:
    notes: list[str] = []
    while found := _NOTE.search(printed):
        notes.append(found[1])
        printed = printed[: found.start()]
    if not printed:
        raise PageChanged("a title before its notes", ", ".join(notes))
    return printed, notes


def _sponsors(printed: str) -> list[Sponsor]:
    """`COMMITTEE ON WAYS AND MEANS`, or members: `STONE, A. MEYER and AMOS JR.`"""
    names = printed.removeprefix("By ")
    if names.startswith("COMMITTEE"):
        return [Sponsor(name=names, role="primary")]
    return [
        Sponsor(name=name.strip(), role="primary")
        for name in re.split(r",| and ", names)
        if name.strip()
    ]


def _companions(cell: Tag) -> Iterator[Relation]:
    for letters, number in NUMBER.findall(fold(cell.get_text(" "))):
        yield Relation(kind="companion", identifier=f"{letters} {int(number)}")


def _renumbered(notes: list[str]) -> Iterator[Relation]:
    """What a bill was before is given up for it; what it is now goes on in its place."""
    for note in notes:
        for letters, number in NUMBER.findall(note):
            identifier = f"{letters} {int(number)}"
            if note.startswith("Formerly"):
                yield Relation(kind="substitutes", identifier=identifier)
            else:
                yield Relation(kind="substituted_by", identifier=identifier)


def versions(soup: BeautifulSoup, session: str, identifier: str) -> list[Version]:
    """Texts that the page offers, oldest first. Copies of one with marks, or as PDF only, are left
    out; where the page has no choice, the text that it shows is the only one."""
    options = soup.select("select#billVersions option")
    named = [(text(option), attribute(option, "value").upper()) for option in options]
    if not options:
        shown = match(
            _PAPER, attribute(some(soup, "iframe[src*='/docs/publications/LG']")[0], "src")
        )
        named = [(_FORMS.get(shown["form"], shown["form"]), shown["form"])]
    kept = [(name, form) for name, form in named if "Marked Up" not in name and "PDF" not in name]
    return [
        Version(note=name, url=_text_url(form, session, identifier), media_type="text/html")
        for name, form in sorted(kept, key=lambda one: _age(one[0]))
    ]


def _age(name: str) -> int:
    return _AGES.index(name) if name in _AGES else len(_AGES)


def _text_url(form: str, session: str, identifier: str) -> str:
    kind, number = match("[A-Z]+", form)[0], identifier.replace(" ", "")
    return f"{SITE}/docs/publications/LG{kind}/{assembly_of(session)}/attachments/{number}.html"


def note_of(form: str) -> str:
    """The name of a text, where only its address is known."""
    return _FORMS.get(form, form)
