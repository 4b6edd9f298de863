"""Before the model: what it is told, from versioned Swedish files, and the task as JSON that nothing breaks out of."""

import json
import string
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from assistant.chat.draft import VERDICTS, Fallen, Trouble
from assistant.chat.verify import Source
from assistant.models import Verdict
from corpus.errors import SettingsError
from corpus.models import Span

FOLDER = Path(__file__).parent / "prompts"
VERSION = 1
VARIABLES: Mapping[str, frozenset[str]] = {
    "system": frozenset({"most_statements"}),
    "task": frozenset({"task"}),
    "again": frozenset({"trouble", "faults", "task"}),
}
TROUBLES: Mapping[Trouble, str] = {
    "verdict": "verdiktet stämmer inte med källorna.",
    "core": "inget av påståendena bars av de bärande meningarna.",
    "malformed": "det var inte rader av JSON i den form som begärdes.",
    "empty": "det var tomt.",
}
MOST_FAULTS = 8
_HIDDEN = {
    c: None for r in ((0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070), (0xE0000, 0xE0080)) for c in range(*r)
}


@cache
def template(name: str, folder: Path = FOLDER) -> str:
    """The prompt file of that name, in the version that this program goes by.

    Raises:
        SettingsError: there is none, or its variables are not those that it is filled with.
    """
    path = folder / f"{name}.v{VERSION}.md"
    try:
        text = path.read_text(encoding="utf-8")
        found = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: cannot be read as a prompt: {error}") from None
    if found != VARIABLES[name]:
        raise SettingsError(f"{path}: has the variables {sorted(found)}, expected {sorted(VARIABLES[name])}")
    return text


def system(most_statements: int) -> str:
    """What the model is told of its work, the same for every question."""
    return template("system").format(most_statements=most_statements)


def task(
    question: str, verdict: Verdict | None, sources: Sequence[Source], bearing: Mapping[str, Sequence[Span]]
) -> str:
    """The question and its sources as JSON; ``bearing`` holds by token the spans that the answer leans on."""
    rows = [
        {
            "källa": source.token,
            "titel": _clean(source.document.source.title),
            "datum": source.document.source.date,
            "text": _clean(source.document.quote(source.span)),
            "bärande": [_clean(source.document.quote(span)) for span in bearing.get(source.token, ())],
        }
        for source in sources
    ]
    values = {"fråga": _clean(question), "verdikt": VERDICTS[verdict], "källor": rows}
    return json.dumps(values, ensure_ascii=False)


def first(asked: str) -> str:
    """The message that asks for an answer to the task ``asked``."""
    return template("task").format(task=asked)


def again(asked: str, trouble: Trouble, fallen: Sequence[Fallen]) -> str:
    """The message that asks once more, with what was wrong."""
    faults = "\n".join(
        json.dumps({"statement": f.claim.text[:300], "fel": f.detail}, ensure_ascii=False) for f in fallen[:MOST_FAULTS]
    )
    return template("again").format(trouble=TROUBLES[trouble], faults=faults or "(inga)", task=asked)


def tokens(n: int, taken: Callable[[], str]) -> list[str]:
    """``n`` different names for sources, each made by ``taken``: opaque, so that none can be written ahead."""
    found: dict[str, None] = {}
    while len(found) < n:
        found[taken()] = None
    return list(found)


def _clean(text: str) -> str:
    """``text`` on one line, without characters that no reader sees."""
    return " ".join(text.translate(_HIDDEN).split())
