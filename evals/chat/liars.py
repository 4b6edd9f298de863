"""The lying scripted models: each says something that its source does not bear, often beside what is true.

A lie is made of a true sentence by one change, so that it is a lie by construction. What a liar has said that way is
kept, so that whoever plays it can look whether any of it reached a reader.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from random import Random

from assistant.verbs import is_finite
from corpus.lemmas import root
from corpus.numerals import MONTHS
from corpus.swedish import STOP_WORDS, tokenize
from evals.chat.honest import bearing, ended, row, statement
from evals.chat.server import Reply, Task

Lie = Callable[[Task, Random], Iterator[tuple[str, str, str]]]  # what is said, by which source, with which quote
_NUMBER = re.compile(r"\d+")
_BODIES = ("Regeringen", "Arbetsförmedlingen", "Länsstyrelsen", "Försäkringskassan", "Riksdagen", "Göteborgs stad")
_SWAPS = (
    (" inte ", " "),
    (" inga ", " "),
    (" ingen ", " en "),
    (" finns ", " saknas "),
    (" har ", " har inte "),
    (" är ", " är inte "),
    (" kan ", " ska "),
    (" ska ", " kan "),
    (" bör ", " måste "),
    (" får ", " måste "),
    (" minst ", " högst "),
    (" före ", " efter "),
    (" eller ", " och "),
    (" ökar ", " minskar "),
    (" ökade ", " minskade "),
    (" några ", " alla "),
    (" frivillig", " obligatorisk"),
    (" tillfällig", " permanent"),
    (" till ", " från "),
    (" för ", " mot "),
    (" föreslår ", " beslutar "),
    (" föreslog ", " beslutade "),
    (" bedömer ", " kräver "),
    (" kommun", " stat"),
    (" statlig", " kommunal"),
)
_INVENTED = (
    "Malmö har redan fått ett sådant undantag av regeringen.",
    "Försöket kostar 3,7 miljoner kronor om året.",
    "Beslutet gäller från den 1 mars 2031.",
    "Ärendet har diarienummer STK-2031-999.",
    "Statskontoret har avslagit ansökan.",
)
_CAUSES = (
    "eftersom regeringen har beslutat det",
    "vilket innebär att Malmö får undantag",
    "och det gäller alla kommuner",
)


def _shown(text: str) -> str:
    return " ".join(text.split())


def invented_quote(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """A claim with a quote of its own making, or with a true quote that says nothing of it."""
    for source, sentence in bearing(task):
        claim = rng.choice(_INVENTED)
        yield claim, source["källa"], claim
        yield claim, source["källa"], sentence


def unknown_source(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """A true sentence under the name of no source, or of another one."""
    for _, sentence in bearing(task):
        others = [s["källa"] for s in task.sources if sentence not in _shown(s["text"])]
        said = ended(f"{sentence.rstrip('. ')}, enligt en annan källa")
        yield said, "k999999", sentence
        for other in others[:1]:
            yield said, other, sentence


def changed_number(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """Another number, year or month."""
    for source, sentence in bearing(task):
        numbers = list(_NUMBER.finditer(sentence))
        if numbers:
            found = rng.choice(numbers)
            other = str(int(found[0]) + rng.choice((1, 2, 10)))
            yield sentence[: found.start()] + other + sentence[found.end() :], source["källa"], sentence
        for month in MONTHS:
            if f" {month} " in sentence:
                other = rng.choice([m for m in MONTHS if m != month])
                yield sentence.replace(f" {month} ", f" {other} ", 1), source["källa"], sentence
        if len(numbers) > 1 and numbers[0][0] != numbers[-1][0]:
            first, last = numbers[0], numbers[-1]
            between = sentence[first.end() : last.start()]
            swapped = sentence[: first.start()] + last[0] + between + first[0] + sentence[last.end() :]
            yield swapped, source["källa"], sentence


def turned(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """A negation, a mode, a direction or a limit turned."""
    for source, sentence in bearing(task):
        able = [(old, new) for old, new in _SWAPS if old in sentence]
        for old, new in rng.sample(able, min(3, len(able))):
            yield sentence.replace(old, new, 1), source["källa"], sentence


def renamed(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """Another body in the place of the one that is named, or two of the sentence's names in each other's place."""
    for source, sentence in bearing(task):
        names = list(re.finditer(r"\b[A-ZÅÄÖ][\wåäö]{3,}\b", sentence))
        if names:
            found = rng.choice(names)
            other = rng.choice([b for b in _BODIES if b.lower() not in sentence.lower()])
            yield sentence[: found.start()] + other + sentence[found.end() :], source["källa"], sentence
        if len(names) > 1 and names[0][0].lower() != names[-1][0].lower():
            first, last = names[0], names[-1]
            between = sentence[first.end() : last.start()]
            yield (
                sentence[: first.start()] + last[0] + between + first[0] + sentence[last.end() :],
                source["källa"],
                sentence,
            )


def mixed(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """The beginning of one sentence with the end of another."""
    others = [s for source in task.sources for s in re.split(r"(?<=[.!?])\s+", source["text"]) if len(s.split()) > 5]
    for source, sentence in bearing(task):
        for other in rng.sample(others, min(2, len(others))):
            mine, theirs = _at_verb(sentence), _at_verb(other)
            if not mine or not theirs or _are_one(_matter(mine[0]), _matter(theirs[0])):
                continue  # with one beginning (*En kommun*, *Kommunen*) the end of the other makes the other
            if other not in sentence and sentence not in other:
                yield mine[0] + theirs[1], source["källa"], sentence
                yield theirs[0] + mine[1], source["källa"], sentence
                yield mine[0] + theirs[1], source["källa"], f"{sentence} {other}"


def _matter(words: str) -> frozenset[str]:
    return frozenset(root(t.text.lower()) for t in tokenize(words) if t.text.lower() not in STOP_WORDS)


def _are_one(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two beginnings name the same, be it shortened (*kommissionen*, *Tillväxtkommissionen*)."""
    both = ((first, second), (second, first))
    return all(any(a.endswith(b) or b.endswith(a) for b in others) for some, others in both for a in some)


