"""Mississippi's XML files: rows of the list, and the facts of a measure's history."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from spiders.answer import Answer, parse_xml
from spiders.reading import PageChanged, day, match, measure_number, said
from tracker.model import Action, Chamber, Document, Sponsor, Version, fold

# What XML forbids, stray bytes of the system that writes the files.
_STRAY = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DECLARED = re.compile(rb"\A(\s*<\?xml[^>]*encoding=[\"'])iso-8859-1", re.IGNORECASE)
_ACTION = re.compile(r"(\d\d/\d\d) (?:\(([HS])\) ?)?(.+)")
_CHAMBERS: dict[str, Chamber] = {"H": "lower", "S": "upper"}
_HOUSES = {"H": "House", "S": "Senate"}
# Slots of DOCUMENTS in the order of a bill's life; the current text is one of them or a later one.
_SLOTS = ("INTRO_OTHER", "CMTESUB_OTHER", "PASSED_OTHER", "ASG_OTHER", "CURRENT_OTHER")
_NOTES = {
    "IN": "As Introduced",
    "CS": "Committee Substitute",
    "PS": "As Passed the {house}",
    "SG": "As Sent to Governor",
}
_AMENDMENTS = ("HAM", "SAM", "AMRPT")


def tree(answer: Answer) -> etree._Element:
    """The file without stray control bytes; what is called ISO-8859-1 is windows-1252."""
    body = _STRAY.sub(b"", answer.body)
    return parse_xml(_DECLARED.sub(rb"\1windows-1252", body))


def told(element: etree._Element, name: str) -> str:
    """The text of a child that must be there but may be empty."""
    child = element.find(name)
    if child is None:
        raise PageChanged(f"<{name}>", ", ".join(str(one.tag) for one in element)[:200])
    return fold(child.text or "")


def identifier(element: etree._Element, path: str) -> str:
    return measure_number(said(element, path))


def origin(identifier: str) -> Chamber:
    """The house of a measure; a joint resolution (`JR 201`) does not tell it."""
    return _CHAMBERS.get(identifier[0], "")


def last_action(row: etree._Element, session: str) -> Action | None:
    printed = told(row, "ACTION")
    return action(printed, session) if printed else None


def actions(root: etree._Element, session: str) -> list[Action]:
    """The lines of the history as numbered, which is oldest first."""
    read = [action(said(line, "ACT_DESC"), session) for line in root.iterfind("ACTION")]
    if not read:
        raise PageChanged("lines of <ACTION>", "none")
    return sorted(read, key=lambda action: action.on)


def action(printed: str, session: str) -> Action:
    """`01/06 (H) Referred To Judiciary B`: the year is the session's, which never leaves it.

    A line without a house is the governor's, or one that ends a bill's time by rule.
    """
    on, house, words = match(_ACTION, printed).groups()
    chamber: Chamber = "executive" if re.search(r"(?i)governor|veto", words) else "legislature"
    return Action(on=_day(on, session), text=words, chamber=_CHAMBERS[house] if house else chamber)


def _day(printed: str, session: str) -> dt.date:
    return day(f"{printed}/{session[:4]}", "%m/%d/%Y")


def texts(root: etree._Element, name: str) -> list[str]:
    """The texts of all elements of a name, each once, empty ones left out."""
    found = (fold(element.text or "") for element in root.iter(name))
    return list(dict.fromkeys(filter(None, found)))


def committees(root: etree._Element) -> list[str]:
    found = [f"House {name}" for name in texts(root, "H_NAME")]
    found += [f"Senate {name}" for name in texts(root, "S_NAME")]
    _not_overlooked(root, "COMMITTEES", found=bool(found))
    return found


def sponsors(root: etree._Element) -> list[Sponsor]:
    """The principal author may be missing."""
    found = [Sponsor(name=name, role="primary") for name in texts(root, "P_NAME")]
    found += [Sponsor(name=name) for name in texts(root, "CO_NAME")]
    _not_overlooked(root, "AUTHORS", found=bool(found))
    return found


def _not_overlooked(root: etree._Element, name: str, *, found: bool) -> None:
    """Raises where a part of the file holds words of which none was known."""
    part = root.find(name)
    words = "" if part is None else fold(" ".join(part.itertext()))
    if words and not found:
        raise PageChanged(f"known names in <{name}>", words)


def versions(root: etree._Element, base: str) -> list[Version]:
    """Texts oldest first, each once: the current one stands in a slot of its own as well."""
    if root.find("DOCUMENTS") is None:
        raise PageChanged("<DOCUMENTS>", "a history without it")
    found: dict[str, Version] = {}
    for slot in _SLOTS:
        for link in texts(root, slot):
            url = urljoin(base, link)
            name = re.search(r"/([A-Z]{2})\d{4}([A-Z]+)\.html?\Z", url)
            if name is None:
                raise PageChanged(f"the address of a text in {slot}", link)
            found.setdefault(
                url, Version(note=note(*name.groups()), url=url, media_type="text/html")
            )
    _not_overlooked(root, "DOCUMENTS", found=bool(found))
    return list(found.values())


def note(prefix: str, kind: str) -> str:
    """What the end of a text's file name says; an end of another kind names itself."""
    house = _HOUSES.get(prefix[0], "first house")
    return _NOTES.get(kind, kind).format(house=house)


def documents(root: etree._Element, base: str) -> list[Document]:
    vetoes = [
        Document(kind="veto_message", note="Veto message", url=urljoin(base, link))
        for link in texts(root, "VETO_OTHER")
    ]
    return vetoes + list(_amendments(root, base))


def _amendments(root: etree._Element, base: str) -> Iterator[Document]:
    for kind in _AMENDMENTS:
        for one in root.iter(kind):
            link = fold(one.findtext(f"{kind}_OTHER") or one.findtext(f"{kind}_PDF") or "")
            if link:
                yield Document(
                    kind="other", note=said(one, f"{kind}_DESC"), url=urljoin(base, link)
                )


def same_measure(answer: Answer, identifier: str) -> None:
    """Raises where the head of a text names another measure than its address."""
    head = re.search(rb"<title>\s*([A-Z]{2})\s*(\d+)\b", answer.body)
    found = f"{head[1].decode()} {int(head[2])}" if head else "no measure in its title"
    if found != identifier:
        raise PageChanged(f"a text of {identifier}", found)
