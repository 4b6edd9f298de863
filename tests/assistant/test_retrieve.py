from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieve import CorpusRetriever, Mode, Ranking, Retriever, fuse
from corpus.index import Index
from corpus.models import Hit
from tests.assistant.town import ANALYZER, KNOWLEDGE
from tests.corpus.standin import HashEmbedder


@pytest.fixture
def retriever(town: Index, town_embedder: HashEmbedder) -> Retriever:
    return Retriever(town, town_embedder, ANALYZER, KNOWLEDGE)


def first(retriever: Retriever, town: Index, question: str, mode: Mode = "hybrid") -> str:
    return town.passage(retriever.search(question, 1, mode)[0].passage_id).text


def test_fusing_weighs_z_scores() -> None:
    # Scores of a, b and c: lexical 6, 2 and 2 (the lowest), z-scores √2, -√½ and -√½; dense .1, .9, .1: -√½, √2, -√½.
    lexical, dense = [Hit("a", 6.0), Hit("b", 2.0)], [Hit("b", 0.9), Hit("c", 0.1)]
    fused = fuse(["a", "b", "c"], [Ranking(lexical, 0.75), Ranking(dense, 0.25)])
    assert [h.passage_id for h in fused] == ["a", "b", "c"]
    root = 0.5**0.5
    assert [h.score for h in fused] == pytest.approx([1.25 * root, -0.25 * root, -root])


def test_fusing_passes_over_passages_that_are_no_candidates_but_for_the_lowest_score() -> None:
    # b is not found by this search, and counts as bad as the worst that is: 6 and 1, z-scores 1 and -1.
    hits = [Hit("a", 6.0), Hit("x", 5.0), Hit("y", 1.0)]
    assert fuse(["b", "a"], [Ranking(hits, 0.5)]) == [Hit("a", 0.5), Hit("b", -0.5)]


def test_fusing_with_nothing_keeps_the_order_of_the_other() -> None:
    hits = [Hit("a", 3.0), Hit("b", 1.0)]
    assert [h.passage_id for h in fuse(["a", "b"], [Ranking(hits, 0.5), Ranking([], 0.5)])] == ["a", "b"]
    assert [h.passage_id for h in fuse(["a", "b"], [Ranking([], 0.5), Ranking(hits, 0.5)])] == ["a", "b"]
    assert fuse([], [Ranking([], 1.0)]) == fuse([], []) == []


def test_passages_that_score_alike_come_in_the_order_of_their_ids() -> None:
    assert [h.passage_id for h in fuse(["b", "a"], [Ranking([Hit("b", 1.0), Hit("a", 1.0)], 0.5)])] == ["a", "b"]


HITS = st.dictionaries(st.sampled_from("abcdef"), st.floats(-100, 100)).map(
    lambda scores: [Hit(key, score) for key, score in scores.items()]
)


@given(HITS, HITS, st.floats(0, 1))
def test_fusing_keeps_every_passage_once_best_first(lexical: list[Hit], dense: list[Hit], weight: float) -> None:
    fused = fuse(["c", "a", "g"], [Ranking(lexical, 1 - weight), Ranking(dense, weight)])
    assert sorted(h.passage_id for h in fused) == ["a", "c", "g"]
    assert [h.score for h in fused] == sorted((h.score for h in fused), reverse=True)


@pytest.mark.parametrize("mode", ["bm25", "dense", "hybrid"])
def test_every_mode_finds_the_passage_with_the_words(retriever: Retriever, town: Index, mode: Mode) -> None:
    assert "kaj" in first(retriever, town, "Hamnkontoret önskar en ny kaj", mode)


def test_synonyms_are_searched_for_too(retriever: Retriever, town: Index, town_embedder: HashEmbedder) -> None:
    assert "bro" in first(retriever, town, "viadukt", "bm25")
    without = replace(KNOWLEDGE, synonym_groups=())
    assert Retriever(town, town_embedder, ANALYZER, without).search("viadukt", 1, "bm25") == []


def test_no_more_than_asked_for_and_of_the_documents_named_only(retriever: Retriever, town: Index) -> None:
    assert len(retriever.search("staden", 2)) == 2
    found = retriever.search("fontänen", 50, documents=frozenset({"bladet"}))
    assert {town.passage(h.passage_id).document_id for h in found} == {"bladet"}


def test_a_question_without_words_finds_something_only_by_its_vector(retriever: Retriever) -> None:
    assert retriever.search("???", 3, "bm25") == []
    assert len(retriever.search("???", 3)) == 3


def test_langchain_gets_documents_with_offsets(retriever: Retriever, town: Index) -> None:
    (found,) = CorpusRetriever(retriever=retriever, index=town, top_k=1).invoke("Fontänen kostar")
    place = found.metadata
    assert (place["document_id"], place["title"], place["section"]) in {
        ("plan", "Planen", "Kostnader"),
        ("bladet", "Bladet", "Bladet"),
    }
    assert town.document(place["document_id"]).text[place["start"] : place["end"]] == found.page_content


def test_few_documents_are_searched_exactly_as_a_filter_would(town):
    documents = frozenset(s.document_id for s in town.sources()[:2])
    ids = [p.passage_id for d in sorted(documents) for p in town.passages_of(d)]
    vector = town.vectors.vectors(ids[:1])[0]
    exact, filtered = town.dense(vector, len(ids), documents), town.vectors.search(vector, len(ids), documents)
    assert exact[0].passage_id == ids[0]
    assert sorted(h.passage_id for h in exact) == sorted(h.passage_id for h in filtered) == sorted(ids)
    assert [h.score for h in exact] == pytest.approx([h.score for h in filtered], abs=1e-3)
    assert town.dense(vector, 5, frozenset()) == town.dense(vector, 5, frozenset(["x"])) == []
