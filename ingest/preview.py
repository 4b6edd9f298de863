"""``sync --dry-run``: what a sync would do to documents and passages, worked out beside the data folder."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from corpus.embedder import Embedder
from corpus.store import Store
from corpus.store_writer import StoreWriter
from ingest.documents import build_documents
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.origins import gather
from ingest.plan import make_plan
from ingest.progress import Progress, no_progress
from ingest.sandbox import Sandbox
from ingest.sync import DEFAULT_BUNDLE, Bundle, make_parts, published_store

Change = Literal["added", "changed", "moved", "removed"]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What would become of one document, and how many of its passages would be new, go and stay."""

    document_id: str
    change: Change
    title: str
    path: str
    n_new: int
    n_gone: int
    n_same: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sync would do; ``n_to_embed`` counts the passages whose text is not in the index yet."""

    changes: tuple[DocumentChange, ...]
    n_unchanged: int
    n_to_embed: int
    problems: tuple[str, ...] = ()
    without_text: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def preview(
    data_dir: Path,
    embedder: Embedder,
    folders: Sequence[Path] = (),
    bundle: Bundle = DEFAULT_BUNDLE,
    progress: Progress = no_progress,
    limits: Limits = DEFAULT_LIMITS,
) -> Preview:
    """What ``sync`` with the same arguments would do; nothing in the data folder is touched, nothing is embedded."""
    parts = make_parts(embedder)
    with (
        published_store(data_dir) as (published, notes),
        tempfile.TemporaryDirectory(prefix="fraga-plan-") as scratch,
        Sandbox(limits) as sandbox,
    ):
        before = published.store if published else None
        records = before.records() if before else []
        gathered = gather(data_dir, bundle.folder, bundle.sources, folders)
        plan = make_plan(gathered, records, parts.signature, limits)
        writer = StoreWriter(Path(scratch))
        not_taken = build_documents(writer, plan, before, progress, sandbox)
        writer.flush()
        after = Store(Path(scratch))
        changes = tuple(_changes(before, after, plan.moved))
        known = Counter[str]()
        for document_id in [record.document_id for record in records]:
            known.update(before.text_hashes(document_id) if before else ())
        same_model = published is not None and published.manifest.embedding_model == embedder.name
        texts = {h for record in after.records() for h in after.text_hashes(record.document_id)}
        n_to_embed = len(texts - set(known)) if same_model else len(texts)
        n_unchanged = len(after.records()) - sum(1 for change in changes if change.change != "removed")
        after.close()
        writer.close()
    problems = (*plan.problems, *not_taken.problems)
    told = (*notes, *plan.notes, *not_taken.notes)
    return Preview(changes, n_unchanged, n_to_embed, problems, tuple(not_taken.without_text), told)


def _changes(before: Store | None, after: Store, moved: Sequence[str]) -> list[DocumentChange]:
    old = {record.document_id: record for record in before.records()} if before else {}
    new = {record.document_id: record for record in after.records()}
    found = []
    for document_id in sorted({*old, *new}):
        was, now = old.get(document_id), new.get(document_id)
        if was is not None and now is not None and was == now:
            continue
        change: Change = "added" if was is None else "removed" if now is None else "changed"
        if change == "changed" and document_id in moved:
            change = "moved"
        old_texts = Counter(before.text_hashes(document_id)) if before and was else Counter[str]()
        new_texts = Counter(after.text_hashes(document_id)) if now else Counter[str]()
        source = (after if now else before or after).source(document_id)
        record = now or was
        found.append(
            DocumentChange(
                document_id,
                change,
                source.title,
                record.path if record else "",
                (new_texts - old_texts).total(),
                (old_texts - new_texts).total(),
                (old_texts & new_texts).total(),
            )
        )
    return found
