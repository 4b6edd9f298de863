"""Every page and state, looked at by axe-core in both schemes and on narrow screens."""

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from assistant.models import Partial
from assistant.web.server import STATIC
from tests.assistant.standin import ANSWER, StandIn
from tests.assistant.web.conftest import opened, ready, served
from tests.assistant.web.test_page import QUESTION, answer, ask, width_needed

# Not this project's code: .ci/run fetches it, and AXE_CORE says where it lies.
AXE = Path(os.environ.get("AXE_CORE", "node_modules/axe-core/axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
SETTLED = """() => new Promise(requestAnimationFrame).then(() => Promise.allSettled(
    document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished)))"""
# Every kind of answer: a verdict, positions, a timeline, actors, none, one that has been updated, no question.
QUESTIONS = (
    QUESTION,
    "Vad säger SKR och departementet om undantag från lagstiftningen?",
    "Visa en tidslinje",
    "Vilka aktörer nämns?",
    "Vad kostade utredningen?",
    "Gäller aktivitetskravet för försörjningsstöd redan?",
    "",
)
PATHS = (
    "/tidslinje",
    "/tidslinje?dokument=malmo-forsoksverksamhet&ar=2023",
    "/aktorer?dokument=malmo-forsoksverksamhet",
    "/dokument",
    "/dokument?sok=finns-inte",
    "/om",
    "/tillganglighet",
    "/dokument/malmo-forsoksverksamhet?fran=5831&till=6003",
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


def violations(page: Page, axe: str, *within: str) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it is now, or in parts of it, in both schemes.

    The dark scheme has other colours and nothing else (a test holds this), so there the rules on colours alone run.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe)
    where = {"include": [[one] for one in within or ["html"]]}

    def found(scheme: Literal["light", "dark"], only: dict) -> list[str]:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)  # colours may glide from one scheme to the other
        options = {"runOnly": only, "resultTypes": ["violations"]}
        wrong = page.evaluate(
            "([where, options]) => axe.run(where, options).then(ran => ran.violations)", [where, options]
        )
        return [f"{scheme}: {one['id']}: {node['html'][:120]}" for one in wrong for node in one["nodes"]]

    in_dark = found("dark", {"type": "rule", "values": COLOUR_RULES})
    return [*found("light", {"type": "tag", "values": RULES}), *in_dark]


@pytest.fixture(scope="module")
def everything(chromium, program) -> Iterator[Page]:
    """A conversation with every kind of answer, and an answer that has been found wanting."""
    page = ready(opened(chromium, program.url))
    for question in QUESTIONS:
        ask(page, question)
    answer(page, 1).get_by_role("button", name="Inte till hjälp", exact=True).click()
    answer(page, 1).get_by_label("Vad var bra eller fel?").wait_for()
    yield page
    page.context.close()


def show_sources(page: Page, number: int) -> None:
    """Bring the sources of an answer into view, all of them opened."""
    links = answer(page, number).locator("a.cite, a.cite-nearest")
    if links.count():
        links.first.click()
    page.evaluate("document.querySelectorAll('#sources section details').forEach(one => { one.open = true; })")


def test_axe_finds_what_is_wrong_in_either_scheme(visit_page, program, axe):
    page = visit_page(f"{program.url}/om")
    page.evaluate(
        """() => {
            document.body.append(Object.assign(document.createElement("img"), { src: "/page-assets/icon.svg" }));
            const faint = Object.assign(document.createElement("p"), { textContent: "Svagt" });
            faint.style.color = "light-dark(black, #333)";
            document.querySelector("main").append(faint);
        }"""
    )
    found = [one.split(": ")[:2] for one in violations(page, axe)]
    assert found == [["light", "image-alt"], ["dark", "color-contrast"]]


def test_the_dark_scheme_has_other_colours_and_nothing_else():
    assert [p.name for p in STATIC.glob("*.css") if "prefers-color-scheme" in p.read_text()] == ["colours.css"]
    [dark] = re.findall(r"@media[^{]*\{\s*:root \{([^}]*)\}\s*\}", (STATIC / "colours.css").read_text())
    lines = [line.strip() for line in dark.splitlines() if line.strip()]
    assert [line for line in lines if not re.fullmatch(r"--[\w-]+: (#[0-9a-f]{6}|none);", line)] == []


def test_no_violation_in_any_state_of_the_chat(visit, program, axe, everything):
    page = visit(program.url)
    page.locator("#examples button:visible").first.wait_for()
    assert violations(page, axe) == []

    page = everything
    for number, question in enumerate(QUESTIONS, 1):
        show_sources(page, number)
        shown = f".exchange[data-exchange='{number}']"
        assert violations(page, axe, shown, "#sources") == [], question
    assert violations(page, axe) == []
    page.locator(".open-document:visible").first.click()
    page.locator("#reader[open] mark").first.wait_for()
    assert violations(page, axe, "#reader") == []
    page.keyboard.press("Escape")


def test_no_violation_while_waiting_after_a_failure_and_over_an_earlier_index(visit, axe):
    further = threading.Semaphore(0)

    class Slow(StandIn):
        problem = "the published generation is damaged"

        def stream(self, question, history=(), documents=frozenset(), stop=None):
            if question == "brist":
                raise ValueError("boom")
            assert further.acquire(timeout=60)
            yield Partial(ANSWER.verdict, ANSWER.answer, ANSWER.citations)
            assert further.acquire(timeout=60)
            yield replace(ANSWER, question=question, answerer="x", note="Svaret är formulerat utan språkmodell.")

    with served(Slow(), chat_model="fake:x") as url:
        page = visit(url)
        expect(page.locator("#scope")).to_contain_text("Just nu används ett tidigare underlag")
        ask(page, "brist")
        assert violations(page, axe) == []
        page.locator("#question textarea").fill("Vem?")
        page.keyboard.press("Enter")
        page.locator(".waiting").wait_for()
        expect(page.locator("#stop")).to_be_visible()
        assert violations(page, axe, "#conversation") == []
        further.release()
        page.locator("#current [aria-busy] .verdict").wait_for()
        assert violations(page, axe, "#conversation") == []
        further.release()
        answer(page, 2).locator(".note").wait_for()
        assert violations(page, axe, "#conversation") == []
        page.goto(f"{url}/om")
        assert violations(page, axe) == []
    page.goto("about:blank")


def test_no_violation_when_the_server_is_lost(visit, axe):
    with served(StandIn()) as url:
        page = visit(url)
    page.locator("#question textarea").fill("Vem?")
    page.keyboard.press("Enter")
    expect(page.locator(".toast-body", has_text="Kontakten med servern bröts")).to_have_css("opacity", "1")
    assert violations(page, axe) == []
    page.get_by_role("button", name="Stäng").click()
    expect(page.locator(".toast-body")).to_have_count(0)


def test_no_violation_with_earlier_conversations_and_chosen_documents(visit, program, axe):
    page = visit(program.url)
    ask(page, "Vem?")
    ready(page).goto(f"{program.url}/?i=malmo-forsoksverksamhet&i=faktablad-skr")
    page.locator(".earlier").wait_for()
    expect(page.locator("#scope")).to_contain_text("Söker bara i")
    assert violations(page, axe) == []


def test_no_violation_on_the_other_pages(visit_page, program, axe):
    page = visit_page(f"{program.url}/om")
    for path in PATHS:
        page.goto(f"{program.url}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert violations(page, axe) == [], path


def test_nothing_scrolls_sideways_on_a_narrow_screen_or_at_four_hundred_percent(everything, visit_page, program):
    """1,280 pixels enlarged four times are 320."""
    page = everything
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 256})
        for number, question in enumerate(QUESTIONS, 1):
            show_sources(page, number)
            assert width_needed(page) == width, question
            assert answer(page, number).locator(".answer").is_visible()
        assert page.evaluate(
            """() => document.querySelector("#sources").getBoundingClientRect().top
                >= document.querySelector("#conversation").getBoundingClientRect().bottom"""
        )
        page.locator(".open-document:visible").first.click()
        dialog = page.locator("#reader[open]")
        dialog.locator("mark").first.wait_for()
        assert dialog.evaluate("one => one.scrollWidth <= one.clientWidth")
        # Nothing that stays in place hides the text behind it.
        box = dialog.locator(".reader-bar").bounding_box()
        assert box
        assert box["height"] < 128
        page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1280, "height": 860})
    small = visit_page(f"{program.url}/om", viewport={"width": 320, "height": 256})
    for path in PATHS:
        small.goto(f"{program.url}{path}")
        assert width_needed(small) == 320, path
