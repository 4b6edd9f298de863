"""First step of an answer: what a question asks for, of what, and how the claim is put that it wants judged."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answer_names import names_answer, without_answer_heads
from assistant.chatter import strip_chatter
from assistant.clauses import denies_word
from assistant.cleft import find_cleft
from assistant.dates import with_plain_dates
from assistant.kind import CONFIRM, Kind, kind_of
from assistant.modality import asks_permission
from assistant.verbs import is_modal, opens_question
from corpus.lemmas import fold
from corpus.swedish import Token, tokenize


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood; ``text`` is what is left when greetings and chatter are gone.

    ``negated`` tells that a yes/no question puts a denial up for judgement (*Saknar kommunen …?*).
    ``focus`` holds offsets of the words that are put up for judgement as such (*Var det fullmäktige som …*).
    ``asks_position`` where somebody's view is asked for, ``as_written`` where what held when the document was written.
    ``frame`` holds offsets of the words that only frame the question (*vad säger … om*), not what it is about.
    """

    text: str
    kind: Kind
    negated: bool = False
    wants_list: bool = False
    tokens: tuple[Token, ...] = ()
    frame: frozenset[int] = frozenset()
    focus: frozenset[int] = frozenset()
    asks_position: bool = False
    as_written: bool = False


# Words that frame a question rather than say what it is about.
_FRAME = frozenset(
    """tro tror trodde uppge uppger uppgav uppgett hävda hävdar hävdade påstå påstår påstod
    säga säger sade sagt tycka tycker tyckte anse anser ansåg mena menar menade skriva skriver skrev står stå handla
    handlar gälla gäller betyda betyder innebära innebär heta heter veta vet berätta förklara beskriva ange nämna nämns
    saker beskriver beskrev beskrivs såg ser exempel lista räkna räknas upp sammanfatta svara förkortning
    förkortningen förkortas definition definiera svarar svarade svarat bedömer bedöma bedömde mening åsikt inställning
    hållning uppfattning syn ståndpunkt framgår stämmer sant rätt slags typ sorts fråga frågan frågor
    information say says said think thinks mean means about the a an of in to for and is are was were what who when
    where why how does do did can could there any it that this be been by with on from has have had which will would
    should must may might get got many much people out up off into now still also just tell me your or as at not no yes
    please if so""".split()
)
_TASKS = frozenset("bedöma beskriva förklara definiera".split())  # of them, what somebody may be given to do
# Words that name what the answer is, not what it is about: *diarienummer*, *datum*, *paragraf*.
ANSWER_NAME = re.compile(
    r"^(?:diarie\w*|dnr|datum\w*|paragraf\w*|\w*-?nummer|\w*-?numret|antal\w*|år(?:tal\w*)?|namn\w*)$", re.IGNORECASE
)
# Nouns that after *vilken* only say what kind of body is asked for.
_BODY_KINDS = frozenset(
    "myndighet nämnd förvaltning organisation instans minister part aktör organ departement styrelse politiskt".split()
)
_SUMMING = re.compile(
    r"^(?:slutsats\w*|sammanfatt\w*|summera\w*|kort|korthet|kortfatt\w*|punkt(?:er|form)?|mening(?:ar)?|en|två|tre|fyra|fem|\d|resultat\w*|blev|kom|fram|conclusions?|summar\w+)$"
)
_WRITING = re.compile(r"^(?:skriva|skriver|skrev|skrivit|skrivits)$")
_BODY_LIKE = re.compile(
    r"(?:nämnden|styrelsen|verket|departementet|kontoret|förvaltningen|myndigheten|rådet|kommittén|fullmäktige|kassan"
    r"|domstolen|inspektionen)$",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"\b(?:tyck\w*|anse\w*|ansåg|mena\w*|säger|sade|sagt|sa|bedöm\w*|enligt|syn på|ståndpunkt\w*|inställ\w*|åsikt\w*"
    r"|uppfatt\w*|håll\w* till|svara\w*|konstatera\w*|beskriv\w*|vill|ville|hållning|föresl\w*|says?|thinks?|view"
    r"|opinion)\b",
    re.IGNORECASE,
)
_AS_WRITTEN = re.compile(
    r"\b(?:enligt (?:\w+s |den här |denna )?utredningen|när (?:\w+s )?utredning(?:en)? skrevs"
    r"|då utredningen skrevs|(?:säger|sade|skriver|skrev) utredningen|vid tiden för utredningen"
    r"|according to the (?:investigation|report))\b",
    re.IGNORECASE,
)
_OR_NOT = re.compile(r"[\s,–-]*\beller\s+(?:inte|ej)\b[\s?!.]*$", re.IGNORECASE)
# A denial inside a condition (*när ingen annan tar på sig det*) denies nothing of what is asked.
_NEGATED_CONDITION = re.compile(
    r"\b(?:(?:när|då|ifall|trots\s+att|även\s+om|(?<=,\s)om)\s+(?:[^\W\d]+\s+){0,3}?|(?:av|därför)\s+att\s+(?:[^\W\d]+\s+){0,6}?)"
    r"(?:inte|ej|ingen|inget|inga|aldrig)\b",
    re.IGNORECASE,
)
# *bara X och inte Y*, *bara X, inget mer*: what is left out is not denied on top.
_ALONE = re.compile(
    r"(\b(?:bara|endast|enbart)\b[^?]*?)(?:\s*,|\s+och|\s+men)\s+(?:inte|ingen|inget|inga|aldrig|ej)\b.*", re.IGNORECASE
)
# Who has to wait for something before doing a thing may not do it now.
_HAS_TO_WAIT = re.compile(
    r"^(?:måste|behöver)\s+[^?]+?\s+vänta\b[^?]*?\binnan\s+(?P<who>[^?]+?)\s+(?:kan|får)\s+(?P<do>[^?]+)", re.IGNORECASE
)
_ENGLISH_NEGATORS = frozenset(
    "not cannot no never lack lacks impossible forbidden prohibited banned illegal unlawful".split()
)


