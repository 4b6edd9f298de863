import shutil
from pathlib import Path

import pytest

from corpus.errors import IndexUnavailable
from corpus.generations import open_current, open_good
from corpus.pointer import current_folder, publish
from corpus.soundness import DATABASE, DIGEST_FILE, check_sound, database_digest, faults, write_database_digest
from tests.corpus.standin import HashEmbedder
from tests.corpus.test_generations import TEXT, make_generation


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def data_dir(tmp_path, embedder):
    """Two generations, the second one published."""
    for name, before in (("g1", ""), ("g2", "g1")):
        make_generation(tmp_path, name, embedder)
        publish(tmp_path, name, before)
    return tmp_path


def files_of(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.name not in ("in-use", ".tantivy-meta.lock")
    )


def damaged(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    if how == "deleted":
        path.unlink()
        return
    if how == "cut":
        data = data[: len(data) // 2]
    elif how == "zeroed":
        data = bytearray(len(data))
    else:
        data[len(data) // 2] ^= 0x10
    path.write_bytes(bytes(data))


def test_opening_and_searching_leaves_a_generation_sound(data_dir, embedder):
    folder = current_folder(data_dir)
    before = database_digest(folder / DATABASE)
    for _ in range(3):
        index = open_current(data_dir, embedder)
        index.dense(embedder.embed_query(TEXT), 1)
        index.close()
    assert database_digest(folder / DATABASE) == before
    assert faults(folder) == []


@pytest.mark.parametrize("how", ["cut", "zeroed", "bit-flipped", "deleted"])
def test_any_damaged_file_is_caught_before_chroma_opens_it_and_the_earlier_generation_serves(data_dir, embedder, how):
    folder = current_folder(data_dir)
    copy = data_dir / "copy"
    shutil.copytree(folder, copy)
    names = [path.relative_to(folder) for path in files_of(folder) if path.stat().st_size]
    assert len(names) >= 10
    for name in names:
        if how == "zeroed" and not any((folder / name).read_bytes()):
            continue  # Chroma's list of links is all zeros while the graph has one layer
        damaged(folder / name, how)
        database = (folder / DATABASE).read_bytes() if (folder / DATABASE).exists() else b""
        try:
            check_sound(folder)
        except IndexUnavailable as error:
            assert "python -m ingest sync" in str(error)
        else:  # a bit in a part of Chroma's database that nothing is stored in
            assert (str(name), how) == (DATABASE, "bit-flipped")
            assert database_digest(folder / DATABASE) == (copy / DIGEST_FILE).read_text().strip()
            shutil.copy(copy / name, folder / name)
            continue
        opened = open_good(data_dir, embedder)
        assert opened.index.manifest.generation == "g1", name
        assert "the earlier generation g1 serves meanwhile" in opened.problem
        opened.index.close()
        assert ((folder / DATABASE).read_bytes() if (folder / DATABASE).exists() else b"") == database, name
        shutil.rmtree(folder)
        shutil.copytree(copy, folder)


def test_a_changed_row_in_chroma_s_database_is_seen(data_dir):
    import sqlite3

    folder = current_folder(data_dir)
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute("UPDATE embedding_metadata SET string_value = 'annan'")
    connection.commit()
    connection.close()
    assert faults(folder) == [f"{DATABASE} does not hold what was published"]


def test_a_digest_is_of_content_not_of_bytes(data_dir):
    folder = current_folder(data_dir)
    write_database_digest(folder)
    assert faults(folder) == []


def test_nothing_good_says_what_is_wrong_with_the_published_one(data_dir, embedder):
    for name in ("g1", "g2"):
        (data_dir / "generations" / name / "documents.sqlite").write_bytes(b"cut")
    with pytest.raises(IndexUnavailable, match=r"g2/documents\.sqlite: damaged"):
        open_good(data_dir, embedder)
