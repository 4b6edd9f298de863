"""After assembling: cuts a document into the passages that are embedded and searched."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import Document, Passage, Span

CHUNK_CHARS = 600
# A last piece shorter than this share of the target joins the passage before it.
SHORT_RATIO = 0.25
VERSION = f"chunk-1/{CHUNK_CHARS}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, with what leads up to it; ``section`` counts the headings before it."""

    span: Span
    section: int
    paragraph_start: int


def chunk(document: Document, chunk_chars: int = CHUNK_CHARS) -> list[Passage]:
    """The passages of ``document`` in text order: whole sentences, never across sections, without overlap.

    Args:
        document: an assembled document.
        chunk_chars: length to aim at; a passage is longer only where a sentence is, or by a short last sentence.
    """
    passages = []
    sections = [section.span.start for section in document.sections]
    for number, span in enumerate(_spans(document, chunk_chars)):
        behind = bisect_right(sections, span.start)  # a section ends where the next of its level or above begins
        section = document.sections[behind - 1] if behind else None
        passages.append(
            Passage(
                passage_id=f"{document.source.document_id}:{number:04d}",
                document_id=document.source.document_id,
                span=span,
                text=document.quote(span),
                heading=section.heading if section else "",
                page=document.page_at(span.start),
            )
        )
    return passages


def _spans(document: Document, chunk_chars: int) -> Iterator[Span]:
    units = _units(document)
    start = 0
    for index, unit in enumerate(units):
        if index + 1 == len(units) or units[index + 1].section != unit.section:
            yield from _pack(units[start : index + 1], chunk_chars)
            start = index + 1


def _units(document: Document) -> list[Unit]:
    """The sentences in order, each with the text before it in its section that is no sentence (*… följande:*)."""
    section_starts = sorted(section.span.start for section in document.sections)
    sentences = deque(document.sentences)
    units: list[Unit] = []
    lead: int | None = None
    for paragraph in document.paragraphs:
        section = bisect_right(section_starts, paragraph.start)
        end = paragraph.start
        while sentences and sentences[0].start < paragraph.end:
            sentence = sentences.popleft()
            units.append(Unit(Span(sentence.start if lead is None else lead, sentence.end), section, paragraph.start))
            lead, end = None, sentence.end
        if end < paragraph.end and lead is None:
            lead = end + (document.text[end] == " ")
    return units


def _pack(units: Sequence[Unit], chunk_chars: int) -> Iterator[Span]:
    """Fills passages one by one, ending early at a paragraph's end where the next paragraph would not fit whole."""
    cuts = [0]
    for index in range(1, len(units)):
        start = units[cuts[-1]].span.start
        end = units[index].span.end
        new_paragraph = units[index].paragraph_start != units[index - 1].paragraph_start
        if new_paragraph:
            last = index
            while last + 1 < len(units) and units[last + 1].paragraph_start == units[index].paragraph_start:
                last += 1
            whole = units[last].span.end
            end = whole if whole - units[index].span.start <= chunk_chars else end
        if end - start > chunk_chars:
            cuts.append(index)
    if len(cuts) > 1 and _is_short(units[cuts[-1] :], chunk_chars):
        cuts.pop()
    for begin, stop in zip(cuts, [*cuts[1:], len(units)], strict=True):
        yield Span(units[begin].span.start, units[stop - 1].span.end)


def _is_short(units: Sequence[Unit], chunk_chars: int) -> bool:
    return units[-1].span.end - units[0].span.start < SHORT_RATIO * chunk_chars