def understand(text: str, plain: str | None = None) -> Question:
    """What the single question ``text`` asks for; ``plain`` is the same with its fixed phrases in plain words."""
    asked = strip_chatter(text) or text.strip()
    stripped = with_plain_dates(asked if plain is None else strip_chatter(plain) or plain.strip())
    stripped = _HAS_TO_WAIT.sub(r"Får \g<who> aldrig \g<do>", stripped)
    kind = kind_of(asked, tuple(tokenize(asked)))
    tokens = without_answer_heads(tokenize(stripped), kind)
    as_written = _AS_WRITTEN.search(stripped)
    frame = frozenset(
        t.start
        for i, t in enumerate(tokens)
        if (_is_frame(t.text.lower(), kind) and not _is_task(tokens, i, kind))
        or names_answer(t.text, stripped, kind)
        or (as_written and as_written.start() <= t.start < as_written.end())
    )
    question = Question(
        stripped,
        kind,
        wants_list=kind is Kind.LIST or re.match(r"(?:vilka|which)\b|.*\bexempel på\b", stripped, re.I) is not None,
        tokens=tokens,
        frame=frame,
        asks_position=_POSITION.search(stripped) is not None,
        as_written=as_written is not None,
    )
    if kind is not Kind.YES_NO:
        return question
    return replace(question, negated=_negated(stripped), focus=_focus(stripped, tokens))


def _is_frame(word: str, kind: Kind) -> bool:
    if kind is Kind.WHO and word in _BODY_KINDS:
        return True
    if kind is Kind.SUMMARY and _SUMMING.match(word):
        return True
    if kind is Kind.WHO and _WRITING.match(word):
        return False  # *vem skrev …* asks for who did just that
    return word in _FRAME or ANSWER_NAME.match(word) is not None


def _is_task(tokens: tuple[Token, ...], place: int, kind: Kind) -> bool:
    """Whether the verb at ``place`` is what somebody is to do (*Ska nämnden bedöma …?*), not a frame."""
    if kind not in (Kind.YES_NO, Kind.WHO) or tokens[place].text.lower() not in _TASKS:
        return False
    after = tokens[place + 1].text.lower() if place + 1 < len(tokens) else ""
    return after != "att" and any(is_modal(t.text) for t in tokens[:place])


def _focus(text: str, tokens: tuple[Token, ...]) -> frozenset[int]:
    """Offsets of the focus of a cleft, or of the body after *till*, *från* or *av* where that is what is asked."""
    cleft = find_cleft(text)
    if cleft:
        start = text.find(cleft.focus)
        return frozenset(t.start for t in tokens if start <= t.start < start + len(cleft.focus))
    if asks_permission(text):
        return frozenset()
    return frozenset(
        token.start
        for before, token in pairwise(tokens)
        if before.text.lower() in ("till", "från", "av", "hos") and _BODY_LIKE.search(token.text)
    )


def _negated(text: str) -> bool:
    """Whether the claim that is put up for judgement is a denial; *Är det inte så att …* and *Kan inte …* are not."""
    confirm = CONFIRM.match(text)
    text = _OR_NOT.sub("", text)
    claim = _ALONE.sub(r"\1", _NEGATED_CONDITION.sub(" ", text[confirm.end() :] if confirm else text))
    words = [t.text.lower() for t in tokenize(claim)]
    if not confirm and words and opens_question(words[0]):
        words = _without_expecting_not(words)
    count = sum(map(denies_word, words))
    count += len({fold(w) for w in words} & _ENGLISH_NEGATORS)
    return count % 2 == 1


def _without_expecting_not(words: list[str]) -> list[str]:
    """``words`` without the *inte* of a question that expects a yes (*Kan inte Malmö …?*, *Är det inte …?*)."""
    if len(words) > 1 and words[1] in ("inte", "ej"):
        return [words[0], *words[2:]]
    for place in (2, 3):
        ended = words[place + 1 : place + 2] == ["längre"]  # *Gäller kravet inte längre?* asks just that
        if words[place : place + 1] in (["inte"], ["ej"]) and "att" not in words[:place] and not ended:
            return [*words[:place], *words[place + 1 :]]
    return words
