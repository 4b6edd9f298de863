import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.kind import Kind
from assistant.question import Question, understand


def framed(question: Question) -> list[str]:
    return [t.text for t in question.tokens if t.start in question.frame]


def focused(question: Question) -> list[str]:
    return [t.text for t in question.tokens if t.start in question.focus]


def test_greetings_are_gone_and_tokens_point_into_what_is_left() -> None:
    question = understand("Hej! Vad kostar bron? Tack!")
    assert question.text == "Vad kostar bron?"
    assert all(question.text[t.start : t.end] == t.text for t in question.tokens)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Får Malmö undantag?", False),
        ("Kan inte Malmö få undantag?", False),
        ("Är det inte så att Malmö får undantag?", False),
        ("Är det inte möjligt att bygga?", False),
        ("Saknar kommunen pengar?", True),
        ("Är det omöjligt att bygga?", True),
        ("Är det så att Malmö inte får undantag?", True),
        ("Stämmer det att det saknas pengar?", True),
        ("Saknar kommunen inte pengar?", True),  # expects that it lacks them
        ("Stämmer det att kommunen inte saknar pengar?", False),
        ("Is it impossible to build?", True),
        ("Får Malmö undantag, ja eller nej?", False),
        ("undantag för Malmö, eller inte?", False),
        ("Gäller det bara hus och inte broar?", False),
        ("Kan staden bygga när ingen annan vill?", False),
        ("Stämmer det att beslutet om broar inte gäller?", True),
    ],
)
def test_whether_a_denial_is_put_up_for_judgement(text: str, negated: bool) -> None:
    question = understand(text)
    assert question.kind is Kind.YES_NO
    assert question.negated is negated


def test_only_a_yes_no_question_puts_something_up_for_judgement() -> None:
    question = understand("Vad saknar kommunen?")
    assert (question.negated, question.focus) == (False, frozenset())


def test_words_that_only_frame_the_question() -> None:
    assert framed(understand("Vad säger SKR om bron?")) == ["säger"]
    assert framed(understand("Vilken nämnd ansvarar för bron?")) == ["nämnd"]
    assert framed(understand("Vilket diarienummer har bron?")) == ["diarienummer"]


def test_the_focus_of_a_cleft_question() -> None:
    assert focused(understand("Var det kommunstyrelsen som byggde bron?")) == ["kommunstyrelsen"]
    assert focused(understand("Gick ärendet till kommunstyrelsen?")) == ["kommunstyrelsen"]
    assert focused(understand("Byggde kommunstyrelsen bron?")) == []


@pytest.mark.parametrize(
    ("text", "as_written"),
    [
        ("Vad gäller enligt utredningen?", True),
        ("Vad gällde när utredningen skrevs?", True),
        ("Vad gäller?", False),
        ("Vad gäller enligt SKR?", False),
    ],
)
def test_whether_the_time_of_the_document_is_asked_for(text: str, as_written: bool) -> None:
    assert understand(text).as_written is as_written


def test_what_a_question_wants() -> None:
    assert understand("Vilka broar finns?").wants_list
    assert understand("Ge några exempel på broar").wants_list
    assert not understand("Vad kostar bron?").wants_list
    assert understand("Vad anser SKR om bron?").asks_position
    assert not understand("Vad kostar bron?").asks_position


def test_plain_words_take_the_place_of_fixed_phrases_but_the_kind_is_as_asked() -> None:
    question = understand("När ska lagen träda i kraft?", "När ska lagen börja gälla?")
    assert (question.text, question.kind) == ("När ska lagen börja gälla?", Kind.WHEN)


@given(st.text(max_size=200))
def test_any_text_is_understood_somehow(text: str) -> None:
    question = understand(text)
    starts = {t.start for t in question.tokens}
    assert question.frame <= starts
    assert question.focus <= starts
    assert all(question.text[t.start : t.end] == t.text for t in question.tokens)
