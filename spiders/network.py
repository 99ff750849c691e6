"""Where a spider may connect, and how it waits.

A page can name any address, a redirect can lead anywhere, and a name can resolve to the machine
next door: every connection is checked where it is made. Only public addresses are reached, except
in tests against a server on this machine, which say so (`TRACKER_ALLOW_LOOPBACK`).
"""

from __future__ import annotations

import ipaddress
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred

_LONGEST_WAIT_SECONDS = 120


class PrivateAddress(IgnoreRequest):
    """A request that would leave the public internet."""


def refuse_private(address: str, *, allow_loopback: bool) -> str:
    """The address itself; raises PrivateAddress unless it is public."""
    ip = ipaddress.ip_address(address)
    if ip.is_global or (allow_loopback and ip.is_loopback):
        return address
    raise PrivateAddress(f"{address} is not a public address")


class PublicResolver(CachingThreadedResolver):
    """Resolves names and refuses those that point at private, link-local or loopback addresses."""

    allow_loopback = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> PublicResolver:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_loopback = crawler.settings.getbool("ALLOW_LOOPBACK")
        return resolver

    def getHostByName(self, name: str, timeout: Any = None) -> Deferred[str]:  # noqa: N802
        found = super().getHostByName(name, timeout)
        found.addCallback(
            lambda address: refuse_private(address, allow_loopback=self.allow_loopback)
        )
        return found


class OnlyPublicHosts:
    """Refuses literal addresses, which never reach a resolver, and schemes other than http(s)."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self.allow_loopback = allow_loopback

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OnlyPublicHosts:
        return cls(allow_loopback=crawler.settings.getbool("ALLOW_LOOPBACK"))

    def process_request(self, request: Request) -> None:
        from urllib.parse import urlsplit

        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"}:
            raise PrivateAddress(f"{parts.scheme} is not read")
        try:
            ipaddress.ip_address(parts.hostname or "")
        except ValueError:
            return
        refuse_private(parts.hostname or "", allow_loopback=self.allow_loopback)


class PoliteRetry(RetryMiddleware):
    """Scrapy's retries, after the time the server asks for; asked for too long, it gives up."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response:
        if response.status not in {429, 503}:
            return super().process_response(request, response)
        wait = _seconds(response.headers.get("Retry-After"))
        if wait > _LONGEST_WAIT_SECONDS:
            return response
        self._slow_down(request, wait)
        return super().process_response(request, response)

    def _slow_down(self, request: Request, wait: float) -> None:
        """Waiting is of the host's slot, so that no other request of the host overtakes."""
        slots = self.crawler.engine.downloader.slots
        slot = slots.get(request.meta.get("download_slot", ""))
        if slot is not None and wait > slot.delay:
            slot.delay = wait


def _seconds(retry_after: bytes | None) -> float:
    """`Retry-After` in seconds; a date, which no watched site sends, counts as a long wait."""
    if not retry_after:
        return 0
    text = retry_after.decode("ascii", "replace").strip()
    return float(text) if text.isdigit() else _LONGEST_WAIT_SECONDS + 1
