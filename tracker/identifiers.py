"""One bill in the spellings of several sources: `HB 163`, `HB0163`, `H.B. 163`, `HB26-1163`, `A4181`.

A legislature's own site decides how its measures are called here; what a second source calls them
is brought to that form in this one place. A number that is not letters and digits raises: two bills
taken for one would be worse than one that is told of twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracker.model import tidy_identifier

# Letters that others use for what the legislature calls by the second.
_LETTERS: Mapping[str, Mapping[str, str]] = {
    "us-id": {"HB": "H", "SB": "S"},
    "us-ma": {"HB": "H", "SB": "S"},
    "us-md": {"HJR": "HJ", "SJR": "SJ"},
    "us-mt": {"HJR": "HJ", "SJR": "SJ"},
    "us-nc": {"H": "HB", "S": "SB"},
    "us-nj": {"AB": "A", "SB": "S"},
    "us-ny": {"AB": "A", "SB": "S"},
    "us-ri": {"H": "HB", "S": "SB"},
    "us-sc": {"HB": "H", "SB": "S"},
    "us-va": {"HJR": "HJ", "SJR": "SJ"},
    "us-vt": {"HB": "H", "SB": "S"},
}
# LegiScan calls the bills of Congress like those of a state: its HR is a simple resolution.
_LEGISCAN_CONGRESS = {
    "HB": "HR",
    "SB": "S",
    "HR": "HRES",
    "SR": "SRES",
    "HCR": "HCONRES",
    "SCR": "SCONRES",
    "HJR": "HJRES",
    "SJR": "SJRES",
}
# Colorado prints the year, and the District its Council's number, before the number of the bill.
_TERM = re.compile(r"^(\s*[A-Za-z. ]+)\d{2}-(?=\d)")
_PRINTS_TERM = frozenset({"us-co", "us-dc"})


def official_identifier(jurisdiction: str, printed: str, *, by: str = "") -> str:
    """The measure's number as its legislature's source writes it here; `by` names the source that
    printed it, where that has a spelling of its own.

    Raises ValueError where the text is not letters followed by a number.
    """
    if jurisdiction in _PRINTS_TERM:
        printed = _TERM.sub(r"\1", printed)
    letters, _, number = tidy_identifier(printed).partition(" ")
    known = _LETTERS.get(jurisdiction, {})
    if jurisdiction == "us" and by == "legiscan":
        known = _LEGISCAN_CONGRESS
    return f"{known.get(letters, letters)} {number}"


# An order that its issuer's site tells of before it has a number is named by its post.
UNNUMBERED = "White House "
_WORD = re.compile(r"[^\W_]+")


def title_key(title: str) -> str:
    """What two spellings of one order's title share: its words without case, quotes, breaks after a
    hyphen (`Glyphosate- Based`), or the plural's s (the Register's editors have added one)."""
    joined = title.casefold().replace("- ", "-").replace("’", "").replace("'", "")
    plain = (word[:-1] if _is_plural(word) else word for word in _WORD.findall(joined))
    return " ".join(plain)


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss")
