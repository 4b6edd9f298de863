"""A real Chromium, and the page over the real engine and documents or over a stand-in engine.

The servers run in this process, on a port and in a data folder of their own; `test_switching.py` starts the program as
an admin does. Loading the page costs more than anything that is done on it, so tests do several things on one page.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.answer import Assistant
from assistant.answerer import Answerer
from assistant.models import Answer
from assistant.web import conversation
from assistant.web.server import build_app, configured, listen
from corpus.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
# Without these, Chromium asks its maker's hosts for updates at every start.
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_S = 120


@dataclass(frozen=True)
class Program:
    """The whole web application over the real engine and the bundled documents."""

    url: str
    data_dir: Path
    assistant: Assistant

    def ask(self, question: str) -> Answer:
        return self.assistant.ask(question)

    def text(self, document_id: str) -> str:
        return self.assistant.index.document(document_id).text


@pytest.fixture(scope="module")
def program(assistant, tmp_path_factory) -> Iterator[Program]:
    """The page over the bundled documents; what readers say of answers is kept in a folder of the module's own."""
    data_dir = tmp_path_factory.mktemp("program")
    with served(assistant, data_dir=data_dir) as url:
        yield Program(url, data_dir, assistant)


@contextlib.contextmanager
def served(assistant: Answerer, port: int = 0, **settings) -> Iterator[str]:
    """The page over ``assistant``, which shows each step of an answer without a pause; gives its address."""
    listener = listen("127.0.0.1", port)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversation, "STEP_S", 0)
        server = uvicorn.Server(configured(build_app(assistant, Settings(**settings))))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            until = time.monotonic() + START_S
            while not server.started and time.monotonic() < until:
                time.sleep(0.01)
            assert server.started
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(START_S)
            listener.close()


# Playwright keeps an event loop running in this thread, where other tests run their own: it ends with its module.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A headless Chromium; where it is missing, the tests that need it are left out, but in CI they fail."""
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is missing: install Debian's package chromium (apt-get install chromium)"
        # A newcomer's machine may lack a browser; where the change is gated, the page is never left untested.
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    flags = [*CHROMIUM_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


def opened(browser: Browser, url: str, **options) -> Page:
    """The page at an address, in a browser profile of its own; it jumps where it would glide."""
    usual = {"viewport": {"width": 1280, "height": 860}, "locale": "sv-SE", "reduced_motion": "reduce"}
    context = browser.new_context(**{**usual, **options})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(url)
    return page


def ready(page: Page) -> Page:
    """The chat once questions can be asked."""
    page.locator("#question textarea").wait_for()
    page.locator("#scope .scope").wait_for(state="attached")
    return page


@pytest.fixture
def visit_page(chromium) -> Iterator[Callable[..., Page]]:
    """Opens the address of a page that is made on the server, in a browser profile of its own."""
    pages: list[Page] = []

    def visiting(url: str, **options) -> Page:
        pages.append(opened(chromium, url, **options))
        return pages[-1]

    yield visiting
    for page in pages:
        page.context.close()


@pytest.fixture
def visit(visit_page) -> Callable[..., Page]:
    """Opens an address in a browser profile of its own, and waits until questions can be asked."""
    return lambda url, **options: ready(visit_page(url, **options))
