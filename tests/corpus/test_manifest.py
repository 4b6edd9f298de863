import pytest

from corpus.errors import IndexUnavailable
from corpus.manifest import (
    FORMAT_VERSION,
    check_sizes,
    damaged_files,
    read_checksums,
    read_manifest,
    write_checksums,
    write_manifest,
)
from corpus.models import Manifest

MANIFEST = Manifest("g", FORMAT_VERSION, "2026-07-01T00:00:00+00:00", "hash-1", 64, "abc", 2, 3, {"parse": "1"})


def test_a_manifest_comes_back(tmp_path):
    write_manifest(tmp_path, MANIFEST)
    assert read_manifest(tmp_path) == MANIFEST


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"format_version": 99}', '{"format_version": 1}'])
def test_a_manifest_that_cannot_be_read_says_what_to_do(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(IndexUnavailable, match=r"manifest\.json: .*run: python -m ingest sync"):
        read_manifest(tmp_path)


@pytest.fixture
def sealed(tmp_path):
    (tmp_path / "chroma").mkdir()
    (tmp_path / "documents.sqlite").write_bytes(b"1234")
    (tmp_path / "chroma" / "data_level0.bin").write_bytes(b"12345678")
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"changes")
    (tmp_path / ".tantivy-meta.lock").write_bytes(b"")
    (tmp_path / "in-use").write_bytes(b"")
    write_checksums(tmp_path)
    return tmp_path


def test_files_that_readers_change_are_not_summed(sealed):
    assert set(read_checksums(sealed)) == {"documents.sqlite", "chroma/data_level0.bin"}
    (sealed / "chroma" / "chroma.sqlite3").write_bytes(b"changed by a reader")
    check_sizes(sealed)
    assert damaged_files(sealed) == []


def test_a_missing_or_cut_file_is_seen_at_opening(sealed):
    (sealed / "chroma" / "data_level0.bin").write_bytes(b"1234567")
    with pytest.raises(IndexUnavailable, match=r"data_level0\.bin: damaged \(has 7 bytes of 8\)"):
        check_sizes(sealed)
    (sealed / "chroma" / "data_level0.bin").unlink()
    with pytest.raises(IndexUnavailable, match="is missing"):
        check_sizes(sealed)


def test_a_changed_byte_is_seen_by_the_full_comparison(sealed):
    (sealed / "documents.sqlite").write_bytes(b"1239")
    check_sizes(sealed)
    assert damaged_files(sealed) == ["documents.sqlite"]


def test_lost_checksums_count_as_damage(sealed):
    (sealed / "checksums.json").write_text("{")
    with pytest.raises(IndexUnavailable, match=r"checksums\.json"):
        check_sizes(sealed)
