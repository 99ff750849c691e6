"""The two environments of mails, and how they print: shortened, wrapped, counted, linked."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache

from jinja2 import Environment

from tracker.digest.parts import AgreementState, Unread
from tracker.model import fold
from tracker.templating import day, href, html_environment, shown, text_environment
from tracker.words import AGREEMENT_LISTS, STANCES, VERDICTS, label

_COLUMNS = 76
_LONGEST_ADDRESS = 500
# A verdict's reason begins with the page and may end with its first bytes: that is for operators.
_ADDRESS = re.compile(r"^https?://\S+: ")
_BYTES = re.compile(r"""(?:, |: )?b['"].*$""", re.DOTALL)


@lru_cache(maxsize=1)
def html_mails() -> Environment:
    return _with_filters(html_environment("mail"))


@lru_cache(maxsize=1)
def text_mails() -> Environment:
    return _with_filters(text_environment("mail"))


def _with_filters(environment: Environment) -> Environment:
    environment.filters |= {
        "count": count,
        "happened": happened,
        "link": link,
        "list_name": lambda name: label(AGREEMENT_LISTS, name),
        "short": short,
        "stance": lambda stance: label(STANCES, stance),
        "unread": unread_words,
        "wrap": wrap,
    }
    return environment


def link(address: str) -> str:
    """An address too long for a mail is left out like one that is not http or https."""
    return href(address) if len(address) <= _LONGEST_ADDRESS else ""


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def happened(state: AgreementState) -> str:
    """`1 new agreement, 2 ended agreements`."""
    parts = (
        (state.new, "new agreement"),
        (state.ended, "ended agreement"),
        (state.pending, "new pending agreement"),
        (state.other, "other change"),
    )
    return ", ".join(count(len(lines), noun) for lines, noun in parts if lines)


def short(text: str, most: int) -> str:
    """At most `most` characters, cut between words where there are any, on one line."""
    text = fold(str(shown(text)))
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > most // 2 else cut).rstrip(" ,;:") + "…"


def unread_words(one: Unread) -> str:
    """`Ohio Legislature: not read since Feb 2, 2026 (blocked by the site: a challenge page)`."""
    since = f"not read since {day(one.last_success[:10])}" if one.last_success else "never read"
    state = label(VERDICTS, one.state) if one.state and one.state not in {"ok", "ok-empty"} else ""
    reason = _BYTES.sub("", _ADDRESS.sub("", one.reason))
    why = ": ".join(part for part in (state, short(reason, 160)) if part)
    return f"{short(one.name, 80)}: {since} ({why})"


def wrap(text: str, first: str = "", rest: str = "") -> str:
    """Lines of at most 76 columns; long words and addresses stay whole."""
    return textwrap.fill(
        fold(str(shown(text))),
        _COLUMNS,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
