import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.live import LiveAssistant, Loaded
from assistant.models import Answer
from corpus.errors import IndexUnavailable, UsageError
from corpus.models import Source
from tests.assistant.standin import ANSWER, DOCUMENT, MANIFEST


class Held:
    """An index of one document named for its generation; knows whether it was closed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.manifest = replace(MANIFEST, generation=name)
        self.closed = False

    def sources(self) -> tuple[Source, ...]:
        return (replace(DOCUMENT.source, document_id=self.name),)

    def document(self, document_id: str) -> Any:
        assert not self.closed
        if document_id != self.name:
            raise UsageError(document_id)
        return DOCUMENT

    def close(self) -> None:
        assert not self.closed
        self.closed = True


class Place:
    """Stands for the data folder: what is published, and all that was opened of it."""

    def __init__(self) -> None:
        self.published, self.problem, self.error = "g1", "", ""
        self.opened: list[Held] = []
        self.during: Callable[[], None] = lambda: None

    def load(self) -> Loaded:
        if self.error:
            raise IndexUnavailable(self.error)
        held = Held(self.published)
        self.opened.append(held)
        place = self

        class Assistant:
            def ask(self, question: str, history: Any = (), documents: frozenset[str] = frozenset()) -> Answer:
                place.during()
                assert not held.closed
                return replace(ANSWER, generation=held.name)

        return Loaded(Assistant(), held, self.problem)  # type: ignore[arg-type]

    def stamp(self) -> object:
        return self.published, self.error


@pytest.fixture
def place() -> Place:
    return Place()


def test_it_goes_over_to_what_is_published_and_closes_what_nobody_reads(place):
    with LiveAssistant(place.load, place.stamp, poll_s=3600) as live:
        for name in ("g1", "g2", "g3"):
            place.published = name
            live.look()
            assert live.ask("Fråga?").generation == live.index.manifest.generation == name
        live.look()
        assert [(held.name, held.closed) for held in place.opened] == [("g1", True), ("g2", True), ("g3", False)]
    assert all(held.closed for held in place.opened)


def test_two_looks_at_once_open_what_is_published_but_once(place, monkeypatch):
    begun, may_end = threading.Event(), threading.Event()
    load = place.load

    def slow_load() -> Loaded:
        begun.set()
        assert may_end.wait(10)
        loaded: Loaded = load()
        return loaded

    with LiveAssistant(place.load, place.stamp, poll_s=3600) as live:
        monkeypatch.setattr(live, "_load", slow_load)
        place.published = "g2"
        first = threading.Thread(target=live.look)
        first.start()
        assert begun.wait(10)
        second = threading.Thread(target=live.look)
        second.start()
        may_end.set()
        first.join()
        second.join()
        assert [held.name for held in place.opened] == ["g1", "g2"]


def test_an_answer_under_way_is_finished_from_the_index_it_began_with(place):
    with LiveAssistant(place.load, place.stamp, poll_s=3600) as live:

        def publish_twice() -> None:
            place.during = lambda: None
            for name in ("g2", "g3"):
                place.published = name
                live.look()

        place.during = publish_twice
        assert live.ask("Fråga?").generation == "g1"
        assert [held.closed for held in place.opened] == [True, True, False]
        assert live.ask("Fråga?").generation == "g3"


def test_an_index_that_cannot_be_opened_is_logged_once_and_the_one_in_use_stays(place, caplog):
    with LiveAssistant(place.load, place.stamp, poll_s=3600) as live, caplog.at_level(logging.ERROR):
        place.error = "g2: damaged"
        live.look()
        live.look()
        assert (live.ask("Fråga?").generation, live.problem) == ("g1", "g2: damaged")
        assert [record.message for record in caplog.records] == ["g2: damaged; the generation in use serves on"]
        place.error, place.published = "", "g3"
        live.look()
        assert (live.ask("Fråga?").generation, live.problem) == ("g3", "")


def test_a_fallback_is_said_loudly(place, caplog):
    place.problem = "g2: damaged; the earlier generation g1 serves meanwhile"
    with caplog.at_level(logging.ERROR), LiveAssistant(place.load, place.stamp, poll_s=3600) as live:
        assert live.problem == place.problem
    assert place.problem in caplog.text


def test_a_document_that_the_switch_dropped_can_still_be_shown(place):
    with LiveAssistant(place.load, place.stamp, poll_s=3600) as live:
        place.published = "g2"
        live.look()
        assert live.index.document("g1") is DOCUMENT
        assert [source.document_id for source in live.index.sources()] == ["g2"]
        with pytest.raises(UsageError):
            live.index.document("g0")


def test_it_looks_by_itself(place):
    switched = threading.Event()
    load: Callable[[], Loaded] = place.load

    def loading() -> Loaded:
        if place.published == "g2":
            switched.set()
        loaded: Loaded = load()
        return loaded

    with LiveAssistant(loading, place.stamp, poll_s=0.01):
        place.published = "g2"
        assert switched.wait(60)
