import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import IndexUnavailable, LockedError, ModelMismatch
from corpus.generations import collect, open_current, open_published, open_store
from corpus.index import ChromaIndex
from corpus.lexical import LexicalEntry, LexicalWriter
from corpus.locks import write_lock
from corpus.manifest import FORMAT_VERSION, write_checksums, write_manifest
from corpus.models import Document, Manifest, Passage, Source, Span
from corpus.pointer import current_folder, generations_folder, publish, read_pointer
from corpus.soundness import write_database_digest
from corpus.store import Record
from corpus.store_writer import StoreWriter
from corpus.vectors import VectorWriter
from tests.corpus.standin import HashEmbedder

ROOT = Path(__file__).parent.parent.parent
TEXT = "Staden bygger cykelbanor."


def make_generation(data_dir: Path, name: str, embedder: HashEmbedder) -> Path:
    """A generation of one document with one passage, made by hand."""
    folder = generations_folder(data_dir) / name
    folder.mkdir(parents=True)
    span = Span(0, len(TEXT))
    document = Document(Source("plan", f"Planen {name}", "", "", "dokument"), TEXT, (), (), (span,), (span,))
    passage = Passage("plan:0000", "plan", span, TEXT, "", None)
    store = StoreWriter(folder)
    store.add(Record("plan", name, "bundled", "plan.txt", ""), document, [passage])
    store.set_vocabulary({"cykelban": 1}, {"cykelbanor": 1})
    store.close()
    with VectorWriter(folder) as vectors, LexicalWriter(folder) as words:
        vectors.add(["plan:0000"], ["plan"], embedder.embed_passages([TEXT]))
        words.add(LexicalEntry("plan:0000", "plan", ["cykelban"], ["cykel"], ["plan"]))
    write_database_digest(folder)
    write_manifest(folder, Manifest(name, FORMAT_VERSION, "2026", embedder.name, embedder.dim, "h", 1, 1))
    write_checksums(folder)
    return folder


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def data_dir(tmp_path, embedder):
    make_generation(tmp_path, "g1", embedder)
    publish(tmp_path, "g1", "")
    return tmp_path


def test_nothing_published_says_what_to_do(tmp_path, embedder):
    assert read_pointer(tmp_path).current == ""
    for open_it in (lambda: open_current(tmp_path, embedder), lambda: open_store(tmp_path)):
        with pytest.raises(IndexUnavailable, match="nothing is published yet; run: python -m ingest sync"):
            open_it()


def test_the_published_generation_answers(data_dir, embedder):
    index = open_current(data_dir, embedder)
    assert index.manifest.generation == "g1"
    assert [source.title for source in index.sources()] == ["Planen g1"]
    assert index.document("plan").text == TEXT
    assert index.passage("plan:0000") == index.passages_of("plan")[0] == index.passages(["plan:0000"])[0]
    (dense,) = index.dense(embedder.embed_query(TEXT), 5)
    assert dense.passage_id == "plan:0000"
    assert dense.score == pytest.approx(1.0, abs=1e-5)
    assert [hit.passage_id for hit in index.lexical({"cykelban": 1.0}, {}, 5)] == ["plan:0000"]
    assert [hit.passage_id for hit in index.lexical({}, {"cykel": 1.0}, 5, frozenset({"plan"}))] == ["plan:0000"]
    assert index.document_frequency(["cykelban", "bat"]) == {"cykelban": 1, "bat": 0}
    assert index.folded("cykelbanor") == index.similar("cykelbaner") == {"cykelbanor": 1}
    assert index.updates_of("plan") == []
    index.close()


def test_documents_are_read_once(data_dir, embedder):
    index = open_current(data_dir, embedder)
    assert index.document("plan") is index.document("plan")
    index.close()


@pytest.mark.parametrize("other", [HashEmbedder("hash-2"), HashEmbedder(dim=32)])
def test_another_model_is_refused(data_dir, other):
    with pytest.raises(ModelMismatch, match=r"built with .* hash-1 \(64 dimensions\), not .*FRAGA_EMBEDDING_MODEL"):
        open_current(data_dir, other)
    open_published(data_dir).close()


def test_publishing_moves_the_pointer(data_dir, embedder):
    make_generation(data_dir, "g2", embedder)
    publish(data_dir, "g2", "g1")
    assert (read_pointer(data_dir).current, read_pointer(data_dir).previous) == ("g2", "g1")
    assert current_folder(data_dir).name == "g2"


def test_collecting_keeps_the_published_the_previous_and_those_being_read(data_dir, embedder):
    index = open_current(data_dir, embedder)
    for name in ("g2", "g3", "g4"):
        make_generation(data_dir, name, embedder)
    publish(data_dir, "g4", "g3")
    assert collect(data_dir) == ["g2"]
    assert index.document("plan").source.title == "Planen g1"
    index.close()
    assert collect(data_dir) == ["g1"]
    assert sorted(p.name for p in generations_folder(data_dir).iterdir()) == ["g3", "g4"]


@pytest.mark.parametrize("lost", ["documents.sqlite", "chroma", "lexical", "manifest.json", "checksums.json"])
def test_a_generation_that_lacks_a_part_is_not_opened(data_dir, embedder, lost):
    path = current_folder(data_dir) / lost
    path.rename(data_dir / "lost")
    with pytest.raises(IndexUnavailable, match="run: python -m ingest sync"):
        open_current(data_dir, embedder)
    (data_dir / "lost").rename(path)
    open_current(data_dir, embedder).close()


def test_a_lost_or_cut_graph_never_reaches_the_reader(data_dir, embedder):
    (graph,) = current_folder(data_dir).rglob("data_level0.bin")
    graph.write_bytes(graph.read_bytes()[:-1])
    with pytest.raises(IndexUnavailable, match=r"data_level0\.bin: damaged"):
        open_current(data_dir, embedder)
    graph.unlink()
    with pytest.raises(IndexUnavailable, match=r"data_level0\.bin: damaged \(is missing\)"):
        open_store(data_dir)


def test_one_index_opened_twice_in_a_process(data_dir, embedder):
    first, second = open_current(data_dir, embedder), open_current(data_dir, embedder)
    first.close()
    assert second.dense(embedder.embed_query(TEXT), 1) != []
    second.close()


READER = """
import sys
from pathlib import Path
from corpus.generations import open_current
from tests.corpus.standin import HashEmbedder

index = open_current(Path(sys.argv[1]), HashEmbedder())
print(index.dense(HashEmbedder().embed_query("cykelbanor"), 1)[0].passage_id, flush=True)
sys.stdin.readline()
index.close()
"""


def test_two_processes_read_one_generation_at_once(data_dir, embedder):
    index = open_current(data_dir, embedder)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(data_dir)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "plan:0000\n"
    assert index.dense(embedder.embed_query(TEXT), 1)[0].passage_id == "plan:0000"
    index.close()
    make_generation(data_dir, "g2", embedder)
    publish(data_dir, "g2", "")
    assert collect(data_dir) == []  # the other process still reads g1
    reader.communicate("done\n", timeout=60)
    assert collect(data_dir) == ["g1"]


def test_one_writer_at_a_time(tmp_path):
    with (
        write_lock(tmp_path / "data"),
        pytest.raises(LockedError, match=rf"LOCK: process {os.getpid()} is writing"),
        write_lock(tmp_path / "data"),
    ):
        pass
    with write_lock(tmp_path / "data"):
        pass


def test_opening_a_folder_that_is_no_generation_leaves_nothing_open(tmp_path):
    with pytest.raises(IndexUnavailable):
        ChromaIndex(tmp_path)
