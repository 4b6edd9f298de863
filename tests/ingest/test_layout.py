import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Block, PageMark
from ingest.layout import learn_habits, repair
from ingest.lines import read_lines
from tests.ingest.investigation import RAW, SENTENCES, TITLE


def words_only(text: str) -> str:
    return "".join(text.split())


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


@pytest.fixture(scope="module")
def raw() -> str:
    return RAW.read_text("utf-8")


def test_the_investigation_has_its_title_and_five_headings(raw):
    headings = [(block.level, block.text) for block in repair(raw) if block.kind == "heading"]
    assert headings == [(1, TITLE), *((2, heading) for heading in SENTENCES)]


def test_the_investigation_has_nineteen_paragraphs(raw):
    paragraphs = [block.text for block in repair(raw) if block.kind == "paragraph"]
    assert len(paragraphs) == 19
    assert [text for text in paragraphs if not text.endswith((".", ":"))] == []
    assert all(text[0].isupper() for text in paragraphs)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda raw: re.sub(r"\n\s*\n", "\n", raw), id="no blank lines"),
        pytest.param(lambda raw: raw.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(lambda raw: re.sub(r"(?<=\n) (?=\S)", "\f", raw), id="form feeds"),
        pytest.param(lambda raw: raw.replace("\n\n", "\n\n\n"), id="two blank lines"),
    ],
)
def test_the_same_investigation_set_otherwise_reads_the_same(raw, spoil):
    assert texts(repair(spoil(raw))) == texts(repair(raw))


def test_sections_of_the_investigation_hold_without_the_spaces_at_line_ends(raw):
    stripped = "\n".join(line.rstrip() for line in raw.split("\n"))
    headings = [block.text for block in repair(stripped) if block.kind == "heading"]
    assert headings == [TITLE, *SENTENCES]


def test_repair_keeps_every_letter_of_the_investigation(raw):
    assert words_only("".join(texts(repair(raw)))) == words_only(raw)


def test_hyphens_of_the_investigation(raw):
    text = " ".join(texts(repair(raw)))
    assert "STK-2023-602" in text
    assert text.count("arbetsmarknads- och social") == 2
    assert text.count("Arbetsmarknads- och social") == 5
    assert "försöksverksverksamhet" in text


def test_paragraphs_that_blank_lines_separate_keep_ragged_lines_together():
    text = (
        "En rubrik\n\nFörsta stycket är brutet\npå tre rader. Det slutar kort.\nMen fortsätter här på\nen rad till.\n\n"
        "Andra stycket är också\nbrutet på två rader.\n"
    )
    assert [(b.kind, b.text) for b in repair(text)] == [
        ("heading", "En rubrik"),
        ("paragraph", "Första stycket är brutet på tre rader. Det slutar kort. Men fortsätter här på en rad till."),
        ("paragraph", "Andra stycket är också brutet på två rader."),
    ]


def test_a_line_each_is_a_paragraph_each_where_nothing_is_wrapped():
    text = "Rubriken\nEtt helt stycke på en rad. Med två meningar.\nEtt annat helt stycke på sin rad.\n"
    assert texts(repair(text)) == [
        "Rubriken",
        "Ett helt stycke på en rad. Med två meningar.",
        "Ett annat helt stycke på sin rad.",
    ]


def test_list_items_are_paragraphs():
    lines = ["Planen har tre delar:", "- bygga ut banan,", "- anställa personal,", "- och mäta vad som sker."]
    assert texts(repair("\n".join([*lines, "Sedan följer en rapport."])))[:4] == lines


def test_numbered_headings_have_their_depth():
    text = "Rapporten\n\n1 Inledning\n\nHär börjar det.\n\n1.2 Syfte\n\nDet är klart.\n"
    assert [(b.level, b.text) for b in repair(text)] == [
        (1, "Rapporten"), (2, "1 Inledning"), (0, "Här börjar det."), (3, "1.2 Syfte"), (0, "Det är klart."),
    ]  # fmt: skip


def test_a_column_of_names_is_no_column_of_headings():
    text = "Närvarande\n\nAnna Ek\n\nBo Al\n\nCilla By\n\nDan Å\n\nMötet öppnades klockan tolv.\n"
    kinds = {block.text: block.kind for block in repair(text)}
    assert kinds["Närvarande"] == "heading"
    assert kinds["Bo Al"] == kinds["Cilla By"] == "paragraph"


def test_a_page_break_inside_a_sentence_is_marked_at_its_word():
    blocks = repair("Staden prövar nya\narbetssätt i liten skala \fför att lära av dem\noch sprida det.\n")
    assert blocks == [
        Block(
            "paragraph",
            "Staden prövar nya arbetssätt i liten skala för att lära av dem och sprida det.",
            pages=(PageMark(0, 1), PageMark(43, 2)),
        )
    ]


def test_indented_text_has_no_page_marks():
    text = " En rad\n som är\n indragen överallt.\n"
    assert [line.starts_page for line in read_lines(text)] == [False, False, False]


def test_fixed_width_text_is_measured_in_letters(raw):
    lines = [" ".join([letter * 5] * 8) for letter in "imlwjm"]
    assert learn_habits(read_lines("\n".join(lines))).metric("iiii") == 4.0
    assert learn_habits(read_lines(raw)).metric("iiii") == pytest.approx(1.0)


@given(st.text(alphabet=st.sampled_from("abcåäöABÅ.,:;!?()-–§12 \n\n\f\t\u00a0•"), max_size=400))
def test_repair_changes_nothing_but_white_space_and_hyphens_at_line_ends(text):
    blocks = repair(text)
    assert words_only("".join(texts(blocks))).replace("-", "") == words_only(text).replace("-", "")
    for block in blocks:
        assert block.text == " ".join(block.text.split())
        assert block.text
        assert all(0 <= mark.offset <= len(block.text) for mark in block.pages)
    numbers = [mark.number for block in blocks for mark in block.pages]
    assert numbers == list(range(1, len(numbers) + 1))


@given(
    st.lists(st.from_regex(r"[A-ZÅÄÖ][a-zåäö]{2,9}( [a-zåäö]{2,9}){3,12}\.", fullmatch=True), min_size=1, max_size=8)
)
def test_paragraphs_set_apart_by_blank_lines_come_back(paragraphs):
    assert texts(repair("\n\n".join(paragraphs))) == paragraphs
