"""Real recorded answers and labelled corpora, kept beside the checkout and never in it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    return ROOT / path


def needs_shared(path: str) -> pytest.MarkDecorator:
    """Skip, saying so, where the shared material is absent."""
    return pytest.mark.skipif(not shared(path).exists(), reason=f"shared/{path} is not here")
