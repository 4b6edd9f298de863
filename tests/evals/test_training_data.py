import io
import json
import lzma
import random
import tarfile

import pytest
from rapidfuzz.distance import OSA

from evals.retrieval import RetrievalSet, SetPassage, SetQuestion
from evals.training import noise, pairs, texts
from evals.training.material import hold_out, without
from evals.training.overlap import RUN_WORDS, OverlapIndex
from evals.training.texts import Document, Section, TextPair

LONG = "Kommunen ska betala ut bidraget senast den femte dagen i varje månad till den som har rätt till det."
OTHER = "Regeringen får meddela föreskrifter om undantag för de kommuner som deltar i den nya verksamheten."


def test_a_markdown_text_is_cut_at_its_headings_without_links_and_marks():
    headings = "# Lag om bidrag\n\n## 1 kap. Utbetalning\n\n#### 2 a §\n\n"
    text = f"{headings}{LONG} Lag ([2020:1](https://example.org/1)).\n\n### Kort\n\nFör kort.\n"
    assert texts.markdown_sections(text) == (Section("Utbetalning", (f"{LONG} Lag (2020:1).",)),)


def test_list_items_stay_with_the_paragraph_before_them():
    sections = texts.markdown_sections(f"{LONG}\n\n- första\n\n- andra")
    assert sections == (Section("", (f"{LONG} - första - andra",)),)


def test_statutes_are_read_from_their_archive_without_transition_rules(tmp_path):
    front = "---\nbeteckning: 2020:1\nrubrik: Lag om bidrag\n---\n"
    data = f"{front}\n## Utbetalning\n\n{LONG}\n\n## Övergångsbestämmelser\n\n{OTHER}\n".encode()
    with tarfile.open(tmp_path / "sfs.tar.xz", "w:xz") as archive:
        member = tarfile.TarInfo("sfs/2020/sfs-2020-1.md")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    assert list(texts.statutes(tmp_path / "sfs.tar.xz")) == [
        Document("statutes", "Lag om bidrag", (Section("Utbetalning", (LONG,)),))
    ]


def test_an_interpellation_titled_by_its_asker_has_no_title(tmp_path):
    rows = [
        {"title": "Interpellation 2013/14:1 av Olofsson, Eva (V)", "paragraphs": [LONG, "Kort."]},
        {"title": "bidragens storlek", "paragraphs": [OTHER]},
    ]
    path = tmp_path / "i.jsonl.xz"
    path.write_bytes(lzma.compress("\n".join(map(json.dumps, rows)).encode()))
    assert [(each.title, each.sections[0].paragraphs) for each in texts.interpellations(path)] == [
        ("", (LONG,)),
        ("bidragens storlek", (OTHER,)),
    ]


def test_rows_of_pairs_are_read_as_documented(tmp_path):
    (tmp_path / "p.tsv").write_text(
        "Jag har en hund.\tI have a dog.\ttatoeba\nJag har en hund.\tI have a dog.\tx\n", encoding="utf-8"
    )
    (tmp_path / "s.tsv").write_text("grade\tword1\tword2\n3.4\ta\tb\n3.5\tbil\tvagn\n", encoding="utf-8")
    (tmp_path / "g.tsv").write_text('sentence1\tsentence2\tscore\nHan sa "hej.\tHan hälsade.\t2.5\n', encoding="utf-8")
    assert texts.translations(tmp_path / "p.tsv") == [TextPair("I have a dog.", "Jag har en hund.")]
    assert texts.synonyms(tmp_path / "s.tsv", 3.5) == [TextPair("bil", "vagn")]
    assert texts.graded_pairs(tmp_path / "g.tsv") == [texts.GradedPair('Han sa "hej.', "Han hälsade.", 0.5)]


def test_a_mistyped_text_is_one_slip_away():
    text = "Kan Malmö få undantag från lagstiftningen?"
    found = {noise.mistyped(text, random.Random(seed)) for seed in range(50)}
    assert len(found) > 10
    assert max(OSA.distance(text, each) for each in found) == 1


