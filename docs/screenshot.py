"""Takes the README's picture, docs/page.png, from the running page: a question, its answer and its source.

Start the program (make run), then: .venv/bin/python docs/screenshot.py [--url URL] [--out FILE]
"""

import argparse
import os
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUESTION = "Kan Malmö få undantag från lagstiftningen?"


def take(url: str, out: Path) -> None:
    """Ask the question at ``url`` in a headless Chromium and save what a reader sees."""
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 880}, color_scheme="light")
        page.goto(url)
        page.locator("#question textarea").fill(QUESTION)
        page.locator("#send").click()
        page.locator(".exchange[data-complete]").wait_for()
        page.locator("#source-1-1 mark").wait_for()
        page.evaluate("window.scrollTo(0, 0)")
        page.wait_for_timeout(500)
        page.screenshot(path=out)
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:7860", help="address of the running page")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "page.png", help="where the picture goes")
    options = parser.parse_args()
    take(options.url, options.out)
