"""All sources, found by walking the packages: a new file is a new source."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import spiders
from spiders.base import Source

_PACKAGES = ("legislatures", "governors", "federal", "aggregators", "editors")


@cache
def source_classes() -> dict[str, type[Source]]:
    """Every source by its code, in the order of codes."""
    found: dict[str, type[Source]] = {}
    for package in _PACKAGES:
        for module in pkgutil.walk_packages(
            [f"{path}/{package}" for path in spiders.__path__], f"spiders.{package}."
        ):
            importlib.import_module(module.name)
    for cls in _subclasses(Source):
        if "facts" in cls.__dict__:
            if cls.facts.code in found:
                raise ValueError(f"two sources are called {cls.facts.code}")
            found[cls.facts.code] = cls
    return dict(sorted(found.items()))


def source_class(code: str) -> type[Source]:
    """Raises KeyError, naming the codes there are, for one that is not."""
    found = source_classes()
    if code not in found:
        raise KeyError(f"no source called {code!r}; there are: {', '.join(found)}")
    return found[code]


def _subclasses(cls: type[Source]) -> list[type[Source]]:
    direct = cls.__subclasses__()
    return direct + [deeper for sub in direct for deeper in _subclasses(sub)]
