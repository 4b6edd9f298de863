import pytest

from assistant.overview import Wanted, wanted
from tests.assistant.town import KNOWLEDGE

BOTH = ("parknamnden", "hamnkontoret")


@pytest.mark.parametrize(
    ("question", "form", "topic", "bodies"),
    [
        ("Vilka aktörer nämns?", "actors", "", ()),
        ("Lista alla aktörer i rapporten", "actors", "", ()),
        ("Vilka organisationer förekommer i utredningen?", "actors", "", ()),
        ("Tidslinje", "timeline", "", ()),
        ("Hej! Kan du visa en tidslinje?", "timeline", "", ()),
        ("Gör en kronologi över bron", "timeline", "bron", ()),
        ("Vad har hänt när?", "timeline", "", ()),
        ("Vem säger vad om bron?", "positions", "bron", ()),
        ("Vad tycker de olika aktörerna om cykelbanor?", "positions", "cykelbanor", ()),
        ("Vilka ståndpunkter finns om bron?", "positions", "bron", ()),
        ("Vad säger Parknämnden och Hamnkontoret om bron?", "positions", "bron", BOTH),
        ("Hur ser Parknämnden, Hamnkontoret på bron?", "positions", "bron", BOTH),
        ("Jämför vad Parknämnden och Hamnkontoret tycker om bron", "positions", "bron", BOTH),
    ],
)
def test_questions_for_an_overview_are_told_with_their_matter(question, form, topic, bodies):
    asked = wanted(question, KNOWLEDGE)
    assert asked is not None
    assert (asked.form, asked.topic, asked.bodies) == (form, topic, bodies)


def test_the_kind_of_body_that_is_asked_for_narrows_the_list():
    assert wanted("Vilka nämnder nämns?", KNOWLEDGE) == Wanted("actors", kinds=frozenset({"nämnd"}))


@pytest.mark.parametrize(
    "question",
    [
        "Vad säger Parknämnden om bron?",
        "Vilka myndigheter ska bygga bron?",
        "Vilka parter ingår i avtalet?",
        "Hur samarbetar Parknämnden och Hamnkontoret?",
        "Varför bedömde Parknämnden att Hamnkontorets förslag var dyrt?",
        "Vad heter den på Hamnkontoret som svarade Parknämnden?",
        "När byggdes bron?",
        "Kan staden bygga en bro?",
        "",
    ],
)
def test_other_questions_are_left_to_the_engine(question):
    assert wanted(question, KNOWLEDGE) is None