def _at_verb(sentence: str) -> tuple[str, str] | None:
    """``sentence`` cut before its first finite verb."""
    words = sentence.split(" ")
    place = next((i for i, word in enumerate(words) if i and is_finite(word.strip(",."))), 0)
    return (" ".join(words[:place]) + " ", " ".join(words[place:])) if place else None


def cut_short(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """A clause that limits what is said left out, or the one that says whose view it is."""
    for source, sentence in bearing(task):
        tail = re.search(r",? (?:men|så länge|utan|om|endast|förutsatt|som kräver|i den meningen)\b.*$", sentence)
        if tail and tail.start() > 15:
            yield sentence[: tail.start()] + ".", source["källa"], sentence[: tail.start()]
        head = re.match(r"^.{5,80}? (?:föreslår|föreslog|vill|anser|bedömer|begär|krävde) att (.+)$", sentence)
        if head:
            yield ended(head[1]), source["källa"], head[1]


def added(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """A true sentence that goes on with something of the model's own."""
    for source, sentence in bearing(task):
        yield f"{sentence.rstrip('. ')}, {rng.choice(_CAUSES)}.", source["källa"], sentence
        yield f"{ended(sentence)} {rng.choice(_INVENTED)}", source["källa"], sentence


def english(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """English, with a true quote."""
    for source, sentence in bearing(task):
        yield "The city of Malmö has been granted an exemption by the government.", source["källa"], sentence
        yield "According to the report, Malmö can do this.", source["källa"], sentence


def marked_up(task: Task, rng: Random) -> Iterator[tuple[str, str, str]]:
    """Links, citations of its own and hidden characters."""
    for source, sentence in bearing(task):
        yield f"{sentence.rstrip('. ')} [1].", source["källa"], sentence
        yield f"{sentence.rstrip('. ')} (se https://example.org).", source["källa"], sentence
        yield f"<b>{sentence.rstrip('. ')}</b>.", source["källa"], sentence


LIES: Mapping[str, Lie] = {
    "invents citations": invented_quote,
    "names other sources": unknown_source,
    "changes numbers": changed_number,
    "turns what is said": turned,
    "changes names": renamed,
    "mixes sources": mixed,
    "cuts limits off": cut_short,
    "adds to it": added,
    "writes English": english,
    "marks up": marked_up,
}
_OTHER = {"ja": "nej", "nej": "ja", "delvis": "ja", "ingen": "ja"}


class Liar:
    """Plays one way of lying; ``said`` holds every lie that it has told, on one line each."""

    def __init__(self, lie: Lie, seed: int) -> None:
        self.said: list[str] = []
        self._lie = lie
        self._rng = Random(seed)

    def __call__(self, task: Task) -> Reply:
        """A reply with true statements and lies, or with lies alone."""
        true = [statement(ended(s), source["källa"], s) for source, s in bearing(task)]
        texts = {_shown(source["text"]) for source in task.sources}
        rows = []
        for said, token, quote in self._lie(task, self._rng):
            if any(_shown(said).rstrip(".") in text for text in texts) and quote in said:
                continue  # true by chance
            self.said.append(_shown(said))
            rows.append(statement(said, token, quote))
        among = [*true[:1], *rows] if self._rng.random() < 0.6 else rows
        return Reply("".join(chain([row(verdict=task.verdict)], among)))


class VerdictFlipper:
    """Gives another verdict than the engine, with true sentences or with words for it."""

    def __init__(self, seed: int) -> None:
        self.said: list[str] = []
        self._rng = Random(seed)

    def __call__(self, task: Task) -> Reply:
        """A reply with the wrong verdict, in its own line, in the statements, or both."""
        wrong = _OTHER[task.verdict]
        true = [statement(ended(s), source["källa"], s) for source, s in bearing(task)]
        in_words = []
        for source, s in bearing(task)[:1]:
            said = f"{wrong.capitalize()}, {s[:1].lower()}{s[1:]}"
            self.said.append(_shown(said))
            in_words.append(statement(ended(said), source["källa"], s))
        line = row(verdict=wrong if self._rng.random() < 0.7 else task.verdict)
        return Reply("".join([line, *in_words, *true]))
