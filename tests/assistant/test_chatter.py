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
        ("Hejarklackens lokal", "Hejarklackens lokal"),
        ("Tacksamhet i Malmö", "Tacksamhet i Malmö"),
        ("Hej!", ""),
        ("", ""),
    ],
)
def test_what_is_left_is_what_is_asked(text: str, left: str) -> None:
    assert strip_chatter(text) == left


@given(st.text(max_size=200))
def test_what_is_left_stands_in_the_text(text: str) -> None:
    assert strip_chatter(text) in text
