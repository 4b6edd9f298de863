"""From a file to a document: picks the parser by the file's format and fills in what is known of the source."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.errors import DocumentError
from corpus.models import Document, Source, Update
from ingest.assemble import assemble, with_title
from ingest.entries import DEFAULT_KIND, Entry, FrontMatter, UpdateFields
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.parse.body import Body, HiddenText
from ingest.parse.facts import case_number
from ingest.parse.files import Format, decode, format_of
from ingest.parse.markdown import front_matter_id, parse_markdown, split_front_matter
from ingest.parse.text import parse_text
from ingest.parse.versions import parser_version

_FENCE_BYTES = 200  # front matter begins with its fence, at most behind marks that are not seen


class NoText(DocumentError):
    """A file holds front matter or headings, but no sentence that could be cited."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document, and lines for the admin about what was dropped from it."""

    document: Document
    notes: Sequence[str] = ()


def parse_bytes(
    data: bytes, entry: Entry, limits: Limits = DEFAULT_LIMITS, tick: Callable[[], None] = lambda: None
) -> Parsed:
    """The document in a file's content.

    Args:
        data: the content.
        entry: what is known of the file.
        limits: how much is read.
        tick: called now and then while something takes long that may take long.

    Raises:
        NoText: there is no sentence in the file.
        DocumentError: the file cannot be read.
    """
    body = _body(data, entry.path, format_of(data, entry.path), limits, tick)
    document = assemble(_source(body.front, entry), body.blocks, [_update(fields) for fields in body.front.updates])
    if not document.sentences:
        raise NoText(f"{entry.path}: there is no sentence in the file, only headings or front matter; add its text")
    return Parsed(with_title(document), tuple(f"{entry.path}: {note}" for note in body.notes))


def _body(data: bytes, path: Path, kind: Format, limits: Limits, tick: Callable[[], None]) -> Body:
    """The file's blocks; parsers that need libraries of their own are imported only when they are needed."""
    if kind == "pdf":
        from ingest.parse.ocr import recogniser
        from ingest.parse.pdf import parse_pdf

        return parse_pdf(data, path, limits, recogniser, tick)
    if kind == "docx":
        from ingest.parse.docx import parse_docx

        return parse_docx(data, path, limits)
    if kind == "odt":
        from ingest.parse.odt import parse_odt

        return parse_odt(data, path, limits)
    if kind == "html":
        from ingest.parse.html import parse_html

        return parse_html(data, path)
    text, notes = decode(data, path)
    if kind == "text":
        return Body(parse_text(text), FrontMatter(dnr=case_number(text[:5000])), notes)
    front, rest = split_front_matter(text, path)
    hidden = HiddenText()
    return Body(parse_markdown(rest, hidden), front, [*notes, *hidden.notes()])


def named_id(data: bytes, entry: Entry) -> str:
    """The id that the manifest or the file's front matter names; empty where neither does."""
    if entry.document_id or format_of(data, entry.path) != "markdown" or b"-" not in data[:_FENCE_BYTES]:
        return entry.document_id
    return front_matter_id(decode(data, entry.path)[0], entry.path)


def input_hash(data: bytes, entry: Entry, versions: str) -> str:
    """A hash of all that decides how a document is stored: its bytes, what its manifest says, and the program's parts.

    Args:
        data: the file's content.
        entry: what is known of the file.
        versions: names and versions of the chunker, analyzer and embedding model; the parser's is added.
    """
    known = {"fields": entry.fields.model_dump(), "id": entry.document_id, "primary": entry.primary}
    known |= {"parts": versions, "parser": parser_version(entry.path)}
    digest = sha256(json.dumps(known, sort_keys=True, ensure_ascii=False).encode())
    digest.update(b"\0" + data)
    return digest.hexdigest()


def _source(front: FrontMatter, entry: Entry) -> Source:
    def pick(name: str) -> str:
        return str(getattr(entry.fields, name) or getattr(front, name))

    urls = entry.fields.urls or front.urls
    return Source(
        document_id=entry.document_id or front.id or entry.path_id,
        title=pick("title"),
        publisher=pick("publisher"),
        date=pick("date"),
        kind=pick("kind") or DEFAULT_KIND,
        url=pick("url") or next(iter(urls), ""),
        urls=urls,
        primary=entry.primary,
        date_note=pick("date_note"),
        dnr=pick("dnr"),
    )


def _update(fields: UpdateFields) -> Update:
    return Update(
        document_id=fields.document,
        claim=" ".join(fields.claim.split()),
        by=" ".join(fields.by.split()),
        relation=fields.relation,
        since=fields.since,
    )
