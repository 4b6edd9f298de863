"""Takes greetings, thanks and lead-ins off a question, before anything else is read of it."""

import re

from assistant.verbs import is_finite, opens_question
from corpus.swedish import tokenize

_GREETING = (
    r"(?:hej(?:san|\s+på\s+(?:er|dig))?|hallå|tjena|god\s?dag|god\s?(?:morgon|kväll|eftermiddag)|tja|hello|hi|dear|hey"
    r"|good\s+morning)\b(?:\s+(?:igen|där|there|all[ae]?))?[\s,.!:–-]*"
)
_FILLER = (
    r"(?:snälla|please|(?:du|hörru|hörrni|hörni|lyssna|säg)(?=\s*,)"
    r"|(?:förlåt|ursäkta)\s+(?:att|om)\s+[^.?!,]{0,40}?,?\s+men"
    r"|(?:(?:snabb|kort|enkel|dum|liten|annan|sista|till)\s+)+fråga(?:\s+(?:bara|igen|till|innan\s+\w+|inför\s+\w+))?"
    r"|ursäkta\s+om\s+[^.?!]{0,60},\s+men|(?:bara\s+)?en\s+(?:\w+\s+){0,2}fråga(?:\s+bara)?"
    r"|om\s+(?:jag|man)\s+får\s+fråga|ursäkta(?:\s+mig)?|förlåt|tack på förhand|okej|ok|jo|alltså|öh|hm+)\b[\s,.!:–-]+"
)
_WONDERING = (
    r"(?:(?:jag\s+)?(?:undrar|funderar\s+(?:på|över)|skulle\s+(?:vilja|behöva)\s+(?:veta|få\s+veta)|vill\s+(?:gärna\s+)?veta"
    r"|behöver\s+(?:\w+\s+)?veta|har\s+en\s+fråga)|jag\s+(?:sitter|håller\s+på)\s+med\s+[^,.:]+)\b(?!\s+(?:du|ni|han|hon|de|man)\b)"
    r"(?:\s+(?:bara|mest|lite|också|nu))?[\s,.:–-]*"
)
# Who asks, and why (*Jag är ny här och skulle vilja veta …*, *Jobbar på stadskontoret, …*): *jag* may be left out.
_INTERROGATIVE = r"(?=(?:vad|va|vem|vems|vilk\w+|hur|när|var|vart|varför|om|ifall|huruvida)\b)"
_ABOUT_ASKER = (
    r"(?:(?:jag|vi)\b|(?:min|vår)\s+(?:chef|kollega|handledare|granne)\b|är\s+ny(?:anställd)?\s*(?:,|här\b|på\b|i\b)"
    r"|(?:jobbar|sitter|skriver|läser|ringer|håller|förbereder|letar|söker)\s+"
    r"(?:på|i|med|en|ett|mest|just|nu|här|från|till|inför|efter)\b|(?:ny|nyanställd)\s+(?:på|här|i)\b)[^?.!]*?"
)
_INTRODUCTION = re.compile(
    rf"^\s*{_ABOUT_ASKER}(?:[,;:–]\s*|\s+(?:undra\w*|veta|fråga\w*|kolla\w*|förstå\w*|reda\s+på|svara?\s+på|höra|få\s+fram)"
    rf"\s+(?:bara\s+|mest\s+|snabbt\s+)?){_INTERROGATIVE}",
    re.IGNORECASE,
)
_REQUEST = (
    r"(?:kan|skulle|vill)\s+(?:du|ni)\s+(?:snälla\s+|kunna\s+)?"
    r"(?:säga|berätta|svara\s+på|tala\s+om|förklara|hjälpa\s+mig\s+(?:med|att\s+förstå)|kolla|ta\s+reda\s+på)"
    r"(?:\s+för\s+mig)?\b[\s,:–-]*(?:om\s+(?!vad|vem|hur|när|var))?"
    r"|(?:could|can|would)\s+you\s+(?:please\s+)?tell\s+me\b[\s,:–-]*"
    r"|(?:vet\s+(?:du|ni|någon)|berätta|säg|förklara)\b"
    r"(?=[\s,:–-]+(?:om|vad|vem|vilk|hur|när|var|varför))[\s,:–-]*"
)
_LEADING = re.compile(rf"^\s*(?:{_GREETING}|{_FILLER}|{_WONDERING}|{_REQUEST})", re.IGNORECASE)
_LEANING = re.compile(r"\b(?:den|det(?!\s+(?:är|finns|går|som)\b)|de|dem|dom|här|där|dit)\b", re.IGNORECASE)
_TRAILING = re.compile(
    r"[\s,.!]*(?:\b(?:tack(?:\s+(?:så\s+mycket|på\s+förhand))?|snälla|mvh\b.*|hälsningar\b.*|thanks|thank you|please)\b"
    r"[\s,.!]*)$",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE = re.compile(
    r"(?<=\w),\s*(?:jag|vi)\s+(?:är|har|blev|fick|ska|måste|sitter|jobbar|skriver)\b[^?,]*\W*$",
    re.IGNORECASE,
)
_OR_NO = re.compile(r"[\s,–-]*\b(?:ja\s+eller\s+nej|yes\s+or\s+no)\b[\s?!.]*$", re.IGNORECASE)
# *Kort om reformen* asks what it is.
_SHORTLY_OF = re.compile(
    r"^(?:berätta\s+)?(?:kort(?:fattat)?|lite(?:\s+kort)?|lite\s+mer)\s+om\s+(?=[\w-]+(?:\s+[\w-]+)?\W*$)",
    re.IGNORECASE,
)
_LEADING_IF = re.compile(
    r"^(?:om|ifall|huruvida)\s+(?![^?]*,)(?P<who>(?:[\w-]+\s+){1,4}?)(?P<verb>får|kan|har|är|ska|måste|behöver|finns|går|blir|kommer)\b",
    re.IGNORECASE,
)


def strip_chatter(text: str) -> str:
    """``text`` without greetings, thanks, who asks and why, and phrases that only lead up to a question."""
    before = None
    while before != text:
        before = text
        text = _without_aside(_TRAILING.sub("", _without_lead(text)).strip())
        text = _OR_NO.sub(", eller inte?", text)
    text = _SHORTLY_OF.sub("Vad är ", text)
    return _LEADING_IF.sub(_inverted, text)


def _without_lead(text: str) -> str:
    """``text`` without what leads up to its question, unless the question leans on it (*… kravet, när börjar det?*)."""
    told = _INTRODUCTION.match(text)
    if told and not _LEANING.search(text[told.end() :]):
        return text[told.end() :]
    return text if told else _LEADING.sub("", text, count=1)


def _without_aside(text: str) -> str:
    """``text`` without what the asker adds of himself after the question."""
    aside = _ASIDE.search(text)
    if aside is None:
        return text
    asks = re.match(_INTERROGATIVE, text, re.IGNORECASE) or opens_question(text.split(maxsplit=1)[0])
    return text[: aside.start()] if asks else text


def _inverted(found: re.Match[str]) -> str:
    """The clause after *om* as a question (*om staden får bygga* → *får staden bygga*), where it is no condition."""
    rest = found.string[found.end() :]
    verbs = [t for t in tokenize(f"{found['who']} {rest}") if is_finite(t.text)]
    return found.group() if verbs else f"{found['verb']} {found['who'].strip()}"
