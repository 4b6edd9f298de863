"""Puts an answer into words: the verdict, the quoted sentences with their numbers, and what has been updated since."""

from dataclasses import dataclass

from assistant.models import Citation, Stretch, Verdict
from corpus.models import Document, Relation, Span

VERDICT_WORDS: dict[Verdict, str] = {"yes": "Ja", "no": "Nej", "partly": "Delvis"}
DENIAL = "Underlaget bekräftar inte det som frågan förutsätter."
UNDECIDED = "Jag kan inte säga säkert ja eller nej, men underlaget säger detta:"
CHANGED = "Har ändrats sedan dess"
NOT_IN_SOURCES = "Det framgår inte av underlaget."
REFUSALS = {
    "empty": "Skriv en fråga om utredningen, så letar jag upp svaret i underlaget.",
    "too_long": "Frågan är för lång: högst {most} tecken ryms. Korta ner den och ställ en sak i taget.",
    "not_a_question": "Jag svarar på frågor om utredningen och dess källor. Ställ en fråga, så letar jag upp svaret.",
    "personal_data": "Frågan ser ut att innehålla ett personnummer. Ta bort personuppgifter och ställ frågan igen.",
    "other_language": "Jag läser bara frågor på svenska och engelska. Ställ gärna frågan igen på svenska.",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One quoted stretch of a document; ``relation`` and ``since`` are set where it updates another statement.

    ``speaker`` is the name of the body whose view it is, where the quote itself does not name it. ``past`` where a
    later source, quoted before it, has overtaken it.
    """

    document: Document
    span: Span
    relation: Relation | None = None
    since: str = ""
    updated: bool = False
    speaker: str = ""
    past: bool = False

    @property
    def stretch(self) -> Stretch:
        """Where the quote stands."""
        return Stretch(self.document.source.document_id, self.span.start, self.span.end)


def cite(number: int, statement: Statement, answers: bool = True) -> Citation:
    """The citation numbered ``number`` for ``statement``, with the paragraph around it."""
    document, span, source = statement.document, statement.span, statement.document.source
    around = [p for p in document.paragraphs if p.overlaps(span)]
    start = min((p.start for p in around), default=span.start)
    end = max((p.end for p in around), default=span.end)
    section = document.section_at(span.start)
    return Citation(
        number=number,
        document_id=source.document_id,
        title=source.title,
        kind=source.kind,
        publisher=source.publisher,
        date=source.date,
        section=section.heading if section else "",
        page=document.page_at(span.start),
        start=span.start,
        end=span.end,
        quote=document.quote(span),
        url=document.url_at(span),
        context=document.text[start:end],
        context_start=start,
        answers=answers,
        updated=statement.updated,
        date_note=source.date_note,
    )
