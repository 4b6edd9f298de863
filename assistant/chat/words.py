"""Used by verification: a sentence as units that can be held against those of another, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.bodies import find_bodies
from assistant.clauses import NEGATORS
from assistant.terms import NUMBER_WORDS
from assistant.verbs import is_finite, is_infinitive, is_supine
from corpus.knowledge import Knowledge
from corpus.lemmas import fold, root, split_compound
from corpus.numerals import MONTHS
from corpus.swedish import Token, is_acronym, tokenize, without_spaces

# Words that may come and go: they say nothing by themselves. All others have to be borne.
LIGHT = frozenset(
    """den det de dem en ett som att och i på av för till med vid hos från åt ur sig denna
    detta dessa här där har hade samt man ju ha""".split()
)
PREPOSITIONS = frozenset(
    "i på av för till med vid hos från åt ur om mot under över efter före inom mellan genom".split()
)
# Words of which each class counts as one word, and in which a class is all that counts.
_CLASSES = (
    "inte ej icke",
    "kan kunna",
    "ska skall",
    "måste",
    "är utgör",
    "finns",
    "bara endast enbart",
    "alla samtliga",
    "eftersom emedan",
    "även också",
    "cirka omkring ungefär ca",
    "exempelvis",
    "fler flera",
    "sin sitt sina",
)
_CLASS_OF = {word: f"~{words.split()[0]}" for words in _CLASSES for word in words.split()}
# Compared as they are written: their dictionary form would make *mindre* of *minst*, or *var* of *är*.
_AS_WRITTEN = frozenset(
    """var blir blev fanns kunde skulle bör borde får fick fått vill ville större störst mindre minst fler flest mer
    mest högre högst lägre lägst bättre bäst äldre äldst senare senast tidigare tidigast längre längst ingen inget inga
    många flera några någon något få fåtal""".split()
)
NEGATING = NEGATORS | {"utan"}
_PERCENT = re.compile(r"(?<=\d)\s*%")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, a number or the name of a body; ``[start, end)`` are offsets into the sentence.

    ``key`` is what two units must share to say the same; ``head`` is the key of a compound's last part, "" where it has
    none. ``light`` units say nothing by themselves.
    """

    text: str
    key: str
    head: str
    start: int
    end: int
    light: bool = False

    @property
    def lower(self) -> str:
        """The unit in lower case."""
        return self.text.lower()

    @property
    def is_value(self) -> bool:
        """Whether it is a number, an identifier or a month."""
        return self.key.startswith("#")

    @property
    def is_body(self) -> bool:
        """Whether it is the name of a body."""
        return self.key.startswith("@")

    @property
    def is_verb(self) -> bool:
        """Whether it looks like a form of a verb."""
        name = self.start > 0 and self.text[:1].isupper()
        return not (self.is_value or name) and (
            is_finite(self.lower) or is_infinitive(self.lower) or is_supine(self.lower) or self.key in _VERBS
        )


_VERBS = frozenset(["~kan", "~ska", "~måste", "~är", "~finns"])


def plain(text: str) -> str:
    """``text`` on one line, with *procent* for its sign."""
    return " ".join(_PERCENT.sub(" procent", text).split())


def units(text: str, knowledge: Knowledge, document_id: str = "", section: str = "") -> tuple[Unit, ...]:
    """The units of ``text`` in order; short forms of bodies are read as in that section of that document."""
    tokens = tuple(tokenize(text))
    mentions = {m.first: m for m in find_bodies(tokens, knowledge, document_id, section)}
    found: list[Unit] = []
    position = 0
    while position < len(tokens):
        mention = mentions.get(position)
        last = mention.last if mention else position + 1
        start, end = tokens[position].start, tokens[last - 1].end
        if mention:
            # A name with a number in it (SOU 2023:94) is also that of a paper: only itself will do.
            written = "/" + text[start:end].lower() if any(c.isdigit() for c in text[start:end]) else ""
            found.append(Unit(text[start:end], f"@{mention.body_id}{written}", "", start, end))
        else:
            found.append(_unit(tokens[position]))
        position = last
    return tuple(found)


def content(all_units: Sequence[Unit]) -> list[Unit]:
    """The units that have to be borne."""
    return [u for u in all_units if not u.light]


def _unit(token: Token) -> Unit:
    lower = token.text.lower()
    key, head = _key(token, lower), ""
    if key.startswith("="):
        parts = split_compound(lower)
        head = f"={root(parts[-1])}" if parts else ""
    return Unit(token.text, key, head, token.start, token.end, lower in LIGHT)


def _key(token: Token, lower: str) -> str:
    if token.has_digit:
        return "#" + without_spaces(lower)
    if lower in NUMBER_WORDS:
        return "#" + NUMBER_WORDS[lower]
    if lower in MONTHS:
        return "#" + lower
    if lower in _CLASS_OF:
        return _CLASS_OF[lower]
    if lower in _AS_WRITTEN or is_acronym(token.text):
        return f"'{token.text if is_acronym(token.text) else lower}"
    if re.search(r"[-:/]", lower):
        return f"'{fold(lower)}"
    return f"={root(lower)}"
