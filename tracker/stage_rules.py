"""Tables that say what the sentences of a legislature's action lists mean.

One YAML file a jurisdiction in `db/stages`, and `common.yaml` for wording that is really shared,
tried last. Rules are tried in order and the first that matches wins. A rule's `match` is one or
several regular expressions, in lower case, that match from the start of the sentence. They see
the sentence in lower case, white space folded and every digit as `0`: what a sentence means must
not hang on a number. The rare rules where it does say `numbers: true`, see the digits, and are
tried before all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import msgspec
from msgspec import Struct

from tracker.model import Chamber, GovernorAction, fold

MeaningName = Literal[
    "introduced",  # filed, prefiled, read a first time, received from the other chamber
    "referred",  # to a committee
    "recommitted",  # sent to one more committee by the chamber that has just voted for it
    "committee_hearing",  # hearings, subcommittees, work in committee that decides nothing
    "committee_failed",  # an adverse vote in committee that ends nothing by its own words
    "reported",  # out of committee, recommended or discharged
    "floor",  # readings, calendars, amendments before the vote
    "tabled",  # put off, perhaps for good: the words do not say
    "passed_chamber",
    "passed_amended",  # passed by the second chamber in another form: the first must concur
    "failed_chamber",
    "reconsidered",  # the last vote is undone
    "concurred",  # the last vote that the legislature owes
    "conference",  # the chambers disagree
    "conference_adopted",  # a chamber takes the conference report
    "enrolled",
    "to_governor",
    "signed",
    "amended",  # returned by the governor with amendments or conditions
    "vetoed",
    "partial_veto",  # law, save the lines struck
    "chamber_overrides",  # one chamber's vote; both make law
    "veto_overridden",
    "veto_sustained",
    "became_law_unsigned",
    "became_law",  # a chapter or act number: law, the line does not say how
    "congressional_review",  # an act of the District of Columbia, before Congress
    "resolution_adopted",  # final by its words
    "died",
    "withdrawn",
    "substituted",  # a companion goes on in its place
    "lapsed",  # died in the second chamber at the turn of the biennium, back in the first
    "returned",  # back in the first chamber when a session ends, to be passed again if at all
    "carried_over",
    "revived",  # taken from the table, death undone
    "effective",  # states a date of effect
    "ignore",  # clerical, says nothing of the stage
    "unknown",  # no rule knows the sentence
]
MEANINGS: tuple[str, ...] = get_args(MeaningName)


class Meaning(NamedTuple):
    """What one sentence means; `rule` is `va#12`, the 12th rule of `va.yaml`, or empty.

    `weak` proves its stage but not how it came: it never overwrites a stronger line. `governor`
    is what the line itself says of the governor, `by` the chamber it names as acting.
    """

    name: MeaningName
    weak: bool = False
    rule: str = ""
    governor: GovernorAction | Literal[""] = ""
    by: Chamber = ""


UNKNOWN = Meaning("unknown")


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`lost` is the meaning where the sentence counts no more yeas than nays.

    `chamber` limits the rule to actions of that chamber.
    """

    meaning: MeaningName
    match: str | list[str]
    weak: bool = False
    governor: GovernorAction | None = None
    by: Chamber = ""
    chamber: Chamber = ""
    lost: MeaningName | None = None
    numbers: bool = False
    note: str = ""


class StageFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One `db/stages/<st>.yaml`. The lists hold prefixes of identifiers (`HR` of `HR 12`).

    `one_chamber`: final when adopted by the chamber they begin in. `both_chambers`: final when
    both have adopted them. `constitutional`: go to the voters after that. `like_bills`: need the
    governor although they are called resolutions. `unicameral`: one vote is the legislature's.
    `reversed_days`: the source lists the actions of one day newest first.
    """

    rules: list[Rule]
    one_chamber: list[str] = []
    both_chambers: list[str] = []
    constitutional: list[str] = []
    like_bills: list[str] = []
    unicameral: bool = False
    reversed_days: bool = False


class _Compiled(NamedTuple):
    pattern: re.Pattern[str]
    chamber: str
    meaning: Meaning
    lost: Meaning | None


class Found(NamedTuple):
    meaning: Meaning
    lost: Meaning | None = None


_NOTHING = Found(UNKNOWN)
_YEAS_NAYS = re.compile(
    r"\b(?:yeas?|ayes?|y)\b\D{0,4}(\d{1,3})\b.{0,12}?\b(?:nays?|noes|no|n)\b\D{0,4}(\d{1,3})\b"
)


def outvoted(text: str) -> bool:
    """Whether the sentence itself counts no more yeas than nays (`YEAS 15, NAYS 19`)."""
    counted = _YEAS_NAYS.search(text.lower())
    return counted is not None and int(counted[1]) <= int(counted[2])


class Table:
    """The compiled rules of one file."""

    def __init__(self, name: str, file: StageFile) -> None:
        self.name = name
        self.file = file
        rules = list(_compiled(name, file.rules))
        self._by_words = [made for rule, made in rules if not rule.numbers]
        self._by_numbers = [made for rule, made in rules if rule.numbers]

    def find_by_number(self, text: str, chamber: str) -> Found | None:
        """Only the rules that need the digits."""
        if not self._by_numbers:
            return None
        return _first(self._by_numbers, fold(text.lower()), chamber)

    def find(self, zeroed: str, chamber: str) -> Found | None:
        """`zeroed` is a sentence in lower case, white space folded, its digits zeros."""
        return _first(self._by_words, zeroed, chamber)


def _first(rules: Iterable[_Compiled], text: str, chamber: str) -> Found | None:
    for pattern, only, meaning, lost in rules:
        if (not only or only == chamber) and pattern.match(text):
            return Found(meaning, lost)
    return None


def _compiled(name: str, rules: Iterable[Rule]) -> Iterator[tuple[Rule, _Compiled]]:
    for number, rule in enumerate(rules, start=1):
        several = [rule.match] if isinstance(rule.match, str) else rule.match
        pattern = re.compile("|".join(f"(?:{one})" for one in several))
        where = f"{name}#{number}"
        meaning = Meaning(rule.meaning, rule.weak, where, rule.governor or "", rule.by)
        lost = Meaning(rule.lost, rule=where, by=rule.by) if rule.lost else None
        yield rule, _Compiled(pattern, rule.chamber, meaning, lost)


def read_table(path: Path) -> Table:
    """Raises msgspec.ValidationError or re.error where the file is not a table of rules."""
    return Table(path.stem, msgspec.yaml.decode(path.read_bytes(), type=StageFile))


def first_found(tables: Iterable[Table], zeroed: str, chamber: str) -> Found:
    for table in tables:
        found = table.find(zeroed, chamber)
        if found:
            return found
    return _NOTHING
