from assistant.actors import actors, voice
from assistant.sentences import SentenceReader
from tests.assistant.town import ANALYZER, KNOWLEDGE, document, read


def of(*sentences: str, **where):
    whole = document(*sentences, **where)
    return actors([whole], SentenceReader(ANALYZER, KNOWLEDGE), KNOWLEDGE)


def test_bodies_are_found_where_they_are_named_and_where_they_speak():
    found = of("Hamnkontoret har en kran.", "Parknämnden bedömer att bron är dyr.", "Nu bygger PN.")
    assert [(a.name, len(a.named), [p.quote for p in a.says]) for a in found] == [
        ("Hamnkontoret", 1, []),
        ("Parknämnden", 2, ["Parknämnden bedömer att bron är dyr."]),
    ]
    assert [d.source.document_id for d in found[1].documents] == ["plan"]


def test_a_documents_own_name_is_no_actor_in_it_but_elsewhere():
    assert of("Stadens utredning är klar.", "Hamnkontoret väntar.")[0].body.body_id == "hamnkontoret"
    [elsewhere] = of("Stadens utredning är klar.", document_id="yttranden")
    assert elsewhere.body.body_id == "egen"


def test_a_name_that_goes_on_is_anothers():
    assert of("Hamnkontoret Syd anser att kranen är ful.") == []
    assert len(of("Hamnkontoret anser att kranen är ful.")) == 1


def test_what_rests_on_a_decision_is_no_view():
    [rests, view] = read("Bron byggs enligt Parknämndens beslut.", "Bron är enligt Parknämnden ful.")
    assert voice(rests, KNOWLEDGE) == ""
    assert voice(view, KNOWLEDGE) == "parknamnden"
