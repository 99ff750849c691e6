"""From the official sentences of a measure's history to the stage it has reached.

`Stages.meaning` says what one sentence means (tables in `db/stages`), `Stages.derive` what the
whole history comes to (`stage_ladder`). A sentence that no rule knows is `unknown` and counted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from tracker.model import GovernorAction, Kind, Stage, fold
from tracker.paths import shipped
from tracker.stage_climb import Way
from tracker.stage_ladder import Ladder
from tracker.stage_order import oldest_first
from tracker.stage_rules import (
    UNKNOWN,
    Found,
    Meaning,
    StageFile,
    Table,
    first_found,
    outvoted,
    read_table,
)

_ZEROED = str.maketrans("123456789", "000000000")
_REMEMBERED = 200_000
# No legislature's sentence is half as long; a longer one is no sentence and costs no matching.
_LONGEST = 4_000
_LETTERS = re.compile(r"[A-Za-z][A-Za-z. ]*")


class ActionLike(Protocol):
    @property
    def on(self) -> dt.date: ...
    @property
    def text(self) -> str: ...
    @property
    def chamber(self) -> str: ...


class Derived(Struct, frozen=True):
    """`unknown` is the number of actions whose sentence no rule knows."""

    stage: Stage
    on: dt.date | None
    governor_action: GovernorAction
    deciding_text: str
    unknown: int


class Stages:
    """The tables of one folder, and what they make of a history."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables: dict[str, tuple[Table, ...]] = {}
        self._common = read_table(folder / "common.yaml")
        self._remembered = lru_cache(_REMEMBERED)(self._look_up)

    @classmethod
    def load(cls, folder: Path | None = None) -> Stages:
        """A table is read when its jurisdiction is first met; `check` reads them all."""
        return cls(folder or shipped("db") / "stages")

    def check(self) -> list[str]:
        """Reads every table and returns their names; raises where one is malformed."""
        names = sorted(path.stem for path in self._folder.glob("*.yaml") if path.stem != "common")
        for name in names:
            self._tables_of(name)
        return names

    def meaning(self, jurisdiction: str, text: str, chamber: str = "") -> Meaning:
        if len(text) > _LONGEST:
            return UNKNOWN
        own = self._tables_of(jurisdiction)[0]
        found = own.find_by_number(text, chamber)
        if found is None:
            found = self._remembered(jurisdiction, text.translate(_ZEROED), chamber)
        if found.lost and outvoted(text):
            return found.lost
        return found.meaning

    def _look_up(self, jurisdiction: str, zeroed: str, chamber: str) -> Found:
        return first_found(self._tables_of(jurisdiction), fold(zeroed.lower()), chamber)

    def _tables_of(self, jurisdiction: str) -> tuple[Table, ...]:
        tables = self._tables.get(jurisdiction)
        if tables is None:
            path = self._folder / f"{jurisdiction.removeprefix('us-')}.yaml"
            tables = (read_table(path), self._common) if path.is_file() else (self._common,)
            self._tables[jurisdiction] = tables
        return tables

    def derive(
        self,
        jurisdiction: str,
        kind: Kind,
        actions: Sequence[ActionLike],
        identifier: str = "",
        *,
        in_order: bool = False,
    ) -> Derived:
        """`actions` in date order; within a day either way round, unless they are `in_order`.

        The identifier's letters tell which resolutions one chamber adopts alone; without it only
        the words of the actions do.
        """
        file = self._tables_of(jurisdiction)[0].file
        ladder = Ladder(_way(file, kind, identifier), unicameral=file.unicameral)
        read = [(one, self.meaning(jurisdiction, one.text, one.chamber)) for one in actions]
        for action, meaning in oldest_first(
            read, reversed_days=file.reversed_days and not in_order
        ):
            ladder.step(meaning, action.on, action.text, action.chamber)
        mark = ladder.mark
        unknown = sum(meaning.name == "unknown" for _, meaning in read)
        return Derived(mark.stage, mark.on, ladder.governor, mark.text, unknown)


def _way(file: StageFile, kind: Kind, identifier: str) -> Way:
    prefixes = _prefixes(identifier)
    if not prefixes.isdisjoint(file.one_chamber):
        return "one_chamber"
    if not prefixes.isdisjoint(file.both_chambers):
        return "both_chambers"
    if not prefixes.isdisjoint(file.constitutional):
        return "constitutional"
    like_bill = kind == "bill" or not prefixes.isdisjoint(file.like_bills)
    return "bill" if like_bill else "resolution"


def _prefixes(identifier: str) -> set[str]:
    """`HRES` of `H. Res. 5`; `HJR` too of Michigan's lettered `HJR A`."""
    letters = _LETTERS.match(identifier)
    words = letters[0].replace(".", "").upper().split() if letters else []
    return {"".join(words), *words[:1]}


@cache
def shipped_stages() -> Stages:
    """The tables shipped with the product, read once."""
    return Stages.load()
