from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web import render
from assistant.web.visits import Exchange
from corpus.models import Source
from tests.assistant.standin import ANSWER, CITATION, QUOTE

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</mark></blockquote></details><iframe src=//x.example>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp; &#60;",
    "**fet** [länk](javascript:alert(1)) `kod` $$x$$",
    "rad ett\n\n# rubrik\n\n```mermaid\ngraph\n```",
]
VOID = {"br", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """Reads HTML as a browser would, as far as these tests need it: elements with attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.marked = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        if "mark" in self.open:
            self.marked += data


def hostile_answer(text: str):
    citation = replace(
        CITATION,
        title=text,
        section=text,
        publisher=text,
        kind=text,
        date=text,
        url=text,
        quote=text,
        context=f"x{text}y",
        context_start=CITATION.start - 1,
    )
    return replace(ANSWER, question=text, answer=f"{text} [1]", citations=(citation,), nearest=(citation,), as_of=text)


def test_an_answer_has_its_badge_text_reference_and_date():
    page = Page(render.exchange(Exchange(3, "Kan Malmö?", ANSWER)))
    said = f"Fråga: Kan Malmö? Svar: Nej {QUOTE} [1] Enligt källor till och med 2024."
    assert page.text.split()[: len(said.split())] == said.split()
    assert "språkmodell" not in page.text
    links = [attrs for tag, attrs in page.tags if tag == "a"]
    assert links == [{"class": "cite", "id": "ref-3-1", "href": "#source-3-1", "aria-label": "Källa 1: Utredningen"}]
    assert "data-complete" in page.tags[0][1]


def test_an_answer_on_its_way_is_busy_and_not_yet_complete():
    for html in (render.exchange(Exchange(1, "Vem?")), render.exchange(Exchange(1, "Vem?", ANSWER), "Nej. ")):
        attrs = Page(html).tags[0][1]
        assert attrs["aria-busy"] == "true"
        assert "data-complete" not in attrs


def test_sources_show_the_quote_marked_with_document_section_page_publisher_and_kind():
    html = render.sources([Exchange(1, "Kan Malmö?", replace(ANSWER, citations=(replace(CITATION, updated=True),)))])
    page = Page(html)
    assert page.marked == QUOTE
    for shown in (
        "Utredningen",
        "Sammanfattande bedömning, sida\N{NO-BREAK SPACE}3",
        "Malmö stad",
        "2024",
        "Har uppdaterats",
    ):
        assert shown in page.text
    original = next(attrs for tag, attrs in page.tags if tag == "a" and attrs["class"] == "original")
    assert original["href"] == "https://malmo.example/utredning"
    assert original["rel"] == "noopener noreferrer"


def test_fact_sheets_are_marked_as_summaries_and_pages_that_cannot_be_told_are_left_out():
    citation = replace(CITATION, kind="faktablad", page=None, date="2026-07")
    text = Page(render.sources([Exchange(1, "Vem?", replace(ANSWER, citations=(citation,)))])).text
    assert "Faktablad – sammanfattning" in text
    assert "Uppgifter till och med" in text
    assert "juli 2026" in text
    assert "sida" not in text
    assert "None" not in text


def test_nearest_passages_are_labelled_as_not_answering():
    near = replace(CITATION, answers=False)
    answer = replace(
        ANSWER, status="not_in_sources", verdict=None, answer="Det framgår inte.", citations=(), nearest=(near,)
    )
    sources = Page(render.sources([Exchange(2, "Vad kostade den?", answer)]))
    assert sources.text.count("Svarar inte på frågan") == 1
    assert "Närmaste avsnitt – svarar inte på frågan" in sources.text
    shown = Page(render.exchange(Exchange(2, "Vad kostade den?", answer)))
    assert "Framgår inte" in shown.text
    assert {"class": "cite-nearest", "href": "#nearest-2"} in [attrs for tag, attrs in shown.tags if tag == "a"]
    assert "nearest-2" in [attrs.get("id") for _, attrs in sources.tags]


def test_only_the_last_answers_sources_are_in_view():
    page = Page(render.sources([Exchange(n, "Vem?", ANSWER) for n in (1, 2, 3)]))
    groups = [attrs for tag, attrs in page.tags if tag == "section"]
    assert ["hidden" in attrs for attrs in groups] == [True, True, False]


def test_a_failure_shows_its_line_alone():
    page = Page(render.exchange(Exchange(1, "Vem?", failure="Något gick fel.")))
    assert page.text.split() == "Fråga: Vem? Något gick fel.".split()
    assert "data-complete" in page.tags[0][1]


def test_a_long_question_is_cut_with_its_length_and_an_empty_one_is_named():
    assert "(5\N{NO-BREAK SPACE}000 tecken)" in Page(render.exchange(Exchange(1, "a" * 5000))).text
    assert "a" * 401 not in render.exchange(Exchange(1, "a" * 5000))
    assert "(tom fråga)" in Page(render.exchange(Exchange(1, " \n"))).text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_everywhere(text):
    said = Exchange(1, text, hostile_answer(text))
    harmless = Exchange(1, "x", hostile_answer("x"))
    for show in (render.exchange, lambda one: render.sources([one])):
        page, plain = Page(show(said)), Page(show(harmless))
        kinds = {tag for tag, _ in page.tags}
        assert kinds <= {tag for tag, _ in plain.tags} | {"p", "ul", "li"}
        assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
        links = [attrs["href"] or "" for tag, attrs in page.tags if tag == "a"]
        assert all(link.startswith(("#", "/dokument/malmo?")) for link in links)
        assert page.open == []
    assert Page(render.sources([said])).marked == text * 2
    held = Page(render.overview([Source("m", text, text, text, text, primary=True)]))
    assert {tag for tag, _ in held.tags} == {"section", "p", "strong", "span", "a", "ul", "li"}
    scope = Page(render.scope([Source("m", text, text, text, text)], 1, "k"))
    assert {tag for tag, _ in scope.tags} == {"p", "strong", "a"}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_quote_is_read_back_as_it_was(text):
    # A browser shows the null character and lone carriage returns its own way.
    text = text.replace("\0", "").replace("\r", "")
    html = render.sources([Exchange(1, text, hostile_answer(text))])
    assert Page(html).marked == text * 2


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_each_part_is_one_line_so_that_no_text_ends_it(text):
    said = Exchange(1, text, hostile_answer(text))
    for html in (render.exchange(said), render.sources([said])):
        assert not {"\n", "\r", "\t"} & set(html)
