"""Imports point one way, as docs/architecture.md says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What a spider may know of the tracker: the words they share, never the store.
SHARED = {
    "acts", "canonical", "docket_rules", "errors", "health", "identifiers", "measures_file", "model",
    "paths", "places", "plain_text", "runs", "sessions", "table_file", "topics",
}  # fmt: skip
# Where the tracker may look at spiders, and then only when it starts one or reads a capture.
STARTS_SPIDERS = {
    "tracker/commands/common.py", "tracker/commands/making.py", "tracker/demo.py",
    "tracker/record.py", "tracker/replay.py",
}  # fmt: skip
READERS = ("tracker/readers", "tracker/digest", "tracker/site")


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Import):
            yield from (alias.name for alias in one.names)
        elif isinstance(one, ast.ImportFrom) and one.module:
            yield one.module


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", files("spiders"), ids=name)
def test_spiders_know_nothing_of_the_store(path: Path) -> None:
    parts = [module.split(".") for module in imported(tree(path))]
    assert {part[1] for part in parts if part[0] == "tracker" and len(part) > 1} <= SHARED


@pytest.mark.parametrize("path", files("tracker"), ids=name)
def test_the_tracker_looks_at_spiders_only_to_start_them(path: Path) -> None:
    module = tree(path)
    anywhere = {one for one in imported(module) if one.split(".")[0] == "spiders"}
    assert not anywhere or name(path) in STARTS_SPIDERS
    at_import = ast.Module(
        [node for node in module.body if isinstance(node, ast.Import | ast.ImportFrom)], []
    )
    assert not {one for one in imported(at_import) if one.split(".")[0] == "spiders"}


@pytest.mark.parametrize("path", files(*READERS), ids=name)
def test_readers_write_nothing(path: Path) -> None:
    found = set(imported(tree(path)))
    assert not {one for one in found if one in {"tracker.ingest", "tracker.crawl"}}
    assert not {one for one in found if one.startswith("tracker.commands")}


@pytest.mark.parametrize(
    "path",
    [path for path in files("tracker") if "commands" not in path.parts and path.name != "cli.py"],
    ids=name,
)
def test_only_the_command_line_knows_the_commands(path: Path) -> None:
    found = {one for one in imported(tree(path)) if one.startswith("tracker.commands")}
    assert found <= ({"tracker.commands.show"} if path.name == "demo.py" else set())
