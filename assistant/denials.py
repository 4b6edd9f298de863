"""Finds phrases that deny what they govern without a negation (*hoppa över*, *låta bli*, *säga nej till*)."""

import re

# Each verb with its forms, then the words that follow it, after the subject where that comes in between.
_PHRASES = """
låta låter lät låtit: bli att, bli
hoppa hoppar hoppade hoppat: över
strunta struntar struntade struntat: i att, i
avstå avstår avstod avstått: från att, från
underlåta underlåter underlät underlåtit: att,
hålla håller höll hållit: inne med
lämna lämnar lämnade lämnat lämnas lämnades lämnats: utanför, därhän, orörd, orört, orörda, oförändrad, oförändrat
säga säger sade sa sagt: nej till att, nej till
tacka tackar tackade tackat: nej till att, nej till
sätta sätter satte satt: stopp för att, stopp för
stänga stänger stängde stängt stängas stängs stängdes: dörren för att, dörren för, ute från, ute
lägga lägger lade lagt läggas läggs lades lagts: ner, ned
sluta slutar slutade slutat: gälla, att gälla
avböja avböjer avböjde avböjt: att,
slippa slipper slapp sluppit: att,
gå går gick gått: fri från, fria från, miste om
vara är var varit: fel att säga att, fel att påstå att, fel att, nej från, svaret nej på frågan om, svaret nej
"""
_GAP = r"(?:\s+(?!inte\b)\w+){0,7}?"


def _pattern() -> re.Pattern[str]:
    found = []
    for row in _PHRASES.strip().splitlines():
        verbs, _, ends = row.partition(":")
        for end in sorted((e.strip() for e in ends.split(",")), key=len, reverse=True):
            words = r"\s+".join(map(re.escape, end.split()))
            found.append(
                rf"(?:{'|'.join(verbs.split())}){_GAP}\s+{words}" if words else rf"(?:{'|'.join(verbs.split())})"
            )
    return re.compile(rf"(?<!för att )\b(?:{'|'.join(found)})\b", re.IGNORECASE)


_DENIAL = _pattern()
_WORDS = frozenset(re.findall(r"\w+", _PHRASES))


def denials(text: str) -> tuple[frozenset[str], ...]:
    """For each phrase of ``text`` that denies what it governs, its own words in lower case."""
    return tuple(frozenset(w for w in m.group().lower().split() if w in _WORDS) for m in _DENIAL.finditer(text))
