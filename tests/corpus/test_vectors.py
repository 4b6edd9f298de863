import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexUnavailable
from corpus.vectors import NoEmbedding, VectorIndex, VectorWriter

ROOT = Path(__file__).parent.parent.parent
N, DIM = 300, 32


def unit_rows(seed: int, n: int = N):
    rows = np.random.default_rng(seed).normal(size=(n, DIM)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("generation")
    with VectorWriter(made) as writer:
        rows = unit_rows(1)
        ids = [f"p{n}" for n in range(N)]
        writer.add(ids[:200], [f"d{n % 3}" for n in range(200)], rows[:200])
        writer.add(ids[200:], [f"d{n % 3}" for n in range(200, N)], rows[200:])
    return made


@pytest.fixture(scope="module")
def index(folder):
    opened = VectorIndex(folder)
    yield opened
    opened.close()


def test_the_nearest_are_found_with_their_cosine_similarity(index):
    rows, queries = unit_rows(1), unit_rows(2, 20)
    assert index.n_passages == N
    for query in queries:
        expected = np.argsort(-(rows @ query))[:10]
        hits = index.search(query, 10)
        assert [hit.passage_id for hit in hits] == [f"p{n}" for n in expected]
        assert [hit.score for hit in hits] == pytest.approx((rows @ query)[expected].tolist(), abs=1e-5)


def test_only_the_documents_asked_for(index):
    rows, query = unit_rows(1), unit_rows(3, 1)[0]
    hits = index.search(query, 5, frozenset({"d1"}))
    inside = [n for n in np.argsort(-(rows @ query)) if n % 3 == 1][:5]
    assert [hit.passage_id for hit in hits] == [f"p{n}" for n in inside]
    assert index.search(query, 5, frozenset()) == []
    assert index.search(query, 0) == []


def test_stored_vectors_come_back_in_the_order_asked_for(index):
    assert np.allclose(index.vectors(["p7", "p250", "p0"]), unit_rows(1)[[7, 250, 0]], atol=1e-6)
    with pytest.raises(IndexUnavailable, match="no vector for p999"):
        index.vectors(["p1", "p999"])


def graph_files(folder: Path) -> dict[str, str]:
    paths = [p for p in (folder / "chroma").rglob("*") if p.is_file() and p.name != "chroma.sqlite3"]
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


READER = """
import sys
from pathlib import Path
import numpy as np
from corpus.vectors import VectorIndex
from tests.corpus.test_vectors import N, unit_rows

index, rows = VectorIndex(Path(sys.argv[1])), unit_rows(1)
print("open", flush=True)
sys.stdin.readline()
found = [index.search(row, 1)[0].passage_id for row in rows]
print(sum(a == f"p{n}" for n, a in enumerate(found)), flush=True)
"""


def test_processes_read_one_folder_at_the_same_time_and_leave_it_as_it_is(folder):
    before = graph_files(folder)
    assert len(before) == 5
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "open\n"  # all three have it open before any searches
    outputs = [reader.communicate("go\n", timeout=120)[0] for reader in readers]
    assert outputs == [f"{N}\n"] * 3
    assert graph_files(folder) == before


def test_nothing_is_sealed_when_the_build_fails(tmp_path):
    def fail() -> None:
        with VectorWriter(tmp_path) as writer:
            writer.add(["a"], ["d"], unit_rows(1, 1))
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()


def test_a_missing_or_damaged_folder_says_so(tmp_path):
    with pytest.raises(IndexUnavailable, match="python -m ingest sync"):
        VectorIndex(tmp_path)
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"x" * 5000)
    with pytest.raises(IndexUnavailable, match="python -m ingest sync"):
        VectorIndex(tmp_path)


def test_chroma_cannot_embed_by_itself(index):
    with pytest.raises(RuntimeError, match="pass vectors"):
        NoEmbedding()(["text"])
    with pytest.raises(RuntimeError, match="pass vectors"):
        index._collection.query(query_texts=["text"], n_results=1)


def test_a_folder_that_could_not_be_opened_once_can_be_opened_later(tmp_path):
    with VectorWriter(tmp_path) as writer:
        writer.add(["p0"], ["d"], unit_rows(1, 1))
    database = tmp_path / "chroma" / "chroma.sqlite3"
    whole = database.read_bytes()
    database.write_bytes(b"no database" * 1000)
    with pytest.raises(IndexUnavailable):
        VectorIndex(tmp_path)
    database.write_bytes(whole)
    index = VectorIndex(tmp_path)
    assert index.n_passages == 1
    index.close()
