"""Whether a sentence bears out the reach that a question claims: all, only, most, still, before, the most."""

import re

from corpus.lemmas import fold, lemma, root
from corpus.numerals import numbers_between
from corpus.swedish import STOP_WORDS, tokenize

_SMALL_NUMBERS = "|".join(numbers_between(2, 12))
_WHOLLY = re.compile(
    r"\b(?:helt|alldeles|totalt|fullständigt|blankt|överhuvudtaget|alls|omöjlig\w*|uteslut\w*)\b", re.IGNORECASE
)
_ALL = re.compile(
    r"\b(?<!nästan )(?<!framför )(?:alla|samtliga|hela(?!\s+(?:land|rike|sverige))"
    r"|varje(?!\s+(?:år|månad|dag|vecka|gång))"
    r"|all(?:t)?(?!\s+(?:fler|större|mer|mindre))"
    r"|alltid|var och en|vardera|generellt|every|all)\b",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:vissa|några|en del|delar av|ett urval|en fjärdedel|en tredjedel|hälften|delvis|ett av|en av|utom|undanta\w*"
    r"|utvald\w*|urval|vars|procent|ett antal|en rad|bland annat|bland andra|some)\b",
    re.IGNORECASE,
)
_REGARDLESS = re.compile(
    r"\b(?:oavsett|oberoende\s+av|undantagslöst|automatiskt|hur\s+(?:\w+\s+){1,3}?än|vad\s+(?:\w+\s+){1,2}?än)\b",
    re.IGNORECASE,
)
_DEPENDING = re.compile(
    r"\b(?:om|när\s+det|vid\s+behov|anpassa\w*|skälig\w*|särskilda\s+skäl|förutsatt|under\s+förutsättning|så\s+länge"
    r"|beroende\s+på|i\s+mån\s+av|sakliga\s+skäl)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:bara|endast|enbart|uteslutande|blott|enda|only)\b", re.IGNORECASE)
_ONLY_SOME = re.compile(r"\b(?:bara|endast|enbart)\s+(?:ett\s+urval|en\s+del|delar|vissa|några)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:både|såväl|inte bara|dels|också|även|samt|eller|liksom|bland annat|bland andra|till exempel|flera|ett av"
    rf"|en av|ytterligare|{_SMALL_NUMBERS})\b|\(1\).*\(2\)|, [^,]+ och \w+",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:de (?:allra )?flesta|nästan (?:alla|varje|varenda|samtliga)|det mesta av|merparten|majoriteten"
    r"|flertalet|(?:mer|fler) än (?:hälften|varannan)|över hälften|most of)\b",
    re.IGNORECASE,
)
_FEW = re.compile(
    r"\b(?:(?:mindre|färre) än (?:hälften|varannan)|under hälften|en minoritet|(?:bara )?en handfull|ett fåtal)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(\d+(?:,\d+)?)\s*(?:procent|%)")
_STILL = re.compile(r"\b(?:fortfarande|ännu|alltjämt|kvar|still)\b", re.IGNORECASE)
_ENDED = re.compile(
    r"\b(?:upphäv\w*|upphör\w*|ersat\w*|ersätt[s]?|avskaffa\w*|avslutad\w*|slopa\w*|löpte ut"
    r"|lades? ned|lagts ned|upplös\w*)\b",
    re.IGNORECASE,
)
_HOLDING = re.compile(r"\b(?:gäll\w*|gällt|finns|kvar|längre|fortsätt\w*|består)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:(?:innan|before)\s+((?:[\w-]+\s*){1,6})|före\s+((?:[\w-]+\s*){1,3}))", re.IGNORECASE)
_AFTER = re.compile(
    r"\b(?:(?:efter\s+att|sedan|after)\s+((?:[\w-]+\s*){1,6})|efter\s+((?:[\w-]+\s*){1,3}))", re.IGNORECASE
)
_NUMBER = rf"(?:\d|{_SMALL_NUMBERS}|hälften)"  # *högst nio* is a bound, not a superlative
_SUPERLATIVE = re.compile(
    rf"\b(?:störst\w*|minst(?:a)?(?!\s+{_NUMBER})|högst(?:a)?(?!\s+{_NUMBER})|lägst\w*|dyrast\w*|billigast\w*|flest|mest|äldst\w*|yngst\w*"
    r"|bäst\w*|sämst\w*|viktigast\w*|vanligast\w*|längst\w*|kortast\w*)\b",
    re.IGNORECASE,
)
_NEXT_TO = re.compile(r"\bnäst[\s-]?(?:\w*st|mest|flest)a?\b", re.IGNORECASE)
HALF = 50.0


def is_superlative(word: str) -> bool:
    """Whether ``word`` names one end of a scale (*högsta*), which only the other end is the opposite of."""
    return _SUPERLATIVE.fullmatch(word) is not None


