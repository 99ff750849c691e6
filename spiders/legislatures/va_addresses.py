"""Addresses of Virginia's files and texts, and what its text service answers."""

from __future__ import annotations

import msgspec

from spiders.reading import match

SITE = "https://lis.virginia.gov"
STORE = "https://lis.blob.core.windows.net"


class Text(msgspec.Struct, rename="pascal"):
    legislation_number: str
    session_code: str
    document_code: str
    draft_text: str | None


class Texts(msgspec.Struct, rename="pascal"):
    texts_list: list[Text]
    success: bool
    failure_message: str | None


def text_page(code: str, identifier: str, document: str) -> str:
    """The page for people on which the text stands; `document` is `HB650H1`, `CHAP1028`."""
    return f"{SITE}/bill-details/{code}/{identifier.replace(' ', '')}/text/{document}"


def code_of(url: str) -> str:
    """`20261` from the address of a session's file; older addresses say `241` for `20241`."""
    code = url.split("/")[-2]
    match(r"(?:20)?\d{3}", code)
    return code if len(code) == len("20261") else f"20{code}"


def is_special(code: str) -> bool:
    return code[-1] != "1"


def file_url(code: str, name: str) -> str:
    return f"{STORE}/lisfiles/{code}/{name}"


def beside(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"
