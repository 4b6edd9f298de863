"""Swedish words: dictionary forms, roots that a word shares with its derivations, and the parts of compounds."""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import simplemma
from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY, RulesStrategy

from corpus.verb_forms import AMBIGUOUS, LANGUAGE, infinitive_of

MIN_COMPOUND_CHARS = 8
MIN_PART_CHARS = 3
MIN_WITH_S_CHARS = 6
REMEMBERED = 50_000  # words, in each of a few tables: some 60 MB when all are full

_RULES = RulesStrategy()
_INFLECTIONS = ("r", "en", "et", "n", "er", "ar")
_TAIL_CHARS = 4
_OF_VERBS = tuple("ad dd nd rd ld gd md kt pt tt it as".split())  # participles and passives among dictionary forms
_WITH_S = tuple("ets ens des tes its".split())  # genitives and passives that the dictionary may take for other words

_FOLD = str.maketrans("åäöéèüáàóæø", "aaoeeuaaoao")
# Suffixes that make nouns of verbs and adjectives; what is left must be a word's worth of letters.
_DERIVATIONS = ("ning", "ing", "ande", "ende", "else", "het", "an", "a", "e")
_LEMMAS = {  # where the dictionary is wrong, or takes a verb form for a rarer word
    "maj": "maj",
    "samhälls": "samhälle",
    "togs": "ta",
    "låg": "ligga",
    "skrevs": "skriva",
    "drevs": "driva",
    "beslutet": "beslut",
    "besluten": "beslut",
    "stan": "stad",
    "öppna": "öppna",
    "hela": "hel",
    "höga": "hög",
    "frågat": "fråga",
    "ökad": "öka",
    "leds": "leda",
    "ledde": "leda",
    "lett": "leda",
    "letts": "leda",
    "vuxen": "vuxen",  # not of the verb *växa*
    "färre": "färre",  # not the verb *få*
    "färst": "färre",
}
# Verbs in *-era* that only put the noun before it into action; of others (*notera*) it is another word.
_OF_NOUNS = frozenset(
    "risk plan analys kontroll rapport transport signal sanktion reform protest debatt intress balans".split()
)
_COMPARATIVES = frozenset("högre lägre större mindre fler flera färre mer mera".split())
_SHORT_PARTS = frozenset("lag mål råd län lön tid tak jobb stat kund skol vux esf eu fas prov tvång".split())
_COMPOUNDS = {"remissvar": ("remiss", "svar"), "remissinstans": ("remiss", "instans")}
_SUFFIXES = frozenset(  # endings that the dictionary takes for words
    "ande ende heta erna ella ringa rada ingen löshet arna orna ning ningen are aren sätta sättning ring rade".split()
)
_NOT_COMPOUND_STARTS = frozenset(
    "för ut in på upp ned ner sam om av över under till från be an er före efter mot vid fram åter bort hem kon pro"
    " inne kom per inter van miss ett tre två all".split()
)


def fold(text: str) -> str:
    """``text`` in lower case with å/ä/ö and accents replaced by their base letters."""
    return unicodedata.normalize("NFC", text).lower().translate(_FOLD)


@cache
def _look_up() -> Callable[[str], str | None]:
    """Looks a word up in the dictionary; asking for the dictionary itself every time takes as long as that."""
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary(LANGUAGE).get


def _entry(word: str) -> str | None:
    """What the dictionary has for a word of lower-case letters alone, or for the name of that spelling."""
    look_up = _look_up()
    found = look_up(word)
    return look_up(word.capitalize()) if found is None else found


def _lemmatized(word: str) -> str:
    """simplemma's lemma of ``word``, by the two of its eight steps that do something for Swedish letters."""
    if not word.isalpha() or word[:1].isupper():
        return str(simplemma.lemmatize(word, lang=LANGUAGE))
    return _entry(word) or _RULES.get_lemma(word, LANGUAGE) or word


