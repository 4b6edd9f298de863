"""Compares the files with what is published: which documents are new, changed, moved, gone or the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count

from corpus.errors import DocumentError
from corpus.store import Record
from ingest.entries import Entry
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.origins import Gathered
from ingest.parse.document import input_hash, named_id
from ingest.parse.files import read_bytes


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that holds a new document, or a new version of one, with what its content was when it was planned."""

    entry: Entry
    document_id: str
    input_hash: str
    content_hash: str


@dataclass(slots=True)
class Plan:
    """What a sync is to do; the lists hold document ids.

    ``moved`` documents are the same in a file of another name. ``kept`` documents cannot be read now and stay in the
    version that is published; ``problems`` says why, a line each, and ``notes`` what else was left out. ``anew`` says
    that the index is to be written once more, whether its documents change or not.
    """

    candidates: list[Candidate] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    anew: bool = False


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was read; ``named`` is the id that it or its manifest names, empty where its path is to give one."""

    entry: Entry
    input_hash: str
    content_hash: str
    named: str


class _Ids:
    """Gives every file its id: the one named, else the one it had, else its content's, else one made of its path."""

    def __init__(self, files: Sequence[_File], published: Sequence[Record]) -> None:
        self._by_path = {record.path: record.document_id for record in published}
        self._taken: dict[str, Entry] = {}
        present = {str(file.entry.path) for file in files}
        self._gone = {
            (record.folder, record.content_hash): record.document_id
            for record in published
            if record.content_hash and record.path not in present
        }

    def first(self, file: _File) -> str:
        """The id that a file has a claim to before all others; empty where it has none."""
        return file.named or self._by_path.get(str(file.entry.path), "")

    def claim(self, file: _File) -> str:
        """The file's id.

        Raises:
            DocumentError: it names one that another file has.
        """
        found = self.first(file) or self._gone.pop((file.entry.folder, file.content_hash), "")
        if not found:
            found = next(made for made in _made_ids(file.entry.path_id) if made not in self._taken)
        if found in self._taken:
            raise DocumentError(
                f"{file.entry.path}: the id {found!r} is taken by {self._taken[found].path}; give one of them another"
            )
        self._taken[found] = file.entry
        return found


def make_plan(gathered: Gathered, published: Sequence[Record], versions: str, limits: Limits = DEFAULT_LIMITS) -> Plan:
    """The plan for bringing ``published`` in line with the files.

    Args:
        gathered: the files.
        published: how each published document came in.
        versions: names and versions of the parts that decide what is stored; another value changes every document.
        limits: how large a file may be.
    """
    plan = Plan(problems=list(gathered.problems), notes=list(gathered.notes))
    by_id = {record.document_id: record for record in published}
    by_path = {record.path: record for record in published}
    files = list(_read(gathered.entries, by_path, versions, limits, plan, by_id))
    ids = _Ids(files, published)
    ordered = sorted(files, key=lambda file: not ids.first(file))  # stable: who has a claim goes first
    for file in ordered:
        try:
            found = ids.claim(file)
        except DocumentError as error:
            plan.problems.append(str(error))
            _keep(plan, file.entry.document_id, by_id)
            continue
        if found not in gathered.excluded.get(file.entry.folder, ()):
            _place(plan, Candidate(file.entry, found, file.input_hash, file.content_hash), by_id)
    for record in published:
        if record.folder in (*gathered.missing_folders, *gathered.empty_folders):
            _keep(plan, record.document_id, by_id)
    for folder in gathered.empty_folders:
        if any(record.folder == folder for record in published):
            plan.problems.append(
                f"{folder}: the folder is empty, as if its disk were not there; its documents stay as they were;"
                f" to drop them: python -m ingest remove {folder}"
            )
    _settle(plan, by_id)
    return plan


def _read(
    entries: Sequence[Entry],
    by_path: Mapping[str, Record],
    versions: str,
    limits: Limits,
    plan: Plan,
    by_id: Mapping[str, Record],
) -> Iterator[_File]:
    """The files that can be read; the others' documents are kept, with a problem each."""
    for entry in entries:
        try:
            data = read_bytes(entry.path, limits.file_bytes)
            hashed = input_hash(data, entry, versions)
            record = by_path.get(str(entry.path))
            known = record.document_id if record is not None and record.input_hash == hashed else ""
            yield _File(entry, hashed, sha256(data).hexdigest(), known or named_id(data, entry))
        except DocumentError as error:
            plan.problems.append(str(error))
            record = by_path.get(str(entry.path))
            _keep(plan, entry.document_id or (record.document_id if record else ""), by_id)


def _made_ids(path_id: str) -> Iterator[str]:
    """An id made of a path, then the same with numbers, without end."""
    yield path_id
    yield from (f"{path_id}-{n}" for n in count(2))


def _place(plan: Plan, candidate: Candidate, by_id: Mapping[str, Record]) -> None:
    record = by_id.get(candidate.document_id)
    same_place = record is not None and (not record.folder or record.path == str(candidate.entry.path))
    if record is not None and record.input_hash == candidate.input_hash and same_place:
        plan.unchanged.append(candidate.document_id)
        return
    plan.candidates.append(candidate)
    if record is None:
        plan.added.append(candidate.document_id)
    elif record.folder and not same_place and record.content_hash == candidate.content_hash:
        plan.moved.append(candidate.document_id)
    else:
        plan.changed.append(candidate.document_id)


def _keep(plan: Plan, found: str, by_id: Mapping[str, Record]) -> None:
    if found in by_id and found not in plan.kept:
        plan.kept.append(found)


def _settle(plan: Plan, by_id: Mapping[str, Record]) -> None:
    """What no file accounts for is removed; what a readable file accounts for need not be kept."""
    present = {*plan.added, *plan.changed, *plan.moved, *plan.unchanged}
    plan.kept = [found for found in plan.kept if found not in present]
    plan.removed = sorted(set(by_id) - present - set(plan.kept))
