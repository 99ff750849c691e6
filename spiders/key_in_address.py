"""Keys of services that take them in the address only.

The key joins the address for the moment of asking: captures, validators and messages see the address
without it. `keyed` marks a request; the handler, nearest to the network of all, takes the key from
the environment variable that the source's facts name.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Request, Response

from spiders.base import Source

_META = "key_in_address"


def keyed(request: Request, parameter: str) -> Request:
    """The same request, to be sent with the operator's key; a redirect elsewhere goes without."""
    request.meta[_META] = (parameter, urlsplit(request.url).netloc)
    return request


class KeyInAddress(HTTP11DownloadHandler):
    """Scrapy's handler of HTTP and HTTPS, which adds the key to requests that are marked."""

    async def download_request(self, request: Request) -> Response:
        parameter, host = request.meta.get(_META, ("", ""))
        if not parameter or urlsplit(request.url).netloc != host:
            return await super().download_request(request)
        source = self.crawler.spider
        assert isinstance(source, Source)
        joint = "&" if urlsplit(request.url).query else "?"
        asked = request.replace(url=f"{request.url}{joint}{urlencode({parameter: source.key})}")
        response = await super().download_request(asked)
        return response.replace(url=request.url)
