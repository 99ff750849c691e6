"""A measure of Illinois from its bill status file, and where its texts lie.

Files of the repository are named by General Assembly, session, kind and number: `10400HJ0001.xml` is
joint resolution 1 of the House in the regular session of the 104th.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from bs4 import BeautifulSoup
from lxml import etree

from spiders.answer import parse_xml
from spiders.reading import PageChanged, day, match, said
from tracker.model import Action, Chamber, Hearing, Kind, Measure, Sponsor, Version, Vote, fold

JURISDICTION, TIMEZONE = "us-il", "America/Chicago"
REPOSITORY = "https://ftp.ilga.gov"
# As files are named, and as everyone says it.
KINDS: dict[str, str] = {
    "HB": "HB",
    "SB": "SB",
    "HR": "HR",
    "SR": "SR",
    "HJ": "HJR",
    "SJ": "SJR",
    "HC": "HJRCA",
    "SC": "SJRCA",
    "JS": "JSR",
}
NO_MEASURES = frozenset({"AM", "EO"})
_FIRST: Literal["primary"] = "primary"
_LATER: Literal["cosponsor"] = "cosponsor"
_STEM = r"(\d{3})(\d\d)([A-Z]{2})(\d{4})"
# Of the pages for people, numbers that nothing else tells: by General Assembly.
_PAGES = {103: "GAID=17&SessionID=112", 104: "GAID=18&SessionID=114"}
_CHAMBERS: dict[str, Chamber] = {"House": "lower", "Senate": "upper"}
_HOUSES: dict[str, Chamber] = {"H": "lower", "S": "upper", "J": "legislature"}
# XML forbids them, the files have them.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_AMENDMENT = re.compile(r"(?:House|Senate) (?:Committee|Floor) Amendment\b")
_TOTALS = re.compile(r"\b(\d{3})-(\d{3})-(\d{3})$")
_ASSIGNED = re.compile(r"(?:Assigned|Re-assigned) to (.+)")
_EFFECTIVE = re.compile(r"Effective Date ([A-Z][a-z]+ \d{1,2}, \d{4})")
_PUBLIC_ACT = re.compile(r"Public Act[ .]*(\d{3})-(\d{4})$")
# The House engrosses a bill when it is ready for its third reading, the Senate when it has passed.
_ENGROSSED = {
    "HB": re.compile(r"Placed on Calendar Order of 3rd Reading|(?:Third|3rd) Reading .*Passed\b"),
    "SB": re.compile(r"(?:Third|3rd) Reading .*Passed\b"),
}
_BETWEEN_SPONSORS = re.compile(r" - |, (?!(?:Jr|Sr|II|III|IV)\b\.?)| and ")
_PAGE_HEAD = re.compile(
    r"\b[HS][A-Z]{1,4}\d{4} (?:(?:Engrossed|(?:Re-)?Enrolled) )?(?:- \d+ - )?"
    r"LRB\d{3} \d{5} \w+ \d{5} \w\b\s*"
)


class Name(NamedTuple):
    """What the name of a file says."""

    assembly: int
    special: int
    code: str
    number: int

    @property
    def session(self) -> str:
        """`104th`, and `104th-special` for the first special session that it is called into."""
        further = f"-{self.special}" if self.special > 1 else ""
        return ordinal(self.assembly) + (f"-special{further}" if self.special else "")

    @property
    def identifier(self) -> str:
        return f"{KINDS[self.code]} {self.number}"

    @property
    def stem(self) -> str:
        return f"{self.assembly}{self.special:02}{self.code}{self.number:04}"

    @property
    def folder(self) -> str:
        return f"{REPOSITORY}/Legislation/{self.assembly}/{KINDS[self.code]}"

    @property
    def about(self) -> dict[str, Any]:
        return {
            "jurisdiction": JURISDICTION,
            "session": self.session,
            "identifier": self.identifier,
        }


def ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def name(stem: str) -> Name | None:
    """None for what is no measure (appointments, executive orders); raises for unknown kinds."""
    assembly, special, code, number = match(_STEM, stem.upper()).groups()
    if code in NO_MEASURES:
        return None
    if code not in KINDS:
        raise PageChanged(f"one of {', '.join(KINDS)}", stem)
    return Name(int(assembly), int(special), code, int(number))


def status(body: bytes) -> etree._Element:
    """The file's root, whichever of its encodings it declares, without forbidden control bytes."""
    return parse_xml(_CONTROLS.sub(b" ", body))


def measure(root: etree._Element, told: Name) -> Measure:
    printed = said(root, "title")
    if printed != f"Illinois General Assembly - Bill Status for {told.identifier}":
        raise PageChanged(f"the status of {told.identifier}", printed)
    steps = list(actions(root))
    kind: Kind = "bill" if told.code.endswith("B") else "resolution"
    return Measure(
        **told.about,
        kind=kind,
        chamber=_HOUSES[told.code[0]],
        title=said(root, "shortdesc"),
        abstract=synopses(root),
        url=page_of(told),
        effective_on=_effective(steps),
        committees=committees(steps),
        sponsors=sponsors(root),
        actions=steps,
        votes=list(votes(steps)),
        versions=list(versions(steps, told)),
    )


def page_of(told: Name) -> str:
    if told.special or told.assembly not in _PAGES:
        return f"{REPOSITORY}/Legislation/{told.assembly}/BillStatus/HTML/{told.stem}.html"
    asked = f"DocNum={told.number}&DocTypeID={KINDS[told.code]}&{_PAGES[told.assembly]}"
    return f"https://www.ilga.gov/Legislation/BillStatus?{asked}"


