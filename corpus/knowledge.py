"""Language and domain data that questions are read with: bodies, abbreviations, synonyms and English words.

The data are the YAML files in ``corpus/knowledge/``; nothing here or in the assistant names a fact of a document.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import SettingsError
from corpus.lemmas import MIN_PART_CHARS, fold, is_common, lemma, root, sense
from corpus.phrases import each_form
from corpus.settings import PACKAGE
from corpus.swedish import tokenize

FOLDER = PACKAGE / "knowledge"


@dataclass(frozen=True, slots=True)
class Body:
    """An authority, board, organisation or inquiry; ``aliases`` include its name.

    ``documents`` are the ids of the documents that are, or sum up, what the body itself wrote. ``understood`` where
    readers mean the body without saying so. ``part_of`` is the id of the body that it belongs to, "" where to none.
    """

    body_id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    documents: frozenset[str] = frozenset()
    understood: bool = False
    part_of: str = ""

    @property
    def label(self) -> str:
        """The name as it begins a line."""
        return self.name[:1].upper() + self.name[1:]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a short form means ``body_id``: in a document, or in one section of it."""

    document_id: str
    section: str
    body_id: str


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A word such as *utredningen* that means one body by default and another in the given scopes."""

    form: str
    default: str
    scopes: tuple[Scope, ...]

    def body_in(self, document_id: str, section: str) -> str:
        """The body that the word means in that section of that document."""
        for scope in self.scopes:
            if scope.document_id == document_id and scope.section in ("", section):
                return scope.body_id
        return self.default


@dataclass(frozen=True)
class Knowledge:
    """Bodies, short forms, abbreviations, synonyms, fixed phrases, opposites and an English word list.

    ``synonym_groups`` are words of which each may stand for any other; ``thesaurus`` gives for a word of the documents
    those that readers use for it, and is not read the other way round. ``opposites`` holds for each opposition its
    poles, each the words that stand there. ``light_words`` say little of what a question is about; ``spoken`` gives for
    a spoken or clipped form the word that is meant.
    """

    bodies: tuple[Body, ...]
    actor_kinds: Mapping[str, str]
    short_forms: tuple[ShortForm, ...]
    abbreviations: Mapping[str, str]
    synonym_groups: tuple[tuple[str, ...], ...]
    thesaurus: Mapping[str, tuple[str, ...]]
    english: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, str]
    opposites: tuple[tuple[tuple[str, ...], ...], ...]
    light_words: frozenset[str] = frozenset()
    spoken: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def antonyms(self) -> Mapping[str, frozenset[str]]:
        """Dictionary form → dictionary forms of the words at the other poles of its oppositions."""
        found: dict[str, set[str]] = {}
        for poles in self.opposites:
            based = [_dictionary_forms(pole) for pole in poles]
            for place, pole in enumerate(based):
                others = set().union(*based[:place], *based[place + 1 :]) - pole
                for word in pole:
                    found.setdefault(word, set()).update(others)
        return {word: frozenset(others) for word, others in found.items()}

    @cached_property
    def allies(self) -> Mapping[str, frozenset[str]]:
        """Dictionary form → dictionary forms of the words that share a pole with it."""
        found: dict[str, set[str]] = {}
        for pole in (p for poles in self.opposites for p in poles):
            based = _dictionary_forms(pole)
            for word in based:
                found.setdefault(word, set()).update(based - {word})
        return {word: frozenset(others) for word, others in found.items()}

    @cached_property
    def phrase_pattern(self) -> re.Pattern[str]:
        """Finds any of the fixed phrases, the longest first."""
        longest_first = sorted((p for p in self.phrases if "…" not in p), key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)

    def plain(self, text: str) -> str:
        """``text`` with its fixed phrases in the plain words that stand for them, those with a gap (``…``) first."""
        for pattern, plain in self._gapped:
            text = pattern.sub(plain, text)
        return self.phrase_pattern.sub(lambda m: self.phrases[m.group().lower()], text)

    def hyphenated(self, text: str) -> str:
        """``text`` in English with the hyphens that its word list has (*tax free* → *tax-free*)."""
        return re.sub(
            r"\b([a-z]+) (?=([a-z]+)\b)",
            lambda m: f"{m[1]}-" if f"{m[1]}-{m[2]}".lower() in self.english else m[0],
            text,
            flags=re.IGNORECASE,
        )

    @cached_property
    def _gapped(self) -> list[tuple[re.Pattern[str], str]]:
        """The phrases with a gap as patterns, each with what takes its place."""
        return [
            (
                re.compile(rf"\b{re.escape(first)} (.{{1,40}}?) {re.escape(last)}\b", re.IGNORECASE),
                plain.replace("…", r"\1"),
            )
            for phrase, plain in self.phrases.items()
            for first, gap, last in [phrase.partition(" … ")]
            if gap
        ]

    @cached_property
    def synonyms(self) -> Mapping[str, frozenset[str]]:
        """Root → roots of the words that may stand for it; phrases count by all their words."""
        found: dict[str, set[str]] = {}
        for group in self.synonym_groups:
            roots = [root(w.lower()) for w in group if " " not in w]
            for word in roots:
                found.setdefault(word, set()).update(r for r in roots if r != word)
        for word, others in self.thesaurus.items():
            for other in others:
                if root(other) != root(word):
                    found.setdefault(root(other), set()).add(root(word))
        return {word: frozenset(others) for word, others in found.items()}

    @cached_property
    def aliases(self) -> Mapping[tuple[str, ...], str]:
        """Folded words of an alias → body id."""
        found: dict[tuple[str, ...], str] = {}
        for body in self.bodies:
            for alias in body.aliases:
                found.setdefault(tuple(fold(t.text) for t in tokenize(alias)), body.body_id)
        return found

    @cached_property
    def name_words(self) -> Mapping[str, str]:
        """Lower-case names within the names of bodies → the body, where only one has it, the longest first."""
        found: dict[str, set[str]] = {}
        for body in self.bodies:
            for word in {t.text for t in tokenize(body.name)}:
                if word[:1].isupper() and len(word) > MIN_PART_CHARS and not is_common(word.lower()):
                    found.setdefault(word.lower().removesuffix("s"), set()).add(body.body_id)
        longest_first = sorted(found, key=len, reverse=True)
        return {word: min(found[word]) for word in longest_first if len(found[word]) == 1}

    @cached_property
    def longest_alias(self) -> int:
        """Number of words of the longest alias."""
        return max((len(a) for a in self.aliases), default=0)

    @cached_property
    def expansions(self) -> Mapping[str, tuple[str, ...]]:
        """Folded abbreviation → roots of the words that it stands for."""
        return {
            fold(short): tuple(root(t.text) for t in tokenize(long) if len(t.text) > 3)
            for short, long in self.abbreviations.items()
        }

    def with_wholes(self, body_id: str) -> tuple[str, ...]:
        """``body_id`` and the ids of the bodies that it is a part of, the nearest first."""
        found = [body_id]
        while (body := self.body(found[-1])) and body.part_of and body.part_of not in found:
            found.append(body.part_of)
        return tuple(found)

    def with_wider_kinds(self, kind: str) -> tuple[str, ...]:
        """``kind`` and the kinds that it belongs to (*nämnd*, *kommun*), the nearest first."""
        found = [kind]
        while (wider := self.actor_kinds.get(found[-1], "")) and wider not in found:
            found.append(wider)
        return tuple(found)

    def body(self, body_id: str) -> Body | None:
        """The body with that id."""
        return next((b for b in self.bodies if b.body_id == body_id), None)


def _dictionary_forms(words: Collection[str]) -> set[str]:
    """The forms that ``words`` and their inflections are led back to: an adjective's own beside the dictionary's."""
    found = {sense(word) for word in words}
    for word in words:
        if any(lemma(form) == word for form in (word + "t", word[:-2] + "na", word + "are")):
            found.add(word)  # *lågt* and *lägre* are *låg*, which is itself taken for a verb
    return found


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SettingsError(f"{path}: cannot be read: {str(error).splitlines()[0]}") from error


def _body(entry: Mapping[str, Any]) -> Body:
    return Body(
        entry["id"],
        entry["name"],
        (entry["name"], *entry["aliases"]),
        entry["kind"],
        frozenset(entry.get("documents", ())),
        bool(entry.get("understood", False)),
        str(entry.get("part_of", "")),
    )


def load_knowledge(folder: Path = FOLDER) -> Knowledge:
    """The data in ``folder``.

    Raises:
        SettingsError: a file is missing or does not have the expected form (the message names it).
    """
    bodies, synonyms = _read(folder / "bodies.yaml"), _read(folder / "synonyms.yaml")
    light = _read(folder / "light.yaml")
    try:
        short_forms = tuple(
            ShortForm(
                fold(s["form"]),
                s["default"],
                tuple(Scope(c["document"], c.get("section", ""), c["body"]) for c in s.get("scopes", ())),
            )
            for s in bodies.get("short_forms", ())
        )
        return Knowledge(
            bodies=tuple(map(_body, bodies["bodies"])),
            actor_kinds={str(k): str(v) for k, v in bodies["actor_kinds"].items()},
            short_forms=short_forms,
            abbreviations=_read(folder / "glossary.yaml")["abbreviations"],
            synonym_groups=tuple(tuple(str(w) for w in g) for g in synonyms["groups"]),
            thesaurus={str(k): tuple(map(str, v)) for k, v in _read(folder / "thesaurus.yaml")["words"].items()},
            english={str(k): tuple(v) for k, v in _read(folder / "english.yaml")["words"].items()},
            phrases={k: v for row in synonyms["phrases"].items() for k, v in each_form(*map(str, row))},
            opposites=tuple(tuple(tuple(map(str, pole)) for pole in poles) for poles in synonyms["opposites"]),
            light_words=frozenset(map(str, light["light"])),
            spoken={str(k): str(v) for k, v in light["spoken"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"{folder}: an entry lacks or misspells {error}") from error
