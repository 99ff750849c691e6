"""Writing a site: into a new folder, checked, then swapped in; a failed build leaves the old one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
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
    checked, broken = 0, []
    anchors: dict[Path, set[str]] = {}
    for page in sorted(folder.rglob("*.html")):
        for link in _links(page):
            checked += 1
            if not _leads(page, link, folder, anchors):
                broken.append(f"{page.relative_to(folder)}: {link}")
    if broken:
        raise SiteError(f"{len(broken)} links lead nowhere, first {broken[0]}")
    return checked


def _links(page: Path) -> Iterator[str]:
    found = html.parse(str(page), html.HTMLParser(encoding="utf-8"))
    for _, attribute, link, _ in found.getroot().iterlinks():
        if attribute in {"href", "src"} and not urlsplit(link).scheme:
            yield link


def _leads(page: Path, link: str, folder: Path, anchors: dict[Path, set[str]]) -> bool:
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file() or not target.is_relative_to(folder.resolve()):
        return False
    if not parts.fragment:
        return True
    if target not in anchors:
        anchors[target] = _anchors(target)
    return parts.fragment in anchors[target]


def _anchors(page: Path) -> set[str]:
    found = html.parse(str(page), html.HTMLParser(encoding="utf-8"))
    return {str(value) for value in found.xpath("//@id")}


def check_counts(folder: Path, paths: Iterable[str], measures: int) -> None:
    """Raises SiteError where not every measure has its page."""
    made = sum((folder / path / "index.html").is_file() for path in paths)
    if made != measures:
        raise SiteError(f"{measures} measures are followed, {made} have a page")
