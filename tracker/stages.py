"""Stages: what the official sentences of a measure's history come to.

`Stages.meaning` says what one sentence means, `Stages.derive` what a whole history comes to.
Here also: stages of bills in bulk, and the measure of how often they are right.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import re
from collections import Counter
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
    `high` and `all` are shares by certainty, `states` the share of right stages by state.
    """
    gold = {_key(row): row for row in _rows(gold_path)}
    with open_bills(bills_path) as lines:
        bills = (bill for bill in map(_BILL.decode, lines) if _bill_key(bill) in gold)
        found = [_row(bill, _derived(shipped_stages(), bill)) for bill in bills]
    scored = [_score(gold[_key(row)], row) for row in found]
    high = [one for one in scored if one["certainty"] == "high"]
    return {
        "bills": len(scored),
        "missing": len(gold) - len(scored),
        "high": _shares(high),
        "all": _shares(scored),
        "states": _by_state(scored),
        "misses": [one for one in scored if not (one["stage_right"] and one["governor_right"])],
    }


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


def _by_state(scored: list[dict[str, Any]]) -> dict[str, float]:
    bills = Counter(one["state"] for one in scored)
    right = Counter(one["state"] for one in scored if one["stage_right"])
    return {state: right[state] / bills[state] for state in sorted(bills)}
