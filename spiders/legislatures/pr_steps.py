"""The steps of a measure in Puerto Rico: who acted when, with which files and votes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Literal, NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import Tag

from spiders.reading import PageChanged, attribute, day, match, one, text
from tracker.model import Action, Chamber, Document, Version, Vote, fold

_GOVERNOR = re.compile(r"\bGobernadora?\b|^Ley\b|\bVet(?:o|ad[oa])\b", re.IGNORECASE)
_SENT = re.compile(r"\benviad[oa] (?:al|a la)\b", re.IGNORECASE)
_HOUSE = re.compile(r"\b(?:Cámara|Senado)\b")
_FILE_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".dot": "application/msword",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
}
READABLE = (".pdf", ".docx")
_HOLDS_A_TEXT = re.compile(r"radicad|texto|entirillado|enrolad|^ley\b|resolución conjunta", re.I)


class Step(NamedTuple):
    action: Action
    committees: list[str]
    item: Tag


def steps_of(rows: list[Tag], origin: Chamber, reject: Callable[[str], None]) -> Iterator[Step]:
    """Oldest first, whichever way the page has them; a step without a day is left out."""
    chamber = origin
    told = [(row, on) for row in rows if (on := _on(row, reject))]
    if told and told[0][1] > told[-1][1]:
        told.reverse()
    for row, on in sorted(told, key=lambda one: one[1]):
        heading = one(row, "h2")
        words = text(heading.select_one("span.text-sutra-primary") or heading)
        acting = _acting(words, chamber, origin)
        chamber = chamber if acting == "executive" else acting
        paragraphs = [fold(part.get_text(" ")) for part in row.select("p")]
        committees = [part for part in paragraphs if part.startswith("Comisión")]
        yield Step(Action(on=on, text=words, chamber=acting), committees, row)


def _on(row: Tag, reject: Callable[[str], None]) -> dt.date | None:
    told = (fold(part.get_text(" ")) for part in row.select("p"))
    dates = [part for part in told if part.startswith("Fecha")]
    if len(dates) != 1:
        raise PageChanged("one Fecha: in a step", f"{len(dates)}: {fold(row.get_text(' '))}")
    printed = match(r"Fecha\s*:\s*(.*)", dates[0])[1]
    if not printed:
        reject("step without a day")
        return None
    return day(printed, "%m/%d/%Y")


def _acting(words: str, before: Chamber, origin: Chamber) -> Chamber:
    """What is sent to the other house is still of the one that sends it."""
    if _GOVERNOR.search(words):
        return "executive"
    if "Cuerpo de Origen" in words:
        return origin
    if _SENT.search(words):
        return before
    houses = set(_HOUSE.findall(words))
    if len(houses) != 1:
        return before
    return "lower" if houses == {"Cámara"} else "upper"


def vote(step: Step, url: str) -> Vote | None:
    told = fold(step.item.get_text(" "))
    counts = re.search(r"Votos a favor\s*:?\s*(\d+).*?Votos en contra\s*:?\s*(\d+)", told)
    if not counts:
        return None
    action = step.action
    return Vote(
        on=action.on,
        chamber=action.chamber,
        motion=action.text,
        yes=int(counts[1]),
        no=int(counts[2]),
        url=url,
    )


def papers(step: Step, url: str) -> Iterator[Version | Document]:
    """Files beside a step: the measure's text where the step brings one, else a paper about it."""
    seen: set[str] = set()
    for link in step.item.select("a[href]"):
        address = urljoin(url, attribute(link, "href"))
        media_type = _FILE_TYPES.get(suffix_of(address))
        if not media_type or "User-Manual" in address or address in seen:
            continue
        note = step.action.text if not seen else f"{step.action.text} ({len(seen) + 1})"
        seen.add(address)
        if _HOLDS_A_TEXT.search(step.action.text):
            yield Version(
                note=note[:300], url=address, published_on=step.action.on, media_type=media_type
            )
        else:
            yield Document(kind=_kind_of_paper(note), note=note[:300], url=address)


def _kind_of_paper(note: str) -> Literal["veto_message", "analysis", "other"]:
    if "veto" in note.lower():
        return "veto_message"
    return "analysis" if "informe" in note.lower() else "other"


def suffix_of(url: str) -> str:
    return PurePosixPath(urlsplit(url).path).suffix.lower()
