import io
from dataclasses import replace
from datetime import datetime

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.web.export_docx import as_docx
from assistant.web.export_markdown import as_markdown, escaped
from assistant.web.transcript import NOTICE, WORDED_NOTICE, Transcript, plain, transcribe
from assistant.web.visits import Conversation, Exchange
from tests.assistant.standin import ANSWER, CITATION, QUOTE
from tests.assistant.web.test_render import HOSTILE, hostile_answer

BEGUN = datetime(2026, 7, 1, 12, 0)
SHEET = replace(CITATION, number=1, document_id="blad", title="Bladet", kind="faktablad", date="2026-07", updated=True)


def transcript(*answers) -> Transcript:
    said = tuple(Exchange(n, f"Fråga {n}?", answer) for n, answer in enumerate(answers, 1))
    return transcribe(Conversation("k", BEGUN, said))


def test_sources_are_numbered_through_and_listed_once():
    two = replace(ANSWER, citations=(SHEET, replace(CITATION, number=2)), answer="Ja. Nytt. [1]\n- Gammalt. [2]")
    written = transcript(ANSWER, replace(two, verdict="yes"), None)
    assert [entry.verdict for entry in written.entries] == ["Nej", "Ja", ""]
    assert written.entries[0].lines == (f"{QUOTE} [1]",)
    assert written.entries[1].lines == ("Nytt. [2]", "- Gammalt. [1]")
    assert [(s.number, s.text) for s in written.sources] == [
        (1, "Utredningen. Sammanfattande bedömning, s. 3. Malmö stad. 2024."),
        (
            2,
            "Bladet. Sammanfattande bedömning, s. 3. Malmö stad. uppgifter till och med juli 2026. "
            "har uppdaterats av en senare källa.",
        ),
    ]


def test_the_clipboard_gets_question_verdict_answer_and_sources():
    assert plain(transcript(ANSWER)) == (
        f"Fråga 1?\n\nNej.\n{QUOTE} [1]\n\nKällor\n"
        "[1] Utredningen. Sammanfattande bedömning, s. 3. Malmö stad. 2024. https://malmo.example/utredning\n"
    )


def test_markdown_has_headings_answers_and_sources():
    text = as_markdown(transcript(ANSWER))
    html = MarkdownIt().render(text)
    assert "<h1>Frågor och svar om underlaget</h1>" in html
    assert "<h2>Fråga 1?</h2>" in html
    assert "<strong>Nej.</strong>" in html
    assert f"{QUOTE} [1]" in html
    assert '<a href="https://malmo.example/utredning">' in html
    assert "1 juli 2026" in html


def test_what_leaves_the_page_says_who_has_worded_it():
    quoted, worded = transcript(ANSWER), transcript(ANSWER, replace(ANSWER, answerer="ollama:en-modell"))
    assert (quoted.notice, worded.notice) == (NOTICE, WORDED_NOTICE)
    assert "ordagranna citat" in as_markdown(quoted) and "språkmodell" not in as_markdown(quoted)
    assert "formulerade av en språkmodell" in as_markdown(worded) and "ordagranna" not in as_markdown(worded)
    assert ("Normal", WORDED_NOTICE) in read(as_docx(worded))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_no_markup_in_markdown(text):
    html = MarkdownIt("commonmark", {"html": True}).render(as_markdown(transcript(hostile_answer(text))))
    for tag in ("<script", "<img", "<svg", "<iframe", 'javascript:alert(1)"', "<code"):
        assert tag not in html


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_escaped_text_is_read_back_as_it_was(text):
    rendered = MarkdownIt("commonmark", {"html": True}).parseInline(escaped(" ".join(text.split())))
    children = rendered[0].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == " ".join(text.split())


def read(data: bytes):
    return [(p.style.name, p.text) for p in docx.Document(io.BytesIO(data)).paragraphs if p.style]


def test_word_gets_real_headings_lists_and_sources():
    item = replace(ANSWER, verdict=None, answer=f"- {QUOTE} [1]")
    read_back = read(as_docx(transcript(ANSWER, item)))
    assert ("Heading 1", "Frågor och svar om underlaget") in read_back
    assert [text for style, text in read_back if style == "Heading 2"] == ["Fråga 1?", "Fråga 2?", "Källor"]
    assert ("Normal", "Nej.") in read_back
    assert ("Normal", f"{QUOTE} [1]") in read_back
    assert ("List Bullet", f"{QUOTE} [1]") in read_back
    assert ("Normal", f"\t”{QUOTE}”") in read_back
    assert docx.Document(io.BytesIO(as_docx(transcript(ANSWER)))).core_properties.language == "sv-SE"


@settings(deadline=None, max_examples=25)  # each is a whole document
@given(st.text())
def test_any_text_makes_a_word_document(text):
    said = Exchange(1, text, hostile_answer(text))
    assert as_docx(transcribe(Conversation("k", BEGUN, (said,))))[:2] == b"PK"