@lru_cache(maxsize=REMEMBERED)
def lemma(word: str) -> str:
    """The dictionary form of ``word``, in lower case; a word that the dictionary lacks is its own.

    Participles and passives have that of their verb, whichever form of them the dictionary leads back to which:
    *samlat* and *samlad* are both *samla*, *krävdes* and *krävs* both *kräva*.
    """
    found = _listed(word)
    if found.endswith(_OF_VERBS) and found != word.lower():
        infinitive = _listed(found)
        return infinitive if infinitive.endswith("a") and infinitive[0] == found[0] else found
    return found


def sense(word: str) -> str:
    """The dictionary form of ``word``; a comparative is its own: that something is *högre* does not make it *hög*."""
    lower = word.lower()
    return lower if lower in _COMPARATIVES else lemma(lower)


def _listed(word: str) -> str:
    """What the dictionary leads ``word`` back to, its mistakes mended."""
    lower = word.lower()
    if lower in _LEMMAS:
        return _LEMMAS[lower]
    if lower not in AMBIGUOUS and infinitive_of(lower):
        return infinitive_of(lower)
    if len(lower) > MIN_WITH_S_CHARS and lower.endswith(_WITH_S) and is_known(lower[:-1]):
        return _listed(lower[:-1])
    found = _lemmatized(lower).lower()
    if found != lower and _is_base_form(lower):
        return lower
    if found.endswith(("d", "are")) and (infinitive := _weak_infinitive(lower)):
        return infinitive
    if found == lower and lower.endswith("s") and len(lower) > 4 and not is_known(lower):
        stem = lower[:-1]
        return _lemmatized(stem).lower()
    return found


