"""Stance: verbs and their objects decide, in titles, abstracts and texts."""

import pytest

from tracker.stance import VersionedText, classify
from tracker.topics import shipped_topics


@pytest.mark.parametrize(
    ("title", "stance"),
    [
        ("AN ACT relating to sanctuary policies.", "mandates_cooperation"),
        ("Public Safety - Immigration Enforcement Agreements - Prohibition", "bans_agreements"),
        ("Protecting Sensitive Locations from Immigration Enforcement", "limits_cooperation"),
    ],
)
def test_stance_of_titles(title: str, stance: str) -> None:
    assert classify(shipped_topics(), title=title).stance == stance


def test_text_decides_what_a_caption_hides() -> None:
    text = VersionedText(
        "As introduced (fictional)",
        "SECTION 1. No sheriff shall enter into an agreement under 8 U.S.C. 1357(g).",
    )
    said = classify(shipped_topics(), title="Relating to law enforcement", texts=[text])
    assert (said.scope, said.stance) == ("core", "bans_agreements")
    assert said.evidence[0].version == text.note
    quote = said.evidence[0]
    assert text.text[quote.start : quote.start + len(quote.quote)] == quote.quote
