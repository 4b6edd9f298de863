"""That a page which stays open, and the queue that it asks through, keep nothing of the questions gone by."""

import asyncio

import gradio as gr
import pytest
from gradio.state_holder import SessionState

from assistant.web import conversation
from assistant.web.examples import Examples
from assistant.web.gradio_settings import keep_no_records
from assistant.web.page import build_page
from assistant.web.visits import Visits
from tests.assistant.standin import StandIn


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setattr(conversation, "STEP_S", 0)
    monkeypatch.setattr(gr.Request, "cookies", {}, raising=False)
    return build_page(StandIn(), Examples([]), Visits(), contact="", worded=False)


async def ask(page, state):
    """Ask on an open page as Gradio's queue does, to the last view."""
    [ask, *_] = (fn for fn in page.fns.values() if fn.api_name == "ask")
    request, iterator = gr.Request(session_hash="s"), None
    while True:
        inputs = [] if iterator else ["Vem?", None]
        step = await page.process_api(ask, inputs, state=state, request=request, iterator=iterator, session_hash="s")
        iterator = step["iterator"]
        if not step["is_generating"]:
            return


def test_an_open_page_holds_each_of_its_parts_once(page):
    async def held_after(n_questions):
        state = SessionState(page)
        for _ in range(n_questions):
            await ask(page, state)
        return len(state.blocks_config.blocks), len(state.config_values)

    assert asyncio.run(held_after(4)) == asyncio.run(held_after(1))


def test_the_queue_keeps_no_statistics_and_no_names_of_sessions_gone(page, monkeypatch):
    for name in ("GRADIO_ANALYTICS_MAX_EVENTS", "GRADIO_ANALYTICS_CACHE_FREQUENCY"):
        monkeypatch.delenv(name, raising=False)
    keep_no_records(page)
    queue = page._queue
    assert queue.ANALYTICS_MAX_EVENTS == 1
    queue.events_recorded = 10**6
    before = queue.cached_event_analytics_summary
    assert queue.compute_analytics_summary([{"function": "ask", "status": "success", "process_time": 1.0}]) is before
    sessions = queue.pending_event_ids_session
    for number in range(sessions.max_size + 5):
        sessions[str(number)] = set()
    assert len(sessions) == sessions.max_size == queue.pending_messages_per_session.max_size
