import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.draft import Claim
from assistant.chat.reply import ReplyReader, SaidVerdict, Unreadable

ROW = '{"statement": "Staden bygger {en} bro.", "source": "k1", "quote": "bygger \\"en\\" bro"}'
CLAIM = Claim("Staden bygger {en} bro.", "k1", 'bygger "en" bro')


def read(text: str, size: int = 7):
    reader = ReplyReader()
    found = [item for i in range(0, len(text), size) for item in reader.feed(text[i : i + size])]
    return [*found, *reader.end()], reader.is_only_noise


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_objects_are_given_as_soon_as_they_are_whole(size):
    assert read(f'{{"verdict": "Nej"}}\n{ROW}\n', size) == ([SaidVerdict("no"), CLAIM], False)


@pytest.mark.parametrize(
    "text",
    [f"```json\n[{ROW}]\n```", f'{{"verdict": "ingen", "statements": [{ROW}]}}', f"{ROW},"],
)
def test_what_stands_around_objects_is_passed_over(text):
    assert CLAIM in read(text)[0]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ('{"verdict": "kanske"}', [SaidVerdict(None, known=False)]),
        ('{"statement": "En bro."}', [Unreadable()]),
        ('{"statement": "En bro.", "source": 1, "quote": null}', [Unreadable()]),
        ('{"statement": "En bro', [Unreadable()]),
        ("{'statement': 'En bro'}", [Unreadable()]),
        ('{"statements": ["En bro."]}', [Unreadable()]),
        ("Jag kan tyvärr inte svara.", []),
        ("", []),
    ],
)
def test_what_is_not_of_the_form_is_not_believed(text, items):
    assert read(text)[0] == items


def test_an_object_that_does_not_end_is_given_up():
    assert Unreadable() in read('{"statement": "' + "a" * 10_000, 500)[0]


@given(st.text(max_size=200), st.integers(1, 9))
def test_any_text_is_read_without_an_error(text, size):
    read(text, size)
    read(json.dumps({"statement": text, "source": text, "quote": text}), size)
