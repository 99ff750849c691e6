"""Governors' orders as `db/governors.yaml` lists them: a source for each entry of the table."""

from __future__ import annotations

from typing import Any

from spiders.base import Source
from spiders.governors.entries import Entry
from spiders.governors.entry_checks import read_table
from spiders.governors.families.feed import FeedOfOrders
from spiders.governors.families.html_list import HtmlList
from spiders.governors.families.json_list import JsonList
from spiders.governors.families.listed import ListedOrders
from spiders.governors.families.wordpress import WordPressOrders
from spiders.governors.families.wordpress_pdf import WordPressPdfs
from spiders.governors.order_names import Series, form_of
from spiders.governors.orders import GovernorOrders, Term
from tracker.paths import shipped
from tracker.runs import SourceFacts

TABLE = shipped("db") / "governors.yaml"


def source_of(code: str, entry: Entry) -> type[Source]:
    """The class of an entry: its family, with what the table says."""
    family = _FAMILIES[entry.family]
    made = type(_class_name(code), (family,), {**_attributes(code, entry), **_own(entry)})
    if issubclass(made, ListedOrders):
        made.pages = made.pages_of(entry)
    assert issubclass(made, Source)
    return made


_FAMILIES: dict[str, type[GovernorOrders]] = {
    "wordpress": WordPressOrders,
    "wordpress_pdf": WordPressPdfs,
    "html_list": HtmlList,
    "json_list": JsonList,
    "feed": FeedOfOrders,
}


def _attributes(code: str, entry: Entry) -> dict[str, Any]:
    return {
        "__module__": __name__,
        "__doc__": _about(entry),
        "facts": _facts(code, entry),
        "hosts": tuple(entry.hosts),
        "timezone": entry.timezone,
        "form": form_of(entry.in_texts, [Series(s.label, s.called) for s in entry.series]),
        "terms": tuple(Term(t.governor, t.begin, t.end) for t in entry.terms),
        "signed_text": f"Signed by the {entry.signed_by}",
    }


def _own(entry: Entry) -> dict[str, Any]:
    if entry.family == "wordpress":
        (endpoint,) = entry.addresses
        return {"endpoint": endpoint}
    series = [Series(s.label, s.called) for s in entry.series]
    return {"entry": entry, "list_form": form_of(entry.numbers, series)}


def _facts(code: str, entry: Entry) -> SourceFacts:
    return SourceFacts(
        code=code,
        jurisdiction=entry.jurisdiction,
        name=entry.name,
        kind="orders",
        home=entry.home,
        robots=entry.robots,
        requests=entry.requests,
        verified=entry.status == "verified",
    )


def _about(entry: Entry) -> str:
    known = "verified" if entry.status == "verified" else "not verified"
    parts = (f"{entry.name}, {entry.home}", entry.about, f"Form {known}: {entry.evidence}")
    return "\n\n".join(part.strip() for part in parts if part)


def _class_name(code: str) -> str:
    return "".join(part.capitalize() for part in code.split("-"))


# Kept here, since the registry knows classes by their being alive.
SOURCES = {code: source_of(code, entry) for code, entry in read_table(TABLE).items()}
