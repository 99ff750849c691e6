"""California's bill texts: XML in the Legislative Counsel's own vocabulary (`caml`)."""

from __future__ import annotations

import re

from lxml import etree

from spiders.legislatures import ca_tables as tables
from spiders.reading import PageChanged, match, said
from tracker.model import fold

_CAML = "{http://lc.ca.gov/legalservices/schemas/caml.1#}"
_ID = re.compile(r"(\d{5}[A-Z]+)(?:X\d)?_*0*(\d+[A-Z]+)")
_STATES = {"INT": "Introduced", "ENR": "Enrolled", "CHP": "Chaptered"}
# Parts of a sentence; all other elements of the vocabulary stand as paragraphs of their own.
_WITHIN_A_SENTENCE = ("DocName",)


def tidied(root: etree._Element) -> etree._Element:
    """Without comments and instructions: what an amendment strikes is kept inside the latter."""
    etree.strip_tags(root, etree.ProcessingInstruction, etree.Comment)
    return root


def named_within(root: etree._Element, reject: tables.Reject) -> dict[str, str]:
    """What version of which measure a text is, by its own head (`20250SB__027599INT`)."""
    printed = said(root, f"{_CAML}Description/{_CAML}Id")
    found = match(_ID, printed)
    version_id = found[1] + found[2]
    bill = tables.bill(tables.bill_of_version(version_id), reject)
    if bill is None:
        raise PageChanged("the text of a bill or a resolution", printed)
    return {
        "session": bill.session,
        "identifier": bill.identifier,
        "note": _note(root, version_id),
        "url": tables.version_url(version_id),
    }


def _note(root: etree._Element, version_id: str) -> str:
    """The name of a version as the table of versions has it (`Amended Senate`)."""
    state = version_id[-3:]
    if state in _STATES:
        return _STATES[state]
    steps = root.iterfind(f"{_CAML}Description/{_CAML}History/{_CAML}Action/{_CAML}ActionText")
    amended = [step.text for step in steps if step.text and step.text.startswith("AMENDED_")]
    if state != "AMD" or not amended:
        raise PageChanged(f"one of {', '.join(_STATES)}, AMD", version_id)
    return str(amended[-1]).replace("_", " ").title()


def digest(root: etree._Element) -> str:
    """The Legislative Counsel's Digest; empty where a text has none."""
    found = root.find(f"{_CAML}Description/{_CAML}DigestText")
    return "" if found is None else _words(found, " ")


def readable(root: etree._Element) -> bytes:
    """Title and body of a text, as HTML; raises where there is no body."""
    heading = root.find(f"{_CAML}Description/{_CAML}Title")
    body = next(
        (part for part in root if isinstance(part.tag, str) and part.tag != f"{_CAML}Description"),
        None,
    )
    if body is None or heading is None:
        raise PageChanged("a title and a body", f"{[str(part.tag) for part in root]}")
    for name in _WITHIN_A_SENTENCE:
        for part in body.iter(f"{_CAML}{name}"):
            part.tag = "span"
    for blank in body.iter("{*}span"):
        if blank.get("class", "").endswith("Space"):
            blank.text = " "
    title = etree.Element("p")
    title.text = _words(heading)
    return bytes(etree.tostring(title)) + bytes(etree.tostring(body))


def _words(element: etree._Element, between: str = "") -> str:
    return fold(between.join(str(part) for part in element.itertext()))
