"""Where a spider may connect, and how it waits.

A page can name any address, a redirect can lead anywhere, and a name can resolve to the machine
next door: every address is checked before it is asked for, and every name where it is resolved.
Only public addresses are reached, except in tests against a server on this machine, whose job says
so (`allow_loopback`).
"""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from time import monotonic
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred

_LONGEST_WAIT_SECONDS = 120
# Python before 3.11.10 knows only parts of it.
_PROTOCOL_ASSIGNMENTS = ipaddress.ip_network("192.0.0.0/24")


class Refused(IgnoreRequest):
    """A request that is not made; `expected` says what would have been allowed."""

    kind = "failed"
    expected = "an answer"


class PrivateAddress(Refused):
    """A request that would leave the public internet."""

    expected = "a public address"


class Elsewhere(Refused):
    """A page or a redirect leads to where this source does not read."""

    kind = "changed"
    expected = "an address of this source's hosts"


class RefusedByRobots(Refused):
    """The site asks programs not to read this address."""

    kind = "blocked"
    expected = "an address that robots.txt allows"


def refuse_private(address: str, *, allow_loopback: bool) -> str:
    """The address itself; raises PrivateAddress unless it is public."""
    ip = ipaddress.ip_address(address)
    if _is_public(ip) or (allow_loopback and ip.is_loopback):
        return address
    raise PrivateAddress(f"{address} is not a public address")


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Not so are the IPv6 forms of IPv4 addresses either, as they lead to any of those."""
    if isinstance(ip, ipaddress.IPv6Address) and (ip.sixtofour or ip.teredo or ip.is_site_local):
        return False
    if ip in _PROTOCOL_ASSIGNMENTS:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class PublicResolver(CachingThreadedResolver):
    """Resolves names and refuses those that point at private, link-local or loopback addresses."""

    allow_loopback = False
    refused: ClassVar[dict[str, str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> PublicResolver:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_loopback = crawler.settings.getbool("ALLOW_LOOPBACK")
        return resolver

    def getHostByName(self, name: str, timeout: Any = None) -> Deferred[str]:  # noqa: N802
        found = super().getHostByName(name, timeout)
        found.addCallback(self._refuse_private, name)
        return found

    def _refuse_private(self, address: str, name: str) -> str:
        """Twisted makes any refusal "no such name"; the reason is kept to be told."""
        try:
            return refuse_private(address, allow_loopback=self.allow_loopback)
        except PrivateAddress as error:
            self.refused[name] = str(error)
            raise


class OnlyOwnHosts:
    """Refuses other hosts than the source's, schemes other than http(s), and literal addresses
    (which never reach a resolver) that are not public. Scrapy's own check of hosts is not used: it
    drops without a word, and lets pass what is asked for again."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._allow_loopback = crawler.settings.getbool("ALLOW_LOOPBACK")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OnlyOwnHosts:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"}:
            raise Elsewhere(f"{parts.scheme} is not read")
        with suppress(ValueError):  # a name: its address is checked where it is resolved
            refuse_private(host, allow_loopback=self._allow_loopback)
        hosts = self._crawler.spider.hosts
        if host not in hosts:
            raise Elsewhere(f"{host} is not one of {', '.join(hosts)}")


class ObeyRobots(RobotsTxtMiddleware):
    """Scrapy's obedience, with a reason that can be told.

    A robots.txt that fails at the server means "nothing may be read" (RFC 9309, 2.3.1.4).
    """

    async def process_request(
        self,
        request: Request,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> None:
        try:
            await super().process_request(request)
        except IgnoreRequest as error:
            raise RefusedByRobots("robots.txt refuses it") from error

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            response = response.replace(body=b"User-agent: *\nDisallow: /\n")
        await super()._parse_robots(response, netloc, request)


class CarefulRedirect(RedirectMiddleware):
    """Scrapy's redirects; what was said to one address is not said to the next.

    A validator asks whether *that* page moved, and a key is for the host it was made for.
    """

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response:
        followed = super().process_response(request, response)
        if isinstance(followed, Request):
            for name in ("If-None-Match", "If-Modified-Since"):
                followed.headers.pop(name, None)
            if _origin(followed.url) != _origin(request.url):
                kind = followed.headers.get("Content-Type")
                followed.headers = Headers({"Content-Type": kind} if kind else {})
        return followed


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


class PoliteRetry(RetryMiddleware):
    """Scrapy's retries, after the time the server asks for; asked for too long, it gives up."""

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        # By slot: the usual delay, and the moment from which it holds again.
        self._waiting: dict[str, tuple[float, float]] = {}

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response:
        if response.status not in {429, 503}:
            self._resume(request)
            return super().process_response(request, response)
        wait = _seconds(response.headers.get("Retry-After"))
        if wait > _LONGEST_WAIT_SECONDS:
            return response
        self._slow_down(request, wait)
        return super().process_response(request, response)

    def process_exception(
        self,
        request: Request,
        exception: Exception,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response | None:
        refused = PublicResolver.refused.get(urlsplit(request.url).hostname or "")
        if refused is not None:
            raise PrivateAddress(refused) from exception
        return super().process_exception(request, exception)

    def _slow_down(self, request: Request, wait: float) -> None:
        """Waiting is of the host's slot, so that no other request of the host overtakes."""
        name, slot = self._slot(request)
        if slot is not None and wait > slot.delay:
            usual, _ = self._waiting.get(name, (slot.delay, 0))
            self._waiting[name] = usual, monotonic() + wait
            slot.delay = wait

    def _resume(self, request: Request) -> None:
        """An answer to what was asked before the wait does not end it."""
        name, slot = self._slot(request)
        usual, until = self._waiting.get(name, (0, 0))
        if slot is not None and until and monotonic() >= until:
            del self._waiting[name]
            slot.delay = usual

    def _slot(self, request: Request) -> tuple[str, Any]:
        name = request.meta.get("download_slot", "")
        return name, self.crawler.engine.downloader.slots.get(name)


def _seconds(retry_after: bytes | None) -> float:
    """`Retry-After` in seconds; a date, which no watched site sends, counts as a long wait."""
    if not retry_after:
        return 0
    text = retry_after.decode("ascii", "replace").strip()
    return float(text) if text.isdigit() else _LONGEST_WAIT_SECONDS + 1
