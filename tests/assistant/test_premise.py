import pytest

from assistant.answer import Assistant
from assistant.compose import DENIAL
from assistant.premise import is_denied, premise_of
from assistant.question import understand
from tests.assistant.town import rank, read


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("Varför fick staden en bro?", "Fick staden en bro?"),
        ("När byggdes bron?", "Byggdes bron?"),
        ("Hur länge gäller avtalet?", "Gäller avtalet?"),
        ("Sedan vilket år äger staden bron?", "Äger staden bron?"),
        ("Varför fick staden inte en bro?", ""),
        ("Hur många broar har staden?", ""),
        ("Vem byggde bron?", ""),
        ("Fick staden en bro?", ""),
    ],
)
def test_what_is_taken_for_granted_is_a_question_of_its_own(question: str, premise: str) -> None:
    assert premise_of(understand(question)) == premise


def test_a_denial_takes_the_place_of_what_bears_no_more_of_the_question() -> None:
    denial = "Staden har inte fått en bro."
    question, terms, ranked = rank(
        "När fick staden en bro?", read(denial, "Staden växte 2023.", "I maj 2023 fick staden en bro.")
    )
    denying, other, answer = (
        next(e for e in ranked if e.sentence.text.startswith(t)) for t in (denial, "Staden v", "I maj")
    )
    assert is_denied(question, terms, [], denying, ranked)
    assert is_denied(question, terms, [other], denying, ranked)
    assert not is_denied(question, terms, [answer], answer, ranked)  # it has the date that is asked for


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Varför var det regeringen som inrättade Tillväxtkommissionen i Malmö?", "Kommunstyrelsen beslutade"),
        ("Vilket år gick Malmö med i Familjen Helsingborg?", "Malmö ingår inte"),
        ("Hur länge gäller det undantag från lagen som Malmö har fått?", "inte finns några öppningar"),
    ],
)
def test_a_false_premise_is_denied(assistant: Assistant, question: str, words: str) -> None:
    answer = assistant.ask(question).answer
    assert answer.startswith(DENIAL)
    assert words in answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("När överlämnade kommissionen sin slutrapport?", "maj 2023"),
        ("Varför har förvaltningen inte simulerat effekterna?", "saknas konkreta förslag"),
        ("När trädde aktivitetskravet i kraft?", "1 juli 2026"),
    ],
)
def test_what_is_so_is_answered(assistant: Assistant, question: str, words: str) -> None:
    answer = assistant.ask(question).answer
    assert DENIAL not in answer
    assert words in answer