def _weak_infinitive(word: str) -> str:
    """The infinitive of a regular form that the dictionary takes for a participle or an agent (*undertecknar*)."""
    for ending in ("ades", "ade", "ats", "ar", "as"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > MIN_PART_CHARS:
            infinitive = stem + "a"
            known = is_known(infinitive) and _lemmatized(infinitive).lower() == infinitive
            return infinitive if known else ""
    return ""


def _is_base_form(word: str) -> bool:
    """Whether the dictionary leads an inflection of ``word`` back to it (*nämnden* → *nämnd*, listed as a verb)."""
    if _entry(word + "t") == word:  # an adjective (*enkelt* → *enkel*)
        return True
    inflected = [word + ending for ending in _INFLECTIONS]
    if word.endswith("a"):
        inflected.append(word[:-1] + "er")
    if len(word) < 2 * _TAIL_CHARS or not word.isalpha():
        return any(_lemmatized(form) == word for form in inflected)
    found = [_entry(form) for form in inflected]
    by_rule = _inflected_by_rule(word[-_TAIL_CHARS:])
    return word in found or any(
        base is None and form[len(word) :] in by_rule for form, base in zip(inflected, found, strict=True)
    )


@lru_cache(maxsize=20_000)
def _inflected_by_rule(tail: str) -> frozenset[str]:
    """The endings that the rules for words outside the dictionary take off words that end in ``tail``.

    They look at a word's last letters only, and are dear: a dozen expressions for every word.
    """
    word = "x" * _TAIL_CHARS + tail
    return frozenset(ending for ending in _INFLECTIONS if _RULES.get_lemma(word + ending, LANGUAGE) == word)


def is_common(word: str) -> bool:
    """Whether the dictionary has ``word`` in lower case: a word, not only a name."""
    return _look_up()(word) is not None


@lru_cache(maxsize=REMEMBERED)
def is_known(word: str) -> bool:
    """Whether the dictionary has ``word``."""
    if not word.isalpha() or word[:1].isupper():
        return bool(simplemma.is_known(word, lang=LANGUAGE))
    return _entry(word) is not None


@lru_cache(maxsize=REMEMBERED)
def root(word: str) -> str:
    """The folded root that a word shares with its derivations: *bedömning* and *bedöma* → ``bedom``."""
    base = lemma(word)
    if not is_known(base):
        base = _lemma_of_head(base)
    base = _noun_in_era(base) or _verb_of_noun(base) or _of_verb(base)
    for suffix in _DERIVATIONS:
        if base.endswith(suffix) and len(base) - len(suffix) >= 4:
            base = base[: -len(suffix)]
            break
    if base.endswith(("mm", "nn")) and len(base) > 4:
        base = base[:-1]
    return fold(base)


def _noun_in_era(base: str) -> str:
    """The noun of a verb in *-era* or of what is made of that (*analysera*, *analysering* → *analys*), or ""."""
    stem = base.removesuffix("era") if base.endswith("era") else base.removesuffix("ering")
    return stem if stem != base and stem in _OF_NOUNS else ""


def _verb_of_noun(base: str) -> str:
    """The verb of a noun in *-ning* or *-ande* where its ending hides it (*beräkning* → *beräkna*), or ""."""
    for ending, verb_ending in (("ning", "na"), ("tagande", "ta"), ("givande", "ge"), ("givning", "ge")):
        stem = base.removesuffix(ending)
        infinitive = stem + verb_ending
        if stem != base and len(stem) > 1 and is_known(infinitive) and lemma(infinitive) == infinitive:
            return infinitive
    return ""


def _of_verb(base: str) -> str:
    """The infinitive where ``base`` is a participle or a passive of a verb (*fattad* → *fatta*, *lyckas* → *lycka*)."""
    for ending in ("ad", "as", "en", "d", "t", "s"):
        stem = base.removesuffix(ending)
        if stem == base or len(stem) < 4:
            continue
        for infinitive in (stem + "a", stem + "ma") if ending == "d" else (stem + "a",):
            if is_known(infinitive) and lemma(infinitive) == infinitive:
                return infinitive
    return base


def _lemma_of_head(word: str) -> str:
    """An unknown compound with its last part in dictionary form (*reformzonerna* → *reformzon*)."""
    for cut in range(MIN_PART_CHARS, len(word) - MIN_PART_CHARS + 1):
        head = word[cut:]
        if len(head) > MIN_PART_CHARS and is_known(head) and _first_part(word[:cut]):
            return word[:cut] + lemma(head)
    return word


@lru_cache(maxsize=REMEMBERED)
def split_compound(word: str) -> tuple[str, ...]:
    """The parts of a compound in dictionary form, or ``()``: *försörjningsstöd* → ``("försörjning", "stöd")``.

    Of several ways to split, the one with the fewest parts is taken, then the one with the longest first part.
    """
    base = lemma(word)
    if base in _COMPOUNDS:
        return _COMPOUNDS[base]
    if len(base) < MIN_COMPOUND_CHARS:
        return ()
    parts = _split(base, 3)
    return parts if len(parts) > 1 else ()


def _split(word: str, most: int) -> tuple[str, ...]:
    """The best split of ``word`` into at most ``most`` parts, ``()`` where there is none.

    Cuts are tried from the right, so that a joining *s* goes to the first part (*bidrags|tak*, not *bidrag|stak*).
    """
    best: tuple[str, ...] = ()
    for cut in range(len(word) - MIN_PART_CHARS, MIN_PART_CHARS - 1, -1):
        first = _first_part(word[:cut])
        if not first:
            continue
        rest = word[cut:]
        if _is_head(rest):
            tail: tuple[str, ...] = (rest,)
        elif most > 2:
            tail = _split(rest, most - 1)
        else:
            continue
        if tail and (not best or _split_cost((first, *tail), word) < _split_cost(best, word)):
            best = (first, *tail)
    return best


def _split_cost(parts: tuple[str, ...], word: str) -> tuple[int, int, int]:
    """Fewer parts are better, then a joining *s* before the last part, then a longer shortest part."""
    joint = word[: -len(parts[-1])].endswith("s")
    return (len(parts), 0 if joint else 1, -min(len(p) for p in parts))


def _is_head(word: str) -> bool:
    long_enough = len(word) > MIN_PART_CHARS or word in _SHORT_PARTS
    return long_enough and word not in _SUFFIXES and is_known(word)


@lru_cache(maxsize=REMEMBERED)
def _first_part(first: str) -> str:
    """The dictionary form of a compound's first part (*försörjnings* → *försörjning*), or "" if it is none."""
    forms = [first]
    if first.endswith("s") and not first.endswith("ss"):
        forms = [first[:-1], first[:-1] + "e", first]
    for form in forms:
        long_enough = len(form) > MIN_PART_CHARS or form in _SHORT_PARTS
        if long_enough and form not in _NOT_COMPOUND_STARTS and is_known(form):
            return form
    return ""
