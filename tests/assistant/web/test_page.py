"""Asking on the page: answers, their sources, follow-ups, refusals and failures, in Swedish and from no other host."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.assistant.standin import ANSWER, QUOTE, StandIn, StandInIndex
from tests.assistant.web.conftest import served

QUESTION = "Kan Malmö få undantag från lagstiftningen?"
ENGLISH = re.compile(
    r"\b(Submit|Send|Clear|Error|Loading|Settings|Copy|Share|Close|Type|Enter|Ask|Message|Built with|API|Footer|the)\b"
)


def ask(page: Page, question: str) -> None:
    """Ask as a reader does, and wait for the whole answer."""
    number = page.locator(".exchange").count() + 1
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    answer(page, number).wait_for()


def answer(page: Page, number: int) -> Locator:
    """The exchange numbered ``number`` when its answer is whole."""
    return page.locator(f".exchange[data-exchange='{number}'][data-complete]")


def width_needed(page: Page):
    """How wide the page wants to be, in CSS pixels."""
    return page.evaluate("document.documentElement.scrollWidth")


# Over the real engine and the real documents


def test_a_question_is_answered_and_its_citation_opens_the_marked_sentence(visit, program):
    page = visit(program.url)
    ask(page, QUESTION)
    expect(answer(page, 1).locator(".verdict")).to_have_text(re.compile(r"Nej$"))
    expect(page.locator("#question textarea")).to_have_value("")
    reference = answer(page, 1).get_by_role("link", name=re.compile("Källa 1"))
    reference.click()
    source = page.locator("#source-1-1")
    expect(source).to_have_attribute("open", "")
    marked = source.locator("mark")
    expect(marked).to_be_in_viewport()

    citation = program.ask(QUESTION).citations[0]
    text = program.text(citation.document_id)
    assert "inte finns några öppningar" in marked.inner_text()
    assert marked.text_content() == text[citation.start : citation.end] == citation.quote
    passage = source.locator("blockquote").text_content() or ""
    at = passage.index(citation.quote)
    begins = citation.start - at
    assert passage == text[begins : begins + len(passage)]
    assert len(passage) > len(citation.quote)
    for shown in (citation.title, citation.section, citation.publisher, "Utredning"):
        expect(source).to_contain_text(shown)
    expect(source).to_contain_text(f"sida\N{NO-BREAK SPACE}{citation.page}")


def test_the_page_asks_no_other_host_for_anything_and_is_swedish_in_an_english_browser(chromium, program):
    asked, sockets, complaints, words = [], [], [], []
    context = chromium.new_context(locale="en-US")
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(program.url)
    page.locator("#examples button:visible").first.wait_for()
    words.append(all_words(page))
    ask(page, QUESTION)
    page.get_by_role("link", name=re.compile("Källa 1")).click()
    ask(page, "Vad svarade departementet?")
    words.append(all_words(page))
    assert page.evaluate("[document.documentElement.lang, navigator.language]") == ["sv", "sv-SE"]
    assert page.title() == "Fråga utredningen"
    page.get_by_role("button", name="Ny konversation").click()
    expect(page.locator(".exchange")).to_have_count(0)
    page.wait_for_timeout(1000)
    stored = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    context.close()
    assert len(asked) > 10
    assert {url for url in asked if urlsplit(url).scheme != "data"} == {
        url for url in asked if url.startswith(f"{program.url}/")
    }
    assert sockets == []
    assert complaints == []
    assert "undantag" not in stored
    assert "Du talar med en maskin" in words[0]
    assert "KÄLLOR" in words[1].upper()
    assert [match.group() for text in words for match in ENGLISH.finditer(text)] == []


def all_words(page: Page) -> str:
    """Whatever a reader sees, hears or is shown on hovering."""
    attributes = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap((element) =>
            ["aria-label", "title", "placeholder", "alt"].map((name) => element.getAttribute(name) ?? ""))"""
    )
    return "\n".join([page.locator("body").inner_text(), *attributes])


def test_what_the_sources_do_not_say_comes_with_the_nearest_passages_labelled_and_ways_to_ask(visit, program):
    page = visit(program.url)
    ask(page, "Vad kostade utredningen?")
    expect(answer(page, 1).locator(".verdict")).to_have_text(re.compile("Framgår inte"))
    answer(page, 1).get_by_role("link", name="Visa de närmaste avsnitten").click()
    nearest = page.locator("#sources section:visible details")
    assert nearest.count() >= 1
    for card in nearest.all():
        expect(card).to_contain_text("Svarar inte på frågan")
    assert page.locator("#sources section:visible .number").count() == 0
    ask(page, "Vad tycker Kiruna om utredningen?")
    shown = answer(page, 2).locator(".more")
    for text in ("Inget dokument nämner", "Kiruna", "Så kan du fråga i stället"):
        expect(shown).to_contain_text(text)


