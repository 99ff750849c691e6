"""What a listing costs to screen, and a measure to classify: `python -m tests.benchmarks.classify`.

Prints one JSON object: microseconds a listing off topic, and a title with abstract on topic. The
baseline of the same run is a plain search for the prefilter's letters, one after the other.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import time
from collections.abc import Callable, Iterable

from tests.shared import shared
from tracker.classify_data import read_topic_data
from tracker.paths import shipped
from tracker.stance import classify
from tracker.topics import shipped_topics

Words = tuple[str, str]
_EVERY = 20


def listings() -> list[Words]:
    with gzip.open(shared("corpus/scale-bills.jsonl.gz"), "rt", encoding="utf-8") as lines:
        bills = map(json.loads, itertools.islice(lines, 0, None, _EVERY))
        return [(bill["title"], bill["description"]) for bill in bills]


def labelled() -> list[Words]:
    with shared("corpus/labelled-bills.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["title"], row["description"]) for row in csv.DictReader(lines)]


def microseconds(work: Callable[[Words], object], rows: Iterable[Words]) -> float:
    given = list(rows)
    began = time.perf_counter()
    for row in given:
        work(row)
    return round((time.perf_counter() - began) / len(given) * 1e6, 1)


def main() -> None:
    topic = shipped_topics()
    off_topic = [row for row in listings() if topic.screen(*row) == "no"]
    on_topic = [row for row in labelled() if topic.screen(*row) != "no"]
    data = read_topic_data(shipped("db") / "topics" / "ice-cooperation.yaml")
    letters = [text for text in data.prefilter if not text.startswith("=")]
    print(
        json.dumps(
            {
                "screen_us": microseconds(lambda row: topic.screen(*row), off_topic),
                "plain_search_us": microseconds(
                    lambda row: [one in f"{row[0]} {row[1]}".lower() for one in letters], off_topic
                ),
                "classify_us": microseconds(
                    lambda row: classify(topic, title=row[0], abstract=row[1]), on_topic
                ),
            }
        )
    )


if __name__ == "__main__":
    main()
