"""What the manifests and front matter say of a document before it is parsed, checked at the file edge."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.errors import DocumentError
from corpus.models import Relation

Origin = Literal["bundled", "upload", "folder", "fetched"]
DEFAULT_KIND = "dokument"
MAX_YAML_DEPTH = 30
_INDENT = re.compile(r"^[ \t?:-]*", re.MULTILINE)
ID_PATTERN = r"[a-z0-9][a-z0-9._-]{0,119}"
IsoDate = Annotated[str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]
DocumentId = Annotated[str, Field(pattern=f"^{ID_PATTERN}$")]


class _File(BaseModel):
    """Values of a YAML file; a key with nothing behind it counts as left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, values: object) -> object:
        return {k: v for k, v in values.items() if v != ""} if isinstance(values, dict) else values


class SourceFields(_File):
    """What a manifest entry or front matter may say of a source; what is left out is empty."""

    title: str = ""
    publisher: str = ""
    date: IsoDate = ""
    date_note: str = ""
    kind: str = ""
    url: str = ""
    urls: tuple[str, ...] = ()
    dnr: str = ""


class UpdateFields(BaseModel):
    """One entry under ``updates`` in front matter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: DocumentId
    claim: str = Field(min_length=1)
    by: str = Field(min_length=1)
    relation: Relation
    since: IsoDate


class FrontMatter(SourceFields):
    """The block between ``---`` lines at the top of a Markdown file."""

    id: DocumentId | None = None
    updates: tuple[UpdateFields, ...] = ()


class ManifestEntry(SourceFields):
    """One entry of a ``sources.yaml``: a file, ``path`` relative to the folder of the documents, or an address.

    What lies at the address of ``fetch`` is a document once it has been fetched, which happens only when asked for.
    """

    id: DocumentId
    path: str = ""
    fetch: str = ""
    primary: bool = False

    @model_validator(mode="after")
    def _one_of_two(self) -> "ManifestEntry":
        if bool(self.path) == bool(self.fetch):
            raise ValueError("give either a path or an address to fetch")
        return self


class SourcesFile(_File):
    """A whole ``sources.yaml``."""

    documents: tuple[ManifestEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to ingest; ``document_id`` is empty where the file's front matter or its path decides.

    ``fields`` go before what the file says of itself. ``folder`` is the remembered folder the file was found in.
    """

    path: Path
    origin: Origin
    document_id: str = ""
    folder: str = ""
    fields: SourceFields = field(default_factory=SourceFields)
    primary: bool = False

    @property
    def path_id(self) -> str:
        """An id made of the file's path within its folder."""
        inside = self.path.relative_to(self.folder) if self.folder else Path(self.path.name)
        return slug(str(inside.with_suffix("")))


def slug(text: str) -> str:
    """``text`` in lower-case ASCII letters, figures and single hyphens: *Årsplan 2026/A* → ``arsplan-2026-a``."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:120] or "dokument"


def load_yaml(text: str, path: Path) -> object:
    """The values of a YAML text, every scalar a string: dates and numbers like ``2019:685`` stay as they are written.

    Raises:
        DocumentError: the text is not YAML.
    """
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        refused = "" if _is_flat(text) else _too_much(yaml.parse(text, Loader=loader))
        if refused:
            raise DocumentError(f"{path}: refused, since its YAML {refused}")
        return yaml.load(text, Loader=loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "cannot be parsed"
        raise DocumentError(f"{path}: not valid YAML{where} ({problem})") from None


def _is_flat(text: str) -> bool:
    """Whether YAML plainly has no references and no deep nesting: going through its events takes as long as reading it.

    A level takes a bracket, or a column at the beginning of a line; a list may stand in the column of what holds it.
    """
    columns = max(map(len, _INDENT.findall(text)))
    return "*" not in text and 2 * (columns + 1) + text.count("[") + text.count("{") <= MAX_YAML_DEPTH


def _too_much(events: Iterable[yaml.Event]) -> str:
    """What a few lines of YAML can do to whoever reads them; empty where they do not.

    libyaml's events come one by one; building the values of deeply nested ones takes its stack, and references to
    references grow without end.
    """
    depth = 0
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            return "uses references (*name); write the value out"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_YAML_DEPTH:
            return f"is nested more than {MAX_YAML_DEPTH} deep"
    return ""


def load_sources(path: Path) -> tuple[ManifestEntry, ...]:
    """The entries of a ``sources.yaml``; none if there is no such file.

    Raises:
        DocumentError: the file is not of the expected form.
    """
    if not path.is_file():
        return ()
    try:
        return SourcesFile.model_validate(load_yaml(path.read_text("utf-8"), path) or {}).documents
    except ValidationError as error:
        raise DocumentError(first_problem(error, path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: cannot be read ({error})") from error


def first_problem(error: ValidationError, path: Path) -> str:
    """One line about the first thing that is wrong with a file's values."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"]) or "front matter"
    found = str(first["input"])[:60]
    return f"{path}: {name}: {first['msg']} (got {found!r})"
