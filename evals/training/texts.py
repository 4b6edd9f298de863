"""First step of training: the data folder's files as documents with sections, and as rows of text pairs."""

import csv
import io
import json
import lzma
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MIN_PARAGRAPH_CHARS = 60
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MARKS = re.compile(r"<[^>]{1,200}>|\*\*|__|\\")
SPACE = re.compile(r"\s+")
HEADING = re.compile(r"^#{1,6}\s+(.*)$")
PARAGRAPH_SIGN = re.compile(r"^\d+(?: [a-z])? §$|^\d+ kap\.\s*")
BYLINE = re.compile(r"^Interpellation \d{4}/\d{2}:\d+ av .*$")


@dataclass(frozen=True)
class Section:
    """Paragraphs of a document under one heading, which may be empty."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A training document: the collection it comes from, its title and its sections in order."""

    collection: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class TextPair:
    """Two texts that belong together: a question and its passage, a text and its translation, two synonyms."""

    query: str
    passage: str


@dataclass(frozen=True)
class GradedPair:
    """Two sentences with a graded similarity, 0 (unrelated) to 1 (the same)."""

    first: str
    second: str
    similarity: float


def clean(text: str) -> str:
    """The text without Markdown marks, on one line."""
    return SPACE.sub(" ", MARKS.sub("", LINK.sub(r"\1", text))).strip()


def markdown_sections(text: str) -> tuple[Section, ...]:
    """The sections of a Markdown text; numbers of chapters and ``§`` signs are no headings of their own."""
    sections: list[Section] = []
    heading, paragraphs = "", list[str]()
    for block in re.split(r"\n\s*\n|\n(?=#)|(?<=\n)(?=#)", text):
        lines = block.strip().split("\n", 1)
        match = HEADING.match(lines[0])
        body = clean(block if match is None else "".join(lines[1:]))
        if match is not None:
            name = PARAGRAPH_SIGN.sub("", clean(match.group(1)))
            if name:
                sections.append(Section(heading, tuple(paragraphs)))
                heading, paragraphs = name, []
        if body.startswith("- ") and paragraphs:
            paragraphs[-1] += " " + body
        elif len(body) >= MIN_PARAGRAPH_CHARS:
            paragraphs.append(body)
    sections.append(Section(heading, tuple(paragraphs)))
    return tuple(section for section in sections if section.paragraphs)


def statutes(path: Path) -> Iterator[Document]:
    """The statutes of a tar archive of Markdown files with front matter."""
    with tarfile.open(path, "r:xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".md") else None
            if file is None:
                continue
            front, _, body = file.read().decode("utf-8").replace("\r", "").partition("\n---\n")
            title = re.search(r'^rubrik:\s*"?(.*?)"?$', front, re.MULTILINE)
            # What follows the transition rules is lists of amendments, alike in every statute.
            body = re.split(r"\n## (?:Övergångsbestämmelser|Ikraftträdande)", body)[0]
            yield Document("statutes", clean(title.group(1)) if title else "", markdown_sections(body))


def web_pages(path: Path) -> Iterator[Document]:
    """Pages of the Government's web site, JSON lines with Markdown text."""
    for row in json_lines(path):
        yield Document("web pages", clean(row["title"]), markdown_sections(row["text"]))


def interpellations(path: Path) -> Iterator[Document]:
    """Interpellations of the Riksdag; a title that only names who asks is left out."""
    for row in json_lines(path):
        paragraphs = tuple(text for text in map(clean, row["paragraphs"]) if len(text) >= MIN_PARAGRAPH_CHARS)
        title = BYLINE.sub("", clean(row["title"]))
        yield Document("interpellations", title, (Section("", paragraphs),) if paragraphs else ())


def authority_questions(path: Path) -> list[TextPair]:
    """Questions over authorities' pages, each with the page that answers it."""
    return [TextPair(row["question"], row["passage"]) for row in json_lines(path)]


def translations(path: Path) -> list[TextPair]:
    """English sentences with their Swedish translations, in the file's order, without repeats."""
    rows = [line.split("\t") for line in read_text(path).split("\n") if line]
    return list(dict.fromkeys(TextPair(clean(row[1]), clean(row[0])) for row in rows))


def synonyms(path: Path, min_grade: float) -> list[TextPair]:
    """Pairs of synonyms graded at least ``min_grade`` of 5 by users."""
    rows = [line.split("\t") for line in read_text(path).split("\n")[1:] if line]
    return [TextPair(word1, word2) for grade, word1, word2 in rows if float(grade) >= min_grade]


def graded_pairs(path: Path) -> list[GradedPair]:
    """Sentence pairs with a similarity, brought from 0–5 to 0–1."""
    rows = list(csv.reader(io.StringIO(read_text(path)), delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [GradedPair(row[0], row[1], float(row[2]) / 5) for row in rows if len(row) == 3]


def json_lines(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a JSON-lines file, compressed or not."""
    for line in read_text(path).split("\n"):
        if line.strip():
            yield json.loads(line)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, compressed with xz or not."""
    data = path.read_bytes()
    return (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
