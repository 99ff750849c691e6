"""Action sentences of a run that no stage rule knows, counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tracker.model import Measure
from tracker.runs import read_items
from tracker.stages import shipped_stages


def unknown_actions(folder: Path) -> dict[str, int]:
    stages, found = shipped_stages(), Counter[str]()
    for seen in read_items(folder):
        item = seen.read()
        if isinstance(item, Measure):
            for action in item.actions or ():
                meaning = stages.meaning(item.jurisdiction, action.text, action.chamber)
                if meaning.name == "unknown":
                    found[action.text] += 1
    return dict(found)
