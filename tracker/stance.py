"""What a measure does to cooperation: its scope, topics, stance and the words that prove it.

Verbs and their objects decide: every passage on topic is read by the first stance rule of the
topic file that fits it; the passages are weighed; the heavier direction wins, and within it the
first stance in the order bans, mandates, limits, permits. Nobody's name or party is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from tracker.classify_quotes import quoted
from tracker.classify_rules import Window, first_fitting
from tracker.classify_signals import (
    NOTHING,
    Reading,
    listing_signals,
    text_signals,
    weigh,
)
from tracker.model import Classification, Evidence, Kind, Scope
from tracker.topics import TELLING_ABSTRACT, TopicFile, Verdict

Binds = Literal["local_agencies", "state_agencies", "private_actors", "federal", "unknown"]
_MAX_EVIDENCE = 3
_SURE_BY_TEXT = 0.8
# A title or abstract less sure than this is not believed when the text itself says nothing.
_NEEDS_PROOF = 0.9
_BEYOND_DOUBT = 0.95
_UNPROVEN = 0.5
_FIRST_PAGE = 3_000
# How much a text must say before it makes a measure ours whose title and abstract did not.
_TEXT_WEIGHT: dict[Scope, tuple[float, int]] = {
    "text": (2.0, 1),
    "none": (6.0, 3),
    "related": (8.0, 4),
}
# A text speaks against a clear title and abstract only if it does so this much more heavily.
_CLEAR = 0.7
_OVERWHELMING = 8.0


# Under this confidence no stance is given: a reading that may be wrong is worse than none.
TOO_UNSURE = 0.6

_UNDECIDED = {"stance": "unknown", "direction": "unknown", "mixed": False}

# Raw confidence, and the share of labelled bills said with it that were right in scope and stance.
_CALIBRATION = (
    (0.0, 0.05),
    (0.4, 0.4),
    (0.5, 0.55),
    (0.6, 0.75),
    (0.7, 0.87),
    (0.8, 0.92),
    (1.0, 0.96),
)


class VersionedText(NamedTuple):
    """One version of a text, named by the source's note."""

    note: str
    text: str


def classify(
    topic: TopicFile,
    *,
    title: str,
    abstract: str = "",
    texts: Sequence[VersionedText] = (),
    kind: Kind = "bill",
) -> Classification:
    """`texts` are newest first; only the newest is read: an older one may say the contrary."""
    abstract = "" if abstract == title else abstract
    judged = topic.judged(title, abstract)
    verdict = topic.verdict(judged, title, abstract)
    listing = weigh(listing_signals(topic, judged, title, abstract))
    text = NOTHING
    if texts:
        text = weigh(text_signals(topic, texts[0].text, texts[0].note))
    verdict = _proven(verdict, listing, abstract)
    scope = _scope(
        verdict, text, was_read=bool(texts), is_of_congress=_is_of_congress(topic, texts)
    )
    if scope == "core":
        said = _core(topic, verdict, _better(listing, text))
    elif verdict is None or scope == "none":
        said = {"confidence": 0.97 if verdict is None else 0.85}
    else:
        said = _not_core(topic, verdict, abstract if verdict.window.field == "abstract" else title)
    if said["confidence"] < TOO_UNSURE:
        said |= _UNDECIDED | {"rule": _unsure(said)}
    return Classification(
        scope=scope,
        nonbinding=scope != "none" and _is_nonbinding(topic, title, kind),
        topic_file=topic.name,
        topic_version=topic.version,
        **said,
    )


def _unsure(said: Mapping[str, Any]) -> str:
    """The rule that would have given a stance, marked as not trusted."""
    gave_one = said.get("stance", "unknown") != "unknown"
    return f"unsure:{said['rule']}" if gave_one else said.get("rule", "")


def _proven(verdict: Verdict | None, listing: Reading, abstract: str) -> Verdict | None:
    """A digest that tells much and yet names no deed makes a measure related, not core."""
    if verdict is None or verdict.scope != "core" or verdict.sure >= _BEYOND_DOUBT:
        return verdict
    if len(abstract) < TELLING_ABSTRACT or any(signal.is_verbal for signal in listing.signals):
        return verdict
    return verdict._replace(scope="related", sure=_UNPROVEN)


