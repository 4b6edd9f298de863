"""How Gradio serves the page: its looks and language, nothing kept in the browser, nothing recorded on the server."""

import os
import sys
from typing import Any

import gradio as gr
from gradio.utils import LRUCache

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


def keep_no_records(page: gr.Blocks) -> None:
    """Give ``page`` its queue, without the statistics that Gradio keeps of who asked when, and without what it forgets.

    The statistics (of the last ten thousand events) are made anew after each event, from all of them. The names of the
    sessions that have ever waited are never dropped; here they are as many as the sessions that can be waiting.
    """
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    page.queue(api_open=False)
    page._queue.pending_event_ids_session = LRUCache(page._queue.pending_messages_per_session.max_size)


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
