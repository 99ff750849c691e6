"""The documentation is whole, fresh, and speaks of nothing but the project."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from spiders.registry import source_classes
from tests.docs_words import STAGES, TABLES
from tests.generate_docs import ROOT, commands, generated, with_blocks
from tracker import model, words
from tracker.config import Settings

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "db").glob("*.md")],
    key=str,
)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```", re.DOTALL)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_pages_there_are() -> None:
    assert {name(path) for path in PAGES} >= {
        "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/architecture.md",
        "docs/adding-a-source.md", "docs/operating.md", "docs/method.md", "docs/commands.md",
        "docs/sources.md", "docs/vocabulary.md", "db/schema.md",
    }  # fmt: skip


def test_generated_parts_are_fresh() -> None:
    stale = [name(path) for path, page in generated().items() if path.read_text("utf-8") != page]
    assert stale == [], "run `make docs`"


def test_a_block_without_its_place_is_told() -> None:
    with pytest.raises(ValueError, match="0 places for the block settings"):
        with_blocks("no mark here", {"settings": lambda: ""})


def test_every_command_is_documented() -> None:
    page = text("docs/commands.md")
    for full_name, command in commands():
        section = page.partition(f"\n## {full_name}\n")[2].partition("\n## ")[0]
        assert section, full_name
        for param in command.params:
            option = param.opts[0] if param.param_type_name == "option" else param.metavar
            option = option.replace("|", "\\|")
            assert re.search(rf"`\[?{re.escape(option)}", section), f"{full_name}: {option}"


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_documented(setting: str) -> None:
    assert f"| `{setting}` | `TRACKER_{setting.upper()}` |" in text("docs/operating.md")


@pytest.mark.parametrize("verdict", words.VERDICTS)
def test_every_verdict_says_what_to_do(verdict: str) -> None:
    assert re.search(rf"^\| `{verdict}` \| .+ \| .+ \|$", text("docs/operating.md"), re.MULTILINE)


@pytest.mark.parametrize(
    "value",
    [*model.STAGES, *words.STANCES, *words.SCOPES, *words.POSTURES, *words.CHANGE_KINDS,
     *words.TOPICS, *words.GOVERNOR_ACTIONS, *words.KINDS],
)  # fmt: skip
def test_every_word_is_documented(value: str) -> None:
    assert f"| `{value}` |" in text("docs/vocabulary.md")


def test_every_stance_and_topic_has_its_rule() -> None:
    page = text("docs/method.md")
    for value in (*words.STANCES, *words.TOPICS, *words.SCOPES):
        assert f"`{value}`" in page


@pytest.mark.parametrize("code", source_classes())
def test_every_source_says_what_it_is_and_asks(code: str) -> None:
    section = text("docs/sources.md").partition(f"\n## {code}\n")[2].partition("\n## ")[0]
    assert len(section) > 300
    assert f"](docs/sources.md#{code})" in text("README.md")


def test_nothing_is_explained_that_is_not_there() -> None:
    assert set(STAGES) == set(model.STAGES)
    schema = text("db/schema.md")
    assert all(f"\n## {table}\n" in schema for table in TABLES)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in _LINK.findall(_CODE.sub("", path.read_text("utf-8"))):
        if target.startswith(("http://", "https://")):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        if anchor:
            assert anchor in anchors(found), target


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _CODE.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one).strip().lower().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_path_of_a_machine_is_named(path: Path) -> None:
    page = path.read_text("utf-8")
    found = re.findall(r"(?<![\w.])/(?:home|root|tmp|work|Users|var|opt)/\S*", page)
    assert found == []
    assert str(ROOT) not in page
    assert "../shared" not in page


@pytest.mark.parametrize(
    "path",
    [path for path in PAGES if name(path) not in {"docs/commands.md", "db/schema.md"}],
    ids=name,
)
def test_commands_that_are_named_exist(path: Path) -> None:
    known = {full_name for full_name, _ in commands()}
    groups = {full_name.rpartition(" ")[0] for full_name in known} - {"tracker"}
    for said in re.findall(r"(?:`| {4}|/)(tracker [a-z][a-z-]*(?: [a-z-]+)?)", page_text(path)):
        first = " ".join(said.split()[:2])
        assert first in known or (first in groups and (said in known or said == first)), said


def page_text(path: Path) -> str:
    return path.read_text("utf-8")


def block(page: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", page, re.DOTALL)
    assert found
    return found.group(1)


def test_the_example_of_a_source_works(tmp_path: Path) -> None:
    """In a process of its own: a class with facts is a source wherever it is defined."""
    page = text("docs/adding-a-source.md")
    (tmp_path / "page.html").write_text(block(page, "html"))
    script = block(page, "python") + (
        "\nimport sys\nfrom tracker.model import to_json\n"
        "body = open(sys.argv[1], 'rb').read()\n"
        "spider = Example(today=dt.date(2026, 1, 20))\n"
        "for item in spider.read(Answer(f'{SITE}/bills', body, 200, {'content-type': 'text/html'})):\n"
        "    print(to_json(item).decode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "page.html")],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert json.loads(done.stdout) == json.loads(block(page, "json"))


def test_the_change_log_names_this_version() -> None:
    from tracker import __version__

    assert f"\n## {__version__}\n" in text("CHANGELOG.md")