def test_a_follow_up_builds_on_the_question_before_and_earlier_sources_stay_at_hand(visit, program):
    page = visit(program.url)
    ask(page, "Vad säger SKR om försök?")
    ask(page, "Och departementet då?")
    expect(answer(page, 2)).to_contain_text(re.compile("departementet", re.IGNORECASE))
    assert answer(page, 2).locator(".cite").count() >= 1
    expect(page.locator("#source-1-1")).to_be_hidden()
    answer(page, 1).locator(".cite").first.click()
    expect(page.locator("#source-1-1 mark")).to_be_visible()
    expect(page.locator("#source-2-1")).to_be_hidden()
    page.locator("#source-1-1").get_by_role("link", name="Tillbaka till svaret").click()
    assert page.evaluate("document.activeElement.id") == "ref-1-1"
    # The next answer's sources take their place; they and the question box stay in view in a long conversation.
    answer(page, 1).locator(".cite").first.click()
    page.locator("#question textarea").focus()
    ask(page, "Visa en tidslinje")
    expect(answer(page, 3).locator(".question")).to_be_in_viewport()
    expect(page.locator("#source-3-1 mark")).to_be_in_viewport()
    expect(page.locator("#question")).to_be_in_viewport(ratio=1)
    expect(page.locator("#sources section:visible")).to_have_count(1)
    assert page.evaluate("window.scrollY") > 500


def test_an_example_is_asked_by_clicking_it(visit, program):
    page = visit(program.url)
    example = page.locator("#examples button").first
    question = example.inner_text()
    example.click()
    answer(page, 1).wait_for()
    expect(answer(page, 1).locator(".question")).to_contain_text(question)
    expect(page.locator("#examples")).to_be_hidden()
    page.get_by_role("button", name="Ny konversation").click()
    expect(page.locator("#examples")).to_be_visible()
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.locator("#question textarea")).to_be_focused()
    ask(page, QUESTION)
    expect(page.locator(".exchange")).to_have_count(1)


def test_what_is_no_question_gets_a_polite_answer(visit, program):
    page = visit(program.url)
    replies = {
        "": "Skriv en fråga",
        "   ": "Skriv en fråga",
        "försök " * 714 + "ok": "för lång",
        "Wie viel hat die Untersuchung gekostet und wer hat sie bezahlt?": "svenska",
        "Hej!": "Ställ en fråga",
        "Hur lagar man köttbullar?": "Det framgår inte av underlaget",
    }
    for number, (question, reply) in enumerate(replies.items(), 1):
        ask(page, question)
        expect(answer(page, number).locator(".answer")).to_contain_text(reply)
        assert width_needed(page) == 1280
    ask(page, QUESTION)
    expect(answer(page, len(replies) + 1).locator(".verdict")).to_have_text(re.compile(r"Nej$"))


# Over a stand-in engine, for what the real documents do not hold


def test_a_failure_is_one_swedish_line_and_the_next_question_is_answered(visit):
    def reply(question: str):
        if question == "brist":
            raise ValueError("hemlig väg")
        return replace(ANSWER, question=question)

    with served(StandIn(reply)) as url:
        page = visit(url)
        ask(page, "brist")
        expect(answer(page, 1).locator(".answer")).to_have_text(re.compile(r"^\s*Något gick fel[^\n]*$"))
        assert "hemlig" not in page.content()
        assert "Traceback" not in page.content()
        ask(page, "Vem?")
        expect(answer(page, 2)).to_contain_text(QUOTE)


def test_a_lost_server_is_told_in_swedish_and_found_again(visit):
    with served(StandIn()) as url:
        page = visit(url, locale="en-US")
    page.locator("#question textarea").fill("Vem?")
    page.keyboard.press("Enter")
    toast = page.locator(".toast-wrap")
    expect(toast).to_contain_text("Kontakten med servern bröts")
    assert ENGLISH.search(toast.inner_text()) is None
    with served(StandIn(), int(url.rpartition(":")[2])):
        expect(toast).not_to_contain_text("Kontakten med servern bröts", timeout=20_000)
        page.locator("#question textarea").wait_for()
        ask(page, "Vem?")
        expect(answer(page, 1)).to_contain_text(QUOTE)


def test_the_page_opens_without_an_index_and_says_so(visit):
    with served(StandIn(index=StandInIndex(sources=()))) as url:
        expect(visit(url).locator("#sources")).to_contain_text("0 dokument")
