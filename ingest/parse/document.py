"""From a file to a document: picks the parser by the file's suffix and fills in what is known of the source."""

import json
from hashlib import sha256
from pathlib import Path

from corpus.errors import DocumentError
from corpus.models import Document, Source, Update
from ingest.assemble import VERSION as ASSEMBLE_VERSION
from ingest.assemble import assemble, with_title
from ingest.entries import DEFAULT_KIND, Entry, FrontMatter, UpdateFields
from ingest.parse.files import decode, read_bytes
from ingest.parse.markdown import VERSION as MARKDOWN_VERSION
from ingest.parse.markdown import parse_markdown, split_front_matter
from ingest.parse.text import VERSION as TEXT_VERSION
from ingest.parse.text import parse_text

MARKDOWN_SUFFIXES = (".md", ".markdown")
VERSION = f"{ASSEMBLE_VERSION} {TEXT_VERSION} {MARKDOWN_VERSION}"


class NoText(DocumentError):
    """A file holds front matter or headings, but no sentence that could be cited."""


def parse_file(path: Path, entry: Entry) -> Document:
    """The document in the file at ``path``.

    Raises:
        NoText: there is no sentence in the file.
        DocumentError: the file cannot be read.
    """
    return parse_bytes(read_bytes(path), entry)


def parse_bytes(data: bytes, entry: Entry) -> Document:
    """The document in a file's content."""
    text = decode(data, entry.path)
    front, body = split_front_matter(text, entry.path) if _is_markdown(entry.path) else (FrontMatter(), text)
    blocks = parse_markdown(body) if _is_markdown(entry.path) else parse_text(body)
    document = assemble(_source(front, entry), blocks, [_update(fields) for fields in front.updates])
    if not document.sentences:
        raise NoText(f"{entry.path}: there is no sentence in the file, only headings or front matter; add its text")
    return with_title(document)


def document_id(data: bytes, entry: Entry) -> str:
    """The id that the document in a file's content will have: the manifest's, its front matter's, or its path's."""
    if entry.document_id:
        return entry.document_id
    if not _is_markdown(entry.path):
        return entry.path_id
    return split_front_matter(decode(data, entry.path), entry.path)[0].id or entry.path_id


def input_hash(data: bytes, entry: Entry, versions: str) -> str:
    """A hash of all that decides how a document is stored: its bytes, what its manifest says, and the program's parts.

    Args:
        data: the file's content.
        entry: what is known of the file.
        versions: names and versions of the parser, chunker, analyzer and embedding model.
    """
    known = {"fields": entry.fields.model_dump(), "id": entry.document_id, "primary": entry.primary, "parts": versions}
    digest = sha256(json.dumps(known, sort_keys=True, ensure_ascii=False).encode())
    digest.update(b"\0" + data)
    return digest.hexdigest()


def _is_markdown(path: Path) -> bool:
    return path.suffix.lower() in MARKDOWN_SUFFIXES


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
    )


def _update(fields: UpdateFields) -> Update:
    return Update(
        document_id=fields.document,
        claim=" ".join(fields.claim.split()),
        by=" ".join(fields.by.split()),
        relation=fields.relation,
        since=fields.since,
    )
