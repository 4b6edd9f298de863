"""Tells what kind of answer a question asks for, from its first words and its word order."""

import re
from enum import StrEnum

from assistant.verbs import is_finite, opens_question
from corpus.numerals import numbers_between
from corpus.swedish import Token


class Kind(StrEnum):
    """What kind of answer a question wants."""

    YES_NO = "yes_no"
    WHO = "who"
    WHEN = "when"
    NUMBER = "number"
    MONEY = "money"
    WHERE = "where"
    WHY = "why"
    DEFINITION = "definition"
    LIST = "list"
    SUMMARY = "summary"
    WHAT = "what"


CONFIRM = re.compile(
    r"^(?:är\s+det(?:\s+(?:verkligen|faktiskt))?(?:\s+inte)?\s+(?:så|sant|rätt|korrekt)(?:\s+att)?"
    r"|stämmer\s+det(?:\s+(?:verkligen|inte|att))*"
    r"|(?:har\s+jag|jag\s+har)\s+(?:förstått|uppfattat)\s+(?:det\s+)?rätt(?:\s+(?:att|om))?|visst"
    r"|is\s+it\s+(?:true|correct|right)\s+that)\s+",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"[\s,–-]+(?:eller\s+(?:hur|inte|va)|eller|va|inte\s+sant|visst|right|isn'?t\s+it|stämmer\s+det|går\s+det"
    r"|får\s+man(?:\s+det)?|är\s+det\s+(?:okej|ok|möjligt|(?:o)?tillåtet|lagligt|sant))\s*\?+\s*$"
    r"|\s(?:möjligt|tillåtet|okej|ok|lagligt|förbjudet)\s*\?+\s*$",
    re.IGNORECASE,
)
_WAS_IT = re.compile(r"^var\s+(?:det|den|de|inte|verkligen)\b", re.IGNORECASE)
_YES_NO_ENGLISH = re.compile(
    r"^(?:is|are|was|were|can|could|may|might|does|do|did|has|have|had|will|would|should|must)\b", re.IGNORECASE
)
_QUESTION_WORDS = frozenset("vad vem vems när var vart varför hur vilken vilket vilka".split())
_ASKED_FOR = frozenset("vem vems vad vilken vilket vilka hur varför".split())
_ASKED_AFTER = re.compile(r",\s+(?=(?:vem|vad|vilk\w+|varför|hur)\s+\w+[^?]*\?)", re.IGNORECASE)
# *Om jag tjänar bra, kan jag …*, *min son är 17, får han …*: what is asked comes last.
_ASKED_LAST = re.compile(
    r"^(?P<before>[^?]+),\s+(?P<verb>[^\W\d]+)\s+(?:jag|du|han|hon|hen|man|vi|ni|de|dom|det|den)\b[^,?]*\??\s*$",
    re.IGNORECASE,
)
# *Är det staten eller kommunen som …?* asks which, not whether.
_CHOICE = re.compile(
    r"^(?:är|var|blir|blev)\s+det\s+[^?,]{2,60}?\s+eller\s+(?!(?:inte|hur|ej|va|annat)\b)[^?,]{2,60}?\s+som\s",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(kosta\w*|kostnad\w*|pris\w*|budget\w*|belopp\w*|mnkr|miljon\w*|kronor|finansier\w*"
    r"|hur\s+(?:mycket|mkt)\s+(?:pengar|medel)|how much (?:money|did|does)|cost\w*)\b",
    re.IGNORECASE,
)
_SUMMARY = (
    r"^(?:sammanfatta|summera|ge\s+(?:mig\s+)?en\s+(?:kort\s+)?sammanfattning|summari[sz]e|kort\s+sammanfattning)\b"
    rf"|^(?:ge\s+(?:mig\s+)?)?(?:{'|'.join(numbers_between(1, 9))}|\d)\s+(?:punkter|meningar)\s+(?:om|av|ur)\b"
    r"|\b(?:slutsats(?:en|er|erna)?|kom(?:mer|mit)?\s+(?:\w+\s+){0,3}fram\s+till|conclusions?)\b"
)
_WHY = (
    r"^(?:varför|varav|why)\b|\b(?:av\s+vilk\w+\s+(?:skäl|anledning|orsak)|i\s+vilket\s+syfte|vad\s+(?:beror|berodde)"
    r"|vad\s+(?:är|var)\s+(?:skälet|orsaken|anledningen)|(?:orsaken|anledningen|skälet)\s+till|hur\s+kommer\s+det\s+sig"
    r"|what\s+is\s+the\s+reason)\b"
)
_WHEN = (
    r"^(?:(?:senast|tidigast|från|sedan|till|fram\s+till)\s+)?när\b|^(?:hur\s+dags|when|since\s+when)\b|\b(?:vilket\s+(?:datum|år)|vilken\s+(?:dag|månad)"
    r"|vid\s+vilken\s+tidpunkt|sedan\s+när|datum(?:et)?|what\s+(?:date|year))\b"
)
_HOW_MUCH_MONEY = (
    r"\b(?:hur\s+(?:mycket|mkt)\s+(?:kosta\w*|pengar|medel)"
    r"|vad\s+(?:kosta\w*|tjäna[rd]\w*(?!.*\btill\W*$)|är\s+(?:kostnaden|lönen|hyran|priset)|blev\s+(?:priset|kostnaden|notan))|how\s+much\s+(?:money|did\s+.*cost|does\s+.*cost))\b"
)
_DATE_WORD = re.compile(
    r"\b(?:remisstid(?:en)?|ikraftträdande|börjar gälla|tidpunkt|slutdag|startdag|sista\s+dag)\b", re.IGNORECASE
)
_NUMBER = (
    r"^(?:hur\s+(?:många|stor\s+andel|mycket|lång(?:a|t)?|länge|ofta|gammal|stort?|hög[at]?)|how\s+(?:many|much|long))\b"
    r"|\b(?:vilket\s+(?:antal|nummer|diarienummer|dnr)|vilken\s+(?:paragraf|siffra|procent\w*)|diarie\w*|paragraf\w*|dnr"
    r"|hur\s+många|hur\s+stor\s+del|[\w-]*(?:nummer|numret))\b"
)
_LIST = (
    r"^(?:lista|räkna\s+upp|ge\s+(?:mig\s+)?(?:några\s+)?exempel|nämn|ange|list|name|give\s+(?:me\s+)?examples)\b"
    r"|^(?:på\s+|i\s+|för\s+|med\s+|av\s+)?vilka\b|\bvad\s+för\s+(?:slags|typ\w*)\b|^which\b.*s\b"
)
_DEFINITION = (
    r"^(?:vad|what)\s+(?:är|betyder|menas\s+med|innebär|står|avses\s+med|is|does|are)\b"
    r"|\b(?:förkort\w+|definition\w*)\b"
)
_WHO = (
    r"^(?:vem|vems|vilken\s+(?:\w+\s+)?(?:myndighet|nämnd|förvaltning|organisation|instans|minister|part|aktör)"
    r"|vilket\s+(?:\w+\s+)?(?:organ|departement)|who|whose|which\s+(?:body|authority|agency|committee))\b"
    r"|^(?:av|från|till|hos|åt|med|inför)\s+(?:vem|vilk\w+)\b"
    r"|^vart?\b(?=.*\b(?:vänd\w*|ansök\w*|sök\w*|anmäl\w*|skicka\w*)\b)"
)
_WHERE = r"^(?:var|vart|varifrån|i\s+vilk\w+\s+(?:stad|kommun|del)|where)\b"
_WHAT = (
    r"^(?:(?:på|i|inför|från|med|av|till|för|om|vid|under|hos|åt|enligt|ur|genom)\s+)?"
    r"(?:vad|vilken|vilket|vilka|hur|what|which|how|beskriv|berätta|förklara|redogör)\b"
)
_PATTERNS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.SUMMARY, _SUMMARY),
        (Kind.WHY, _WHY),
        (Kind.WHEN, _WHEN),
        (Kind.MONEY, _HOW_MUCH_MONEY),
        (Kind.NUMBER, _NUMBER),
        (Kind.LIST, _LIST),
        (Kind.DEFINITION, _DEFINITION),
        (Kind.WHO, _WHO),
        (Kind.WHERE, _WHERE),
        (Kind.WHAT, _WHAT),
    )
)


