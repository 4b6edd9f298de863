"""Takes the pictures in docs/ from the running page: every state that readers meet, wide and narrow, light and dark.

Start the program (make run), then: .venv/bin/python docs/screenshot.py [--url URL] [--out DIR]
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
WIDE = {"width": 1280, "height": 880}
NARROW = {"width": 360, "height": 780}
NO = "Kan Malmö få undantag från lagstiftningen?"
POSITIONS = "Vad säger SKR, departementet och förvaltningen om undantag från lagstiftningen?"
PAGES = {"tidslinje": "/tidslinje", "aktorer": "/aktorer", "dokument": "/dokument", "om": "/om"}


def ask(page: Page, question: str) -> None:
    """Ask as a reader does, and wait for the whole answer with its sources."""
    page.locator("#examples button:visible, .exchange").first.wait_for()
    number = page.locator(".exchange").count() + 1
    page.locator("#question textarea").fill(question)
    page.locator("#send").click()
    page.locator(f".exchange[data-exchange='{number}'][data-complete]").wait_for()
    page.locator(f".sources[data-exchange='{number}']").wait_for()
    page.wait_for_timeout(600)


def answered(question: str) -> Callable[[Page], None]:
    """The page with the answer to ``question``."""
    return lambda page: (ask(page, question), page.evaluate("window.scrollTo(0, 0)"))[1]


def reading(page: Page) -> None:
    """The whole document over the page, opened at the words cited."""
    ask(page, NO)
    page.locator(".open-document:visible").first.click()
    page.locator("#reader[open] mark").wait_for()


def rating(page: Page) -> None:
    """An answer that has been found wanting."""
    ask(page, "Gäller aktivitetskravet för försörjningsstöd redan?")
    page.locator("[data-rate=down]").click()
    page.locator(".comment textarea").fill("Jag ville veta vem som omfattas.")


def following(page: Page) -> None:
    """A question, its follow-up, and the sources of the last answer."""
    ask(page, "Vad säger SKR om försök?")
    ask(page, "Och departementet då?")


def returning(page: Page) -> None:
    """A new conversation, with those before it at hand."""
    ask(page, NO)
    page.locator("#again").click()
    page.locator(".earlier").wait_for()


STATES: dict[str, Callable[[Page], None]] = {
    "start": lambda page: page.locator("#examples button:visible").first.wait_for(),
    "svar": answered(NO),
    "standpunkter": answered(POSITIONS),
    "tidslinje-svar": answered("Visa en tidslinje"),
    "aktorer-svar": answered("Vilka aktörer nämns?"),
    "framgar-inte": answered("Vad kostade utredningen?"),
    "har-uppdaterats": rating,
    "foljdfraga": following,
    "lasare": reading,
    "tidigare-samtal": returning,
}
SMALL = ("svar", "standpunkter", "framgar-inte")


def picture(browser: Browser, url: str, out: Path, show: Callable[[Page], None], **options: object) -> None:
    """Save what a reader sees at ``url`` once ``show`` has been done there."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    show(page)
    page.wait_for_timeout(500)
    page.screenshot(path=out)
    context.close()


def take(url: str, out: Path) -> None:
    """Take all pictures of the program at ``url`` into the folder ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        for name, show in STATES.items():
            picture(browser, url, out / f"{name}.png", show, viewport=WIDE)
        for name in SMALL:
            small = out / f"{name}-smal-mork.png"
            picture(browser, url, small, STATES[name], viewport=NARROW, color_scheme="dark")
        picture(browser, url, out / "standpunkter-mork.png", STATES["standpunkter"], viewport=WIDE, color_scheme="dark")
        for name, path in PAGES.items():
            picture(browser, f"{url}{path}", out / f"{name}.png", lambda page: None, viewport=WIDE)
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:7860", help="address of the running page")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "pictures", help="folder for the pictures")
    options = parser.parse_args()
    take(options.url, options.out)
