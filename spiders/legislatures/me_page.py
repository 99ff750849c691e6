"""The page of one bill in Maine: papers and disposition (#sec0), status in committee (#sec3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import Tag

from spiders.answer import Answer
from spiders.reading import PageChanged, attribute, day, match, measure_number, one, text
from tracker.model import Action, Chamber, Document, Kind, Measure, Version, fold

JURISDICTION = "us-me"
SITE = "https://legislature.maine.gov"
# The site answers under /bills/ and under /legis/bills/; one of them names a thing.
_BASE = f"{SITE}/legis/bills/"
_DAY = r"[A-Z][a-z]{2} \d{1,2}, \d{4}"
_NAMED = re.compile(
    r"(?:LD (?P<ld>\d+), )?(?P<paper>(?:HP|SP|IB) \d+), Text and Status,"
    r" (?P<session>\d+)[a-z]+ (?:Maine )?Legislature.*"
)
_DISPOSITION = re.compile(
    rf".*\bFinal Disposition:? (?P<what>.+?), (?P<on>{_DAY})"
    rf"(?: Governor['’]s Action: (?P<act>.+?), (?P<acted_on>{_DAY}))?.*"
)
_CHAPTER = re.compile(r"Chaptered Law (?P<type>[A-Z&]+) ?, (?P<chapter>Chapter \w+)\b")
_REFERRED = re.compile(rf"Referred to (?P<to>Committee on .+?) on (?P<on>{_DAY})\b")
_DOCKET = ["Date", "Action", "Result"]
_HEADING, _AMENDMENT = "story_heading", "tlnk-amdblk"


def page_of_bill(session: str, identifier: str) -> str:
    return f"{_BASE}display_ps.asp?LD={identifier.removeprefix('LD ')}&snum={session}"


def kind_of(title: str) -> Kind:
    """A "Resolve" is law; a "RESOLUTION" proposes to amend the constitution."""
    return "resolution" if title.lower().startswith(("resolution", "joint ")) else "bill"


def bill_of(answer: Answer) -> Measure:
    soup = answer.soup()
    named = match(_NAMED, text(one(soup, "title")))
    _same(answer, named)
    identifier = measure_number(f"LD {named['ld']}" if named["ld"] else named["paper"])
    title, papers = text(one(soup, "h2")), one(soup, "#sec0")
    in_committee = one(soup, "#sec3")
    referrals = _referrals(in_committee)
    actions = [
        *(_referral(found) for found in referrals),
        *_docket(in_committee),
        *_disposition(_words(papers)),
    ]
    return Measure(
        jurisdiction=JURISDICTION,
        session=named["session"],
        identifier=identifier,
        kind=kind_of(title),
        chamber=_chamber(named["paper"]),
        title=title,
        url=page_of_bill(named["session"], identifier) if named["ld"] else answer.url,
        committees=[found["to"].removeprefix("Committee on ") for found in referrals],
        actions=sorted(actions, key=lambda action: action.on),
        versions=list(_versions(papers)),
        documents=list(_documents(papers)),
    )


def _same(answer: Answer, named: re.Match[str]) -> None:
    """Raises where the page names another bill than its address."""
    asked = parse_qs(urlsplit(answer.url).query.lower())
    told = {
        "snum": named["session"],
        "ld": named["ld"] or "",
        "paper": re.sub(r" 0*", "", named["paper"].lower()),
    }
    for name, value in told.items():
        if name in asked and re.sub(r"(?<=[a-z])0+|^0+", "", asked[name][0]) != value:
            raise PageChanged(f"{name} {asked[name][0]}, as its address says", named[0])


def _chamber(paper: str) -> Chamber:
    """A bill of the citizens (`IB`) comes from neither."""
    chambers: dict[str, Chamber] = {"HP": "lower", "SP": "upper", "IB": "legislature"}
    return chambers[paper[:2]]


def _words(node: Tag) -> str:
    return fold(node.get_text(" "))


def _referrals(section: Tag) -> list[re.Match[str]]:
    said = _words(section)
    found = list(_REFERRED.finditer(said))
    if "Referred to" in said and not found:
        raise PageChanged("a committee and the day of the referral", said)
    return found


def _referral(found: re.Match[str]) -> Action:
    return Action(
        on=day(found["on"], "%b %d, %Y"), text=f"Referred to {found['to']}", chamber="legislature"
    )


def _docket(section: Tag) -> Iterator[Action]:
    """The committee's docket; its head is not the first row. "Reported Out - OTP-AM"."""
    for table in section.select("table"):
        rows = [[_words(cell) for cell in row.select("td, th")] for row in table.select("tr")]
        if _DOCKET not in rows:
            raise PageChanged(f"a table of {', '.join(_DOCKET)}", f"{rows[:2]}")
        for cells in rows[rows.index(_DOCKET) + 1 :]:
            if len(cells) != len(_DOCKET) or not cells[1]:
                raise PageChanged("a day, an action and its result", f"{cells}")
            yield Action(
                on=day(cells[0], "%b %d, %Y"),
                text=" - ".join(filter(None, cells[1:])),
                chamber="legislature",
            )


def _disposition(said: str) -> Iterator[Action]:
    """How it ended, and what the governor did, which stands nowhere else."""
    found = _DISPOSITION.fullmatch(said)
    acted = "s Action:" in said
    if ("Final Disposition" in said) != bool(found) or acted != bool(found and found["act"]):
        raise PageChanged("a disposition and its day", said)
    if found:
        on = day(found["on"], "%b %d, %Y")
        words = f"Final Disposition: {found['what']}"
        yield Action(on=on, text=words, chamber="legislature")
        if found["act"]:
            acted_on = day(found["acted_on"], "%b %d, %Y")
            words = f"Governor's Action: {found['act']}"
            yield Action(on=acted_on, text=words, chamber="executive")


def _versions(section: Tag) -> Iterator[Version]:
    """Papers as they are numbered: the bill, amendments that were adopted, the law."""
    found: dict[int, Version] = {}
    for link in section.select("a[href*='getPDF.asp' i]"):
        address = urljoin(_BASE, attribute(link, "href"))
        item = match(r"\d+", parse_qs(urlsplit(address).query).get("item", [""])[0])[0]
        note = _note(link, section)
        found[int(item)] = Version(note=note, url=address, media_type="application/pdf")
    yield from (found[item] for item in sorted(found))


def _note(link: Tag, section: Tag) -> str:
    """The heading that a paper stands under, with the amendment's or the chapter's number."""
    heading = link.find_previous("span", class_=_HEADING)
    name = text(heading) if heading and section in heading.parents else "Printed Document"
    block = link.find_parent("span", class_=_AMENDMENT)
    if block:
        number, fate = text(one(block, ".story_subhead")), text(one(block, ".tlnk-amd"))
        return f"Amendment {number}: {fate}"
    chapter = _CHAPTER.search(_words(section)) if name == "Chaptered Law" else None
    return f"{name}, {chapter['type']} {chapter['chapter']}" if chapter else name


def _documents(section: Tag) -> Iterator[Document]:
    for link in section.select("a[href]"):
        address = urljoin(_BASE, attribute(link, "href"))
        if "fiscal" in address.lower():
            yield Document(kind="fiscal_note", note=text(link), url=address)
        elif "veto" in _words(link).lower():
            yield Document(kind="veto_message", note=text(link), url=address)
