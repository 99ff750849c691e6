"""The public site: static pages, a pure function of the store and the day."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from tracker.site.data import SiteData, load
from tracker.site.pages import Download, pages, shared
from tracker.site.publish import (
    SiteError,
    check_counts,
    check_links,
    new_folder,
    swap,
    write_frame,
    write_page,
)
from tracker.site.render import MISSING, Renderer

__all__ = ["BuildReport", "Download", "SiteError", "build"]

Extra = Callable[[Path], Iterable[Download]]


class BuildReport(NamedTuple):
    """`links` are those within the site, all of which lead somewhere."""

    pages: int
    measures: int
    links: int
    as_of: dt.date


def build(
    db: Database,
    out: Path,
    *,
    as_of: dt.date | None = None,
    base_url: str = "",
    demo: str = "",
    extra: Extra | None = None,
) -> BuildReport:
    """Build the site at `out`, in place of the one that stands there.

    `as_of` is the day shown, by default that of the newest run. `demo` is shown on every page as a
    banner. `extra` writes files of its own (feeds, downloads) into the new site and says what they
    hold. Raises SiteError where the result is not whole; then the old site still stands.
    """
    out = out.absolute()
    fresh = new_folder(out)
    try:
        report = _write(fresh, load(db, as_of, excerpts=bool(demo)), base_url, demo, extra)
        swap(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return report


def _write(
    folder: Path, data: SiteData, base_url: str, demo: str, extra: Extra | None
) -> BuildReport:
    write_frame(folder)
    downloads = list(extra(folder)) if extra else []
    renderer = Renderer(base_url=base_url, shared={**shared(data), "demo": demo})
    written = 0
    for page in pages(data, downloads):
        if page.path == MISSING and not base_url:
            continue  # a folder has no server that would show it
        write_page(folder, page.path, renderer.render(page))
        written += 1
    check_counts(folder, {one.path for one in data.measures}, len(data.measures))
    return BuildReport(written, len(data.measures), check_links(folder), data.as_of)
