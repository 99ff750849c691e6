"""The tables of the store, as numbered migrations.

A migration that has been released is never edited; a change of the schema is a new one.
The tables are documented, with every column, in `db/schema.md`, which is generated from here.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("tracker")

_FIRST = """
CREATE TABLE sources (
    code TEXT PRIMARY KEY, jurisdiction TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    home TEXT NOT NULL, permission TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL REFERENCES sources(code),
    started_at TEXT NOT NULL, finished_at TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN
        ('ok', 'ok-empty', 'suspect', 'blocked', 'changed', 'failed', 'skipped')),
    reason TEXT NOT NULL, folder TEXT NOT NULL, requests INTEGER NOT NULL, listed INTEGER NOT NULL,
    kept INTEGER NOT NULL, unknown_actions INTEGER NOT NULL DEFAULT 0, actions INTEGER NOT NULL DEFAULT 0,
    problems TEXT NOT NULL DEFAULT '[]', sessions TEXT NOT NULL DEFAULT '[]',
    measures INTEGER NOT NULL DEFAULT 0, filled TEXT NOT NULL DEFAULT '{}',
    warnings TEXT NOT NULL DEFAULT '[]',
    UNIQUE (source, started_at)
);

CREATE TABLE captures (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), url TEXT NOT NULL,
    fetched_at TEXT NOT NULL, status INTEGER NOT NULL, media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL, sha256 TEXT NOT NULL
);
CREATE INDEX captures_run ON captures (run);
CREATE INDEX captures_sha256 ON captures (sha256);

CREATE TABLE validators (
    source TEXT NOT NULL, url TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL,
    PRIMARY KEY (source, url)
) WITHOUT ROWID;

CREATE TABLE measures (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, jurisdiction TEXT NOT NULL,
    session TEXT NOT NULL, identifier TEXT NOT NULL, kind TEXT NOT NULL,
    chamber TEXT NOT NULL DEFAULT '', title TEXT NOT NULL, abstract TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '', issuer TEXT NOT NULL DEFAULT '', issued_on TEXT, effective_on TEXT,
    expires_on TEXT, subjects TEXT NOT NULL DEFAULT '[]', committees TEXT NOT NULL DEFAULT '[]',
    stage TEXT NOT NULL DEFAULT 'unknown', stage_on TEXT, stage_text TEXT NOT NULL DEFAULT '',
    governor_action TEXT NOT NULL DEFAULT 'n/a', last_action TEXT NOT NULL DEFAULT '',
    last_action_on TEXT, scope TEXT NOT NULL DEFAULT 'none', watched INTEGER NOT NULL DEFAULT 0,
    listed_only INTEGER NOT NULL DEFAULT 0, withdrawn_on TEXT, source TEXT NOT NULL,
    first_run INTEGER NOT NULL REFERENCES runs(id), first_seen TEXT NOT NULL,
    changed_run INTEGER NOT NULL REFERENCES runs(id), changed_at TEXT NOT NULL,
    listing_print BLOB, digest BLOB, fingerprint BLOB
);
CREATE INDEX measures_orders ON measures (jurisdiction, identifier) WHERE issued_on IS NOT NULL;
CREATE INDEX measures_on_topic ON measures (scope, jurisdiction) WHERE scope <> 'none';

CREATE TABLE actions (
    measure INTEGER NOT NULL, seq INTEGER NOT NULL, on_date TEXT NOT NULL, chamber TEXT NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (measure, seq),
    FOREIGN KEY (measure) REFERENCES measures(id)
) WITHOUT ROWID;

CREATE TABLE sponsors (
    measure INTEGER NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
    PRIMARY KEY (measure, seq), FOREIGN KEY (measure) REFERENCES measures(id)
) WITHOUT ROWID;

CREATE TABLE versions (
    measure INTEGER NOT NULL, seq INTEGER NOT NULL, note TEXT NOT NULL, url TEXT NOT NULL,
    published_on TEXT, media_type TEXT NOT NULL, PRIMARY KEY (measure, seq),
    FOREIGN KEY (measure) REFERENCES measures(id)
) WITHOUT ROWID;

