"""Compares the files with what is published: which documents are new, changed, gone or the same; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.errors import DocumentError
from corpus.store import Record
from ingest.entries import Entry
from ingest.origins import Gathered
from ingest.parse.document import document_id, input_hash
from ingest.parse.files import read_bytes


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that holds a new document, or a new version of one."""

    entry: Entry
    document_id: str


@dataclass(slots=True)
class Plan:
    """What a sync is to do; the lists hold document ids.

    ``kept`` documents cannot be read now and stay in the version that is published; ``problems`` says why, a line each.
    """

    candidates: list[Candidate] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def make_plan(gathered: Gathered, published: Sequence[Record], versions: str) -> Plan:
    """The plan for bringing ``published`` in line with the files.

    Args:
        gathered: the files.
        published: how each published document came in.
        versions: names and versions of the parts that decide what is stored; another value changes every document.
    """
    plan = Plan(problems=list(gathered.problems))
    by_id = {record.document_id: record for record in published}
    by_path = {record.path: record.document_id for record in published}
    taken: dict[str, Entry] = {}
    for entry in gathered.entries:
        try:
            data = read_bytes(entry.path)
            found = document_id(data, entry)
            if found in gathered.excluded.get(entry.folder, ()):
                continue
            _claim(found, entry, taken)
        except DocumentError as error:
            plan.problems.append(str(error))
            _keep(plan, entry.document_id or by_path.get(str(entry.path), ""), by_id)
            continue
        _place(plan, Candidate(entry, found), by_id, input_hash(data, entry, versions))
    for record in published:
        if record.folder in gathered.missing_folders:
            _keep(plan, record.document_id, by_id)
    _settle(plan, by_id)
    return plan


def _claim(found: str, entry: Entry, taken: dict[str, Entry]) -> None:
    if found in taken:
        raise DocumentError(f"{entry.path}: the id {found!r} is taken by {taken[found].path}; give one of them another")
    taken[found] = entry


def _place(plan: Plan, candidate: Candidate, by_id: Mapping[str, Record], hashed: str) -> None:
    record = by_id.get(candidate.document_id)
    if record is not None and record.input_hash == hashed:
        plan.unchanged.append(candidate.document_id)
        return
    plan.candidates.append(candidate)
    (plan.added if record is None else plan.changed).append(candidate.document_id)


def _keep(plan: Plan, found: str, by_id: Mapping[str, Record]) -> None:
    if found in by_id and found not in plan.kept:
        plan.kept.append(found)


def _settle(plan: Plan, by_id: Mapping[str, Record]) -> None:
    """What no file accounts for is removed; what a readable file accounts for need not be kept."""
    present = {*plan.added, *plan.changed, *plan.unchanged}
    plan.kept = [found for found in plan.kept if found not in present]
    plan.removed = sorted(set(by_id) - present - set(plan.kept))
