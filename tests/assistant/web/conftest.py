"""A real Chromium, the real program over a freshly built index, and the same page over a stand-in engine."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.answerer import Answerer
from assistant.web.server import build_app, configured, listen
from corpus.settings import Settings

ROOT = Path(__file__).parents[3]
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


class Program:
    """The program as an admin runs it, on a data folder of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.env = {**os.environ, "FRAGA_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"}
        self.url = ""

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=START_S)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, question: str):
        request = Request(f"{self.url}/api/ask", json.dumps({"question": question}).encode())
        request.add_header("Content-Type", "application/json")
        with urlopen(request, timeout=30) as response:
            return json.load(response)

    @contextlib.contextmanager
    def serving(self, log: Path) -> Iterator[None]:
        command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
        with log.open("w") as stderr, subprocess.Popen(command, cwd=ROOT, env=self.env, stderr=stderr) as process:
            try:
                self.url = self.address(log, process)
                yield
            finally:
                process.terminate()
                process.wait(20)

    def address(self, log: Path, process: subprocess.Popen) -> str:
        """Where the program says that it serves."""
        until = time.monotonic() + START_S
        while time.monotonic() < until and process.poll() is None:
            for line in log.read_text().splitlines():
                if line.startswith("Serving on "):
                    return line.removeprefix("Serving on ")
            time.sleep(0.1)
        raise AssertionError(f"the program does not serve:\n{log.read_text()}")


@pytest.fixture(scope="session")
def program(tmp_path_factory) -> Iterator[Program]:
    """The real program, serving the bundled documents."""
    folder = tmp_path_factory.mktemp("program")
    program = Program(folder / "data")
    program.run("ingest", "sync")
    with program.serving(folder / "serve.log"):
        yield program


@contextlib.contextmanager
def served(assistant: Answerer, port: int = 0, **settings) -> Iterator[str]:
    """The page over ``assistant``; gives its address."""
    listener = listen("127.0.0.1", port)
    server = uvicorn.Server(configured(build_app(assistant, Settings(**settings))))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        until = time.monotonic() + START_S
        while not server.started and time.monotonic() < until:
            time.sleep(0.05)
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


@pytest.fixture
def visit_page(chromium) -> Iterator[Callable[..., Page]]:
    """Opens the address of a page that is made on the server, in a browser profile of its own."""
    contexts = []

    def opened(url: str, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 860}, **options})
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def visit(chromium) -> Iterator[Callable[..., Page]]:
    """Opens an address in a browser profile of its own, and waits until questions can be asked."""
    contexts = []

    def opened(url: str, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 860}, "locale": "sv-SE", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(url)
        page.locator("#question textarea").wait_for()
        page.locator("#scope .scope").wait_for(state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
