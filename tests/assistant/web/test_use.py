"""What readers do with answers on the page: read the whole document, say what they think, keep, come back, narrow."""

import io
import json
import re

import docx
from playwright.sync_api import expect

from assistant.__main__ import main
from tests.assistant.web.test_page import QUESTION, answer, ask

MAIN = "malmo-forsoksverksamhet"


def test_the_reader_opens_the_whole_document_at_the_words(visit, program):
    page = visit(program.url)
    ask(page, QUESTION)
    link = page.locator("#source-1-1 .open-document")
    link.click()
    reader = page.locator("#reader[open]")
    marked = reader.locator("mark")
    expect(marked).to_be_in_viewport()
    assert marked.inner_text() == program.ask(QUESTION).citations[0].quote
    expect(reader).to_contain_text("Kommunstyrelsen beslutade i oktober 2020")
    expect(reader).to_contain_text("SÖK")
    reader.locator("summary").click()
    reader.get_by_role("link", name="Bakgrund").click()
    expect(reader.get_by_role("heading", name="Bakgrund")).to_be_in_viewport()
    # A later source's words open in the same place.
    later = reader.locator(".later a").first
    title = later.inner_text()
    later.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    expect(reader.locator("mark")).to_be_in_viewport()
    reader.get_by_role("button", name="Stäng").click()
    expect(reader).to_be_hidden()
    expect(answer(page, 1)).to_be_visible()


def test_positions_stand_side_by_side_each_with_its_quote(visit, program):
    page = visit(program.url)
    ask(page, "Vad säger SKR och departementet om undantag från lagstiftningen?")
    cards = answer(page, 1).locator(".position")
    expect(cards.nth(0).get_by_role("heading")).to_have_text("Sveriges Kommuner och Regioner")
    expect(cards.nth(1).get_by_role("heading")).to_have_text("Arbetsmarknadsdepartementet")
    boxes = [cards.nth(n).bounding_box() for n in (0, 1)]
    assert boxes[0] and boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    for number in (0, 1):
        assert cards.nth(number).locator(".cite").count() >= 1


def test_an_opinion_lasts_and_is_kept_with_question_and_answer(visit, program, monkeypatch, capsys):
    page = visit(program.url)
    ask(page, QUESTION)
    answer(page, 1).get_by_role("button", name="Till hjälp", exact=True).click()
    expect(answer(page, 1).locator(".done")).to_have_text("Tack! Omdömet är sparat.")
    answer(page, 1).get_by_role("textbox").fill("Bra <b>svar</b>")
    answer(page, 1).get_by_role("button", name="Skicka kommentar").click()
    expect(answer(page, 1).locator(".done")).to_have_text("Tack! Kommentaren är sparad.")
    ask(page, "Och departementet då?")
    useful = answer(page, 1).get_by_role("button", name="Till hjälp", exact=True)
    expect(useful).to_have_attribute("aria-pressed", "true")
    monkeypatch.setenv("FRAGA_DATA_DIR", str(program.data_dir))
    assert main(["feedback", "--json"]) == 0
    [kept] = json.loads(capsys.readouterr().out)
    given = [kept[name] for name in ("useful", "comment", "question", "verdict")]
    assert given == [True, "Bra <b>svar</b>", QUESTION, "no"]
    useful.click()
    expect(answer(page, 1).locator(".done")).to_have_text("Omdömet är borttaget.")


def test_an_answer_is_copied_with_its_sources(visit, program):
    page = visit(program.url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    answer(page, 1).get_by_role("button", name="Kopiera med källor").click()
    expect(answer(page, 1).locator(".done")).to_have_text("Kopierat.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{QUESTION}\n\nNej.\n")
    assert "inte finns några öppningar" in copied
    assert "\nKällor\n[1] Utredning av förutsättningarna" in copied


def test_a_conversation_is_saved_with_its_sources(visit, program):
    page = visit(program.url)
    ask(page, QUESTION)
    ask(page, "Vilka aktörer nämns?")
    with page.expect_download() as word:
        page.get_by_role("link", name=re.compile("Word")).click()
    with page.expect_download() as markdown:
        page.get_by_role("link", name=re.compile("Markdown")).click()
    paragraphs = [p.text for p in docx.Document(io.BytesIO(word.value.path().read_bytes())).paragraphs]
    assert QUESTION in paragraphs
    assert "Nej." in paragraphs
    assert any(p.startswith("[1]\tUtredning av förutsättningarna") for p in paragraphs)
    text = markdown.value.path().read_text(encoding="utf-8")
    assert f"## {QUESTION}" in text
    assert "- Kommunstyrelsen \\[" in text


def test_a_reader_comes_back_to_conversations_of_their_own(visit, program):
    page = visit(program.url)
    ask(page, QUESTION)
    page.reload()
    expect(answer(page, 1).locator(".verdict")).to_contain_text("Nej")
    expect(page.locator("#source-1-1 mark")).to_be_visible()
    ask(page, "Och departementet då?")
    expect(answer(page, 2).locator(".cite").first).to_be_visible()
    conversation = page.url
    page.goto(f"{program.url}/tidslinje")
    page.get_by_role("link", name="Fråga", exact=True).click()
    page.locator(".earlier").get_by_role("link", name=QUESTION).click()
    expect(answer(page, 2)).to_be_visible()

    other = visit(conversation)
    expect(other.locator(".welcome")).to_be_visible()
    expect(other.locator(".exchange, .earlier")).to_have_count(0)

    page.get_by_role("button", name="Ny konversation").click()
    page.get_by_role("button", name="Glöm dem nu").click()
    expect(page.locator(".earlier")).to_have_count(0)
    page.goto(conversation)
    expect(page.locator(".welcome")).to_be_visible()


def test_answers_are_looked_for_in_the_chosen_documents(visit, program):
    page = visit(program.url)
    ask(page, QUESTION)
    page.locator("#scope").get_by_role("link", name="Välj dokument").click()
    page.get_by_role("checkbox", name=re.compile("Utredning av förutsättningarna")).check()
    page.get_by_role("button", name="Sök bara i de valda").click()
    expect(page.locator("#scope")).to_contain_text("Söker bara i Utredning av förutsättningarna")
    expect(answer(page, 1)).to_be_visible()
    ask(page, "Vilka nationella reformer är på gång?")
    titles = page.locator("#sources section:visible .title")
    expect(titles.first).to_be_visible()
    assert all(title.startswith("Utredning av förutsättningarna") for title in titles.all_inner_texts())
    expect(page.locator("#sources section:visible").get_by_text("Har uppdaterats").first).to_be_visible()
    page.locator("#scope").get_by_role("link", name="Sök i alla dokument").click()
    expect(page.locator("#scope")).to_contain_text("Söker i alla 21 dokument")


def test_the_notice_leads_to_what_the_service_is_for(visit, program):
    page = visit(program.url)
    page.get_by_role("link", name="Vad tjänsten får användas till").click()
    for text in ("Du talar med en maskin", "juli 2026", "juridisk rådgivning", "Rapportera fel"):
        expect(page.locator("main")).to_contain_text(text)
    page.get_by_role("link", name="Tillgänglighetsredogörelse").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tillgänglighetsredogörelse")
