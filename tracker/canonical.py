"""A measure's facts in canonical form: what is compared, fingerprinted and kept.

Records churn, facts don't: sites reorder lists, add spaces and stamp everything anew each day.
So white space is folded, order that means nothing is taken away, and the same sponsor named twice
counts once. An unchanged measure then costs one comparison of fingerprints.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from hashlib import blake2b
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec

from tracker.model import Action, Document, Listing, Measure, Relation, Sponsor, Version, Vote, fold

Row = tuple[Any, ...]

# Part of every digest and fingerprint: raised whenever the canonical form itself changes, so that
# nothing kept under the old form passes for unchanged.
_FORM = b"1"
_BYTES = 16


class Part(NamedTuple):
    """One list of a measure: its table, that table's columns, and how an element becomes a row."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Any], list[Row]]


def _actions(actions: Iterable[Action]) -> list[Row]:
    rows = [(action.on.isoformat(), action.chamber, fold(action.text)) for action in actions]
    rows.sort(key=itemgetter(0))  # stable: within a day the source's order stays
    return rows


def _sponsors(sponsors: Iterable[Sponsor]) -> list[Row]:
    roles: dict[str, str] = {}
    for sponsor in sponsors:
        name = fold(sponsor.name)
        if sponsor.role == "primary" or name not in roles:
            roles[name] = sponsor.role
    return list(roles.items())


def _versions(versions: Iterable[Version]) -> list[Row]:
    return list(
        {
            (
                fold(version.note),
                version.url,
                version.published_on.isoformat() if version.published_on else None,
                version.media_type,
            ): None
            for version in versions
        }
    )


def _documents(documents: Iterable[Document]) -> list[Row]:
    return list({(d.kind, fold(d.note), d.url): None for d in documents})


def _votes(votes: Iterable[Vote]) -> list[Row]:
    return list(
        {(v.on.isoformat(), v.chamber, fold(v.motion), v.yes, v.no, v.url): None for v in votes}
    )


def _relations(relations: Iterable[Relation]) -> list[Row]:
    return list({(r.kind, r.identifier, r.session): None for r in relations})


PARTS: tuple[Part, ...] = (
    Part("actions", ("on_date", "chamber", "text"), _actions),
    Part("sponsors", ("name", "role"), _sponsors),
    Part("versions", ("note", "url", "published_on", "media_type"), _versions),
    Part("documents", ("kind", "note", "url"), _documents),
    Part("votes", ("on_date", "chamber", "motion", "yes", "no", "url"), _votes),
    Part("relations", ("kind", "identifier", "session"), _relations),
)

SCALARS: tuple[str, ...] = (
    "kind",
    "chamber",
    "title",
    "abstract",
    "url",
    "issuer",
    "issued_on",
    "effective_on",
    "expires_on",
    "place",
    "subjects",
    "committees",
    "comments_close_on",
)


class Facts(NamedTuple):
    """A measure as rows. A scalar or part that the page did not state is None."""

    key: str
    jurisdiction: str
    session: str
    identifier: str
    scalars: dict[str, str | None]
    parts: dict[str, list[Row] | None]

    def fingerprint(self) -> bytes:
        # Actions of one day and members of a list have no order that is a fact.
        lists = [
            None if rows is None else sorted(rows, key=repr if name == "versions" else None)
            for name, rows in self.parts.items()
        ]
        return _digest(msgspec.msgpack.encode((self.key, *self.scalars.values(), lists)))

    def over(self, known: Facts) -> Facts:
        """These facts, and what is known where they say nothing."""
        return self._replace(
            scalars={
                name: known.scalars[name] if value is None else value
                for name, value in self.scalars.items()
            },
            parts={
                name: known.parts[name] if rows is None else rows
                for name, rows in self.parts.items()
            },
        )


def canonical(measure: Measure) -> Facts:
    return Facts(
        measure.key,
        measure.jurisdiction,
        measure.session,
        measure.identifier,
        _scalars(measure),
        {
            part.name: None if (value := getattr(measure, part.name)) is None else part.rows(value)
            for part in PARTS
        },
    )


def _scalars(measure: Measure) -> dict[str, str | None]:
    return {
        "kind": measure.kind,
        "chamber": measure.chamber or None,
        "title": _folded(measure.title),
        "abstract": _folded(measure.abstract),
        "url": measure.url,
        "issuer": _folded(measure.issuer),
        "issued_on": iso(measure.issued_on),
        "effective_on": iso(measure.effective_on),
        "expires_on": iso(measure.expires_on),
        "place": _folded(measure.place),
        "subjects": _names(measure.subjects),
        "committees": _names(measure.committees),
        "comments_close_on": iso(measure.comments_close_on),
    }


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _folded(text: str | None) -> str | None:
    return text and fold(text)


def _names(names: list[str] | None) -> str | None:
    return None if names is None else msgspec.json.encode(sorted(set(map(fold, names)))).decode()


def digest(raw: bytes) -> bytes:
    """Of an item's bytes: equal bytes are equal facts, and need not be read again."""
    return _digest(raw)


def listing_print(listing: Listing) -> bytes:
    """What must move in a list's row before the measure's own page is worth a request."""
    on = listing.last_action_on.isoformat() if listing.last_action_on else ""
    return _digest(repr((fold(listing.title), fold(listing.last_action), on)).encode())


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_BYTES, salt=_FORM).digest()
