"""Documents to crowd an index with: picked from a folder or an archive, cut, or made up; the same each time."""

import tarfile
from pathlib import Path

import pytest

from corpus.errors import UsageError
from evals.crowd.documents import LONGEST_CHARS, crowd_with


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    (folder / "1915").mkdir(parents=True)
    for n in range(5):
        (folder / "1915" / f"{n}.md").write_text(f"---\ntitle: x\n---\n\n# Lag {n}\n\n" + f"Stycke {n}.\n\n" * 600)
    (folder / "empty.md").write_text("---\ntitle: x\n---\n")
    (folder / "bare.md").write_text("---\ntitle: x\n---")
    (folder / "picture.png").write_text("no text")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_documents_of_a_folder_are_taken_whole(source: Path, tmp_path: Path) -> None:
    assert crowd_with(source, tmp_path / "all", None) == 5
    assert names(tmp_path / "all") == [f"1915-{n}.md" for n in range(5)]
    assert (tmp_path / "all" / "1915-0.md").read_text() == (source / "1915" / "0.md").read_text()


def test_some_are_drawn_and_cut_at_a_paragraph(source: Path, tmp_path: Path) -> None:
    assert crowd_with(source, tmp_path / "a", 2) == crowd_with(source, tmp_path / "b", 2) == 2
    assert names(tmp_path / "a") == names(tmp_path / "b")
    text = (tmp_path / "a" / names(tmp_path / "a")[0]).read_text()
    assert text.startswith("# Lag")
    assert text.endswith(".\n")
    assert LONGEST_CHARS - 20 < len(text) <= LONGEST_CHARS + 1


def test_an_archive_is_as_good_as_a_folder(source: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "docs.tar.xz", "w:xz") as archive:
        archive.add(source, arcname="docs")
    assert crowd_with(tmp_path / "docs.tar.xz", tmp_path / "all", None) == 5
    assert names(tmp_path / "all") == [f"docs-1915-{n}.md" for n in range(5)]


def test_made_up_documents_differ_and_come_again(tmp_path: Path) -> None:
    assert crowd_with(None, tmp_path / "a", 50) == 50
    crowd_with(None, tmp_path / "b", 50)
    texts = [(tmp_path / "a" / name).read_text() for name in names(tmp_path / "a")]
    assert texts == [(tmp_path / "b" / name).read_text() for name in names(tmp_path / "b")]
    assert len(set(texts)) == 50
    assert not any("Malmö" in text or "{" in text for text in texts)


@pytest.mark.parametrize("name", ["none", "file.tar"])
def test_a_source_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.tar").write_text("no archive")
    with pytest.raises(UsageError, match=name):
        crowd_with(tmp_path / name, tmp_path / "out", None)


def test_a_source_without_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="no text or Markdown files"):
        crowd_with(tmp_path / "in", tmp_path / "out", 3)
