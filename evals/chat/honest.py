"""The honest scripted model: words the sentences that it is given as bearing the answer, close to the source."""

import json
import re
from collections.abc import Mapping
from typing import Any
from zlib import crc32

from assistant.verbs import is_finite
from corpus.numerals import MONTHS
from evals.chat.server import Reply, Task

_LINK = re.compile(r"^(?:Samtidigt|Däremot|Dessutom|Vidare|Dock)\s+(?=\w)")
_TIME = re.compile(rf"\s(i (?:{'|'.join(MONTHS)}) \d{{4}})\b")
_NO_SUBJECT = re.compile(
    r"[,;:(]|\b(?:som|att|om|när|eftersom|för|i|på|av|till|med|efter|under|sedan|enligt|från|vid|där|genom|inom)\b",
    re.I,
)
MOST_SUBJECT_WORDS = 5


def row(**values: str) -> str:
    """A line of a reply."""
    return json.dumps(values, ensure_ascii=False) + "\n"


def statement(text: str, source: str, quote: str) -> str:
    """A line that states ``text``."""
    return row(statement=text, source=source, quote=quote)


def bearing(task: Task) -> list[tuple[Mapping[str, Any], str]]:
    """The sentences that bear the answer, each with its source."""
    return [(source, sentence) for source in task.sources for sentence in source["bärande"]]


def honest(task: Task) -> Reply:
    """A reply that says what the sentences say."""
    return Reply(honest_text(task))


def honest_text(task: Task) -> str:
    """The text of that reply."""
    said = (statement(reworded(sentence), source["källa"], sentence) for source, sentence in bearing(task))
    return "".join([row(verdict=task.verdict), *said])


def verbatim(task: Task) -> Reply:
    """A reply that copies the sentences."""
    rows = (statement(ended(s), source["källa"], s) for source, s in bearing(task))
    return Reply("".join([row(verdict=task.verdict), *rows]))


def reworded(sentence: str) -> str:
    """``sentence`` in one of the ways of putting it that change nothing, chosen by its own words; else as it is."""
    if re.search(r"[.!?]\s+[A-ZÅÄÖ]", sentence):
        return ended(sentence)
    ways = [w for w in (w(sentence) for w in (_without_link, _according, _shown, _time_first)) if w]
    return ended(ways[crc32(sentence.encode()) % len(ways)] if ways else sentence)


def ended(text: str) -> str:
    """``text`` as a sentence of its own."""
    text = text.strip()
    return text[:1].upper() + text[1:].rstrip(" :;,") + ("" if text.endswith(".") else ".")


def _cut(sentence: str) -> tuple[str, str, str] | None:
    """Subject, finite verb and the rest, where the sentence begins with a plain subject."""
    words = sentence.split(" ")
    for place, word in enumerate(words[: MOST_SUBJECT_WORDS + 1]):
        if place and is_finite(word):
            subject = " ".join(words[:place])
            return (
                None
                if _NO_SUBJECT.search(subject) or re.search(r"\d", subject)
                else (subject, word, " ".join(words[place + 1 :]))
            )
    return None


def lowered(subject: str) -> str:
    """``subject`` inside a sentence: its first letter small, unless it is a name."""
    first = subject.split(" ")[0]
    keeps = not first[1:].islower() or not re.search(
        r"(?:en|et|na|n|t|r|ett|de|det|den|dessa|detta)$|^(?:En|Ett)$", first
    )
    return subject if keeps else subject[:1].lower() + subject[1:]


def _without_link(sentence: str) -> str:
    link = _LINK.match(sentence)
    return f"Enligt underlaget {sentence[link.end() :]}" if link else ""


def _according(sentence: str) -> str:
    cut = _cut(sentence)
    return f"Enligt underlaget {cut[1]} {lowered(cut[0])} {cut[2]}" if cut else ""


def _shown(sentence: str) -> str:
    cut = _cut(sentence)
    adverb = cut and re.match(r"(?:inte|också|även|dock|bara|endast|ofta|alltid|redan)\b", cut[2])
    return f"Av underlaget framgår att {lowered(cut[0])} {cut[1]} {cut[2]}" if cut and not adverb else ""


def _time_first(sentence: str) -> str:
    cut, time = _cut(sentence), _TIME.search(sentence)
    if not cut or not time or len(re.findall(r"\d", sentence)) != 4:
        return ""
    rest = f" {cut[2]}".replace(time[0], "", 1).strip()
    return f"{time[1][0].upper()}{time[1][1:]} {cut[1]} {lowered(cut[0])} {rest}" if time[0] in f" {cut[2]}" else ""
