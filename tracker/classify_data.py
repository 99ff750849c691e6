"""The shape of a topic file as it is written, and reading it strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import yaml
from msgspec import Meta, Struct

from tracker.errors import TrackerError
from tracker.model import Direction, Scope, Stance

Screen = Literal["yes", "text", "no"]
Phrases = Annotated[list[Annotated[str, Meta(min_length=1, max_length=400)]], Meta(min_length=1)]
Name = Annotated[str, Meta(pattern=r"^[a-z0-9_]+$", max_length=60)]
RuleName = Annotated[str, Meta(pattern=r"^[a-z0-9-]+$", max_length=60)]
Sure = Annotated[float, Meta(ge=0, le=1)]
_MAX_FILE = 1_000_000


class TopicFileError(TrackerError):
    """A topic file can't be used; the message names the file, the key and what to do."""


class _Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class ScopeRule(_Part, frozen=True, kw_only=True):
    """`local`: what it finds is about states and localities even in a bill of Congress."""

    rule: RuleName
    when: Phrases
    gives: Literal["core", "related", "text"]
    sure: Sure
    local: bool = False
    direction: Direction = "unknown"


class StanceRule(_Part, frozen=True, kw_only=True):
    """`weight` is how much one sentence of this kind counts against others in the same measure."""

    rule: RuleName
    when: Phrases
    stance: Stance
    direction: Direction
    weight: Annotated[float, Meta(gt=0, le=10)] = 1.0
    sure: Sure = 0.7


class Example(_Part, frozen=True, kw_only=True):
    """A real measure's title, what the screen must say of it, and what is known of its stance."""

    measure: str
    title: str
    screen: list[Screen]
    scope: Scope | None = None
    stance: Stance | None = None


class TopicData(_Part, frozen=True, kw_only=True):
    name: Annotated[str, Meta(pattern=r"^[a-z0-9-]+$")]
    version: Annotated[int, Meta(ge=1)]
    prefilter: Phrases
    prefilter_titles: Phrases
    anchors: Phrases
    traps: Phrases
    capitals: Phrases
    groups: dict[Name, Phrases]
    absorbed: dict[Name, list[Name]] = {}
    verbs: list[Name] = []
    captions: Phrases
    scope: Annotated[list[ScopeRule], Meta(min_length=1)]
    topics: dict[Name, Phrases] = {}
    stance: list[StanceRule] = []
    examples: list[Example] = []


def read_topic_data(path: Path) -> TopicData:
    """Raises TopicFileError where the file is missing, not YAML, or not of this shape."""
    try:
        return msgspec.convert(_yaml(path), TopicData)
    except msgspec.ValidationError as error:
        raise TopicFileError(f"{path}: {error}. Correct it and load the file again.") from error


def _yaml(path: Path) -> Any:
    try:
        size = path.stat().st_size
        if size > _MAX_FILE:
            raise TopicFileError(f"{path}: {size} bytes are too many for a topic file.")
        # Both are the safe loader; the one in C spares every crawl a quarter of a second.
        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    except (OSError, UnicodeDecodeError) as error:
        raise TopicFileError(f"{path}: can't be read ({error}). Give a YAML file.") from error
    except yaml.YAMLError as error:
        raise TopicFileError(f"{path}: not YAML ({error}). Correct it and load again.") from error
