"""The questions of ``questions.tsv`` and the documents that they ask about, read from a folder of public data."""

import csv
import json
import lzma
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import UsageError

QUESTIONS = Path(__file__).with_name("questions.tsv")
WEB_PAGES, STATUTES = "regeringen", "sfs"
WEB_FILE, STATUTES_FILE = "regeringen.jsonl.xz", "sfs.tar.xz"
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OtherQuestion:
    """A question that the sentence at ``[start, end)`` of ``document`` (*collection:name*) answers with yes or no."""

    document: str
    start: int
    end: int
    yes: bool
    question: str


def load_questions(path: Path = QUESTIONS) -> list[OtherQuestion]:
    """The questions, in the file's order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            OtherQuestion(r["document"], int(r["start"]), int(r["end"]), r["answer"] == "yes", r["question"])
            for r in rows
        ]


def write_documents(questions: Sequence[OtherQuestion], data_dir: Path, folder: Path) -> dict[str, str]:
    """Write the documents of ``questions`` into ``folder`` as Markdown; their texts, as stored, by name.

    Raises:
        UsageError: ``data_dir`` lacks one of them.
    """
    wanted = {q.document for q in questions}
    texts: dict[str, str] = {}
    try:
        for name, title, text in [*_web_pages(data_dir, wanted), *_statutes(data_dir, wanted)]:
            texts[name] = text
            body = _FRONT_MATTER.sub("", text)
            (folder / f"{name.replace(':', '-')}.md").write_text(f"# {title}\n\n{body}", encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(f"{error.filename}: no such file; name the folder that holds corpora/") from error
    missing = sorted(wanted - texts.keys())
    if missing:
        raise UsageError(
            f"{data_dir}: lacks {len(missing)} documents, {missing[0]} among them; name the folder of data"
        )
    return texts


def _web_pages(data_dir: Path, wanted: set[str]) -> Iterator[tuple[str, str, str]]:
    with lzma.open(data_dir / "corpora" / WEB_FILE, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if f"{WEB_PAGES}:{number}" in wanted:
                row = json.loads(line)
                yield f"{WEB_PAGES}:{number}", row["title"], row["text"]


def _statutes(data_dir: Path, wanted: set[str]) -> Iterator[tuple[str, str, str]]:
    with tarfile.open(data_dir / "corpora" / STATUTES_FILE, "r:xz") as archive:
        for member in archive:
            stem = PurePosixPath(member.name).stem
            file = archive.extractfile(member) if f"{STATUTES}:{stem}" in wanted else None
            if file is not None:
                yield f"{STATUTES}:{stem}", stem, file.read().decode("utf-8")
