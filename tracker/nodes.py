"""Elements that a library wrote, as a tree of allowed elements that a template prints with escaping.

Nothing that another program wrote reaches a page as text markup: it is parsed, what is not on the
list is left out, and the template writes every element itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree, html

from tracker.templating import href


class Node(NamedTuple):
    """An element; a child that is a `str` is text."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str]


class Allowed(NamedTuple):
    """Elements and attributes that are kept. `attribute` may change a value, or drop it with "".

    `renamed` gives some elements another name.
    """

    tags: frozenset[str]
    attributes: frozenset[str]
    attribute: Callable[[str, str], str]
    renamed: Mapping[str, str] = MappingProxyType({})


def _prose_attribute(name: str, value: str) -> str:
    return href(value) if name == "href" else value


# The page has its own first heading; those of the text stand below it.
_DEMOTED = {"h1": "h2", "h2": "h3", "h3": "h4"}
PROSE = Allowed(
    frozenset(
        [
            "h1",
            "h2",
            "h3",
            "h4",
            "p",
            "ul",
            "ol",
            "li",
            "strong",
            "em",
            "code",
            "pre",
            "blockquote",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "a",
            "hr",
            "br",
        ]
    ),
    frozenset({"href"}),
    _prose_attribute,
    _DEMOTED,
)


def tree(element: etree._Element, allowed: Allowed) -> Node | None:
    """The element with what is allowed of it; None where the element itself is not."""
    tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if tag not in allowed.tags:
        return None
    return Node(
        allowed.renamed.get(tag, tag),
        _attributes(element.attrib, allowed),
        list(_children(element, allowed)),
    )


def _attributes(found: etree._Attrib, allowed: Allowed) -> dict[str, str]:
    kept = {str(name): str(value) for name, value in found.items() if name in allowed.attributes}
    changed = {name: allowed.attribute(name, value) for name, value in kept.items()}
    return {name: value for name, value in sorted(changed.items()) if value}


def _children(element: etree._Element, allowed: Allowed) -> Iterable[Node | str]:
    if element.text:
        yield element.text
    for child in element:
        if (node := tree(child, allowed)) is not None:
            yield node
        if child.tail:
            yield child.tail


def prose(markup: str) -> list[Node | str]:
    """The nodes of a piece of HTML."""
    found: list[Node | str] = []
    for part in html.fragments_fromstring(markup):
        node = part if isinstance(part, str) else tree(part, PROSE)
        if node is not None:
            found.append(node)
        if not isinstance(part, str) and part.tail:
            found.append(part.tail)
    return found
