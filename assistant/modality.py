"""How strongly and at what stage a claim is made: duty against possibility, proposed against in force."""

import re
from enum import IntEnum

from assistant.voice import is_given
from corpus.lemmas import root
from corpus.swedish import STOP_WORDS, tokenize

MOST_NAMED = 25  # words after *utan* or *den som* in which the requirement stands


class Stage(IntEnum):
    """How far what a sentence speaks of has come, from the first word of it to the day it applies."""

    ANNOUNCED = 0
    INQUIRED = 1
    PROPOSED = 2
    DECIDED = 3
    IN_FORCE = 4


_DUTY_ASKED = re.compile(
    r"^\W*(?:måste|behöver|behövs|krävs|tvingas|ska\s+man|must|is\s+it\s+necessary)\b", re.IGNORECASE
)
# *Kan man låta bli …?* asks whether there is no duty.
_WHAT_TO_DO = re.compile(r"^\W*ska\s+man\b", re.IGNORECASE)
_RELEASE_ASKED = re.compile(
    r"^\W*(?:kan|får|går|kunde|fick|slipper|slapp|är det (?:ok|okej|tillåtet|fritt fram)|can|may)\b.*?"
    r"\b(?:låta\s+bli|strunta\s+i|avstå(?:\s+från)?|slippa|hoppa\s+över|välja\s+bort|tacka\s+nej|säga\s+nej|vägra|neka|skippa"
    r"|opt\s+out|refuse)\b|^\W*(?:slipper|slapp)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:måste|skyldig\w*|skyldighet\w*|obligatorisk\w*|tvingas|krävs|kräver|krav\w*|behov\w*|behöver|behövs|ska|skall|åligger|förutsätter)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"\bför\s+att\s+(?:[\w-]+\s+){1,4}?ska(?:ll)?\b", re.IGNORECASE)
_IS_POSSIBLE = re.compile(r"\b(?:möjlighet(?:er|en)?|möjligt|får|kan|tillåt\w*)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:inte|ej|inga?|inget|aldrig|varken|saknas?|förbjud\w*)\b", re.IGNORECASE)
_IS_TO = re.compile(r"\b(?:måste|ska|skall|skulle|skyldig\w*|åligger)\b(?!\s+(?:inte|varken)\b)", re.IGNORECASE)
# What is refused to all but those who have something, or given to those alone, asks that of them.
_REQUIREMENT = re.compile(
    r"\binte\b[^,;]*\butan\s+(?!att\b)\w+|\b(?:kan|får)\s+\w+s\s+(?:\w+\s+){0,3}?(?:till|för|av)\s+(?:den|dem|de)\s+som\b",
    re.IGNORECASE,
)
# *Den som har haft stöd i sex månader får …*: it takes just that.
_ENTITLED = re.compile(r"^den\s+som\s+(?P<who>(?:har|hade|är|var)\b[^,;]+?)\s+(?:får|kan|har\s+rätt)\b", re.IGNORECASE)
_VIEW = re.compile(
    r"\b(?:sagt|sa|sade|säger|säga)\s+(?:ja|nej)\b"
    r"|^\W*(?:är|var)\s+(?!det\b)\w+\s+(?:för|emot|positiv\w*|negativ\w*|kritisk\w*)\b"
    r"|^\W*(?:har|hade)\s+\w+\s+(?:godkänt|avvisat|stött|tillstyrkt|avstyrkt)\b"
    r"|^\W*(?:godkänner|godkände|avvisar|avvisade|stödjer|stöder|stödde|tillstyrkte|avstyrkte)\b",
    re.IGNORECASE,
)
_PROPOSED_TO = re.compile(r"\b(?:föreslogs?|föreslås|föreslår)\b[^.;]*?\bskulle\b", re.IGNORECASE)
_NO_DUTY = re.compile(
    r"\b(?:måste|ska|skall|skulle|behöver|behövs|krävs|kräver|tvingas|skyldig\w*|åligger|förutsätter)\s+(?:\w+\s+){0,3}?(?:inte|ej|aldrig|ingen|inget|inga)\b"
    r"|\b(?:inte|ej|aldrig|ingen|inget|inga)\s+(?:\w+\s+){0,4}?(?:skyldig\w*|krav\w*|plikt\w*|behov\w*|måste|behöver|behövs|krävs|tvingas|obligatorisk\w*)",
    re.IGNORECASE,
)
_FREEDOM = re.compile(
    r"\b(?:möjlighet\w*|frivillig\w*|går bra|redan idag|redan i dag|eller|fritt|skattefri\w*"
    r"|behöver (?:inte|varken)|varken)\b",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\b(?:frivillig\w*|valfri\w*|fritt|skattefri\w*|slipper|undanta\w*|behöver\s+(?:inte|varken)|varken)\b",
    re.IGNORECASE,
)
_STAGE_WORDS: tuple[tuple[Stage, re.Pattern[str]], ...] = tuple(
    (stage, re.compile(pattern, re.IGNORECASE))
    for stage, pattern in (
        (
            Stage.IN_FORCE,
            r"\b(?:gäller (?:sedan|nu|från)|gällt sedan|i kraft|har införts|infördes|infört"
            r"|införd|införda|genomför[dt]\w*|tillämpas|började|börjat|verklighet)\b",
        ),
        (Stage.DECIDED, r"\b(?:antog|antagit|antagen|klubba[dts]\w*|riksdagen beslutade|beslutad\w*|beslutats?)\b"),
        (
            Stage.PROPOSED,
            r"\b(?:föreslag\w*|föreslog\w*|föreslår|föreslås|förslag\w*|lagrådsremiss\w*|proposition\w*"
            r"|bör|skulle kunna)\b",
        ),
        (Stage.INQUIRED, r"\b(?:utreds|utredare|kommittédirektiv\w*)\b"),
        (Stage.ANNOUNCED, r"\b(?:avisera\w*|på gång|planera\w*)\b"),
    )
)
_APPLIES = re.compile(r"\b(?:gäller|gälla|gällde|i\s+kraft)\b", re.IGNORECASE)
_AS_LONG_AS = r"förutsatt|under\s+förutsättning|så\s+länge|(?:bara|endast)\s+om"
_LIMIT = re.compile(rf"\b(?:{_AS_LONG_AS})\b", re.IGNORECASE)
_CONDITION = re.compile(
    rf"\b(?:{_AS_LONG_AS}|förutsätter|men\s+inte\s+(?:om|för|i|på)|utom)\b"
    r"|\binte\b[^,;]*\butan\s+(?!att)\w+",
    re.IGNORECASE,
)
_STILL = re.compile(r"\b(?:bara|fortfarande|ännu|endast|enbart|still|only)\b", re.IGNORECASE)


_PERMISSION_ASKED = re.compile(
    r"^\W*(?:får|kan|går\s+det|can|may)\b|\b(?:tillåt\w*|medge\w*|okej|ok|möjlig\w*|lov\s+att|förbjud\w*|det\s+(?:\w+\s+)?lagligt|allowed|permitted"
    r"|possible|får\s+man|öppning\w*)\b",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r"\b(?:förbjud\w*|otillåt\w*|olaglig\w*|forbidden|prohibited|illegal)\b", re.IGNORECASE)
_ALLOWED = re.compile(
    r"\b(?:möjlig\w*|öppning\w*|går bra|tillåt\w*|rätt att|förbjud\w*|får|lagligt?|undantag\w*|fritt|skäl)\b",
    re.IGNORECASE,
)
_POSSIBILITY = re.compile(
    r"\b(?:möjlig\w*|öppning\w*|går bra|tillåt\w*|befogenhet\w*|rätt att|förbjud\w*|kan|kunna|får|fritt|hindra\w*"
    r"|högst|upp\s+till|maximalt)\b",
    re.IGNORECASE,
)


_COMPARISON = re.compile(
    r"\b(?:högre|lägre|större|mindre|fler|färre|bättre|sämre|(?:över|under)\s+(?:rike\w*|snitt\w*|genomsnitt\w*))\b",
    re.IGNORECASE,
)


_COMPARED_WITH = re.compile(r"\bjämfört\s+med\b|\bi\s+förhållande\s+till\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:höj\w*|sänk\w*|öka\w*|minska\w*|stig\w*|steg|stärk\w*|försvaga\w*|förbättra\w*|försämra\w*|trappa\w*|sjunk\w*"
    r"|sjönk)\b",
    re.IGNORECASE,
)


def asks_duty(question: str) -> bool:
    """Whether ``question`` asks if something must be done."""
    return _DUTY_ASKED.search(question) is not None


def sets_condition(text: str) -> bool:
    """Whether ``text`` says that something goes only on a condition, or with an exception."""
    return _CONDITION.search(text) is not None


def sets_limit(text: str) -> bool:
    """Whether ``text`` allows something only as long as a condition is kept."""
    return _LIMIT.search(text) is not None


_PROPOSAL_DECIDED = re.compile(
    r"\b(?:lagrådsremiss|proposition|promemori|betänkande|direktiv)\w*\b[^.;]{0,80}?\bbeslutades\b"
    r"|\bbeslutade\w*\s+(?:\w+\s+){0,4}(?:lagrådsremiss|proposition|direktiv)\w*",
    re.IGNORECASE,
)


def asks_release(question: str) -> bool:
    """Whether ``question`` asks if something may be left undone (*Kan man låta bli …?*, *Slipper …?*)."""
    return _RELEASE_ASKED.search(question) is not None


def states_duty(text: str) -> bool:
    """Whether ``text`` says in a modal verb or an adjective that something must be done."""
    return _IS_TO.search(text) is not None


def only_proposes(text: str) -> bool:
    """Whether ``text`` tells what somebody was to do by a proposal: that allows nothing."""
    return _PROPOSED_TO.search(text) is not None


def states_possibility(text: str) -> bool:
    """Whether ``text`` says that something can or may be done, and denies nothing."""
    return _IS_POSSIBLE.search(text) is not None and not _DENIED.search(text)


def duty_in(text: str) -> bool | None:
    """True where ``text`` states a duty, False where it leaves a choice, None where it says neither.

    What something is done for (*för att fler ska arbeta*) is no duty.
    """
    text = _PURPOSE.sub(" ", text)
    if _DUTY.search(text):
        return True
    return False if _FREEDOM.search(text) else None


def asks_view(question: str) -> bool:
    """Whether ``question`` asks if somebody is for or against something."""
    return _VIEW.search(question) is not None


def denies_duty(text: str) -> bool:
    """Whether what ``text`` denies is that something must be done."""
    return _NO_DUTY.search(text) is not None


def asked_stage(question: str) -> Stage | None:
    """The stage that ``question`` puts up for judgement (*Är kravet infört?*), None where it puts up none.

    An early stage is put up only by *fortfarande* or *bara* (*Är det fortfarande ett förslag?*).
    """
    stage = stage_of(question)
    if stage is None and _APPLIES.search(question) and not re.search(r"gäller det\b", question, re.IGNORECASE):
        stage = Stage.IN_FORCE
    if stage is None or (stage < Stage.DECIDED and not _STILL.search(question)):
        return None
    return stage


def stage_of(text: str) -> Stage | None:
    """The latest stage that ``text`` names, None where it names none; a proposal that is decided on is one still."""
    if _PROPOSAL_DECIDED.search(text):
        return Stage.PROPOSED
    return next((stage for stage, pattern in _STAGE_WORDS if pattern.search(text)), None)


def is_stage_word(word: str) -> bool:
    """Whether ``word`` only names a stage."""
    return stage_of(word) is not None or _APPLIES.search(word) is not None or _STILL.search(word) is not None


def asks_permission(question: str) -> bool:
    """Whether ``question`` asks if something may or can be done, not if something is given (*Får kommunerna stöd?*)."""
    return _PERMISSION_ASKED.search(question) is not None and not _asks_what_is_given(question)


def _asks_what_is_given(question: str) -> bool:
    tokens = tokenize(question)
    return bool(tokens) and tokens[0].text.lower() == "får" and is_given(tokens)


def asks_prohibition(question: str) -> bool:
    """Whether ``question`` asks if something is forbidden."""
    return _FORBIDDEN.search(question) is not None


def says_what_is_allowed(text: str) -> bool:
    """Whether ``text`` says what may be done or not, not only what is or can be done."""
    return _ALLOWED.search(text) is not None


def speaks_of_possibility(text: str) -> bool:
    """Whether ``text`` says that something is possible or allowed, or is not."""
    return _POSSIBILITY.search(text) is not None


def releases(text: str) -> bool:
    """Whether ``text`` says that somebody need not do something; that it is possible does not say so."""
    return _RELEASE.search(text) is not None


def asks_what_to_do(question: str) -> bool:
    """Whether ``question`` asks how something is done (*Ska man vända sig till …?*): that it is done so answers it."""
    return _WHAT_TO_DO.search(question) is not None


def requires(text: str, question: str) -> bool:
    """Whether ``text`` gives something only to those who have what ``question`` names (*inte … utan skäl*)."""
    entitled = _ENTITLED.search(text)
    if entitled and _names(entitled["who"], question):
        return True
    found = _REQUIREMENT.search(text)
    if not found:
        return False
    named = text[found.end() - len(text[found.start() : found.end()].split()[-1]) :]
    return _names(named, question)


def _names(stretch: str, question: str) -> bool:
    """Whether the first words of ``stretch`` name something that ``question`` names."""
    asked = {root(t.text.lower()) for t in tokenize(question) if t.text.lower() not in STOP_WORDS}
    words = (t.text.lower() for t in tokenize(stretch)[:MOST_NAMED])
    return any(root(word) in asked for word in words if word not in STOP_WORDS)


def compares(question: str) -> bool:
    """Whether ``question`` compares amounts (*högre än*, *gått ner jämfört med*)."""
    return _COMPARISON.search(question) is not None or _COMPARED_WITH.search(question) is not None


def compares_otherwise(question: str, text: str) -> bool:
    """Whether ``question`` compares (*högre*, *under rikets*) and ``text`` does not: it bears out no comparison."""
    if not _COMPARISON.search(question):
        return False
    return not (_COMPARISON.search(text) or _CHANGE.search(text))
