"""First step of the benchmark of size: the corpora's documents, whole, until they give about so many passages."""

import json
import lzma
import tarfile
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UsageError
from evals.retrieval import SetPassage

CHARS_PER_PASSAGE = 430  # of the built index, on average over the three corpora
MIN_CHARS = 200


def corpus_documents(data_dir: Path, n_passages: int) -> list[SetPassage]:
    """Documents of the three corpora in turn, enough for about ``n_passages``.

    Raises:
        UsageError: the corpora are not there.
    """
    taken, chars = list[SetPassage](), 0
    readers = [_pages(data_dir), _interpellations(data_dir), _statutes(data_dir)]
    try:
        while readers and chars < n_passages * CHARS_PER_PASSAGE:
            for reader in list(readers):
                text = next(reader, None)
                if text is None:
                    readers.remove(reader)
                elif len(text) >= MIN_CHARS:
                    taken.append(SetPassage(id=f"d{len(taken):06d}", text=text))
                    chars += len(text)
    except FileNotFoundError as error:
        raise UsageError(f"{error.filename}: not found; DATA_DIR must hold the training data") from None
    return taken


def _pages(data_dir: Path) -> Iterator[str]:
    with lzma.open(data_dir / "corpora" / "regeringen.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield f"{row['title']}\n\n{row['text']}"


def _interpellations(data_dir: Path) -> Iterator[str]:
    with lzma.open(data_dir / "corpora" / "interpellationer.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield "\n\n".join([row["title"], *row["paragraphs"]])


def _statutes(data_dir: Path) -> Iterator[str]:
    with tarfile.open(data_dir / "corpora" / "sfs.tar.xz", "r:xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".md") else None
            if file is not None:
                yield file.read().decode("utf-8").partition("\n---\n")[2]
