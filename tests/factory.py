"""Run folders made by hand, for tests of what comes after the spiders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from tracker.model import AnyItem
from tracker.runs import (
    Capture,
    ItemWriter,
    Problem,
    RunRecord,
    SourceFacts,
    Verdict,
    run_folder,
    write_record,
)

PAGE = "a" * 64


def source(code: str = "va", jurisdiction: str = "us-va", kind: str = "legislature") -> SourceFacts:
    return SourceFacts(
        code=code,
        jurisdiction=jurisdiction,
        name=f"Source {code}",
        kind=kind,  # type: ignore[arg-type]
        home=f"https://{code}.example/",
    )


def make_run(
    root: Path,
    items: Iterable[AnyItem],
    *,
    at: str = "2026-02-02T12:00:00Z",
    facts: SourceFacts | None = None,
    verdict: Verdict = "ok",
    reason: str = "made by hand",
    listed: int | None = None,
    problems: list[Problem] | None = None,
    canary: str = "",
) -> Path:
    """A finished run folder holding `items`, each read from one capture."""
    facts = facts or source()
    started = dt.datetime.fromisoformat(at.replace("Z", "+00:00"))
    folder = run_folder(root, facts.code, started)
    folder.mkdir(parents=True)
    writer = ItemWriter(folder)
    for item in items:
        writer.write(item, {"": PAGE})
    sha = writer.close()
    capture = Capture(
        sha256=PAGE,
        url=f"{facts.home}page",
        fetched_at=started,
        status=200,
        media_type="text/html",
        bytes=10,
    )
    count = sum(writer.counts.values())
    write_record(
        folder,
        RunRecord(
            source=facts,
            started_at=started,
            finished_at=started,
            verdict=verdict,
            reason=reason,
            requests=1,
            listed=count if listed is None else listed,
            kept=count,
            rejected={},
            items=writer.counts,
            items_sha256=sha,
            captures=[capture],
            problems=problems or [],
            canary=canary,
        ),
    )
    return folder
