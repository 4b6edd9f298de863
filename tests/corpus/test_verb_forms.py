import pytest

from corpus.lemmas import lemma
from corpus.verb_forms import infinitive_of


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [("utsågs", "utse"), ("hann", "hinna"), ("innehöll", "innehålla"), ("drogs", "dra"), ("deltog", "delta")],
)
def test_irregular_forms_lead_back_to_their_infinitive(form: str, infinitive: str) -> None:
    assert infinitive_of(form) == infinitive
    assert lemma(form) == infinitive


def test_other_words_have_none() -> None:
    assert [infinitive_of(w) for w in ("staden", "utredning", "samlades", "skickade")] == ["", "", "", ""]
