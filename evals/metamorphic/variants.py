"""Ways of putting a question otherwise that should not change its answer; drawn by a seed, so that runs are alike."""

from collections.abc import Callable, Mapping
from random import Random

from evals.cases import Case

Variant = Callable[[Case, Random], str]
_LOST = str.maketrans("åäöÅÄÖéÉ", "aaoAAOeE")
_NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioåsdfghjklöxcvbnmn", strict=False))
SHORTEST_MISTYPED = 5  # letters; in shorter words a typo is easily another word
WORDS_A_TYPO = 10
_NEW_LINE = "\n"
_AROUND = (
    ("Hej! ", " Tack på förhand!"),
    ("Hej, jag undrar en sak. ", ""),
    ("God morgon! ", " Vänliga hälsningar"),
    ("", " Tack så mycket!"),
    ("Ursäkta att jag stör, men jag behöver veta detta till ett möte: ", " Mvh"),
    ("Hejsan! Jag är ny på jobbet. ", " Tacksam för svar."),
)
_AROUND_ENGLISH = (("Hi! ", " Thanks!"), ("Hello, ", ""), ("", " Thank you in advance."))


def lose_diacritics(case: Case, rng: Random) -> str:
    """As typed on a foreign keyboard: å and ä become a, ö becomes o."""
    return case.question.translate(_LOST)


def capitals(case: Case, rng: Random) -> str:
    """As typed with caps lock on."""
    return case.question.upper()


def politeness(case: Case, rng: Random) -> str:
    """With a greeting before the question, thanks behind it, or both; greetings alone are left as they are."""
    before, after = rng.choice(_AROUND_ENGLISH if case.kind == "english" else _AROUND)
    if case.status == "not_a_question":
        return case.question
    ended = case.question.rstrip().endswith((".", "?", "!"))
    return f"{before}{case.question}{after if ended else after.replace(' ', _NEW_LINE, 1)}"


def typos(case: Case, rng: Random) -> str:
    """A slip in one word of ten, at least one; never in names in capitals, numbers or short words.

    Questions that are misspelt as they are get no more of it.
    """
    if case.kind == "misspelt":
        return case.question
    words = case.question.split(" ")
    able = [i for i, word in enumerate(words) if len(_letters(word)) >= SHORTEST_MISTYPED and not word.isupper()]
    for at in rng.sample(able, min(len(able), max(1, len(words) // WORDS_A_TYPO))):
        words[at] = _slip(words[at], rng)
    return " ".join(words)


def _letters(word: str) -> str:
    return word.strip(".,;:!?»«\"'()") if not any(sign.isdigit() for sign in word) else ""


def _slip(word: str, rng: Random) -> str:
    """Two letters exchanged, one lost, one doubled or one hit beside its key; the first letter stays."""
    inner = [i for i in range(1, len(_letters(word)) - 1) if word[i].isalpha()]
    if not inner:
        return word
    at = rng.choice(inner)
    beside = _NEIGHBOURS.get(word[at].lower(), word[at])
    return rng.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + beside + word[at + 1 :],
        )
    )


VARIANTS: Mapping[str, Variant] = {
    "diacritics": lose_diacritics,
    "typos": typos,
    "capitals": capitals,
    "politeness": politeness,
}
