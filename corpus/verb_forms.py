"""Irregular Swedish verb forms that the dictionary lacks or takes for other words: *utsågs*, *satt*, *hann*."""

from collections.abc import Mapping

import simplemma

LANGUAGE = "sv"

# Infinitive, then the finite forms that are no regular ones; passives (*-s*) follow from them.
_TABLE = """
binda band|bli blir blev|bjuda bjöd|bita bet|blåsa blåste|brinna brann|brista brast|bryta bröt|bära bar
|dra drar drog|driva drev|dricka drack|dyka dök|dö dör dog|falla föll|fara for|finna fann|flyga flög
|flyta flöt|frysa frös|försvinna försvann|ge ger gav|glida gled|gripa grep|gråta grät|gå går gick
|göra gör gjorde|heta hette|hinna hann|hugga högg|hålla höll|hänga hängde|höra hör hörde|inse inser insåg
|knyta knöt|komma kom|krypa kröp|le log|leva lever|lida led|ligga låg|ljuga ljög|lyda löd|låta lät|lägga lade
|nå nådde|njuta njöt|rida red|rinna rann|riva rev|röra rör rörde|se ser såg|sitta sitter satt|sjuda sjöd
|sjunga sjöng|sjunka sjönk|skilja skiljer skilde|skina sken|skjuta sköt|skrida skred|skriva skrev|skära skar
|slippa slapp|slita slet|sluta slöt|slå slår slog|smälta smälte|snyta snöt|sova sov|spricka sprack
|sprida spred|springa sprang|spörja sporde|sticka stack|stiga steg|stinka stank|stjäla stjäl stal|strida stred
|stryka strök|stå står stod|suga sög|supa söp|svida sved|svika svek|svälja sväljer|svära svor|säga sade
|sälja säljer sålde|sätta satte|ta tar tog|tiga teg|tjuta tjöt|tryta tröt|tvinga tvang|vika vek|vinna vann
|vrida vred|välja väljer valde|växa växte|äta åt|bo bor bodde|tro tror trodde|klä klär klädde
"""
_PREFIXES = frozenset(
    """an av be bi bort del efter er fort fram från för före genom god iakt in inne kring med mot ned ner om på sam
    sär till tillbaka under upp ut ute vidare vid åter över överens""".split()
)
_PREFIX_LENGTHS = sorted({len(prefix) for prefix in _PREFIXES}, reverse=True)
# Forms that are other words at least as often: verbs where a question begins with them, not within a sentence.
AMBIGUOUS = frozenset(
    "band bar red rev led sken skar grep stal for lade lever bor rör åt log sov red satt låg lov".split()
)


def _forms() -> dict[str, str]:
    found = {}
    for row in _TABLE.replace("\n", "").split("|"):
        infinitive, *forms = row.split()
        for form in forms:
            found[form] = infinitive
            found.setdefault(form if form.endswith("s") else form + "s", infinitive)
    return found


IRREGULAR: Mapping[str, str] = _forms()


def infinitive_of(word: str) -> str:
    """The infinitive of an irregular finite form, with or without a prefix (*utsågs* → *utse*); "" for other words."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    for length in _PREFIX_LENGTHS:
        prefix, rest = word[:length], word[length:]
        if rest in IRREGULAR and prefix in _PREFIXES and simplemma.is_known(prefix + IRREGULAR[rest], lang=LANGUAGE):
            return prefix + IRREGULAR[rest]
    return ""
