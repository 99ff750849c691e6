"""The errors a person meets: each says what is wrong, where, and what to do next."""


class TrackerError(Exception):
    """Base of every error the command line prints without a traceback."""


class StoreError(TrackerError):
    """The database can't be opened, is of another schema, or is locked or full."""


class DamagedStore(StoreError):
    """The file is no database, or SQLite's own checks find it damaged."""


class DamagedRun(TrackerError):
    """A run folder is half-written, truncated or altered; it is never ingested."""
