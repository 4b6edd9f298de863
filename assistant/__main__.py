"""The command line: ``ask`` one question or a batch, or ``serve`` the page."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.models import Answer, Turn
from corpus.errors import FragaError, UsageError
from corpus.piped import ended_cleanly
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.answer import Assistant


class BatchTurn(BaseModel):
    """An earlier turn in a batch line."""

    model_config = ConfigDict(extra="forbid")
    question: str
    answer: str = ""


class BatchLine(BaseModel):
    """One line of a batch file."""

    model_config = ConfigDict(extra="ignore")
    id: str | int
    question: str
    history: list[BatchTurn] = []


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A question of a batch with the id that its answer keeps."""

    id: str | int
    question: str
    history: tuple[Turn, ...]


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    top = argparse.ArgumentParser(prog="python -m assistant", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    ask = commands.add_parser("ask", help="answer a question, or a file of questions")
    ask.add_argument("question", nargs="?", help="the question, in Swedish")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.add_argument(
        "--batch", type=Path, metavar="FILE.jsonl", help="lines {id, question, history}; one JSON answer a line"
    )
    ask.add_argument("--model", metavar="NAME", help="'extractive', or a chat model (default: FRAGA_CHAT_MODEL)")
    feedback = commands.add_parser("feedback", help="what readers have said of answers, the latest first")
    feedback.add_argument("--json", action="store_true", help="print it as JSON")
    serve = commands.add_parser("serve", help="serve the page and the API")
    serve.add_argument("--host", help="address to listen on (default: FRAGA_HOST, 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (default: FRAGA_PORT, 7860)")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code is 0, 1 (a check failed, no index) or 2 (wrong use or bad input)."""
    options = parser().parse_args(arguments)
    try:
        settings = load_settings()
        return {"serve": _serve, "feedback": _feedback, "ask": _ask}[options.command](settings, options)
    except FragaError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.startup import silence_telemetry

    silence_telemetry()
    from assistant.web.server import serve
    from ingest.first_use import ensure_index

    ensure_index(settings)
    changes = {k: v for k, v in (("host", options.host), ("port", options.port)) if v is not None}
    serve(settings.model_copy(update=changes))
    return 0


def _feedback(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.feedback import FeedbackStore

    given = FeedbackStore(settings.data_dir).all()
    if options.json:
        print(json.dumps([one.to_json() for one in given], ensure_ascii=False, indent=2))
        return 0
    for one in given:
        print(f"{one.given}  {'+' if one.useful else '-'}  {one.question}")
        print("\n".join(f"    {line}" for line in [one.answer, *([f"» {one.comment}"] if one.comment else [])]))
    print(f"{len(given)} opinions, {sum(one.useful for one in given)} of them good", file=sys.stderr)
    return 0


def _ask(settings: Settings, options: argparse.Namespace) -> int:
    if (options.question is None) == (options.batch is None):
        raise UsageError("ask: give one question, or --batch FILE.jsonl")
    if options.model is not None:
        chosen = "" if options.model == "extractive" else options.model
        settings = settings.model_copy(update={"chat_model": chosen})
    questions = list(_read_batch(options.batch)) if options.batch else []
    assistant = _open(settings)
    if options.batch:
        for line in questions:
            values = assistant.ask(line.question, line.history).to_json()
            print(json.dumps({**values, "id": line.id}, ensure_ascii=False), flush=True)
        return 0
    answer = assistant.ask(options.question)
    print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2) if options.json else as_text(answer))
    return 0


def _open(settings: Settings) -> "Assistant":
    """The assistant; a first use builds the index from the bundled documents."""
    from assistant.startup import load_assistant, silence_telemetry

    silence_telemetry()
    from ingest.first_use import ensure_index

    ensure_index(settings)
    return load_assistant(settings)


def _read_batch(path: Path) -> Iterator[BatchQuestion]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            parsed = BatchLine.model_validate_json(line)
        except ValidationError as error:
            first: Any = error.errors()[0]
            where = ".".join(str(p) for p in first["loc"]) or "line"
            raise UsageError(f"{path}, line {number}: {where}: {first['msg']}") from error
        yield BatchQuestion(parsed.id, parsed.question, tuple(Turn(t.question, t.answer) for t in parsed.history))


def as_text(answer: Answer) -> str:
    """The answer as it is read in a terminal: text, then its sources."""
    lines = [answer.answer, *([f"({answer.note})"] if answer.note else [])]
    if answer.nearest:
        lines += ["", "Närmast i underlaget (svarar inte på frågan):"]
    for citation in (*answer.citations, *answer.nearest):
        place = ", ".join(p for p in (citation.section, f"s. {citation.page}" if citation.page else "") if p)
        kind = f" [{citation.kind}]" if citation.kind else ""
        quote = "" if citation.answers else f": {citation.quote}"
        lines.append(f"[{citation.number}] {citation.title}{kind}, {citation.date}. {place}{quote}".rstrip())
        if citation.url:
            lines.append(f"    {citation.url}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(ended_cleanly(main))
