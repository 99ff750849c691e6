"""What suits would do to the laws they challenge: proposals to an editor, never facts.

A docket's rulings are read by rules, and how far an injunction reaches stands in its text, which no
rule reads. So a ruling moves no law. An editor who has read it enters it with `tracker import
measures`, as a ruling `about` the law or one that `blocks` it in whole; that settles the proposal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlite_utils import Database


class CourtEffect(NamedTuple):
    """`key` is the law's; `stage` what the store says of it, "" where it has none of that key. `suit`
    is the case, `proposed` where it stands by its newest ruling, `words` those of that ruling."""

    key: str
    title: str
    stage: str
    stage_on: str | None
    suit: str
    source: str
    proposed: str
    proposed_on: str | None
    words: str
    url: str


_EFFECTS = """
SELECT law.key, law.title, law.stage, law.stage_on, suit.title, suit.source, suit.stage,
    suit.stage_on, suit.stage_text, suit.url, suit.jurisdiction || '/' || r.session || '/' || r.identifier
FROM measures AS suit
JOIN relations AS r ON r.measure = suit.id AND r.kind = 'challenges'
LEFT JOIN measures AS law
    ON law.key = suit.jurisdiction || '/' || r.session || '/' || r.identifier
WHERE suit.kind = 'court_ruling' AND suit.stage IN ('in_court', 'enjoined', 'struck_down')
    AND NOT EXISTS (
        SELECT 1 FROM measures AS entered JOIN judgements AS j ON j.measure = entered.id
        JOIN relations AS said ON said.measure = entered.id AND said.kind IN ('about', 'blocks')
        WHERE entered.kind = 'court_ruling' AND entered.jurisdiction = suit.jurisdiction
            AND said.session = r.session AND said.identifier = r.identifier
            AND entered.stage_on >= suit.stage_on)
ORDER BY suit.jurisdiction, r.session, r.identifier, suit.key
"""


def court_effects(db: Database) -> Iterator[CourtEffect]:
    """Suits whose standing no editor has entered since their newest ruling, by the law's key."""
    for key, title, stage, stage_on, *suit, named in db.conn.execute(_EFFECTS):
        yield CourtEffect(key or named, title or "", stage or "", stage_on, *suit)
