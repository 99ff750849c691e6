"""Writing a site: into a new folder, checked, then swapped in; a failed build leaves the old one."""

from __future__ import annotations

import os
import posixpath
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import html

from tracker.errors import TrackerError
from tracker.site.render import CSP, MISSING, asset_bytes, asset_names

# Marks a folder as one that may be replaced.
MARK = ".tracker-site"
HEADERS = f"""\
# Response headers, in the form that static hosts read. Over HTTPS add:
#   Strict-Transport-Security: max-age=31536000
/*
  Content-Security-Policy: {CSP}
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
  Referrer-Policy: no-referrer
  Permissions-Policy: interest-cohort=()
"""


class SiteError(TrackerError):
    """The site can't be built, or what was built is not whole; the old one still stands."""


def new_folder(out: Path) -> Path:
    """An empty folder beside `out`. Raises SiteError where `out` holds something else."""
    if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        raise SiteError(f"{out}: holds something that is not a built site; name another folder.")
    fresh = out.with_name(f".{out.name}.new-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    return fresh


def write_frame(folder: Path) -> None:
    """The files beside the pages."""
    (folder / MARK).write_text("built by tracker\n", encoding="utf-8")
    (folder / "_headers").write_text(HEADERS, encoding="utf-8")
    for name, named in asset_names().items():
        (folder / named).write_bytes(asset_bytes(name))


def write_page(folder: Path, path: str, markup: str) -> None:
    """Raises SiteError where two pages want one address."""
    at = folder / f"{MISSING}.html" if path == MISSING else folder / path / "index.html"
    if at.exists():
        raise SiteError(f"two pages have the address /{path}/")
    at.parent.mkdir(parents=True, exist_ok=True)
    at.write_text(markup, encoding="utf-8")


def swap(fresh: Path, out: Path) -> None:
    """Put `fresh` in the place of `out`."""
    old = out.with_name(f".{out.name}.old-{os.getpid()}")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def check_links(folder: Path) -> int:
    """The number of links within the site. Raises SiteError naming those that lead nowhere."""
    files = {at.relative_to(folder).as_posix() for at in folder.rglob("*") if at.is_file()}
    read = {name: _read(folder / name) for name in sorted(files) if name.endswith(".html")}
    broken = [
        f"{name}: {link}"
        for name, page in read.items()
        for link in page.links
        if not _leads(name, link, files, read)
    ]
    if broken:
        raise SiteError(f"{len(broken)} links lead nowhere, first {broken[0]}")
    return sum(len(page.links) for page in read.values())


class _Read(NamedTuple):
    links: list[str]
    anchors: frozenset[str]


def _read(page: Path) -> _Read:
    root = html.parse(str(page), html.HTMLParser(encoding="utf-8")).getroot()
    found = [str(link) for link in root.xpath("//@href | //@src")]
    inside = [link for link in found if not urlsplit(link).scheme]
    return _Read(inside, frozenset(str(anchor) for anchor in root.xpath("//@id")))


def _leads(name: str, link: str, files: set[str], read: dict[str, _Read]) -> bool:
    parts = urlsplit(link)
    target = name
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
        if parts.path.endswith("/"):
            target = posixpath.normpath(f"{target}/index.html")
    if target not in files:
        return False
    return not parts.fragment or parts.fragment in read[target].anchors


def check_counts(folder: Path, paths: Iterable[str], measures: int) -> None:
    """Raises SiteError where not every measure has its page."""
    made = sum((folder / path / "index.html").is_file() for path in paths)
    if made != measures:
        raise SiteError(f"{measures} measures are followed, {made} have a page")
