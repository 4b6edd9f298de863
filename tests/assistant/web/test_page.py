import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.standin import ANSWER, CITATION, QUOTE, StandIn, StandInIndex
from tests.assistant.web.conftest import served
from tests.assistant.web.test_render import HOSTILE, hostile_answer

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


def answer(page: Page, number: int):
    """The exchange numbered ``number`` when its answer is whole."""
    return page.locator(f".exchange[data-exchange='{number}'][data-complete]")


def width_needed(page: Page):
    return page.evaluate("document.documentElement.scrollWidth")


# Over the real engine and the real documents


def test_a_question_is_answered_and_its_citation_opens_the_marked_sentence(visit, program):
    page = visit(program.url)
    ask(page, QUESTION)
    expect(answer(page, 1).locator(".verdict")).to_have_text(re.compile(r"Nej$"))
    reference = answer(page, 1).get_by_role("link", name=re.compile("Källa 1"))
    reference.click()
    source = page.locator("#source-1-1")
    expect(source).to_have_attribute("open", "")
    marked = source.locator("mark")
    expect(marked).to_be_in_viewport()

    citation = program.ask(QUESTION)["citations"][0]
    text = program.run("ingest", "show", citation["document_id"])
    assert "inte finns några öppningar" in marked.inner_text()
    assert marked.text_content() == text[citation["start"] : citation["end"]] == citation["quote"]
    passage = source.locator("blockquote").text_content() or ""
    at = passage.index(citation["quote"])
    begins = citation["start"] - at
    assert passage == text[begins : begins + len(passage)]
    assert len(passage) > len(citation["quote"])
    for shown in (citation["title"], citation["section"], citation["publisher"], "Utredning"):
        expect(source).to_contain_text(shown)
    if citation["page"]:
        expect(source).to_contain_text(f"sida\N{NO-BREAK SPACE}{citation['page']}")


def test_the_page_asks_no_other_host_for_anything(visit, program, chromium):
    asked, sockets, complaints = [], [], []
    context = chromium.new_context(locale="en-US")
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(program.url)
    page.locator("#question textarea").wait_for()
    ask(page, QUESTION)
    page.get_by_role("link", name=re.compile("Källa 1")).click()
    ask(page, "Vad kostade utredningen?")
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


def test_what_the_sources_do_not_say_comes_with_the_nearest_passages_labelled(visit, program):
    page = visit(program.url)
    ask(page, "Vad kostade utredningen?")
    expect(answer(page, 1).locator(".verdict")).to_have_text(re.compile("Framgår inte"))
    answer(page, 1).get_by_role("link", name="Visa de närmaste avsnitten").click()
    nearest = page.locator("#sources section:visible details")
    assert nearest.count() >= 1
    for card in nearest.all():
        expect(card).to_contain_text("Svarar inte på frågan")
    assert page.locator("#sources section:visible .number").count() == 0


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


