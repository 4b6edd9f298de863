"""Each way of spoiling an answer, on an answer small enough to see what it does."""

from dataclasses import replace
from random import Random

import pytest

from assistant.models import Answer
from corpus.models import Document, Span
from evals.mutation.edits import EDITS, Edit, cut_quote, flip_verdict, flip_word, negate_text, shift_label, shift_quote
from evals.scoring import AnsweredCase, score_case
from tests.evals.builders import MUNICIPALITY, STATE, make_answer, make_case, make_citation, make_document

TEXT = "Staten säger nej den 5 maj, men kommunen får pröva. SKR ser inga hinder."
FIRST, SECOND = (0, 51), (52, 72)
DOCUMENTS = {
    "d": replace(make_document(TEXT), sentences=(Span(*FIRST), Span(*SECOND))),
    "other": replace(make_document("Annat gäller där.", "other"), sentences=(Span(0, 17),)),
}
RIGHT = AnsweredCase(
    make_case(verdict="no", evidence=["Staten säger nej den 5 maj, men kommunen får pröva."]),
    make_answer(
        f"Nej. {TEXT[:51]} [1]\n\nTidigare (2024): {TEXT[52:]} [2]",
        verdict="no",
        citations=tuple(
            replace(make_citation(number, *span, quote=TEXT[slice(*span)]), context=TEXT)
            for number, span in ((1, FIRST), (2, SECOND))
        ),
    ),
)


def edited(edit: Edit, seed: int = 0, documents: dict[str, Document] = DOCUMENTS) -> Answer:
    answer = edit(RIGHT, documents, Random(seed))
    assert answer is not None
    return answer


def test_the_answer_is_right_before_it_is_spoilt() -> None:
    assert score_case(RIGHT, DOCUMENTS).right.value == 1.0


@pytest.mark.parametrize("edit", [edit for edits in EDITS.values() for edit in edits])
@pytest.mark.parametrize("seed", range(5))
def test_every_edit_changes_the_answer_and_is_caught(edit: Edit, seed: int) -> None:
    answer = edited(edit, seed)
    assert answer != RIGHT.answer
    assert score_case(AnsweredCase(RIGHT.case, answer), DOCUMENTS).right.value == 0.0


def test_verdict_is_turned_in_json_and_words_or_in_words_alone() -> None:
    assert (edited(flip_verdict).verdict, edited(flip_verdict).answer[:3]) == ("yes", "Ja.")
    assert (edited(flip_word).verdict, edited(flip_word).answer[:3]) == ("no", "Ja.")
    assert flip_verdict(replace(RIGHT, answer=replace(RIGHT.answer, verdict=None)), DOCUMENTS, Random(0)) is None


def test_negation_is_taken_out_where_there_is_one() -> None:
    quote = "Det går inte alls."
    one = make_answer(f"{quote} [1]", citations=(make_citation(1, 0, 18, quote=quote),))
    negated = negate_text(replace(RIGHT, answer=one), DOCUMENTS, Random(0))
    assert negated is not None
    assert negated.answer == "Det går alls. [1]"
    assert " inte " in edited(negate_text).answer


def test_numbers_shift_in_text_and_quote_alike() -> None:
    shifted = next(a for seed in range(9) if (a := shift_quote(RIGHT, DOCUMENTS, Random(seed))) is not None)
    assert shifted.citations[0].quote != TEXT[slice(*FIRST)]
    assert shifted.citations[0].quote in shifted.answer
    assert "(2025):" in edited(shift_label).answer


def test_a_clause_is_cut_so_that_the_citation_stays_true() -> None:
    answer = edited(cut_quote)
    assert answer.citations[0].quote == TEXT[: answer.citations[0].end] == "Staten säger nej den 5 maj"
    assert answer.answer.startswith("Nej. Staten säger nej den 5 maj [1]")


def test_what_cannot_be_spoilt_that_way_is_left_out() -> None:
    plain = make_answer("Staten säger nej. [1]", citations=(make_citation(1, *STATE),))
    one = AnsweredCase(make_case(evidence=["Staten säger nej."]), plain)
    documents = {"d": make_document()}
    names = {e.__name__ for es in EDITS.values() for e in es if e(one, documents, Random(0)) is None}
    assert names >= {"flip_verdict", "shift_text", "swap_markers", "cut_quote", "rename_document"}


def test_replaced_citations_are_true_of_the_document_they_name() -> None:
    for edit in (EDITS["swap_citation"][2], EDITS["other_document"][2]):
        citation = edited(edit).citations[0]
        assert DOCUMENTS[citation.document_id].text[citation.start : citation.end] == citation.quote
        assert citation.quote in edited(edit).answer
    assert MUNICIPALITY != STATE
