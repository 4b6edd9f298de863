from corpus.encoded import Encoded
from corpus.models import Passage, Span
from corpus.swedish import SwedishAnalyzer
from ingest.words import WordReader


def passage(text: str, heading: str = "") -> Passage:
    return Passage("d:0", "d", Span(0, len(text)), text, heading, None)


def test_terms_are_those_of_the_analysis():
    analyzer = SwedishAnalyzer()
    text = "Försörjningsstödet söks hos socialnämnden (SOU 2023:94)."
    entry = WordReader(analyzer).read(passage(text, "Stödet"), "Planen")
    assert (entry.passage_id, entry.document_id) == ("d:0", "d")
    assert list(entry.terms) == analyzer.terms(text)
    assert list(entry.parts) == analyzer.parts(text)
    assert list(entry.title) == analyzer.terms("Planen Stödet")


def test_passages_are_counted_once_a_term_and_words_each_time():
    reader = WordReader(SwedishAnalyzer())
    first = reader.read(passage("Malmö och Malmö växer 2026.", "Staden"), "Planen")
    reader.read(passage("Malmö krymper.", "Staden"), "Planen")
    (malmo,) = set(first.terms[:2])
    assert reader.n_passages[malmo] == 2
    assert reader.n_forms["malmö"] == 3
    assert reader.n_forms["planen"] == reader.n_forms["staden"] == 1  # one title, read once
    assert "2026" not in reader.n_forms


def test_a_part_of_a_compound_counts_for_the_passage():
    analyzer = SwedishAnalyzer()
    reader = WordReader(analyzer)
    reader.read(passage("Försörjningsstöd."), "")
    (stod,) = analyzer.terms("stöd")
    assert reader.n_passages[stod] == 1


def encoded(*passages: Passage) -> Encoded:
    return Encoded("", "", (), [(p.passage_id, 0, 0, p.text, p.heading, None) for p in passages])


def test_what_is_read_ahead_is_the_same_and_counted_once(tmp_path):
    fresh, ahead = (WordReader(SwedishAnalyzer()) for _ in range(2))
    some = [Passage(f"{d}:{n}", d, Span(0, 9), f"Malmö växer {d}.", "Staden", None) for d in "abc" for n in (0, 1)]
    with ahead.keeping(tmp_path):
        ahead.read_ahead("c", encoded(*some[4:]))
        ahead.read_ahead("a", encoded(*some[:2]))  # another order than the one that they are asked for in, and not all
        entries = [[reader.read(one, "Planen") for one in some] for reader in (fresh, ahead)]
    assert entries[0] == entries[1]
    assert fresh.n_passages == ahead.n_passages
    assert fresh.n_forms == ahead.n_forms
    assert list(tmp_path.iterdir()) == []


def test_a_title_that_comes_again_is_counted_once():
    reader = WordReader(SwedishAnalyzer())
    for heading in ("Staden", "Landet", "Staden"):
        reader.read(passage("Malmö.", heading), "Planen")
    assert (reader.n_forms["staden"], reader.n_forms["landet"], reader.n_forms["planen"]) == (1, 1, 2)


def test_of_very_many_words_not_all_are_remembered(monkeypatch):
    monkeypatch.setattr("ingest.words.MOST_REMEMBERED", 3)
    reader = WordReader(SwedishAnalyzer())
    entries = [reader.read(passage("Malmö växer och Lund krymper i maj."), "") for _ in range(2)]
    assert len(reader._known) <= 3
    assert entries[0].terms == entries[1].terms == SwedishAnalyzer().terms("Malmö växer och Lund krymper i maj.")
