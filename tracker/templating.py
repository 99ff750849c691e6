"""The two Jinja environments: one for HTML, one for plain text. Nothing else renders templates.

Scraped text is hostile. In HTML everything is escaped and `|safe` does not exist; addresses go
through `|href`, because escaping does not stop `javascript:`. In both, characters that change how
the text around them is shown (controls, direction overrides) are left out of what is printed.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracker.paths import shipped

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# Controls but tab and line feed; embeddings, overrides and isolates of writing direction.
_DISTURBING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x20\x7f-\x9f\"<>\\^`{|}]")


def html_environment(folder: str) -> Environment:
    """For `templates/<folder>`: autoescape on, undefined names raise, no `|safe`."""
    environment = Environment(
        loader=FileSystemLoader(shipped("templates") / folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return _with_filters(environment)


def text_environment(folder: str) -> Environment:
    """For plain text of `templates/<folder>`: nothing is escaped, undefined names raise."""
    environment = Environment(
        loader=FileSystemLoader(shipped("templates") / folder),
        autoescape=False,  # noqa: S701 -- plain text has nothing to escape
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return _with_filters(environment)


def _with_filters(environment: Environment) -> Environment:
    del environment.filters["safe"]
    environment.filters |= {"href": href, "day": day, "moment": moment}
    return environment


def shown(value: Any) -> Any:
    """`value` as it may be printed; markup made by the environment itself stays."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _DISTURBING.sub("", value)
    return value


def href(address: str) -> str:
    """The address of a link to the outside, or "" where it is not plainly http or https."""
    if _NOT_IN_ADDRESS.search(address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:  # an unclosed bracket in the host
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""


def day(value: dt.date | str) -> str:
    """`Feb 2, 2026`. Raises ValueError where the text is not an ISO day."""
    date = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return f"{_MONTHS[date.month - 1]} {date.day}, {date.year}"


def moment(value: dt.datetime | str) -> str:
    """`Feb 2, 2026, 12:00 UTC`. Raises ValueError where the text is not an ISO time with offset."""
    at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    if at.tzinfo is None:
        raise ValueError(f"a time without its offset: {value!r}")
    at = at.astimezone(dt.UTC)
    return f"{day(at.date())}, {at:%H:%M} UTC"
