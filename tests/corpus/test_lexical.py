import pytest

from corpus.errors import IndexUnavailable
from corpus.lexical import FieldBoosts, LexicalEntry, LexicalIndex, LexicalWriter

ENTRIES = [
    LexicalEntry("a:0", "a", ["cykelban", "bygg", "bygg"], ["cykel", "ban"], ["plan"]),
    LexicalEntry("a:1", "a", ["bat", "segl"], [], ["plan"]),
    LexicalEntry("b:0", "b", ["cykel", "stk-2023-602", "2023:94"], [], ["rapport"]),
    LexicalEntry("b:1", "b", ["plan", "tag"], [], []),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("generation")
    with LexicalWriter(folder) as writer:
        for entry in ENTRIES:
            writer.add(entry)
    return LexicalIndex(folder)


def ids(hits) -> list[str]:
    return [hit.passage_id for hit in hits]


def test_a_term_is_found_as_word_before_it_is_found_as_part(index):
    assert index.n_passages == 4
    assert ids(index.search({"cykel": 1.0}, {}, 10)) == ["b:0", "a:0"]


def test_a_part_of_the_question_is_not_looked_for_in_titles(index):
    assert ids(index.search({}, {"plan": 1.0}, 10)) == ["b:1"]


def test_titles_count_less_than_words(index):
    hits = index.search({"plan": 1.0}, {}, 10)
    assert ids(hits)[0] == "b:1"
    assert set(ids(hits)) == {"b:1", "a:0", "a:1"}
    assert ids(index.search({"plan": 1.0}, {}, 10, boosts=FieldBoosts(title=0.0))) == ["b:1"]


def test_weights_decide(index):
    assert ids(index.search({"bat": 1.0, "tag": 0.5}, {}, 10)) == ["a:1", "b:1"]
    assert ids(index.search({"bat": 0.5, "tag": 1.0}, {}, 10)) == ["b:1", "a:1"]
    assert index.search({"bat": 2.0}, {}, 1)[0].score == pytest.approx(2 * index.search({"bat": 1.0}, {}, 1)[0].score)


@pytest.mark.parametrize("term", ["stk-2023-602", "2023:94"])
def test_identifiers_are_terms_like_any_other(index, term):
    assert ids(index.search({term: 1.0}, {}, 10)) == ["b:0"]


def test_only_the_documents_asked_for(index):
    assert ids(index.search({"cykel": 1.0}, {}, 10, frozenset({"a"}))) == ["a:0"]
    assert index.search({"cykel": 1.0}, {}, 10, frozenset()) == []
    inside = index.search({"cykel": 1.0}, {}, 10, frozenset({"a", "b"}))
    assert [hit.score for hit in inside] == pytest.approx([h.score for h in index.search({"cykel": 1.0}, {}, 10)])


def test_no_terms_or_no_room_find_nothing(index):
    assert index.search({}, {}, 10) == []
    assert index.search({"cykel": 1.0}, {}, 0) == []
    assert index.search({"(": 1.0, "§ 129:": 1.0, "": 1.0}, {}, 10) == []
    assert len(index.search({"plan": 1.0}, {}, 2)) == 2


def test_a_missing_or_damaged_index_says_so(tmp_path):
    with pytest.raises(IndexUnavailable, match="python -m ingest sync"):
        LexicalIndex(tmp_path)
    (tmp_path / "lexical").mkdir()
    (tmp_path / "lexical" / "meta.json").write_text("{")
    with pytest.raises(IndexUnavailable, match="python -m ingest sync"):
        LexicalIndex(tmp_path)
