"""What spiders yield and the store keeps.

An item is one thing read from an official page. Items are msgspec structs: immutable once read,
validated when decoded, unknown fields refused. `type` tells them apart in JSON Lines.

Two rules hold for every item:

* ``None`` means *this page does not say*; an empty list or text means *it says there is none*.
  The store never lets a ``None`` overwrite a fact.
* Days are ``datetime.date``, never text: a day without an hour stays a day.
"""

from __future__ import annotations

import datetime as dt
import re
from hashlib import sha256
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

Chamber = Literal["lower", "upper", "legislature", "executive", ""]
Kind = Literal[
    "bill",
    "resolution",
    "executive_order",
    "directive",
    "proclamation",
    "guidance",
    "ordinance",
    "local_policy",
    "ballot_question",
    "court_ruling",
    "rule",
    "proposed_rule",
    "notice",
]
# What stands from the day it is issued, without a legislature.
ORDER_KINDS: frozenset[str] = frozenset(
    {"executive_order", "directive", "proclamation", "guidance", "rule", "notice"}
)

Stage = Literal[
    "introduced",
    "in_committee",
    "passed_committee",
    "passed_chamber",
    "passed_legislature",
    "to_governor",
    "enacted",
    "adopted",
    "vetoed",
    "dead",
    "carried_over",
    "in_force",
    "rescinded",
    "superseded",
    "expired",
    "in_court",
    "enjoined",
    "struck_down",
    "unknown",
]
STAGES: tuple[str, ...] = get_args(Stage)

GovernorAction = Literal[
    "signed",
    "unsigned",
    "vetoed",
    "pocket_vetoed",
    "overridden",
    "amended",
    "pending",
    "unknown",
    "n/a",
]

Scope = Literal["core", "related", "text", "none"]
Stance = Literal[
    "bans_agreements",
    "mandates_cooperation",
    "limits_cooperation",
    "permits_or_funds_cooperation",
    "related_other",
    "unknown",
]
Direction = Literal["pro", "restrict", "neutral", "unknown"]
Binds = Literal["local_agencies", "state_agencies", "private_actors", "federal", "unknown"]
Posture = Literal["ban", "mandate", "limited", "permissive", "no_statewide_policy", "undecided"]

RelationKind = Literal[
    "companion",
    "substituted_by",
    "substitutes",
    "incorporated_into",
    "rescinds",
    "amends",
    "extends",
    "supersedes",
    "implements",
    "vetoes",
    "about",
    "blocks",
    "challenges",
]

AgreementModel = Literal[
    "Jail Enforcement Model",
    "Warrant Service Officer",
    "Task Force Model",
    "Tribal Task Force Model",
]
AgreementListName = Literal["participating", "pending"]

# `\Z`, since `$` also matches before a line break at the end.
JurisdictionCode = Annotated[str, Meta(pattern=r"^us(-[a-z]{2})?\Z", max_length=5)]
Line = Annotated[str, Meta(max_length=20_000)]
ShortText = Annotated[str, Meta(min_length=1, max_length=300)]
Paragraphs = Annotated[str, Meta(max_length=200_000)]
# Empty where the source gives no address of its own for a thing; never anything but http(s).
Url = Annotated[str, Meta(pattern=r"^(https?://\S+)?\Z", max_length=4_000)]


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A piece of an item; also the base of items."""


class Action(_Part, frozen=True):
    """One dated entry of a measure's official history, in the words of the source."""

    on: dt.date
    text: Line
    chamber: Chamber = ""


class Sponsor(_Part, frozen=True):
    name: ShortText
    role: Literal["primary", "cosponsor"] = "cosponsor"


class Version(_Part, frozen=True):
    """One text of a measure. `note` is the source's own name for it ("Introduced", "PN 0024")."""

    note: ShortText
    url: Url = ""
    published_on: dt.date | None = None
    media_type: str = ""


class Document(_Part, frozen=True):
    """A paper beside the text: a fiscal note, a veto message, an analysis."""

    kind: Literal["fiscal_note", "veto_message", "analysis", "memo", "other"]
    note: ShortText
    url: Url


