"""First half of a build: documents, unchanged ones copied, the others parsed, and the links between them checked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.errors import DocumentError
from corpus.store import Record, Store
from corpus.store_writer import StoreWriter
from ingest.chunk import chunk
from ingest.links import broken_links
from ingest.parse.document import NoText, input_hash, parse_bytes
from ingest.parse.files import read_bytes
from ingest.plan import Candidate, Plan
from ingest.progress import Progress


@dataclass(slots=True)
class NotTaken:
    """Files that were not taken in: a line for each that is wrong, and the paths of those in folders without text."""

    problems: list[str] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)

    def note(self, candidate: Candidate, error: DocumentError) -> None:
        """Put a file where it belongs; a folder may hold files that are only metadata, and that is no fault."""
        if isinstance(error, NoText) and candidate.entry.origin == "folder":
            self.without_text.append(str(candidate.entry.path))
        else:
            self.problems.append(str(error))


def unreadable(candidates: Sequence[Candidate]) -> NotTaken | None:
    """Why none of the candidates can be taken in; None if there is one that can, as soon as it is found."""
    found = NotTaken()
    for candidate in candidates:
        try:
            parse_bytes(read_bytes(candidate.entry.path), candidate.entry)
            return None
        except DocumentError as error:
            found.note(candidate, error)
    return found


def build_documents(
    writer: StoreWriter, plan: Plan, published: Store | None, versions: str, progress: Progress
) -> NotTaken:
    """Fill the store with what the plan says: unchanged documents copied, the others parsed.

    Returns:
        The files that could not be taken in; their published versions, where there are any, stay.
    """
    if published is not None:
        writer.copy(published.path, [*plan.unchanged, *plan.kept])
    not_taken = NotTaken()
    known = {record.document_id for record in published.records()} if published is not None else set()
    for done, candidate in enumerate(plan.candidates):
        progress("Reading documents", done, len(plan.candidates))
        try:
            _add(writer, candidate, versions)
        except DocumentError as error:
            not_taken.note(candidate, error)
            if published is not None and candidate.document_id in known:
                writer.copy(published.path, [candidate.document_id])
    not_taken.problems += _drop_broken(writer, published, known)
    return not_taken


def _add(writer: StoreWriter, candidate: Candidate, versions: str) -> None:
    entry = candidate.entry
    data = read_bytes(entry.path)
    document = parse_bytes(data, entry)
    if document.source.document_id != candidate.document_id:
        raise DocumentError(f"{entry.path}: changed while it was being read; run sync again")
    hashed = input_hash(data, entry, versions)
    record = Record(candidate.document_id, hashed, entry.origin, str(entry.path), entry.folder)
    writer.add(record, document, chunk(document))


def _drop_broken(writer: StoreWriter, published: Store | None, known: set[str]) -> list[str]:
    """Put documents with broken links back to their published version, or leave them out where that is broken too."""
    problems: list[str] = []
    put_back: set[str] = set()
    while True:
        writer.flush()
        store = Store(writer.path.parent)
        broken = broken_links(store)
        store.close()
        if not broken:
            return problems
        problems += [link.message for link in broken if link.message not in problems]
        for document_id in sorted({link.document_id for link in broken}):
            writer.remove(document_id)
            if published is not None and document_id in known - put_back:
                writer.copy(published.path, [document_id])
                put_back.add(document_id)
