from assistant.search_query import AskedWord, read_query
from tests.assistant.town import ANALYZER, KNOWLEDGE


def test_a_swedish_question_is_searched_by_terms_synonyms_and_parts() -> None:
    query = read_query("Får cykelbanan en bro?", ANALYZER, KNOWLEDGE)
    assert query.terms == {"cykelban": 1.0, "bro": 1.0, "viadukt": 0.4, **{t: 0.4 for t in query.terms if "vag" in t}}
    assert query.parts.keys() >= {"cykel", "bro", "cykelban"}
    assert query.texts == ("Får cykelbanan en bro?",)
    assert [word.forms for word in query.words] == [("cykelbanan",), ("bro",)]
    assert query.words[1].terms == frozenset({"bro"})


def test_an_english_question_is_searched_by_swedish_words_beside_its_own() -> None:
    query = read_query("Who will build the bridge to Limhamn?", ANALYZER, KNOWLEDGE)
    # The word list of the town has "bygga" and "bro"; the general list adds more, each worth less than the one before.
    assert query.terms["bygg"] == query.terms["bro"] == 1.0
    assert {"limhamn", "bridg"} <= query.terms.keys()
    assert query.texts == ("Who will build the bridge to Limhamn?", "bygga bro limhamn")
    assert [word.forms[0] for word in query.words] == ["build", "bridge", "limhamn"]
    assert query.words[2] == AskedWord(("limhamn",), frozenset({"limhamn"}))


def test_a_question_of_stop_words_alone_looks_for_nothing() -> None:
    query = read_query("Vad är det?", ANALYZER, KNOWLEDGE)
    assert (query.terms, query.words) == ({}, ())
