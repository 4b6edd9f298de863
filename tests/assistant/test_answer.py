"""The whole path on the bundled documents: what the readers were promised, and what holds for any text at all."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import Assistant
from assistant.compose import VERDICT_WORDS
from assistant.models import Answer, Citation, Turn
from corpus.knowledge import load_knowledge
from tests.corpus.standin import HashEmbedder

INVESTIGATION = "malmo-forsoksverksamhet"
JUDGEMENT = (
    "Förvaltningen bedömer att det i nuläget inte finns några öppningar för försöksverksamhet i Malmö för "
    "arbetsmarknadsreformer som kräver undantag från befintlig lagstiftning."
)
EXEMPTION = "Kan Malmö få undantag från lagstiftningen?"


def later(answer: Answer) -> list[Citation]:
    """The citations that the answer gives for what has changed since."""
    changed = answer.answer.partition("Har ändrats sedan dess")[2]
    return [c for c in answer.citations if f"[{c.number}]" in changed]


def check_citations(assistant: Assistant, answer: Answer) -> None:
    """Every quote stands at its offsets, in its context, and has its number in the answer, and the other way round."""
    for citation in (*answer.citations, *answer.nearest):
        text = assistant.index.document(citation.document_id).text
        assert text[citation.start : citation.end] == citation.quote != ""
        end = citation.context_start + len(citation.context)
        assert text[citation.context_start : end] == citation.context
        assert citation.context_start <= citation.start < citation.end <= end
    numbers = [int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)]
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert set(numbers) == {c.number for c in answer.citations}
    assert all(c.answers for c in answer.citations)
    assert not any(c.answers for c in answer.nearest)


@pytest.mark.parametrize(
    "question",
    [
        EXEMPTION,
        "Kan Malmo fa undantag fran lagstiftningen?",
        "Hej! Kan Malmö få undantag från lagstifningen? Tack på förhand",
        "KAN MALMÖ FÅ UNDANTAG FRÅN LAGSTIFTNINGEN?",
    ],
)
def test_malmo_gets_no_exemption_by_the_administrations_own_judgement(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.verdict, answer.answer[:5]) == ("answered", "no", "Nej. ")
    first = answer.citations[0]
    assert (first.quote, first.document_id, first.section) == (JUDGEMENT, INVESTIGATION, "Sammanfattande bedömning")
    assert len(answer.citations) <= 3
    check_citations(assistant, answer)


def test_a_question_in_english_gets_the_same_verdict(assistant: Assistant) -> None:
    answer = assistant.ask("Can Malmö get an exemption from the legislation?")
    assert (answer.status, answer.verdict) == ("answered", "no")
    assert JUDGEMENT in [c.quote for c in answer.citations]
    check_citations(assistant, answer)


def test_trials_within_the_rules_are_possible(assistant: Assistant) -> None:
    answer = assistant.ask("Får Malmö bedriva försök inom gällande regelverk?")
    assert (answer.status, answer.verdict, answer.answer[:4]) == ("answered", "yes", "Ja. ")
    assert answer.citations[0].document_id == INVESTIGATION
    assert "gällande regelverk" in answer.citations[0].quote


def test_what_it_cost_is_not_in_the_sources(assistant: Assistant) -> None:
    answer = assistant.ask("Vad kostade utredningen?")
    assert (answer.status, answer.verdict, answer.citations, answer.as_of) == ("not_in_sources", None, (), None)
    assert answer.answer == "Det framgår inte av underlaget."
    assert 0 < len(answer.nearest) <= 3
    check_citations(assistant, answer)


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("", "empty", "Skriv en fråga"),
        ("  \n ", "empty", "Skriv en fråga"),
        ("?!", "empty", "Skriv en fråga"),
        ("a" * 5000, "too_long", "högst 2000 tecken"),
        ("Hej!", "not_a_question", "Ställ en fråga"),
        ("Tack så mycket!", "not_a_question", "Ställ en fråga"),
        ("Får 811228-9874 försörjningsstöd?", "personal_data", "personnummer"),
        ("Was kostet die Untersuchung und wer hat sie bezahlt?", "not_a_question", "på svenska"),
    ],
)
def test_what_is_no_question_gets_a_polite_answer(assistant: Assistant, text: str, status: str, words: str) -> None:
    answer = assistant.ask(text)
    assert (answer.status, answer.verdict, answer.citations, answer.nearest) == (status, None, (), ())
    assert words in answer.answer
    assert answer.question == text


@pytest.mark.parametrize(
    "question", ["Hur högt är Eiffeltornet?", "Vem vann fotbolls-VM?", "Hur bakar man en sockerkaka?"]
)
def test_a_question_on_something_else_is_not_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "not_in_sources"


@pytest.mark.parametrize(
    "question",
    [
        "Vad säger SKR om undantag?",
        "Vem beslutade om utredningen?",
        "När lämnade kommissionen sin slutrapport?",
        "Varför lyckades inte Familjen Helsingborgs försök?",
        "Vad innebär aktivitetskravet?",
    ],
)
def test_at_most_three_citations_beside_what_has_changed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert 1 <= len(answer.citations) - len(later(answer)) <= 3
    check_citations(assistant, answer)


@pytest.mark.parametrize(
    "question",
    [
        "Vilka nationella reformer är på gång?",
        "Lista samhällsutmaningarna",
        "Vilka förslag finns om försöksverksamhet?",
    ],
)
def test_a_list_has_at_most_eight(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert 1 <= len(answer.citations) - len(later(answer)) <= 8
    check_citations(assistant, answer)


def test_what_has_changed_since_the_investigation_is_told_with_its_date(assistant: Assistant) -> None:
    answer = assistant.ask("Vad säger utredningen om det föreslagna aktivitetskravet?")
    overtaken = [c for c in answer.citations if c.updated]
    assert overtaken
    assert overtaken[0].document_id == INVESTIGATION
    assert re.search(r"Har ändrats sedan dess \(från (\d+ )?\w* ?2026\): ", answer.answer)
    assert all(c.kind == "faktablad" and c.date > overtaken[0].date for c in later(answer))
    assert later(answer)
    assert answer.as_of == max(c.date for c in answer.citations)


def test_a_question_on_today_gets_what_holds_today(assistant: Assistant) -> None:
    answer = assistant.ask("Gäller aktivitetskravet nu?")
    assert (answer.verdict, answer.citations[0].kind) == ("yes", "faktablad")
    assert "Tidigare (juni 2024): " in answer.answer
    assert answer.citations[-1].document_id == INVESTIGATION


def test_a_follow_up_leans_on_what_was_asked(assistant: Assistant) -> None:
    first = assistant.ask("Vad säger SKR om undantag från lagstiftningen?")
    assert "SKR" in first.citations[0].quote
    second = assistant.ask("Och departementet då?", [Turn(first.question, first.answer)])
    assert second.status == "answered"
    assert second.question == "Och departementet då?"
    assert any("Arbetsmarknadsdepartementet" in c.context for c in second.citations)
    assert not any("SKR:s bedömning" in c.quote for c in second.citations)
    check_citations(assistant, second)


def test_two_questions_in_one_message_are_both_answered(assistant: Assistant) -> None:
    answer = assistant.ask(f"Vad kostade utredningen? {EXEMPTION}")
    unknown, known = answer.answer.split("\n\n", 1)
    assert unknown == "»Vad kostade utredningen?» – Det framgår inte av underlaget."
    assert known.startswith("Nej. Förvaltningen bedömer")
    assert answer.verdict == "no"
    check_citations(assistant, answer)


def test_the_answer_says_where_it_comes_from(assistant: Assistant) -> None:
    answer, again = assistant.ask(EXEMPTION), assistant.ask(EXEMPTION)
    assert answer.generation == assistant.index.manifest.generation
    assert (answer.answerer, answer.question) == ("extractive", EXEMPTION)
    assert answer.elapsed_ms > 0
    assert answer.id != again.id
    assert (answer.answer, answer.citations) == (again.answer, again.citations)


def test_the_longest_question_is_a_setting(assistant: Assistant) -> None:
    short = Assistant(assistant.index, HashEmbedder(), load_knowledge(), max_question_chars=20)
    assert short.ask(EXEMPTION).status == "too_long"
    assert "högst 20 tecken" in short.ask(EXEMPTION).answer


# The reader's own text may come back in the answer, where a bracketed number would look like a citation.
CHARACTERS = st.characters(codec="utf-8", exclude_characters="[")
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *(
                "Kan Malmö",
                "få undantag",
                "från lagstiftningen?",
                "Vad säger SKR",
                "om försök?",
                "När",
                "Vem beslutade",
            ),
            *("aktivitetskravet", "i maj 2023", "inte", "Lista", "§ 129", "och", "Hej!", "<b>", "\n", "Varför?", "SÖK"),
            *("försöksverksamhet", "Arbetsförmedlingen", "är det så att", "utredningen", "\x00", "🙂", "?"),
        ]
    ),
    max_size=12,
).map(" ".join)
TEXTS = st.one_of(st.text(CHARACTERS, max_size=500), FRAGMENTS)
TURNS = st.builds(Turn, TEXTS, st.text(max_size=20))
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(text=TEXTS)
def test_any_text_gets_an_answer_that_can_be_checked(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.question == text
    assert answer.answer
    assert (answer.status == "answered") == bool(answer.citations)
    assert answer.verdict is None or f"{VERDICT_WORDS[answer.verdict]}." in answer.answer
    check_citations(assistant, answer)


@SLOW
@given(text=FRAGMENTS, history=st.lists(TURNS, max_size=3))
def test_any_history_gets_an_answer_that_can_be_checked(assistant: Assistant, text: str, history: list[Turn]) -> None:
    check_citations(assistant, assistant.ask(text, history))


def test_the_sources_of_a_question_are_told_without_an_answer_being_written(assistant):
    assert INVESTIGATION in assistant.sources_of(EXEMPTION)
    assert assistant.sources_of("Vad kostar en resa till månen?") == frozenset()
    assert INVESTIGATION in assistant.sources_of("Vilka aktörer nämns?")
