import pytest

from assistant.modality import (
    Stage,
    asked_stage,
    asks_duty,
    asks_permission,
    duty_in,
    is_stage_word,
    speaks_of_possibility,
    stage_of,
)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Kravet gäller sedan den 1 juli.", Stage.IN_FORCE),
        ("Kravet har införts.", Stage.IN_FORCE),
        ("Riksdagen beslutade om kravet.", Stage.DECIDED),
        ("Regeringen föreslår ett krav.", Stage.PROPOSED),
        ("Genom det föreslagna kravet får nämnden ett uppdrag.", Stage.PROPOSED),
        ("Frågan utreds.", Stage.INQUIRED),
        ("Regeringen har aviserat ett krav.", Stage.ANNOUNCED),
        ("Förslaget har införts.", Stage.IN_FORCE),
        ("Lagrådsremissen om taket beslutades i maj.", Stage.PROPOSED),
        ("Bron är grön.", None),
    ],
)
def test_the_latest_stage_that_a_text_names(text: str, stage: Stage | None) -> None:
    assert stage_of(text) is stage


def test_stages_come_in_the_order_of_law_making() -> None:
    assert sorted(Stage) == [Stage.ANNOUNCED, Stage.INQUIRED, Stage.PROPOSED, Stage.DECIDED, Stage.IN_FORCE]


@pytest.mark.parametrize(
    ("question", "stage"),
    [
        ("Är kravet infört?", Stage.IN_FORCE),
        ("Gäller kravet nu?", Stage.IN_FORCE),
        ("Är kravet fortfarande ett förslag?", Stage.PROPOSED),
        ("Finns det ett förslag om kravet?", None),
        ("Är bron grön?", None),
    ],
)
def test_the_stage_that_a_question_puts_up_for_judgement(question: str, stage: Stage | None) -> None:
    assert asked_stage(question) is stage


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Nämnden måste svara.", True),
        ("Nämnden är skyldig att svara.", True),
        ("Uppdraget är obligatoriskt.", True),
        ("Nämnden kan svara.", None),
        ("Det är frivilligt att svara.", False),
        ("Nämnden svarar.", None),
    ],
)
def test_duty_and_freedom(text: str, duty: bool | None) -> None:
    assert duty_in(text) is duty


def test_questions_on_duty_and_on_leave() -> None:
    assert asks_duty("Måste staden bygga en bro?")
    assert not asks_duty("Får staden bygga en bro?")
    assert asks_permission("Får staden bygga en bro?")
    assert asks_permission("Är det tillåtet att bygga?")
    assert not asks_permission("Vad kostar bron?")
    assert speaks_of_possibility("Det finns inga öppningar.")
    assert not speaks_of_possibility("Bron är grön.")


def test_words_that_only_name_a_stage() -> None:
    assert [is_stage_word(w) for w in ("gäller", "infört", "fortfarande", "bro")] == [True, True, True, False]
