import pytest

from assistant.roles import Actor, Role, actors_of, may_be_one
from corpus.knowledge import Body, Knowledge
from corpus.swedish import tokenize

KNOWLEDGE = Knowledge(
    bodies=(
        Body("staden", "Staden", ("Staden",), "stad"),
        Body("park", "Parknämnden", ("Parknämnden",), "nämnd", part_of="staden"),
        Body("hamn", "Hamnkontoret", ("Hamnkontoret",), "förvaltning", part_of="staden"),
        Body("verket", "Broverket", ("Broverket", "BV"), "myndighet"),
    ),
    actor_kinds={"kommun": "", "stad": "kommun", "nämnd": "kommun", "förvaltning": "kommun", "stat": ""},
    short_forms=(),
    abbreviations={},
    synonym_groups=(),
    thesaurus={},
    english={},
    phrases={},
    opposites=(),
)


def roles(clause: str) -> list[tuple[str, str]]:
    found = actors_of(tuple(tokenize(clause)), clause, KNOWLEDGE)
    return [(a.body_id or a.kind, a.role.value) for a in found]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Parknämnden bygger en bro", [("park", "subject")]),
        ("Bygger Parknämnden en bro?", [("park", "subject")]),
        ("I maj byggde Parknämnden en bro", [("park", "subject")]),
        ("Parknämnden lämnar förslaget till Broverket", [("park", "subject"), ("verket", "to")]),
        ("Parknämnden tog över bron från Broverket", [("park", "subject"), ("verket", "from")]),
        ("Bron byggdes av Broverket", [("verket", "subject")]),
        ("Parknämnden uppmanades av Broverket", [("park", "object"), ("verket", "subject")]),
        ("Parknämndens bro är ny", []),
        ("BV:s bro är ny", []),
        ("att staden valt en bro", [("staden", "subject")]),
        ("Parknämnden frågade en utredare på Broverket", [("park", "subject"), ("verket", "other")]),
        ("Parknämnden hämtade uppgifter från en utredare på Broverket", [("park", "subject"), ("verket", "from")]),
        ("Parknämnden och Hamnkontoret bygger", [("park", "subject"), ("hamn", "subject")]),
        ("Broverket uppmanade Parknämnden att bygga", [("verket", "subject"), ("park", "object"), ("park", "subject")]),
        ("Kommunen bygger", [("kommun", "subject")]),
        ("Inrättade Hamnkontoret Parknämnden?", [("hamn", "subject"), ("park", "object")]),
        ("Parknämndens förvaltning bygger", [("park", "other"), ("förvaltning", "subject")]),
        ("Stadens nämnd bygger", [("staden", "other"), ("nämnd", "subject")]),
        ("Broverket bedöms kunna bygga bron", [("verket", "subject")]),
        ("Alla kan söka, så även en kommun", [("kommun", "subject")]),
        ("Lämnade Anna Berg Parknämnden?", [("park", "object")]),
        ("Förslag får lämnas av Broverket", [("verket", "subject")]),
        ("Är Broverket byggt?", [("verket", "object")]),
        ("Nämnde Broverket bron?", [("verket", "subject")]),
        ("möjligt för Parknämnden att bygga", [("park", "to"), ("park", "subject")]),
        ("förordning 2015:502 gäller", [("2015:502", "subject")]),
    ],
)
def test_the_parts_that_actors_play(clause: str, expected: list[tuple[str, str]]) -> None:
    assert roles(clause) == expected


def test_a_name_beside_a_general_word_tells_which_ones_are_meant() -> None:
    text = "Kommuner i Skåne fick pengar"
    (actor,) = actors_of(tuple(tokenize(text)), text, KNOWLEDGE)
    assert actor.narrowed


def actor(body_id: str, kind: str) -> Actor:
    return Actor(body_id, kind, Role.SUBJECT, 0, 1)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (actor("park", "nämnd"), actor("park", "nämnd"), True),
        (actor("park", "nämnd"), actor("hamn", "förvaltning"), False),
        (actor("park", "nämnd"), actor("staden", "stad"), True),
        (actor("park", "nämnd"), actor("", "nämnd"), True),
        (actor("", "kommun"), actor("park", "nämnd"), True),
        (actor("", "nämnd"), actor("", "förvaltning"), False),
        (actor("verket", "myndighet"), actor("", "kommun"), False),
        (actor("2015:502", "identifier"), actor("2022:811", "identifier"), False),
        (actor("2015:502", "identifier"), actor("2015:502", "identifier"), True),
    ],
)
def test_whether_two_actors_may_be_one(first: Actor, second: Actor, expected: bool) -> None:
    assert may_be_one(first, second, KNOWLEDGE) is expected
    assert may_be_one(second, first, KNOWLEDGE) is expected
