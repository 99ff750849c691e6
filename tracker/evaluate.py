"""The classifier over CSV files: what it says of bills, and how often labelled ones bear it out.

A CSV has the columns state, session, identifier, title, description and may have `file`, the path
of the bill's text relative to the CSV (HTML, XML, PDF or plain text). Labels are the columns
relevant (yes, no), and where there are any scope (core, related, none), stance and certainty.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from tracker.errors import TrackerError
from tracker.model import Classification
from tracker.plain_text import UnreadableText, plain_text
from tracker.stance import VersionedText, classify
from tracker.topics import TopicFile

_NEEDED = ("state", "session", "identifier", "title", "description")
_MEDIA_TYPES = {
    ".htm": "text/html",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".xml": "text/xml",
}
_MAX_CELL = 10_000_000
DIRECTIONS = {
    "bans_agreements": "restrict",
    "limits_cooperation": "restrict",
    "mandates_cooperation": "pro",
    "permits_or_funds_cooperation": "pro",
}

Row = dict[str, str]


class CsvError(TrackerError):
    """A CSV can't be evaluated; the message names the file and what is missing."""


class Said(NamedTuple):
    """A row, what the classifier says of it, and why its text could not be read ("" if it was)."""

    row: Row
    said: Classification
    unread: str


class Figures(Struct, frozen=True):
    """`core` rows are those labelled core; a core row left to `text` counts as missed.

    `precision` is of core against none: related rows are neither right nor wrong. `stance_decided`
    is the share of found rows with a known stance that are given one; `stance_right` and
    `direction_right` are shares of those. A figure is None where there is nothing to count.
    """

    core: int
    found: int
    left_to_text: int
    none: int
    none_called_core: int
    none_called_related: int
    none_left_to_text: int
    precision: float | None
    recall: float | None
    with_stance: int
    stance_decided: float | None
    stance_right: float | None
    direction_right: float | None


class Decile(Struct, frozen=True):
    """Rows called core and given a stance with a confidence from `low` to `low` + 0.1."""

    low: float
    rows: int
    right: int


class Report(Struct, frozen=True):
    rows: int
    unread: int
    high: Figures
    all: Figures
    title_only: Figures
    confusion: dict[str, dict[str, int]]
    calibration: list[Decile]
    negatives: Figures | None = None


def classify_csv(path: Path, topic: TopicFile) -> Iterator[dict[str, Any]]:
    """One mapping a row; `unread` says why a row's text could not be read, where it couldn't."""
    for row, said, unread in _judged(path, topic):
        answer: dict[str, Any] = {name: row[name] for name in _NEEDED[:3]}
        answer |= {
            "scope": said.scope,
            "stance": said.stance,
            "direction": said.direction,
            "topics": said.topics,
            "confidence": said.confidence,
            "evidence": [
                {"quote": found.quote, "field": found.field, "start": found.start}
                for found in said.evidence
            ],
            "rule": said.rule,
            "mixed": said.mixed,
            "nonbinding": said.nonbinding,
            "binds": said.binds,
        }
        yield answer | ({"unread": unread} if unread else {})


def evaluate_csv(
    path: Path,
    topic: TopicFile,
    *,
    negatives: Path | None = None,
    keep: Callable[[Row], bool] = lambda _: True,
) -> Report:
    """`keep` chooses the rows that are counted; `negatives` are bills known to be off topic.

    Raises CsvError where a file can't be read or labels are missing.
    """
    judged = _labelled(path, topic, keep)
    return Report(
        rows=len(judged),
        unread=sum(bool(one.unread) for one in judged),
        high=_figures([one for one in judged if one.row.get("certainty", "high") == "high"]),
        all=_figures(judged),
        title_only=_figures([one for one in judged if not _has_abstract(one.row)]),
        confusion=_confusion(judged),
        calibration=_calibration(judged),
        negatives=_figures(_labelled(negatives, topic)) if negatives else None,
    )


