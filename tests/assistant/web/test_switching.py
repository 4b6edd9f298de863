"""An open page while the index under it is replaced, rolled back and damaged: read in the same tab, never reloaded."""

import json
import shutil
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from corpus.embedder import load_embedder
from corpus.pointer import current_folder, read_pointer
from ingest.__main__ import main
from ingest.sync import sync
from tests.assistant.web.conftest import Program
from tests.assistant.web.test_page import answer, ask

QUESTION = "Hur många kolonilotter fick Rosengård?"
FACT = "Rosengård fick 48 nya kolonilotter."
PATIENCE_S = 60


@pytest.fixture
def own(program, tmp_path, monkeypatch):
    """A program of its own, with nothing published but the bundled documents."""
    own = Program(tmp_path / "data")
    shutil.copytree(program.env["FRAGA_DATA_DIR"], tmp_path / "data")
    monkeypatch.setenv("FRAGA_DATA_DIR", str(tmp_path / "data"))
    with own.serving(tmp_path / "serve.log"):
        yield own


def health(program: Program):
    with urlopen(f"{program.url}/healthz", timeout=10) as response:
        return json.load(response)


def serves(program: Program, status: str, generation: str) -> None:
    """Wait until the program answers from ``generation``; it looks every second."""
    until = time.monotonic() + PATIENCE_S
    while (seen := health(program)) | {"status": status, "generation": generation} != seen:
        assert time.monotonic() < until, seen
        time.sleep(0.1)


def damage(folder: Path) -> None:
    path = folder / "documents.sqlite"
    data = bytearray(path.read_bytes())
    data[-50] ^= 0xFF
    path.write_bytes(data)


def test_an_open_page_follows_what_is_published(visit, own, tmp_path):
    data_dir, documents = tmp_path / "data", tmp_path / "protokoll"
    documents.mkdir()
    (documents / "protokoll.md").write_text(f"# Protokoll\n\n{FACT} Nämnden var enig.\n")
    page = visit(own.url)
    scope = page.locator("#scope")
    ask(page, QUESTION)
    expect(answer(page, 1)).to_contain_text("Det framgår inte av underlaget")
    expect(scope).to_contain_text("Söker i alla 21 dokument")

    published = sync(data_dir, load_embedder("builtin"), [documents])
    serves(own, "ok", published.generation)
    ask(page, QUESTION)
    expect(answer(page, 2)).to_contain_text(FACT)
    expect(scope).to_contain_text("Söker i alla 22 dokument")

    assert main(["rollback"]) == 0
    serves(own, "ok", read_pointer(data_dir).current)
    ask(page, QUESTION)
    expect(answer(page, 3)).to_contain_text("Det framgår inte av underlaget")
    expect(scope).to_contain_text("Söker i alla 21 dokument")
    answer(page, 2).locator(".cite").first.click()  # what was answered before can still be read in its document
    page.locator(".open-document:visible").first.click()
    expect(page.locator("#reader[open] mark").first).to_contain_text(FACT)
    page.keyboard.press("Escape")
    assert "tidigare underlag" not in scope.inner_text()

    assert main(["rollback"]) == 0
    serves(own, "ok", published.generation)
    damage(current_folder(data_dir))
    (data_dir / "CURRENT").touch()
    serves(own, "degraded", read_pointer(data_dir).previous)
    ask(page, "Vad säger SKR om försök?")
    expect(answer(page, 4).locator(".cite").first).to_be_visible()
    expect(scope).to_contain_text("Just nu används ett tidigare underlag, inläst den")
    expect(scope).to_contain_text("Söker i alla 21 dokument")

    mended = sync(data_dir, load_embedder("builtin"))
    serves(own, "ok", mended.generation)
    ask(page, QUESTION)
    expect(answer(page, 5)).to_contain_text(FACT)
    expect(scope).not_to_contain_text("tidigare underlag")