def kind_of(text: str, tokens: tuple[Token, ...]) -> Kind:
    """The kind of answer that ``text``, with its ``tokens``, asks for."""
    asked_after = _ASKED_AFTER.search(text)
    if asked_after and _is_inverted(tokens):  # *Kommer inte på namnet, vem är det som …?*
        text = text[asked_after.end() :]
        tokens = tuple(t for t in tokens if t.start >= asked_after.end())
    if _CHOICE.search(text):
        return Kind.WHO
    if any(p.search(text) for p in (CONFIRM, _TAG, _WAS_IT, _YES_NO_ENGLISH)) or _is_inverted(tokens):
        return Kind.YES_NO
    last = _ASKED_LAST.match(text)
    if last and opens_question(last["verb"]) and not any(t.text.lower() in _QUESTION_WORDS for t in tokens):
        return Kind.YES_NO
    for kind, pattern in _PATTERNS:
        if pattern.search(text):
            return Kind.MONEY if kind is Kind.NUMBER and _MONEY.search(text) else kind
    if _DATE_WORD.search(text) and not any(is_finite(t.text) for t in tokens):
        return Kind.WHEN  # keywords: *remisstid SOU 2023:94*
    asks = any(t.text.lower() in _ASKED_FOR for t in tokens[:5])  # *Tillsammans med vem …?*
    if text.rstrip().endswith("?") and not asks and any(is_finite(t.text) for t in tokens[1:6]):
        return Kind.YES_NO  # a statement with a question mark: *Malmö får undantag?*
    return Kind.WHAT


def _is_inverted(tokens: tuple[Token, ...]) -> bool:
    """Whether a finite verb comes first (*Får Malmö …*); *var* is one unless another verb follows it."""
    if not tokens:
        return False
    first = tokens[0].text.lower()
    if first == "var":
        return len(tokens) > 2 and (tokens[1].text[0].isupper() or not is_finite(tokens[1].text))
    return first not in _QUESTION_WORDS and opens_question(first)
