import pytest

from assistant.cleft import Cleft, find_cleft


@pytest.mark.parametrize(
    ("text", "cleft"),
    [
        (
            "Var det kommunstyrelsen som tillsatte kommissionen?",
            Cleft("kommunstyrelsen", "tillsatte kommissionen?"),
        ),
        ("Är det i Malmö man prövar detta?", Cleft("i Malmö", "prövar detta?")),
        ("Was it the city council that decided?", Cleft("city council", "decided?")),
        (
            "  Var det i maj 2023 som rapporten lämnades?",
            Cleft("i maj 2023", "rapporten lämnades?"),
        ),
    ],
)
def test_a_cleft_question_has_a_focus_and_a_rest(text: str, cleft: Cleft) -> None:
    assert find_cleft(text) == cleft


@pytest.mark.parametrize(
    "text",
    [
        "Är det sant?",
        "Vem är det som bestämmer?",
        "Får den som bor här bygga?",
        "Var bor de som bygger?",
        "",
    ],
)
def test_other_questions_are_no_clefts(text: str) -> None:
    assert find_cleft(text) is None