class Vote(_Part, frozen=True):
    on: dt.date
    chamber: Chamber
    motion: Line
    yes: Annotated[int, Meta(ge=0)]
    no: Annotated[int, Meta(ge=0)]
    url: Url = ""


class Relation(_Part, frozen=True):
    """`identifier` is a measure of the same jurisdiction; of the same session unless given.

    A ruling or suit is `about` the measure that it decides on; one that stops it in whole `blocks` it.
    A docket read by the machine only says that its suit `challenges` one.
    """

    kind: RelationKind
    identifier: ShortText
    session: str = ""


class Item(_Part, frozen=True, tag_field="type"):
    """Base of everything a spider yields."""


class _About(Item, frozen=True):
    """An item about one measure, named by jurisdiction, session and identifier."""

    jurisdiction: JurisdictionCode
    session: ShortText
    identifier: ShortText

    @property
    def key(self) -> str:
        return measure_key(self.jurisdiction, self.session, self.identifier)


class Listing(_About, frozen=True, tag="listing"):
    """One row of a list: enough to decide whether to read more, kept light in the store."""

    title: Line
    kind: Kind = "bill"
    last_action: Line = ""
    last_action_on: dt.date | None = None
    url: Url = ""


class Measure(_About, frozen=True, tag="measure"):
    """What one page says of a measure; pages of one run are joined into one before they are kept.

    `actions` are oldest first. `issued_on` and `issuer` are for orders; `effective_on` and
    `expires_on` only where the source states the day. `place` is the county, city or agency that a
    local measure is of; what is of the whole jurisdiction has none. `comments_close_on` is the last
    day on which an agency takes comments.
    """

    kind: Kind = "bill"
    chamber: Chamber = ""
    title: Line | None = None
    abstract: Paragraphs | None = None
    url: Url | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    effective_on: dt.date | None = None
    expires_on: dt.date | None = None
    comments_close_on: dt.date | None = None
    place: Annotated[str, Meta(max_length=120)] | None = None
    subjects: list[ShortText] | None = None
    committees: list[ShortText] | None = None
    sponsors: list[Sponsor] | None = None
    actions: list[Action] | None = None
    versions: list[Version] | None = None
    documents: list[Document] | None = None
    votes: list[Vote] | None = None
    relations: list[Relation] | None = None


class VersionText(_About, frozen=True, tag="version_text"):
    """The plain text of one version, named by its `note` and `url` as in `Measure.versions`."""

    note: ShortText
    url: Url
    text: Annotated[str, Meta(min_length=1, max_length=8_000_000)]


class Judgement(_About, frozen=True, tag="judgement"):
    """What a person says a measure does, with the source that was read: kept above the machine's
    reading. A stance, topics or reach left empty is left to the machine."""

    source_url: Url
    source_on: dt.date
    entered_by: ShortText
    stance: Stance = "unknown"
    topics: list[ShortText] = []
    binds: Binds = "unknown"


class Hearing(_About, frozen=True, tag="hearing"):
    """A scheduled public event on a measure.

    `starts_at` carries its offset from UTC; where the source gives only a day, `on` stands alone.
    """

    on: dt.date
    starts_at: Annotated[dt.datetime, Meta(tz=True)] | None = None
    timezone: str = ""
    committee: str = ""
    place: str = ""
    note: str = ""
    status: Literal["scheduled", "cancelled"] = "scheduled"
    url: Url = ""


class Absence(_About, frozen=True, tag="absence"):
    """A watched measure that a complete list no longer names, after a look at its own page."""

    url: Url
    status: int


class AgreementList(Item, frozen=True, tag="agreement_list"):
    """One published 287(g) workbook. `sha256` is of its bytes; `rows` is the number of agreements."""

    list: AgreementListName
    as_of: dt.date
    file_name: str
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    rows: Annotated[int, Meta(ge=0)]


