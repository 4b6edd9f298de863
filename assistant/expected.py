"""Whether a sentence holds the kind of answer that a question asks for: a date, an amount, a body, a reason …"""

import re
from collections.abc import Iterable, Sequence

from assistant.kind import Kind
from assistant.sentences import Sentence
from assistant.terms import Term
from assistant.verbs import is_finite
from corpus.lemmas import root, split_compound
from corpus.numerals import MONTHS, YEAR, YEAR_ALONE, numbers_between
from corpus.swedish import STOP_WORDS, Token

_MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s+(?:{_MONTH})(?:\s+{YEAR})?|(?:{_MONTH})\s+{YEAR}|{YEAR}-\d\d(?:-\d\d)?"
    rf"|{YEAR_ALONE})\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = ["noll", *numbers_between(2, 20), *"hundra tusen flera ingen inga inget".split()]
FIGURE = re.compile(rf"\d|\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)
_DURATION = re.compile(
    rf"(?:\b\d+|\b(?:{'|'.join(_NUMBER_WORDS)}|ett|en))\s+(?:\w+\s+)?\w*(?:år|månad|veck|dag|timm)\w*|\b{YEAR}\s*[–-]\s*{YEAR}\b|\btid\w*\s+(?:till|fram)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\b(?:hur många|how many|antal(?:et)?)\s+(?:olika\s+|nya\s+)?([^\W\d]+)", re.IGNORECASE)
_COUNTS_THOSE = re.compile(r"\bhur många\s+\w+\s+(?:på|i|hos|inom|vid|för|från|till)\b", re.IGNORECASE)
_ANYBODY = frozenset("personer människor individer st stycken people".split())
_PEOPLE = re.compile(
    r"personer|människor|individer|anställda|inskrivna|arbetslösa|deltagarna|medlemmar|hushåll|kommuner|elever|barn"
    r"|företag|myndigheter|aktörer|parter|ledamöter|instanser|ombud|familjer|\w+bor|\w*(?:are|ande|ende)",
    re.IGNORECASE,
)
_NO_PEOPLE = frozenset(
    "tidigare senare vidare ytterligare snarare närmare kommande följande nuvarande pågående".split()
)
_UNCOUNTED = frozenset("flera ingen inga inget".split())
COUNTED_WITHIN = 4
_APART = frozenset("mellan i för till på från med hos vid om".split())  # *40 nätverk mellan kommunerna*: no 40 of them
_MONEY = re.compile(
    r"\b\d[\d\s\u00a0.,]*(?:miljon(?:er)?|miljard(?:er)?|mnkr|mdkr|tkr|kr|kronor|euro)\b"
    r"|\b(?:kronor|mnkr|miljoner kronor)\b",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"§|\b[A-ZÅÄÖ][A-Za-z]*[ -]?\d{4}[-/:]\d+|\b\d{4}(?:/\d\d)?:\d+")
_REASON = re.compile(
    r"\b(?:eftersom|på grund av|därför|beror|berodde|orsak\w*|anledning\w*|skäl\w*|för att|med syfte|syftade|syftar"
    r"|genom att|mot bakgrund|då|i samband med|förklar\w+|till följd av|med anledning|tack vare|knyter)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"\b(?:till\s+den|(?:till\s+och\s+med|t\.?o\.?m\.?|senast|fram\s+till)(?:\s+den)?)\s+(?:{DATE.pattern})",
    re.IGNORECASE,
)
# Who is meant by what is so of them: *den som …*, *personer som …*.
_THOSE_WHO = re.compile(
    r"\b(?:den|de|dem|personer|elever|deltagare|arbetsgivare|mottagare|kommuner|aktörer)\s+(?:på\s+\S+\s+år\s+|som\b)",
    re.IGNORECASE,
)
_ENTITLED = re.compile(
    r"^vem\s+(?:\w+\s+)?(?:har\s+rätt|får|kan|omfattas|gäller|undantas|slipper|måste|räknas|berörs|är\s+skyldig)\b",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(r"\(1\).*\(2\)|(?:, [^,]+){2,} (?:och|samt) |bland annat")
_PLACE = re.compile(r"\b(?:i|på|vid|från|till)\s+[A-ZÅÄÖ][a-zåäö]+")
_NAME = re.compile(r"(?<=[a-zåäö,;–] )[A-ZÅÄÖ][a-zåäö]+(?:\s+[A-ZÅÄÖ][a-zåäö]+)+")
_DEFINING = re.compile(
    r"[\w+]{0,3}\s+(?:är|betyder|innebär|kallas|avser|består av|står för|inrättades|\()", re.IGNORECASE
)
_LISTING = re.compile(r",[^,]+ (?:och|samt|eller) |\bdels\b|\balternativt\b|\(1\)|\b\w+ och \w+\b")


def dates(text: str) -> list[str]:
    """The dates in ``text``, as written, in order; a year inside an identifier (*SOU 2023:94*) is none."""
    return [m.group() for m in DATE.finditer(text)]


def amounts(text: str) -> list[str]:
    """The amounts of money in ``text``, as written, in order."""
    return [m.group().strip() for m in _MONEY.finditer(text)]


def holds(kind: Kind, question: str, terms: Sequence[Term], sentence: Sentence) -> bool | None:
    """Whether ``sentence`` has what a question of ``kind`` asks for; None where it asks for nothing particular."""
    text = sentence.shown
    if kind is Kind.WHEN:
        return bool(dates(text))
    if kind is Kind.MONEY:
        return bool(amounts(text))
    if kind is Kind.NUMBER:
        return _holds_number(question, terms, sentence)
    if kind is Kind.WHO:
        named = {t.body_id for t in terms if t.body_id}
        those = _ENTITLED.search(question) and _THOSE_WHO.search(text)
        return bool(sentence.bodies - named or _NAME.search(text) or those)
    if kind is Kind.WHERE:
        return bool(_PLACE.search(text))
    if kind is Kind.WHY:
        return bool(_REASON.search(text))
    if kind is Kind.LIST:
        return True if _LISTING.search(text) else None
    return None


def _holds_number(question: str, terms: Sequence[Term], sentence: Sentence) -> bool:
    text = sentence.text
    if re.search(r"diarie|dnr|paragraf|§|nummer|beteckning", question, re.IGNORECASE):
        return bool(_IDENTIFIER.search(text))
    if re.search(r"\bhur länge\b", question, re.IGNORECASE) and _UNTIL.search(text):
        return True
    if re.search(r"\bhur (?:länge|lång|gammal)", question, re.IGNORECASE):
        return _DURATION.search(text) is not None
    if re.search(r"\bhur (?:stor|stort|hög\w*|mycket)\b", question, re.IGNORECASE):
        return bool(
            FIGURE.search(DATE.sub(" ", _IDENTIFIER.sub(" ", text)))
            or re.search(r"\b(?:stor|stort|hög|höga|låg|lägre|liten)\b", text, re.IGNORECASE)
        )
    counted = _HOW_MANY.search(question)
    if counted:
        return _counts(counted[1], terms, sentence, _COUNTS_THOSE.search(question) is not None)
    bare = DATE.sub(" ", _IDENTIFIER.sub(" ", text))
    return bool(FIGURE.search(bare))


def _counts(noun: str, terms: Sequence[Term], sentence: Sentence, those_who: bool) -> bool:
    """Whether a number stands right before ``noun``, or before a word for the same, in ``sentence``.

    ``those_who`` where ``noun`` is a verb, and those who do it are counted.
    """
    asked = next((t for t in terms if t.text.lower() == noun.lower()), None)
    wanted = {root(noun.lower())} | (asked.forms | asked.synonyms if asked else frozenset())
    tokens = sentence.tokens
    if noun.lower() == "av" or noun.lower() in _APART:  # *hur många av de inskrivna*, *hur många i arbetsför ålder*
        return FIGURE.search(DATE.sub(" ", sentence.text)) is not None
    lowered = [t.text.lower() for t in tokens]
    total = lowered.index("antalet") if "antalet" in lowered else len(tokens)  # *Antalet arbetslösa var 62 366*
    named = [i for i, t in enumerate(lowered) if root(t) in wanted]
    for index, token in enumerate(tokens):
        if token.has_digit and any(total < i < index for i in named) and not re.fullmatch(YEAR, token.text):
            return True
        if not (FIGURE.fullmatch(token.text) or (token.text[0].isdigit() and not _IDENTIFIER.search(token.text))):
            continue
        if re.fullmatch(YEAR, token.text):
            continue
        after = tokens[index + 1 : index + 1 + COUNTED_WITHIN]
        if (noun.lower() in _ANYBODY or is_finite(noun)) and after:
            if _says_no_number(token, after[0]) or (those_who and is_finite(noun) and not _of_people(after)):
                continue
            return True
        for position, other in enumerate(after, index + 1):
            lower = other.text.lower()
            if lower in _APART and position > index + 1:
                break
            counted = lower.endswith(noun.lower()) or bool(wanted & {root(p) for p in (lower, *split_compound(lower))})
            subject = not any(is_finite(t.text) for t in tokens[:index])
            if counted and not (subject and _restricted(tokens[position + 1 : position + 4], terms)):
                return True
    return False


def _of_people(after: Sequence[Token]) -> bool:
    """Whether ``after``, what follows a number, says that it is one of those who can do something."""
    words = [t.text.lower() for t in after]
    return words[0] in ("procent", "av") or any(_PEOPLE.fullmatch(w) for w in words if w not in _NO_PEOPLE)


def _says_no_number(token: Token, after: Token) -> bool:
    """Whether ``token`` is the day of a date, or a word that is no number of persons (*flera*, *inget*)."""
    return after.text.lower() in MONTHS or token.text.lower() in _UNCOUNTED


def enumerates(sentence: Sentence) -> bool:
    """Whether ``sentence`` counts things up."""
    return _ENUMERATION.search(sentence.text) is not None


def defines(names: Iterable[str], sentence: Sentence) -> bool:
    """Whether ``sentence`` looks like it says what the thing with those ``names`` is, or spells an acronym out."""
    lower = sentence.text.lower()
    for name in names:
        position = lower.find(name.lower())
        if (
            f"({name.lower()})" in lower
            or f"kallas {name.lower()}" in lower
            or (position >= 0 and _DEFINING.match(lower, position + len(name)))
        ):
            return True
    return False


def _restricted(after: Sequence[Token], terms: Sequence[Term]) -> bool:
    """Whether what is counted is only a part (*Malmöbor med försörjningsstöd*) of which the question says nothing."""
    if not after or after[0].text.lower() not in ("med", "utan"):
        return False
    forms = {form for t in terms for form in t.forms | t.synonyms}
    content = [root(t.text.lower()) for t in after[1:] if t.text.lower() not in STOP_WORDS]
    return bool(content) and not forms & set(content)


def asks_examples(question: str) -> bool:
    """Whether ``question`` asks for examples."""
    return re.search(r"\b(?:exempel|exemplifiera|examples?)\b", question, re.IGNORECASE) is not None


def gives_examples(text: str) -> bool:
    """Whether ``text`` gives examples."""
    return re.search(r"\b(?:till exempel|exempelvis|bland annat|t\.ex\.)", text, re.IGNORECASE) is not None
