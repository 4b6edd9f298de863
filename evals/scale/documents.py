"""First step of the benchmark of size: the corpora's documents, whole, until they give about so many passages."""

import json
import lzma
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from pathlib import Path

from corpus.errors import UsageError

CHARS_PER_PASSAGE = 415  # of the built index, on average over the three corpora
MIN_CHARS = 200
SENTENCES_PER_PAGE = 60  # of the parallel text, which fills up where the corpora are too small


def corpus_documents(data_dir: Path, n_passages: int) -> Iterator[str]:
    """Documents of the three corpora in turn as Markdown, enough for about ``n_passages``; then the parallel text.

    Raises:
        UsageError: the corpora are not there.
    """
    chars = 0
    corpora = (_pages(data_dir), _interpellations(data_dir), _statutes(data_dir))
    try:
        for text in chain(_in_turn(corpora), _parallel(data_dir)):
            if chars >= n_passages * CHARS_PER_PASSAGE:
                return
            if len(text) >= MIN_CHARS:
                yield text
                chars += len(text)
    except FileNotFoundError as error:
        raise UsageError(f"{error.filename}: not found; DATA_DIR must hold the training data") from None


def write_documents(texts: Iterable[str], folder: Path) -> int:
    """Write each text as a Markdown file; how many there are."""
    folder.mkdir(parents=True)
    n = 0
    for n, text in enumerate(texts, 1):
        (folder / f"d{n:06d}.md").write_text(text, encoding="utf-8")
    return n


def _in_turn(readers: Sequence[Iterator[str]]) -> Iterator[str]:
    """One of each, until all are at their end."""
    return (text for row in zip_longest(*readers) for text in row if text is not None)


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from lines


def _pages(data_dir: Path) -> Iterator[str]:
    for line in _lines(data_dir / "corpora" / "regeringen.jsonl.xz"):
        row = json.loads(line)
        yield f"# {row['title']}\n\n{row['text']}"


def _interpellations(data_dir: Path) -> Iterator[str]:
    for line in _lines(data_dir / "corpora" / "interpellationer.jsonl.xz"):
        row = json.loads(line)
        yield "\n\n".join([f"# {row['title']}", *row["paragraphs"]])


def _statutes(data_dir: Path) -> Iterator[str]:
    with tarfile.open(data_dir / "corpora" / "sfs.tar.xz", "r:xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".md") else None
            if file is not None:
                text = file.read().decode("utf-8")
                yield text if len(text.partition("\n---\n")[2]) >= MIN_CHARS else ""


def _parallel(data_dir: Path) -> Iterator[str]:
    """Swedish sentences of the parallel text, so many a page, and a page of the English ones after it."""
    rows = (line.rstrip("\n").split("\t") for line in _lines(data_dir / "parallel" / "sv-en.tsv.xz"))
    page = 0
    while some := list(islice(rows, SENTENCES_PER_PAGE)):
        page += 1
        for side, name in enumerate(("Meningar", "Sentences")):
            yield f"# {name} {page}\n\n" + "\n\n".join(row[side] for row in some)
