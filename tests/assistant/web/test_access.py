"""That everybody can use the page: by keyboard alone, on a narrow screen, without colours, each answer told once."""

import re

from playwright.sync_api import expect

from tests.assistant.web.test_page import QUESTION, answer, ask, width_needed


def test_a_question_is_asked_and_its_source_read_on_a_narrow_screen(visit, program):
    page = visit(program.url, viewport={"width": 320, "height": 640})
    assert width_needed(page) == 320
    ask(page, QUESTION)
    answer(page, 1).locator(".cite").first.click()
    expect(page.locator("#source-1-1 mark")).to_be_in_viewport()
    ask(page, "Arbetsmarknadspolitik" * 20)
    assert width_needed(page) == 320


# Nothing that stays in place lies over what has the focus: what is met at its place is itself, or a part of it.
UNCOVERED = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const met = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
    return document.activeElement.contains(met) || met?.contains(document.activeElement);
}"""


def test_everything_is_done_by_keyboard_once(visit, program):
    page = visit(program.url)

    def tab_to(selector: str, key: str = "Tab") -> None:
        for _ in range(60):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline in ("solid", "auto"), selector
                assert page.evaluate(UNCOVERED), selector
                return
            page.keyboard.press(key)
        raise AssertionError(f"{key} does not lead to {selector}")

    # An example, its source, the whole document and back.
    tab_to("#examples button")
    page.keyboard.press("Enter")
    answer(page, 1).wait_for()
    tab_to("a.cite", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(".source[open] .open-document")
    page.keyboard.press("Enter")
    page.locator("#reader[open] mark").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "markerad"
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement.closest('#reader') !== null || document.activeElement === document.body"
        )
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('.open-document')")
    tab_to("a.back")
    page.keyboard.press("Enter")
    # Copied, rated and commented.
    tab_to("[data-copy]")
    page.keyboard.press("Enter")
    expect(answer(page, 1).locator(".done")).to_have_text("Kopierat.")
    tab_to("[data-rate=down]")
    page.keyboard.press("Space")
    expect(answer(page, 1).locator("[data-rate=down]")).to_have_attribute("aria-pressed", "true")
    tab_to(".comment textarea")
    page.keyboard.type("Fel sida.")
    tab_to("[data-send-comment]")
    page.keyboard.press("Enter")
    expect(answer(page, 1).locator(".done")).to_have_text("Tack! Kommentaren är sparad.")
    # Saved, begun anew, found again, forgotten.
    tab_to("#tools a")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".docx")
    tab_to("#again", "Shift+Tab")
    page.keyboard.press("Enter")
    page.locator(".earlier a").wait_for()
    tab_to(".earlier a", "Shift+Tab")
    page.keyboard.press("Enter")
    answer(page, 1).wait_for()
    # Narrowed to a document, on another page and back.
    tab_to("#scope a")
    page.keyboard.press("Enter")
    page.locator("input[name=i]").first.wait_for()
    tab_to("input[name=i]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#scope")).to_contain_text("Söker bara i")


def test_an_answer_is_announced_once_and_an_old_one_never(visit, program):
    page = visit(program.url)
    listen = """() => {
        window.said = [];
        const speaker = document.querySelector("[role=status].visually-hidden");
        new MutationObserver(() => window.said.push(speaker.textContent)).observe(speaker, { childList: true });
    }"""
    page.evaluate(listen)
    for question in (QUESTION, "Vad säger SKR och departementet om undantag?"):
        ask(page, question)
    page.wait_for_timeout(500)
    first, second = page.evaluate("window.said")
    assert first.startswith("Svar: Nej")
    assert re.search(r"Sveriges Kommuner och Regioner: SKR", second)
    for said in (first, second):
        assert "[1]" not in said
        assert "Kopiera" not in said
    page.reload()
    answer(page, 2).wait_for()
    page.evaluate(listen)
    page.wait_for_timeout(500)
    assert page.locator("[role=status].visually-hidden").text_content() == ""
    assert page.evaluate("window.said") == []


def test_a_verdict_is_told_without_colour(visit, program):
    page = visit(program.url, forced_colors="active")
    ask(page, QUESTION)
    badge = answer(page, 1).locator(".verdict")
    expect(badge).to_contain_text("Nej")
    mark = badge.locator(".mark").evaluate("mark => getComputedStyle(mark, '::before').content")
    assert mark == '"✕"'
