import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import ingest.build
from corpus.embedder import Vectors
from corpus.errors import CheckFailed, LockedError, UsageError
from corpus.generations import open_current, open_store
from corpus.locks import write_lock
from corpus.manifest import CHECKSUMS_FILE, FORMAT_VERSION, read_checksums
from corpus.pointer import current_folder, generations_folder, read_pointer
from ingest.report import SyncReport
from ingest.sync import Bundle, sync
from tests.corpus.standin import HashEmbedder

pytestmark = pytest.mark.usefixtures("kept_parser")

ROOT = Path(__file__).parent.parent.parent
PLAN = "# Planen\n\nStaden bygger cykelbanor. Det tar tre år.\n"
SHEET = (
    "---\nid: bladet\nkind: faktablad\nupdates:\n  - document: plan\n    claim: Det tar tre år.\n"
    "    by: Det tar fyra år.\n    relation: updates\n    since: 2026\n---\n# Bladet\n\nDet tar fyra år.\n"
)


class Place:
    """A data folder and the documents that come with the program, to change between syncs."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.documents = folder / "documents"
        self.documents.mkdir()
        self.embedder = HashEmbedder()
        self.write("plan.md", PLAN)
        self.list("plan.md")

    def write(self, name: str, text: str) -> Path:
        path = self.documents / name
        path.write_text(text)
        return path

    def list(self, *names: str) -> None:
        rows = "".join(f"  - id: {Path(name).stem}\n    path: {name}\n" for name in names)
        (self.documents / "sources.yaml").write_text(f"documents:\n{rows}")

    def sync(self, *folders: Path, embedder: HashEmbedder | None = None) -> SyncReport:
        bundle = Bundle(self.documents, self.documents / "sources.yaml")
        return sync(self.data, embedder or self.embedder, folders, bundle)

    def text(self, document_id: str) -> str:
        store = open_store(self.data)
        try:
            return store.document(document_id).text
        finally:
            store.close()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file with its time of change and length; the lock is touched by every writer."""
    paths = [p for p in folder.rglob("*") if p.is_file() and p.name != "LOCK"]
    return {str(p): (p.stat().st_mtime_ns, p.stat().st_size) for p in paths}


def test_the_first_sync_publishes_and_the_second_writes_nothing(place):
    first = place.sync()
    assert (first.published, first.added, first.n_documents, first.n_passages) == (True, ("plan",), 1, 1)
    before = snapshot(place.data)
    second = place.sync()
    assert (second.published, second.generation, second.n_unchanged) == (False, first.generation, 1)
    assert snapshot(place.data) == before


def test_added_changed_and_removed_documents(place):
    place.sync()
    place.write("annan.md", "# Annat\n\nEn mening.\n")
    place.write("plan.md", PLAN.replace("tre", "fem"))
    place.list("plan.md", "annan.md")
    report = place.sync()
    assert (report.added, report.changed, report.removed) == (("annan",), ("plan",), ())
    assert place.text("plan") == "Planen\n\nStaden bygger cykelbanor. Det tar fem år."
    place.list("annan.md")
    report = place.sync()
    assert (report.added, report.changed, report.removed, report.n_unchanged) == ((), (), ("plan",), 1)


def test_only_new_texts_are_embedded(place):
    sections = "".join(f"## Del {n}\n\nMening nummer {n}.\n\n" for n in range(5))
    place.write("plan.md", sections)
    place.sync()
    place.embedder.n_embedded = 0
    place.write("plan.md", sections.replace("nummer 3", "nummer tre"))
    place.sync()
    assert place.embedder.n_embedded == 1 + 5  # the changed one, and the check's sample


def test_reused_vectors_belong_to_their_texts(place):
    place.write("plan.md", "## A\n\nCyklar.\n\n## B\n\nTåg.\n")
    place.sync()
    place.write("plan.md", "## Ny\n\nBåtar.\n\n## A\n\nCyklar.\n\n## B\n\nTåg.\n")
    place.sync()
    index = open_current(place.data, place.embedder)
    for text in ("Cyklar.", "Tåg.", "Båtar."):
        (hit,) = index.dense(place.embedder.embed_query(text), 1)
        assert index.passage(hit.passage_id).text == text
        assert hit.score == pytest.approx(1.0, abs=1e-5)
    index.close()


def test_another_model_rebuilds_everything(place):
    place.sync()
    report = place.sync(embedder=HashEmbedder("hash-2", dim=32))
    assert (report.published, report.changed) == (True, ("plan",))
    assert read_pointer(place.data).previous != ""


def test_a_bad_file_is_named_and_the_rest_goes_on(place):
    bad = {
        "tom.txt": b"",
        "nul.txt": b"a\x00b",
        "bytes.txt": b"\x81\x8d\x8f",
        "bild.md": b"\x89PNG\r\n\x1a\n\x07",
        "yaml.md": b"---\nid: [\n---\nEn mening.",
        "datum.md": b"---\ndate: snart\n---\nEn mening.",
        "hemlig.txt": b"",
        "dubbel.md": b"---\nid: plan\n---\nEn mening.",
    }
    folder = place.documents.parent / "mapp"
    folder.mkdir()
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    (folder / "hemlig.txt").unlink()
    (folder / "hemlig.txt").symlink_to(folder / "finns-inte")
    (folder / "bra.md").write_text("En bra mening.")
    report = place.sync(folder)
    assert report.added == ("bra", "plan")
    assert len(report.problems) == len(bad)
    for name in bad:
        assert [p for p in report.problems if f"{folder / name}: " in p and "\n" not in p] != [], name
    again = place.sync()
    assert (again.published, len(again.problems)) == (False, len(bad))


