"""The facts of one instrument of Alabama, from what the service says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spiders.legislatures.al_reply import (
    JURISDICTION,
    KINDS,
    Detail,
    Line,
    Note,
    address,
    chamber,
    on,
    page_of,
    said,
)
from spiders.reading import PageChanged, measure_number
from tracker.model import Action, Document, Measure, Relation, Sponsor, Version


def measure(
    found: Detail, notes: list[Note], lines: list[Line], reject: Callable[[str], None]
) -> Measure:
    if said(found.last_action) and not lines:
        raise PageChanged(f"a history that ends with {found.last_action}", "none")
    lines = list(_written(found, lines, reject))
    subject, enacted = said(found.subject), said(found.effective_date_certain)
    return Measure(
        jurisdiction=JURISDICTION,
        session=found.session,
        identifier=found.identifier,
        kind=KINDS[found.instrument_type],
        chamber=chamber(found.body),
        title=found.title or None,
        abstract=said(found.act_summary) or None,
        url=page_of(found.instrument_nbr),
        effective_on=on(enacted) if enacted else None,
        subjects=[re.split("[,;]", subject)[0]] if subject else [],
        committees=[name] if (name := said(found.assigned_committee)) else [],
        sponsors=[Sponsor(name=name, role="primary")] if (name := said(found.sponsor)) else [],
        actions=_actions(found, lines),
        versions=list(_versions(found)),
        documents=list(_documents(found, notes, lines)),
        votes=[vote for line in lines if (vote := line.vote())],
        relations=_relations(said(found.companion_instrument_nbr)),
    )


def _written(found: Detail, lines: list[Line], reject: Callable[[str], None]) -> Iterator[Line]:
    """Lines oldest day first; those of one day as they come, which is newest first."""
    for line in sorted(lines, key=lambda line: on(line.calendar_date)):
        if line.instrument_nbr != found.instrument_nbr:
            raise PageChanged(f"the history of {found.instrument_nbr}", line.instrument_nbr)
        if said(line.body) and said(line.matter):
            yield line
        else:
            reject("line of a history without chamber or words")


def _actions(found: Detail, lines: list[Line]) -> list[Action]:
    filed = said(found.prefiled_date)
    actions = [line.action() for line in lines]
    if filed:
        actions.insert(0, Action(on=on(filed), chamber=chamber(found.body), text="Prefiled"))
    return sorted(actions, key=lambda action: action.on)


def _versions(found: Detail) -> Iterator[Version]:
    texts = {
        "Introduced": found.introduced_file_url,
        "Engrossed": found.engrossed_file_url,
        "Enrolled": found.enrolled_file_url,
        "Reenrolled": found.reenrolled_file_url,
    }
    for note, url in texts.items():
        if said(url):
            yield Version(note=note, url=address(url), media_type="application/pdf")


def _documents(found: Detail, notes: list[Note], lines: list[Line]) -> Iterator[Document]:
    """Substitutes and amendments stand here: which of them became the text, no field says."""
    for paper in sorted(notes, key=lambda paper: paper.sort_order or 0):
        yield Document(
            kind="fiscal_note",
            note=said(paper.description) or "Fiscal note",
            url=address(paper.file_url),
        )
    for line in lines:
        if said(line.amd_sub_file_url):
            yield Document(kind="other", note=said(line.matter), url=address(line.amd_sub_file_url))
    if said(found.view_enacted):
        note = f"Act {said(found.act_nbr)}".strip()
        yield Document(kind="other", note=note, url=address(found.view_enacted))


def _relations(companion: str) -> list[Relation]:
    return [Relation(kind="companion", identifier=measure_number(companion))] if companion else []
