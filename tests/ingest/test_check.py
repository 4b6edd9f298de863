from dataclasses import replace

import pytest

from corpus.errors import CheckFailed
from corpus.generations import open_published
from corpus.index import ChromaIndex
from corpus.swedish import SwedishAnalyzer
from ingest.check import check_generation
from ingest.sync import Bundle, sync
from tests.corpus.standin import HashEmbedder


@pytest.fixture
def index(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "plan.md").write_text("## A\n\nCyklar och båtar.\n\n## B\n\nTåg till Lund.\n")
    (documents / "sources.yaml").write_text("documents: [{id: plan, path: plan.md}]")
    sync(tmp_path / "data", HashEmbedder(), bundle=Bundle(documents, documents / "sources.yaml"))
    opened = open_published(tmp_path / "data")
    yield opened
    opened.close()


def test_a_sound_generation_passes(index, tmp_path):
    check_generation(index, HashEmbedder(), SwedishAnalyzer())
    check_generation(index, None, SwedishAnalyzer())


def reopened(index, **changes):
    return ChromaIndex(index.store.path.parent, replace(index.manifest, **changes))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"n_passages": 3}, "the manifest says"),
        ({"n_documents": 2}, "the manifest says"),
        ({"n_passages": 0}, "nothing to publish"),
        ({"embedding_dim": 32}, "64 dimensions, not 32"),
    ],
)
def test_a_manifest_that_says_otherwise_fails(index, changes, says):
    other = reopened(index, **changes)
    with pytest.raises(CheckFailed, match=says):
        check_generation(other, None, SwedishAnalyzer())
    other.close()


def test_vectors_of_another_model_fail(index):
    class Other(HashEmbedder):
        def embed_query(self, text):
            return super().embed_query(text + " annat " * 20)

    with pytest.raises(CheckFailed, match="is not the model's"):
        check_generation(index, Other(), SwedishAnalyzer())


def test_words_of_another_analysis_fail(index):
    class Other(SwedishAnalyzer):
        def terms(self, text):
            return [f"x{term}" for term in super().terms(text)]

    with pytest.raises(CheckFailed, match="not found by its own words"):
        check_generation(index, None, Other())


def test_vectors_that_are_not_of_unit_length_fail(index):
    index.vectors._collection.update(ids=["plan:0000"], embeddings=[[2.0] * 64])
    with pytest.raises(CheckFailed, match="plan:0000 is not of unit length"):
        check_generation(index, None, SwedishAnalyzer())


def test_a_lost_vector_fails(index):
    index.vectors._collection.delete(ids=["plan:0001"])
    with pytest.raises(CheckFailed, match="holds 1 passages, not 2"):
        check_generation(index, None, SwedishAnalyzer())
