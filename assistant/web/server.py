"""Puts the web program together: engine, API, page, static files and the guard around them, served by uvicorn."""

import contextlib
import socket
import sys
from pathlib import Path

import uvicorn
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from assistant.answerer import Answerer
from assistant.api import create_api
from assistant.feedback import FeedbackStore
from assistant.web.examples import Examples, load_examples
from assistant.web.guard import Guard
from assistant.web.pages import Pages, add_pages
from assistant.web.services import add_services
from assistant.web.shell import ASSETS
from assistant.web.visits import Visits
from corpus.errors import UsageError
from corpus.knowledge import load_knowledge
from corpus.settings import PACKAGE, Settings

STATIC = Path(__file__).parent / "static"
EXAMPLES = PACKAGE / "examples.yaml"
KEEP_ALIVE_S = 30
# Open pages hold a connection for as long as they are open; stopping the program does not wait for them.
SHUTDOWN_S = 1


def build_app(assistant: Answerer, settings: Settings) -> ASGIApp:
    """The whole web application over ``assistant``."""
    # Gradio takes seconds to import, and reads its environment then: load_assistant has silenced its telemetry.
    import gradio as gr

    from assistant.web.gradio_settings import keep_no_records, mounting
    from assistant.web.page import build_page

    visits, worded = Visits(), bool(settings.chat_model)
    app = create_api(assistant, settings.max_concurrent)
    app.mount(ASSETS, StaticFiles(directory=STATIC))
    add_pages(app, Pages(assistant, load_knowledge(), settings.contact, worded))
    add_services(app, visits, FeedbackStore(settings.data_dir))
    page = build_page(assistant, Examples(load_examples(EXAMPLES)), visits, settings.contact, worded)
    keep_no_records(page)
    gr.mount_gradio_app(app, page, path="/", server_name=settings.host, server_port=settings.port, **mounting())
    return Guard(app)


def serve(settings: Settings) -> None:
    """Serve the page and the API until interrupted.

    Raises:
        UsageError: the address cannot be listened on.
        IndexUnavailable: there is nothing to answer from.
    """
    listener = listen(settings.host, settings.port)
    try:
        from assistant.startup import load_live

        with load_live(settings) as assistant:
            Announcing(configured(build_app(assistant, settings)), listener).run(sockets=[listener])
    finally:
        listener.close()


def configured(app: ASGIApp) -> uvicorn.Config:
    """How ``app`` is served."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=SHUTDOWN_S,
    )


class Announcing(uvicorn.Server):
    """A server that says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket) -> None:
        """Serve ``config`` on ``listener``."""
        super().__init__(config)
        host, port = listener.getsockname()[:2]
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and print the address."""
        await super().startup(sockets=sockets)
        print(f"Serving on {self.address}", file=sys.stderr, flush=True)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; raises UsageError when it is taken or does not exist."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with contextlib.ExitStack() as failing:
            listener = failing.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
            failing.pop_all()
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"cannot listen on {host}:{port}: {why}; choose another with --host and --port") from None
    return listener
