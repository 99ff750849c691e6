"""Speed and accuracy of stages on the shared corpus: `python -m tests.benchmarks.stages`.

Prints the seconds that mapping every action takes, the share no rule knows, and how often
derived stages agree with those a reader gave.
"""

from __future__ import annotations

import sys
import time

import msgspec

from tests.shared import shared
from tracker.stages import Stages, evaluate_gold, jurisdiction_of, open_bills

BILLS = shared("corpus/scale-bills.jsonl.gz")
GOLD = shared("corpus/gold-stages.csv")


def actions() -> list[tuple[str, str, str]]:
    with open_bills(BILLS) as lines:
        bills = [msgspec.json.decode(line) for line in lines]
    return [
        (jurisdiction_of(bill["state"]), one["text"], one["chamber"])
        for bill in bills
        for one in bill["actions"]
    ]


def main() -> None:
    listed, stages = actions(), Stages.load()
    begun = time.perf_counter()
    unknown = sum(stages.meaning(*one).name == "unknown" for one in listed)
    seconds = time.perf_counter() - begun
    print(f"{len(listed)} actions in {seconds:.2f} s, {unknown} unknown")
    found = evaluate_gold(BILLS, GOLD)
    print("high certainty:", found["high"])
    print("all:", found["all"])


if __name__ == "__main__":
    if not BILLS.exists():
        sys.exit(f"{BILLS} is not here")
    main()
