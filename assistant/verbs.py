"""Which words of a sentence are verbs, told by their forms: the clauses are split by them."""

from functools import lru_cache

from corpus.lemmas import is_known, lemma
from corpus.verb_forms import AMBIGUOUS, infinitive_of

MOST_VERB_OF_LIVING = len("bebor")
_FINITE_FORMS = frozenset(  # those that the rules below would miss
    """är var har hade kan kunde ska skall skulle får fick måste bör borde vill ville blir blev finns fanns kommer kom
    gick ges gavs går ser såg sker skedde saknas saknar saknades handlar gäller gällde innebär innebar står
    ligger tog tar gör gjorde ger gav lät låter bestod består krävs krävdes lyckades lyckas föreslogs ansvarar
    svarar fattade fattas inkom togs sågs skrevs hölls lades sattes stod sa föll höll anser ansåg bad ske ses
    sägs vet säger sade menar tror föreslår föreslog avstår avser""".split()
)
_NOUNS = frozenset(  # forms that a verb has too, nouns nearly always
    "mars lagar steg delar deras överenskommelser berättelser brister sveriges tider regler inte både".split()
)
_LIGHT_VERBS = frozenset(
    """vara bli ha få kunna ska skola vilja böra måste göra ta ge komma gå finnas behöva låta hålla stå ligga lägga
    ställa föra kräva hinna finna äga slippa""".split()
)
_MODALS = frozenset("kunna skola ska få böra måste behöva".split())
# Verbs that only say that something stands in relation to something: a sentence may say so without them.
_RELATING = frozenset(
    """sitta ingå omfatta röra avse återfinna heta kalla höra handla gälla utgöra tillhöra sträcka medverka
    delta ligga rymma innehålla bestå hänga bygga bottna vila löpa syfta föreligga""".split()
)
_NO_VERBS = frozenset("enda sista första andra samma extra egna lika olika båda övriga stora lilla nya".split())


@lru_cache(maxsize=100_000)
def is_finite(word: str) -> bool:
    """Whether ``word`` looks like a finite verb form."""
    lower = word.lower()
    if lower.endswith("bor") and len(lower) > MOST_VERB_OF_LIVING:
        return False  # *malmöbor*: those who live somewhere
    if lower in _FINITE_FORMS or (lower not in AMBIGUOUS and infinitive_of(lower)):
        return True
    if lower in _NOUNS or lower.endswith(("ande", "ende")):
        return False
    if lower.endswith(("erar", "erade", "erades", "eras")):
        return True
    return _is_regular(lower, lemma(lower))


def _is_regular(word: str, base: str) -> bool:
    if base.endswith("a") and is_known(base):
        if word in (base[:-1] + "s", base + "s") or (word == base[:-1] and word.endswith("r")):
            return True
        if base != word and word.endswith(("ar", "er", "de", "te", "ades", "tes", "des")):
            return True
    if word in (base + "r", base + "s") and base[-1:] in "aåeoöy" and is_known(base):
        return True
    if base.endswith("å") and base != word and word.endswith(("ick", "od", "år", "åg")):
        return True
    return _is_preterite(word)


def _is_preterite(word: str) -> bool:
    """Whether ``word`` is a weak verb's past form, which the dictionary may lead back to the participle."""
    for ending in ("ade", "dde", "de", "te"):
        stem = word.removesuffix("s").removesuffix(ending)
        if stem != word.removesuffix("s"):
            infinitive = stem if ending == "dde" else stem + "a"
            long_enough = len(stem) > (1 if ending == "dde" else 2)
            return long_enough and is_known(infinitive) and lemma(infinitive) == infinitive
    return False


def opens_question(word: str) -> bool:
    """Whether ``word``, where it comes first, is the verb of a yes/no question."""
    return is_finite(word) or bool(infinitive_of(word.lower()))


def is_supine(word: str) -> bool:
    """Whether ``word`` looks like a supine (*valt*), which stands for *har valt* in a subordinate clause."""
    lower = word.lower()
    base = lemma(lower)
    return lower.endswith(("at", "t")) and base.endswith("a") and base != lower and is_known(base)


def is_infinitive(word: str) -> bool:
    """Whether ``word`` looks like an infinitive."""
    lower = word.lower()
    return lower.endswith("a") and lemma(lower) == lower and is_known(lower)


def is_main_verb(word: str) -> bool:
    """Whether ``word`` is a verb that says what is done, not one that only helps another."""
    if word.lower() in _NO_VERBS or lemma(word) in _LIGHT_VERBS:
        return False
    return is_finite(word) or is_infinitive(word) or is_supine(word)


def is_modal(word: str) -> bool:
    """Whether ``word`` tells of what may, should or must be done, and not of what is."""
    return word.lower() in ("ska", "skall", "skulle") or lemma(word) in _MODALS


def only_relates(word: str) -> bool:
    """Whether ``word`` is a verb that a sentence may do without and still say the same (*ingår*, *omfattar*)."""
    return lemma(word) in _RELATING
