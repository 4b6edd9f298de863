import pytest

from corpus.bilingual import Rendering, by_english, load_word_pairs, renderings
from corpus.errors import DocumentError


def test_phrases_are_read_together_and_endings_taken_off():
    assert renderings("Which residence permits were denied?") == [
        Rendering("which", ()),
        Rendering("residence permits", ("uppehållstillstånd",)),
        Rendering("were", ()),
        Rendering("denied", ()),
    ]


@pytest.mark.parametrize(
    ("word", "swedish"),
    [("cities", "stad"), ("stopped", "stoppa"), ("hiring", "anställa"), ("Taxes", "skatt"), ("child’s", "barn")],
)
def test_inflected_words_are_found(word, swedish):
    (found,) = [each for each in renderings(word) if each.swedish]
    assert swedish in found.swedish


def test_words_of_the_caller_come_first():
    (found,) = renderings("tax", {"tax": ("moms",)})
    assert found.swedish[0] == "moms" and "skatt" in found.swedish


def test_an_english_word_has_each_swedish_word_once(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text("bil\tcar, automobile\nvagn\tcar\n", encoding="utf-8")
    assert by_english(path) == {"car": ("bil", "vagn"), "automobile": ("bil",)}


@pytest.mark.parametrize("line", ["bil", "bil\t", "\tcar", "bil\tcar,"])
def test_a_malformed_line_is_named(tmp_path, line):
    path = tmp_path / "words.tsv"
    path.write_text(f"hus\thouse\n{line}\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="line 2"):
        load_word_pairs(path)


def test_the_list_has_every_swedish_word_once():
    swedish = list(dict.fromkeys(pair.swedish for pair in load_word_pairs()))
    runs = [pair.swedish for before, pair in zip((None, *load_word_pairs()), load_word_pairs(), strict=False)
            if before is None or before.swedish != pair.swedish]  # fmt: skip
    assert len(swedish) == len(runs) > 2_000
