"""The shipped topic file: its notation, its examples, the screen's answers, reach and speed."""

import csv
import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
import yaml

from tests.shared import needs_shared, shared
from tracker.classify_data import Example, TopicFileError
from tracker.classify_groups import Groups
from tracker.classify_phrases import PhraseError, compile_group
from tracker.classify_rules import ConditionError, Window, parse_condition
from tracker.model import Scope, Stance
from tracker.paths import shipped
from tracker.stance import classify
from tracker.topics import TopicFile, shipped_topics

METHOD = Path(__file__).parents[1] / "docs" / "method.md"
FILE = shipped("db") / "topics" / "ice-cooperation.yaml"
EXAMPLES = shipped_topics().examples


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.measure for example in EXAMPLES])
def test_examples_of_the_file(example: Example) -> None:
    topic = shipped_topics()
    assert topic.screen(example.title) in example.screen
    said = classify(topic, title=example.title)
    if example.scope:
        assert said.scope == example.scope
    if example.stance:
        assert said.stance == example.stance


def test_the_examples_are_the_hard_ones() -> None:
    assert len(EXAMPLES) == 80
    assert Counter(example.screen[0] for example in EXAMPLES) == {"no": 33, "yes": 34, "text": 13}


@pytest.mark.parametrize(
    ("title", "abstract", "answer"),
    [
        ("ICE CREAM VENDORS", "", "no"),
        ("AN ACT CONCERNING SNOW AND ICE REMOVAL", "", "no"),
        ("AN ACT ABOUT ICE ON ROADS", "", "no"),
        ("AN ACT PROHIBITING ICE AGENTS IN SCHOOLS", "", "yes"),
        ("Relating to law enforcement", "", "text"),
        ("Relating to law enforcement", "Sets the pay of troopers. " * 6, "no"),
        ("Relating to law enforcement", "Bans 287(g) agreements. " * 6, "yes"),
        ("Ciudades santuario; acuerdos 287(g)", "", "yes"),
        ("Ley para limitar la colaboración con agentes de inmigración", "", "yes"),
        ("", "", "no"),
        ("İmmigration enforcement by sheriffs", "", "yes"),
    ],
)
def test_screen(title: str, abstract: str, answer: str) -> None:
    assert shipped_topics().screen(title, abstract) == answer


@pytest.mark.skipif(not METHOD.exists(), reason="docs are not installed with the package")
def test_the_method_page_names_every_topic_scope_and_stance() -> None:
    page = METHOD.read_text(encoding="utf-8")
    names = [*shipped_topics().topic_rules, *get_args(Scope), *get_args(Stance)]
    assert [name for name in names if f"| `{name}` |" not in page] == []


def test_masking_keeps_offsets() -> None:
    text = "Unlawful detainer; snow and ice; wildlife sanctuary; ICE detainer"
    masked = shipped_topics().mask(text)
    assert len(masked) == len(text)
    assert masked.split() == [";", ";", ";", "ICE", "detainer"]


@pytest.mark.parametrize(
    ("phrase", "found", "missed"),
    [
        ("cooperat* with", "cooperating-with", "cooperate without"),
        ("city/cities", "CITIES", "citizens"),
        ("federal? agents", "agents", "agencies"),
        ("no ... shall", "no officer or agent shall", "no a b c d e f g shall"),
        ("no .... shall", "no a b c d e f g shall", "no; shall"),
        ("=ICE", "ICE", "ice"),
        ("-federal officer", "local officer", "federal officer"),
        ("sheriff's", "sheriff’s", "sheriffs"),
        ("immigration detainer", "immigration\n 12 detainer", "immigration, detainer"),
        ("no ..... shall", "no " + "a " * 30 + "shall", "no agent may. He shall"),
        ("no ..... shall", "no U.S. officer shall", "no agent: all shall"),
        ("no ^later/more ... shall", "no agent shall", "no later than July all shall"),
        ("-has -with no name", "No name", "has no name"),
    ],
)
def test_phrase_notation(phrase: str, found: str, missed: str) -> None:
    group = Groups({"group": [phrase]})
    assert Window(found, group, "title").hits("group")
    assert not Window(missed, group, "title").hits("group")


@pytest.mark.parametrize("phrase", ["", "two  spaces", "... end", "end ...", "a?", "(?=x)+", "a*b"])
def test_phrases_that_are_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        compile_group([phrase], {})


def _window(text: str) -> Window:
    groups = {"ban": ["ban*"], "may": ["may"], "deal": ["agreement*"]}
    return Window(text, Groups(groups), "title")


