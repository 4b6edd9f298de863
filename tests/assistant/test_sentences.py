from assistant.sentences import SentenceReader
from corpus.lemmas import root
from corpus.models import Reference, Span
from tests.assistant.town import ANALYZER, KNOWLEDGE, document, read


def test_a_sentence_knows_its_words_and_its_place() -> None:
    (sentence,) = read("Staden bygger 3 gångbroar.", heading="Läget")
    assert (sentence.text, sentence.section, sentence.document_id) == ("Staden bygger 3 gångbroar.", "Läget", "plan")
    assert sentence.document.quote(sentence.span) == sentence.text
    assert {root("bygga"), "3"} <= sentence.roots
    assert root("läge") in sentence.context


def test_only_the_sentences_that_touch_the_passage_are_read() -> None:
    whole = document("Ett.", "Två.", "Tre.", "Fyra.")
    reader = SentenceReader(ANALYZER, KNOWLEDGE)
    inside = Span(whole.sentences[1].start + 1, whole.sentences[2].end)
    assert [s.text for s in reader.within(whole, inside)] == ["Två.", "Tre."]
    assert reader.within(whole, Span(len(whole.text), len(whole.text) + 5)) == []


def test_a_sentence_is_read_once() -> None:
    whole = document("Ett.", "Två.")
    reader = SentenceReader(ANALYZER, KNOWLEDGE)
    assert reader.at(whole, 1) is reader.at(whole, 1)


def test_a_leaning_sentence_has_the_words_of_the_one_before() -> None:
    first, second, third = read("Parknämnden bygger en bro.", "Däremot byggs ingen tunnel.", "Hamnen växer.")
    assert (first.leans, second.leans, third.leans) == (False, True, False)
    assert root("bro") in second.context
    assert root("bro") not in third.context
    assert {root("bro"), root("tunnel")} <= third.nearby
    assert "parknamnden" in second.bodies_before


def test_nothing_is_carried_over_from_another_paragraph() -> None:
    _, second = read("Parknämnden bygger en bro.", "Hamnen växer.")
    assert root("bro") in second.nearby
    whole = document("Parknämnden bygger en bro.", "Hamnen växer.")
    apart = type(whole)(whole.source, whole.text, paragraphs=whole.sentences, sentences=whole.sentences)
    (_, alone) = SentenceReader(ANALYZER, KNOWLEDGE).within(apart, Span(0, len(apart.text)))
    assert (alone.nearby, alone.bodies_before) == (frozenset(), frozenset())


def test_who_speaks() -> None:
    assert read("Parknämnden bedömer att bron behövs.")[0].speaker == "parknamnden"
    assert read("Enligt Hamnkontoret behövs bron.")[0].speaker == "hamnkontoret"
    assert read("PN:s bedömning är att bron behövs.")[0].speaker == "parknamnden"
    assert read("Bron som Parknämnden målade är grön.")[0].speaker == ""
    _, reported = read("Parknämnden bedömer att bron behövs.", "Däremot behövs ingen tunnel.")
    assert reported.speaker == "parknamnden"


def test_utredningen_is_read_by_its_section() -> None:
    assert read("Utredningen föreslog en bro.", heading="Staten")[0].bodies == {"statens"}
    assert read("Utredningen föreslog en bro.", heading="Läget")[0].bodies == {"egen"}
    assert read("Utredningen föreslog en bro.", heading="Staten", document_id="annat")[0].bodies == {"egen"}


def test_a_sentence_that_cannot_be_read_alone_names_the_one_before() -> None:
    first, second = read("Staden har tre broar.", "En sådan är grön.")
    assert (first.needs_before, second.needs_before) == (None, first.span)


def test_a_sentence_that_the_next_goes_on_with_names_it() -> None:
    first, second = read("Flera broar är på gång.", "Det handlar bland annat om Norra bron.")
    assert (first.continued_by, second.continued_by) == (second.span, None)


def test_a_lead_in_to_a_list_is_marked() -> None:
    assert [s.list_intro for s in read("Av svaren framgår följande:", "Bron är grön.")] == [True, False]


def test_a_sentence_of_a_fact_sheet_without_an_address_is_not_borne_out() -> None:
    whole = document("Bron är grön.", "Bron är blå.")
    sheet = type(whole)(
        whole.source,
        whole.text,
        paragraphs=whole.paragraphs,
        sentences=whole.sentences,
        references=(Reference(whole.sentences[1], "https://lag.example/"),),
    )
    read_sheet = SentenceReader(ANALYZER, KNOWLEDGE).within(sheet, Span(0, len(sheet.text)))
    assert [s.referenced for s in read_sheet] == [False, True]
    assert [s.referenced for s in read("Bron är grön.")] == [True]