def to_builtins(report: Report) -> dict[str, Any]:
    """The report as JSON types."""
    plain: dict[str, Any] = msgspec.to_builtins(report)
    return plain


def _labelled(
    path: Path, topic: TopicFile, keep: Callable[[Row], bool] = lambda _: True
) -> list[Said]:
    return list(_judged(path, topic, needed=(*_NEEDED, "relevant"), keep=keep))


def _judged(
    path: Path,
    topic: TopicFile,
    needed: tuple[str, ...] = _NEEDED,
    keep: Callable[[Row], bool] = lambda _: True,
) -> Iterator[Said]:
    for row in _rows(path, needed):
        if keep(row):
            texts, unread = _texts(path, row)
            said = classify(topic, title=row["title"], abstract=row["description"], texts=texts)
            yield Said(row, said, unread)


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[Row]:
    csv.field_size_limit(_MAX_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restval="")
            missing = set(needed) - set(reader.fieldnames or ())
            if missing:
                raise CsvError(f"{path}: the columns {', '.join(sorted(missing))} are missing")
            yield from reader
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CsvError(f"{path}: can't be read ({error}). Give a CSV file in UTF-8.") from error


def _texts(path: Path, row: Row) -> tuple[list[VersionedText], str]:
    name = row.get("file", "")
    if not name:
        return [], ""
    file = path.parent / name
    try:
        text = plain_text(file.read_bytes(), _MEDIA_TYPES.get(file.suffix.lower(), ""))
    except (OSError, UnreadableText) as error:
        return [], str(error)
    return [VersionedText(name, text)], ""


def _has_abstract(row: Row) -> bool:
    return row["description"] not in ("", row["title"])


def _label(row: Row) -> str:
    return row.get("scope") or ("core" if row["relevant"] == "yes" else "none")


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _figures(judged: list[Said]) -> Figures:
    said = {
        label: Counter(one.said.scope for one in judged if _label(one.row) == label)
        for label in ("core", "none")
    }
    found = [one for one in judged if _label(one.row) == "core" and one.said.scope == "core"]
    staged = [one for one in found if one.row.get("stance") in DIRECTIONS]
    decided = [one for one in staged if one.said.stance != "unknown"]
    stances = sum(one.said.stance == one.row["stance"] for one in decided)
    directions = sum(one.said.direction == DIRECTIONS[one.row["stance"]] for one in decided)
    return Figures(
        core=said["core"].total(),
        found=len(found),
        left_to_text=said["core"]["text"],
        none=said["none"].total(),
        none_called_core=said["none"]["core"],
        none_called_related=said["none"]["related"],
        none_left_to_text=said["none"]["text"],
        precision=_share(len(found), len(found) + said["none"]["core"]),
        recall=_share(len(found), said["core"].total()),
        with_stance=len(staged),
        stance_decided=_share(len(decided), len(staged)),
        stance_right=_share(stances, len(decided)),
        direction_right=_share(directions, len(decided)),
    )


def _confusion(judged: list[Said]) -> dict[str, dict[str, int]]:
    """Labelled stance to said stance, over rows labelled core; what was missed under its scope."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for row, said, _ in judged:
        if _label(row) == "core":
            table[row.get("stance", "")][said.stance if said.scope == "core" else said.scope] += 1
    return {label: dict(sorted(counts.items())) for label, counts in sorted(table.items())}


def _calibration(judged: list[Said]) -> list[Decile]:
    """Rows of high certainty that are given a stance: elsewhere careful readers could differ."""
    rows, right = Counter[int](), Counter[int]()
    for row, said, _ in judged:
        known = _label(row) == "none" or row.get("stance") in DIRECTIONS
        if (
            said.scope != "core"
            or said.stance == "unknown"
            or not known
            or row.get("certainty", "high") != "high"
        ):
            continue
        decile = min(int(said.confidence * 10), 9)
        rows[decile] += 1
        right[decile] += _label(row) == "core" and said.stance == row.get("stance")
    return [Decile(low / 10, rows[low], right[low]) for low in sorted(rows)]