@pytest.mark.parametrize(
    ("condition", "text", "holds"),
    [
        ("ban > deal", "bans agreements", True),
        ("ban > deal", "agreements banned", False),
        ("ban ~ deal", "agreements banned", True),
        ("ban > deal", "bans fees; they may sign agreements", False),
        ("ban > deal", "bans " + "x" * 300 + " agreements", False),
        ("deal", "an agreement", True),
    ],
)
def test_conditions(condition: str, text: str, holds: bool) -> None:
    parsed = parse_condition(condition, ["ban", "may", "deal"], ["ban", "may"])
    assert (parsed.found(_window(text)) is not None) is holds


def test_a_word_inside_a_longer_phrase_does_nothing_by_itself() -> None:
    groups = {"no_duty": ["shall not be required"], "ban": ["shall not"], "duty": ["shall"]}
    absorbed = {"ban": ["no_duty"], "duty": ["no_duty", "ban"]}
    window = Window(
        "He shall not sign, shall not be required, shall.", Groups(groups, absorbed), "text"
    )
    assert window.hits("no_duty") == ((19, 40),)
    assert window.hits("ban") == ((3, 12),)
    assert window.hits("duty") == ((42, 47),)


@pytest.mark.parametrize("condition", ["nobody", "ban > nobody", "!ban > deal", "ban >> deal", ""])
def test_conditions_that_are_refused(condition: str) -> None:
    with pytest.raises(ConditionError):
        parse_condition(condition, ["ban", "deal"])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"surprise": 1}, "surprise"),
        ({"version": 0}, "version"),
        ({"groups": {"agency": ["two  spaces"]}}, "groups.agency"),
        ({"verbs": ["nobody"]}, "nobody"),
        ({"absorbed": {"require": ["nobody"]}}, "nobody"),
        ({"absorbed": {"prohibit": ["require"]}}, "absorbed.prohibit"),
        ({"scope": [{"rule": "r", "when": ["nobody"], "gives": "core", "sure": 1}]}, "nobody"),
        ({"scope": [{"rule": "r", "when": ["agency"], "gives": "core", "sure": 2}]}, "scope"),
        ({"topics": {"detainers": ["agency & nobody"]}}, "detainers"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, change: dict, why: str) -> None:
    file = tmp_path / "topic.yaml"
    file.write_text(json.dumps(yaml.safe_load(FILE.read_text(encoding="utf-8")) | change))
    with pytest.raises(TopicFileError, match=re.escape(why)) as raised:
        TopicFile.load(file)
    assert str(file) in str(raised.value)


def test_both_loaders_of_yaml_read_the_file_alike() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, yaml.CSafeLoader)


@pytest.mark.parametrize("text", ["a: [", "- 1", "!!python/object:os.system {}", "\x00"])
def test_what_is_not_a_topic_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "topic.yaml"
    file.write_text(text)
    with pytest.raises(TopicFileError):
        TopicFile.load(file)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TopicFileError, match="can't be read"):
        TopicFile.load(tmp_path / "none.yaml")


@pytest.mark.parametrize("words", ["no immigration ", "shall not ", "federal immigration law "])
def test_hostile_repetition_takes_linear_time(words: str) -> None:
    topic = shipped_topics()
    start = time.perf_counter()
    topic.screen(words * 1_300, words * 13_000)
    assert time.perf_counter() - start < 5


@needs_shared("corpus/labelled-bills.csv")
def test_the_prefilter_hides_nothing_the_rules_would_find() -> None:
    topic = shipped_topics()
    with shared("corpus/labelled-bills.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if len(row["title"]) > 500:  # read clause by clause
                continue
            window = Window(topic.mask(row["title"]), topic.groups, "title")
            verdict = topic.judge(window)
            if verdict is not None and verdict.scope == "core":
                assert topic.screen(row["title"]) != "no", row["title"]


@needs_shared("corpus/labelled-bills.csv")
def test_no_group_is_passed_over_where_its_pattern_would_find_it() -> None:
    groups = shipped_topics().groups
    with shared("corpus/labelled-bills.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            folded = groups.fold(f"{row['title']} {row['description'][:500]}")
            possible = groups.possible(folded)
            for name, pattern in groups.patterns.items():
                assert possible & groups.bits[name] or not pattern.search(folded), name


@needs_shared("corpus/scale-bills.jsonl.gz")
def test_few_listings_have_to_be_read() -> None:
    topic = shipped_topics()
    answers: Counter[str] = Counter()
    with gzip.open(shared("corpus/scale-bills.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 40 == 0:
                bill = json.loads(line)
                answers[topic.screen(bill["title"], bill["description"])] += 1
    assert answers["text"] / answers.total() < 0.01