def _scope(
    verdict: Verdict | None, text: Reading, *, was_read: bool, is_of_congress: bool
) -> Scope:
    scope: Scope = verdict.scope if verdict else "none"
    if not was_read:
        return scope
    proof = [signal for signal in text.signals if signal.is_verbal]
    if is_of_congress:
        proof = [signal for signal in proof if signal.is_local]
    if verdict is not None and scope == "core":
        return "core" if proof or verdict.sure > _NEEDS_PROOF else "related"
    weight, passages = _TEXT_WEIGHT[scope]
    if len(proof) >= passages and sum(signal.weight for signal in proof) >= weight:
        return "core"
    return "none" if scope == "text" else scope


def _is_of_congress(topic: TopicFile, texts: Sequence[VersionedText]) -> bool:
    """A bill of Congress is ours only for what it says of states and localities."""
    return bool(texts) and bool(topic.groups.search("congress", texts[0].text[:_FIRST_PAGE]))


def _better(listing: Reading, text: Reading) -> Reading:
    """The text leads; a clear title and abstract are only overruled by a text that is clearer."""
    if not text.signals or not listing.signals:
        return text if text.signals else listing
    if text.direction == listing.direction:
        return weigh(listing.signals + text.signals)
    overruled = text.weight >= _OVERWHELMING and text.sure >= listing.sure
    if listing.sure >= _CLEAR and not overruled:
        return listing
    return text


def _core(topic: TopicFile, verdict: Verdict | None, reading: Reading) -> dict[str, Any]:
    leading = reading.leading
    windows = [signal.window for signal in reading.signals]
    if verdict is not None:
        windows.append(verdict.window)
    on_topic = verdict.sure if verdict and verdict.scope == "core" else _SURE_BY_TEXT
    return {
        "topics": _topics(topic, windows),
        "stance": reading.stance,
        "direction": reading.direction,
        "mixed": reading.mixed,
        "binds": _binds(leading.window) if leading else "unknown",
        "confidence": _calibrated(on_topic * reading.sure),
        "evidence": _evidence(reading),
        "rule": leading.rule.rule if leading else verdict.rule if verdict else "",
    }


def _not_core(topic: TopicFile, verdict: Verdict, field: str) -> dict[str, Any]:
    evidence = [quoted(verdict.window, verdict.span, field)]
    said = {"confidence": verdict.sure, "evidence": evidence, "rule": verdict.rule}
    if verdict.scope != "related":
        return said
    return {
        **said,
        "topics": _topics(topic, [verdict.window]),
        "stance": "related_other",
        "direction": verdict.direction,
        "binds": _binds(verdict.window),
    }


def _calibrated(raw: float) -> float:
    for (low, low_share), (high, share) in pairwise(_CALIBRATION):
        if raw <= high:
            return round(low_share + (share - low_share) * (raw - low) / (high - low), 3)
    return _CALIBRATION[-1][1]


def _evidence(reading: Reading) -> list[Evidence]:
    """The operative and heaviest passages of the stance, each quoted once."""
    own = [signal for signal in reading.signals if signal.rule.stance == reading.stance]
    own.sort(key=lambda signal: (not signal.is_deed, -signal.weight))
    return list({signal.evidence: None for signal in own})[:_MAX_EVIDENCE]


def _topics(topic: TopicFile, windows: Iterable[Window]) -> list[str]:
    found = set()
    for window in windows:
        for name, ways in topic.topic_rules.items():
            if name not in found and first_fitting(ways, window):
                found.add(name)
    return [name for name in topic.topic_rules if name in found]


def _binds(window: Window) -> Binds:
    if window.hits("local_agency"):
        return "local_agencies"
    if window.hits("state_agency"):
        return "state_agencies"
    if window.hits("private_actor"):
        return "private_actors"
    return "federal" if window.hits("federal_subject") else "unknown"


def _is_nonbinding(topic: TopicFile, title: str, kind: Kind) -> bool:
    if kind == "resolution":
        return True
    urging = topic.groups.search("urging", title.lstrip())
    return urging is not None and urging.start() == 0
