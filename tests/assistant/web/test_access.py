"""That everybody can use the pages: axe-core on every state, by keyboard alone, enlarged, told once, in two schemes."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.web.test_page import answer, ask, width_needed

# Not this project's code: .ci/run fetches it, and AXE_CORE says where it lies.
AXE = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUESTIONS = (
    "Kan Malmö få undantag från lagstiftningen?",
    "Vad säger SKR och departementet om undantag från lagstiftningen?",
    "Visa en tidslinje",
    "Vilka aktörer nämns?",
    "Vad kostade utredningen?",
    "Gäller aktivitetskravet för försörjningsstöd redan?",
    "",
)
PLACE = "/dokument/malmo-forsoksverksamhet?fran=5831&till=6003"
PATHS = (
    "/tidslinje",
    "/aktorer",
    "/dokument",
    "/om",
    "/tillganglighet",
    PLACE,
    "/dokument/faktablad-skr",
    "/dokument/x",
)


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core; where it is missing, these tests are left out, but not where CI has fetched it."""
    if not AXE.is_file():
        message = "axe-core is missing: npm install axe-core, or AXE_CORE=path/to/axe.min.js"
        pytest.fail(message) if "AXE_CORE" in os.environ else pytest.skip(message)
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it is now."""
    page.evaluate(axe)
    found = page.evaluate(
        "rules => axe.run(document, { runOnly: { type: 'tag', values: rules } }).then(result => result.violations)",
        RULES,
    )
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def test_axe_finds_what_is_wrong(visit, program, axe):
    page = visit(program.url)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('img'), { src: '/page-assets/icon.svg' }))"
    )
    assert [one.partition(":")[0] for one in violations(page, axe)] == ["image-alt"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_in_any_state_of_the_chat(visit, program, axe, scheme):
    page = visit(program.url, color_scheme=scheme)
    page.locator("#examples button:visible").first.wait_for()
    assert violations(page, axe) == []
    for number, question in enumerate(QUESTIONS, 1):
        ask(page, question)
        if number == 1:
            answer(page, 1).get_by_role("button", name="Inte till hjälp", exact=True).click()
            answer(page, 1).get_by_label("Vad var bra eller fel?").wait_for()
        assert violations(page, axe) == [], question
    for closed in page.locator("#sources section:visible details:not([open]) summary").all():
        closed.click()
    answer(page, 1).locator(".cite").first.click()
    page.locator(".open-document:visible").first.click()
    page.locator("#reader[open] mark").first.wait_for()
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ny konversation").click()
    page.locator(".earlier").wait_for()
    assert violations(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_on_the_other_pages(visit_page, program, axe, scheme):
    for path in PATHS:
        page = visit_page(f"{program.url}{path}", color_scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert violations(page, axe) == [], path


def test_nothing_scrolls_sideways_at_four_hundred_percent(visit, visit_page, program):
    """1,280 pixels enlarged four times are 320."""
    small = {"viewport": {"width": 320, "height": 256}}
    page = visit(program.url, **small)
    assert width_needed(page) == 320
    for number, question in enumerate(QUESTIONS, 1):
        ask(page, question)
        assert width_needed(page) == 320, question
        assert answer(page, number).locator(".answer").is_visible()
    answer(page, 1).locator(".cite").first.click()
    page.locator(".open-document:visible").first.click()
    dialog = page.locator("#reader[open]")
    dialog.locator("mark").first.wait_for()
    assert dialog.evaluate("one => one.scrollWidth <= one.clientWidth")
    # Nothing that stays in place hides the text behind it.
    box = dialog.locator(".reader-bar").bounding_box()
    assert box
    assert box["height"] < 128
    for path in PATHS:
        assert width_needed(visit_page(f"{program.url}{path}", **small)) == 320, path


def test_everything_is_done_by_keyboard_once(visit, program):
    page = visit(program.url)

    def tab_to(selector: str, key: str = "Tab") -> None:
        for _ in range(60):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline in ("solid", "auto"), selector
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
    for question in ("Kan Malmö få undantag från lagstiftningen?", "Vad säger SKR och departementet om undantag?"):
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
    ask(page, "Kan Malmö få undantag från lagstiftningen?")
    badge = answer(page, 1).locator(".verdict")
    expect(badge).to_contain_text("Nej")
    mark = badge.locator(".mark").evaluate("mark => getComputedStyle(mark, '::before').content")
    assert mark == '"✕"'
