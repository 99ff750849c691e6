"""One 287(g) agreement as kept, what tells it from others, and how they are counted."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from tracker.model import Agreement, AgreementListName, AgreementModel, fold

AgreementKind = Literal[
    "agreement_new",
    "agreement_ended",
    "agreement_renamed",
    "agreement_corrected",
    "agreement_activated",
]

# ICE lists them among the states; counts of states leave them out.
TERRITORIES = frozenset({"as", "gu", "mp", "pr", "vi"})


class Known(NamedTuple):
    """One agreement as kept; `ended_on` is the first day a good list no longer held it."""

    id: int
    list: AgreementListName
    state: str
    agency: str
    agency_key: str
    model: AgreementModel
    occurrence: int
    agency_type: str
    county: str
    signed_on: dt.date | None
    signed_as_printed: str
    moa_url: str
    addendum_url: str
    first_seen: dt.date
    last_seen: dt.date
    ended_on: dt.date | None


class AgreementChange(NamedTuple):
    """One thing that happened to one agreement.

    `known` is the row it happened to: on `agreement_new` None, or the ended row that is listed
    again; on `agreement_activated` the pending row, while `agreement` is the new participating one.
    `agreement` is None on `agreement_ended` only. `occurrence` numbers the row from 0 among those
    of its list, state, agency and model; a renamed row has a new one.
    """

    kind: AgreementKind
    known: Known | None
    agreement: Agreement | None
    occurrence: int
    field: str = ""
    old: str = ""
    new: str = ""


class Comparison(NamedTuple):
    """`listed`: known agreements still listed, each with its row of today. `closed`: pending ones
    that left their list for the participating one, as `agreement_activated` tells or once told."""

    changes: list[AgreementChange]
    listed: list[tuple[Known, Agreement]]
    closed: list[Known]


Row = Known | Agreement
Name = tuple[str, str, str]  # state, agency key, model
Identity = tuple[str, Name]  # list, name
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‛ʼ`´′", "'"))


@lru_cache(maxsize=8192)
def agency_key(agency: str) -> str:
    """One agency's name however it is typed: compatibility forms, apostrophes, spaces and case."""
    return fold(unicodedata.normalize("NFKC", agency.translate(_APOSTROPHES))).upper()


def name_of(row: Row) -> Name:
    return row.state, agency_key(row.agency), row.model


def identity(row: Row) -> Identity:
    return row.list, name_of(row)


def place(row: Row) -> tuple[str, str, str]:
    """List, state and model: no pair is made across them."""
    return row.list, row.state, row.model


def by_day(row: Row) -> tuple[object, ...]:
    """A total order of rows: by identity and SIGNED day, then by whatever tells them apart."""
    return (
        *identity(row),
        row.signed_on or dt.date.min,
        row.signed_as_printed,
        row.moa_url,
        row.addendum_url,
        row.agency_type,
        row.county,
        row.agency,
        row.id if isinstance(row, Known) else 0,
    )


class Count(NamedTuple):
    """`state` or `model` is empty where the count is not by it."""

    list: AgreementListName
    state: str
    model: str
    agreements: int
    agencies: int


def count(agreements: Iterable[Row], by: Sequence[Literal["state", "model"]]) -> list[Count]:
    """Counts by list and the fields of `by`, sorted. Lists are never added together."""
    groups: dict[tuple[AgreementListName, str, str], list[tuple[str, str]]] = defaultdict(list)
    for one in agreements:
        group = (one.list, one.state if "state" in by else "", one.model if "model" in by else "")
        groups[group].append((one.state, agency_key(one.agency)))
    return [Count(*group, len(rows), len(set(rows))) for group, rows in sorted(groups.items())]
