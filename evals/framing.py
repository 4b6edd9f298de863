"""Used by the metric of grounded answers: which words an extractive answer may have of its own."""

import re
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import DocumentError

FRAMING_PATH = Path(__file__).with_name("framing.yaml")
MAX_LABEL_WORDS = 12
_REPEATED_QUESTION = re.compile(r"»[^»]*»")
# A date in brackets may stand in a label; any other digit there would be a number without a source.
_LABEL = re.compile(r"[^\d().!?]+(?:\([^()]*\))?")


class Framing(BaseModel):
    """Sentences that need no source, and what labels before a quote begin with; lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentences: frozenset[str]
    labels: tuple[str, ...]


@cache
def load_framing(path: Path = FRAMING_PATH) -> Framing:
    """The words of ``framing.yaml``.

    Raises:
        DocumentError: the file cannot be read, or lacks one of its two lists.
    """
    try:
        return Framing.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise DocumentError(f"{path}: expected sentences and labels: {' '.join(str(error).split())}") from None


def is_framing(text: str) -> bool:
    """Whether ``text`` holds nothing but framing sentences, labels, list marks and the question repeated.

    A line break parts what stood on the two sides of a quote.
    """
    pieces = re.split(r"\n|(?<=[.!?:])\s+", _REPEATED_QUESTION.sub(" ", text))
    return all(_is_frame(piece.strip(" \t-–•*")) for piece in pieces)


def _is_frame(piece: str) -> bool:
    framing = load_framing()
    low = piece.lower()
    if not piece or low.rstrip(".:").strip() in framing.sentences:
        return True
    label = low.removesuffix(":")
    known = any(label == opening or label.startswith(f"{opening} ") for opening in framing.labels)
    return known and label != low and len(label.split()) <= MAX_LABEL_WORDS and _LABEL.fullmatch(label) is not None
