from pathlib import Path

import pytest

from corpus.store import Record
from ingest.entries import Entry
from ingest.origins import Gathered
from ingest.parse.document import input_hash
from ingest.plan import make_plan


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"Text {name}.")
    return tmp_path


def entry(folder: Path, name: str) -> Entry:
    return Entry(folder / f"{name}.txt", "folder", folder=str(folder))


def record(folder: Path, name: str, versions: str = "1") -> Record:
    path = folder / f"{name}.txt"
    hashed = input_hash(path.read_bytes(), entry(folder, name), versions) if path.exists() else "gone"
    return Record(name, hashed, "folder", str(path), str(folder))


def test_new_changed_same_and_gone(folder):
    records = [record(folder, "a"), record(folder, "b"), record(folder, "d")]
    (folder / "b.txt").write_text("Annan text.")
    plan = make_plan(Gathered(tuple(entry(folder, n) for n in "abc")), records, "1")
    assert (plan.added, plan.changed, plan.unchanged, plan.removed) == (["c"], ["b"], ["a"], ["d"])
    assert [candidate.document_id for candidate in plan.candidates] == ["b", "c"]
    assert plan.problems == []


def test_other_parts_change_everything(folder):
    plan = make_plan(Gathered((entry(folder, "a"),)), [record(folder, "a")], "2")
    assert plan.changed == ["a"]


def test_a_file_that_cannot_be_read_keeps_its_document(folder):
    records = [record(folder, "a")]
    (folder / "a.txt").unlink()
    plan = make_plan(Gathered((entry(folder, "a"),)), records, "1")
    assert (plan.kept, plan.removed) == (["a"], [])
    assert plan.problems == [f"{folder / 'a.txt'}: no such file"]


def test_documents_of_a_missing_folder_are_kept(folder):
    plan = make_plan(Gathered((), ("away",), (str(folder),)), [record(folder, "a")], "1")
    assert (plan.kept, plan.removed, plan.problems) == (["a"], [], ["away"])


def test_the_first_file_of_an_id_has_it(folder):
    (folder / "sub").mkdir()
    (folder / "sub" / "x.md").write_text("---\nid: a\n---\nText.")
    second = Entry(folder / "sub" / "x.md", "folder", folder=str(folder))
    plan = make_plan(Gathered((entry(folder, "a"), second)), [], "1")
    assert plan.added == ["a", "a-2"]
    assert [str(c.entry.path.name) for c in plan.candidates] == ["x.md", "a.txt"]
    assert plan.problems == []


def test_two_files_that_name_one_id_are_told_apart(folder):
    for name in ("x.md", "y.md"):
        (folder / name).write_text("---\nid: b\n---\nText.")
    both = tuple(Entry(folder / name, "folder", folder=str(folder)) for name in ("x.md", "y.md"))
    plan = make_plan(Gathered(both), [], "1")
    assert plan.added == ["b"]
    assert plan.problems == [f"{folder / 'y.md'}: the id 'b' is taken by {folder / 'x.md'}; give one of them another"]


def test_a_renamed_file_is_the_same_document_and_keeps_its_id(folder):
    before = make_plan(Gathered((entry(folder, "a"), entry(folder, "b"))), [], "1")
    records = [
        Record(c.document_id, c.input_hash, "folder", str(c.entry.path), str(folder), c.content_hash)
        for c in before.candidates
    ]
    (folder / "a.txt").rename(folder / "ny.txt")
    (folder / "a.txt").write_text("Något helt annat.")
    gathered = Gathered((entry(folder, "a"), entry(folder, "b"), entry(folder, "ny")))
    plan = make_plan(gathered, [records[0], records[1]], "1")
    assert (plan.moved, plan.unchanged, plan.removed) == ([], ["b"], [])  # a.txt is still there, with another text
    assert (plan.changed, plan.added) == (["a"], ["ny"])
    (folder / "a.txt").unlink()
    plan = make_plan(Gathered((entry(folder, "b"), entry(folder, "ny"))), records, "1")
    assert (plan.moved, plan.added, plan.changed, plan.removed) == (["a"], [], [], [])
    assert [(c.document_id, c.entry.path.name) for c in plan.candidates] == [("a", "ny.txt")]


def test_excluded_documents_are_removed(folder):
    gathered = Gathered((entry(folder, "a"), entry(folder, "b")), excluded={str(folder): ("a",)})
    plan = make_plan(gathered, [record(folder, "a")], "1")
    assert (plan.added, plan.removed) == (["b"], ["a"])
