import pytest

from assistant.bodies import find_bodies
from assistant.question import understand
from assistant.terms import Term, asked_terms, question_terms
from corpus.lemmas import root
from corpus.swedish import tokenize
from tests.assistant.town import KNOWLEDGE, terms_of


def texts(question: str) -> list[str]:
    return [term.text for term in terms_of(understand(question))]


def only(question: str, english: bool = False) -> Term:
    (term,) = terms_of(understand(question), english)
    return term


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vad säger de om bron och fontänen?", ["bron", "fontänen"]),
        ("Vad är § 129?", ["129"]),
        ("Vad kostar huset? Och husen?", ["kostar", "huset"]),
        ("Vad fick de tre städerna?", ["städerna"]),
        ("Fick de tre hus?", ["tre", "hus"]),
    ],
)
def test_what_a_question_is_about(question: str, expected: list[str]) -> None:
    assert texts(question) == expected


def test_framing_words_are_what_it_is_about_where_nothing_else_is_left() -> None:
    assert texts("Tycker, säger") == ["Tycker", "säger"]


def test_a_body_is_one_term_under_all_its_names() -> None:
    for name in ("Parknämnden", "PN", "parknämndens"):
        term = only(name)
        assert (term.body_id, term.text) == ("parknamnden", "Parknämnden")
        assert "PN" in term.names
    assert only("hamnens kontor").body_id == "hamnkontoret"


def test_a_body_that_readers_take_for_granted_carries_less_weight() -> None:
    document, body = only("stadens utredning"), only("Parknämnden")
    assert document.documents == {"plan"}
    assert document.weight < body.weight


def test_synonyms_antonyms_and_abbreviations_come_from_the_language_data() -> None:
    assert only("bro").synonyms == {root("viadukt")}
    assert only("frivillig").antonyms == {root("obligatorisk")}
    assert only("SÖK").parts == (root("strategiska"), root("överenskommelsen"))
    assert only("oviktigt").antonyms == {root("viktigt")}


def test_an_english_word_stands_for_the_swedish_ones() -> None:
    assert only("bridge", english=True).forms == {root("bro")}
    assert root("bro") not in only("bridge").forms


def test_numbers_months_and_number_words_are_specific() -> None:
    question = understand("Byggdes tre hus i maj 2023?")
    specific = [t.text for t in terms_of(question) if t.specific]
    assert specific == ["tre", "maj", "2023"]
    assert [t.text for t in asked_terms(question, terms_of(question))] == ["Byggdes", "hus"]


def test_a_compound_has_the_roots_of_its_parts() -> None:
    assert only("försörjningsstödet").parts == (root("försörjning"), root("stöd"))
    assert only("bro").parts == ()


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    counts = {root("hus"): 90, root("fontän"): 1}
    question = understand("huset, fontänen och tunneln")
    terms = question_terms(question, KNOWLEDGE, lambda forms: {f: counts.get(f, 0) for f in forms}, 100)
    common, rare, unseen = (t.weight for t in terms)
    assert 0 < common < rare < unseen == 1.0


def test_a_question_on_something_else_than_yes_or_no_asks_for_all_its_terms() -> None:
    question = understand("Vad hände i maj 2023?")
    assert asked_terms(question, terms_of(question)) == terms_of(question)


def test_bodies_are_found_where_they_stand() -> None:
    tokens = tuple(tokenize("I hamnens kontor sitter PN och utredningen."))
    found = [(m.body_id, m.first, m.last, m.short) for m in find_bodies(tokens, KNOWLEDGE)]
    assert found == [("hamnkontoret", 1, 3, False), ("parknamnden", 4, 5, False), ("egen", 6, 7, True)]


def test_a_short_form_is_read_by_its_section() -> None:
    tokens = tuple(tokenize("Utredningens förslag"))
    assert [m.body_id for m in find_bodies(tokens, KNOWLEDGE, "plan", "Staten")] == ["statens"]
    assert [m.body_id for m in find_bodies(tokens, KNOWLEDGE, "plan", "Läget")] == ["egen"]


def test_a_light_verb_with_its_particle_is_read_as_one() -> None:
    light = next(t for t in terms_of(understand("Får staden ta bron?")) if t.text == "ta")
    whole = next(t for t in terms_of(understand("Får staden ta över bron?")) if t.text == "ta")
    assert (light.particle, whole.particle) == ("", "över")
