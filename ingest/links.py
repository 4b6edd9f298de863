"""Checks the typed links between documents against the stored texts, before anything is published."""

from dataclasses import dataclass

from corpus.errors import UsageError
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A document whose link quotes words that are not where it says, and what is wrong, in one line."""

    document_id: str
    message: str


def broken_links(store: Store) -> list[BrokenLink]:
    """The links whose ``by`` is not verbatim in their own document, or whose ``claim`` is not in the one updated."""
    paths = {record.document_id: record.path for record in store.records()}
    texts: dict[str, str | None] = {}

    def text(document_id: str) -> str | None:
        if document_id not in texts:
            try:
                texts[document_id] = store.document(document_id).text
            except UsageError:
                texts[document_id] = None
        return texts[document_id]

    found = []
    for link in store.links():
        update, path = link.update, paths[link.document_id]
        target = text(update.document_id)
        if target is None:
            message = f"{path}: updates {update.document_id!r}, and there is no such document"
        elif update.claim not in target:
            message = f"{path}: the claim {update.claim!r} is not in the text of {update.document_id!r}"
        elif update.by not in (text(link.document_id) or ""):
            message = f"{path}: the sentence {update.by!r} under 'by' is not in its own text"
        else:
            continue
        found.append(BrokenLink(link.document_id, message))
    return found