@pytest.mark.parametrize("text", ["", "Få el nu", "vad"])
def test_a_text_of_short_words_is_not_mistyped(text):
    assert noise.mistyped(text, random.Random(1)) == text


def test_diacritics_and_question_openings():
    assert noise.without_diacritics("Åtgärder för café i Örebro") == "Atgarder for cafe i Orebro"
    question = noise.as_question("Krav för bidrag.", random.Random(3))
    assert question.endswith(" krav för bidrag?")
    assert question.removesuffix(" krav för bidrag?") in noise.QUESTION_OPENINGS


def test_thinning_keeps_order_and_never_everything_away():
    words = LONG.split()
    thinned = noise.thinned(LONG, random.Random(5)).split()
    assert 0 < len(thinned) < len(words)
    at = iter(words)
    assert all(word in at for word in thinned)
    assert noise.thinned("ord", random.Random(1)) == "ord"


def test_a_cloze_query_comes_from_its_passage():
    document = Document("x", "T", (Section("", (f"{LONG} {OTHER} {LONG}",)),))
    found = pairs.cloze_pairs([document], random.Random(2))
    assert len(found) == 2
    for pair in found:
        query = set(noise.without_diacritics(pair.query).lower().strip("?").split())
        assert len(query & set(noise.without_diacritics(f"{LONG} {OTHER}").lower().split())) >= 5


def test_an_interpellations_question_points_to_what_led_to_it():
    document = Document("x", "", (Section("", (LONG, "Vad avser ministern att göra åt detta?")),))
    (pair,) = pairs.neighbour_pairs([document], random.Random(1))
    assert pair.passage == LONG
    assert "avser" in pair.query


def test_a_heading_that_repeats_the_title_gives_no_heading_pair():
    document = Document("x", "Lag", (Section("Lag", (LONG,)), Section("Bidrag", (OTHER,))))
    (pair,) = pairs.heading_pairs([document], random.Random(1))
    assert pair.passage == OTHER


def test_a_capped_set_keeps_order_and_drops_empty_and_equal_sides():
    rows = [TextPair("a", "b"), TextPair("c", "c"), TextPair(" ", "d"), TextPair("e", "f"), TextPair("g", "h")]
    whole = pairs.capped("n", rows, 10, 1.0, random.Random(0))
    assert [pair.query for pair in whole.pairs] == ["a", "e", "g"]
    assert len(pairs.capped("n", rows, 2, 1.0, random.Random(0)).pairs) == 2


def retrieval_set(passage, question):
    rows = (SetPassage(id="p1", text=passage),)
    return RetrievalSet(rows, (SetQuestion(id="q1", question=question, relevant=frozenset({"p1"})),))


def test_texts_that_share_a_run_of_words_with_a_set_are_found():
    words = LONG.upper().split()
    index = OverlapIndex(
        {"faq": retrieval_set(f"Så här: {LONG}", "När betalas bidraget ut?"), "none": retrieval_set("x", "y")}
    )
    copied, too_short, asked = " ".join(words[:RUN_WORDS]), " ".join(words[: RUN_WORDS - 1]), "när betalas bidraget UT"
    overlaps, shared = index.report("pages", [f"Ja, {copied} sa han.", too_short, asked, OTHER])
    assert shared == {f"Ja, {copied} sa han.", asked}
    assert [(row.retrieval_set, row.texts, row.shared_texts, row.shared_passages) for row in overlaps] == [
        ("faq", 4, 2, 2),
        ("none", 4, 0, 0),
    ]


def test_sections_that_lose_every_paragraph_go():
    document = Document("x", "T", (Section("a", (LONG,)), Section("b", (LONG, OTHER))))
    assert without(document, {LONG}).sections == (Section("b", (OTHER,)),)


def test_held_out_sentences_are_gone_from_training_on_either_side():
    rows = [TextPair(f"this is sentence number {n % 8}", f"detta är mening nummer {n}") for n in range(24)]
    held_out, candidates, kept = hold_out(rows, random.Random(1))
    assert len(held_out) == 12
    assert not {pair.query for pair in held_out} & {pair.query for pair in kept}
    assert not {pair.passage for pair in held_out} & {*candidates, *(pair.passage for pair in kept)}
