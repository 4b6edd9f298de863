from dataclasses import replace
from datetime import datetime, timedelta

from assistant.web.visits import (
    KEPT_FOR,
    MOST_CONVERSATIONS,
    SHOWN_EXCHANGES,
    Conversation,
    Exchange,
    Visits,
    as_token,
    new_token,
)
from tests.assistant.standin import ANSWER

NOW = datetime(2026, 7, 1, 12, 0)


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


def talk(name: str, n_exchanges: int = 1) -> Conversation:
    said = tuple(Exchange(n, f"{name} {n}", replace(ANSWER, id=f"{name}-{n}")) for n in range(1, n_exchanges + 1))
    return Conversation(name, NOW, said)


def test_a_conversation_is_found_by_its_own_reader_alone():
    visits = Visits()
    visits.keep("mine", talk("a"))
    assert visits.find("mine", "a") == talk("a")
    assert visits.find("yours", "a") is None
    assert visits.of("yours") == []


def test_conversations_are_listed_the_latest_used_first():
    visits = Visits()
    for name in ("a", "b", "a"):
        visits.keep("mine", talk(name))
    assert [c.conversation_id for c in visits.of("mine")] == ["a", "b"]
    assert visits.of("mine")[0].title == "a 1"


def test_bounds_hold_for_one_conversation_one_reader_and_all():
    visits = Visits(most_exchanges=100)
    assert len(visits.keep("mine", talk("long", SHOWN_EXCHANGES + 5)).exchanges) == SHOWN_EXCHANGES
    for number in range(MOST_CONVERSATIONS + 3):
        visits.keep("mine", talk(f"n{number}"))
    assert len(visits.of("mine")) == MOST_CONVERSATIONS
    assert visits.find("mine", "long") is None
    for reader in range(20):
        visits.keep(f"reader{reader}", talk("x", 10))
    # Ten readers with ten exchanges each are the hundred that fit.
    assert [len(visits.of(f"reader{n}")) for n in range(20)] == [0] * 10 + [1] * 10
    assert visits.of("mine") == []


def test_a_conversation_is_forgotten_after_its_time():
    clock = Clock()
    visits = Visits(clock)
    visits.keep("mine", talk("a"))
    clock.now += KEPT_FOR
    visits.keep("mine", talk("b"))
    assert [c.conversation_id for c in visits.of("mine")] == ["b", "a"]
    clock.now += timedelta(seconds=1)
    assert [c.conversation_id for c in visits.of("mine")] == ["b"]


def test_a_reader_can_have_all_forgotten():
    visits = Visits()
    visits.keep("mine", talk("a"))
    visits.keep("yours", talk("b"))
    visits.forget("mine")
    assert visits.of("mine") == []
    assert len(visits.of("yours")) == 1


def test_an_opinion_is_kept_with_the_readers_own_answer():
    visits = Visits()
    visits.keep("mine", talk("a", 2))
    assert visits.rate("yours", "a-2", True) is None
    assert visits.rate("mine", "b-1", True) is None
    rated = visits.rate("mine", "a-2", False)
    assert rated is not None
    assert rated.useful is False
    [kept] = visits.of("mine")
    assert [said.useful for said in kept.exchanges] == [None, False]


def test_names_of_visits_are_long_and_of_plain_letters():
    assert len(new_token()) >= 32
    assert as_token(new_token()) != ""
    assert [as_token(t) for t in (None, "", "kort", "x" * 65, "../../etc/passwd-and-more", "å" * 3)] == [""] * 6
