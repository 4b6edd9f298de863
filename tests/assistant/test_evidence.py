import pytest

from assistant.evidence import MATCH, match, score_sentences
from assistant.kind import Kind
from assistant.question import understand
from tests.assistant.town import rank, read, terms_of


def best(question: str, *sentences: str) -> str:
    """The sentence that ranks first."""
    _, _, ranked = rank(question, read(*sentences))
    return ranked[0].sentence.text


def test_coverage_is_the_share_of_the_terms_that_a_sentence_bears() -> None:
    (sentence,) = read("Bron målades grön.")
    _, terms, (evidence,) = rank("bron, fontänen och parken", [sentence])
    assert [t.text for t in terms] == ["bron", "fontänen", "parken"]  # equally rare
    assert evidence.coverage_ratio == pytest.approx(1 / 3)
    assert evidence.missing_ratio == pytest.approx(2 / 3)
    assert evidence.missing == ("fontänen", "parken")


def test_a_sentence_with_all_terms_misses_nothing_and_ranks_first() -> None:
    _, _, ranked = rank("Vad kostar bron?", read("Bron målades grön.", "Bron kostar tre miljoner kronor."))
    assert (ranked[0].coverage_ratio, ranked[0].missing) == (1.0, ())
    assert ranked[0].sentence.text == "Bron kostar tre miljoner kronor."


def test_kinds_of_match_from_the_word_itself_down_to_nothing() -> None:
    (term,) = terms_of(understand("tunnel"))
    values = [match(term, read(text)[0]) for text in ("En tunnel.", "En gångtunnel.", "En underfart.", "En väg.")]
    assert values == [MATCH["form"], MATCH["compound"], MATCH["synonym"], 0.0]


def test_a_compound_is_met_by_its_parts_apart() -> None:
    (term,) = terms_of(understand("försörjningsstöd"))
    assert match(term, read("Staden ger stöd till försörjning.")[0]) == MATCH["split"]
    assert match(term, read("Staden ger stöd.")[0]) == MATCH["head"]


def test_numbers_match_only_themselves() -> None:
    (term,) = terms_of(understand("2023:94"))
    assert match(term, read("Det står i SOU 2023:94.")[0]) == 1.0
    assert match(term, read("Det står i SOU 2022:59.")[0]) == 0.0


def test_a_body_is_met_under_any_of_its_names_and_by_what_came_before() -> None:
    (term,) = terms_of(understand("Parknämnden"))
    named, leaning, other = read("PN har bänkar.", "Därför köps fler bänkar.", "Hamnkontoret köper båtar.")
    assert match(term, named) == 1.0
    assert 0 < match(term, other) < match(term, leaning) < 1.0


def test_a_heading_counts_less_than_the_sentence() -> None:
    (term,) = terms_of(understand("bro"))
    (below,) = read("Staden tänker bygga den.", heading="Ny bro")
    assert 0 < match(term, below) < MATCH["form"]


def test_a_question_on_when_prefers_the_sentence_with_the_date() -> None:
    assert best("När byggdes bron?", "Staden byggde bron.", "Bron byggdes i maj 2023.") == "Bron byggdes i maj 2023."


def test_a_question_on_a_view_prefers_the_body_that_holds_it() -> None:
    sentences = ("Hamnkontoret bedömer att Parknämnden får en bro.", "Parknämnden bedömer att en bro behövs.")
    assert best("Vad anser Parknämnden om en bro?", *sentences) == sentences[1]


def test_the_primary_document_goes_first() -> None:
    own, other = read("Bron är grön."), read("Bron är grön.", document_id="annat", primary=False)
    _, _, ranked = rank("Vilken färg har bron?", [*other, *own])
    assert [e.sentence.document_id for e in ranked] == ["plan", "annat"]


def test_similarity_tells_sentences_apart_that_bear_as_much() -> None:
    question = understand("Vad är en bro?")
    sentences = read("Vår bro.", "Deras bro.")
    ranked = score_sentences(question, terms_of(question), sentences, {0: 0.1, 1: 0.9})
    assert [e.similarity for e in ranked] == [0.9, 0.1]
    assert ranked[0].sentence.text == "Deras bro."


def test_what_is_put_up_for_judgement_need_not_be_there() -> None:
    question, _, (evidence,) = rank("Byggdes bron 2023?", read("Bron byggdes 2024."))
    assert question.kind is Kind.YES_NO
    assert (evidence.coverage_ratio, evidence.missing) == (1.0, ())