def ended_instead(question: str, text: str) -> bool:
    """Whether ``text`` says that something has ended (*upphävdes*) where ``question`` asks if it still holds or not."""
    return _HOLDING.search(question) is not None and _ENDED.search(text) is not None and not _ENDED.search(question)


def reach_borne(question: str, text: str) -> bool | None:
    """Whether ``text`` bears out the reach of ``question``: False where it says otherwise, None where it is open.

    True also where the question claims no particular reach.
    """
    found = [
        _all_borne(question, text),
        _only_borne(question, text),
        _share_borne(question, text),
        _still_borne(question, text),
        _order_borne(question, text),
        _superlative_borne(question, text),
        _regardless_borne(question, text),
    ]
    if False in found:
        return False
    return None if None in found else True


def _all_borne(question: str, text: str) -> bool | None:
    if not _ALL.search(question) or _ALL.search(text):
        return True
    return False if _SOME.search(text) else None


def _only_borne(question: str, text: str) -> bool | None:
    if not _ONLY.search(question) or _ONLY.search(text) or (_ONLY_SOME.search(question) and _SOME.search(text)):
        return True
    more = any(m.group().lower() not in question.lower() for m in _MORE.finditer(text))
    return False if more or _joined(_alone(question), text) else None


def names_what_is_reached(question: str, text: str) -> bool:
    """Whether ``text`` has a word for what ``question`` says to be alone (*bara*) or all there is."""
    reach = _ALL.search(question)
    named = {*_alone(question), *(_lemmas(question[reach.end() :])[:3] if reach else ())}
    return bool(named & set(_lemmas(text)))


def _alone(question: str) -> list[str]:
    """Dictionary forms of the two words in ``question`` that are said to be alone."""
    only = _ONLY.search(question)
    if not only:
        return []
    if only.group().lower() == "enda":  # *Är X det enda …?*
        return _lemmas(question[: only.start()])[-2:]
    return _lemmas(question[only.end() :])[:2]


def _lemmas(text: str) -> list[str]:
    return [lemma(t.text) for t in tokenize(text) if t.text.lower() not in STOP_WORDS]


def _joined(alone: list[str], text: str) -> bool:
    """Whether one of the words ``alone`` is joined to something else in ``text``."""
    words = [t.text.lower() for t in tokenize(text)]
    places = [i for i, word in enumerate(words) if lemma(word) in alone]
    beside = {w for i in places for w in (*words[max(0, i - 2) : i], *words[i + 1 : i + 3])}
    return bool(beside & {"och", "samt", "liksom"})


def _share_borne(question: str, text: str) -> bool | None:
    most, few = _MOST.search(question), _FEW.search(question)
    if not (most or few):
        return True
    if (most and _MOST.search(text)) or (few and _FEW.search(text)):
        return True
    shares = [float(m[1].replace(",", ".")) for m in _PERCENT.finditer(text)]
    if len(shares) == 1 and shares[0] != HALF:
        return (shares[0] > HALF) == bool(most)
    return None


def _still_borne(question: str, text: str) -> bool | None:
    return not (_STILL.search(question) and _ENDED.search(text))


def _order_borne(question: str, text: str) -> bool | None:
    """False where the question has before what the text has after, or the other way round."""
    for asked, other in ((_BEFORE, _AFTER), (_AFTER, _BEFORE)):
        mine = _roots(asked, question)
        if mine and mine & _roots(other, text) and not mine & _roots(asked, text):
            return False
    return True


def _regardless_borne(question: str, text: str) -> bool | None:
    """False where ``text`` makes depend on something what ``question`` has hold whatever may be."""
    if not _REGARDLESS.search(question) or _REGARDLESS.search(text):
        return True
    return False if _DEPENDING.search(text) else None


def _superlative_borne(question: str, text: str) -> bool | None:
    """False where ``text`` has only what comes next to it (*näst högst*), None where it has no superlative."""
    if not _SUPERLATIVE.search(question) or _NEXT_TO.search(question):
        return True
    if _SUPERLATIVE.search(_NEXT_TO.sub(" ", text)):
        return True
    return False if _NEXT_TO.search(text) else None


def _roots(pattern: re.Pattern[str], text: str) -> set[str]:
    """Roots of the content words that ``pattern`` finds, cut to what a compound and its first part share."""
    stretches = (next(g for g in m.groups() if g) for m in pattern.finditer(text))
    words = (t.text.lower() for s in stretches for t in tokenize(s))
    return {fold(root(w))[:6] for w in words if w not in STOP_WORDS and len(w) > 3}


def asks_for_whole(question: str) -> bool:
    """Whether ``question`` asks if something holds altogether (*Är det helt omöjligt?*)."""
    return _WHOLLY.search(question) is not None
