"""A scripted model behind a real HTTP server, and the real assistant whose answers it words."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from assistant.answer import Assistant
from assistant.startup import load_assistant
from corpus.settings import Settings
from evals.chat.command import against
from evals.chat.honest import honest
from evals.chat.server import Server, serving

TIMEOUT_S = 300.0  # so that a loaded machine changes nothing


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that plays the honest model until it is given another script."""
    with serving(honest) as running:
        yield running


@pytest.fixture
def worded(server, bundled_data) -> Iterator[Callable[..., Assistant]]:
    """The assistant over the bundled documents, worded by the server's model; settings may be changed."""
    with ExitStack() as stack:

        def opened(**changes) -> Assistant:
            settings = against(Settings(data_dir=bundled_data), server, TIMEOUT_S).model_copy(update=changes)
            assistant = load_assistant(settings)
            stack.callback(assistant.index.close)
            return assistant

        yield opened
