import pytest
import simplemma
from hypothesis import given
from hypothesis import strategies as st

from corpus.lemmas import (
    _INFLECTIONS,
    _inflected_by_rule,
    _lemmatized,
    fold,
    is_known,
    lemma,
    root,
    sense,
    split_compound,
)

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
        ("leddes", "leda"),
        ("samlat", "samla"),
        ("samlad", "samla"),
        ("krävdes", "kräva"),
        ("enkel", "enkel"),
        ("enklare", "enkel"),
        ("aktivt", "aktiv"),
        ("förslagets", "förslag"),
        ("vuxna", "vuxen"),
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


PARTS = ("för", "hand", "ling", "ar", "na", "het", "er", "en", "ing", "ions", "bar", "ig", "sk", "a", "s", "malmö")


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("".join))
def test_the_short_ways_through_the_dictionary_lead_where_the_long_ones_do(word):
    assert _lemmatized(word) == simplemma.lemmatize(word, lang="sv")
    assert is_known(word) == simplemma.is_known(word, lang="sv")
    if len(word) >= 8:
        taken_off = {ending for ending in _INFLECTIONS if not is_known(word + ending)}
        by_rule = {ending for ending in taken_off if simplemma.lemmatize(word + ending, lang="sv") == word}
        assert by_rule == taken_off & _inflected_by_rule(word[-4:])


@given(WORDS)
def test_any_letters_are_looked_up_as_the_library_would(word):
    lower = word.lower()
    assert is_known(lower) == simplemma.is_known(lower, lang="sv")


def test_a_comparative_means_more_than_its_base() -> None:
    assert sense("högre") == "högre"
    assert sense("höga") == sense("högst") == "hög"


@pytest.mark.parametrize(
    ("verb", "noun"), [("analyserar", "analys"), ("planering", "plan"), ("kontrollerade", "kontroll")]
)
def test_a_verb_in_era_shares_the_root_of_its_noun(verb: str, noun: str) -> None:
    assert root(verb) == root(noun)
    assert root("noterar") != root("not")