def test_files_of_a_folder_without_text_are_left_out_and_are_no_fault(place):
    folder = place.documents.parent / "mapp"
    folder.mkdir()
    (folder / "rubrik.md").write_text("# Bara en rubrik")
    (folder / "huvud.md").write_text("---\nbeteckning: 2021:1106\n---\n")
    expected = (str(folder / "huvud.md"), str(folder / "rubrik.md"))
    first = place.sync(folder)
    assert (first.added, first.problems, first.without_text) == (("plan",), (), expected)
    before = snapshot(place.data)
    second = place.sync()
    assert (second.published, second.without_text) == (False, expected)
    assert snapshot(place.data) == before


def test_a_document_that_turned_bad_stays_as_it_was(place):
    place.sync()
    (place.documents / "plan.md").write_bytes(b"\x00")
    report = place.sync()
    assert (report.published, len(report.problems)) == (False, 1)
    place.write("annan.md", "En mening.")
    place.list("plan.md", "annan.md")
    report = place.sync()
    assert (report.added, report.removed, len(report.problems)) == (("annan",), (), 1)
    assert "cykelbanor" in place.text("plan")


def test_links_between_documents_are_held_to_their_words(place):
    place.write("bladet.md", SHEET)
    place.list("plan.md", "bladet.md")
    assert place.sync().problems == ()
    store = open_store(place.data)
    (link,) = store.updates_of("plan")
    assert (link.document_id, link.update.by) == ("bladet", "Det tar fyra år.")
    store.close()
    place.write("plan.md", PLAN.replace("tre", "fem"))
    report = place.sync()
    (problem,) = report.problems
    assert str(place.documents / "bladet.md") in problem
    assert "Det tar tre år." in problem
    assert (report.changed, report.removed) == (("plan",), ("bladet",))


def test_a_link_that_was_broken_by_its_own_change_keeps_the_old_version(place):
    place.write("bladet.md", SHEET)
    place.list("plan.md", "bladet.md")
    place.sync()
    place.write("bladet.md", SHEET.replace("by: Det tar fyra", "by: Det tog fyra"))
    report = place.sync()
    assert not report.published
    assert "'Det tog fyra år.'" in report.problems[0]


def test_folders_are_remembered_and_kept_while_they_are_away(place):
    folder = place.documents.parent / "mapp"
    (folder / "under").mkdir(parents=True)
    (folder / "under" / "a.txt").write_text("En mening om båtar.")
    (folder / ".dold.md").write_text("Dold.")
    (folder / "bild.png").write_bytes(b"x")
    assert place.sync(folder).added == ("plan", "under-a")
    assert not place.sync().published
    folder.rename(folder.with_name("borta"))
    report = place.sync()
    assert (report.published, len(report.problems)) == (False, 1)
    assert "remove" in report.problems[0]
    folder.with_name("borta").rename(folder)
    (folder / "under" / "a.txt").unlink()
    assert place.sync().removed == ("under-a",)


def test_a_folder_with_nothing_in_it_is_taken_for_a_disk_that_is_away(place):
    folder = place.documents.parent / "mapp"
    folder.mkdir()
    assert place.sync(folder).problems == ()
    (folder / "a.txt").write_text("En mening om båtar.")
    place.sync()
    (folder / "a.txt").unlink()
    report = place.sync()
    assert (report.published, report.removed) == (False, ())
    assert [line.split(": ")[1].split(",")[0] for line in report.problems] == ["the folder is empty"]
    (folder / "b.txt").write_text("En mening om tåg.")
    assert place.sync().removed == ("a",)


def test_a_folder_that_is_none_is_refused(place):
    with pytest.raises(UsageError, match="no such folder"):
        place.sync(place.documents / "plan.md")


def test_nothing_to_read_publishes_nothing(place):
    place.sync()
    generation = current_folder(place.data)
    place.list()
    with pytest.raises(CheckFailed, match="nothing to publish"):
        place.sync()
    assert current_folder(place.data) == generation


def test_a_failed_check_leaves_the_old_generation_and_no_litter(place, monkeypatch):
    place.sync()
    generation = current_folder(place.data)
    place.write("plan.md", PLAN.replace("tre", "fem"))

    def fail(*_: object) -> None:
        raise CheckFailed("does not hold")

    monkeypatch.setattr(ingest.build, "check_generation", fail)
    with pytest.raises(CheckFailed, match="does not hold"):
        place.sync()
    assert current_folder(place.data) == generation
    assert [p.name for p in generations_folder(place.data).iterdir()] == [generation.name]


