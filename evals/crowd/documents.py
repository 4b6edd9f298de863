"""Documents to crowd an index with: real ones from a folder or an archive, or made up where there are none."""

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from corpus.errors import UsageError

SUFFIXES = (".md", ".markdown", ".txt", ".text")
# Real statutes, where a checkout has them beside it.
NEARBY = Path(__file__).parents[2].parent / "shared" / "data" / "corpora" / "sfs.tar.xz"
LONGEST_CHARS = 4000  # of a picked document: about ten passages, so that many documents are indexed in little time
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_TOWNS = "Lund Ystad Borås Kalmar Falun Umeå Visby Motala Skövde Varberg Nyköping Luleå Arvika Sala Eslöv".split()
_BOARDS = ("Tekniska nämnden", "Kulturnämnden", "Miljönämnden", "Utbildningsnämnden", "Kommunstyrelsen")
_MATTERS = (
    "snöröjningen", "skolmaten", "biblioteken", "parkeringen vid torget", "simhallen", "cykelvägarna", "avfallet",
    "färdtjänsten", "stadsparken", "bygglovet", "musikskolan", "vattenledningarna", "lekplatserna", "hemtjänsten",
)  # fmt: skip
_MONTHS = ("januari", "mars", "maj", "augusti", "oktober", "december")
_SENTENCES = (
    "{board} i {town} beslutade den {day} {month} {year} att se över {matter}.",
    "Kostnaden för {matter} var {number} tusen kronor under {year}.",
    "Enligt {board} i {town} går det inte att ändra {matter} utan nytt beslut.",
    "Försöksverksamheten med {matter} i {town} pågår till och med {year}.",
    "{town} har inte fått något undantag från reglerna om {matter}.",
    "Av invånarna i {town} var {number} procent nöjda med {matter}.",
    "Utredningen om {matter} i {town} överlämnades i {month} {year}.",
    "{board} får inom ramen för gällande regler prova nya sätt att sköta {matter}.",
    "Ansvaret för {matter} ligger på {board} och inte på staten.",
    "Uppdraget att följa upp {matter} redovisas senast den {day} {month} {year}.",
)


def crowd_with(source: Path | None, folder: Path, n: int | None, seed: int = 1) -> int:
    """Writes ``n`` documents (None: all there are) into ``folder`` and gives their number.

    They are picked from ``source``, a folder or a tar archive of text and Markdown files, in a drawn order and cut at
    ``LONGEST_CHARS`` where only ``n`` of them are wanted; without a source they are made up.

    Raises:
        UsageError: there is no such source, or it holds no documents with text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if source is None:
        documents = [(f"{i:05}.md", made_up(Random(f"{seed} {i}"))) for i in range(n or 0)]
    else:
        documents = sorted((name, text) for name, text in _texts(source) if _body(text).strip())
        if n is not None:
            documents = [(name, _cut(text)) for name, text in Random(seed).sample(documents, min(n, len(documents)))]
    if not documents:
        raise UsageError(f"{source}: holds no text or Markdown files with text")
    for name, text in documents:
        (folder / name).write_text(text, encoding="utf-8")
    return len(documents)


def _texts(source: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file; folders in the name become hyphens."""
    try:
        if source.is_dir():
            for path in sorted(source.rglob("*")):
                if path.suffix in SUFFIXES:
                    yield "-".join(path.relative_to(source).parts), path.read_text("utf-8", "replace")
            return
        with tarfile.open(source) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.name.endswith(SUFFIXES) else None
                if file is not None:
                    yield member.name.strip("./").replace("/", "-"), file.read().decode("utf-8", "replace")
    except (OSError, tarfile.TarError) as error:
        raise UsageError(f"{source}: cannot be read as a folder or a tar archive of documents ({error})") from None


def _body(text: str) -> str:
    """The text without front matter, and without rules before its first words."""
    return _FRONT_MATTER.sub("", text).lstrip("-\n ")


def _cut(text: str) -> str:
    """The text's beginning, up to the end of a paragraph."""
    body = _body(text).strip()
    if len(body) <= LONGEST_CHARS:
        return body + "\n"
    return (body[:LONGEST_CHARS].rpartition("\n\n")[0] or body[:LONGEST_CHARS]) + "\n"


def made_up(rng: Random) -> str:
    """A page of minutes about everyday matters of another town, with sentences like those of the real documents."""
    town, matter = rng.choice(_TOWNS), rng.choice(_MATTERS)
    lines = [f"# Protokoll om {matter} i {town} {rng.randint(1, 9999)}", ""]
    for _ in range(rng.randint(3, 6)):
        sentences = (
            sentence.format(
                board=rng.choice(_BOARDS),
                town=town,
                matter=matter,
                day=rng.randint(1, 28),
                month=rng.choice(_MONTHS),
                year=rng.randint(2008, 2026),
                number=rng.randint(2, 99),
            )
            for sentence in rng.sample(_SENTENCES, rng.randint(3, 5))
        )
        lines += [" ".join(sentences), ""]
    return "\n".join(lines)