CREATE TABLE documents (
    measure INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL,
    url TEXT NOT NULL, PRIMARY KEY (measure, seq), FOREIGN KEY (measure) REFERENCES measures(id)
) WITHOUT ROWID;

CREATE TABLE votes (
    measure INTEGER NOT NULL, seq INTEGER NOT NULL, on_date TEXT NOT NULL, chamber TEXT NOT NULL,
    motion TEXT NOT NULL, yes INTEGER NOT NULL, no INTEGER NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (measure, seq), FOREIGN KEY (measure) REFERENCES measures(id)
) WITHOUT ROWID;

CREATE TABLE relations (
    measure INTEGER NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, identifier TEXT NOT NULL,
    session TEXT NOT NULL, PRIMARY KEY (measure, seq),
    FOREIGN KEY (measure) REFERENCES measures(id)
) WITHOUT ROWID;

CREATE TABLE texts (
    sha256 TEXT PRIMARY KEY, characters INTEGER NOT NULL, zlib BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE version_texts (
    measure INTEGER NOT NULL REFERENCES measures(id), note TEXT NOT NULL, url TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES texts(sha256), capture INTEGER REFERENCES captures(id),
    seen_at TEXT NOT NULL, PRIMARY KEY (measure, note, url)
) WITHOUT ROWID;

CREATE TABLE hearings (
    id INTEGER PRIMARY KEY, measure INTEGER NOT NULL REFERENCES measures(id), on_date TEXT NOT NULL,
    starts_at TEXT, timezone TEXT NOT NULL, committee TEXT NOT NULL, place TEXT NOT NULL,
    note TEXT NOT NULL, status TEXT NOT NULL, url TEXT NOT NULL, sequence INTEGER NOT NULL DEFAULT 0,
    capture INTEGER REFERENCES captures(id), UNIQUE (measure, on_date, committee)
);

CREATE TABLE absences (
    measure INTEGER NOT NULL REFERENCES measures(id), on_date TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs(id), status INTEGER NOT NULL,
    PRIMARY KEY (measure, on_date)
) WITHOUT ROWID;

CREATE TABLE agreements (
    id INTEGER PRIMARY KEY, list TEXT NOT NULL, state TEXT NOT NULL, agency TEXT NOT NULL,
    agency_key TEXT NOT NULL, model TEXT NOT NULL, occurrence INTEGER NOT NULL DEFAULT 0,
    agency_type TEXT NOT NULL, county TEXT NOT NULL, signed_on TEXT, signed_as_printed TEXT NOT NULL,
    moa_url TEXT NOT NULL, addendum_url TEXT NOT NULL, first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL, ended_on TEXT
);
CREATE INDEX agreements_current ON agreements (list, state, agency_key);

CREATE TABLE agreement_lists (
    list TEXT NOT NULL, as_of TEXT NOT NULL, file_name TEXT NOT NULL, sha256 TEXT NOT NULL,
    rows INTEGER NOT NULL, run INTEGER NOT NULL REFERENCES runs(id), PRIMARY KEY (list, as_of)
) WITHOUT ROWID;

CREATE TABLE agreement_counts (
    list TEXT NOT NULL, as_of TEXT NOT NULL, state TEXT NOT NULL, model TEXT NOT NULL,
    agreements INTEGER NOT NULL, agencies INTEGER NOT NULL, PRIMARY KEY (list, as_of, state, model)
) WITHOUT ROWID;

CREATE TABLE classifications (
    measure INTEGER PRIMARY KEY REFERENCES measures(id), scope TEXT NOT NULL, topics TEXT NOT NULL,
    stance TEXT NOT NULL, direction TEXT NOT NULL, mixed INTEGER NOT NULL, nonbinding INTEGER NOT NULL,
    binds TEXT NOT NULL, confidence REAL NOT NULL, evidence TEXT NOT NULL, rule TEXT NOT NULL,
    topic_file TEXT NOT NULL, topic_version INTEGER NOT NULL
);

CREATE TABLE changes (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id),
    measure INTEGER REFERENCES measures(id), agreement INTEGER REFERENCES agreements(id),
    kind TEXT NOT NULL, field TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
    happened_on TEXT, was_on TEXT, seen_at TEXT NOT NULL, capture INTEGER REFERENCES captures(id)
);
CREATE INDEX changes_measure ON changes (measure) WHERE measure IS NOT NULL;
CREATE INDEX changes_run ON changes (run);

