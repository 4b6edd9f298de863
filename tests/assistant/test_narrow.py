import pytest

from assistant.answer import Assistant
from assistant.narrow import ScopedIndex
from corpus.errors import UsageError
from tests.assistant.town import KNOWLEDGE

MAIN = "malmo-forsoksverksamhet"
NOW = "Gäller aktivitetskravet för försörjningsstöd redan?"


def test_answers_come_from_the_chosen_documents_alone(town, town_embedder):
    asked = Assistant(town, town_embedder, KNOWLEDGE).ask
    question = "Vem önskar en ny kaj?"
    assert [c.document_id for c in asked(question).citations] == ["yttranden"]
    assert [c.document_id for c in asked(question, documents=frozenset({"yttranden"})).citations] == ["yttranden"]
    assert asked(question, documents=frozenset({"plan"})).status == "not_in_sources"


def test_what_a_source_beside_the_chosen_ones_has_overtaken_is_marked(assistant):
    assert len({c.document_id for c in assistant.ask(NOW).citations}) > 1
    alone = assistant.ask(NOW, documents=frozenset({MAIN}))
    assert {c.document_id for c in alone.citations + alone.nearest} == {MAIN}
    cited = assistant.ask("Vilka nationella reformer är på gång?", documents=frozenset({MAIN})).citations
    assert cited
    assert {c.document_id for c in cited} == {MAIN}
    assert all(c.updated for c in cited if "bidragsreform" in c.quote)


def test_a_document_that_does_not_exist_is_named(assistant):
    with pytest.raises(UsageError, match="borta"):
        assistant.ask(NOW, documents=frozenset({MAIN, "borta"}))


def test_a_view_holds_the_chosen_sources(town):
    view = ScopedIndex(town, frozenset({"yttranden"}))
    assert [s.document_id for s in view.sources()] == ["yttranden"]
    assert view.updates_of("plan") == []
    assert view.manifest == town.manifest
