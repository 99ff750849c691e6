"""Every command, option and argument explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from tests.cli.conftest import Run
from tracker.cli import app


def below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """The command and those below it, by their full names."""
    yield name, command
    for part, found in getattr(command, "commands", {}).items():
        yield from below(f"{name} {part}", found)


COMMANDS = dict(below("tracker", get_command(app)))


def test_the_commands_there_are() -> None:
    assert {name.removeprefix("tracker ") for name in COMMANDS} >= {
        "demo", "init", "crawl", "ingest", "replay", "rebuild", "sources", "doctor", "check",
        "parse", "new-source", "record", "classify", "evaluate", "stages", "changes", "posture",
        "agreements", "digest preview", "site build", "site serve", "export", "db migrate",
        "db check", "db backup", "db restore",
    }  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_shown(name: str, run: Run) -> None:
    ran = run(*name.split()[1:], "--help")
    assert (ran.status, ran.err) == (0, "")
    assert "Usage: " in ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_all_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert (command.help or "").strip(), f"{name} says nothing of itself"
    for param in command.params:
        assert (param.help or "").strip(), f"{name}: {param.name} has no help"


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    ran = run()
    assert ran.status == 2
    assert "Usage: " in ran.out + ran.err


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.status, ran.out) == (0, "cooperation-tracker 0.1.0\n")


def test_an_unknown_command(run: Run) -> None:
    ran = run("crowl")
    assert ran.status == 2
    assert "No such command 'crowl'" in ran.err


def test_the_overview_cuts_no_sentence(run: Run) -> None:
    assert "..." not in run("--help").out.partition("Commands:")[2]
