"""Writes a transcript as a Word document with real headings, made for being pasted into a report of the city's own."""

import io
import re

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from assistant.dates import swedish_date
from assistant.web.transcript import HEADING, Transcript

# What XML cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_docx(transcript: Transcript) -> bytes:
    """``transcript`` as a .docx file: headings, answers with numbers, the sources with their quotes at the end."""
    document = docx.Document()
    _prepare(document)
    document.add_heading(HEADING, level=1)
    document.add_paragraph(swedish_date(transcript.begun.date().isoformat()))
    document.add_paragraph().add_run(transcript.notice).italic = True
    for entry in transcript.entries:
        document.add_heading(clean(entry.question), level=2)
        if entry.verdict:
            document.add_paragraph().add_run(f"{entry.verdict}.").bold = True
        for line in entry.lines:
            item = line.startswith("- ")
            document.add_paragraph(clean(line[2:] if item else line), style="List Bullet" if item else None)
    if transcript.sources:
        document.add_heading("Källor", level=2)
    for source in transcript.sources:
        _hanging(document.add_paragraph(f"[{source.number}]\t{clean(source.text)} {clean(source.url)}".rstrip()))
        _hanging(document.add_paragraph(f"\t”{clean(source.quote)}”")).runs[0].italic = True
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def clean(text: str) -> str:
    """``text`` without what a Word document cannot hold, on one line."""
    return " ".join(_NOT_XML.sub("", text).split())


def _prepare(document: Document) -> None:
    """Swedish for the spelling checker, a plain font, and properties that name the service."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    style.element.get_or_add_rPr().append(language)
    document.core_properties.title = HEADING
    document.core_properties.author = "Fråga utredningen"
    document.core_properties.language = "sv-SE"


def _hanging(paragraph: Paragraph) -> Paragraph:
    paragraph.paragraph_format.left_indent = Cm(1)
    paragraph.paragraph_format.first_line_indent = Cm(-1)
    return paragraph
