"""The mail as a browser shows it: narrow and wide, light and dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.digest_story import BANS, FILED, VIRGINIA, Story, bill, first_week, second_week
from tracker.digest import compose
from tracker.mail import write_preview

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
# Text whose contrast with what is behind it is under WCAG's 4.5 to 1.
TOO_FAINT = """
() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const c = parse(getComputedStyle(at).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  return [...document.body.querySelectorAll("*")]
    .filter((node) => [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .map((node) => {
      const a = light(parse(getComputedStyle(node).color)), b = light(behind(node));
      return [node.className || node.tagName, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
    })
    .filter(([, ratio]) => ratio < 4.5);
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as program:
        found = program.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def mail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mail")
    story = Story(folder)
    cursor = first_week(story)
    second_week(story)
    digest = compose(story.db, after_id=cursor)
    return write_preview(digest, folder / "out", base_url="https://tracker.example")[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 600, 1200])
def test_it_fits_and_can_be_read(browser: Any, mail: Path, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(mail.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_FAINT) == []
    sheet = page.locator(".sheet").bounding_box()
    assert sheet["width"] == pytest.approx(min(width, 600), abs=16)
    page.close()


def test_dark_mode_is_dark(browser: Any, mail: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(mail.as_uri())
    color = page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
    assert color == "rgb(26, 33, 40)"
    page.close()


def test_hostile_words_run_nothing_and_fetch_nothing(browser: Any, tmp_path: Path) -> None:
    story = Story(tmp_path)
    words = [
        "<img src=https://evil.example/x onerror=alert(1)>",
        "<script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        "</style><style>@import 'https://evil.example/x'</style>",
        "\u202egnp.exe",
        "longword" * 200,
    ]
    story.run(VIRGINIA, "2026-03-08T12:00:00Z", [
        bill("us-va", f"HB {n}", f"{text} {BANS}", ("2026-03-02", FILED[1]))
        for n, text in enumerate(words)
    ])  # fmt: skip
    path = write_preview(compose(story.db), tmp_path / "out")[0]
    page = browser.new_page(viewport={"width": 360, "height": 900})
    dialogs: list[str] = []
    asked: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert dialogs == []
    assert asked == [path.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
