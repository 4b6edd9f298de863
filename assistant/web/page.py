"""The Gradio page that staff use: chat to the left, the sources of its answers to the right."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.answerer import Answerer
from assistant.chat.client import Stop
from assistant.web import render
from assistant.web.conversation import View, converse
from assistant.web.examples import MOST_EXAMPLES, Examples
from assistant.web.pages import NAVIGATION
from assistant.web.shell import TITLE
from assistant.web.visits import COOKIE, Conversation, Visits, as_token
from corpus.errors import IndexUnavailable

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


# Gradio keeps a copy of the page's settings for each open page, and for ten thousand of them if it is let. A page that
# has been pushed out begins a new conversation with its next question; the old one can be opened again.
MOST_OPEN_PAGES = 150
N_PARTS = 8  # of the page that its handlers fill: question box, examples, past, current, sources, tools, scope, desk


@dataclass(frozen=True, slots=True)
class Desk:
    """Which conversation a page shows, and the documents that its answers are looked for in."""

    conversation_id: str = ""
    documents: tuple[str, ...] = ()


def build_page(
    assistant: Answerer, examples: Examples, visits: Visits, contact: str = "", worded: bool = False
) -> gr.Blocks:
    """The page over ``assistant``, starting with ``examples`` to choose from."""
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    page.state_session_capacity = MOST_OPEN_PAGES
    with page:
        desk = gr.State(Desk())
        html(render.header(NAVIGATION, worded), "masthead")
        with gr.Row(elem_id="layout"):
            with gr.Column(elem_id="conversation", min_width=0):
                past, current = html("", "past"), html(render.welcome(), "current")
                with gr.Column(elem_id="ask", min_width=0):
                    box = question_box()
                    with gr.Row(elem_id="buttons"):
                        send = gr.Button("Fråga", variant="primary", elem_id="send", min_width=0)
                        stop = gr.Button("Avbryt", visible=False, elem_id="stop", min_width=0)
                        again = gr.Button("Ny konversation", elem_id="again", min_width=0)
                        tools = html("", "tools")
                    scope = html("", "scope")
                with gr.Column(elem_id="examples", min_width=0) as suggestions:
                    html(render.page("examples.html"), "examples-heading")
                    chosen = [
                        gr.Button("", visible=False, elem_classes="example", min_width=0) for _ in range(MOST_EXAMPLES)
                    ]
            with gr.Column(elem_id="sources-column", min_width=0):
                html(render.page("sources_heading.html"), "sources-heading")
                sources = html("", "sources")
        html(render.footer(contact), "footer")

        front = Front(assistant, examples, visits, worded)
        parts = [box, suggestions, past, current, sources, tools, scope, desk]
        asking = [*parts, stop]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
        page.load(front.open, desk, parts, **quiet)
        page.load(front.offer, None, chosen, **quiet)
        gr.on([box.submit, send.click], front.ask, [box, desk], asking, **quiet)
        for button in chosen:
            button.click(front.ask, [button, desk], asking, **quiet)
        stop.click(front.stop, desk, None, **quiet)
        again.click(front.start_again, desk, parts, **quiet)
    return page


def html(value: str, elem_id: str) -> gr.Markdown:
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


class Front:
    """The handlers behind the page."""

    def __init__(self, assistant: Answerer, examples: Examples, visits: Visits, worded: bool) -> None:
        """Answer with ``assistant``, ``worded`` where a chat model does it; conversations are kept in ``visits``."""
        self.assistant = assistant
        self.examples = examples
        self.visits = visits
        self.worded = worded
        self._running: dict[str, Stop] = {}

    def open(self, desk: Desk, request: gr.Request) -> tuple[Any, ...]:
        """The page as it is opened: empty, or at the conversation that its address names, in the documents it names.

        A reader who has asked something before this comes keeps what is there, and what stands in the box.
        """
        if desk.conversation_id:
            return (gr.skip(),) * N_PARTS
        wanted = request.query_params
        found = self.visits.find(visit_of(request), as_token(wanted.get("k")))
        documents = tuple(wanted.getlist("i")) or (found.documents if found and "alla" not in wanted else ())
        known = {s.document_id for s in self._sources()}
        documents = tuple(d for d in dict.fromkeys(documents) if d in known)
        if found is None or not found.exchanges:
            return self._empty(visit_of(request), Desk(self.visits.begin().conversation_id, documents))
        desk = Desk(found.conversation_id, documents)
        earlier, last = found.exchanges[:-1], found.exchanges[-1]
        shown = (render.conversation(earlier), render.exchange(last), render.sources(found.exchanges))
        return (gr.skip(), gr.update(visible=False), *shown, render.tools(found), self._scope(desk), desk)

    def start_again(self, desk: Desk, request: gr.Request) -> tuple[Any, ...]:
        """An empty conversation in the same documents, with the examples back in view."""
        self.stop(desk)
        return self._empty(visit_of(request), Desk(self.visits.begin().conversation_id, desk.documents))

    async def ask(self, question: str, desk: Desk, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
        """Updates of the page's parts, in the order of its outputs, until the answer is whole."""
        visit = visit_of(request)
        found = self.visits.find(visit, desk.conversation_id)
        conversation = Conversation(
            desk.conversation_id or self.visits.begin().conversation_id,
            found.begun if found else self.visits.begin().begun,
            found.exchanges if found else (),
            desk.documents,
        )
        desk = Desk(conversation.conversation_id, desk.documents)
        stop = Stop()
        self._running[desk.conversation_id] = stop
        views = converse(self.assistant, question or "", conversation, self.visits, visit, stop)
        try:
            async with aclosing(views):
                async for view in views:
                    yield self._updates(view, desk, can_stop=self.worded and view.sources is None)
        finally:
            stop.stop()
            if self._running.get(desk.conversation_id) is stop:
                del self._running[desk.conversation_id]

    def stop(self, desk: Desk) -> None:
        """Break off the answer that this page waits for, if any."""
        running = self._running.get(desk.conversation_id)
        if running:
            running.stop()

    def _updates(self, view: View, desk: Desk, *, can_stop: bool) -> tuple[Any, ...]:
        """``view`` as updates of the page's parts and of the button that stops it."""
        first = view.past is not None
        shown = (view.past, view.current, view.sources, view.tools)
        return (
            gr.update(value="") if first else gr.skip(),
            gr.update(visible=False) if first else gr.skip(),
            *(gr.skip() if part is None else part for part in shown),
            self._scope(desk) if first else gr.skip(),
            desk if first else gr.skip(),
            gr.update(visible=can_stop),
        )

    def _empty(self, visit: str, desk: Desk) -> tuple[Any, ...]:
        held = self._sources()
        welcome = render.welcome(self.visits.of(visit))
        return (gr.skip(), gr.update(visible=True), "", welcome, render.overview(held), "", self._scope(desk), desk)

    def _sources(self) -> Sequence[Any]:
        try:
            return self.assistant.index.sources()
        except IndexUnavailable:
            return ()

    def _scope(self, desk: Desk) -> str:
        held = self._sources()
        chosen = [s for s in held if s.document_id in desk.documents]
        earlier = self.assistant.index.manifest.created[:10] if held and self.assistant.problem else ""
        return render.scope(chosen, len(held), desk.conversation_id, earlier)

    def offer(self) -> list[Any]:
        """The examples of the published corpus, on as many buttons as there are."""
        questions = self.examples.of(self.assistant)
        hidden = [gr.update(value="", visible=False)] * (MOST_EXAMPLES - len(questions))
        return [*(gr.update(value=question, visible=True) for question in questions), *hidden]


def visit_of(request: gr.Request) -> str:
    """Whose page it is: the browser's own name for its visit, or this page's where the browser keeps no cookies."""
    return as_token(request.cookies.get(COOKIE)) or str(request.session_hash)


def theme() -> gr.themes.Base:
    """Gradio's plainest theme with the fonts of the reader's own system; colours are in ``static/colours.css``."""
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
