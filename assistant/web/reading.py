"""From an answer to what a reader sees of it: blocks, numbered references, the verdict's word, Swedish dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode, urlsplit

from assistant.compose import CHANGED, NOT_IN_SOURCES, VERDICT_WORDS
from assistant.models import Answer, Citation, Wording
from corpus.models import Document, Span

KIND_WORDS = {"faktablad": "Faktablad – sammanfattning"}

REFERENCE = re.compile(r"\[(\d{1,3})\]")
# Where a sentence with its references ends: the streamed answer grows up to these places.
STEP = re.compile(r"(?:\[\d{1,3}\])+[.!?]?|\n+|(?<=[.!?:])\s+")
# Between two statements, each with its own references: they stand on lines of their own.
STATEMENT_END = re.compile(r"(?<=\d\])[^\S\n]+(?=[A-ZÅÄÖ\"”»])")
ITEM = re.compile(r"\s*(?:[-•–*]|\d{1,2}[.)])\s+")
LEADING_VERDICT = re.compile(rf"\s*(?:{'|'.join(VERDICT_WORDS.values())})\s*[.:,–-]\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of plain text, or a reference to a citation (then ``text`` is its number)."""

    text: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or, with ``item``, an item of a list."""

    item: bool
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The citations under one label: what one body says, or what one date holds; ``missing`` where there is none."""

    label: str
    citations: tuple[Citation, ...]
    missing: bool = False

    @property
    def since(self) -> bool:
        """Whether it tells what later sources have changed."""
        return self.label.startswith(CHANGED)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote in its paragraph: the text before it, the quote itself and the text after it."""

    before: str
    quote: str
    after: str


def blocks(text: str, citations: Sequence[Citation]) -> tuple[Block, ...]:
    """The lines and cited statements of ``text`` as blocks; ``[n]`` becomes a reference to the citation numbered n."""
    found = []
    for line in STATEMENT_END.sub("\n", text).splitlines():
        marker = ITEM.match(line)
        words = line[marker.end() :] if marker else line.strip()
        if words:
            found.append(Block(marker is not None, runs(words, citations)))
    return tuple(found)


def runs(text: str, citations: Sequence[Citation]) -> tuple[Run, ...]:
    """``text`` cut at its references."""
    by_number = {citation.number: citation for citation in citations}
    found, last = [], 0
    for reference in REFERENCE.finditer(text):
        citation = by_number.get(int(reference[1]))
        if citation is not None:
            # A reference stays on the line of the sentence that it belongs to.
            before = re.sub(r" $", "\N{NO-BREAK SPACE}", text[last : reference.start()])
            found += [Run(before), Run(reference[1], citation)]
            last = reference.end()
    return tuple(run for run in [*found, Run(text[last:])] if run.text)


def steps(text: str) -> tuple[str, ...]:
    """The beginnings of ``text`` that are shown one after the other: one sentence longer each, the last one whole."""
    cuts = [step.end() for step in STEP.finditer(text)]
    return tuple(text[:cut] for cut in dict.fromkeys([*cuts, len(text)]) if text[:cut].strip())


def counted(wording: Wording) -> str:
    """How much of what a chat model wrote is shown, in words."""
    said = "1 påstående" if wording.n_statements == 1 else f"{wording.n_statements} påståenden"
    return f"{wording.n_shown} av {said} visas"


def badge(answer: Answer) -> str:
    """The verdict in a word, or nothing where the answer is neither a verdict nor a *framgår inte*."""
    if answer.status == "not_in_sources":
        return "Framgår inte"
    return VERDICT_WORDS[answer.verdict] if answer.status == "answered" and answer.verdict else ""


def groups(answer: Answer, text: str) -> tuple[Group, ...]:
    """The citations in ``text``, the part of the answer that has come so far, under their labels, in its order.

    A body that was asked for and says nothing has a group of its own, with the line that says so.
    """
    by_number = {c.number: c for c in answer.citations}
    found: dict[str, list[Citation]] = {}
    for line in text.split("\n"):
        label, colon, rest = line.removeprefix("- ").partition(": ")
        cited = [by_number[int(m[1])] for m in REFERENCE.finditer(line) if int(m[1]) in by_number]
        if cited:
            name = label if colon and not REFERENCE.search(label) else REFERENCE.sub("", label).strip()
            found.setdefault(name, []).extend(c for c in cited if c not in found.get(name, []))
        elif colon and rest == NOT_IN_SOURCES:
            found[label] = []
    return tuple(Group(label, tuple(citations), not citations) for label, citations in found.items())


def without_verdict(text: str) -> str:
    """``text`` without the verdict that it opens with, which the badge shows already."""
    opening = LEADING_VERDICT.match(text)
    rest = text[opening.end() :] if opening else text
    return rest or text


def in_context(citation: Citation) -> Quoted:
    """The quote in its paragraph; the quote alone where the two do not fit together."""
    start = citation.start - citation.context_start
    end = start + len(citation.quote)
    if start < 0 or citation.context[start:end] != citation.quote:
        return Quoted("", citation.quote, "")
    return Quoted(citation.context[:start], citation.quote, citation.context[end:])


def kind_word(kind: str) -> str:
    """A source's kind as readers see it."""
    return KIND_WORDS.get(kind, kind.capitalize())


def web_address(url: str) -> str:
    """``url`` if a browser may open it as a link, else nothing."""
    return url if re.match(r"https?://[^\s]+$", url, re.IGNORECASE) else ""


def widened(citation: Citation, document: Document) -> Citation:
    """``citation`` with the paragraphs beside it, in its section, where its own paragraph is the quote and no more."""
    if citation.context.strip() != citation.quote.strip():
        return citation
    section = document.section_at(citation.start)
    own = Span(citation.context_start, citation.context_start + len(citation.context))
    around = [p for p in document.paragraphs if document.section_at(p.start) == section]
    start = max((p.start for p in around if p.end <= own.start), default=own.start)
    end = min((p.end for p in around if p.start >= own.end), default=own.end)
    return replace(citation, context=document.text[start:end], context_start=start)


def place(document_id: str, start: int | None = None, end: int | None = None) -> str:
    """The address of a document's page, opened at the words from ``start`` to ``end`` where they are given."""
    path = f"/dokument/{quote(document_id)}"
    return path if start is None else f"{path}?{urlencode({'fran': start, 'till': end})}#markerad"


def host(url: str) -> str:
    """The host of an address, as readers know a site."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
