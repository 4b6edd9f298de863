"""Drills: what may go wrong while an index is built, published and read. The long forms are marked ``drill``."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assistant.answerer import Asks
from assistant.live import LiveAssistant, Loaded
from corpus.errors import CheckFailed
from corpus.generations import open_current, open_good, open_store
from corpus.pointer import generations_folder, pointer_stamp, publish, read_pointer
from ingest.sync import DEFAULT_RULES, Bundle, Rules, sync
from tests.assistant.standin import ANSWER
from tests.corpus.standin import HashEmbedder
from tests.ingest.conftest import SCRATCH
from tests.ingest.killing import POINTS

pytestmark = pytest.mark.usefixtures("kept_parser")

ROOT = Path(__file__).parent.parent.parent


class Documents:
    """A folder of documents with its manifest, and a data folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        (folder / "documents").mkdir()

    @property
    def bundle(self) -> Bundle:
        return Bundle(self.folder / "documents", self.folder / "documents" / "sources.yaml")

    def write(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            (self.folder / "documents" / f"{name}.txt").write_text(text)
        rows = "".join(f"  - {{id: {name}, path: {name}.txt}}\n" for name in sorted(texts))
        (self.folder / "documents" / "sources.yaml").write_text(f"documents:\n{rows}" if rows else "documents: []")

    def sync(self, rules: Rules = DEFAULT_RULES) -> Any:
        return sync(self.data, HashEmbedder(), bundle=self.bundle, rules=rules)

    def stored(self) -> dict[str, str]:
        store = open_store(self.data)
        try:
            return {source.document_id: store.document(source.document_id).text for source in store.sources()}
        finally:
            store.close()


@pytest.fixture
def documents(memory_path: Path) -> Documents:
    return Documents(memory_path)


class Forge:
    """The process that does one job after another in forks of itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.ingest.killing"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, what: str, point: str = "") -> dict[str, Any]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": what, "folder": str(self.folder), "point": point}) + "\n")
        self.process.stdin.flush()
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "error" not in said, said
        return said


@pytest.fixture
def forge(memory_path: Path) -> Iterator[Forge]:
    made = Forge(memory_path)
    yield made
    made.process.communicate()


def kill_at(points: list[str], documents: Documents, forge: Forge) -> None:
    """Kill a sync at each point in turn, each time with other documents; look at what is left, and sync again."""
    old = {"a": "Ursprunget är noll.", "b": "Båtar går till Lund.", "c": "Cyklar står still."}
    for text in ("Det allra första.", old["a"]):  # two generations, so that there is one to pack
        documents.write(old | {"a": text})
        forge.do("sync")
    for n, point in enumerate(points):
        new = {"a": f"Omgång {n} är här.", "b": "Båtar går till Lund.", "d": f"Nytt nummer {n}."}
        new |= {"c": "Cyklar står still."} if n % 2 else {}
        documents.write(new)
        assert forge.do("kill", point) == {"signal": signal.SIGKILL}, point
        assert forge.do("read")["texts"] in (old, new), point
        after = forge.do("sync")
        assert after["texts"] == new, point
        if n % 10 == 0:  # the same content, built in peace
            (documents.folder / f"quiet-{n}").mkdir()
            quiet = Documents(documents.folder / f"quiet-{n}")
            quiet.write(new)
            forge.folder = quiet.folder
            assert forge.do("sync")["content_hash"] == after["content_hash"], point
            forge.folder = documents.folder
        assert len(list(generations_folder(documents.data).iterdir())) <= 2, point
        old = new


def test_a_sync_killed_at_every_point_leaves_the_old_index_or_the_new_one(documents, forge):
    kill_at(list(POINTS), documents, forge)


@pytest.mark.drill
def test_a_hundred_kills(documents, forge):
    points = [list(POINTS)[n % len(POINTS)] for n in range(100)]
    random.Random(4).shuffle(points)
    kill_at(points, documents, forge)


NAMES = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.sampled_from([f"Mening nummer {n} handlar om {word}." for n in range(3) for word in ("båtar", "tåg")])


class Ingesting(RuleBasedStateMachine):
    """Files and publications against two plain dictionaries: what lies in the folder, and what is published."""

    def __init__(self) -> None:
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory(dir=SCRATCH)
        self.documents = Documents(Path(self.scratch.name))
        self.files: dict[str, str] = {}
        self.published: list[dict[str, str]] = []

    @initialize(text=TEXTS)
    def begin(self, text: str) -> None:
        self.files = {"a": text}
        self.ingest()

    @rule(name=NAMES, text=TEXTS)
    def add_or_change(self, name: str, text: str) -> None:
        self.files[name] = text

    @precondition(lambda self: len(self.files) > 1)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        del self.files[data.draw(st.sampled_from(sorted(self.files)))]

    @rule()
    def ingest(self) -> None:
        self.documents.write(self.files)
        report = self.documents.sync()
        assert report.published == (not self.published or self.published[-1] != self.files)
        if report.published:
            self.published = [*self.published[-1:], dict(self.files)]

    @precondition(lambda self: len(self.published) > 1)
    @rule()
    def roll_back(self) -> None:
        pointer = read_pointer(self.documents.data)
        publish(self.documents.data, pointer.previous, previous=pointer.current)
        self.published.reverse()

    @rule()
    def restart(self) -> None:
        index = open_current(self.documents.data, HashEmbedder())
        assert {s.document_id: index.document(s.document_id).text for s in index.sources()} == self.published[-1]
        index.close()

    @invariant()
    def what_is_read_is_what_was_published(self) -> None:
        if self.published:
            assert self.documents.stored() == self.published[-1]
            assert len(list(generations_folder(self.documents.data).iterdir())) == len(self.published)

    def teardown(self) -> None:
        self.scratch.cleanup()


def ingesting(examples: int, steps: int) -> None:
    given = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(Ingesting, settings=given)


def test_any_order_of_steps_holds_what_a_dictionary_would():
    ingesting(examples=2, steps=8)


@pytest.mark.drill
def test_any_order_of_steps_at_length():
    ingesting(examples=8, steps=20)


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def publish_under_readers(documents: Documents, n_generations: int, n_readers: int) -> None:
    """Publish generations in a row while readers ask; every answer has to be whole and of one generation."""
    embedder = HashEmbedder()
    documents.write({"a": "Omgång 0 är här.", "b": "Omgång 0 är där."})
    documents.sync()

    def load() -> Loaded:
        opened = open_good(documents.data, embedder)
        index = opened.index

        class Reader:
            def ask(self, question: str, history: Any = (), documents: frozenset[str] = frozenset()) -> Any:
                hits = index.dense(embedder.embed_query(question), 2)
                texts = {index.passage(hit.passage_id).text.split(" är ")[0] for hit in hits}
                texts |= {index.document(name).text.split(" är ")[0] for name in ("a", "b")}
                return ANSWER if len(texts) == 1 and len(hits) == 2 else texts

        return Loaded(Reader(), index, opened.problem)  # type: ignore[arg-type]

    failed: list[Any] = []
    asked = [0]
    stop = threading.Event()
    with LiveAssistant(load, lambda: pointer_stamp(documents.data), poll_s=0.01) as live:
        before = descriptors()

        def read() -> None:
            while not stop.wait(0.002):  # a reader reads; without a pause, eight would take all of the processor
                try:
                    answer = live.ask("Vilken omgång är här?")
                except Exception as error:
                    failed.append(error)
                    continue
                asked[0] += 1
                if answer is not ANSWER:
                    failed.append(answer)

        readers = [threading.Thread(target=read) for _ in range(n_readers)]
        for reader in readers:
            reader.start()
        for n in range(1, n_generations + 1):
            documents.write({"a": f"Omgång {n} är här.", "b": f"Omgång {n} är där."})
            assert documents.sync().published
        live.look()
        stop.set()
        for reader in readers:
            reader.join()
        assert failed == []
        assert asked[0] > n_generations
        assert live.index.manifest.generation == read_pointer(documents.data).current
        assert descriptors() <= before * 2 + 10  # the index before is kept open for what is still shown from it
    documents.write({"a": "Slut.", "b": "Slut."})
    documents.sync()
    assert len(list(generations_folder(documents.data).iterdir())) == 2


def test_generations_in_a_row_under_readers(documents):
    publish_under_readers(documents, n_generations=4, n_readers=3)


@pytest.mark.drill
def test_fifty_generations_in_a_row_under_eight_readers(documents):
    publish_under_readers(documents, n_generations=50, n_readers=8)


@pytest.fixture
def live_index(documents):
    """A published index with other documents to publish next; asserts in the end that it is untouched."""
    documents.write({"a": "Det gamla."})
    documents.sync()
    generation = read_pointer(documents.data)
    documents.write({"a": "Det nya."})
    yield documents
    assert read_pointer(documents.data) == generation
    assert documents.stored() == {"a": "Det gamla."}
    assert len(list(generations_folder(documents.data).iterdir())) == 1


@pytest.mark.parametrize("nth", [0, 3, 7])
def test_an_fsync_that_fails_leaves_the_live_index(live_index, monkeypatch, nth):
    calls = iter(range(1000))

    def fsync(_: int) -> None:
        if next(calls) == nth:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="Input/output error"):
        live_index.sync()
    monkeypatch.undo()


FULL = """
import resource, sys
from pathlib import Path
from ingest.sync import Bundle, sync
from tests.corpus.standin import HashEmbedder

folder = Path(sys.argv[1])
HashEmbedder().embed_query("a")
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    sync(folder / "data", HashEmbedder(), bundle=Bundle(folder / "documents", folder / "documents" / "sources.yaml"))
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("n_bytes", [0, 5_000, 20_000])
def test_a_disk_that_is_full_leaves_the_live_index(live_index, n_bytes):
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(live_index.folder), str(n_bytes)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.startswith(("OSError", "CheckFailed")), ran


MOUNTED = """
import sys
from pathlib import Path
from corpus.errors import CheckFailed, IndexUnavailable
from corpus.generations import open_current
from ingest.sync import Bundle, sync
from tests.corpus.standin import HashEmbedder

data, documents, embedder = Path(sys.argv[1]) / "data", Path(sys.argv[2]), HashEmbedder()
bundle = Bundle(documents, documents / "sources.yaml")
(documents / "sources.yaml").write_text("documents: [{id: a, path: a.txt}]")
(documents / "a.txt").write_text("Det gamla.")
sync(data, embedder, bundle=bundle)
(documents / "a.txt").write_text("Det nya.")
for n_free in (0, 30_000, 200_000, 300_000):
    filler = data.parent / "filler"
    with filler.open("wb", 0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            file.truncate(file.tell() - n_free)
    try:
        sync(data, embedder, bundle=bundle)
        print("published")
    except CheckFailed as error:
        print(error)
    try:
        open_current(data, embedder).close()
    except IndexUnavailable as error:
        assert "the disk is full" in str(error), error
    filler.unlink()
    index = open_current(data, embedder)
    print(index.document("a").text)
    index.close()
sync(data, embedder, bundle=bundle)
print(open_current(data, embedder).document("a").text)
"""


def test_a_small_disk_that_runs_full_leaves_the_live_index(tmp_path):
    """On a real file system of 2 MB, with more and more of it free."""
    disk, documents = tmp_path / "disk", tmp_path / "documents"
    disk.mkdir()
    documents.mkdir()
    unshare = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    mount = f"mount -t tmpfs -o size=2m tmpfs {disk}"
    try:
        subprocess.run([*unshare, mount], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"this machine lets nobody mount a file system of their own: {error}")
    ran = subprocess.run(
        [*unshare, f'{mount} && exec "$@"', "sh", sys.executable, "-c", MOUNTED, str(disk), str(documents)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = ran.stdout.splitlines()
    assert said[1:8:2] == ["Det gamla."] * 4, ran
    assert all(f"{disk / 'data'}: the disk is full (" in line for line in said[0:8:2]), ran
    assert said[8:] == ["Det nya."], ran


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes to a read-only folder")
def test_a_folder_that_cannot_be_written_to_leaves_the_live_index(live_index):
    folder = generations_folder(live_index.data)
    folder.chmod(0o555)
    try:
        with pytest.raises(OSError, match="Permission denied"):
            live_index.sync()
    finally:
        folder.chmod(0o755)


def test_a_candidate_that_fails_its_check_leaves_the_live_index(live_index, monkeypatch):
    def fail(*_: object) -> None:
        raise CheckFailed("does not hold")

    monkeypatch.setattr("ingest.build.check_generation", fail)
    with pytest.raises(CheckFailed):
        live_index.sync()


def test_two_generations_are_less_than_two_and_a_half_times_one(documents):
    def size(folder: Path) -> int:
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    for n in range(4):
        documents.write({"a": "Omgång. " * 200 + f"Nummer {n}.", "b": "Båtar. " * 300})
        documents.sync()
    newest = generations_folder(documents.data) / read_pointer(documents.data).current
    assert size(documents.data) < 2.5 * size(newest)


def test_two_generations_are_left_while_a_program_reads_on(documents):
    """The program keeps the index before open, for what is still shown from it; that is the one that is kept anyway."""
    embedder = HashEmbedder()
    documents.write({"a": "Omgång 0."})
    documents.sync()

    def load() -> Loaded:
        opened = open_good(documents.data, embedder)
        return Loaded(cast(Asks, None), opened.index, opened.problem)

    with LiveAssistant(load, lambda: pointer_stamp(documents.data), poll_s=0.05):
        for n in range(1, 4):
            documents.write({"a": f"Omgång {n}."})
            documents.sync(Rules(readers_s=60.0))
            pointer = read_pointer(documents.data)
            kept = {path.name for path in generations_folder(documents.data).iterdir()}
            assert kept == {pointer.current, pointer.previous}
