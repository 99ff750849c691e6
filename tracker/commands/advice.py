"""What each verdict of a run means, and what to do: told by `doctor` and in docs/operating.md."""

from __future__ import annotations

from typing import Final, NamedTuple


class Advice(NamedTuple):
    means: str
    do: str


VERDICTS: Final[dict[str, Advice]] = {
    "ok": Advice("The pages were the real ones and were read whole.", "Nothing."),
    "ok-empty": Advice("The site itself says that there is nothing.", "Nothing."),
    "suspect": Advice(
        "Nothing was found without the site saying so, or far less than usual, or too much would"
        " change at once.",
        "Look at the archived pages. If they are right, the next run will agree; if not, mend the"
        " source as for `changed`.",
    ),
    "blocked": Advice(
        "The site refused: a challenge page, an empty body, HTTP 401, 403, 429 or 503.",
        "Walls are not evaded. Wait a day; then ask the site's web office, or read an official"
        " API or data file instead.",
    ),
    "changed": Advice(
        "The page is not as the source knows it: its mark, a column or a value is not there.",
        "Record the page with `tracker record`, mend the source, then `tracker replay` the run.",
    ),
    "failed": Advice(
        "No answer, an error of the server, or the crawl itself died or ran too long.",
        "Crawl again. If it stays so, look at the site in a browser, and at `time_limit` and"
        " `memory_mb`.",
    ),
    "skipped": Advice(
        "Not read on purpose, such as outside the hours a site allows.",
        "Nothing; it is read when it is due again.",
    ),
}
