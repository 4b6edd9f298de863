import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.swedish import SwedishAnalyzer, is_acronym, tokenize

ANALYZER = SwedishAnalyzer()


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SKR:s bedömning (§ 129, STK-2023-602).", ["SKR", "bedömning", "§", "129", "STK-2023-602"]),
        ("1 459 av 10\u00a0000, alltså 0,5 procent", ["1 459", "av", "10\u00a0000", "alltså", "0,5", "procent"]),
        ("SOU 2023:94 och prop. 2025/26:207", ["SOU", "2023:94", "och", "prop", "2025/26:207"]),
        ("arbetsmarknads- och socialnämnden", ["arbetsmarknads", "och", "socialnämnden"]),
        ("icke-medborgare", ["icke-medborgare"]),
        ("… – !?", []),
        ("", []),
    ],
)
def test_tokens_are_words_numbers_and_identifiers(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_offsets_point_into_the_text() -> None:
    (skr, view) = tokenize("  SKR:s syn")
    assert (skr.start, skr.end, view.start, view.end) == (2, 5, 8, 11)


@given(st.text())
def test_every_token_stands_at_its_offsets_in_order(text: str) -> None:
    position = 0
    for token in tokenize(text):
        assert token.text
        assert text[token.start : token.end] == token.text
        assert token.start >= position
        position = token.end


@given(st.lists(st.sampled_from(["Malmö", "får", "2023:94", "1 459", "§", "SKR:s", "STK-2023-602"])))
def test_words_set_apart_by_commas_are_found_one_by_one(pieces: list[str]) -> None:
    assert words(", ".join(pieces)) == ["SKR" if piece == "SKR:s" else piece for piece in pieces]


@pytest.mark.parametrize(
    ("first", "second"),
    [("bedömning", "bedömer"), ("utredningens", "utreda"), ("öppningar", "öppning"), ("kommunernas", "kommun")],
)
def test_forms_and_derivations_of_a_word_meet_in_one_term(first: str, second: str) -> None:
    assert ANALYZER.terms(first) == ANALYZER.terms(second)


def test_stop_words_and_marks_are_no_terms() -> None:
    assert ANALYZER.terms("Och det är som att vi § ska") == []


def test_numbers_and_identifiers_stay_whole_and_give_their_pieces() -> None:
    assert ANALYZER.terms("STK-2023-602") == ["stk-2023-602", "stk", "2023", "602"]
    assert ANALYZER.terms("1 459") == ANALYZER.terms("1\u00a0459") == ["1459"]
    assert ANALYZER.terms("2023:94") == ["2023:94"]


def test_an_acronym_keeps_apart_from_the_word_with_its_letters() -> None:
    assert ANALYZER.terms("SÖK") == ["SOK"]
    assert ANALYZER.terms("sök") == ["sok"]
    assert [is_acronym(w) for w in ("SKR", "ESF", "Skr", "S", "STADEN", "KOMMUNEN", "A1")] == [
        *(True, True, False, False, True, False, False)
    ]


def test_a_compound_gives_the_roots_of_its_parts() -> None:
    assert ANALYZER.parts("försörjningsstöd") == [*ANALYZER.terms("försörjning"), *ANALYZER.terms("stöd")]
    assert ANALYZER.parts("ett stöd på 2023:94") == []


@given(st.text(max_size=200))
def test_any_text_has_terms_without_white_space(text: str) -> None:
    for term in (*ANALYZER.terms(text), *ANALYZER.parts(text)):
        assert term
        assert len(term.split()) == 1


def test_text_order_is_kept() -> None:
    assert ANALYZER.terms("Cykeln och bron 2023") == [*ANALYZER.terms("cykel"), *ANALYZER.terms("bro"), "2023"]
