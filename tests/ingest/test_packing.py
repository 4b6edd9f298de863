"""The generation before the live one, while a third is built: packed, and whole again or built when it is needed."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import CheckFailed, IndexUnavailable
from corpus.generations import open_current, open_good, open_published
from corpus.manifest import read_manifest
from corpus.pointer import current_folder, generations_folder, publish, read_pointer
from ingest.gate import Verdict
from ingest.packing import PACKED_VECTORS, is_packed, make_room
from ingest.sync import DEFAULT_RULES, Bundle, Rules, sync
from ingest.unpacking import whole
from tests.corpus.standin import HashEmbedder

pytestmark = pytest.mark.usefixtures("kept_parser")

FIRST = "Cykelbanor byggs i Lund. Båtar går till Lund. "
SECOND = "Bilar står still. Båtar går till Lund. "


class Place:
    """A data folder with two generations, the live one of ``SECOND`` and the one before it of ``FIRST``."""

    def __init__(self, folder: Path) -> None:
        self.data, self.documents = folder / "data", folder / "documents"
        self.documents.mkdir()
        (self.documents / "sources.yaml").write_text("documents:\n  - {id: a, path: a.txt}\n")
        for text in (FIRST, SECOND):
            self.sync(text)

    def sync(self, text: str, rules: Rules = DEFAULT_RULES) -> None:
        (self.documents / "a.txt").write_text(text)
        sync(self.data, HashEmbedder(), bundle=Bundle(self.documents, self.documents / "sources.yaml"), rules=rules)

    @property
    def before(self) -> Path:
        return generations_folder(self.data) / read_pointer(self.data).previous

    @property
    def sizes(self) -> list[int]:
        """Of the generations, largest first."""
        folders = generations_folder(self.data).iterdir()
        return sorted((sum(p.stat().st_size for p in f.rglob("*") if p.is_file()) for f in folders), reverse=True)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def vectors(data_dir: Path) -> np.ndarray:
    index = open_published(data_dir)
    try:
        return index.vectors.vectors([passage.passage_id for passage in index.passages_of("a")])
    finally:
        index.close()


def refuse(candidate: Path, published: Path | None) -> Verdict:
    return Verdict(False, "worse")


def test_three_generations_take_less_than_two_and_a_half_times_one(place):
    seen: list[list[int]] = []

    def gate(candidate: Path, published: Path | None) -> Verdict:
        seen.append(place.sizes)
        return Verdict(True, "")

    place.sync(SECOND + FIRST, Rules(gate=gate))
    ((new, live, before),) = seen
    assert new + live + before < 2.5 * live
    assert len(place.sizes) == 2


def test_a_refused_candidate_leaves_two_whole_generations(place):
    before, live = read_manifest(place.before), current_folder(place.data)
    place.sync("Något helt annat.", Rules(gate=refuse))
    assert current_folder(place.data) == live
    assert not is_packed(place.before)
    assert read_manifest(place.before).content_hash == before.content_hash
    (live / "documents.sqlite").unlink()
    opened = open_good(place.data, HashEmbedder())
    assert opened.index.document("a").text.startswith("Cykelbanor")
    opened.index.close()


def test_what_was_packed_is_gone_back_to_as_it_was(place):
    first = read_pointer(place.data).previous
    publish(place.data, first, previous=read_pointer(place.data).current)
    expected, manifest = vectors(place.data), read_manifest(current_folder(place.data))
    publish(place.data, read_pointer(place.data).previous, previous=first)
    make_room(place.data)
    make_room(place.data)  # as after a process that ended on the way
    assert sorted(path.name for path in place.before.iterdir()) == [
        "checksums.json",
        "documents.sqlite.gz",
        "in-use",
        "manifest.json",
        "packed.json",
        "vectors.f32",
    ]
    name = whole(place.data, first)
    assert name != first
    publish(place.data, name, previous=read_pointer(place.data).current)
    assert np.array_equal(vectors(place.data), expected)
    built = read_manifest(current_folder(place.data))
    assert (built.content_hash, built.embedding_model, built.versions) == (
        manifest.content_hash,
        manifest.embedding_model,
        manifest.versions,
    )
    index = open_current(place.data, HashEmbedder())
    assert [hit.passage_id for hit in index.lexical({"cykelban": 1.0}, {}, 1)] == ["a:0000"]
    index.close()


def test_one_that_somebody_reads_is_left_whole(place):
    live = read_pointer(place.data)
    publish(place.data, live.previous, previous=live.current)
    index = open_current(place.data, HashEmbedder())
    publish(place.data, live.current, previous=live.previous)
    make_room(place.data)
    assert not is_packed(place.before)
    assert index.dense(HashEmbedder().embed_query("cykelbanor"), 1) != []
    index.close()
    make_room(place.data)
    assert is_packed(place.before)


def test_the_only_good_one_is_left_whole(place):
    (current_folder(place.data) / "documents.sqlite").unlink()
    seen: list[bool] = []

    def gate(candidate: Path, published: Path | None) -> Verdict:
        seen.append(is_packed(place.before))
        return Verdict(True, "")

    place.sync(SECOND, Rules(gate=gate))
    assert seen == [False]


def test_a_damaged_one_is_neither_packed_nor_gone_back_to(place):
    (place.before / "documents.sqlite").write_bytes(b"nothing")
    make_room(place.data)
    assert not is_packed(place.before)


def test_a_packed_one_that_is_damaged_is_refused_and_nothing_is_lost(place):
    make_room(place.data)
    packed = place.before / PACKED_VECTORS
    packed.write_bytes(packed.read_bytes()[::-1])
    with pytest.raises(IndexUnavailable, match=r"damaged \(vectors.f32\)"):
        whole(place.data, place.before.name)
    place.sync(SECOND)  # cannot mend it, and says so in the log alone
    assert current_folder(place.data).name == read_pointer(place.data).current


def test_a_pack_that_gives_other_content_is_not_published(place, monkeypatch):
    make_room(place.data)
    monkeypatch.setattr("ingest.unpacking.content_hash", lambda records: "another")
    with pytest.raises(CheckFailed, match="holds something else"):
        whole(place.data, place.before.name)
