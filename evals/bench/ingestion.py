"""Benchmark: how fast documents become an index, beside Chroma alone and a plain LangChain pipeline in the same run."""

import resource
import tarfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pypdfium2
from rich.table import Table

from corpus.embedder import Embedder
from corpus.generations import open_published
from corpus.vectors import VectorWriter
from evals.bench.typeset import typeset
from evals.training.texts import json_lines

STATUTES = "sfs.tar.xz"
WEB_PAGES = "regeringen.jsonl.xz"
BATCH = 2000
CHUNK_CHARS = 600


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: how many of what in how many seconds.

    ``cpu_s`` is processor time, of child processes too; other work on the machine hardly makes it longer. ``share`` is
    of the rate of what it stands beside, ``cpu_share`` the same by processor time.
    """

    what: str
    n: int
    unit: str
    seconds: float
    cpu_s: float
    share: float | None = None
    cpu_share: float | None = None

    @property
    def rate(self) -> float:
        """Units a second."""
        return self.n / self.seconds if self.seconds else 0.0


@dataclass(slots=True)
class Clock:
    """Measures from one call of ``begin`` on."""

    seconds: float = 0.0
    cpu_s: float = 0.0

    @staticmethod
    def _now() -> tuple[float, float]:
        used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used)

    def __enter__(self) -> "Clock":
        self.seconds, self.cpu_s = self._now()
        return self

    def figure(self, what: str, n: int, unit: str, beside: "Clock | None" = None) -> Figure:
        """What was measured, as a share of what was measured ``beside`` it."""
        if beside is None:
            return Figure(what, n, unit, self.seconds, self.cpu_s)
        shares = beside.seconds / self.seconds, beside.cpu_s / self.cpu_s
        return Figure(what, n, unit, self.seconds, self.cpu_s, *shares)

    def __exit__(self, *_: object) -> None:
        """Stop."""
        seconds, cpu_s = self._now()
        self.seconds, self.cpu_s = seconds - self.seconds, cpu_s - self.cpu_s


def figures_table(figures: Sequence[Figure]) -> Table:
    """The figures as a table for the terminal."""
    table = Table("what", "n", "seconds", "processor s", "a second", "share", "by processor")
    for figure in figures:
        share = [f"{value:.2f}" if value is not None else "" for value in (figure.share, figure.cpu_share)]
        times = f"{figure.seconds:.1f}", f"{figure.cpu_s:.1f}", f"{figure.rate:,.0f}"
        table.add_row(figure.what, f"{figure.n:,} {figure.unit}", *times, *share)
    return table


def write_statutes(corpora: Path, folder: Path, n: int) -> None:
    """The first ``n`` statutes as Markdown files, front matter and all."""
    with tarfile.open(corpora / STATUTES, "r:xz") as archive:
        members = (member for member in archive if member.name.endswith(".md"))
        for number, member in enumerate(islice(members, n)):
            file = archive.extractfile(member)
            if file is not None:
                (folder / f"{number:05d}.md").write_bytes(file.read())


def write_pages(corpora: Path, folder: Path, n: int) -> None:
    """The first ``n`` web pages as Markdown files."""
    for number, row in enumerate(islice(json_lines(corpora / WEB_PAGES), n)):
        (folder / f"{number:05d}.md").write_text(f"# {row['title']}\n\n{row['text']}", "utf-8")


def measure_start(sync: Callable[[], object]) -> Figure:
    """Have ``sync`` take in a single document for the first time: what is read and started once is not theirs."""
    with Clock() as start:
        sync()
    return start.figure("the first document: libraries, dictionary, processes", 1, "document")


def measure_documents(name: str, sync: Callable[[], object], data_dir: Path) -> list[Figure]:
    """Have ``sync`` take documents in, then Chroma alone insert the same vectors with the same parameters."""
    with Clock() as ours:
        sync()
    index = open_published(data_dir)
    try:
        batches = [[p.passage_id for p in passages] for passages in index.store.batches(BATCH)]
        vectors = [index.vectors.vectors(ids) for ids in batches]
        n = index.manifest.n_passages
    finally:
        index.close()
    alone = data_dir.parent / f"{data_dir.name}-chroma"
    alone.mkdir()
    with Clock() as chroma, VectorWriter(alone) as writer:
        for ids, rows in zip(batches, vectors, strict=True):
            writer.add(ids, ["d"] * len(ids), rows)
    what = (
        f"{name}: this program, from files to a published index",
        f"{name}: Chroma alone, the same vectors and parameters",
    )
    return [
        ours.figure(what[0], n, "passages", chroma),
        chroma.figure(what[1], n, "passages"),
    ]


def measure_plain(name: str, embedder: Embedder, documents: Path, folder: Path) -> list[Figure]:
    """A plain LangChain pipeline over the same files: split, embed, store; none where its parts are not installed."""
    try:
        from langchain_chroma import Chroma
        from langchain_core.embeddings import Embeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError:
        return []

    class Static(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, row)) for row in embedder.embed_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return list(map(float, embedder.embed_query(text)))

    store = Chroma("plain", Static(), str(folder))
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARS, chunk_overlap=0)
    embedder.embed_query("a")
    n = 0
    with Clock() as plain:
        texts = (path.read_text("utf-8") for path in sorted(documents.iterdir()))
        for chunks in _batched(chunk for text in texts for chunk in splitter.split_text(text)):
            store.add_texts(chunks)
            n += len(chunks)
    return [plain.figure(f"{name}: a plain LangChain pipeline", n, "chunks")]


def measure_pdfs(parse: Callable[[Sequence[bytes]], int], texts: Sequence[Sequence[str]]) -> list[Figure]:
    """Parse PDFs typeset from ``texts`` beside pdfium's bare extraction; ``parse`` gives how many it took."""
    files = [typeset(paragraphs, "Dokument", "Svensk författningssamling") for paragraphs in texts]
    with Clock() as bare:
        n_pages = sum(_bare(data) for data in files)
    with Clock() as ours:
        taken = parse(files)
    if taken != len(files):
        raise RuntimeError(f"{len(files) - taken} of {len(files)} PDFs were not taken")
    return [
        ours.figure("PDF: this program's parser, to passages", n_pages, "pages", bare),
        bare.figure("PDF: pypdfium2's bare extraction", n_pages, "pages"),
    ]


def _bare(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    n = len(document)
    document.close()
    return n


def paragraphs_of(folder: Path) -> Iterator[list[str]]:
    """The files' paragraphs, those that are headings marked with ``# ``, without front matter."""
    for path in sorted(folder.iterdir()):
        body = path.read_text("utf-8").partition("\n---\n")[2] or path.read_text("utf-8")
        blocks = [" ".join(block.split()) for block in body.split("\n\n")]
        yield [f"# {b.lstrip('# ')}" if b.startswith("#") else b for b in blocks if any(c.isalpha() for c in b)]


def _batched(chunks: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(chunks, BATCH)):
        yield some
