import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chatter import strip_chatter

QUESTION = "Får Malmö undantag?"


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        f"Hej! {QUESTION}",
        f"Hej på er, {QUESTION}",
        f"Ursäkta mig, {QUESTION}",
        f"Jag undrar: {QUESTION}",
        f"God morgon! Jag har en fråga: {QUESTION} Tack på förhand!",
        f"{QUESTION} Mvh Kim",
        f"  {QUESTION} tack så mycket",
    ],
)
def test_greetings_lead_ins_and_thanks_are_taken_off(text: str) -> None:
    assert strip_chatter(text) == QUESTION


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kan du berätta vad SÖK är?", "vad SÖK är?"),
        ("Vet du om Malmö får undantag?", "får Malmö undantag?"),
        ("Could you please tell me what SÖK is?", "what SÖK is?"),
        ("Kan Malmö få undantag?", "Kan Malmö få undantag?"),
        ("Snabb fråga innan mötet, får vi bygga?", "får vi bygga?"),
        ("Förlåt att jag stör men får vi bygga?", "får vi bygga?"),
        ("Du, får vi bygga?", "får vi bygga?"),
        ("Du som vet, får vi bygga?", "Du som vet, får vi bygga?"),
        ("hejsan! jobbar på stadskontoret, undrar bara när rapporten kom", "när rapporten kom"),
        ("jobbar på kommunen, när kom rapporten?", "när kom rapporten?"),
        ("jag är journalist och vill veta vem som leder verket", "vem som leder verket"),
        ("ny på jobbet här, skulle vilja veta vem som leder verket", "vem som leder verket"),
        ("sitter i möte och behöver snabbt veta vilka som är med", "vilka som är med"),
        ("min chef frågade om vi får bygga", "får vi bygga"),
        ("Hur mycket får man, jag blev precis arbetslös", "Hur mycket får man"),
        ("Om jag får fråga, vad kostar det?", "vad kostar det?"),
        ("Kort om avgiften tack", "Vad är avgiften"),
        ("Jobbar staden med hamnen, och när började det?", "Jobbar staden med hamnen, och när började det?"),
        ("Har en kommun rätt att veta vad verket gör?", "Har en kommun rätt att veta vad verket gör?"),
        ("Om man har lön, får man stöd?", "Om man har lön, får man stöd?"),
        ("Bra, jag undrar när kravet börjar gälla?", "Bra, jag undrar när kravet börjar gälla?"),
        ("Jag läser om kravet, när börjar det gälla?", "Jag läser om kravet, när börjar det gälla?"),
        ("Är ny lagstiftning på väg, vad säger staten?", "Är ny lagstiftning på väg, vad säger staten?"),
        ("Om staten säger nej kan kommunen söka igen?", "Om staten säger nej kan kommunen söka igen?"),
        ("Hejarklackens lokal", "Hejarklackens lokal"),
        ("Tacksamhet i Malmö", "Tacksamhet i Malmö"),
        ("Hej!", ""),
        ("", ""),
    ],
)
def test_what_is_left_is_what_is_asked(text: str, left: str) -> None:
    assert strip_chatter(text) == left


@given(st.text(max_size=200))
def test_no_word_is_added_but_what_makes_it_a_question(text: str) -> None:
    added = "Vad är, eller inte?"
    assert set(re.findall(r"\w", strip_chatter(text))) <= set(re.findall(r"\w", text + added))
