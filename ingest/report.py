"""What a sync tells of itself: to the admin, to scripts and to the history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest import history
from ingest.documents import NotTaken
from ingest.gate import Verdict
from ingest.plan import Plan

if TYPE_CHECKING:
    from ingest.build import Built, Published


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; the lists hold document ids, ``problems`` a line for each file that was not taken in.

    ``without_text`` names the files in folders that hold nothing but front matter or headings; ``notes`` says what was
    mended or dropped on the way. ``gate`` is what the gate said, where one was asked; a candidate that it turned down
    is published only if that was ``forced``.
    """

    published: bool
    generation: str
    n_documents: int
    n_passages: int
    n_unchanged: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    without_text: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    gate: Verdict | None = None
    forced: bool = False
    seconds: float = 0.0


def report_of(
    name: str, plan: Plan, published: "Published | None", built: "Built", verdict: Verdict | None, force: bool
) -> SyncReport:
    """What is told of a candidate that was built; it goes live if the verdict holds, or by ``force``."""
    before = {r.document_id: r.input_hash for r in published.store.records()} if published else {}
    after = {r.document_id: r.input_hash for r in built.records}
    holds = verdict is None or verdict.holds
    return SyncReport(
        published=holds or force,
        generation=name if holds or force or not published else published.manifest.generation,
        n_documents=len(built.records),
        n_passages=built.manifest.n_passages if built.manifest else 0,
        n_unchanged=sum(1 for d in after if before.get(d) == after[d]),
        added=tuple(sorted(set(after) - set(before))),
        changed=tuple(sorted(d for d in after if d in before and before[d] != after[d])),
        moved=tuple(sorted(set(plan.moved) & set(after))),
        removed=tuple(sorted(set(before) - set(after))),
        problems=(*plan.problems, *built.not_taken.problems),
        without_text=tuple(built.not_taken.without_text),
        notes=(*plan.notes, *built.not_taken.notes),
        gate=verdict,
        forced=force and not holds,
    )


def nothing_new(published: "Published", problems: Sequence[str], not_taken: NotTaken) -> SyncReport:
    """What is told where the published generation holds what the files hold."""
    manifest = published.manifest
    return SyncReport(
        published=False,
        generation=manifest.generation,
        n_documents=manifest.n_documents,
        n_passages=manifest.n_passages,
        n_unchanged=manifest.n_documents,
        problems=(*problems, *not_taken.problems),
        without_text=tuple(not_taken.without_text),
    )


def event_of(report: SyncReport, published: "Published | None") -> history.Event:
    """The line of the history for a candidate that went live or was refused."""
    return history.Event(
        history.now(),
        history.who(),
        "published" if report.published else "refused",
        report.generation if report.published else "",
        published.manifest.generation if published else "",
        report.n_documents,
        report.added,
        report.changed,
        report.moved,
        report.removed,
        report.gate.summary if report.gate else "",
        report.forced,
    )
