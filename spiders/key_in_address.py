"""Keys of services that take them in the address only.

The key joins the address for the moment of asking: captures, problems and logs see the address
without it. `keyed` marks a request; the middleware, nearest to the network of all, takes the key
from the environment variable that the source's facts name.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlencode, urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

_META = "key_in_address"


def keyed(request: Request, parameter: str) -> Request:
    """The same request, to be sent with the operator's key; a redirect elsewhere goes without."""
    request.meta[_META] = {"parameter": parameter, "host": urlsplit(request.url).netloc}
    return request


class KeyInAddress:
    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> KeyInAddress:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        told = request.meta.get(_META)
        if told and urlsplit(request.url).netloc == told["host"]:
            told["bare"] = request.url
            joint = "&" if urlsplit(request.url).query else "?"
            request._set_url(f"{request.url}{joint}{self._pair(told)}")

    def process_response(self, request: Request, response: Response) -> Response:
        bare = self._bared(request)
        if not bare:
            return response
        answered = response.replace(url=bare)
        if location := answered.headers.get("Location"):
            pair = self._pair(request.meta[_META]).encode()
            answered.headers["Location"] = location.replace(b"&" + pair, b"").replace(pair, b"")
        return answered

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002
        """What is asked again, or told of, goes without the key."""
        self._bared(request)

    def _pair(self, told: dict[str, str]) -> str:
        key = os.environ.get(self._crawler.spider.facts.key, "").strip()
        return urlencode({told["parameter"]: key})

    def _bared(self, request: Request) -> str:
        bare: str = request.meta.get(_META, {}).pop("bare", "")
        if bare:
            request._set_url(bare)
        return bare
