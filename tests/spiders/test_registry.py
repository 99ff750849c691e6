"""Sources are found by walking the packages; two of one name are a mistake that is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from spiders.registry import source_class, source_classes

CHECKOUT = Path(__file__).parents[2]
TWICE = """
from spiders.registry import source_classes
from spiders.legislatures.va import Virginia

class Again(Virginia):
    facts = Virginia.facts

source_classes()
"""


def test_two_sources_of_one_code_are_refused() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", TWICE], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.rstrip().endswith("ValueError: two sources are called va")


def test_a_source_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(KeyError, match=r"no source called 'vx'; there are: .*va"):
        source_class("vx")


def test_sources_are_in_the_order_of_their_codes_and_say_who_they_are() -> None:
    found = source_classes()
    assert list(found) == sorted(found)
    for code, cls in found.items():
        assert (cls.facts.code, cls.name) == (code, code)
        assert cls.hosts
        assert cls.pages
        assert cls.facts.home.startswith("https://") or cls.facts.kind == "editors"
