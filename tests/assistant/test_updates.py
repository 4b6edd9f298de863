from assistant.sentences import Sentence, SentenceReader
from assistant.updates import overtaken_by
from corpus.index import Index
from corpus.models import Span
from tests.assistant.town import ANALYZER, KNOWLEDGE


def sentence(town: Index, text: str, document_id: str = "plan") -> Sentence:
    document = town.document(document_id)
    start = document.text.index(text)
    (found,) = SentenceReader(ANALYZER, KNOWLEDGE).within(document, Span(start, start + len(text)))
    return found


def test_later_sources_say_what_has_become_of_a_claim_the_latest_first(town: Index) -> None:
    later = overtaken_by(town, sentence(town, "Det tar tre år."))
    assert [(s.document.quote(s.span), s.relation, s.since) for s in later] == [
        ("Cykelbanorna tar fyra år att bygga.", "updates", "2026-07-01"),
        ("Staden räknade 2025 med fem år.", "contradicts", "2025"),
    ]
    assert {s.document.source.document_id for s in later} == {"bladet"}


def test_a_source_that_bears_a_claim_out_does_not_overtake_it(town: Index) -> None:
    assert overtaken_by(town, sentence(town, "Fontänen kostar 30 miljoner kronor.")) == []


def test_most_sentences_stand_as_they_are(town: Index) -> None:
    assert overtaken_by(town, sentence(town, "Staden bygger cykelbanor.")) == []
    assert overtaken_by(town, sentence(town, "Fontänen kostade 30", "bladet")) == []
