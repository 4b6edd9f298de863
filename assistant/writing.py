"""Writes the answer's text: verdict first, then each quoted sentence with the number of its citation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.compose import CHANGED, DENIAL, NOT_IN_SOURCES, UNDECIDED, VERDICT_WORDS, Statement, cite
from assistant.dates import swedish_date
from assistant.extract import Extraction
from assistant.kind import Kind
from assistant.models import Citation, Stretch, Verdict

# Brackets of a question that is repeated would look like the number of a citation.
_NO_NUMBERS = str.maketrans("[]", "()")


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in words with the citations that its numbers point to."""

    text: str
    verdict: Verdict | None
    citations: tuple[Citation, ...]


def write_all(extractions: Sequence[Extraction], wording: Mapping[Stretch, str] | None = None) -> Written:
    """The answers to all questions of one message as one text; a sentence that answers two is cited once.

    The verdict is that of the first question that has one. ``wording`` has other words for quotes; statements that are
    dated are always quoted.
    """
    numbers: dict[Stretch, int] = {}
    citations: list[Citation] = []
    blocks: list[str] = []
    for extraction in extractions:
        lines = []
        for statement in extraction.statements:
            key = statement.stretch
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                citations.append(cite(numbers[key], statement))
            says = f"Enligt {statement.speaker}: " if statement.speaker else ""
            worded = None if statement.relation or statement.past else (wording or {}).get(key)
            words = worded or statement.document.quote(statement.span)
            lines.append(_Line(statement, f"{says}{words} [{numbers[key]}]"))
        block = _block(extraction, lines)
        if block not in blocks:
            blocks.append(block)
    verdict = next((e.verdict for e in extractions if e.verdict), None)
    return Written("\n\n".join(blocks), verdict, tuple(citations))


@dataclass(frozen=True, slots=True)
class _Line:
    statement: Statement
    text: str


def _opening(extraction: Extraction) -> str:
    if extraction.verdict:
        return f"{VERDICT_WORDS[extraction.verdict]}."
    if extraction.denies:
        return DENIAL
    return UNDECIDED if extraction.question.kind is Kind.YES_NO else ""


def _block(extraction: Extraction, lines: Sequence[_Line]) -> str:
    if not lines:
        asked = extraction.question.text.translate(_NO_NUMBERS)
        return f"»{asked}» – {NOT_IN_SOURCES}"
    opening = _opening(extraction)
    main = [opening] if opening else []
    dated = [line for line in lines if line.statement.relation or line.statement.past]
    main.extend(line.text for line in lines if line not in dated)
    return "\n\n".join(p for p in (" ".join(main), *map(_dated, dated)) if p)


def _dated(line: _Line) -> str:
    """A line of its own for what held before, or holds since, the other statements."""
    if line.statement.past:
        date = swedish_date(line.statement.document.source.date)
        return f"Tidigare ({date}): {line.text}" if date else f"Tidigare: {line.text}"
    return f"{CHANGED} (från {swedish_date(line.statement.since)}): {line.text}"
