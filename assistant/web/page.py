"""The Gradio page that staff use: chat to the left, the sources of its answers to the right."""

from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
import yaml

from assistant.api import Answerer
from assistant.web import render
from assistant.web.conversation import View, converse
from assistant.web.render import Exchange
from assistant.web.shell import TITLE
from corpus.errors import SettingsError

SYSTEM_FONTS = ["-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
MONO_FONTS = ["ui-monospace", "Consolas", "monospace"]

# Gradio's Swedish lacks these; the rest of what it lacks belongs to components that the page does not use.
GRADIO_SWEDISH = {
    "status.queue_position": "I kö: {position} av {size}",
    "common.progress": "Förlopp",
    "common.run": "Kör",
    "chatbot.copy_message": "Kopiera",
    "chatbot.copied_message": "Kopierat",
}


def load_examples(path: Path) -> tuple[str, ...]:
    """The example questions of the corpus; raises SettingsError when the file is not a list of texts."""
    questions = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    if not isinstance(questions, list) or not all(isinstance(question, str) for question in questions):
        raise SettingsError(f"{path}: expected a list of questions under the key 'questions'")
    return tuple(questions)


def build_page(assistant: Answerer, examples: Sequence[str]) -> gr.Blocks:
    """The page over ``assistant``, starting with ``examples`` to choose from."""
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        exchanges = gr.State(())
        html(render.header(), "masthead")
        with gr.Row(elem_id="layout"):
            with gr.Column(elem_id="conversation", min_width=0):
                past, current = html("", "past"), html(render.page("welcome.html"), "current")
                with gr.Column(elem_id="ask", min_width=0):
                    box = question_box()
                    with gr.Row(elem_id="buttons"):
                        send = gr.Button("Fråga", variant="primary", elem_id="send", min_width=0)
                        again = gr.Button("Ny konversation", elem_id="again", min_width=0)
                with gr.Column(elem_id="examples", min_width=0) as suggestions:
                    html(render.page("examples.html"), "examples-heading")
                    chosen = [gr.Button(question, elem_classes="example", min_width=0) for question in examples]
            with gr.Column(elem_id="sources-column", min_width=0):
                html(render.page("sources_heading.html"), "sources-heading")
                sources = html(render.sources(()), "sources")
        html(lambda: render.about(tuple(assistant.index.sources())), "about")

        outputs = [box, suggestions, past, current, sources, exchanges]
        asking = Asking(assistant)
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
        gr.on([box.submit, send.click], asking.ask, [box, exchanges], outputs, **quiet)
        for button, question in zip(chosen, examples, strict=True):
            button.click(partial(asking.ask, question), exchanges, outputs, **quiet)
        again.click(start_again, None, outputs, **quiet)
    return page


def html(value: str | Callable[[], str], elem_id: str) -> gr.Markdown:
    """A part of the page that shows what ``render`` made; Markdown and not HTML, which needs 'unsafe-eval'.

    The sanitizer is off because it would strip the labels for screen readers; all text in it is escaped by ``render``.
    """
    return gr.Markdown(value, elem_id=elem_id, sanitize_html=False, latex_delimiters=[], show_label=False)


def question_box() -> gr.Textbox:
    """Where the question is written; Enter sends it, Shift and Enter begin a new line."""
    return gr.Textbox(
        label="Din fråga",
        placeholder="Skriv en fråga, till exempel: Vad säger SKR om försök?",
        lines=1,
        max_lines=6,
        elem_id="question",
        container=False,
    )


class Asking:
    """The handler behind the question box and the examples."""

    def __init__(self, assistant: Answerer) -> None:
        """Answer with ``assistant``."""
        self.assistant = assistant

    async def ask(self, question: str, exchanges: tuple[Exchange, ...]) -> AsyncIterator[tuple[Any, ...]]:
        """Updates of the page's parts, in the order of its outputs, until the answer is whole."""
        async for view in converse(self.assistant, question or "", exchanges):
            first = view.past is not None
            yield (
                gr.update(value="") if first else gr.skip(),
                gr.update(visible=False) if first else gr.skip(),
                *parts(view),
            )


def parts(view: View) -> tuple[Any, ...]:
    """The view's parts as Gradio takes them."""
    return tuple(
        gr.skip() if part is None else part for part in (view.past, view.current, view.sources, view.exchanges)
    )


def start_again() -> tuple[Any, ...]:
    """An empty conversation with the examples back in view."""
    return "", gr.update(visible=True), "", render.page("welcome.html"), render.sources(()), ()


def theme() -> gr.themes.Base:
    """Gradio's plainest theme with the fonts of the reader's own system; colours are in ``static/page.css``."""
    return gr.themes.Base(font=SYSTEM_FONTS, font_mono=MONO_FONTS, primary_hue="slate", neutral_hue="slate")


def mounting() -> dict[str, Any]:
    """How the page is mounted: nothing of Gradio's own around it, nothing kept in the browser."""
    return {
        "footer_links": [],
        "run_history": False,
        "show_error": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "enable_monitoring": False,
        "max_file_size": 1,
        "theme": theme(),
        "i18n": gr.I18n(sv=GRADIO_SWEDISH),
    }
