from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.models import Document
from ingest.entries import Entry, SourceFields
from ingest.parse.document import input_hash, named_id, parse_bytes
from tests.ingest.investigation import LEAD_IN, PAGE_STARTS, RAW, SENTENCES, TITLE


@pytest.fixture(scope="module")
def investigation() -> Document:
    return parse_bytes(RAW.read_bytes(), Entry(RAW, "bundled", document_id="malmo-forsoksverksamhet")).document


def parse(name: str, text: str, **known) -> Document:
    return parse_bytes(text.encode(), Entry(Path(name), "upload", **known)).document


def test_the_investigation_has_its_five_sections_under_the_title(investigation):
    title, *sections = investigation.sections
    assert (title.heading, title.level, title.span.start, title.span.end) == (TITLE, 1, 0, len(investigation.text))
    assert [section.heading for section in sections] == list(SENTENCES)
    assert all(investigation.text.startswith(s.heading + "\n\n", s.span.start) for s in sections)


def test_the_investigation_has_its_35_sentences_in_their_sections(investigation):
    assert len(investigation.sentences) == 35
    found: dict[str, list[str]] = {heading: [] for heading in SENTENCES}
    for span in investigation.sentences:
        found[investigation.section_at(span.start).heading].append(investigation.quote(span))
    for heading, expected in SENTENCES.items():
        assert len(found[heading]) == len(expected), heading
        for sentence, (beginning, end) in zip(found[heading], expected, strict=True):
            assert sentence.startswith(beginning)
            assert sentence.endswith(end)


def test_the_line_that_only_leads_on_is_a_paragraph_and_no_sentence(investigation):
    paragraphs = [investigation.quote(span) for span in investigation.paragraphs]
    assert LEAD_IN in paragraphs
    assert LEAD_IN not in [investigation.quote(span) for span in investigation.sentences]


def test_the_investigation_has_four_pages(investigation):
    assert [page.number for page in investigation.pages] == [1, 2, 3, 4]
    for page in investigation.pages:
        assert investigation.text.startswith(PAGE_STARTS[page.number], page.span.start)
    assert investigation.page_at(0) == 1
    assert investigation.page_at(len(investigation.text) - 1) == 4


def test_the_stored_text_is_title_heading_and_paragraphs_with_blank_lines_between(investigation):
    blocks = investigation.text.split("\n\n")
    assert blocks[:2] == [TITLE, "Bakgrund"]
    assert len(blocks) == 1 + 5 + 19
    assert "\n" not in "".join(blocks)


def test_manifest_goes_before_front_matter_and_that_before_the_text():
    text = "---\nid: planen\ntitle: Ur filen\npublisher: Nämnden\ndate: 2024-06\n---\n# Rubriken\n\nEn mening.\n"
    document = parse("x.md", text, fields=SourceFields(title="Ur manifestet"), primary=True)
    assert document.source.title == "Ur manifestet"
    assert (document.source.document_id, document.source.publisher, document.source.date) == (
        "planen",
        "Nämnden",
        "2024-06",
    )
    assert (document.source.kind, document.source.primary) == ("dokument", True)
    assert parse("x.md", text).source.title == "Ur filen"
    assert parse("Årsplan 2026.md", "# Rubriken\n\nEn mening.").source.title == "Rubriken"
    assert parse("Årsplan 2026.txt", "En mening utan rubrik.").source.title == "arsplan-2026"


def test_id_comes_from_manifest_front_matter_or_path(tmp_path):
    inside = Entry(tmp_path / "År" / "Plan A.md", "folder", folder=str(tmp_path))
    assert named_id(b"# A\n\nB.", inside) == ""
    assert inside.path_id == "ar-plan-a"
    assert named_id(b"---\nid: b\n---\nB.", inside) == "b"
    assert named_id(b"---\nid: b\n---\nB.", Entry(Path("x.md"), "bundled", document_id="c")) == "c"


def test_updates_are_read_single_spaced():
    text = (
        "---\nupdates:\n  - document: malmo\n    claim: 'ett  påstående'\n    by: >\n      En\n      mening.\n"
        "    relation: updates\n    since: 2026-07-01\n---\nEn mening."
    )
    (update,) = parse("x.md", text).updates
    assert (update.document_id, update.claim, update.by, update.since) == (
        "malmo", "ett påstående", "En mening.", "2026-07-01",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("x.md", "---\ndate: i somras\n---\nEn mening.", "date"),
        ("x.md", "---\nid: ÅÄÖ\n---\nEn mening.", "id"),
        ("x.md", "---\nid: [a\n---\nEn mening.", "not valid YAML at line"),
        ("x.md", "---\n- a\n---\nEn mening.", "front matter"),
        ("x.md", "---\nupdates: [{document: a, claim: b, by: c, relation: liknar, since: 2026}]\n---\nA.", "relation"),
        ("x.md", "# Bara\n\n## Rubriker", "no sentence"),
        ("x.md", "---\ntitle: Bara huvud\n---\n", "no sentence"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_file(name, text, says):
    with pytest.raises(DocumentError, match=f"^x.md: .*{says}"):
        parse(name, text)


def test_input_hash_changes_with_bytes_manifest_and_parts():
    entry = Entry(Path("a.txt"), "bundled", document_id="a")
    hashes = {
        input_hash(b"A.", entry, "1"),
        input_hash(b"B.", entry, "1"),
        input_hash(b"A.", entry, "2"),
        input_hash(b"A.", Entry(Path("a.txt"), "bundled", document_id="a", primary=True), "1"),
        input_hash(b"A.", Entry(Path("a.txt"), "bundled", document_id="a", fields=SourceFields(title="T")), "1"),
    }
    assert len(hashes) == 5
    assert input_hash(b"A.", entry, "1") == input_hash(b"A.", Entry(Path("b.txt"), "bundled", document_id="a"), "1")


@given(
    st.text(alphabet=st.sampled_from("abåÄB.:!?()[]#*-_`|>1 \n\n\fx"), max_size=300), st.sampled_from(["a.md", "a.txt"])
)
def test_spans_index_into_the_text_in_order(text, name):
    try:
        document = parse(name, text)
    except DocumentError:
        return
    for spans in (document.sentences, document.paragraphs, [p.span for p in document.pages]):
        assert all(0 <= s.start < s.end <= len(document.text) for s in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
    for sentence in document.sentences:
        assert document.quote(sentence) == document.quote(sentence).strip()
        assert any(p.start <= sentence.start and sentence.end <= p.end for p in document.paragraphs)
    for section in document.sections:
        assert document.quote(section.span).startswith(section.heading)
        assert not any(s.start < section.span.start + len(section.heading) <= s.end for s in document.sentences)
