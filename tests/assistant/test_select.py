from assistant.evidence import Evidence
from assistant.select import MOST_CITATIONS, MOST_LISTED, choose, denials, is_answer
from tests.assistant.town import ANALYZER, rank, read


def chosen(question: str, *sentences: str) -> list[str]:
    asked, terms, ranked = rank(question, read(*sentences))
    return [e.sentence.text for e in choose(asked, terms, ranked)]


def answers(question: str, sentence: str) -> bool:
    asked, terms, (evidence,) = rank(question, read(sentence))
    return is_answer(asked, terms, evidence)


def test_the_sentence_that_answers_is_chosen_and_the_one_beside_it_is_not() -> None:
    sentences = ("Tunneln målades grön av staden.", "Hamnen växer varje år.")
    assert chosen("Vem målade tunneln grön?", *sentences) == [sentences[0]]


def test_nothing_is_chosen_where_nothing_answers() -> None:
    assert chosen("Vad heter stadens borgmästare?", "Tunneln är grön.", "Hamnen växer.") == []
    assert chosen("Vad heter stadens borgmästare?") == []


def test_a_question_on_when_money_or_number_needs_the_value() -> None:
    assert answers("När invigdes tunneln?", "Tunneln invigdes i maj 2023.")
    assert not answers("När invigdes tunneln?", "Tunneln invigdes av staden.")
    assert not answers("Vad kostade tunneln?", "Tunneln kostade skjortan.")
    assert not answers("Hur många tunnlar finns i staden?", "Tunnlar finns i staden.")


def test_a_number_in_the_question_must_stand_in_the_answer() -> None:
    assert answers("Vad står i SOU 2023:94?", "Tunneln står i SOU 2023:94.")
    assert not answers("Vad står i SOU 2023:94?", "Tunneln står i SOU 2022:59.")


def test_at_most_three_are_quoted_and_more_only_of_a_list() -> None:
    many = [f"Tunnel nummer {n} i staden är grön." for n in range(12)]
    assert len(chosen("Hur är stadens tunnel?", *many)) == MOST_CITATIONS == 3
    assert len(chosen("Vilka är stadens tunnlar?", *many)) == MOST_LISTED == 8


def test_the_best_comes_first() -> None:
    asked, terms, ranked = rank("Vilken färg har stadens tunnel?", read("Stadens tunnel.", "Stadens tunnel har färg."))
    found = choose(asked, terms, ranked)
    scores = [e.score for e in found]
    assert scores == sorted(scores, reverse=True)
    assert found[0].sentence.text == "Stadens tunnel har färg."


def denied(question: str, *sentences: str) -> list[Evidence]:
    asked, terms, ranked = rank(question, read(*sentences))
    return denials(asked, terms, ranked, ANALYZER)


def test_a_false_premise_is_met_by_the_sentence_that_denies_it() -> None:
    (found,) = denied("Vilket stöd har staden fått?", "Staden har inte fått något stöd.", "Hamnen växer.")
    assert found.sentence.text == "Staden har inte fått något stöd."
    assert denied("Vilket stöd har staden fått?", "Staden har fått stöd.", "Hamnen växer.") == []
    assert denied("Vilket stöd har staden fått?", "Hamnen har inte fått fisk.") == []


def test_who_and_how_many_may_just_not_be_told() -> None:
    assert denied("Vem har fått stöd av staden?", "Staden har inte gett stöd.") == []
    assert denied("Vilket stöd har staden inte fått?", "Staden har inte fått något stöd.") == []


def test_a_reason_goes_before_what_only_has_more_of_the_words() -> None:
    reason = "Tunneln i staden är grön eftersom färgen fanns."
    assert chosen("Varför är tunneln i staden grönare nu?", "Tunneln i staden är grönare nu.", reason) == [reason]