class BrokenEmbedder(HashEmbedder):
    """Gives not-a-number for texts about boats."""

    def embed_passages(self, texts) -> Vectors:
        rows = super().embed_passages(texts)
        rows[["båtar" in text for text in texts]] = float("nan")
        return rows


def test_vectors_that_are_not_finite_are_not_published(place):
    place.write("plan.md", "Staden bygger båtar.")
    with pytest.raises(CheckFailed, match="not finite"):
        place.sync(embedder=BrokenEmbedder())


def test_a_damaged_generation_is_rebuilt_from_the_files(place):
    first = place.sync()
    folder = current_folder(place.data)
    (name,) = [name for name in read_checksums(folder) if name.endswith("data_level0.bin")]
    (folder / name).write_bytes(b"cut")
    report = place.sync()
    assert (report.published, report.added, report.problems) == (True, ("plan",), ())
    assert "damaged" in report.notes[0]
    assert first.generation != report.generation
    assert place.sync().notes == ()


@pytest.mark.parametrize("content", [b"", b"gone\n", b"\xff\xfe\n", b"../../etc\n"])
def test_a_damaged_pointer_is_mended(place, content):
    place.sync()
    (place.data / "CURRENT").write_bytes(content)
    assert place.sync().published
    assert "cykelbanor" in place.text("plan")


def test_an_older_format_is_rebuilt(place):
    place.sync()
    manifest = current_folder(place.data) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format_version": {FORMAT_VERSION}', '"format_version": 0'))
    report = place.sync()
    assert report.published
    assert "format version 0" in report.notes[0]


def test_two_generations_are_kept(place):
    names = []
    for n in range(4):
        place.write("plan.md", PLAN.replace("tre", str(n)))
        names.append(place.sync().generation)
    assert sorted(p.name for p in generations_folder(place.data).iterdir()) == sorted(names[-2:])
    assert read_pointer(place.data).previous == names[-2]


def test_no_generation_takes_the_name_of_one_that_is_gone(place):
    names = []
    for n in range(8):  # several a second, so that most of the earlier ones of the same second are collected
        place.write("plan.md", PLAN.replace("tre", str(n)))
        names.append(place.sync().generation)
    assert len(set(names)) == 8
    assert names == sorted(names)


def test_a_generation_in_use_outlives_later_syncs(place):
    place.sync()
    index = open_current(place.data, place.embedder)
    name = index.manifest.generation
    for n in range(3):
        place.write("plan.md", PLAN.replace("tre", str(n)))
        place.sync()
    assert (generations_folder(place.data) / name).is_dir()
    assert "Det tar tre år." in index.document("plan").text
    assert index.dense(place.embedder.embed_query("cykelbanor"), 1) != []
    index.close()
    for text in (PLAN, PLAN.replace("tre", "fyra")):  # by the next sync, or the one after it
        place.write("plan.md", text)
        place.sync()
    assert not (generations_folder(place.data) / name).exists()


def test_readers_see_a_whole_generation_while_others_are_published(place):
    place.sync()
    seen: list[tuple[str, str]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            index = open_current(place.data, place.embedder)
            (hit,) = index.dense(place.embedder.embed_query("cykelbanor"), 1)
            seen.append((index.passage(hit.passage_id).text, index.document("plan").text.split("\n\n")[1]))
            index.close()

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(5):
        place.write("plan.md", PLAN.replace("tre", str(n)))
        place.sync()
    stop.set()
    reader.join()
    assert len(seen) > 2
    assert all(passage == paragraph for passage, paragraph in seen)


def test_a_second_writer_is_refused_or_waits(place):
    with write_lock(place.data), pytest.raises(LockedError, match=f"process {os.getpid()} is writing"):
        place.sync()
    holder = write_lock(place.data)
    holder.__enter__()
    threading.Timer(0.3, lambda: holder.__exit__(None, None, None)).start()
    assert sync(place.data, place.embedder, bundle=Bundle(place.documents, place.documents / "sources.yaml"), wait_s=10)


KILLED = """
import sys, time
from pathlib import Path
import ingest.build
from ingest.sync import Bundle, sync
from tests.corpus.standin import HashEmbedder

def wait(*_):
    print("built", flush=True)
    time.sleep(60)

ingest.build.check_generation = wait
folder = Path(sys.argv[1])
sync(folder / "data", HashEmbedder(), bundle=Bundle(folder / "documents", folder / "documents" / "sources.yaml"))
"""


def test_a_sync_killed_half_way_leaves_the_published_one_and_the_next_cleans_up(place):
    first = place.sync()
    place.write("plan.md", PLAN.replace("tre", "fem"))
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(place.data.parent)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "built\n"
    with pytest.raises(LockedError):
        place.sync()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert read_pointer(place.data).current == first.generation
    assert len(list(generations_folder(place.data).iterdir())) == 2
    assert "Det tar tre år." in place.text("plan")
    started = time.monotonic()
    report = place.sync()
    assert report.changed == ("plan",)
    assert time.monotonic() - started < 30
    names = {p.name for p in generations_folder(place.data).iterdir()}
    assert names == {first.generation, report.generation}
    assert (current_folder(place.data) / CHECKSUMS_FILE).is_file()
