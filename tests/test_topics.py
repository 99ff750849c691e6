"""The shipped topic file: its notation, its examples and what the screen says of them."""

import pytest

from tracker.topics import shipped_topics


@pytest.mark.parametrize(
    ("title", "answer"),
    [
        ("AN ACT relating to sanctuary policies.", "yes"),
        ("Relating to Law Enforcement", "text"),
        ("RELATING TO GOVERNMENT OPERATIONS.", "text"),
        ("Commending Superheroes Ice Cream.", "no"),
        ("Unlawful detainer; bifurcation of case.", "no"),
    ],
)
def test_screen(title: str, answer: str) -> None:
    assert shipped_topics().screen(title) == answer
