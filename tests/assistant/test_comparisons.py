import pytest

from assistant.bindings import Held
from assistant.comparisons import comparison_borne, is_comparative
from tests.assistant.town import ANALYZER, rank, read

PLACES = "Andelen båtar var 15,3 procent i Malmö och 18,5 procent i riket."
TIMES = "Priset var 12,4 kronor i maj 2022, jämfört med 13,4 kronor före stormen och 16,5 kronor i juli 2020."
GIVEN = "Hamnen får 130 miljoner kronor 2026 och 260 miljoner kronor 2027."
CONTRAST = "Tullen i Lund var 9,1 procent, medan Kivik hade 3,8 procent."


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Är andelen båtar lägre i Malmö än i riket?", PLACES, Held.SAME),
        ("Är andelen båtar högre i Malmö än i riket?", PLACES, Held.OTHER),
        ("Är andelen båtar högre i riket än i Malmö?", PLACES, Held.SAME),
        ("Ligger andelen båtar i Malmö under riket?", PLACES, Held.SAME),
        ("Var priset högre i maj 2022 än före stormen?", TIMES, Held.OTHER),
        ("Var priset lägre i maj 2022 än i juli 2020?", TIMES, Held.SAME),
        ("Får hamnen mer 2027 än 2026?", GIVEN, Held.SAME),
        ("Minskar pengarna till hamnen från 2026 till 2027?", GIVEN, Held.OTHER),
        ("Ökar pengarna till hamnen från 2026 till 2027?", GIVEN, Held.SAME),
        ("Var tullen högre i Lund än i Kivik?", CONTRAST, Held.SAME),
        ("Är tullen högre i Lund än i Ystad?", CONTRAST, Held.NONE),  # nothing is said of Ystad
        ("Är tullen högre i Ystad än i Kivik?", CONTRAST, Held.NONE),
        ("Såldes fler än 170 000 båtar?", "Drygt 177 000 båtar såldes och 3 000 båtar skänktes.", Held.NONE),
        ("Är tullen hög i Lund?", CONTRAST, Held.NONE),
    ],
)
def test_amounts_bear_a_comparison_out_or_not(question: str, sentence: str, expected: Held) -> None:
    asked, terms, evidence = rank(question, read(sentence))
    assert comparison_borne(asked.text, terms, evidence[0].sentence, ANALYZER) is expected


def test_equal_amounts_bear_out_no_difference() -> None:
    asked, terms, evidence = rank("Får Lund mer än Kivik?", read("Lund får 5 kronor och Kivik får 5 kronor."))
    assert comparison_borne(asked.text, terms, evidence[0].sentence, ANALYZER) is Held.OTHER


def test_the_word_that_compares_is_known() -> None:
    assert is_comparative("högre", "Är tullen högre i Lund än i Kivik?")
    assert not is_comparative("tullen", "Är tullen högre i Lund än i Kivik?")
    assert not is_comparative("högre", "Är tullen högre nu?")
