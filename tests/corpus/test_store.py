import sqlite3
from dataclasses import replace

import pytest

from corpus.errors import IndexUnavailable, UsageError
from corpus.models import Document, Page, Passage, Reference, Section, Source, Span, Update
from corpus.store import Record, Store
from corpus.store_writer import StoreWriter, text_hash

UPDATE = Update("plan", "Ett ord.", "Två ord.", "updates", "2026-07")
PLAN = Document(
    source=Source("plan", "Planen", "Staden", "2024-06", "utredning", urls=("https://a.se",), primary=True),
    text="Planen\n\nEtt ord. Å två 🚲.",
    sections=(Section("Planen", 1, Span(0, 25)),),
    pages=(Page(1, Span(0, 25)),),
    paragraphs=(Span(8, 25),),
    sentences=(Span(8, 16), Span(17, 25)),
)
SHEET = Document(
    source=Source("a-blad", "Bladet", "", "", "faktablad"),
    text="Två ord.",
    paragraphs=(Span(0, 8),),
    sentences=(Span(0, 8),),
    references=(Reference(Span(0, 8), "https://b.se"),),
    updates=(UPDATE,),
)
PASSAGES = [
    Passage("plan:0000", "plan", Span(8, 16), "Ett ord.", "Planen", 1),
    Passage("plan:0001", "plan", Span(17, 25), "Å två 🚲.", "Planen", 1),
    Passage("a-blad:0000", "a-blad", Span(0, 8), "Två ord.", "", None),
]


def record(document: Document) -> Record:
    return Record(document.source.document_id, "hash", "bundled", f"/docs/{document.source.document_id}", "")


@pytest.fixture
def store(tmp_path):
    writer = StoreWriter(tmp_path)
    writer.add(record(PLAN), PLAN, PASSAGES[:2])
    writer.add(record(SHEET), SHEET, PASSAGES[2:])
    writer.set_vocabulary({"ord": 2, "tva": 2}, {"två": 2, "tva": 1, "ord": 2, "tvål": 1, "ordning": 3})
    writer.close()
    opened = Store(tmp_path)
    yield opened
    opened.close()


def test_documents_come_back_as_they_were(store):
    assert store.document("plan") == PLAN
    assert store.document("a-blad") == SHEET
    assert store.source("plan") == PLAN.source
    assert store.records() == [record(SHEET), record(PLAN)]
    assert (store.n_documents, store.n_passages) == (2, 3)


def test_primary_sources_come_first(store):
    assert [source.document_id for source in store.sources()] == ["plan", "a-blad"]


def test_passages_come_in_the_order_asked_for(store):
    assert store.passages(["plan:0001", "a-blad:0000"]) == [PASSAGES[1], PASSAGES[2]]
    assert store.passage("plan:0000") == PASSAGES[0]
    assert store.passages_of("plan") == PASSAGES[:2]
    assert [[p.passage_id for p in batch] for batch in store.batches(2)] == [
        ["a-blad:0000", "plan:0000"],
        ["plan:0001"],
    ]


def test_what_is_not_there_is_named(store):
    with pytest.raises(UsageError, match="no document 'nope'"):
        store.document("nope")
    with pytest.raises(UsageError, match="no passage 'plan:0009'"):
        store.passages(["plan:0000", "plan:0009"])


def test_links_are_found_by_the_document_they_update(store):
    (link,) = store.updates_of("plan")
    assert (link.document_id, link.update) == ("a-blad", UPDATE)
    assert store.updates_of("a-blad") == []
    assert store.links() == [link]


def test_words(store):
    assert store.document_frequency(["ord", "saknas"]) == {"ord": 2, "saknas": 0}
    assert store.folded("tva") == {"två": 2, "tva": 1}
    assert list(store.folded("tva")) == ["två", "tva"]
    assert store.folded("nej") == {}
    assert store.similar("tvas") == {"tva": 3, "tval": 1}
    assert store.similar("ordninga") == {"ordning": 3}


def test_many_keys_at_once(store):
    assert store.document_frequency([f"t{n}" for n in range(1200)] + ["ord"])["ord"] == 2


def test_ids_by_text(store):
    assert store.ids_by_text([text_hash("Två ord."), text_hash("nej")]) == {text_hash("Två ord."): "a-blad:0000"}


def test_documents_are_copied_with_all_that_is_theirs(store, tmp_path):
    (tmp_path / "next").mkdir()
    writer = StoreWriter(tmp_path / "next")
    writer.copy(store.path, ["a-blad"])
    writer.add(record(PLAN), PLAN, PASSAGES[:1])
    writer.remove("plan")
    writer.close()
    copied = Store(tmp_path / "next")
    assert copied.records() == [record(SHEET)]
    assert copied.passages_of("a-blad") == PASSAGES[2:]
    assert copied.links() == store.links()
    assert copied.n_passages == 1
    copied.close()


def test_a_store_can_be_read_where_the_folder_cannot_be_written(store):
    store.path.parent.chmod(0o500)
    try:
        again = Store(store.path.parent)
        assert again.n_documents == 2
        again.close()
        assert [p.name for p in store.path.parent.iterdir()] == ["documents.sqlite"]
    finally:
        store.path.parent.chmod(0o700)


@pytest.mark.parametrize("content", [None, b"", b"not a database", b"SQLite format 3\x00" + b"x" * 500])
def test_a_missing_or_damaged_store_says_so(tmp_path, content):
    if content is not None:
        (tmp_path / "documents.sqlite").write_bytes(content)
    with pytest.raises(IndexUnavailable, match=r"documents\.sqlite: cannot be read .* python -m ingest sync"):
        Store(tmp_path)


def test_a_document_is_stored_once(tmp_path):
    writer = StoreWriter(tmp_path)
    writer.add(record(PLAN), PLAN, [])
    with pytest.raises(sqlite3.IntegrityError):
        writer.add(replace(record(PLAN), path="b"), PLAN, [])
    writer.close()