CREATE TRIGGER changes_never_updated BEFORE UPDATE ON changes
BEGIN SELECT RAISE(ABORT, 'the change log is append-only: a correction is a new row'); END;
CREATE TRIGGER changes_never_deleted BEFORE DELETE ON changes
BEGIN SELECT RAISE(ABORT, 'the change log is append-only: a correction is a new row'); END;

CREATE VIRTUAL TABLE search USING fts5 (
    identifier, title, abstract, text, content='', tokenize='unicode61 remove_diacritics 2'
);
"""


@migrations()
def m001_first_schema(db: Database) -> None:
    _run(db, _FIRST)


_SECOND = """
CREATE TABLE second_opinions (
    measure INTEGER NOT NULL REFERENCES measures(id), source TEXT NOT NULL REFERENCES sources(code),
    run INTEGER NOT NULL REFERENCES runs(id), seen_at TEXT NOT NULL, stage TEXT NOT NULL,
    stage_on TEXT, stage_text TEXT NOT NULL, last_action TEXT NOT NULL, last_action_on TEXT,
    on_topic INTEGER NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (measure, source)
) WITHOUT ROWID;
"""


@migrations()
def m002_second_opinions(db: Database) -> None:
    _run(db, _SECOND)


@migrations()
def m003_stated_fields(db: Database) -> None:
    db.conn.execute("ALTER TABLE runs ADD COLUMN stated TEXT NOT NULL DEFAULT '{}'")


_FOURTH = """
ALTER TABLE measures ADD COLUMN place TEXT NOT NULL DEFAULT '';

CREATE TABLE judgements (
    measure INTEGER PRIMARY KEY REFERENCES measures(id), stance TEXT NOT NULL, topics TEXT NOT NULL,
    binds TEXT NOT NULL, source_url TEXT NOT NULL, source_on TEXT NOT NULL, entered_by TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs(id)
);
"""


@migrations()
def m004_local_measures(db: Database) -> None:
    _run(db, _FOURTH)


@migrations()
def m005_comment_days(db: Database) -> None:
    db.conn.execute("ALTER TABLE measures ADD COLUMN comments_close_on TEXT")


_SIXTH = """
CREATE TABLE postures (
    jurisdiction TEXT NOT NULL, on_date TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs(id),
    posture TEXT NOT NULL, contested TEXT NOT NULL, takes_effect TEXT NOT NULL,
    PRIMARY KEY (jurisdiction, on_date, run)
) WITHOUT ROWID;

ALTER TABLE changes ADD COLUMN jurisdiction TEXT;
"""


@migrations()
def m006_postures(db: Database) -> None:
    _run(db, _SIXTH)


@migrations()
def m007_verified_sources(db: Database) -> None:
    db.conn.execute("ALTER TABLE sources ADD COLUMN verified INTEGER NOT NULL DEFAULT 1")


def _run(db: Database, script: str) -> None:
    # execute() one statement at a time: executescript() would commit the migration half-done.
    for statement in _statements(script):
        db.conn.execute(statement)


def _statements(script: str) -> list[str]:
    """Split on blank-line-separated or `;`-ended statements; trigger bodies stay whole."""
    import sqlite3

    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def known_migrations() -> frozenset[str]:
    """The names of all migrations of this program."""
    return frozenset(one.name for one in migrations.pending(Database(memory=True)))
