"""Stages: what the official sentences of a measure's history come to.

`Stages.meaning` says what one sentence means, `Stages.derive` what a whole history comes to.
Here also: stages of bills in bulk, and the measure of how often they are right.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tracker.model import Kind
from tracker.stage_core import ActionLike, Derived, Stages, shipped_stages
from tracker.stage_rules import MEANINGS, Meaning

__all__ = [
    "MEANINGS",
    "ActionLike",
    "Derived",
    "Meaning",
    "Stages",
    "evaluate_gold",
    "jurisdiction_of",
    "open_bills",
    "shipped_stages",
    "stages_of_bills",
]


class _Step(Struct):
    date: dt.date
    text: str = ""
    chamber: str = ""

    @property
    def on(self) -> dt.date:
        return self.date


class _Bill(Struct):
    state: str
    session: str
    identifier: str
    type: str = "bill"
    actions: list[_Step] = []


_BILL = msgspec.json.Decoder(_Bill)


def jurisdiction_of(state: str) -> str:
    """`us-va` for `VA`; Congress is `us`."""
    code = state.lower()
    return code if code == "us" else f"us-{code}"


@contextmanager
def open_bills(path: Path) -> Iterator[Iterable[bytes]]:
    """Lines of a JSON Lines file, packed with gzip where its name ends in `.gz`."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        yield lines


def stages_of_bills(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """One derived row a line of `{state, session, identifier, type, actions: [{date, text}]}`.

    Raises msgspec.ValidationError where a line is not such a record.
    """
    stages = shipped_stages()
    return (_row(bill, _derived(stages, bill)) for bill in map(_BILL.decode, lines))


def _derived(stages: Stages, bill: _Bill) -> Derived:
    kind: Kind = "bill" if bill.type.endswith("bill") else "resolution"
    return stages.derive(jurisdiction_of(bill.state), kind, bill.actions, bill.identifier)


def _row(bill: _Bill, found: Derived) -> dict[str, Any]:
    return {
        "state": bill.state,
        "session": bill.session,
        "identifier": bill.identifier,
        "stage": found.stage,
        "stage_date": found.on.isoformat() if found.on else None,
        "governor_action": found.governor_action,
        "deciding_text": found.deciding_text,
    }


def evaluate_gold(bills_path: Path, gold_path: Path) -> dict[str, Any]:
    """Derived stages against labelled ones (columns of `gold-stages.csv`).

    A date is right when it is the record's or one that the label's note gives as the text's.
    `high` and `all` are shares by certainty. `states` has for each state the labelled bills and the
    shares right, and of all bills of the file its distinct sentences and how many no rule knows.
    """
    gold = {_key(row): row for row in _rows(gold_path)}
    stages, scored = shipped_stages(), []
    sentences: dict[str, dict[str, bool]] = {}
    with open_bills(bills_path) as lines:
        for bill in map(_BILL.decode, lines):
            _note_sentences(sentences.setdefault(bill.state, {}), bill, stages)
            if _bill_key(bill) in gold:
                scored.append(_score(gold[_bill_key(bill)], _row(bill, _derived(stages, bill))))
    return {
        "bills": len(scored),
        "missing": len(gold) - len(scored),
        "high": _shares([one for one in scored if one["certainty"] == "high"]),
        "all": _shares(scored),
        "states": {
            state: _state([one for one in scored if one["state"] == state], known)
            for state, known in sorted(sentences.items())
        },
        "misses": [one for one in scored if not (one["stage_right"] and one["governor_right"])],
    }


def _note_sentences(known: dict[str, bool], bill: _Bill, stages: Stages) -> None:
    place = jurisdiction_of(bill.state)
    for step in bill.actions:
        if step.text not in known:
            known[step.text] = stages.meaning(place, step.text, step.chamber).name != "unknown"


def _state(scored: list[dict[str, Any]], known: dict[str, bool]) -> dict[str, float]:
    counted = {"sentences": len(known), "unknown": sum(not one for one in known.values())}
    return {**_shares(scored), **counted}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _key(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["state"], row["session"], row["identifier"]


def _bill_key(bill: _Bill) -> tuple[str, str, str]:
    return bill.state, bill.session, bill.identifier


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _score(label: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    days = {label["stage_date"], *_DAY.findall(label["note"])}
    return {
        **row,
        "expected": label["stage"],
        "expected_governor": label["governor_action"],
        "certainty": label["certainty"],
        "stage_right": row["stage"] == label["stage"],
        "date_right": row["stage_date"] in days,
        "governor_right": row["governor_action"] == label["governor_action"],
    }


def _shares(scored: list[dict[str, Any]]) -> dict[str, float]:
    count = len(scored)
    rights = ("stage_right", "date_right", "governor_right")
    return {"bills": count} | {
        right.removesuffix("_right"): sum(one[right] for one in scored) / count
        for right in rights
        if count
    }
