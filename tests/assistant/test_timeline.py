from dataclasses import replace

from assistant.timeline import events_of, timeline
from corpus.models import Reference, Span
from tests.assistant.town import document


def test_a_sentence_with_two_verbs_and_dates_is_two_events_verbatim():
    whole = document("I maj 2020 bad rådet om en bro och i juni 2021 beslutade nämnden att bygga den.")
    events = events_of(whole)
    assert [(e.iso, e.label, e.quote) for e in events] == [
        ("2020-05", "maj 2020", "I maj 2020 bad rådet om en bro"),
        ("2021-06", "juni 2021", "i juni 2021 beslutade nämnden att bygga den."),
    ]
    assert [whole.quote(e.date) for e in events] == ["maj 2020", "juni 2021"]
    assert all(whole.text[e.span.start : e.span.end] == e.quote for e in events)


def test_dates_that_share_a_verb_share_its_sentence():
    sentence = "Bron ska vara klar i maj 2020 och vägen i juni 2021."
    assert [(e.iso, e.quote) for e in events_of(document(sentence))] == [("2020-05", sentence), ("2021-06", sentence)]


def test_a_date_named_twice_is_one_event():
    assert len(events_of(document("Den 1 maj 2020 öppnade bron, och den 1 maj 2020 regnade det."))) == 1


def test_a_fact_that_no_address_bears_out_is_no_event():
    whole = document("Bladet gäller till och med maj 2020.", "Bron öppnade i juni 2020.")
    borne = replace(whole, references=(Reference(whole.sentences[1], "https://staden.example/bro"),))
    assert [e.iso for e in events_of(borne)] == ["2020-06"]


def test_events_of_all_documents_are_in_order_of_time_primary_ones_first_on_a_day():
    plan = document("Bron öppnade i maj 2020.", "Vägen öppnade under 2020.")
    sheet = document("Bron invigdes i maj 2020.", "Fören kom i mars 2019.", document_id="blad", primary=False)
    assert [e.quote for e in timeline([sheet, plan])] == [
        "Fören kom i mars 2019.",
        "Vägen öppnade under 2020.",
        "Bron öppnade i maj 2020.",
        "Bron invigdes i maj 2020.",
    ]


def test_a_season_is_read_out_as_it_is_written():
    [event] = events_of(document("Bron öppnade hösten 2020."))
    assert (event.iso, event.label, event.span) == ("2020", "hösten 2020", Span(0, 25))
