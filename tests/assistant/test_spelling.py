import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.spelling import KnownWords, repair, with_acronyms
from corpus.lemmas import fold


class Published:
    """The word forms of a made-up corpus, once each."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def folded(self, folded: str) -> Mapping[str, int]:
        return {w: 1 for w in self.words if fold(w) == folded}

    def similar(self, folded: str) -> Mapping[str, int]:
        near = (fold(w) for w in self.words)
        return {w: 1 for w in near if w[:1] == folded[:1] and abs(len(w) - len(folded)) <= 2}


SPOKEN = {"nån": "någon", "e": "är"}
WORDS = Published("lagstiftningen", "försök", "försörjningsstöd", "undantag", "malmö", "kommissionen", "skr")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("forsorjningsstod", "försörjningsstöd"),
        ("Varade det ett ar eller tva ar?", "Varade det ett år eller två år?"),
        ("Vem ar chef i Orebro?", "Vem är chef i Örebro?"),
        ("Far Malmo undantag?", "får Malmö undantag?"),
        ("lagstifningen", "lagstiftningen"),
        ("undantagg", "undantag"),
        ("komissionen", "kommissionen"),
        ("försörjnings stöd", "försörjningsstöd"),
        ("försörjning stöd", "försörjningsstöd"),
    ],
)
def test_words_are_read_as_the_documents_spell_them(typed: str, meant: str) -> None:
    assert repair(typed, WORDS, SPOKEN) == meant


@pytest.mark.parametrize(
    "text",
    [
        "undantag",
        "Cykeln är röd.",
        "Vad säger SKR?",
        "ett försök",
        "Se § 129, STK-2023-602",
        "qwrtzx",
        "Får Malmö undantag?",
        "",
    ],
)
def test_what_is_right_or_unknown_stays(text: str) -> None:
    assert repair(text, WORDS, SPOKEN) == text


def test_function_words_get_their_marks_back_only_where_none_is_typed() -> None:
    assert repair("hur gar det for oss", WORDS, SPOKEN).split()[1:3] == ["går", "det"]
    assert repair("hur gar det för oss", WORDS, SPOKEN).split()[1] == "gar"


def test_shouting_is_read_as_plain_text() -> None:
    assert repair("FÅR MALMÖ UNDANTAG?", WORDS, SPOKEN) == "får malmö undantag?"


@given(
    st.lists(st.sampled_from(["forsok", "undantagg", "2023:94", "129", "1 459", "STK-2023-602", "och", "§", "?"])).map(
        " , ".join
    )
)
def test_numbers_and_identifiers_stay(text: str) -> None:
    numbers = re.compile(r"\d[\d:/-]*")
    assert numbers.findall(repair(text, WORDS, SPOKEN)) == numbers.findall(text)


@given(st.text(max_size=100))
def test_no_repair_touches_a_digit(text: str) -> None:
    assert re.findall(r"\d", repair(text, WORDS, SPOKEN)) == re.findall(r"\d", text)


def test_the_languages_own_words_stand_beside_the_published_ones() -> None:
    words = KnownWords(Published("försök"), ["dispens", "Försök"])
    assert words.folded("dispens") == {"dispens": 0}
    assert words.folded("forsok") == {"försök": 1}
    assert words.folded("okand") == {}
    assert set(words.similar("dispenn")) == {"dispens"}
    assert repair("dispenns", words, {}) == "dispens"


def test_a_known_word_is_not_taken_for_one_that_lost_its_marks_unless_that_is_published() -> None:
    words = KnownWords(Published("får"), ["köra", "kört"])
    assert repair("kort", words, {}) == "kort"
    assert repair("far man det", words, {}) == "får man det"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("va kostar bron", "vad kostar bron"),
        ("när ska bron va klar", "när ska bron vara klar"),
        ("vem va först", "vem var först"),
        ("bron är grön, va?", "bron är grön, va?"),
    ],
)
def test_a_spoken_va_is_read_by_where_it_stands(text: str, meant: str) -> None:
    assert repair(text, WORDS, {"va": "var"}) == meant


def test_a_word_that_the_documents_hold_in_capitals_alone_is_an_acronym() -> None:
    held = {"LOK": 2, "bad": 3, "BAD": 1}
    assert with_acronyms("parter i lök", lambda terms: held) == "parter i LÖK"
    assert with_acronyms("var är bad", lambda terms: held) == "var är bad"
    assert with_acronyms("parter i lök", lambda terms: {}) == "parter i lök"
