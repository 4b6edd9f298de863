from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.blocks import Block, SourceLink
from ingest.parse.body import HiddenText
from ingest.parse.markdown import front_matter_id, parse_markdown


def test_headings_paragraphs_and_lists():
    text = (
        "# **Stora** rubriken\n\nEtt stycke\npå två rader.\n\n- Punkt *ett*.\n- Punkt två.\n\n3. Tredje.\n4. Fjärde.\n"
    )
    assert parse_markdown(text) == [
        Block("heading", "Stora rubriken", 1),
        Block("paragraph", "Ett stycke på två rader."),
        Block("paragraph", "Punkt ett."),
        Block("paragraph", "Punkt två."),
        Block("paragraph", "3. Tredje."),
        Block("paragraph", "4. Fjärde."),
    ]


def test_an_address_behind_a_fact_becomes_a_reference_of_its_sentences():
    (block,) = parse_markdown(
        "- Fakta ett. Mer om ett. [källa](https://a.se/x) Fakta två. [SFS 2022:811 1 §](https://b.se)"
    )
    assert block.text == "Fakta ett. Mer om ett. Fakta två."
    assert [(block.text[k.start : k.end], k.url) for k in block.links] == [
        ("Fakta ett. Mer om ett.", "https://a.se/x"),
        ("Fakta två.", "https://b.se"),
    ]


def test_two_addresses_for_one_fact():
    (block,) = parse_markdown("Fakta. [källa](https://a.se) [källa](https://b.se)")
    assert block == Block(
        "paragraph", "Fakta.", links=(SourceLink(0, 6, "https://a.se"), SourceLink(0, 6, "https://b.se"))
    )


def test_a_link_in_a_sentence_keeps_its_words_and_is_no_reference():
    (block,) = parse_markdown(
        "Enligt lagen ([1987:819](https://s.se/1)) om stöd. [4 §](https://s.se/2) första stycket gäller."
    )
    assert block == Block("paragraph", "Enligt lagen (1987:819) om stöd. 4 § första stycket gäller.")


def test_a_numbered_fact_has_its_span_behind_the_number():
    (block,) = parse_markdown("7. Fakta. [källa](https://a.se)")
    assert block == Block("paragraph", "7. Fakta.", links=(SourceLink(3, 9, "https://a.se"),))


def test_tables_code_quotes_and_comments():
    text = (
        "| a | b |\n|---|---|\n| c | d |\n\n> citat\n\n```\nkod\n  mer\n```\n<!-- osynligt -->\n\n"
        "rad<br>bryt <!-- x --> slut &amp; \\*\n"
    )
    assert [block.text for block in parse_markdown(text)] == ["a | b", "c | d", "citat", "kod mer", "rad bryt slut & *"]


def test_html_is_read_as_its_words_without_what_it_hides():
    hidden = HiddenText()
    text = (
        'Se <b onclick="x">detta</b>, <span style="display:none">men inte</span> detta.\n\n'
        '<div hidden>\n\nMalmö får undantag.\n\n</div>\n\nSlut.\n\n<script>\nalert("x")\n</script>\n'
    )
    assert [block.text for block in parse_markdown(text, hidden)] == ["Se detta, detta.", "Slut."]
    assert hidden.notes() == [
        "hidden text dropped (style that hides it): 'men inte'",
        "hidden text dropped (attribute that hides it): 'Malmö får undantag.'",
    ]


@pytest.mark.parametrize(
    ("front", "named"),
    [
        ("id: plan", "plan"),
        ('"id": plan', "plan"),
        ('"\\x69d": plan', "plan"),  # an escaped letter
        ("{title: A, id: plan}", "plan"),
        ("title: Video och identitet", ""),
        ("title: id", ""),
        ("idn: plan", ""),
    ],
)
def test_an_id_is_found_however_yaml_writes_it(front, named):
    assert front_matter_id(f"---\n{front}\n---\nText.", Path("a.md")) == named
    assert front_matter_id(f"Text.\n---\n{front}\n---\n", Path("a.md")) == ""


def test_an_id_that_is_none_is_refused():
    with pytest.raises(DocumentError, match=r"a.md: id: "):
        front_matter_id("---\nid: Å Ä Ö\n---\n", Path("a.md"))
