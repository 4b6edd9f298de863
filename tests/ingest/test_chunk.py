from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.chunk import CHUNK_CHARS, chunk
from ingest.entries import Entry
from ingest.parse.document import parse_bytes
from tests.ingest.investigation import LEAD_IN, RAW


def test_passages_of_the_investigation():
    document = parse_bytes(RAW.read_bytes(), Entry(RAW, "bundled", document_id="m")).document
    passages = chunk(document)
    assert [p.passage_id for p in passages] == [f"m:{n:04d}" for n in range(15)]
    assert all(document.quote(p.span) == p.text and len(p.text) <= CHUNK_CHARS for p in passages)
    assert [p.page for p in passages if p.heading == "Sammanfattande bedömning"] == [3, 3, 4, 4]
    assert [p.text.startswith(LEAD_IN) for p in passages if p.heading == "Förutsättningar för försöksverksamhet"] == [
        True, False, False,
    ]  # fmt: skip
    joined = "\n".join(p.text for p in passages)
    assert all(document.quote(s) in joined for s in document.sentences)


def test_a_paragraph_that_fits_whole_is_not_divided():
    text = "Ett två tre fyra fem.\n\nSex sju. Åtta nio.\n"
    document = parse_bytes(text.encode(), Entry(Path("a.md"), "upload")).document
    assert [p.text for p in chunk(document, 32)] == ["Ett två tre fyra fem.", "Sex sju. Åtta nio."]
    assert [p.text for p in chunk(document, 60)] == [text.strip()]


def test_a_short_last_piece_joins_the_one_before():
    document = parse_bytes(b"Aaaa aaaa aaaa aaaa. Bb b.", Entry(Path("a.md"), "upload")).document
    assert [p.text for p in chunk(document, 25)] == ["Aaaa aaaa aaaa aaaa. Bb b."]


def test_sections_are_never_joined():
    document = parse_bytes(
        b"# A\n\nEtt.\n\n## B\n\nTv\xc3\xa5.\n\n## C\n\nTre.", Entry(Path("a.md"), "upload")
    ).document
    assert [(p.heading, p.text) for p in chunk(document)] == [("A", "Ett."), ("B", "Två."), ("C", "Tre.")]


@given(
    st.lists(
        st.one_of(
            st.from_regex(r"(Ord [a-z]{1,30}[.!:] ){1,6}", fullmatch=True),
            st.from_regex(r"#{1,3} Rubrik [a-z]{1,9}", fullmatch=True),
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(10, 120),
)
def test_passages_hold_every_sentence_once_and_whole(blocks, chunk_chars):
    document = parse_bytes("\n\n".join([*blocks, "Slut."]).encode(), Entry(Path("a.md"), "upload")).document
    passages = chunk(document, chunk_chars)
    assert all(document.quote(p.span) == p.text for p in passages)
    assert all(a.span.end <= b.span.start for a, b in pairwise(passages))
    for sentence in document.sentences:
        holding = [p for p in passages if p.span.start <= sentence.start and sentence.end <= p.span.end]
        assert len(holding) == 1
        section = document.section_at(sentence.start)
        assert holding[0].heading == (section.heading if section else "")
    for passage in passages:
        inside = [s for s in document.sections if passage.span.start < s.span.start < passage.span.end]
        assert inside == []
