"""Takes greetings, thanks and lead-ins off a question, before anything else is read of it."""

import re

_GREETING = (
    r"(?:hej(?:san|\s+på\s+(?:er|dig))?|hallå|tjena|god\s?dag|god\s?(?:morgon|kväll|eftermiddag)|tja|hello|hi|dear|hey"
    r"|good\s+morning)\b(?:\s+(?:igen|där|there|all[ae]?))?[\s,.!:–-]*"
)
_FILLER = (
    r"(?:snälla|please|(?:du|hörru|hörrni|hörni|lyssna|säg)(?=\s*,)"
    r"|(?:förlåt|ursäkta)\s+(?:att|om)\s+[^.?!,]{0,40}?,?\s+men"
    r"|(?:(?:snabb|kort|enkel|dum|liten|annan|sista|till)\s+)+fråga(?:\s+(?:bara|igen|till|innan\s+\w+|inför\s+\w+))?"
    r"|ursäkta\s+om\s+[^.?!]{0,60},\s+men|(?:bara\s+)?en\s+(?:\w+\s+){0,2}fråga(?:\s+bara)?"
    r"|ursäkta(?:\s+mig)?|förlåt|tack på förhand|okej|ok|jo|alltså|öh|hm+)\b[\s,.!:–-]+"
)
_WONDERING = (
    r"(?:jag\s+(?:undrar|funderar\s+(?:på|över)|skulle\s+(?:vilja|behöva)\s+(?:veta|få\s+veta)|vill\s+(?:gärna\s+)?veta"
    r"|behöver\s+veta|har\s+en\s+fråga|sitter\s+med\s+[^,.:]+|håller\s+på\s+med\s+[^,.:]+))\b[\s,.:–-]*"
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
_TRAILING = re.compile(
    r"[\s,.!]*(?:\b(?:tack(?:\s+(?:så\s+mycket|på\s+förhand))?|snälla|mvh\b.*|hälsningar\b.*|thanks|thank you|please)\b"
    r"[\s,.!]*)$",
    re.IGNORECASE | re.DOTALL,
)
_OR_NO = re.compile(r"[\s,–-]*\b(?:ja\s+eller\s+nej|yes\s+or\s+no)\b[\s?!.]*$", re.IGNORECASE)
_LEADING_IF = re.compile(
    r"^(?:om|ifall|huruvida)\s+(?=\w+\s+(?:\w+\s+)?(?:får|kan|har|är|ska|måste|behöver|finns|går)\b)", re.IGNORECASE
)


def strip_chatter(text: str) -> str:
    """``text`` without greetings, thanks and phrases that only lead up to a question."""
    before = None
    while before != text:
        before = text
        text = _OR_NO.sub(", eller inte?", _TRAILING.sub("", _LEADING.sub("", text, count=1)).strip())
    return _LEADING_IF.sub("", text)
