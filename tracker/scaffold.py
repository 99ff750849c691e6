"""A new source: a file with its facts, and a case that fails until its reader is written."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from tracker.errors import TrackerError
from tracker.model import to_json
from tracker.templating import text_environment

_BASES = {
    "legislature": ("LegislatureSpider", "spiders/legislatures"),
    "orders": ("OrdersSpider", "spiders/governors"),
}


def scaffold(
    code: str, *, name: str, jurisdiction: str, url: str, kind: str, root: Path = Path()
) -> list[Path]:
    """Writes the source's file and a first case below `root`, a checkout of the project.

    Raises TrackerError where the code or kind is not usable, or a file is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", code):
        raise TrackerError(f"{code!r}: a code is lower-case letters, digits and hyphens.")
    if kind not in _BASES:
        raise TrackerError(f"{kind!r}: a source is of kind {' or '.join(_BASES)}.")
    if not (root / "spiders").is_dir():
        raise TrackerError("no spiders/ here: run this in a checkout of the project.")
    base, folder = _BASES[kind]
    module = root / folder / f"{code.removeprefix('governor-').replace('-', '_')}.py"
    case = root / "tests" / "recordings" / code / "list"
    for path in (module, case):
        if path.exists():
            raise TrackerError(f"{path}: is there already.")
    module.write_text(_source(code, name, jurisdiction, url, kind, base))
    return [module, *_case(case, url)]


def _source(code: str, name: str, jurisdiction: str, url: str, kind: str, base: str) -> str:
    template = text_environment("scaffold").get_template("source.py.txt")
    return template.render(
        code=code,
        name=name,
        jurisdiction=jurisdiction,
        url=url,
        kind=kind,
        base=base,
        legislature=kind == "legislature",
        host=urlsplit(url).hostname or "",
        class_name="".join(part.capitalize() for part in code.split("-")),
        pattern=re.escape(urlsplit(url).path or "/"),
    )


def _case(folder: Path, url: str) -> list[Path]:
    """The page is still to be recorded: until then the case can't pass."""
    folder.mkdir(parents=True)
    case = folder / "case.json"
    case.write_bytes(to_json({"url": url, "file": "body.html"}) + b"\n")
    body, expected = folder / "body.html", folder / "expected.jsonl"
    body.write_text("Put the recorded page here.\n")
    expected.write_text("")
    return [case, body, expected]
