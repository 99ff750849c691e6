"""Safe Scrapy settings. Each line that is stricter than Scrapy's default says why.

Scrapy's own security page asks for most of them: responses are untrusted, certificates are not
verified by default, and the telnet and remote control servers run code in the process.
"""

from __future__ import annotations

from typing import Any

from tracker import __version__

DELAY_SECONDS = 1.0
TIMEOUT_SECONDS = 60
RUN_SECONDS = 30 * 60


def user_agent(contact: str) -> str:
    """Names the project and where its operator can be reached."""
    return f"CooperationTracker/{__version__} (+{contact})"


def scrapy_settings(
    *, contact: str, replay: bool, obey_robots: bool, delay: float, timeout: int = TIMEOUT_SECONDS
) -> dict[str, Any]:
    """`obey_robots` is off only where an operator holds a permission, shown in the coverage."""
    return {
        "BOT_NAME": "CooperationTracker",
        "USER_AGENT": user_agent(contact),
        "ROBOTSTXT_OBEY": obey_robots,
        "ROBOTSTXT_USER_AGENT": "CooperationTracker",
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        # Only these two: no ftp, file, data or s3 address in a page is ever followed.
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("http", "https"), "spiders.key_in_address.KeyInAddress"),
            **dict.fromkeys(("ftp", "file", "data", "s3")),
        },
        "TWISTED_DNS_RESOLVER": "spiders.network.PublicResolver",
        "DOWNLOAD_MAXSIZE": 32 * 1024 * 1024,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": timeout,
        "DOWNLOAD_DELAY": 0 if replay else delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS": 8,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "REDIRECT_MAX_TIMES": 5,
        # Sources judge every status themselves; only redirects are followed before.
        "HTTPERROR_ALLOW_ALL": True,
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",
        "RETRY_TIMES": 2,
        "CLOSESPIDER_TIMEOUT": RUN_SECONDS,
        "CLOSESPIDER_ERRORCOUNT": 20,
        "AJAXCRAWL_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "LOG_SHORT_NAMES": True,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "spiders.network.OnlyOwnHosts": 50,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "spiders.network.ObeyRobots": 100,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "spiders.network.PoliteRetry": 550,
            "spiders.archive.Archive": 585,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "spiders.network.CarefulRedirect": 600,
            "spiders.archive.Conditional": 620,
            **({"spiders.archive.Replay": 950} if replay else {}),
        },
        "ITEM_PIPELINES": {"spiders.assembly.Assembly": 500},
    }
