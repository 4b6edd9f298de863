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
    r"(?:(?:jag|vi|min|mitt|mina|vår|våra)\b|(?:är|har)\s+(?:ny|själv|just|nu)\b"
    r"|(?:jobbar|sitter|skriver|läser|ringer|håller|förbereder|letar|söker)\s+"
    r"(?:på|i|med|en|ett|mest|just|nu|här|från|till|inför|efter)\b|(?:ny|nyanställd)\s+(?:på|här|i)\b)[^?.!]*?"
)
_INTRODUCTION = (
    rf"{_ABOUT_ASKER}(?:[,;:–]\s*|\s+(?:undra\w*|veta|fråga\w*|kolla\w*|förstå\w*|reda\s+på|svara?\s+på|höra|få\s+fram)"
    rf"\s+(?:bara\s+|mest\s+|snabbt\s+)?){_INTERROGATIVE}"
)
_REQUEST = (
    r"(?:kan|skulle|vill)\s+(?:du|ni)\s+(?:snälla\s+|kunna\s+)?"
    r"(?:säga|berätta|svara\s+på|tala\s+om|förklara|hjälpa\s+mig\s+(?:med|att\s+förstå)|kolla|ta\s+reda\s+på)"
    r"(?:\s+för\s+mig)?\b[\s,:–-]*(?:om\s+(?!vad|vem|hur|när|var))?"
    r"|(?:could|can|would)\s+you\s+(?:please\s+)?tell\s+me\b[\s,:–-]*"
    r"|(?:vet\s+(?:du|ni|någon)|berätta|säg|förklara)\b"
    r"(?=[\s,:–-]+(?:om|vad|vem|vilk|hur|när|var|varför))[\s,:–-]*"
)
_LEADING = re.compile(rf"^\s*(?:{_GREETING}|{_FILLER}|{_INTRODUCTION}|{_WONDERING}|{_REQUEST})", re.IGNORECASE)
_TRAILING = re.compile(
    r"[\s,.!]*(?:\b(?:tack(?:\s+(?:så\s+mycket|på\s+förhand))?|snälla|mvh\b.*|hälsningar\b.*|thanks|thank you|please)\b"
    r"[\s,.!]*)$",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE = re.compile(
    r"(?<=\w),\s*(?:jag|vi)\s+(?:är|har|blev|fick|ska|skulle|behöver|måste|sitter|jobbar|vill|skriver|undrar)\b[^?,]*\W*$",
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
    """``text`` without greetings, thanks and phrases that only lead up to a question."""
    before = None
    while before != text:
        before = text
        text = _ASIDE.sub("", _TRAILING.sub("", _LEADING.sub("", text, count=1)).strip())
        text = _OR_NO.sub(", eller inte?", text)
    text = _SHORTLY_OF.sub("Vad är ", text)
    return _LEADING_IF.sub(r"\g<verb> \g<who>", text).replace("  ", " ")
