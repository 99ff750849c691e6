"""What a spider is told of the store when it starts: a file, written from one source's rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path

from sqlite_utils import Database

from tracker.model import to_json

_SETTLED = dt.timedelta(days=60)
_LIVELY = dt.timedelta(days=4)


def write_known(
    db: Database,
    path: Path,
    *,
    source: str,
    jurisdiction: str,
    asked: Collection[str] = (),
    today: dt.date | None = None,
) -> None:
    """Prints of listings, watched measures with their pages, texts already read and validators of
    one source, and with `today` the canary of that day. An empty `jurisdiction` is every one.

    Validators are left out where measures are asked for: a page that has not moved would then
    never be read.
    """
    rows = db.conn.execute
    place = jurisdiction or "*"
    watched = rows(
        "SELECT key, url, last_action_on FROM measures"
        " WHERE jurisdiction GLOB ? AND (scope <> 'none' OR watched = 1) ORDER BY key",
        (place,),
    ).fetchall()
    known = {
        "prints": {
            key: print_.hex()
            for key, print_ in rows(
                "SELECT key, listing_print FROM measures"
                " WHERE jurisdiction GLOB ? AND source = ? AND listing_print IS NOT NULL",
                (place, source),
            )
        },
        "watched": [key for key, _, _ in watched],
        "asked": sorted(asked),
        "canary": _canary(db, source, today) if today else "",
        "texts": _texts(db, place),
        "lively": _lively(watched, today) if today else [],
        "pages": {key: url for key, url, _ in watched if url},
        "validators": {}
        if asked
        else {
            url: {"etag": etag, "last_modified": modified}
            for url, etag, modified in rows(
                "SELECT url, etag, last_modified FROM validators WHERE source = ?", (source,)
            )
        },
    }
    path.write_bytes(to_json(known))


def _lively(watched: Iterable[tuple[str, str, str | None]], today: dt.date) -> list[str]:
    """Watched measures with an action of the last days, or of one to come."""
    since = (today - _LIVELY).isoformat()
    return [key for key, _, acted_on in watched if acted_on and acted_on >= since]


def _canary(db: Database, source: str, today: dt.date) -> str:
    """A measure that was settled long ago, another one each day, so that one that was corrected
    after all does not stop its source for good; "" where there is none."""
    settled = db.conn.execute(
        "SELECT key FROM measures WHERE source = ? AND scope IN ('core', 'related')"
        " AND stage IN ('enacted', 'adopted', 'vetoed', 'dead') AND stage_on < ? ORDER BY key",
        (source, (today - _SETTLED).isoformat()),
    ).fetchall()
    return settled[today.toordinal() % len(settled)][0] if settled else ""


def _texts(db: Database, place: str) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for key, url in db.conn.execute(
        "SELECT measures.key, version_texts.url FROM version_texts"
        " JOIN measures ON measures.id = version_texts.measure WHERE jurisdiction GLOB ?"
        " ORDER BY measures.key, version_texts.url",
        (place,),
    ):
        texts.setdefault(key, []).append(url)
    return texts
