import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.followup import make_whole
from assistant.models import Turn
from tests.assistant.town import KNOWLEDGE

VIEW = "Vad säger Parknämnden om bron?"


def whole(question: str, *earlier: str) -> str:
    return make_whole(question, [Turn(q, "Ett svar.") for q in earlier], KNOWLEDGE)


@given(st.text(max_size=200))
def test_without_history_a_question_stays_as_it_is(text: str) -> None:
    assert make_whole(text, [], KNOWLEDGE) == text.strip()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Och Hamnkontoret då?", "Vad säger Hamnkontoret om bron?"),
        ("Och vad säger Hamnkontoret?", "Vad säger Hamnkontoret om bron?"),
        ("Men vad tycker Hamnkontoret om saken?", "Vad säger Hamnkontoret om bron?"),
        ("Hur är det med Hamnkontoret?", "Vad säger Hamnkontoret om bron?"),
        ("What about Hamnkontoret?", "Vad säger Hamnkontoret om bron?"),
        ("Och fontänen då?", "Vad säger Parknämnden om fontänen?"),
        ("Varför?", "Varför säger Parknämnden om bron?"),
        ("När var det?", "När var det säger Parknämnden om bron?"),
    ],
)
def test_what_a_follow_up_leaves_unsaid_comes_from_the_question_before(question: str, expected: str) -> None:
    assert whole(question, VIEW) == expected


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("Och vem är chef?", "Vem leder Hamnkontoret?", "vem är chef (Hamnkontoret)?"),
        ("å chef?", "vem är ordförande i Hamnkontoret", "vem är chef (Hamnkontoret)?"),
        ("Och fontänen?", "Vad är bron?", "Vad är fontänen?"),
        ("När började den gälla?", "Vad säger planen om avgiften?", "När började den gälla (avgiften)?"),
        ("Vilka omfattas?", "När gäller avgiften?", "Vilka omfattas (avgiften)?"),
        (
            "Ser de några möjligheter att bygga?",
            "Vad säger Hamnkontoret om bron?",
            "Ser Hamnkontoret några möjligheter att bygga?",
        ),
        ("Vad hette den som ritade bron?", "Vad säger Hamnkontoret?", "Vad hette den som ritade bron?"),
        ("Var någonstans då?", "Vad är det för broar som staden bygger?", "Var är det för broar som staden bygger?"),
        ("Och vad kostar en parkering?", "Vad säger Hamnkontoret om bron?", "vad kostar en parkering?"),
    ],
)
def test_what_is_asked_of_decides_what_is_added(question: str, before: str, expected: str) -> None:
    assert whole(question, before) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Vad kostar fontänen?",
        "Finns det någon fontän i staden?",
        "Är det möjligt att bygga tunnlar?",
        "Och vem bestämmer egentligen över alla stora vägar i hela landet?",
    ],
)
def test_a_question_that_stands_by_itself_does_not_drag_the_old_subject_along(question: str) -> None:
    assert whole(question, VIEW) == question


def test_a_pronoun_takes_the_name_of_the_body() -> None:
    assert whole("När lämnade den sitt svar?", VIEW) == "När lämnade Parknämnden sitt svar?"


def test_a_pronoun_without_a_body_takes_what_the_question_was_about() -> None:
    assert whole("Vem bestämmer det?", "Vad kostar fontänen?") == "Vem bestämmer det (kostar fontänen)?"


def test_a_body_is_asked_about_the_matter_where_none_was_named() -> None:
    assert whole("Och Hamnkontoret då?", "Behövs en bro?") == "Vad säger Hamnkontoret om Behövs en bro?"


def test_follow_ups_lean_on_one_another() -> None:
    asked = whole("Och Parknämnden då?", VIEW, "Och Hamnkontoret då?")
    assert asked == VIEW


def test_a_greeting_before_leads_nowhere() -> None:
    assert whole("Och Hamnkontoret då?", "Hej!") == "Och Hamnkontoret då?"


def test_only_the_latest_turns_count() -> None:
    many = ["Vad säger Parknämnden om bron?", *["Vad kostar fontänen?"] * 6]
    assert "Parknämnden" not in whole("Vem bestämmer det?", *many)


@given(st.lists(st.text(max_size=60), max_size=8), st.text(max_size=60))
def test_any_history_makes_some_question(earlier: list[str], question: str) -> None:
    asked = whole(question, *earlier)
    assert asked == asked.strip()
    assert bool(asked) >= bool(question.strip())


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("är kivik med", "vilka är med i hamnrådet", "är kivik med (med i hamnrådet)?"),
        ("hur mycket får man", "vad är stödet", "hur mycket får man (stödet)?"),
        ("o var söker man", "vad är stödet", "var söker man (stödet)?"),
        ("och i Skåne?", "Hur hög är tullen i Lund?", "Hur hög är tullen i Skåne?"),
        ("och 2028", "vad kostar bron 2026", "vad kostar bron 2028"),
        ("Och taket?", "Gäller kravet nu?", "Gäller taket nu?"),
        ("Och Kivik?", "Får Hamnkontoret pengar?", "Får Kivik pengar?"),
        ("sen när", "Vem är chef för Hamnkontoret?", "när är chef för Hamnkontoret?"),
        ("Är kravet obligatoriskt?", "Vad säger Hamnkontoret om bron?", "Är kravet obligatoriskt?"),
        ("Gäller kravet alla?", "Vad säger Hamnkontoret om bron?", "Gäller kravet alla?"),
        ("Och i Lund?", "Hur många bor i husen i Kivik?", "Hur många bor i husen i Kivik i Lund?"),
        ("Och i februari?", "Hur många bodde i Kivik?", "Hur många bodde i Kivik i februari?"),
        ("Och bidragstaket?", "Vad säger Hamnkontoret om bron?", "Vad säger Hamnkontoret om bidragstaket?"),
        ("vad kan du hjälpa mig med", "vad är stödet", "vad kan du hjälpa mig med"),
        ("Vad kostar en parkering?", "vad är stödet", "Vad kostar en parkering?"),
    ],
)
def test_what_is_left_out_without_a_word_for_it_comes_from_the_question_before(
    question: str, before: str, expected: str
) -> None:
    assert whole(question, before) == expected


def test_what_was_left_out_once_is_left_out_again() -> None:
    assert whole("o var söker man", "vad är stödet", "hur mycket får man") == "var söker man (stödet)?"
