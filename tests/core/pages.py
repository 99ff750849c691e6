"""A run folder of one measure whose fields were read from several pages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.factory import source
from tracker.model import AnyItem
from tracker.runs import Capture, ItemWriter, RunRecord, Validator, run_folder, write_record


def run_of_pages(
    root: Path, at: str, item: AnyItem, captures: dict[str, str], etag: str = ""
) -> Path:
    """`captures` as an item carries them: a SHA-256 by field, "" for the rest."""
    facts, began = source(), dt.datetime.fromisoformat(at)
    folder = run_folder(root, facts.code, began)
    folder.mkdir(parents=True)
    writer = ItemWriter(folder)
    writer.write(item, captures)
    sha = writer.close()
    kept = [
        Capture(
            sha256=one,
            url=f"{facts.home}page",
            fetched_at=began,
            status=200,
            media_type="",
            bytes=1,
        )
        for one in captures.values()
    ]
    record = RunRecord(
        source=facts,
        started_at=began,
        finished_at=began,
        verdict="ok",
        reason="made by hand",
        requests=len(kept),
        listed=1,
        kept=1,
        rejected={},
        items=writer.counts,
        items_sha256=sha,
        captures=kept,
        validators={f"{facts.home}page": Validator(etag=etag)} if etag else {},
    )
    write_record(folder, record)
    return folder
