"""Behind ``python -m evals chat``: scripted models behind a real server, and how much of their lies gets through."""

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from assistant.answer import Assistant
from corpus.settings import Settings
from evals.cases import HELD_BACK, Case
from evals.chat.drill import Played, play_honest, play_liars
from evals.chat.honest import honest
from evals.chat.server import Server, serving

MIN_PASSED_RATIO = 0.95


def against(settings: Settings, server: Server, timeout_s: float = 30.0) -> Settings:
    """``settings`` with the model behind ``server`` for a chat model."""
    changes = {
        "chat_model": "openai:scripted",
        "chat_base_url": server.url,
        "chat_api_key": SecretStr("none"),
        "chat_timeout_s": timeout_s,
        "chat_options": "",
    }
    return settings.model_copy(update=changes)


def chat(
    settings: Settings, opened: Callable[[Settings], Assistant], cases: Sequence[Case], n: int, *, as_json: bool
) -> int:
    """Plays the liars over ``n`` answers and the honest model over as many; 1 where a lie got through."""
    asked = [c for c in cases if c.split != HELD_BACK and c.status == "answered"]
    with ExitStack() as stack:
        server = stack.enter_context(serving(honest))
        worded = opened(against(settings, server))
        stack.callback(worded.index.close)
        plain = opened(settings.model_copy(update={"chat_model": ""}))
        stack.callback(plain.index.close)
        played = [*play_liars(server, worded.ask, plain.ask, asked, n), play_honest(server, worded.ask, asked[:n])]
    liars, true = played[:-1], played[-1]
    passed = 1 - true.n_dropped / true.n_claims if true.n_claims else 0.0
    n_leaked = sum(p.n_leaked for p in liars)
    if as_json:
        print(json.dumps({"leaked": n_leaked, "passed_ratio": passed, "played": [asdict(p) for p in played]}))
    else:
        _print(played, n_leaked, sum(p.n_answers for p in liars), passed)
    return 1 if n_leaked or passed < MIN_PASSED_RATIO else 0


def _print(played: Sequence[Played], n_leaked: int, n_answers: int, passed: float) -> None:
    table = Table("model", "answers", "worded by it", "statements", "dropped", "lies told", "reached a reader")
    for one in played:
        counts = (one.n_answers, one.n_by_model, one.n_claims, one.n_dropped, one.n_lies_told, one.n_leaked)
        table.add_row(one.name, *map(str, counts))
    console = Console(width=120)
    console.print(table)
    for one in played:
        for leak in one.leaks:
            console.print(f"{one.name}: {leak}", markup=False, highlight=False)
    console.print(f"Lies that reached a reader: {n_leaked} in {n_answers} answers")
    console.print(f"Statements of the honest model that pass: {passed:.1%} of {played[-1].n_claims}")
