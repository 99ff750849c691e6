"""Addresses of memoranda as ICE's lists print them, made plain."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

_SLASHES = re.compile(r"^https?:/+", re.IGNORECASE)
_EXTENSION = re.compile(r"^chrome-extension://[a-z]+/", re.IGNORECASE)
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)
_SAFELINKS = ".safelinks.protection.outlook.com"
_ICE = frozenset({"www.ice.gov", "ice.gov"})
_MAX_ADDRESS = 4_000


def ice_address(printed: str) -> str:
    """The plain `https://www.ice.gov/…` address of a link; empty for text and for other hosts.

    Links come wrapped by Outlook, by a browser's PDF reader or by the web archive, with one slash
    for two, and with spaces.
    """
    if len(printed) > _MAX_ADDRESS:
        return ""
    address = _ARCHIVE.sub("", _EXTENSION.sub("", printed.strip()))
    address = _SLASHES.sub("https://", address)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.netloc.lower().endswith(_SAFELINKS):
        return ice_address(parse_qs(parts.query).get("url", [""])[0])
    if parts.scheme != "https" or parts.netloc.lower() not in _ICE or len(parts.path) < 2:
        return ""
    query = f"?{quote(parts.query, safe='%=&')}" if parts.query else ""
    return f"https://www.ice.gov{quote(parts.path, safe='%/')}{query}"