def synopses(root: etree._Element) -> str:
    """As introduced, then one for each amendment: a bill filed empty gets its subject by one."""
    found = (fold("".join(one.itertext())) for one in root.iterfind("synopsis//SynopsisText"))
    return "\n\n".join(filter(None, found))


def actions(root: etree._Element) -> Iterator[Action]:
    """Three elements for each, side by side."""
    history = root.find("actions")
    cells = list(history) if history is not None else []
    if not cells or [cell.tag for cell in cells] != ["statusdate", "chamber", "action"] * (
        len(cells) // 3
    ):
        raise PageChanged("actions of statusdate, chamber and action", f"{len(cells)} elements")
    for on, chamber, text in zip(cells[::3], cells[1::3], cells[2::3], strict=True):
        yield _action(*(fold("".join(cell.itertext())) for cell in (on, chamber, text)))


def _action(on: str, house: str, text: str) -> Action:
    if house not in _CHAMBERS or not text:
        raise PageChanged("an action of the House or Senate", f"{house}: {text}")
    chamber = "executive" if text.startswith("Governor ") else _CHAMBERS[house]
    return Action(on=day(on, "%m/%d/%Y"), text=text, chamber=chamber)


def sponsors(root: etree._Element) -> list[Sponsor]:
    """The first of each house is its chief sponsor, chief co-sponsors follow after dashes."""
    found: dict[str, Sponsor] = {}
    for element in root.iterfind("sponsor/*"):
        if element.tag in {"sponsors", "altsponsors"}:
            for place, person in enumerate(_people(element)):
                role = _LATER if place else _FIRST
                found.setdefault(person, Sponsor(name=person, role=role))
        elif not str(element.tag).startswith("sponsorhead"):
            raise PageChanged("sponsors under their heads", str(element.tag))
    return list(found.values())


def _people(element: etree._Element) -> Iterator[str]:
    printed = fold("".join(element.itertext())).strip("() ")
    for person in _BETWEEN_SPONSORS.split(printed):
        if plain := re.sub(r"^(?:Rep|Sen)s?\. ", "", person.strip()):
            yield plain


def committees(steps: Sequence[Action]) -> list[str]:
    houses = {"lower": "House", "upper": "Senate"}
    found = ((houses.get(one.chamber, ""), _ASSIGNED.match(one.text)) for one in steps)
    return list(dict.fromkeys(f"{house} {told[1]}" for house, told in found if told))


def votes(steps: Sequence[Action]) -> Iterator[Vote]:
    """Yes, no and present, on the floor or in a committee; not those on amendments."""
    for one in steps:
        found = _TOTALS.search(one.text)
        if found and not _AMENDMENT.match(one.text):
            yes, no = int(found[1]), int(found[2])
            yield Vote(on=one.on, chamber=one.chamber, motion=one.text, yes=yes, no=no)


def _effective(steps: Sequence[Action]) -> dt.date | None:
    found = [one for step in steps if (one := _EFFECTIVE.match(step.text))]
    return day(found[-1][1], "%B %d, %Y") if found else None


def versions(steps: Sequence[Action], told: Name) -> Iterator[Version]:
    """The history tells which texts there are: one engrossed (of a joint resolution only where it
    was amended), one enrolled once both houses have passed it, and that of the law."""
    address = f"{told.folder}/{told.stem}"
    yield _version("Introduced", f"{address}.htm", steps[0].on)
    if engrossed := _engrossed(steps, told):
        yield _version("Engrossed", f"{address}eng.htm", engrossed.on)
    for one in steps:
        if one.text.startswith("Passed Both Houses"):
            yield _version("Enrolled", f"{address}enr.htm", one.on)
        if act := _PUBLIC_ACT.match(one.text):
            place = f"{REPOSITORY}/Public%20Acts/{act[1]}/{act[1]}-{act[2]}.htm"
            yield _version(f"Public Act {act[1]}-{act[2]}", place, one.on)


def _engrossed(steps: Sequence[Action], told: Name) -> Action | None:
    own = [one for one in steps if one.chamber == _HOUSES[told.code[0]]]
    if known := _ENGROSSED.get(told.code):
        return next((one for one in own if known.search(one.text)), None)
    amended = any(_AMENDMENT.match(one.text) and " Adopted" in one.text for one in own)
    adopted = (one for one in own if one.text.startswith("Resolution Adopted"))
    return next(adopted, None) if amended and told.code.endswith("J") else None


def _version(note: str, url: str, on: dt.date) -> Version:
    return Version(note=note, url=url, published_on=on, media_type="text/html")


def next_hearing(root: etree._Element, told: Name) -> Hearing | None:
    """The next step of a bill, where that is a hearing; its hour stands in its words."""
    words = fold(root.findtext("nextaction/action") or "")
    on = fold(root.findtext("nextaction/statusdate") or "")
    if not on or "hearing" not in words.lower():
        return None
    house = fold(root.findtext("nextaction/chamber") or "")
    return Hearing(
        **told.about,
        on=day(on, "%m/%d/%Y"),
        timezone=TIMEZONE,
        note=f"{house}: {words}" if house else words,
        url=page_of(told),
    )


def plain(soup: BeautifulSoup) -> str:
    """The text without the numbers of its lines and the heads of its pages; a break ends a
    paragraph, the end of a line does not."""
    for element in soup.select("title, style, script, td.number, td.junk"):
        element.decompose()
    for element in soup.select("br"):
        element.replace_with("\n\n")
    body = soup.select_one("#billtextanchor") or soup
    paragraphs = re.split(r"\n\s*\n", _PAGE_HEAD.sub(" ", body.get_text(" ")))
    return "\n\n".join(filter(None, map(fold, paragraphs)))
