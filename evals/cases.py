"""First step of an eval run: reads known answers from YAML or JSONL files and checks their form."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from assistant.models import Turn
from corpus.errors import DocumentError, UsageError

Kind = Literal[
    "yes_no",
    "who",
    "when",
    "number",
    "list",
    "positions",
    "definition",
    "reason",
    "what",
    "not_in_sources",
    "false_premise",
    "follow_up",
    "misspelt",
    "english",
    "chatter",
]
Split = Literal["dev", "heldout", "other"]
CaseStatus = Literal["answered", "not_in_sources", "not_a_question"]
SPLITS: tuple[Split, ...] = get_args(Split)
HELD_BACK: Split = "heldout"  # kept from tuning: never printed beside other cases, but for ids
CASES_DIR = Path(__file__).parent / "cases"
PRIMARY_DOCUMENT = "malmo-forsoksverksamhet"


def _unquoted_verdict(value: Any) -> Any:
    """YAML reads a bare ``yes`` and ``no`` as booleans."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _group(value: Any) -> Any:
    """A single quote stands for a group of one."""
    return (value,) if isinstance(value, str | dict) else value


def _quote(value: Any) -> Any:
    """Words alone are a quote from the proof's own document."""
    return {"quote": value} if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1)]


class Quote(BaseModel):
    """Words that stand in a document, verbatim; without ``document`` in that of the proof."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: Text
    document: str = ""


EvidenceQuote = Annotated[Quote, BeforeValidator(_quote)]
EvidenceGroup = Annotated[tuple[EvidenceQuote, ...], BeforeValidator(_group), Field(min_length=1)]
Proof = tuple[tuple[Quote, ...], ...]  # of every group one quote is needed; each quote names its document


class OtherProof(BaseModel):
    """A proof that is as good as the case's ``evidence``, from the case's document unless it names another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    evidence: Annotated[tuple[EvidenceGroup, ...], Field(min_length=1)]
    document: str = ""


class HistoryTurn(BaseModel):
    """An earlier question and its answer, as a case file has them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    answer: str


class Case(BaseModel):
    """A question with everything that a right answer to it must and must not have.

    ``facts`` hold alternatives parted by ``|``; one of each must occur in the answer's text, and none of what is
    ``forbidden``. Of each group in ``evidence`` (verbatim quotes) one must be cited, or of each group of one proof
    under ``any_of``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    id: Text
    kind: Kind
    question: Text
    fact: str = ""
    history: tuple[HistoryTurn, ...] = ()
    status: CaseStatus = "answered"
    verdict: Annotated[Literal["yes", "no", "partly"] | None, BeforeValidator(_unquoted_verdict)] = None
    facts: tuple[Text, ...] = ()
    forbidden: tuple[Text, ...] = ()
    evidence: tuple[EvidenceGroup, ...] = ()
    any_of: tuple[OtherProof, ...] = ()
    document: Text = PRIMARY_DOCUMENT
    critical: bool = False
    split: Split = "other"

    @model_validator(mode="after")
    def _consistent(self) -> "Case":
        if self.status != "answered" and (self.verdict or self.evidence or self.any_of):
            raise ValueError(f"status {self.status} cannot have a verdict or evidence")
        return self

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The history as the assistant takes it."""
        return tuple(Turn(turn.question, turn.answer) for turn in self.history)

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Every proof that is accepted, ``evidence`` first; each quote names its document."""
        given = ((self.document, self.evidence), *((o.document or self.document, o.evidence) for o in self.any_of))
        return tuple(_located(groups, document) for document, groups in given if groups)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes of all proofs."""
        return tuple(quote for proof in self.proofs for group in proof for quote in group)


def _located(groups: Sequence[Sequence[Quote]], document: str) -> Proof:
    return tuple(tuple(Quote(quote=q.quote, document=q.document or document) for q in group) for group in groups)


def alternatives(fact: str) -> tuple[str, ...]:
    """The ways of putting a fact: ``"maj 2023|2023-05"`` has two."""
    return tuple(part.strip() for part in fact.split("|") if part.strip())


def split_of(path: Path) -> Split:
    """``dev`` or ``heldout`` by the file's prefix, else ``other``."""
    prefix = path.name.split("-")[0]
    return "dev" if prefix == "dev" else "heldout" if prefix == "heldout" else "other"


def case_files(folder: Path = CASES_DIR) -> tuple[Path, ...]:
    """The case files of a folder, in the order of their names."""
    return tuple(sorted(p for p in folder.iterdir() if p.suffix in {".yaml", ".yml", ".jsonl"}))


def load_cases(paths: Iterable[Path]) -> tuple[Case, ...]:
    """The cases of the files, in order.

    Raises:
        UsageError: there is no such file, or the files hold no case.
        DocumentError: a file or a case is malformed, or an id occurs twice; the message names file and case.
    """
    cases: list[Case] = []
    seen: dict[str, Path] = {}
    for path in paths:
        for number, row in enumerate(_rows(path), start=1):
            case = _case(path, number, row)
            if case.id in seen:
                raise DocumentError(f"{path}: case {case.id}: the id is already used in {seen[case.id]}; rename one")
            seen[case.id] = path
            cases.append(case)
    if not cases:
        raise UsageError("no cases: the files named hold none")
    return tuple(cases)


def _rows(path: Path) -> Sequence[Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as a case file ({error})") from None
    try:
        if path.suffix == ".jsonl":
            return [json.loads(line) for line in text.split("\n") if line.strip()]
        content = yaml.safe_load(text)
    except (yaml.YAMLError, json.JSONDecodeError) as error:
        raise DocumentError(f"{path}: is not well-formed: {' '.join(str(error).split())}") from None
    if not isinstance(content, list):
        raise DocumentError(f"{path}: expected a list of cases, found {type(content).__name__}")
    return content


def _case(path: Path, number: int, row: Any) -> Case:
    if not isinstance(row, dict):
        raise DocumentError(f"{path}: case number {number}: expected a mapping, found {type(row).__name__}")
    name = row.get("id", f"number {number}")
    try:
        return Case.model_validate(row | {"split": split_of(path)})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "case"
        raise DocumentError(f"{path}: case {name}: {where}: {first['msg']} (found {first['input']!r:.80})") from None
