from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dates import swedish_date
from assistant.web.reading import (
    Block,
    Quoted,
    Run,
    badge,
    blocks,
    in_context,
    kind_word,
    steps,
    web_address,
    widened,
    without_verdict,
)
from tests.assistant.standin import ANSWER, CITATION, DOCUMENT, END, PARAGRAPH, QUOTE, TEXT

SECOND = replace(CITATION, number=2)
NBSP = "\N{NO-BREAK SPACE}"


def test_references_are_cut_out_where_there_is_a_citation_and_stay_text_elsewhere():
    assert blocks("Först [1]. Sedan [2][7].", [CITATION, SECOND]) == (
        Block(
            item=False,
            runs=(Run(f"Först{NBSP}"), Run("1", CITATION), Run(f". Sedan{NBSP}"), Run("2", SECOND), Run("[7].")),
        ),
    )


def test_lines_are_paragraphs_and_marked_lines_are_items():
    found = blocks("Två saker:\n\n- Det ena\n• Det andra\n1. Det tredje\n\n2024 var året.", [])
    assert [(block.item, block.runs[0].text) for block in found] == [
        (False, "Två saker:"),
        (True, "Det ena"),
        (True, "Det andra"),
        (True, "Det tredje"),
        (False, "2024 var året."),
    ]


def test_each_cited_statement_is_a_paragraph_of_its_own():
    found = blocks("Ja. Det ena [1] [2] Det andra, se [1] och mer. [2]", [CITATION, SECOND])
    assert ["".join(run.text for run in block.runs) for block in found] == [
        f"Ja. Det ena{NBSP}1{NBSP}2",
        f"Det andra, se{NBSP}1 och mer.{NBSP}2",
    ]


def test_steps_grow_by_a_sentence_and_end_with_the_whole():
    text = "Nej. Så står det. [1] Och så. [2]\n\nSenare ändrat: så. [3]"
    assert steps(text) == (
        "Nej. ",
        "Nej. Så står det. ",
        "Nej. Så står det. [1]",
        "Nej. Så står det. [1] Och så. ",
        "Nej. Så står det. [1] Och så. [2]",
        "Nej. Så står det. [1] Och så. [2]\n\n",
        "Nej. Så står det. [1] Och så. [2]\n\nSenare ändrat: ",
        "Nej. Så står det. [1] Och så. [2]\n\nSenare ändrat: så. ",
        text,
    )
    assert steps("") == ()


@given(st.text())
def test_steps_are_beginnings_each_longer_than_the_one_before(text):
    shown = steps(text)
    assert all(text.startswith(part) for part in shown)
    assert all(len(one) < len(next_one) for one, next_one in pairwise(shown))
    if text.strip():
        assert shown[-1] == text


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"verdict": "yes"}, "Ja"),
        ({"verdict": "no"}, "Nej"),
        ({"verdict": "partly"}, "Delvis"),
        ({"verdict": None}, ""),
        ({"verdict": None, "status": "not_in_sources"}, "Framgår inte"),
        ({"verdict": None, "status": "empty"}, ""),
        ({"verdict": None, "status": "unavailable"}, ""),
    ],
)
def test_the_badge_says_the_verdict_in_a_word(changes, word):
    assert badge(replace(ANSWER, **changes)) == word


def test_the_verdict_is_not_said_twice():
    assert without_verdict("Nej. Det finns inga öppningar.") == "Det finns inga öppningar."
    assert without_verdict("Jag vet. Nej. Ja.") == "Jag vet. Nej. Ja."
    assert without_verdict("Nej.") == "Nej."


def test_the_quote_is_found_in_its_paragraph_at_its_offsets():
    # The paragraph begins at 100 and the quote at 125: "Staten gick inte vidare. " is 25 characters long.
    assert in_context(CITATION) == Quoted("Staten gick inte vidare. ", QUOTE, " Annat är möjligt.")
    assert f"Staten gick inte vidare. {QUOTE} Annat är möjligt." == PARAGRAPH


def test_a_paragraph_that_does_not_hold_the_quote_is_left_out():
    for broken in (replace(CITATION, start=126), replace(CITATION, context=""), replace(CITATION, context_start=500)):
        assert in_context(broken) == Quoted("", QUOTE, "")


def test_a_quote_that_is_a_whole_paragraph_gets_its_neighbours_of_the_same_section():
    whole = replace(CITATION, start=100, end=END, quote=PARAGRAPH)
    # The paragraph before it belongs to another section; the one after it begins two line breaks later.
    assert in_context(widened(whole, DOCUMENT)) == Quoted("", PARAGRAPH, "\n\nDärefter.")
    last = replace(
        CITATION, start=END + 2, end=len(TEXT), quote="Därefter.", context="Därefter.", context_start=END + 2
    )
    assert in_context(widened(last, DOCUMENT)) == Quoted(f"{PARAGRAPH}\n\n", "Därefter.", "")


def test_a_quote_within_a_paragraph_keeps_it():
    assert widened(CITATION, DOCUMENT) == CITATION


@pytest.mark.parametrize(
    ("iso", "swedish"),
    [
        ("2024-06-19", "19 juni 2024"),
        ("2026-07-01", "1 juli 2026"),
        ("2026-12", "december 2026"),
        ("2024", "2024"),
        ("", ""),
        ("2024-13-01", "2024-13-01"),
        ("hösten 2024", "hösten 2024"),
    ],
)
def test_dates_are_read_out_in_swedish(iso, swedish):
    assert swedish_date(iso) == swedish


def test_a_fact_sheet_is_called_a_summary():
    assert kind_word("faktablad") == "Faktablad – sammanfattning"
    assert kind_word("utredning") == "Utredning"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://malmo.example/a?b=c#d", True),
        ("http://malmo.example", True),
        ("", False),
        ("javascript:alert(1)", False),
        (" https://malmo.example", False),
        ("data:text/html,x", False),
        ("//malmo.example", False),
        ("https://malmo.example\njavascript:1", False),
    ],
)
def test_only_web_addresses_become_links(url, kept):
    assert web_address(url) == (url if kept else "")
