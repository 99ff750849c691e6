"""The site in a real browser: nothing runs, nothing overflows, everything is reachable by keyboard."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.digest_story import VIRGINIA, Story, bill, first_week, second_week
from tests.test_site import HOSTILE, SUBJECT
from tracker.site import build

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = [
    "", "states", "va", "fl", "va/2026/sb-9001", "measures", "agreements", "changes", "coverage",
    "method", "data", "about",
]  # fmt: skip

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed for each request."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the story's site is served, with the hostile measures in it."""
    folder = tmp_path_factory.mktemp("browser")
    story = Story(folder)
    first_week(story)
    second_week(story)
    story.run(VIRGINIA, "2026-03-09T12:00:00Z", [
        bill("us-va", f"SB {number}", SUBJECT + hostile, ("2026-01-02", hostile), abstract=hostile)
        for number, hostile in enumerate(HOSTILE, start=1)
    ])  # fmt: skip
    build(story.db, folder / "site", demo="Fictional measures")
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder / "site"))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 360, "height": 800})
    yield opened
    opened.close()


def _complaints(page: Any) -> list[str]:
    """What the console says; that `frame-ancestors` needs a header is known and in `_headers`."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
    return said


def _real(said: list[str]) -> list[str]:
    return [text for text in said if "frame-ancestors" not in text and "favicon" not in text]


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_only_their_own_files_and_fit_a_phone(
    page: Any, address: str, path: str
) -> None:
    said, asked = _complaints(page), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{path}/" if path else f"{address}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert [url for url in asked if not url.startswith(address)] == []
    assert [text for text in _real(said) if "404" not in text] == []


def test_hostile_words_do_not_run(page: Any, address: str) -> None:
    said = _complaints(page)
    for number in range(1, len(HOSTILE) + 1):
        page.goto(f"{address}/va/2026/sb-{number}/")
        assert page.evaluate("document.querySelectorAll('script').length") == 1
    assert [text for text in _real(said) if "404" not in text] == []


def test_the_policy_stops_what_would_slip_through(page: Any, address: str) -> None:
    page.goto(f"{address}/")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); }"
    )
    assert page.evaluate("window.ran") is None


def test_the_map_is_walked_by_keyboard(page: Any, address: str) -> None:
    page.goto(f"{address}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))
    assert any(name.startswith("Alaska: ") for name in names)
    assert any(name.startswith("Maine: Bans 287(g)") for name in names)


def test_a_long_table_can_be_filtered(page: Any, address: str) -> None:
    page.goto(f"{address}/states/")
    box = page.get_by_role("searchbox", name="Filter this table")
    box.fill("Virginia")
    shown = page.locator("table tbody tr:visible th")
    assert sorted(shown.all_inner_texts()) == ["Virginia", "West Virginia"]


def test_the_site_works_without_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    page.get_by_role("link", name="Virginia: Limits cooperation").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Virginia"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "va", "va/2026/sb-9001", "changes", "coverage"])
def test_text_stands_out_from_its_ground(
    browser: Any, address: str, path: str, scheme: str
) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for text, 3 to 1 for large."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/{path}/" if path else f"{address}/")
    assert page.evaluate(_CONTRAST) == []
    context.close()


_CONTRAST = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const f = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = parse(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] > 0.99) return found;
    }
    return [255, 255, 255];
  };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("svg, .unseen, .skip")) continue;
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(parse(style.color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) bad.push([element.className, ratio, walker.currentNode.data.trim()]);
  }
  return bad;
}"""
