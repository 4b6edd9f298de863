import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.lemmas import fold, is_known, lemma, root, split_compound

# Letters without marks of their own: a mark on its own after a folded letter is another letter.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Mn", "Mc", "Me")), max_size=30)
WORDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"), [("Åtgärd", "atgard"), ("FÖRSÖK", "forsok"), ("idé", "ide"), ("a\u030angs", "angs"), ("", "")]
)
def test_fold_takes_case_and_marks_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("nämnden", "nämnd"),
        ("Kommuner", "kommun"),
        ("bedömer", "bedöma"),
        ("beslutet", "beslut"),
        ("stöd", "stöd"),
        ("zzyx", "zzyx"),
        ("undertecknades", "underteckna"),
        ("undertecknar", "underteckna"),
        ("arbetare", "arbetare"),
        ("leds", "leda"),
        ("färre", "färre"),  # not the verb *få*
        ("fick", "få"),
    ],
)
def test_lemma_is_the_dictionary_form(word: str, base: str) -> None:
    assert lemma(word) == base


def test_a_word_is_known_or_not() -> None:
    assert is_known("kommun")
    assert not is_known("komun")


@pytest.mark.parametrize(
    "family",
    [
        ("bedömning", "bedöma", "bedömer", "bedömningar"),
        ("utredning", "utreda", "utredningens"),
        ("möjlighet", "möjligheter"),
        ("öppning", "öppningar"),
        ("försök", "försöken", "försökens"),
        ("socialnämnd", "socialnämnderna"),
    ],
)
def test_derivations_share_a_root(family: tuple[str, ...]) -> None:
    assert len({root(word) for word in family}) == 1


@pytest.mark.parametrize(("one", "other"), [("kommun", "kommission"), ("lag", "lägenhet"), ("bidrag", "beslut")])
def test_other_words_have_other_roots(one: str, other: str) -> None:
    assert root(one) != root(other)


@given(WORDS)
def test_any_word_has_a_folded_root(word: str) -> None:
    assert fold(root(word)) == root(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("försörjningsstöd", ("försörjning", "stöd")),
        ("försörjningsstödet", ("försörjning", "stöd")),
        ("försöksverksamhet", ("försök", "verksamhet")),
        ("bidragstak", ("bidrag", "tak")),
        ("remissvar", ("remiss", "svar")),
        ("stöd", ()),
        ("kommunernas", ()),
        ("förutsättning", ()),
        ("zzyxzzyxzzyx", ()),
    ],
)
def test_compounds_split_into_words(word: str, parts: tuple[str, ...]) -> None:
    assert split_compound(word) == parts


@given(WORDS)
def test_a_split_has_two_parts_or_three_or_none(word: str) -> None:
    parts = split_compound(word)
    assert len(parts) in (0, 2, 3)
    assert all(parts)
