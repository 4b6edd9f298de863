"""First half of a build: documents, unchanged ones copied, the others parsed, and the links between them checked."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from corpus.encoded import Encoded
from corpus.errors import DocumentError
from corpus.store import Record, Store
from corpus.store_writer import StoreWriter
from ingest.limits import Limits
from ingest.links import broken_links
from ingest.parse.document import NoText
from ingest.parse.files import read_bytes
from ingest.parse_ahead import parse_ahead
from ingest.plan import Candidate, Plan
from ingest.progress import Progress
from ingest.sandbox import Result, Sandbox, Work


@dataclass(slots=True)
class NotTaken:
    """Files that were not taken in: a line for each that is wrong, and the paths of those in folders without text.

    ``notes`` are lines about what was dropped from files that were taken in: hidden text, pictures without text.
    """

    problems: list[str] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, candidate: Candidate, error: DocumentError) -> None:
        """Put a file where it belongs; a folder may hold files that are only metadata, and that is no fault."""
        if isinstance(error, NoText) and candidate.entry.origin == "folder":
            self.without_text.append(str(candidate.entry.path))
        else:
            self.problems.append(str(error))


def unreadable(candidates: Sequence[Candidate], sandbox: Sandbox) -> NotTaken | None:
    """Why none of the candidates can be taken in; None if there is one that can, as soon as it is found."""
    found = NotTaken()
    for candidate in candidates:
        try:
            result = sandbox.parse(_work(candidate, sandbox.limits))
        except DocumentError as error:
            found.note(candidate, error)
            continue
        if result.error is None:
            return None
        found.note(candidate, result.error)
    return found


def _work(candidate: Candidate, limits: Limits) -> Work:
    data = read_bytes(candidate.entry.path, limits.file_bytes)
    return Work(data, replace(candidate.entry, document_id=candidate.document_id))


def build_documents(
    writer: StoreWriter,
    plan: Plan,
    published: Store | None,
    progress: Progress,
    sandbox: Sandbox,
    stored: Callable[[str, Encoded], None] = lambda document_id, encoded: None,
) -> NotTaken:
    """Fill the store with what the plan says: unchanged documents copied, the others parsed.

    ``stored`` is told of each document that was parsed and is there to stay, while the next one is being parsed.

    Returns:
        The files that could not be taken in; their published versions, where there are any, stay.
    """
    if published is not None:
        writer.copy(published.path, [*plan.unchanged, *plan.kept])
    not_taken = NotTaken()
    known = {record.document_id for record in published.records()} if published is not None else set()

    def put_back(candidate: Candidate, error: DocumentError) -> None:
        not_taken.note(candidate, error)
        if published is not None and candidate.document_id in known:
            writer.copy(published.path, [candidate.document_id])

    for done, (candidate, result) in enumerate(_parsed(plan.candidates, sandbox, put_back)):
        progress("Reading documents", done, len(plan.candidates))
        if result.error is not None or result.encoded is None:
            put_back(candidate, result.error or DocumentError(f"{candidate.entry.path}: cannot be parsed"))
            continue
        writer.add_encoded(_record(candidate), result.encoded)
        if not result.encoded.updates:  # one with links may be dropped when all of them are known
            stored(candidate.document_id, result.encoded)
        not_taken.notes += result.notes
    not_taken.problems += _drop_broken(writer, published, known)
    return not_taken


def _record(candidate: Candidate) -> Record:
    entry, hashes = candidate.entry, (candidate.input_hash, candidate.content_hash)
    return Record(candidate.document_id, hashes[0], entry.origin, str(entry.path), entry.folder, hashes[1])


def _parsed(
    candidates: Sequence[Candidate], sandbox: Sandbox, failed: Callable[[Candidate, DocumentError], None]
) -> Iterator[tuple[Candidate, Result]]:
    """Each candidate that can be read with what parsing made of it; ``failed`` is told of the others at the end."""
    read: deque[Candidate] = deque()
    unread: list[tuple[Candidate, DocumentError]] = []

    def works() -> Iterator[Work]:
        for candidate in candidates:
            try:
                work = _work(candidate, sandbox.limits)
                if sha256(work.data).hexdigest() != candidate.content_hash:
                    raise DocumentError(f"{candidate.entry.path}: changed while it was being read; run sync again")
            except DocumentError as error:
                unread.append((candidate, error))
                continue
            read.append(candidate)
            yield work

    for result in parse_ahead(works(), sandbox):
        yield read.popleft(), result
    for candidate, error in unread:
        failed(candidate, error)


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