class Agreement(Item, frozen=True, tag="agreement"):
    """One row of a 287(g) list: one memorandum of one agency under one model.

    `state` is the code of a state or territory; `agency` is printed as published, white space
    folded. `signed_on` is None on pending lists and where the cell holds no possible day; then
    `signed_as_printed` keeps what it says.
    """

    list: AgreementListName
    as_of: dt.date
    state: Annotated[str, Meta(pattern=r"^[a-z]{2}\Z")]
    agency: ShortText
    model: AgreementModel
    agency_type: str = ""
    county: str = ""
    signed_on: dt.date | None = None
    signed_as_printed: str = ""
    moa_url: Url = ""
    addendum_url: Url = ""


AnyItem = (
    Listing | Measure | VersionText | Judgement | Hearing | Absence | AgreementList | Agreement
)


def measure_key(jurisdiction: str, session: str, identifier: str) -> str:
    """`us-va/2026/HB 1441`: a number alone is never a key (numbers restart every session)."""
    return f"{jurisdiction}/{session}/{identifier}"


_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# File systems refuse names over 255 bytes.
_LONGEST_SLUG = 120


def slug(key: str) -> str:
    """The permanent path of a measure: `va/2026/hb-1441` for `us-va/2026/HB 1441`."""
    jurisdiction, session, identifier = key.split("/", 2)
    parts = (jurisdiction.removeprefix("us-"), session, identifier)
    return "/".join(_slug(part) for part in parts)


def _slug(part: str) -> str:
    """What is too long is cut and told apart by a hash; what has no letter or digit is its hash."""
    plain = _NOT_SLUG.sub("-", part.lower()).strip("-")
    if plain and len(plain) <= _LONGEST_SLUG:
        return plain
    mark = sha256(part.encode()).hexdigest()[:8]
    return f"{plain[:_LONGEST_SLUG].strip('-')}-{mark}".strip("-")


_IDENTIFIER = re.compile(r"^\s*([A-Za-z][A-Za-z. ]*?)[\s.]*0*(\d+)\s*([A-Za-z]?)\s*$")


def tidy_identifier(printed: str) -> str:
    """`HB0017`, `H.B. 17` and `HB 17` are one identifier: letters, a space, the number.

    Raises ValueError where the text is not letters followed by a number.
    """
    found = _IDENTIFIER.match(printed)
    if not found:
        raise ValueError(f"not a measure's number: {printed!r}")
    letters, number, suffix = found.groups()
    return f"{re.sub(r'[. ]', '', letters).upper()} {number}{suffix.upper()}"


def fold(text: str) -> str:
    """Runs of white space become one space: what the store compares and keeps."""
    # Nearly every text is folded already, and telling so costs a third of folding.
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return " ".join(text.split())


class Evidence(_Part, frozen=True):
    """The quoted words a stance rests on: `start` is the offset of `quote` in that field.

    `field` is `title`, `abstract` or `text`; `version` names the text's version.
    """

    quote: str
    field: Literal["title", "abstract", "text"]
    start: Annotated[int, Meta(ge=0)]
    version: str = ""


class Classification(_Part, frozen=True):
    """What the tracker says of a measure, machine-proposed until a person confirms it.

    `confidence` is the probability that scope and stance are right.
    """

    scope: Scope
    topics: list[str] = []
    stance: Stance = "unknown"
    direction: Direction = "unknown"
    mixed: bool = False
    nonbinding: bool = False
    binds: Binds = "unknown"
    confidence: Annotated[float, Meta(ge=0, le=1)] = 0.0
    evidence: list[Evidence] = []
    rule: str = ""
    topic_file: str = ""
    topic_version: int = 0


def to_json(value: Any) -> bytes:
    """JSON as the model dumps it; the same value always gives the same bytes."""
    return msgspec.json.encode(value, order="deterministic")


_ITEM_DECODER: msgspec.json.Decoder[AnyItem] = msgspec.json.Decoder(AnyItem)


def item_from_json(line: bytes | str | msgspec.Raw) -> AnyItem:
    """Raises msgspec.ValidationError, naming the field, where the line is not an item."""
    return _ITEM_DECODER.decode(line)
