"""What an entry of a federal docket means for the law that a suit is about.

Strict: a rule reads only an entry that begins as the ruling itself ("ORDER granting 5 Motion for
Preliminary Injunction …"). Motions, hearings, briefs and orders on how the case is run mean nothing,
and an entry that no rule reads changes nothing. What a suit does to a law is proposed to an editor
(`tracker disagreements`); it never moves the law's own stage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from tracker.model import Stage

Ruling = Literal[
    "filed",
    "restraining_order",
    "injunction_granted",
    "injunction_denied",
    "injunction_lifted",
    "struck_down",
    "reversed",
    "dismissed",
]

# What may stand before the verb of an order, and between it and the motion it decides.
_HEAD = (
    r"\W*(?:(?:amended|corrected|sealed|redacted|text|only|paperless|electronic|minute|memorandum"
    r"|opinion|decision|ruling|order|entry|and|the|this|court|on|in|chambers|hereby|is)\W+){1,12}"
)
_WHOSE = (
    r"(?:\W*\b(?:\d+|in part|and|denying|denies|granting|the|united states|plaintiffs?|s|emergency"
    r"|amended|renewed|unopposed|joint|expedited|corrected|ex parte)\b){0,12}\W*"
)
_GRANTS, _DENIES = r"grant(?:s|ing|ed)?\b", r"den(?:ies|ying|ied)\b(?! in part)"
_FOR = r"(?:motions?|application|request) for (?:an? )?(?:entry of an? )?(?:order for )?"
_AND_NOT_ITS_HEARING = r"\b(?!\W+(?:hearing|briefing|schedul|page|deadline|oral))"
_INJUNCTION = (
    r"(?:temporary restraining order and )?(?:preliminary injunction|injunctive relief)"
    rf"{_AND_NOT_ITS_HEARING}"
)
_RESTRAINT = rf"(?:temporary restraining order|tro){_AND_NOT_ITS_HEARING}"
_LIFTS = r"(?:stay(?:s|ing)?|vacat(?:es|ing)|dissolv(?:es|ing)|lift(?:s|ing)|set(?:s|ting) aside)\b"
_APPEALS = (
    r"\W*(?:mandate|opinion|judgment|order|memorandum|certified copy) (?:and \w+ )?(?:of|from) "
    r"(?:the )?(?:usca|u\.?s\.? court of appeals|court of appeals)"
)
_STAYED = (
    r".{0,400}?\b(?:grant(?:s|ed|ing)?\b.{0,80}?\bstay pending appeal"
    r"|stay(?:s|ed|ing)\b.{0,60}?\binjunction)"
)
# Of the whole case: not of a claim or a party, and not to be heard elsewhere.
_WHOLE = (
    r"(?!.{0,400}\b(?:in part|leave to amend|as to|partial|transferr?|counter-?claims?|counts?"
    r"|remand))"
)
_BY_ALL = (
    r"(?= by (?:the )?united states| of (?:the )?(?:case|action)| with(?:out)? prejudice"
    r"| pursuant|[.;:,]|\Z)"
)
_SENTENCES: tuple[tuple[Ruling, str], ...] = (
    ("filed", r"\W*(?:\w+ amended )?complaint\b(?! (?:of|exhibit))"),
    ("filed", r"\W*notice of removal\b"),
    ("filed", r"suit filed\Z"),
    # Granted in part is granted: part of the law is stopped. Denied in part alone is not said.
    ("injunction_granted", rf"{_HEAD}{_GRANTS}{_WHOSE}{_FOR}{_INJUNCTION}"),
    ("restraining_order", rf"{_HEAD}{_GRANTS}{_WHOSE}{_FOR}{_RESTRAINT}"),
    ("injunction_denied", rf"{_HEAD}{_DENIES}{_WHOSE}{_FOR}(?:{_INJUNCTION}|{_RESTRAINT})"),
    ("injunction_granted", r"\W*(?:order (?:of|for|entering) )?preliminary injunction[.:;,]"),
    ("restraining_order", r"\W*temporary restraining order[.:;,]"),
    ("struck_down", r"\W*(?:(?:final|judgment|order|and) )*permanent injunction[.:;,]"),
    ("struck_down", rf"{_HEAD}{_GRANTS}(?! in part){_WHOSE}{_FOR}permanent injunction\b"),
    ("injunction_lifted", rf"{_HEAD}{_LIFTS}{_WHOSE}(?:preliminary )?injunction\b"),
    ("injunction_lifted", rf"{_APPEALS}{_STAYED}"),
    ("reversed", rf"{_APPEALS}(?!.{{0,400}}\bin part\b).{{0,400}}?\b(?:reversed|vacated)\b"),
    ("dismissed", rf"\W*(?:notice|stipulation) of (?:voluntary )?dismissal{_BY_ALL}{_WHOLE}"),
    (
        "dismissed",
        rf"{_HEAD}dismiss(?:es|ing)\W+(?:the )?(?:case|action|complaint|suit)\b{_WHOLE}",
    ),
    ("dismissed", rf"{_HEAD}{_GRANTS}{_WHOLE}{_WHOSE}motions? to dismiss\b"),
)
_RULES = tuple((ruling, re.compile(text, re.IGNORECASE)) for ruling, text in _SENTENCES)
# Entries worth keeping beside the rulings: what is asked of the court, decided and appealed.
_KEPT = re.compile(
    r"\W*(?:(?:first|second|third|amended|supplemental|emergency|joint) )*"
    r"(?:complaint|notice of (?:removal|appeal|voluntary dismissal)|stipulation of|opinion|judgment"
    r"|mandate|memorandum (?:opinion|order|and order)|final judgment|usca|order\b|permanent injunction"
    r"|preliminary injunction|temporary restraining order|minute (?:order|entry)"
    r"|motion (?:for (?:an? )?(?:preliminary injunction|temporary restraining|summary judgment|tro\b|stay)"
    r"|to (?:dismiss|stay|dissolve|vacate)))",
    re.IGNORECASE,
)
# Orders on how a case is run.
_ROUTINE = re.compile(
    r"pro hac vice|extension of time|extend(?:ing)? time|page limit|excess pages|to seal|schedul"
    r"|briefing|setting (?:a )?hearing|reassign|recus|referr(?:al|ing|ed)|admission|withdraw(?:al)? as"
    r"|amicus|leave to file|magistrate|refund|consolidat|status (?:report|conference)|telephon",
    re.IGNORECASE,
)
_LOOKED_AT = 1_200


class Standing(NamedTuple):
    """How a suit stands after some entry, and the number of the entry that made it so."""

    stage: Stage
    entry: int


def ruling_of(entry: str) -> Ruling | None:
    """What one docket entry rules; None where no rule reads it."""
    beginning = entry[:_LOOKED_AT]
    for ruling, rule in _RULES:
        if rule.match(beginning):
            return ruling
    return None


def is_kept(entry: str) -> bool:
    """Whether an entry is one of the steps of a case that readers care for."""
    if ruling_of(entry):
        return True
    beginning = entry[:_LOOKED_AT]
    return bool(_KEPT.match(beginning)) and not _ROUTINE.search(beginning)


def standing_after(entries: Iterable[str]) -> Standing | None:
    """How a suit stands after its entries, oldest first; None while no entry says anything.

    A denied injunction ends a restraining order, never an injunction that another motion won.
    """
    stage: Stage | None = None
    at, restrained = 0, False
    for number, entry in enumerate(entries):
        ruling = ruling_of(entry)
        now = _after(stage, ruling, restrained=restrained) if ruling else stage
        if ruling in {"restraining_order", "injunction_granted"}:
            restrained = ruling == "restraining_order" and (stage != "enjoined" or restrained)
        if now != stage:
            stage, at = now, number
    return Standing(stage, at) if stage else None


def _after(stage: Stage | None, ruling: Ruling, *, restrained: bool) -> Stage | None:
    match ruling:
        case "filed":
            return "in_court" if stage in {None, "dead"} else stage
        case "restraining_order" | "injunction_granted":
            return stage if stage == "struck_down" else "enjoined"
        case "injunction_denied":
            return "in_court" if stage is None or restrained else stage
        case "injunction_lifted":
            return "in_court" if stage in {None, "enjoined"} else stage
        case "reversed":
            return "in_court"
        case "struck_down":
            return "struck_down"
        case "dismissed":
            return stage if stage == "struck_down" else "dead"
