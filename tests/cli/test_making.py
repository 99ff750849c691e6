"""`new-source`: a scaffold that fails until somebody writes the reader."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run, environment

NEW = ("new-source", "xa", "--name", "Example [Assembly]", "--jurisdiction", "nv",
       "--url", "https://example.org/bills?session=1")  # fmt: skip


def test_what_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "spiders" / "legislatures").mkdir(parents=True)
    ran = run(*NEW)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Wrote spiders/legislatures/xa.py",
        "Wrote tests/recordings/xa/list/case.json",
        "Wrote tests/recordings/xa/list/body.html",
        "Wrote tests/recordings/xa/list/expected.jsonl",
        "Next: docs/adding-a-source.md, from its third step.",
    ]
    case = json.loads((tmp_path / "tests/recordings/xa/list/case.json").read_bytes())
    assert case == {"url": "https://example.org/bills?session=1", "file": "body.html"}


def test_the_scaffold_is_python_that_is_not_finished(run: Run, tmp_path: Path) -> None:
    (tmp_path / "spiders" / "legislatures").mkdir(parents=True)
    assert run(*NEW).status == 0
    script = (
        f"exec(open({str(tmp_path / 'spiders/legislatures/xa.py')!r}).read())\n"
        "print(Xa.facts.jurisdiction, Xa.facts.name, Xa.hosts)\n"
        "source = Xa()\n"
        "answer = Answer('https://example.org/bills', b'what only the real page has', 200, {})\n"
        "try:\n    list(source.read(answer))\nexcept NotImplementedError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "us-nv Example [Assembly] ('example.org',)",
        "read the page strictly, and yield what it says",
    ]


def test_nothing_is_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "spiders" / "legislatures").mkdir(parents=True)
    (tmp_path / "spiders" / "legislatures" / "xa.py").write_text("mine")
    ran = run(*NEW)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "tracker: spiders/legislatures/xa.py: is there already.\n"
    assert (tmp_path / "spiders" / "legislatures" / "xa.py").read_text() == "mine"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"xa": "../xa"}, "'../xa': a code is lower-case letters, digits and hyphens."),
        ({"nv": "zz"}, "'zz': no such state."),
        ({"https://example.org/bills?session=1": "file:///etc"}, "not an address of a page"),
        ({"https://example.org/bills?session=1": "bills"}, "not an address of a page"),
    ],
)
def test_what_is_wrong_is_told(run: Run, tmp_path: Path, change: dict[str, str], says: str) -> None:
    (tmp_path / "spiders" / "legislatures").mkdir(parents=True)
    ran = run(*(change.get(part, part) for part in NEW))
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err


def test_a_case_is_a_plain_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_CONTACT", "https://example.org/contact")
    ran = run("record", "va", "https://lis.virginia.gov/", "--case", "../../x")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "tracker: '../../x': a case is lower-case letters, digits and hyphens.\n"


def test_only_in_a_checkout(run: Run, tmp_path: Path) -> None:
    ran = run(*NEW)
    assert ran.status == 1
    assert "run this in a checkout of the project" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_another_kind(run: Run, tmp_path: Path) -> None:
    (tmp_path / "spiders" / "governors").mkdir(parents=True)
    assert "a source is of kind legislature or orders" in run(*NEW, "--kind", "court").err
    ran = run(*NEW[:1], "governor-xa", *NEW[2:], "--kind", "orders")
    assert ran.out.splitlines()[0] == "Wrote spiders/governors/xa.py"
