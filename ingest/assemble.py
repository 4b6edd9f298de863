"""After parsing: lays blocks out as one text and marks sections, pages, paragraphs and sentences in it."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.models import Document, Page, Reference, Section, Source, Span, Update
from ingest.blocks import Block
from ingest.sentences import VERSION as SENTENCES_VERSION
from ingest.sentences import split_sentences

VERSION = f"assemble-1/{SENTENCES_VERSION}"
SEPARATOR = "\n\n"


def assemble(source: Source, blocks: Sequence[Block], updates: Sequence[Update] = ()) -> Document:
    """The document that ``blocks`` make: each on a line of its own, with a blank line between."""
    starts = _starts(blocks)
    text = SEPARATOR.join(block.text for block in blocks)
    paragraphs = [
        Span(start, start + len(b.text)) for b, start in zip(blocks, starts, strict=True) if b.kind == "paragraph"
    ]
    return Document(
        source=source,
        text=text,
        sections=_sections(blocks, starts, len(text)),
        pages=_pages(blocks, starts, len(text)),
        paragraphs=tuple(paragraphs),
        sentences=tuple(_sentences(blocks, starts)),
        references=tuple(
            Reference(Span(start + link.start, start + link.end), link.url)
            for block, start in zip(blocks, starts, strict=True)
            for link in block.links
        ),
        updates=tuple(updates),
    )


def with_title(document: Document) -> Document:
    """``document`` with its first heading as title where its source names none, else its file's id."""
    if document.source.title:
        return document
    title = document.sections[0].heading if document.sections else document.source.document_id
    return replace(document, source=replace(document.source, title=title))


def _starts(blocks: Sequence[Block]) -> list[int]:
    starts, offset = [], 0
    for block in blocks:
        starts.append(offset)
        offset += len(block.text) + len(SEPARATOR)
    return starts


def _sections(blocks: Sequence[Block], starts: Sequence[int], length: int) -> tuple[Section, ...]:
    """Each heading with the text up to the next heading of its level or above."""
    found: list[Section] = []
    open_until: dict[int, int] = {}  # level → where the next section of that level or above begins
    for block, start in zip(reversed(blocks), reversed(starts), strict=True):
        if block.kind == "heading":
            end = min((begin for level, begin in open_until.items() if level <= block.level), default=length)
            found.append(Section(block.text, block.level, Span(start, end)))
            open_until[block.level] = start
    return tuple(reversed(found))


def _pages(blocks: Sequence[Block], starts: Sequence[int], length: int) -> tuple[Page, ...]:
    marks = [
        (start + mark.offset, mark.number) for block, start in zip(blocks, starts, strict=True) for mark in block.pages
    ]
    ends = [offset for offset, _ in marks[1:]] + [length]
    return tuple(Page(number, Span(start, end)) for (start, number), end in zip(marks, ends, strict=False))


def _sentences(blocks: Sequence[Block], starts: Sequence[int]) -> list[Span]:
    """The sentences of all paragraphs.

    A paragraph that only leads up to the next one (*… framgår följande:*) states nothing by itself and is none.
    """
    found: list[Span] = []
    for index, (block, start) in enumerate(zip(blocks, starts, strict=True)):
        if block.kind == "heading":
            continue
        sentences = split_sentences(block.text, start)
        leads_on = index + 1 < len(blocks) and blocks[index + 1].kind == "paragraph" and block.text.endswith(":")
        found.extend(sentences[:-1] if leads_on else sentences)
    return found
