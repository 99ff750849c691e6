"""How many requests each source costs: a first crawl, a quiet day, a busy day.

    python -m tests.benchmarks.requests [SOURCE ...] [--listed N] [--on-topic N] [--moving N]

Each source reads its simulated site (`tests/simulations`), which lists so many measures in the form
of the real one; some are on topic, and on the busy day a few of those have moved and have a new text.
Prints one JSON object: for each source `first`, `quiet` and `busy` as the site counted them (its
robots.txt included) beside what the source's own facts say, and the sum of the quiet days. The seconds
between requests are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

# Run as a script, its folder comes first on the path, and its name would hide a library's.
sys.path[:] = [at for at in sys.path if Path(at).resolve() != Path(__file__).resolve().parent]

import argparse
import json
import tempfile

from spiders.registry import source_class
from tests.simulations.days import Day, Simulation, simulated


def costs(code: str, options: argparse.Namespace) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        days = Simulation(
            code,
            Path(folder),
            listed=options.listed,
            on_topic=options.on_topic,
            moving=options.moving,
        )
        counted = {
            "first": _count(code, days.first()),
            "quiet": _count(code, days.quiet()),
            "busy": _count(code, days.busy()),
        }
        days.db.close()
    said = source_class(code).facts.requests
    return {**counted, "said": [said.first, said.quiet, said.busy] if said else None}


def _count(code: str, day: Day) -> int:
    if day.verdict != "ok":
        raise SystemExit(f"{code}: {day.verdict}: {day.reason}")
    return len(day.asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sources", nargs="*", default=simulated())
    parser.add_argument("--listed", type=int, default=2_000)
    parser.add_argument("--on-topic", type=int, default=40)
    parser.add_argument("--moving", type=int, default=5)
    options = parser.parse_args()
    found = {}
    for nth, code in enumerate(options.sources, start=1):
        print(f"{nth}/{len(options.sources)} {code}", file=sys.stderr)
        found[code] = costs(code, options)
    quiet = sum(int(str(one["quiet"])) for one in found.values())
    sizes = {"listed": options.listed, "on_topic": options.on_topic, "moving": options.moving}
    print(json.dumps({**sizes, "quiet_sum": quiet, "sources": found}))


if __name__ == "__main__":
    main()
