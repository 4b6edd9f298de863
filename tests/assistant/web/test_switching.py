"""An open page while the index under it is replaced, rolled back and damaged: read in the same tab, never reloaded."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from corpus.embedder import load_embedder
from corpus.pointer import current_folder, read_pointer
from ingest.__main__ import main
from ingest.sync import sync
from tests.assistant.town import write_town
from tests.assistant.web.conftest import START_S
from tests.assistant.web.test_page import answer, ask

ROOT = Path(__file__).parents[3]
QUESTION = "Hur många kolonilotter fick Rosengård?"
FACT = "Rosengård fick 48 nya kolonilotter."
PATIENCE_S = 60


class Town:
    """A town's few documents, published, and the program as its admin starts it."""

    def __init__(self, folder: Path) -> None:
        self.data_dir = folder / "data"
        self.url = ""
        self.bundle = write_town(folder / "documents")

    def sync(self, *folders: Path) -> str:
        """Publish the files; gives the generation."""
        return sync(self.data_dir, load_embedder("builtin"), folders, self.bundle).generation

    @contextlib.contextmanager
    def serving(self, log: Path) -> Iterator[None]:
        command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
        env = {**os.environ, "FRAGA_DATA_DIR": str(self.data_dir), "PYTHONUNBUFFERED": "1"}
        with log.open("w") as stderr, subprocess.Popen(command, cwd=ROOT, env=env, stderr=stderr) as process:
            try:
                self.url = address(log, process)
                yield
            finally:
                process.terminate()
                process.wait(20)

    def serves(self, status: str, generation: str) -> None:
        """Wait until the program answers from ``generation``; it looks every second."""
        until = time.monotonic() + PATIENCE_S
        while (seen := self.health()) | {"status": status, "generation": generation} != seen:
            assert time.monotonic() < until, seen
            time.sleep(0.1)

    def health(self):
        with urlopen(f"{self.url}/healthz", timeout=10) as response:
            return json.load(response)


def address(log: Path, process: subprocess.Popen) -> str:
    """Where the program says that it serves."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        for line in log.read_text().splitlines():
            if line.startswith("Serving on "):
                return line.removeprefix("Serving on ")
        time.sleep(0.05)
    raise AssertionError(f"the program does not serve:\n{log.read_text()}")


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The town, served by a process of its own, with nothing published but its documents."""
    own = Town(tmp_path)
    own.sync()
    monkeypatch.setenv("FRAGA_DATA_DIR", str(own.data_dir))
    with own.serving(tmp_path / "serve.log"):
        yield own


def damage(folder: Path) -> None:
    path = folder / "documents.sqlite"
    data = bytearray(path.read_bytes())
    data[-50] ^= 0xFF
    path.write_bytes(data)


def test_an_open_page_follows_what_is_published(visit, own, tmp_path):
    minutes = tmp_path / "protokoll"
    minutes.mkdir()
    (minutes / "protokoll.md").write_text(f"# Protokoll\n\n{FACT} Nämnden var enig.\n")
    page = visit(own.url)
    scope = page.locator("#scope")
    ask(page, QUESTION)
    expect(answer(page, 1)).to_contain_text("Det framgår inte av underlaget")
    expect(scope).to_contain_text("Söker i alla 3 dokument")

    published = own.sync(minutes)
    own.serves("ok", published)
    ask(page, QUESTION)
    expect(answer(page, 2)).to_contain_text(FACT)
    expect(scope).to_contain_text("Söker i alla 4 dokument")

    assert main(["rollback"]) == 0
    own.serves("ok", read_pointer(own.data_dir).current)
    ask(page, QUESTION)
    expect(answer(page, 3)).to_contain_text("Det framgår inte av underlaget")
    expect(scope).to_contain_text("Söker i alla 3 dokument")
    answer(page, 2).locator(".cite").first.click()  # what was answered before can still be read in its document
    page.locator(".open-document:visible").first.click()
    expect(page.locator("#reader[open] mark").first).to_contain_text(FACT)
    page.keyboard.press("Escape")
    assert "tidigare underlag" not in scope.inner_text()

    assert main(["rollback"]) == 0
    own.serves("ok", published)
    damage(current_folder(own.data_dir))
    (own.data_dir / "CURRENT").touch()
    own.serves("degraded", read_pointer(own.data_dir).previous)
    ask(page, "Vad kostar fontänen?")
    expect(answer(page, 4).locator(".cite").first).to_be_visible()
    expect(scope).to_contain_text("Just nu används ett tidigare underlag, inläst den")
    expect(scope).to_contain_text("Söker i alla 3 dokument")

    mended = own.sync()
    own.serves("ok", mended)
    ask(page, QUESTION)
    expect(answer(page, 5)).to_contain_text(FACT)
    expect(scope).not_to_contain_text("tidigare underlag")
