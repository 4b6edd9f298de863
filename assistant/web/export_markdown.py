"""Writes a transcript as Markdown; nothing that readers or documents wrote is read as markup."""

import re

from assistant.dates import swedish_date
from assistant.web.transcript import HEADING, Transcript

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_OPENING = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)", re.MULTILINE)


def as_markdown(transcript: Transcript) -> str:
    """``transcript`` as a Markdown document in UTF-8's characters, its sources listed at the end."""
    lines = [
        f"# {HEADING}",
        "",
        f"*{swedish_date(transcript.begun.date().isoformat())}*",
        "",
        f"> {transcript.notice}",
        "",
    ]
    for entry in transcript.entries:
        lines += [f"## {_one_line(entry.question)}", ""]
        if entry.verdict:
            lines += [f"**{entry.verdict}.**", ""]
        for line in entry.lines:
            lines += [_answer_line(line), ""]
    if transcript.sources:
        lines += ["## Källor", ""]
    for source in transcript.sources:
        address = f" <{source.url}>" if source.url else ""
        lines += [f"\\[{source.number}\\] {_one_line(source.text)}{address}", "", f"> ”{_one_line(source.quote)}”", ""]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """``text`` as Markdown that shows it as it is."""
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _one_line(text: str) -> str:
    return escaped(" ".join(text.split()))


def _answer_line(line: str) -> str:
    item = line.startswith("- ")
    words = " ".join((line[2:] if item else line).split())
    return ("- " if item else "") + escaped(words)
