from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import MAX_SENTENCE_CHARS, _last_words, split_sentences


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Det gäller t.ex. bl.a. 3 kap. 2 § lagen (SOU 2023:94).", "Nästa mening (1) titta på."],
        ["Enligt prop. 2025/26:207 s. 12 är det så.", "Kl. 12 kom hon.", "Sedan gick hon."],
        ["Om staden begär det.", "Regeringen får då överpröva beslutet."],
        ["Avgift tas ut.", "Avgift ska dock inte tas ut av barn."],
        ["Varor m.m. omfattas.", "Det gäller varor m.m.", "Lagen gäller."],
        ["Förordning (1991:1332)."],
        ["1. bank- eller finansieringsrörelse enligt lagen (2004:297),"],
        ["2. Äldre föreskrifter gäller.", "De upphör 2027."],
        ["Karl A. Svensson och J. Ek kom.", "Se bilaga A.", "Där står det."],
        ["Hon fick 3,5 milj. kronor 2024.", "12 personer kom."],
        ["Kom!", "Gå?", "Ja."],
        ["”Kom hit.”", "Sedan gick vi."],
        ["Det är så (se vidare nedan. Och mer.) i dag.", "Ny mening."],
        ["Dir. 2022:46 gäller.", "Ds 2024:29 också."],
        ["Webben https://www.malmo.se/a.b?c=d finns.", "Nästa."],
        ["Ett, två … tre.", "Slut."],
    ],
)
def test_sentences(expected):
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("enligt Karl A. ", ("Karl", "A")),
        ('enligt "prop. ', ("enligt", "prop")),
        ('det "kallas"jfr. ', (None, "jfr")),  # behind a mark inside the word
        ("Prop. ", (None, "Prop")),
        ("se t.ex.", ("se", "t.ex")),
        ("slut! ", (None, "")),
        ('slut (". ', (None, "")),
        ("", (None, "")),
    ],
)
def test_the_words_before_a_full_stop(text, words):
    assert _last_words(text) == words


def test_offset_is_added():
    assert [(s.start, s.end) for s in split_sentences("Ja. Nej.", offset=10)] == [(10, 13), (14, 18)]


def test_text_without_full_stops_is_cut_between_words():
    text = " ".join(["ord"] * 1200)
    found = sentences(text)
    assert max(len(sentence) for sentence in found) <= MAX_SENTENCE_CHARS
    assert " ".join(found) == text


def test_a_word_longer_than_a_sentence_is_cut():
    assert [len(sentence) for sentence in sentences("x" * (MAX_SENTENCE_CHARS + 5))] == [MAX_SENTENCE_CHARS, 5]


@given(st.text(alphabet=st.sampled_from('abåÄB.!?…()[]"”’ 123§-–'), max_size=300))
def test_every_word_lies_in_one_sentence(text):
    spans = split_sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() != "" for s in spans)
    covered = {position for span in spans for position in range(span.start, span.end)}
    assert all(char.isspace() for position, char in enumerate(text) if position not in covered)
