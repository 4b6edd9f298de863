"""Indexes that an earlier program wrote: served meanwhile, told of in a line, written anew by the next sync."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest

from corpus.errors import IndexUnavailable, ModelMismatch
from corpus.generations import open_current, open_good, open_store
from corpus.manifest import FORMAT_VERSION, MANIFEST_FILE, read_manifest, write_checksums
from corpus.pointer import current_folder, read_pointer
from ingest.sync import Bundle, sync
from tests.corpus.standin import HashEmbedder

pytestmark = pytest.mark.usefixtures("kept_parser")


class Place:
    """A data folder over a bundled document and one of a remembered folder, published."""

    def __init__(self, folder: Path) -> None:
        self.data, self.documents, self.minutes = folder / "data", folder / "documents", folder / "minutes"
        self.documents.mkdir()
        self.minutes.mkdir()
        (self.documents / "plan.md").write_text("# Planen\n\nStaden bygger cykelbanor.\n")
        (self.documents / "sources.yaml").write_text("documents: [{id: plan, path: plan.md}]")
        (self.minutes / "protokoll.md").write_text("# Protokoll\n\nNämnden köper båtar.\n")
        self.embedder = HashEmbedder()
        self.sync()

    def sync(self, embedder: HashEmbedder | None = None):
        bundle = Bundle(self.documents, self.documents / "sources.yaml")
        self.embedder.n_embedded = 0
        return sync(self.data, embedder or self.embedder, [self.minutes] if self.minutes.exists() else [], bundle)

    @contextmanager
    def rewritten(self) -> Iterator[Path]:
        """The published generation's folder, to be made into what an earlier program would have written."""
        folder = current_folder(self.data)
        yield folder
        write_checksums(folder)

    def manifest(self, folder: Path, **changes: object) -> None:
        path = folder / MANIFEST_FILE
        path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))

    def found(self) -> str:
        """The text of the passage nearest to the question, over the index that is opened for it."""
        index = open_current(self.data, self.embedder)
        try:
            (hit,) = index.dense(self.embedder.embed_query("cykelbanor"), 1)
            return index.passage(hit.passage_id).text
        finally:
            index.close()

    def texts(self) -> dict[str, str]:
        store = open_store(self.data)
        try:
            return {r.document_id: store.document(r.document_id).text for r in store.records()}
        finally:
            store.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def execute(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_the_format_before_is_served_and_written_anew_from_what_is_stored(place):
    before = place.texts()
    with place.rewritten() as folder:
        place.manifest(folder, format_version=1, versions={})
        (folder / "chroma.digest").unlink()
        execute(folder / "documents.sqlite", "ALTER TABLE documents DROP COLUMN content_hash")
    assert place.found() == "Staden bygger cykelbanor."
    place.minutes.rename(place.minutes.with_name("away"))  # its document is to be had from the index alone
    report = place.sync()
    assert report.published
    assert read_manifest(current_folder(place.data)).format_version == FORMAT_VERSION
    assert place.texts() == before
    assert place.found() == "Staden bygger cykelbanor."


@pytest.mark.parametrize("found", [0, FORMAT_VERSION + 1])
def test_a_format_that_cannot_be_read_is_named_with_what_to_do(place, found):
    with place.rewritten() as folder:
        place.manifest(folder, format_version=found)
    with pytest.raises(IndexUnavailable) as error:
        open_current(place.data, place.embedder)
    assert str(error.value) == (
        f"{folder / MANIFEST_FILE}: format version {found}, this program reads 1 to 4; run: python -m ingest sync"
    )
    report = place.sync()
    assert (report.published, report.n_documents) == (True, 2)
    assert f"format version {found}" in report.notes[0]


def test_an_index_of_another_chroma_is_served_and_written_anew_without_embedding(place):
    with place.rewritten() as folder:
        place.manifest(folder, versions={"chromadb": "1.4.0", "tantivy": version("tantivy")})
        # Another version brings the database up to its own form when it opens it: that is no damage.
        execute(folder / "chroma" / "chroma.sqlite3", "CREATE TABLE of_another_version (id INTEGER)")
    assert place.found() == "Staden bygger cykelbanor."
    report = place.sync()
    assert report.notes == (
        f"the index was written by chromadb 1.4.0 (now {version('chromadb')}), and is written anew",
    )
    assert (report.published, report.n_unchanged, report.changed) == (True, 2, ())
    assert place.embedder.n_embedded == 2  # the check's sample, and nothing else
    assert place.found() == "Staden bygger cykelbanor."
    assert not place.sync().published


def test_an_index_that_this_chroma_cannot_open_is_written_anew_from_what_is_stored(place):
    with place.rewritten() as folder:
        place.manifest(folder, versions={"chromadb": "0.5.0"})
        execute(folder / "chroma" / "chroma.sqlite3", "DROP TABLE collections")
    with pytest.raises(IndexUnavailable, match="run: python -m ingest sync"):
        open_current(place.data, place.embedder)
    assert place.sync().published
    assert place.embedder.n_embedded == 2 + 2  # both passages, and the check's sample
    assert place.found() == "Staden bygger cykelbanor."


def test_a_changed_database_of_the_same_chroma_is_damage(place):
    with place.rewritten() as folder:
        execute(folder / "chroma" / "chroma.sqlite3", "CREATE TABLE of_another_version (id INTEGER)")
    with pytest.raises(IndexUnavailable, match="does not hold what was published"):
        open_current(place.data, place.embedder)


def test_another_model_is_named_and_the_old_index_serves_its_own_program_on(place):
    other = HashEmbedder("hash-2", dim=32)
    with pytest.raises(ModelMismatch) as error:
        open_current(place.data, other)
    assert "built with the embedding model hash-1 (64 dimensions), not hash-2 (32); run: python -m ingest sync" in str(
        error.value
    )
    old = read_pointer(place.data).current
    assert place.sync(other).published
    opened = open_good(place.data, place.embedder)  # a program that was started before the setting changed
    assert opened.index.manifest.generation == old
    assert f"the earlier generation {old} serves meanwhile" in opened.problem
    opened.index.close()
    opened = open_good(place.data, other)
    assert opened.problem == ""
    opened.index.close()
