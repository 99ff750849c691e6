"""The jurisdictions: their names, time zones and squares on the tile map."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import NamedTuple

from tracker.paths import shipped


class Place(NamedTuple):
    """`code` is `us-va`; `tile` is (row, column) on the map, None for the United States."""

    code: str
    name: str
    kind: str
    timezone: str
    tile: tuple[int, int] | None

    @property
    def short(self) -> str:
        """`va`, the first part of a measure's permanent path; `us` for the United States."""
        return self.code.removeprefix("us-")


@lru_cache(maxsize=1)
def places() -> dict[str, Place]:
    """Every jurisdiction by code, in the order of the codes."""
    with (shipped("db") / "baseline" / "jurisdictions.csv").open(encoding="utf-8") as file:
        return {row["code"]: _place(row) for row in csv.DictReader(file)}


def _place(row: dict[str, str]) -> Place:
    tile = (int(row["tile_row"]), int(row["tile_column"])) if row["tile_row"] else None
    return Place(row["code"], row["name"], row["kind"], row["timezone"], tile)


def states() -> list[Place]:
    """Those that can have a posture: the fifty states, DC and Puerto Rico, by name."""
    return sorted((p for p in places().values() if p.tile), key=lambda place: place.name)
