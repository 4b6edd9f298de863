import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses import find_condition, is_negative_word, negations, split_claims, split_clauses
from assistant.verbs import is_finite
from corpus.swedish import tokenize

SKR = (
    "SKR:s bedömning är att det inte finns möjlighet att genomföra försök som innebär att det behöver göras undantag "
    "från befintlig lagstiftning, men att det går bra att bedriva försöksverksamheter så länge det sker inom ramen "
    "för gällande regelverk."
)
ADMINISTRATION = (
    "Förvaltningen bedömer att det i nuläget inte finns några öppningar för försöksverksamhet i Malmö för "
    "arbetsmarknadsreformer som kräver undantag från befintlig lagstiftning."
)
INQUIRY = (
    "Utredningen arbetade med att få till stånd en försöksverksverksamhet utifrån förslaget, men lyckades inte på "
    "grund av att Arbetsförmedlingen bedömde att det aktuella förslaget inte var möjligt att genomföra utifrån "
    "gällande regelverk."
)


def clauses(sentence: str) -> list[tuple[str, bool]]:
    """The clauses' words, each with whether it is negated."""
    return [(sentence[c.start : c.end], c.negated) for c in split_clauses(sentence)]


def negated_at(sentence: str, words: str) -> bool:
    """Whether the clause that holds ``words`` is negated."""
    offset = sentence.index(words)
    return next(c.negated for c in split_clauses(sentence) if c.start <= offset < c.end)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Staden bygger en bro.", [("Staden bygger en bro", False)]),
        ("Staden bygger inte någon bro.", [("Staden bygger inte någon bro", True)]),
        (
            "Det finns inga cyklar som kan lånas.",
            [("Det finns inga cyklar", True), ("som kan lånas", True)],
        ),
        (
            "Nämnden bedömer att det inte finns några parker som kräver skötsel.",
            [("Nämnden bedömer", False), ("att det inte finns några parker", True), ("som kräver skötsel", True)],
        ),
        (
            "Staden får inte bygga broar, men den får bygga tunnlar.",
            [("Staden får inte bygga broar", True), ("men den får bygga tunnlar", False)],
        ),
        (
            "Parken stängs inte eftersom staden sköter den.",
            [("Parken stängs inte", True), ("eftersom staden sköter den", False)],
        ),
        (
            "Eftersom staden inte har råd bygger den en mindre bro.",
            [("Eftersom staden inte har råd", True), ("bygger den en mindre bro", False)],
        ),
        (
            "Skolan säger att det saknas lärare och att barnen får vänta.",
            [("Skolan säger", False), ("att det saknas lärare", True), ("och att barnen får vänta", False)],
        ),
    ],
)
def test_negation_goes_down_to_what_hangs_on_a_clause_and_not_beside_it(
    sentence: str, expected: list[tuple[str, bool]]
) -> None:
    assert clauses(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    ["Det är inte omöjligt att bygga en bro.", "Det saknas inte pengar.", "Ingen kan förneka att bron behövs."],
)
def test_two_negations_affirm(sentence: str) -> None:
    assert not split_clauses(sentence)[0].negated


def test_a_denial_within_a_denied_clause_affirms() -> None:
    assert not negated_at("Ingen säger att staden saknar pengar.", "saknar")


@pytest.mark.parametrize("sentence", ["Det saknas pengar.", "Det är omöjligt.", "Staden saknar broar."])
def test_words_that_deny_by_their_meaning(sentence: str) -> None:
    assert split_clauses(sentence)[0].negated


def test_not_only_denies_nothing() -> None:
    assert negations(tokenize("Det är inte bara Malmö")) == 0
    assert negations(tokenize("Det är inte Malmö")) == 1
    assert negations(tokenize("Det är varken omöjligt eller förbjudet")) == 3


def test_the_administrations_judgement_denies_the_exemption() -> None:
    assert clauses(ADMINISTRATION)[0] == ("Förvaltningen bedömer", False)
    assert negated_at(ADMINISTRATION, "öppningar")
    assert negated_at(ADMINISTRATION, "undantag")


def test_the_associations_judgement_denies_the_exemption_and_affirms_trials_within_the_rules() -> None:
    assert negated_at(SKR, "möjlighet")
    assert negated_at(SKR, "undantag")
    assert not negated_at(SKR, "går bra")
    assert not negated_at(SKR, "gällande regelverk")


def test_a_reason_has_a_polarity_of_its_own() -> None:
    assert not negated_at(INQUIRY, "arbetade")
    assert negated_at(INQUIRY, "lyckades")
    assert not negated_at(INQUIRY, "bedömde")
    assert negated_at(INQUIRY, "möjligt")


def test_claims_join_what_limits_or_completes_them() -> None:
    claims = [(SKR[c.start : c.end], c.negated) for c in split_claims(SKR)]
    assert [negated for _, negated in claims] == [True, False]
    assert claims[0][0].startswith("SKR:s bedömning är att det inte finns möjlighet")
    assert claims[0][0].endswith("befintlig lagstiftning")
    assert claims[1][0].endswith("så länge det sker inom ramen för gällande regelverk")


def test_a_clause_ends_where_another_with_its_own_verb_begins() -> None:
    text = "Hamnen får 130 hus 2026 och 260 hus 2027 när vintern är slut."
    assert [text[c.start : c.end] for c in split_clauses(text)] == [
        "Hamnen får 130 hus 2026 och 260 hus 2027",
        "när vintern är slut",
    ]
    text = "Byn föreslog att Norra hamnen ska upphöra och att båtarna ska flyttas."
    assert [(c.negated) for c in split_clauses(text)] == [False, True, False]


def test_what_a_contrast_leaves_out_denies_no_more_than_itself() -> None:
    (clause,) = split_clauses("Rådet ska föreslå hur bron byggs, inte att pröva den.")[:1]
    assert not clause.negated


TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            "staden bygger inte att som men eftersom det finns inga broar saknas och kan lånas , ; får".split()
        ),
        max_size=25,
    ).map(" ".join),
)


@given(TEXTS)
def test_clauses_hold_all_tokens_in_order(text: str) -> None:
    parts = split_clauses(text)
    assert [t for c in parts for t in c.tokens] == tokenize(text)
    assert all((c.start, c.end) == (c.tokens[0].start, c.tokens[-1].end) for c in parts)


@given(TEXTS)
def test_claims_hold_all_tokens_in_order(text: str) -> None:
    assert [t for c in split_claims(text) for t in c.tokens] == tokenize(text)


@pytest.mark.parametrize("word", ["är", "får", "bedömer", "bygger", "byggde", "saknas", "Kan", "beslutade", "krävs"])
def test_finite_verbs(word: str) -> None:
    assert is_finite(word)


@pytest.mark.parametrize("word", ["bygga", "att", "lagstiftning", "Malmö", "inte", "2023:94", "gällande"])
def test_other_words_are_not_finite(word: str) -> None:
    assert not is_finite(word)


def test_conditions_are_found_where_they_begin() -> None:
    found = find_condition("Det går bra så länge det sker i parken.")
    assert found is not None
    assert (found.group(), found.start()) == ("så länge", 12)
    assert find_condition("Det går bra att cykla.") is None


def test_negative_words() -> None:
    assert [is_negative_word(w) for w in ("saknas", "omöjligt", "förbjudet", "möjligt", "finns")] == [
        *(True, True, True, False, False)
    ]