def test_everything_is_swedish_in_an_english_browser(visit, program):
    page = visit(program.url, locale="en-US")
    assert page.evaluate("[document.documentElement.lang, navigator.language]") == ["sv", "sv-SE"]
    assert page.title() == "Fråga utredningen"
    words = []
    for _ in range(2):
        words.append(page.locator("body").inner_text())
        words += page.evaluate(
            """() => [...document.querySelectorAll("*")].flatMap((element) =>
                ["aria-label", "title", "placeholder", "alt"].map((name) => element.getAttribute(name) ?? ""))"""
        )
        ask(page, "Vad svarade departementet?")
    assert "Källor" in "\n".join(words) or "KÄLLOR" in "\n".join(words)
    assert "Du talar med en maskin" in words[0]
    assert [text for text in words if ENGLISH.search(text)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_needs_no_sideways_scrolling(visit, program, scheme):
    page = visit(program.url, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    assert width_needed(page) == 360
    ask(page, QUESTION)
    answer(page, 1).locator(".cite").first.click()
    expect(page.locator("#source-1-1 mark")).to_be_in_viewport()
    assert width_needed(page) == 360
    ask(page, "Arbetsmarknadspolitik" * 20)
    assert width_needed(page) == 360
    conversation, sources = page.locator("#conversation").bounding_box(), page.locator("#sources").bounding_box()
    assert conversation and sources
    assert sources["y"] >= conversation["y"] + conversation["height"]


def test_asking_and_opening_a_citation_by_keyboard_alone(visit, program):
    page = visit(program.url)

    def tab_to(selector: str, key: str = "Tab") -> None:
        for _ in range(40):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            page.keyboard.press(key)
        raise AssertionError(f"{key} does not lead to {selector}")

    tab_to("#question textarea")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answer(page, 1).wait_for()
    tab_to("a.cite", "Shift+Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    reference = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    source = reference.replace("ref", "source")
    assert page.evaluate("document.activeElement.parentElement.id") == source
    expect(page.locator(f"#{source} mark")).to_be_in_viewport()
    tab_to("a.back")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == reference
    tab_to("#again")
    page.keyboard.press("Enter")
    expect(page.locator(".exchange")).to_have_count(0)


def test_an_answer_is_announced_once_when_it_is_whole(visit, program):
    page = visit(program.url)
    page.evaluate(
        """() => {
            window.said = [];
            const speaker = document.querySelector("[role=status].visually-hidden");
            new MutationObserver(() => window.said.push(speaker.textContent)).observe(speaker, { childList: true });
        }"""
    )
    ask(page, QUESTION)
    page.wait_for_timeout(500)
    [said] = page.evaluate("window.said")
    assert said.startswith("Svar: Nej")
    assert "inte finns några öppningar" in said
    assert "[1]" not in said


def test_conversations_are_each_readers_own(visit, program):
    one, other = visit(program.url), visit(program.url)
    ask(one, QUESTION)
    expect(other.locator(".exchange")).to_have_count(0)
    ask(other, "Vad svarade departementet?")
    expect(one.locator(".exchange")).to_have_count(1)
    expect(other.locator(".exchange")).to_have_count(1)
    one.reload()
    one.locator("#question textarea").wait_for()
    expect(one.locator(".exchange")).to_have_count(0)


def test_markup_in_a_question_is_shown_as_text(visit, program):
    page = visit(program.url)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    for number, text in enumerate(HOSTILE, 1):
        ask(page, text)
        assert answer(page, number).locator(".question").inner_text().split() == ["Fråga:", *text.split()]
    assert page.locator("#conversation .exchange :is(script, img, svg, iframe, form, code, pre)").count() == 0


# Over a stand-in engine, for what the real documents do not hold


def test_markup_in_documents_is_shown_as_text_and_runs_nothing(visit):
    def reply(question: str):
        return hostile_answer(HOSTILE[int(question)])

    asked = []
    with served(StandIn(reply)) as url:
        page = visit(url)
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        for number, text in enumerate(HOSTILE):
            ask(page, str(number))
            marked = page.locator("#sources section:visible mark").first
            assert marked.text_content() == text
            expect(page.locator("#sources section:visible .title").first).to_have_text(text, use_inner_text=False)
        foreign = "#layout :is(script, img, svg, iframe, form, object, embed, [onload], [onerror], [onmouseover])"
        assert page.locator(foreign).count() == 0
        assert [one for one in asked if not one.startswith(f"{url}/")] == []


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


def test_what_has_been_updated_and_what_is_a_summary_is_marked(visit):
    sheet = replace(CITATION, number=2, kind="faktablad", title="Faktablad: A", date="2026-07", page=None)
    both = replace(ANSWER, citations=(replace(CITATION, updated=True), sheet), answer=f"Nej. {QUOTE} [1] Nytt. [2]")
    with served(StandIn(lambda question: both)) as url:
        page = visit(url)
        ask(page, "Vem?")
        expect(page.locator("#source-1-1")).to_contain_text("Har uppdaterats")
        expect(page.locator("#source-1-2")).to_contain_text("Faktablad – sammanfattning")
        expect(page.locator("#source-1-2")).not_to_contain_text("Har uppdaterats")
        original = page.locator("#source-1-1").get_by_role("link", name="Öppna originalet")
        expect(original).to_have_attribute("href", CITATION.url)


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
