"""`tracker demo`: what a stranger sees in the first minute."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Demo, Run


def test_it_ends_well(demo: Demo) -> None:
    assert demo.ran.status == 0
    assert "Traceback" not in demo.ran.err


def test_it_says_that_it_is_a_demonstration(demo: Demo) -> None:
    assert demo.ran.out.startswith("Demonstration data: pages of official sites as they were on")


@pytest.mark.parametrize(
    "line",
    [
        "  mt                2025-04-10  ok       2 changes",
        "  pa                2026-01-26  ok       3 changes",
        "  pa                2026-05-22  blocked  facts stay as they were",
        "  mn                2026-05-22  ok       1 change",
    ],
)
def test_each_source_is_told_in_one_line(demo: Demo, line: str) -> None:
    assert line in demo.ran.out.splitlines()


def test_a_sentence_says_what_there_is_to_see(demo: Demo) -> None:
    said = " ".join(demo.ran.out.split())
    assert "HB 278 was signed on 16 April 2025 and is chapter 123." in said
    assert "SB 783 is law, chapter 1028; HB 650 was vetoed on 20 May 2026" in said


def test_the_subject_of_the_digest_is_told(demo: Demo) -> None:
    told = demo.ran.out.partition("The digest of what changed between the rounds:\n")[2]
    assert told.startswith("  Virginia: HB 650 vetoed, SB 783 signed; ")


@pytest.mark.parametrize("name", ["digest.html", "digest.txt", "digest.eml", "tracker.db"])
def test_what_it_says_to_open_is_there(demo: Demo, name: str) -> None:
    assert f"out/{name}" in demo.ran.out
    assert (demo.folder / name).stat().st_size > 1_000


def test_the_site_is_there(demo: Demo) -> None:
    assert "out/site/index.html" in demo.ran.out
    page = (demo.folder / "site" / "va" / "2026" / "sb-783" / "index.html").read_text()
    assert "SB 783" in page
    assert "Demonstration data" in page


def test_the_last_lines_say_what_to_ask_next(demo: Demo) -> None:
    assert demo.ran.out.splitlines()[-4:] == [
        "Then ask the store:",
        "  tracker changes --state va --db out/tracker.db",
        "  tracker posture --db out/tracker.db",
        "  tracker doctor pa --db out/tracker.db",
    ]


def test_remarks_are_not_on_standard_output(demo: Demo) -> None:
    assert demo.ran.err == "Writing the digest and the site…\n"


def test_a_folder_of_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    ran = run("demo", "--out", "mine")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "tracker: mine: not empty and not an earlier demo; choose another --out.\n"
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_real_store_is_left_alone(run: Run, tmp_path: Path) -> None:
    """A folder with a `tracker.db` is where somebody works, not an earlier demonstration."""
    assert run("init").status == 0
    (tmp_path / "runs" / "va").mkdir(parents=True)
    ran = run("demo", "--out", ".")
    assert ran.status == 1
    assert "not an earlier demo" in ran.err
    assert (tmp_path / "tracker.db").exists()
    assert (tmp_path / "runs" / "va").is_dir()


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = run("demo", "--out", "file")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "file: not empty" in ran.err


def test_the_readme_shows_what_it_says(demo: Demo) -> None:
    """The excerpt stands in the output, but for where lines are broken and how many changes."""

    def said(text: str) -> str:
        return re.sub(r"\d+ changes?", "N changes", " ".join(text.split()))

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    excerpt = readme.partition("\n    Round 2\n")[2].partition("\n\n")[0]
    entries = re.split(r"\n(?=      \w)", excerpt)
    assert len(entries) == 3
    assert [said(entry) for entry in entries if said(entry) not in said(demo.ran.out)] == []
