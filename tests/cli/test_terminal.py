"""What a terminal shows and what a pipe gets."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Demo, environment, process
from tracker.commands.show import plain


def on_a_terminal(*args: str, cwd: Path, **env: str) -> str:
    """What the command writes where both outputs are a terminal."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "tracker.cli", *args],
        cwd=cwd,
        env=environment(TERM="xterm", **env),
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    written = b""
    try:
        while block := os.read(master, 65_536):
            written += block
    except OSError:  # Linux ends a terminal without writers this way
        pass
    finally:
        os.close(master)
        child.wait(60)
    return written.decode()


def test_colours_on_a_terminal_only(demo: Demo, tmp_path: Path) -> None:
    args = ("sources", "--db", demo.db)
    assert "\x1b[31mblocked\x1b[0m" in on_a_terminal(*args, cwd=tmp_path)
    assert "\x1b[3" not in on_a_terminal(*args, cwd=tmp_path, NO_COLOR="1")
    assert "\x1b" not in process(*args, cwd=tmp_path).out


def test_progress_is_on_standard_error(demo: Demo, tmp_path: Path) -> None:
    round_1 = Path(__file__).resolve().parents[2] / "db" / "demo" / "round-1"
    args = ("crawl", "mn", "--replay", str(round_1), "--now", "2026-01-26T12:00:00Z", "--json")
    shown = on_a_terminal(*args, cwd=tmp_path)
    assert "Reading" in shown
    quiet = process(*args, cwd=tmp_path)
    assert quiet.err == ""
    assert json.loads(quiet.out)["source"] == "mn"


@pytest.mark.parametrize("width", [80, 120])
def test_nothing_is_wider_than_the_terminal(demo: Demo, tmp_path: Path, width: int) -> None:
    for args in (["sources"], ["doctor"], ["doctor", "pa"], ["posture"], ["agreements"]):
        ran = process(*args, "--db", demo.db, cwd=tmp_path, COLUMNS=str(width))
        assert max(map(len, ran.out.splitlines())) <= width, args


def test_an_error_is_one_line_in_a_pipe(tmp_path: Path) -> None:
    """However long its path, so that a log can be searched."""
    path = "/".join(["a-long-name-of-a-folder"] * 6) + "/tracker.db"
    ran = process("changes", "--db", path, cwd=tmp_path, COLUMNS="80")
    assert ran.err.count("\n") == 1
    assert path in ran.err


@pytest.mark.parametrize("form", ["people", "programs"])
def test_a_reader_that_goes_away(demo: Demo, tmp_path: Path, form: str) -> None:
    """`tracker changes | head -1`: no traceback, whatever was left to write."""
    with subprocess.Popen(
        [sys.executable, "-m", "tracker.cli", "changes", "--all", "--db", demo.db]
        + (["--json"] if form == "programs" else []),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == 1


def test_usage_names_the_program(tmp_path: Path) -> None:
    ran = process("crawl", "--jobs", "0", "va", cwd=tmp_path)
    assert ran.status == 2
    assert ran.err.startswith("Usage: tracker crawl ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SB 783", "SB 783"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("one\ntwo\tthree", "one two three"),
        ("a\u202eb", "ab"),
        ("Résumé – “quoted”", "Résumé – “quoted”"),
    ],
)
def test_no_control_character_reaches_the_terminal(text: str, shown: str) -> None:
    assert plain(text) == shown
