"""What a crawl imports, imported once in the process that crawls are forked from.

Never the reactor: each crawl installs its own.
"""

from __future__ import annotations

import sys

from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from spiders.registry import source_classes
from tests.spiders.fictional import register
from tracker.topics import shipped_topics

_PATHS = [
    "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
    "scrapy.dupefilters.RFPDupeFilter",
    "scrapy.pqueues.ScrapyPriorityQueue",
    "scrapy.squeues.LifoMemoryQueue",
    "spiders.assembly.Assembly",
]
for _kind in ("DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE", "EXTENSIONS_BASE"):
    _PATHS += Settings().getdict(_kind)
for _path in _PATHS:
    load_object(_path)
register()
source_classes()
shipped_topics()
assert "twisted.internet.reactor" not in sys.modules
