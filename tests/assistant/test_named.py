from assistant.named import with_names
from assistant.question import understand
from tests.assistant.town import read, terms_of


def names(question: str, *sentences: str) -> list[str]:
    return [t.text for t in with_names(terms_of(understand(question)), read(*sentences)) if t.name]


def test_what_the_documents_write_with_a_capital_is_a_name() -> None:
    assert names(
        "hur stor är stockholms bro", "Bron i Stockholm är stor.", "Ingen bro är större än den i Stockholm."
    ) == ["stockholms"]


def test_a_word_that_only_opens_a_sentence_is_none() -> None:
    assert names("hur stor är bron", "Bron är stor.", "Staden äger bron.") == []
