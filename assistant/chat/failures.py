"""What can go wrong with a chat model, as readers are told of it (Swedish) and as the log has it (English)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.chat.draft import Trouble

Failure = Literal[
    "unreachable", "refused_key", "busy", "server_error", "timeout", "cut_off", "endless", "refused", "limit", "other"
]
STANDS_IN = "Svaret är i stället hämtat ordagrant ur källorna."
_LINES: Mapping[Failure | Trouble, str] = {
    "unreachable": "Språkmodellen går inte att nå just nu.",
    "refused_key": "Språkmodellen släpper inte in den här tjänsten.",
    "busy": "Språkmodellen har för mycket att göra just nu.",
    "server_error": "Språkmodellen har ett fel just nu.",
    "timeout": "Språkmodellen svarade inte i tid.",
    "cut_off": "Språkmodellens svar bröts av.",
    "endless": "Språkmodellens svar tog inte slut.",
    "refused": "Språkmodellen tog inte emot frågan.",
    "limit": "Gränsen för hur mycket språkmodellen får användas i dag är nådd.",
    "other": "Språkmodellen kunde inte användas.",
    "verdict": "Språkmodellens svar gick emot källorna.",
    "core": "Språkmodellens svar bars inte av källorna.",
    "malformed": "Språkmodellens svar gick inte att läsa.",
    "empty": "Språkmodellen svarade inte på frågan.",
}
LOGGED: Mapping[Failure, str] = {
    "unreachable": "cannot be reached; check FRAGA_CHAT_BASE_URL and that it runs",
    "refused_key": "refuses the key (401 or 403); check FRAGA_CHAT_API_KEY",
    "busy": "is busy (429)",
    "server_error": "answers with an error of its own (5xx)",
    "timeout": "did not answer within FRAGA_CHAT_TIMEOUT_S",
    "cut_off": "broke its answer off",
    "endless": "did not come to an end within FRAGA_CHAT_MAX_TOKENS",
    "refused": "refuses the request (4xx); check FRAGA_CHAT_MODEL and FRAGA_CHAT_OPTIONS",
    "limit": "has reached FRAGA_CHAT_MAX_COST for today",
    "other": "failed",
}


@dataclass
class ModelFailed(Exception):
    """A call that came to nothing; holds no text of the model's, the question's or the library's."""

    failure: Failure
    retry_after_s: float | None = None

    def __str__(self) -> str:
        return f"the chat model {LOGGED[self.failure]}"


def line(why: Failure | Trouble) -> str:
    """What a reader is told where the extractive answer stands in."""
    return f"{_LINES[why]} {STANDS_IN}"


def failure_of(error: BaseException, *, begun: bool = False) -> ModelFailed:
    """What an exception of a provider's library comes down to, told by status code and kind, never by its text.

    ``begun`` where some of the reply had come before.
    """
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(status, int) and status >= 400:
        return ModelFailed(_of_status(status), _retry_after(response) if status == 429 else None)
    if isinstance(error, TimeoutError) or any("Timeout" in n for n in names):
        return ModelFailed("timeout")
    if begun or names & {"RemoteProtocolError", "ReadError", "StreamError", "IncompleteRead", "StreamClosed"}:
        return ModelFailed("cut_off")
    if isinstance(error, OSError) or any("Connect" in n for n in names):
        return ModelFailed("unreachable")
    return ModelFailed("other")


def _of_status(status: int) -> Failure:
    if status in (401, 403):
        return "refused_key"
    if status == 429:
        return "busy"
    if status in (408, 504):
        return "timeout"
    return "server_error" if status >= 500 else "refused"


def _retry_after(response: object) -> float | None:
    headers = getattr(response, "headers", None)
    value = str(headers.get("retry-after", "")) if headers is not None else ""
    return float(value) if value.isdecimal() else None
